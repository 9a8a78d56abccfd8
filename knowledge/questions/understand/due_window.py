"""快到期, 30天内到期, 12月底到期的, 国庆前要完成的: which days a question asks for what falls due on.

The text is cleaned text. A whole year is a condition on targets of its own, read elsewhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.language.cues import CueTag
from knowledge.language.dates.grammar import find
from knowledge.language.dates.span import Grain, Relation, Span, Tense
from knowledge.plan.key import PARTS
from knowledge.questions.answer import Why
from knowledge.questions.context import QuestionContext, Trouble
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.utterance import Cue, Piece
from knowledge.questions.query import Due, Query, Want

SOON = 90
"""Days that 快到期 means where none are said: the first of the reminders before a deadline."""
_SOON_SAID = f"{SOON}天内"
_DUE = re.compile(
    r"(?:就|要|将|会|快|都|该)*(?:[到道倒]期|届满|期满|到期限|截止(?!到|日|时|目前)|过期)(?:了|的(?=目标|指标|任务|有|$))?"
)
_NEAR = re.compile(
    rf"(?:快要?|即将|将要?|马上要?|就要|眼看要?|临近|临|要|最近|近期|近日|近来|最先|最早|最快)(?:就|要|会)?{_DUE.pattern}"
)
_TO_BE_DONE = re.compile(
    r"(?:就|都|还|的)*(?:必须要?|一定要|需要|应该|应当|[要须需应得该])(?:全部|按时|如期)?"
    r"(?:完成|做完|办完|办结|干完|弄完|达标|达到|实现|建成|交账|交卷)(?:的(?=目标|指标|任务|有|$))?"
)
_DONE = re.compile("(?:全部|按时|如期)?(?:完成|建成|达标)的?(?=目标|指标|任务|有哪|哪些|什么|$)")
"""6月底前完成的: behind 前 it need not be said that it is to be."""
_OF_A_DAY = re.compile("的(?=(?:目标|指标)(?:有哪些|有几个|是什么|有什么)?$)")
"""12月底的目标, and nothing else."""
_ASKS = re.compile(r"[吗么]\??$")

_ELSE = re.compile(
    "什么时候|何时|几时|哪[年月天]|哪一[年月天]|几[号月天]|多久|多少天|多长时间|[到道倒]期[日时]|截止(?:到|日|时间|目前)"
)
"""A question for the day, or about a day that is named."""


@dataclass(frozen=True, slots=True)
class DueSoon:
    """`rest` is the text without the words for it; `due` None: there is no such day as `unreal`."""

    rest: str
    due: Due | None
    unreal: str = ""


def due_soon(text: str, today: date) -> DueSoon | None:
    """None where nothing is asked of what falls due on some day."""
    words = _DUE.search(text) or _TO_BE_DONE.search(text) or _DONE.search(text) or _OF_A_DAY.search(text)
    if words is None or _ELSE.search(text):
        return None
    dates = find(text, today, Tense.FUTURE)
    if dates.unreal:
        return DueSoon(text, None, dates.unreal[0].said)
    span = next((one for one in dates.spans if not _is_of_years(text, one)), None)
    if span is not None and _means(words, span):
        said = text[span.start : span.end]
        return DueSoon(_without(text, _place(span), words.span()), _due(span, said, today))
    near = None if dates.spans else _NEAR.search(text)
    soon = Due(today, today + timedelta(days=SOON), _SOON_SAID)
    return DueSoon(_without(text, near.span()), soon) if near else None


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _means(words: re.Match[str], span: Span) -> bool:
    """Whether the words speak of what falls due on those days."""
    if words.re is _OF_A_DAY:
        return span.start == 0 and span.end == words.start()
    return words.re is not _DONE or span.relation is Relation.BEFORE


def _is_of_years(text: str, span: Span) -> bool:
    said = text[span.start : span.end]
    return span.days.grain is Grain.YEAR and not said.endswith(("年度", "之前", "以前"))


def _due(span: Span, said: str, today: date) -> Due:
    match span.relation:
        case Relation.BEFORE | Relation.UNTIL:
            until = span.until if span.relation is Relation.BEFORE else span.last
            return Due(min(today, until), until, said)
        case Relation.AFTER | Relation.SINCE:
            after = span.last + timedelta(days=1) if span.relation is Relation.AFTER else span.first
            return Due(after, date.max, said)
    return Due(span.first, span.last, said)


def take_soon(piece: Piece, asked: QuestionContext) -> tuple[Piece, Due | Trouble | None]:
    """Take the words for it out of a question, and leave a cue that it was asked."""
    soon = due_soon(piece.text, asked.today)
    if soon is None:
        return piece, None
    if soon.due is None:
        return piece, Trouble(Why.NO_SUCH_DAY, {"name": soon.unreal})
    rest = take_apart(soon.rest, asked.library) if soon.rest else Piece(soon.rest)
    return replace(
        rest, text=piece.text, cues=[*rest.cues, Cue(len(piece.text), frozenset([CueTag.SOON]), "")]
    ), soon.due


def with_soon(query: Query, due: Due, piece: Piece, asked: QuestionContext) -> Query:
    """What falls due on these days; of something with a deadline of its own, how long that is, or whether then."""
    if query.want is Want.TASKS:
        query = replace(query, want=Want.TARGETS)  # tasks have no deadlines, their targets have
    if query.want not in {Want.TARGETS, Want.COUNT_TARGETS, Want.FIGURE, Want.SAYS}:
        return query
    if any(key.kind in PARTS for key in query.topic):
        asks = (CueTag.YES_NO in piece.tags or bool(_ASKS.search(piece.text))) and due.said != _SOON_SAID
        return replace(query, want=Want.FIGURE, due=due, figure=None) if asks else replace(query, want=Want.DAYS)
    return replace(query, due=due, first=asked.unit, dated=None, by=None, figure=None)


def _without(text: str, *spans: tuple[int, int]) -> str:
    kept = "".join(text[at] for at in range(len(text)) if not _holds(spans, at))
    return kept.strip(" ,的了吗呢?")


def _holds(spans: Iterable[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)
