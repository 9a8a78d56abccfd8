"""Days and periods that a report states: 截至3月底, 昨天, 1-4月, 上周, 4月30日统计, 本季度.

A period that runs on (本月, 今年) has no day of its own; one that is over ends on its last day. A day and month without
year is the latest such day, or the next three months' (the chat warns of days to come). The text is cleaned text.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.language.quantities.numerals import read_number
from knowledge.updates.signs import INTENT

_N = "[0-9一二三四五六七八九十]{1,3}"
_YEAR = r"(?:(?P<year>20\d\d|[12]\d)年|(?P<rel>今年|去年|本年|上年)(?:的)?)?"
_AHEAD = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Stated:
    """What stands at `start`..`end`: the day a figure is of (None: not said), and whether it is a period."""

    start: int
    end: int
    as_of: date | None
    period: bool
    ahead: bool = False
    """Whether it is a day to come that something is due by (年底前建成); no figure is of it."""


def stated_days(text: str, today: date) -> tuple[Stated, ...]:
    """Every day or period of a text, in order, none overlapping."""
    taken = [False] * len(text)
    found: list[Stated] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            try:
                day, period = read(match, today)
            except ValueError:  # 2月30日
                continue
            stated = _placed(text, match, day, today, period=period)
            taken[stated.start : stated.end] = [True] * (stated.end - stated.start)
            found.append(stated)
    return tuple(sorted(found, key=lambda s: s.start))


_CUT_BEFORE = re.compile(r"(截至到|截止到|截至|截止|截到|截|到|至|据|按)$")
_CUT_AFTER = re.compile(r"(止|为止|统计|数据|的数据|底|末)")


# 3月10日5G基站达到630个, said before that day: a figure with a wrong day, not a plan.
_OWN_DAY = re.compile(r"(?:[日号天]|月份?|[-/.]\d{1,2})$")
_DUE = re.compile(r"[之以]?前")
_REACHED = re.compile(r"(?:^|[^要应须需能可将拟])(?:达到?|新增|累计|建成|完成)了?约?[\d一二两三四五六七八九十百]")


# 较去年增加, 2020年的两倍: what is compared with is not the figure's own day.
_BASE_BEFORE = re.compile(r"(?:[比较同]|[高低]于)$")
_BASE_AFTER = re.compile(r"的?[\d一二两三四五六七八九十.]{1,12}倍")


def _placed(text: str, match: re.Match[str], day: date | None, today: date, *, period: bool) -> Stated:
    start, end = match.span()
    before, after = _CUT_BEFORE.search(text[:start]), _CUT_AFTER.match(text, end)
    if _BASE_BEFORE.search(text[:start]) or _BASE_AFTER.match(text, end):
        return Stated(start, end, None, period=False)
    cut = before or (after and after[0] not in {"底", "末"})
    start, end = before.start() if before else start, after.end() if after else end
    if day and day > today and not cut and not _tells_of(text, match):
        return Stated(start, end, None, period=False, ahead=True)
    return Stated(start, end, day, period=period and not (before or after or match[0][-1] in "底末"))


def _tells_of(text: str, day: re.Match[str]) -> bool:
    """Whether a figure is stated as reached on a day to come."""
    rest = text[day.end() :]
    if not _OWN_DAY.search(day[0]) or _DUE.match(rest) or INTENT.shows(text[: day.start()] + rest):
        return False
    return bool(_REACHED.search(rest.partition(",")[0]))


def _number(text: str) -> int:
    value = read_number(text)
    if value is None:
        raise ValueError(text)
    return int(value)


def _year(match: re.Match[str], today: date) -> int | None:
    if match["year"]:
        year = int(match["year"])
        return year if year > 100 else 2000 + year
    if match["rel"]:
        return today.year - (match["rel"] in {"去年", "上年"})
    return None


def _latest(year: int | None, make: Callable[[int], date], today: date) -> date:
    """The day in `year`, or without one in the year that makes it the latest that may be meant."""
    if year is not None:
        return make(year)
    this = make(today.year)
    return this if this <= today + _AHEAD else make(today.year - 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _of_month(year: int, month: int, part: str) -> date:
    day = {"上旬": 10, "中旬": 20, "初": 5, "中": 15}.get(part)
    return date(year, month, day) if day else _month_end(year, month)


def _full(m: re.Match[str], today: date) -> tuple[date, bool]:
    return _latest(_year(m, today), lambda y: date(y, _number(m["month"]), _number(m["day"])), today), False


def _short(m: re.Match[str], today: date) -> tuple[date, bool]:
    """截至4.30, 4.30日: a day only where it is written as one."""
    return _latest(None, lambda y: date(y, int(m["month"]), int(m["day"])), today), False


def _plain(m: re.Match[str], _: date) -> tuple[date, bool]:
    return date(int(m[1]), int(m[2]), int(m[3])), False


def _span(m: re.Match[str], today: date) -> tuple[date | None, bool]:
    month = _number(m["last"])
    return _past(_latest(_year(m, today), lambda y: _month_end(y, month), today), today), True


def _month(m: re.Match[str], today: date) -> tuple[date | None, bool]:
    month, part = _number(m["month"]), m["part"] or ""
    return _past(_latest(_year(m, today), lambda y: _of_month(y, month, part), today), today), part not in {"底", "末"}


def _past(day: date, today: date) -> date | None:
    """A period that is still running has no day yet; one that lies ahead keeps its own."""
    same_month = (day.year, day.month) == (today.year, today.month)
    return None if day > today and same_month else day


def _quarter(m: re.Match[str], today: date) -> tuple[date | None, bool]:
    quarter = _number(m["quarter"])
    if not 1 <= quarter <= 4:
        raise ValueError(m[0])
    end = _latest(_year(m, today), lambda y: _month_end(y, quarter * 3), today)
    return (None if end > today and quarter == _quarter_of(today) else end), True


def _quarter_of(day: date) -> int:
    return (day.month + 2) // 3


def _half(m: re.Match[str], today: date) -> tuple[date | None, bool]:
    month = 6 if "上" in m["half"] else 12
    end = _latest(_year(m, today), lambda y: _month_end(y, month), today)
    return (None if end > today else end), True


def _year_end(m: re.Match[str], today: date) -> tuple[date, bool]:
    return date(_year(m, today) or today.year, 12, 31), False


def _whole_year(m: re.Match[str], today: date) -> tuple[date | None, bool]:
    year = _year(m, today) or today.year
    return (date(year, 12, 31) if year < today.year else None), True


def _days_ago(days: int) -> Callable[[re.Match[str], date], tuple[date, bool]]:
    return lambda _, today: (today - timedelta(days=days), True)


def _last_week(m: re.Match[str], today: date) -> tuple[date, bool]:
    monday = today - timedelta(days=today.weekday())
    if m["weekday"]:
        nth = "一二三四五六日天".index(m["weekday"])
        return monday + timedelta(days=min(nth, 6) - 7), False
    return monday - timedelta(days=1), True


def _last_month(m: re.Match[str], today: date) -> tuple[date, bool]:
    end = today.replace(day=1) - timedelta(days=1)
    part = m["part"] or ""
    return _of_month(end.year, end.month, part), part not in {"底", "末"}


def _last_quarter(_: re.Match[str], today: date) -> tuple[date, bool]:
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return first - timedelta(days=1), True


def _running(_: re.Match[str], __: date) -> tuple[None, bool]:
    return None, True


def _now(_: re.Match[str], __: date) -> tuple[None, bool]:
    return None, False


_SHORT_DAY = r"(?P<month>\d{1,2})[./-](?P<day>\d{1,2})"
_NO_FIGURE = r"(?![\d./%-]|[个家户座处亿万元斤成倍月季])"
_PART = r"(?P<part>底|末|下旬|中旬|上旬|初|中)?"
# Tried from the top: the longest and surest first.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], tuple[date | None, bool]]], ...] = (
    (re.compile(r"(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"), _plain),
    (re.compile(rf"{_YEAR}(?P<month>{_N})月(?:份)?(?P<day>{_N})[日号]"), _full),
    (re.compile(rf"(?:截[至止]到?|^){_SHORT_DAY}[日号]?(?=[ \u4e00-\u9fff,:]|$){_NO_FIGURE}"), _short),
    (re.compile(rf"(?<![\d.]){_SHORT_DAY}[日号]"), _short),
    (re.compile(rf"{_YEAR}{_N}月?份?[-~—–至到]+(?P<last>{_N})月(?:份)?(?:底|末)?"), _span),
    (re.compile(rf"{_YEAR}前(?P<last>{_N})个?月"), _span),
    (re.compile(rf"{_YEAR}(?P<month>{_N})月(?!报|均|\d{{1,2}}[日号])(?:份)?{_PART}"), _month),
    (re.compile(rf"{_YEAR}第?(?P<quarter>[1-4一二三四])个?季度"), _quarter),
    (re.compile(rf"{_YEAR}(?P<half>[上下]半年)"), _half),
    (re.compile(r"(?:(?P<year>20\d\d|[12]\d)年|(?P<rel>今年|去年|本年|上年))年?[底末]|(?<!\d)年[底末]"), _year_end),
    (re.compile(r"昨[天日晚]"), _days_ago(1)),
    (re.compile(r"前[天日](?!后)"), _days_ago(2)),
    (re.compile(r"今[天日早]|刚刚"), _days_ago(0)),
    (re.compile(r"明[天日]"), _days_ago(-1)),
    (re.compile(r"(?<!先天)后天"), _days_ago(-2)),
    (re.compile(r"上(?:个)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])?"), _last_week),
    (re.compile(rf"上(?:个)?月(?:份)?{_PART}"), _last_month),
    (re.compile(r"上(?:个|一)?季度"), _last_quarter),
    (
        re.compile(
            r"(?:本|这|当|该)(?:个|一)?(?:周|星期|月|季度|季|旬|期|年度)(?:以来|内|里)?|近(?:期|日)|最近|近\S{1,2}(?:周|个?月|天)"
        ),
        _running,
    ),
    (re.compile(r"(?P<year>20\d\d)年|(?P<rel>今年|去年|本年)(?:以来)?|(?P<whole>全年|年内|年初以来)"), _whole_year),
    (re.compile(r"截[至止](?:到)?(?:目前|现在|当前|今|此刻)|目前为止|目前|现在|当前|至今|迄今|截至|截止"), _now),
)


def overall(stated: tuple[Stated, ...]) -> tuple[date | None, bool]:
    """The day that a clause is of (its first stated one), and whether it states a period."""
    return next((s.as_of for s in stated if s.as_of), None), any(s.period for s in stated)
