"""Days and times to come, in plain Chinese: 明天, 下周三, 3月22日下午三点, 半小时后, 月底. The text is cleaned text.

How it is read where it could mean several things:

- A week begins on Monday. 周五 is the next Friday, today included; 本周五 is this week's, also when it is over;
  下周五 is the next week's, 下下周五 the one after. 下周 and 下个月 alone are their first days; 周末 is the Saturday.
- 3月22日 without a year is this year's, also where it is over, unless that is more than half a year ago: then it is the
  next year's. 22日 alone is the next day so called. What there is not (下个月31日, 2月30日, 明天25点) is no day:
  `unreal_in` finds it. Years are 2000 to 2099.
- 月底 and 年底 are last days, 月初 is the first, 月中 the 15th; 上旬, 中旬, 下旬 end on the 10th, 20th and last day.
- 3天后 and 两周后 count from today. 两个月后 is the same day of that month, or its last; 半个月 is 15 days.
- 1点 to 6点 without 上午 or the like are in the afternoon; 03:00 and 9点 are as they are written. 晚上1点 is after
  midnight. Where only the part of the day is said: 上午 9:00, 中午 12:00, 下午 15:00, 傍晚 18:00, 晚上 19:00.
- A time alone is today's, or tomorrow's where it is over; so is 周五9点 next week's once it is past nine on a Friday.
- 每周三, 每月5日, 每天 name no single day; 3个工作日后 needs a calendar. Neither is read.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NoReturn

from knowledge.rhythm.clock_words import CLOCK, NOT_AFTER, NUMBER, PARTS, part_time, small_number, time_said

_HALF_YEAR = 182
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Ahead:
    """What stands at `start`..`end` of the text; `at` None: no time was said."""

    start: int
    end: int
    day: date
    at: time | None
    past: bool
    """Whether it is over already: a slip, to be said, not to be acted on."""
    odd: bool = False
    """Whether it falls on another weekday than is written beside it."""


Days = tuple[date, date | None]
"""The day meant, and the next one so called, which is meant where the time said is over on the first."""


def day_ahead(text: str, now: datetime) -> Ahead | None:
    """The first day or time of a text; `now` is the time in the plan's zone."""
    return next(iter(days_ahead(text, now)), None)


def days_ahead(text: str, now: datetime) -> tuple[Ahead, ...]:
    """Every day or time of a text, in order, none overlapping."""
    taken = [False] * len(text)
    found: list[Ahead] = []
    for start, end, read in _matches(text, now):
        if any(taken[start:end]):
            continue
        taken[start:end] = [True] * (end - start)
        if read is not None:
            found.append(read)
    return tuple(sorted(found, key=lambda one: one.start))


def unreal_in(text: str, now: datetime) -> str:
    """What is written like a day or a time of which there is none: 2月30日, 明天25点; empty where there is no such."""
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            try:
                read(match, now.date())
            except (ValueError, OverflowError):
                if read in (_plain, _month_day, _of_month):
                    return match[0]
            behind = _BEHIND.match(text, match.end())
            if behind and behind["hour"] and time_said(behind) is None:
                return text[match.start() : behind.end()]
    return next((alone[0] for alone in _ALONE.finditer(text) if time_said(alone) is None), "")


def _matches(text: str, now: datetime) -> Iterator[tuple[int, int, Ahead | None]]:
    """What may be read, the surest first; None for what is no single day, so that no part of it is read either."""
    for repeated in _REPEATED.finditer(text):
        yield *repeated.span(), None
    for later in _LATER.finditer(text):
        if (moment := _moment(later, now)) is not None:
            day, at = moment.date(), time(moment.hour, moment.minute)
            yield *later.span(), Ahead(*later.span(), day, at, past=False)
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            try:
                one = _with_time(text, match, read(match, now.date()), now)
            except (ValueError, OverflowError):  # 2月30日, 9999年后
                continue
            yield one.start, one.end, one
    for alone in _ALONE.finditer(text):
        said = time_said(alone)
        if said is not None and alone[0] != "一点":  # 有一点慢
            later_by, at = said
            over = not later_by and at <= now.time()
            day = now.date() + timedelta(days=later_by + over)
            yield *alone.span(), Ahead(*alone.span(), day, at, past=False)


def _with_time(text: str, match: re.Match[str], days: Days, now: datetime) -> Ahead:
    """The day of a match, with the weekday and the time that stand behind it."""
    (day, following), (start, end) = days, match.span()
    odd = False
    if not _NAMED.search(match[0]) and (beside := _BESIDE.match(text, end)):
        end, odd = beside.end(), day.weekday() != _nth(beside["day"])
    at: time | None = None
    behind = _BEHIND.match(text, end)
    if behind and (behind["hour"] or behind["part"]):
        said = time_said(behind) if behind["hour"] else (0, part_time(behind["part"]))
        if said is None:
            _no_day(behind)
        end, at = behind.end(), said[1]
        day += timedelta(days=said[0])
    over = day == now.date() and at is not None and at <= now.time()
    if over and following is not None:
        day, over = following, False
    return Ahead(start, end, day, at, past=over or day < now.date(), odd=odd)


def _moment(match: re.Match[str], now: datetime) -> datetime | None:
    """半小时后, 一个半小时后, 再过30分钟."""
    if not (match["number"] or match["half"]) or not (match["before"] or match["behind"]):
        return None
    said = match["number"] or "0"
    number = float(said) if said[0].isdigit() else small_number(said)
    minutes = (number + (0.5 if match["half"] else 0)) * _MINUTES[match["unit"]]
    return now + timedelta(minutes=minutes)


def _plain(m: re.Match[str], _: date) -> Days:
    return date(int(m["year"]), int(m["month"]), int(m["day"])), None


def _year(m: re.Match[str], today: date) -> int | None:
    if m["year"]:
        return int(m["year"]) % 100 + 2000
    if m["rel"]:
        return today.year + {"前": -2, "去": -1, "今": 0, "本": 0, "明": 1, "后": 2}[m["rel"][0]]
    return None


def _in_year(year: int | None, today: date, make: Callable[[int], date]) -> Days:
    """The day in `year`, or without one this year's, unless that is long over or there is none."""
    if year is not None:
        return make(year), None
    try:
        this = make(today.year)
    except ValueError:  # 2月29日
        return make(today.year + 1), None
    return (make(today.year + 1) if (today - this).days > _HALF_YEAR else this), None


def _month_day(m: re.Match[str], today: date) -> Days:
    month, day = small_number(m["month"]), small_number(m["day"])
    return _in_year(_year(m, today), today, lambda year: date(year, month, day))


def _month_part(m: re.Match[str], today: date) -> Days:
    month = small_number(m["month"])
    return _in_year(_year(m, today), today, lambda year: _part(year, month, m["part"]))


def _part(year: int, month: int, part: str) -> date:
    day = {"初": 1, "中": 15, "上旬": 10, "中旬": 20}.get(part)
    return date(year, month, day or monthrange(year, month)[1])


def _month_after(today: date, months: int) -> tuple[int, int]:
    years, month = divmod(today.month - 1 + months, 12)
    return today.year + years, month + 1


def _steps(which: str | None) -> int:
    """下下个 is two steps on, 上 one back, 本 and 这个 none."""
    return 0 if which is None else which.count("下") - which.count("上")


def _of_month(m: re.Match[str], today: date) -> Days:
    year, month = _month_after(today, _steps(m["which"]))
    if m["day"]:
        return date(year, month, small_number(m["day"])), None
    return _part(year, month, m["part"] or "初"), None


def _bare_part(m: re.Match[str], today: date) -> Days:
    """月底, 月初: this month's, or the next one's."""
    this = _part(today.year, today.month, m["part"])
    return (this if this >= today else _part(*_month_after(today, 1), m["part"])), None


def _bare_day(m: re.Match[str], today: date) -> Days:
    found = [
        date(year, month, day)
        for year, month in (_month_after(today, months) for months in range(4))
        if (day := small_number(m["day"])) and day <= monthrange(year, month)[1]
    ]
    one, following, *_ = (day for day in found if day >= today)
    return one, following


def _year_end(m: re.Match[str], today: date) -> Days:
    return date(_year(m, today) or today.year, 12, 31), None


def _quarter_end(m: re.Match[str], today: date) -> Days:
    if m["quarter"]:
        month = small_number(m["quarter"]) * 3
        return _in_year(None, today, lambda year: _part(year, month, "底"))
    last = (today.month + 2) // 3 * 3
    return _part(*_month_after(today.replace(month=last, day=1), 3 * _steps(m["which"])), "底"), None


def _weekday(m: re.Match[str], today: date) -> Days:
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=_nth(m["day"]))
    week = timedelta(days=7)
    if m["which"]:
        return day + _steps(m["which"]) * week, None
    if m["day"] == "末" and today.weekday() == _SUNDAY:
        day = today
    return (day, day + week) if day >= today else (day + week, None)


def _nth(weekday: str) -> int:
    return _SATURDAY if weekday == "末" else min("一二三四五六日天".index(weekday), _SUNDAY)


def _next_week(m: re.Match[str], today: date) -> Days:
    return today + timedelta(days=7 * _steps(m["which"]) - today.weekday()), None


def _near(m: re.Match[str], today: date) -> Days:
    days = {"前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大": 3}[m[0][0]]
    return today + timedelta(days=days), None


def _after(m: re.Match[str], today: date) -> Days:
    unit = m["unit"]
    if m["number"] == "半":
        return {"月": today + timedelta(days=15), "年": _months_on(today, 6)}.get(unit) or _no_day(m), None
    if unit == "月" and "个" not in m[0]:  # 3月后 is after March
        _no_day(m)
    number = small_number(m["number"])
    if unit in {"年", "月"}:
        return _months_on(today, number * (12 if unit == "年" else 1)), None
    return today + timedelta(days=number * (1 if unit in {"天", "日"} else 7)), None


def _no_day(m: re.Match[str]) -> NoReturn:
    raise ValueError(m[0])


def _months_on(today: date, months: int) -> date:
    year, month = _month_after(today, months)
    return date(year, month, min(today.day, monthrange(year, month)[1]))


_IN_YEAR = r"(?:(?<!\d)(?P<year>20\d\d|\d\d)年|(?P<rel>[今本明后去前]年)的?|(?<!\d年))"
_WHICH = r"(?P<which>下+个?|上+个?|本|当|这个?)"
_WEEK = "(?:周|星期|礼拜)"
_AFTER = "(?:之后|以后|过后|后)"
_PART_OF_MONTH = "底|末|初|[上中下]旬|中(?![国央心共小学铁建交])"
_PLACES = "楼|线|机|文|院|门|厂|令|函|路|国道|公路|桥|馆|井|码头|泊位|地块|项目|泵|站"
_COUNT = rf"(?P<number>\d{{1,3}}|{NUMBER}|半)"
_NO_NUMBER = r"(?<![\d第一二两三四五六七八九十])"
_NAMED = re.compile(_WEEK)
_BESIDE = re.compile(rf"\(?{_WEEK}(?P<day>[一二三四五六日天])\)?")
_PART = rf"(?P<part>{PARTS})"
_BEHIND = re.compile(rf"[,的t ]?{_PART}?(?:{CLOCK})?", re.ASCII)
_ALONE = re.compile(rf"{NOT_AFTER}{_PART}?{CLOCK}", re.ASCII)
_REPEATED = re.compile(
    rf"每(?:个|逢)?(?:{_WEEK}[一二三四五六日天末]?|(?:月|季度?)(?:{NUMBER}[日号]|[底末初中])?|[天日年])"
    rf"{PARTS}?(?:{NUMBER}(?:点半?|:\d\d))?",
    re.ASCII,
)
_MINUTES = {"小时": 60, "钟头": 60, "刻钟": 15, "分钟": 1}
_LATER = re.compile(
    rf"(?<![\d.])(?P<before>再?过)?(?P<number>\d{{1,3}}(?:\.5)?|{NUMBER})?(?:个?(?P<half>半))?个?"
    rf"(?P<unit>{'|'.join(_MINUTES)})(?P<behind>{_AFTER})?",
    re.ASCII,
)
# Tried from the top: the longest and surest first.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days]], ...] = tuple(
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (r"(?<!\d)(?P<year>20\d\d)(?P<cut>[-/.])(?P<month>\d{1,2})(?P=cut)(?P<day>\d{1,2})(?!\d)", _plain),
        (rf"{_IN_YEAR}(?<!\d)(?P<month>{NUMBER})月份?(?P<day>{NUMBER})[日号]", _month_day),
        (rf"{_IN_YEAR}(?<!\d)(?P<month>{NUMBER})月份?(?P<part>{_PART_OF_MONTH})", _month_part),
        (rf"{_WHICH}月份?(?:(?P<day>{NUMBER})[日号]|(?P<part>{_PART_OF_MONTH}))", _of_month),
        (r"(?P<which>下+个?)月(?P<day>)(?P<part>)(?!份?[\d一二三四五六七八九十])", _of_month),
        (r"(?:(?<!\d)(?P<year>20\d\d|\d\d)年|(?P<rel>[今本明后去前]年))年?[底末]", _year_end),
        (r"(?<![\d今本明后去前每半])(?P<year>)(?P<rel>)年[底末]", _year_end),
        (rf"(?:第?(?P<quarter>[1-4一二三四])|{_WHICH})?季度?[底末]", _quarter_end),
        (rf"{_NO_NUMBER}{_COUNT}个?(?P<unit>[天日年周月]|星期|礼拜){_AFTER}", _after),
        (rf"(?<![超经通不])过{_COUNT}个?(?P<unit>[天年周月]|星期|礼拜)", _after),
        (r"大后[天日]|(?<!先天)后[天日]|[明今](?:[天日]|(?=[早晚]))|昨[天日]|前[天日](?!后)", _near),
        (rf"(?<![\d月第.年/〕\]一二三四五六七八九十-])(?P<day>{NUMBER})[日号](?!{_PLACES})", _bare_day),
        (rf"(?<![个\d一二三四五六七八九十每上下本当这半])月(?P<part>{_PART_OF_MONTH})", _bare_part),
        (
            rf"(?<![每逢个\d一二两三四五六七八九十]){_WHICH}?{_WEEK}(?P<day>[一二三四五六日天末])(?![次个遍轮])",
            _weekday,
        ),
        (rf"(?P<which>下+个?){_WEEK}(?![一二三四五六日天末])", _next_week),
    )
)
