"""The days that figures are of: 截至3月底, 昨天, 1-4月, 上周, 4月30日统计, 本季度. The text is cleaned text.

A period that runs on (本月, 今年) has no day of its own; one that is over ends on its last day.
"""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.language.dates.day_forms import NEAR_DAY
from knowledge.language.dates.grammar import find
from knowledge.language.dates.span import Relation, Span, Tense
from knowledge.reports.speech_acts import INTENT


@dataclass(frozen=True, slots=True)
class Stated:
    """What stands at `start`..`end`: the day a figure is of (None: not said), and whether it is a period."""

    start: int
    end: int
    as_of: date | None
    period: bool = False
    ahead: bool = False
    """Whether it is a day to come that something is due by (年底前建成); no figure is of it."""
    runs: bool = False
    """Whether it is now, or a period that runs on: 目前, 本月."""
    doubtful: bool = False
    """Whether it must be asked about: there is no such day (2月30日), or two are said where one is meant."""


def stated_days(text: str, today: date) -> tuple[Stated, ...]:
    """Every day or period of a text, in order, none overlapping."""
    dates = find(text, today, Tense.PAST)
    found = [Stated(one.start, one.end, None, doubtful=True) for one in dates.unreal]
    cut: Span | None = None
    before: Span | None = None
    for span in dates.spans:
        two = _or(text, before, span) or (cut and span.relation is Relation.UNTIL and span.last != cut.last)
        found.append(_placed(text, span, today, doubtful=span.odd or bool(two)))
        cut, before = span if span.relation is Relation.UNTIL else cut, span
    for vague in _VAGUE.finditer(text):
        start, end = vague.span()
        if not any(start < one.end and one.start < end for one in found):
            unread = bool(_UNREAD.match(text, end)) and vague[0].startswith("截")
            found.append(Stated(start, end, None, period=vague["now"] is None, runs=True, doubtful=unread))
    return tuple(sorted(found, key=lambda one: one.start))


def overall(stated: tuple[Stated, ...]) -> tuple[date | None, bool]:
    """The day that a clause is of (its first stated one), and whether it states a period."""
    return next((s.as_of for s in stated if s.as_of), None), any(s.period for s in stated)


_VAGUE = re.compile(
    r"[本这当该]个?一?[旬期季](?!间|货)|近[期日]|最近|(?P<now>截[至止]到?(?:目前|现在|当前|此刻)|目前为止|目前|现在|这会儿|当前|至今|迄今|截[至止]到?)"
)
_UNREAD = re.compile("[\\d廿卅](?!\\d{0,2}g)|[一二三四五六七八九十](?![期批轮]|下|起|些|般|定|直)")
"""A day that stands behind 截至 and was not read: 截至3755."""
_CUT_BEFORE = re.compile(r"(?:到|至|据|按)$")
_CUT_AFTER = re.compile(r"统计|的?数据")
# 3月10日5G基站达到630个, said before that day: a figure with a wrong day, not a plan.
_OWN_DAY = re.compile(r"(?:[日号天]|月份?|[-/.]\d{1,2})$")
_REACHED = re.compile(r"(?:^|[^要应须需能可将拟])(?:达到?|新增|累计|建成|完成)了?约?[\d一二两三四五六七八九十百]")
# 较去年增加, 2020年的两倍, 昨天报的: what is compared with or taken back is not the figure's own day.
_BASE_BEFORE = re.compile(r"(?:[比较同]|[高低]于)$")
_BASE_AFTER = re.compile(r"的?[\d一二两三四五六七八九十.]{1,12}倍|[报填写发]的")
_EITHER = re.compile("或者?|还是")
_BOTH = re.compile("[和与及、]|以及")


def _or(text: str, before: Span | None, span: Span) -> bool:
    """4月7日或8日, 截至4月7日和8日."""
    if before is None:
        return False
    both = before.relation is Relation.UNTIL and _BOTH.fullmatch(text, before.end, span.start)
    return bool(both or _EITHER.fullmatch(text, before.end, span.start))


def _placed(text: str, span: Span, today: date, *, doubtful: bool) -> Stated:
    start, end = span.start, span.end
    before, after = _CUT_BEFORE.search(text[max(0, start - 1) : start]), _CUT_AFTER.match(text, end)
    if _BASE_BEFORE.search(text[max(0, start - 2) : start]) or _BASE_AFTER.match(text, end):
        return Stated(start, end, None)
    cut = bool(after or (before and span.last <= today)) or span.relation is Relation.UNTIL
    start, end = start - len(before[0]) if before else start, after.end() if after else end
    runs = not span.is_day and span.first <= today < span.last
    if runs and not cut:
        return Stated(start, end, None, period=True, runs=True, doubtful=doubtful)
    if span.last > today and not cut and not _tells_of(text, span):
        return Stated(start, end, None, ahead=True, doubtful=doubtful)
    period = not cut and (not span.is_day or bool(NEAR_DAY.match(text, span.start)))
    last = span.until if span.relation is Relation.BEFORE else span.last
    return Stated(start, end, None if runs else last, period=period, runs=runs, doubtful=doubtful)


def _tells_of(text: str, span: Span) -> bool:
    """Whether a figure is stated as reached on a day to come."""
    said, rest = text[span.start : span.end], text[span.end :]
    due = span.relation is Relation.BEFORE or not _OWN_DAY.search(said)
    if due or INTENT.shows(text[: span.start] + rest):
        return False
    return bool(_REACHED.search(rest.partition(",")[0]))
