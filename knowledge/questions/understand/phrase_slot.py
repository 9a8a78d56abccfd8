"""Words of the plan's own text that a question asks after: 哪些任务提到5G, 物流出现在哪几项, 和养老有关的任务.

They are taken out of the sentence before it is read, so that what is left says what is asked and of which tasks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.entities.library import Library
from knowledge.entities.phrases import OF_CONTENT, find_phrase
from knowledge.language.cues import CueTag
from knowledge.language.lattice import How, Match, Sense
from knowledge.questions.answer import Why
from knowledge.questions.context import Trouble
from knowledge.questions.parse.parser import take_apart
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Phrase, Query, Want
from knowledge.questions.understand.phrase_forms import FORMS, TARGET, Least, PhraseForm, may_ask
from knowledge.questions.understand.phrase_wording import said_plainly


@dataclass(frozen=True, slots=True)
class TakenPhrases:
    piece: Piece
    """The sentence without them."""
    phrases: tuple[Phrase, ...] = ()
    unused: tuple[str, ...] = ()
    """Names of the plan that play no part in the question as it is read."""
    times: bool = False
    """Whether it is asked how often they stand there."""


_OTHERWISE = frozenset(
    [
        CueTag.TARGET,
        CueTag.AMOUNT,
        CueTag.WHEN,
        CueTag.DAYS,
        CueTag.PROGRESS,
        CueTag.MOST,
        CueTag.LEAST,
        CueTag.COMPARE,
    ]
)
"""What is asked of a thing, and not where its name stands."""
_ASKS = frozenset(
    [CueTag.WHICH, CueTag.WHERE, CueTag.HOW_MANY, CueTag.TASK, CueTag.SECTION, CueTag.YES_NO, CueTag.LIST, CueTag.AMONG]
)

_ASKS_SOMETHING = _ASKS | _OTHERWISE | {CueTag.WHO, CueTag.UNIT}


def take_phrases(piece: Piece, library: Library, *, asks: bool = False) -> TakenPhrases:
    """Take the words that are asked after out of a sentence; without any it stays as it is.

    `asks` is whether something is asked besides what is left.
    """
    said, times = said_plainly(piece.text)
    if not may_ask(said):
        return TakenPhrases(piece)
    text, titled = _TITLED.subn("提到", said)
    for form in FORMS:
        phrases, left = _found_by(form, text, library)
        rest = _asking(left, library) if phrases else piece
        of_tasks = CueTag.TASK in rest.tags or not rest.tags & _OTHERWISE or any(one.of_targets for one in phrases)
        if phrases and (asks or _asks_of_tasks(rest)) and of_tasks:
            rest, unused = _without_rest(rest)
            named = tuple(one for one in unused if library.index.speaks_of(one))
            return TakenPhrases(rest, tuple(replace(one, titled=bool(titled)) for one in phrases), named, times=times)
    return TakenPhrases(piece)


def _found_by(form: PhraseForm, text: str, library: Library) -> tuple[tuple[Phrase, ...], str]:
    """The phrases that a form finds, and the text without them."""
    taken: list[Phrase] = []
    cuts: set[int] = set()
    for found in form.sign.all(text):
        said = _named(found["said"], library)
        if said and _enough(said, found["said"], form.least, library):
            joined = _joined(said, library, negated=bool(found.groupdict().get("not")))
            of_targets = _OF_TARGETS.match(text, found.end()) is not None
            taken += (replace(one, of_targets=of_targets) for one in joined)
            cuts |= {at for group in _GOES & found.groupdict().keys() for at in range(*found.span(group))}
            start = found.start("said") + found["said"].find(said)
            cuts |= set(range(start, start + len(said)))
    return tuple(taken), "".join(char for at, char in enumerate(text) if at not in cuts)


def _asks_of_tasks(piece: Piece) -> bool:
    return bool(piece.tags & _ASKS) or _OF_TASKS.search(piece.text) is not None


_TITLED = re.compile(
    r"(?<![这那]个)的?(?:名称|标题|题目|名字)[里中上]?(?:都|也)?(?:[带含]?有|[带含]|写[着有]|出现|提到)"
)
"""任务名称里带建设的: only titles are looked at."""
_OF_TASKS = re.compile("任务|条款")
_OF_TARGETS = re.compile(f"的?{TARGET}")
_GOES = {"verb", "word"}


def _enough(said: str, whole: str, least: Least, library: Library) -> bool:
    """Whether so much of what was said is found as the form needs; `whole` is all that it found."""
    if least is Least.WORDS:
        return len(said) > 1 and bool(find_phrase(said, library.text).places)
    several = sum(place.kind in OF_CONTENT for place in library.text.places_of(said)) > 1
    return least is Least.NOTHING or (said == whole and several)


def missing_phrase(taken: TakenPhrases, library: Library) -> Trouble | None:
    """The first of the phrases that stands nowhere.

    Whether the plan speaks of something is only answered by its name: 新能源 here and 汽车 there are no 新能源汽车.
    """
    for phrase in taken.phrases:
        found = [find_phrase(one, library.text) for one in phrase.said]
        named = [one for one in found if one.places and not (CueTag.YES_NO in taken.piece.tags and one.scattered)]
        if not (named or phrase.negated or phrase.titled):
            asked = Query(want=Want.TASKS, phrases=taken.phrases)
            return Trouble(Why.NOT_IN_PLAN, {"name": phrase.said[0]}, query=asked)
    return None


def with_phrases(query: Query, taken: TakenPhrases) -> Query:
    """The query, of the tasks whose text holds the phrases; 哪几个部分 asks for their sections."""
    if not taken.phrases:
        return query
    by_section = bool(_SECTIONS.search(taken.piece.text))
    return replace(query, phrases=taken.phrases, by_section=by_section, unused=taken.unused, times=taken.times)


_SECTIONS = re.compile("[哪几多](?:少|些|几)?个?大?(?:部分|板块|大块|章节?|大类)")


def _asking(text: str, library: Library) -> Piece:
    """What is left of a sentence, without clauses that neither ask nor name anything: 我想带小孩去玩,方案里有没有."""
    clauses = [take_apart(clause, library) for clause in _OF_TEXT.sub("", text).split(",") if clause]
    kept = [one for one in clauses if one.tags & _ASKS_SOMETHING or one.mentions or one.ids or one.sections] or clauses
    return take_apart(",".join(one.text for one in kept), library) if len(kept) != 1 else kept[0]


_SCOPE = re.compile("的?(?:方面|领域|部分|板块|这块|那块|当中|里|中)")


def _without_rest(piece: Piece) -> tuple[Piece, tuple[str, ...]]:
    """The sentence without what is no place to look in (农业方面 is one), and what that was."""
    if not piece.topic or _SCOPE.match(piece.text, piece.text.find(piece.topic[-1]) + len(piece.topic[-1])):
        return piece, ()
    bare = replace(piece, topic=(), groups=(), with_figures=(), named=(), named_as="", sayings={})
    return bare, piece.topic


_OF_TEXT = re.compile("的?(?:标题或|名称或)?(?:正文|原文|文本)[里中]?")
_EDGES = re.compile(
    r"^(?:请问?|[查看问说找]?一下|[查看问找]下|看看|查查|麻烦|劳驾|帮忙|帮我|那个|那|这个|就是|我|想|知道|[的了在都也还,、]|(?:方案|文件|全文|文中)(?:里面|里|中)?)+"
    r"|(?:[的了在都也还,、]|里面|一共|总共)+$"
)
_FRAME = frozenset([CueTag.TASK, CueTag.UNIT, CueTag.TARGET, CueTag.SECTION, CueTag.PLAN])
"""What questions are made of: 方案里有任务吗 asks after no word."""
_LOOSE = {Sense.CUE, Sense.FILLER, Sense.HOME}


def _named(said: str, library: Library) -> str:
    """What of a stretch of a sentence is asked after: a word of the text, or what no cue explains; "" for none."""
    said = said if library.text.places_of(said) else _EDGES.sub("", said)
    piece = take_apart(said, library)
    if not said or piece.ids or piece.sections or any(mention.how is How.EXACT for mention in piece.mentions):
        return ""  # units and tasks are asked for as what they are
    if library.text.places_of(said):
        return said if piece.topic or not piece.tags & _FRAME else ""
    if piece.mentions or not piece.topic or piece.tags & {CueTag.MINE, CueTag.THEY, CueTag.THAT}:
        return ""
    return _EDGES.sub("", _inner(said, piece.cover))


def _inner(said: str, cover: tuple[Match, ...]) -> str:
    """What was said without whole words at its edges that only make questions; a single character may belong to it."""
    start, end = 0, len(said)
    for match in cover:
        if match.start == start and _is_loose(match):
            start = match.end
    for match in reversed(cover):
        if match.end == end and _is_loose(match):
            end = match.start
    return said[start:end] if start < end else said


def _is_loose(match: Match) -> bool:
    return match.end - match.start > 1 and {word.sense for word in match.words} <= _LOOSE


_OR = re.compile("或者?|还是")
_AND = re.compile("和|与|以及|及|跟|同|、|,|还有|并且?")


def _joined(said: str, library: Library, *, negated: bool) -> Iterator[Phrase]:
    """One phrase, or several where words stand between them and the whole stands nowhere."""
    parts = [part for part in _AND.split(said) if part]
    whole = bool(library.text.places_of(said)) or any(len(part) == 1 for part in parts)
    for one in (said,) if whole else parts:
        yield Phrase(tuple(filter(None, _OR.split(one))), negated=negated)
