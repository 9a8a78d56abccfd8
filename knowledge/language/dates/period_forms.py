"""Periods as they are said: 4月中旬, 月底, 一季度, 上半年, 下个月, 两周内, 国庆, 2023年."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from knowledge.language.dates.day_forms import later
from knowledge.language.dates.form import (
    IN_YEAR,
    MONTH_PART,
    OF_YEAR,
    SLIPPED,
    WEEK,
    WHICH,
    Form,
    N,
    form,
    steps,
    year_said,
)
from knowledge.language.dates.numerals import YEAR, small_number
from knowledge.language.dates.reference import Reference, month_end, months_on, one_day, opened
from knowledge.language.dates.span import Cycle, Days, Grain, Tense
from knowledge.language.dates.state_calendar import NAMES, holiday

_DAY = timedelta(days=1)
_LATE = 10
"""截至月底 in the first days of a month speaks of the last one's."""


_PARTS = {
    "初": (1, 5),
    "中": (15, 15),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上半月": (1, 15),
    "下半月": (16, 31),
}


def month(year: int, number: int) -> Days:
    return Days(date(year, number, 1), month_end(year, number), Grain.MONTH)


def months(year: int, first: int, last: int, grain: Grain) -> Days:
    return Days(date(year, first, 1), month_end(year, last), grain)


def part_of_month(year: int, number: int, part: str | None) -> Days:
    """The first five days are its beginning; of ten days the last is meant."""
    if not part:
        return month(year, number)
    end = month_end(year, number)
    first, last = _PARTS.get(part, (end.day, end.day))
    last = min(last, end.day)
    if first == end.day:
        return one_day(end)
    start, stop = date(year, number, first), date(year, number, last)
    return Days(start, stop, Grain.TEN_DAYS, start if part == "初" else stop)


def _part_of_named(m: re.Match[str], ref: Reference) -> Days:
    number, part = small_number(m["month"]), m["part"]
    _, last = _PARTS.get(part or "", (31, 31))
    return ref.in_year(year_said(m, ref), number, last, lambda year: part_of_month(year, number, part))


def _part_of_which(m: re.Match[str], ref: Reference) -> Days:
    days = part_of_month(*months_on(ref.today, steps(m["which"])), m["part"])
    return days if m["part"] or steps(m["which"]) <= 0 else _meant(days)


def _meant(days: Days) -> Days:
    """下周, 下个月: its first day is meant where one is."""
    return Days(days.first, days.last, days.grain, days.first)


def _bare_part(m: re.Match[str], ref: Reference) -> Days:
    """月底, 月初: this month's, or the next one's; 截至月底 is the last one's while it is just over."""
    part = m["part"]
    this = part_of_month(ref.today.year, ref.today.month, part)
    before = part_of_month(*months_on(ref.today, -1), part)
    if ref.tense is Tense.PAST:
        over = this.first > ref.today and (ref.today.day <= _LATE or part not in "底末")
        return opened(before if over else this, Cycle.MONTH)
    on = (this.point or this.last) >= ref.today
    return opened(this if on else part_of_month(*months_on(ref.today, 1), part), Cycle.MONTH)


def _months(m: re.Match[str], ref: Reference) -> Days | None:
    first, last = small_number(m["first"]), small_number(m["last"])
    if not 1 <= first < last <= 12:
        return None
    return ref.in_year(year_said(m, ref), last, 31, lambda year: months(year, first, last, Grain.MONTH))


def _first_months(m: re.Match[str], ref: Reference) -> Days:
    last = small_number(m["last"])
    return ref.in_year(year_said(m, ref), last, 31, lambda year: months(year, 1, last, Grain.MONTH))


def _quarter(m: re.Match[str], ref: Reference) -> Days:
    last = 3 * small_number(m["quarter"])
    return ref.in_year(year_said(m, ref), last, 31, lambda year: _ended(months(year, last - 2, last, Grain.QUARTER), m))


def _quarters(m: re.Match[str], ref: Reference) -> Days | None:
    first, last = (1, m["first"]) if m["so_far"] else (small_number(m["first"]), m["last"])
    end = 3 * small_number(last)
    if 3 * first >= end:
        return None
    return ref.in_year(year_said(m, ref), end, 31, lambda year: months(year, 3 * first - 2, end, Grain.QUARTER))


def _which_quarter(m: re.Match[str], ref: Reference) -> Days:
    last = (ref.today.month + 2) // 3 * 3
    year, last = months_on(date(ref.today.year, last, 1), 3 * steps(m["which"]))
    return _ended(months(year, last - 2, last, Grain.QUARTER), m)


def _half(m: re.Match[str], ref: Reference) -> Days:
    last = 6 if m["half"] == "上" else 12
    return ref.in_year(year_said(m, ref), last, 31, lambda year: _ended(months(year, last - 5, last, Grain.HALF), m))


def _ended(days: Days, m: re.Match[str]) -> Days:
    """三季度末, 上半年底: its last day."""
    return one_day(days.last) if m["end"] else days


def _year_part(m: re.Match[str], ref: Reference) -> Days:
    year = year_said(m, ref) or ref.today.year
    return one_day(date(year, 6, 30) if m["part"] == "中" else date(year, 12, 31))


def _year(m: re.Match[str], ref: Reference) -> Days:
    year = year_said(m, ref) or ref.today.year
    return months(year, 1, 12, Grain.YEAR)


def _this_year(_: re.Match[str], ref: Reference) -> Days:
    return months(ref.today.year, 1, 12, Grain.YEAR)


def _week(m: re.Match[str], ref: Reference) -> Days:
    monday = ref.monday + 7 * steps(m["which"]) * _DAY
    days = Days(monday, monday + 6 * _DAY, Grain.WEEK)
    return _meant(days) if steps(m["which"]) > 0 else days


def _lasting(sign: int) -> Callable[[re.Match[str], Reference], Days]:
    def read(m: re.Match[str], ref: Reference) -> Days:
        end = later(ref.today, m["number"], m["unit"], sign)
        return Days(min(end, ref.today), max(end, ref.today), Grain.WITHIN)

    return read


def _within(m: re.Match[str], ref: Reference) -> Days:
    """近3个月 is behind a report, and ahead of a reminder."""
    return _lasting(-1 if ref.tense is Tense.PAST else 1)(m, ref)


def _holiday(m: re.Match[str], ref: Reference) -> Days | None:
    """The next one that is not over, or the last one that has begun; 国庆后 is behind the one that is just over too."""
    today, name = ref.today, m["name"]
    years = (year,) if (year := year_said(m, ref)) else (today.year - 1, today.year, today.year + 1)
    known = [days for year in years if (days := holiday(name, year))]
    if ref.tense is Tense.PAST:
        chosen = [days for days in known if days[0] <= today][-1:] or known[:1]
    else:
        chosen = [days for days in known if days[1] >= today][:1]
    if not chosen:
        return None
    return Days(*chosen[0], Grain.HOLIDAY, open=None if year_said(m, ref) else Cycle.YEAR)


COUNT = rf"(?P<number>\d{{1,4}}|{N}|半(?=个?[月年]))个?(?P<unit>[天日周月年]|星期|礼拜|季度)"
_HOLIDAYS = "|".join(
    name if name != "十一" else "(?<!双)十一(?=之?[前后]|以[前后]|期间|假期|长假|黄金周)" for name in NAMES
)
_COUNTED = "(?<![\\d.第一二两三四五六七八九十每])"
# Tried from the top: the longest and surest first.
FORMS: tuple[Form, ...] = (
    form(
        rf"{IN_YEAR}(?P<first>{N})月?份?[-~—–至到]+(?P<last>{N})月(?!{N}[日号])份?(?:底|末)?",
        "月",
        _months,
        {
            "1-4月": "2023-01-01..2023-04-30",
            "一至三月份": "2023-01-01..2023-03-31",
            "2022年1月到6月": "2022-01-01..2022-06-30",
        },
    ),
    form(
        rf"{IN_YEAR}(?P<month>{N})月{SLIPPED}(?:的?月)?(?P<part>{MONTH_PART})",
        "月",
        _part_of_named,
        {
            "3月底": "2023-03-31",
            "6月末": "2022-06-30 | 2023-06-30",
            "2月上旬": "2023-02-01..2023-02-10",
            "4月中旬": "2023-04-11..2023-04-20",
            "12月底": "2022-12-31 | 2023-12-31",
            "2024年2月底": "2024-02-29",
            "13月底": "unreal",
        },
    ),
    form(
        rf"{WHICH}月{SLIPPED}(?P<part>{MONTH_PART})?(?!{N}?[日号])",
        "月",
        _part_of_which,
        {
            "下个月": "2023-04-01..2023-04-30",
            "上月底": "2023-02-28",
            "本月": "2023-03-01..2023-03-31",
            "下下个月": "2023-05-01..2023-05-31",
            "上个月中旬": "2023-02-11..2023-02-20",
        },
    ),
    form(
        rf"(?<![个\d一二三四五六七八九十每上下本当这半])月(?P<part>{MONTH_PART})",
        "月",
        _bare_part,
        {
            "月底": "2023-03-31",
            "月初": "2023-03-01..2023-03-05 | 2023-04-01..2023-04-05",
            "月中": "2023-03-15",
            "截至月末": "2023-03-31",
        },
    ),
    form(
        "(?:^|(?<=[至止到在于,本这]))(?P<part>[上中下]旬|[上下]半月)",
        "旬半",
        _bare_part,
        {
            "截至上旬": "2023-03-01..2023-03-10 | 2023-04-01..2023-04-10",
            "下半月": "2023-02-16..2023-02-28 | 2023-03-16..2023-03-31",
        },
    ),
    form(
        rf"(?:{OF_YEAR}|(?<!\d))前(?P<last>{N})个?月",
        "前",
        _first_months,
        {"前四个月": "2023-01-01..2023-04-30", "前两个月": "2023-01-01..2023-02-28"},
    ),
    form(
        r"(?<=截[至止])(?P<year>20\d\d)(?P<rel>)\.(?P<month>\d{1,2})(?P<part>)(?![\d.])",
        ".",
        _part_of_named,
        {"截至2023.2": "2023-02-01..2023-02-28"},
    ),
    form(
        r"(?<![\d./-])(?P<year>20\d\d)(?P<rel>)[-/](?P<month>0[1-9]|1[0-2])(?P<part>)(?![\d./-])",
        "-/",
        _part_of_named,
        {"2023-03": "2023-03-01..2023-03-31", "2023-13": "none", "2023-3": "none"},
    ),
    form(
        rf"(?<!每){IN_YEAR}(?P<month>{N})月(?!均|的?第|{N}[日号]|初[一二三四五六七八九十]){SLIPPED}(?P<part>)",
        "月",
        _part_of_named,
        {
            "3月": "2023-03-01..2023-03-31",
            "4月分": "2023-04-01..2023-04-30",
            "11月份": "2022-11-01..2022-11-30 | 2023-11-01..2023-11-30",
            "2022年12月": "2022-12-01..2022-12-31",
            "13月": "unreal",
            "三个月": "none",
        },
    ),
    form(
        rf"(?:{OF_YEAR}|(?<![a-z\d.一二三四两]))(?P<so_far>前)?(?P<first>[1-4一二三四])(?(so_far)|[-~—–至到、和]?"
        r"(?P<last>[2-4二三四]))个?季度",
        "季",
        _quarters,
        {
            "前三季度": "2023-01-01..2023-09-30",
            "1-2季度": "2023-01-01..2023-06-30",
            "二三季度": "2022-04-01..2022-09-30 | 2023-04-01..2023-09-30",
            "前两个季度": "none",
        },
    ),
    form(
        rf"(?:{OF_YEAR}|(?<![a-z\d.一二三四两前]))第?(?P<quarter>[1-4一二三四])个?(?:季度|季(?=[末底]))(?P<end>[底末])?",
        "季",
        _quarter,
        {
            "三季度": "2022-07-01..2022-09-30 | 2023-07-01..2023-09-30",
            "第一季度": "2023-01-01..2023-03-31",
            "2022年四季度末": "2022-12-31",
            "两个季度": "none",
        },
    ),
    form(
        rf"(?:(?<![a-z\d])(?P<year>{YEAR}|20\d\d|[1-4]\d)-?|(?P<rel>[今本明后去前上]年)|(?<![a-z\d]))q(?P<quarter>[1-4])(?P<end>[底末])?(?![a-z\d])",
        "q",
        _quarter,
        {"q3": "2022-07-01..2022-09-30 | 2023-07-01..2023-09-30", "2023q1": "2023-01-01..2023-03-31", "iq3": "none"},
    ),
    form(
        rf"(?:{WHICH}一?季度|(?P<bare>(?<![一二三四1-4个\u4e00-\u9fff])季度?(?=[底末])))(?P<end>[底末])?",
        "季",
        _which_quarter,
        {
            "本季度": "2023-01-01..2023-03-31",
            "上季度": "2022-10-01..2022-12-31",
            "下季度末": "2023-06-30",
            "季度末": "2023-03-31",
        },
    ),
    form(
        rf"(?:{OF_YEAR}|(?<!前))(?P<half>[上下])半年度?(?P<end>[底末])?",
        "半",
        _half,
        {
            "上半年": "2023-01-01..2023-06-30",
            "今年下半年": "2023-07-01..2023-12-31",
            "半年": "none",
        },
    ),
    form(
        rf"{OF_YEAR}年?(?P<part>[底末]|中(?![央秋国小学医药共考]))|(?:(?<![\d一二三四五六七八九十今本明后去前上每半全同常几多])|(?<=\d\.\d))年(?P<bare>[底末])",
        "年",
        _year_part,
        {"年底": "2023-12-31", "去年底": "2022-12-31", "2024年年底": "2024-12-31", "二〇二三年末": "2023-12-31"},
    ),
    form(
        rf"{WHICH}{WEEK}(?![二三四五六日天末期]|一(?![样致直般]))",
        "周星礼",
        _week,
        {
            "下周": "2023-03-20..2023-03-26",
            "上周": "2023-03-06..2023-03-12",
            "本周": "2023-03-13..2023-03-19",
            "上周一样": "2023-03-06..2023-03-12",
        },
    ),
    form(
        rf"(?:未来|今后|接下来){COUNT}(?:之内|以内|内|里)?",
        "未今接",
        _lasting(1),
        {"未来两周": "2023-03-15..2023-03-29", "今后30天": "2023-03-15..2023-04-14"},
    ),
    form(rf"过去{COUNT}(?:之内|以内|内|里)?", "过", _lasting(-1), {"过去一周": "2023-03-08..2023-03-15"}),
    form(
        rf"(?:最近|近|这(?=\d|[一两三]个?[天周月])){COUNT}(?:之内|以内|内|里)?",
        "近这",
        _within,
        {"近3个月": "2022-12-15..2023-03-15 | 2023-03-15..2023-06-15"},
    ),
    form(
        rf"{_COUNTED}{COUNT}(?:之内|以内|内)",
        "内",
        _within,
        {
            "三日内": "2023-03-12..2023-03-15 | 2023-03-15..2023-03-18",
            "两周内": "2023-03-01..2023-03-15 | 2023-03-15..2023-03-29",
            "半年内": "2022-09-15..2023-03-15 | 2023-03-15..2023-09-15",
        },
    ),
    form(
        rf"(?:{OF_YEAR}|)(?<![点百千万亿〇零一二三四五六七八九十])(?P<name>{_HOLIDAYS})(?:国际|劳动|节|期间|假期|长假|小长假|黄金周)*(?![路村镇街广湖\d])",
        "元春清五劳端中国十",
        _holiday,
        {
            "国庆": "2022-10-01..2022-10-07 | 2023-10-01..2023-10-06",
            "五一劳动节": "2022-05-01..2022-05-04 | 2023-05-01..2023-05-03",
            "春节后": "2023-01-21..2023-01-27 | 2024-02-10..2024-02-17",
            "2023年中秋节": "2023-09-29..2023-10-06",
            "十一前": "2023-10-01..2023-10-06",
            "双十一": "none",
            "百分之七点五一": "none",
            "十一所": "none",
        },
    ),
    form(
        rf"{OF_YEAR}(?!以?[前后内]|{N}月|{N}[日号])(?:度|全年)?(?:以来)?",
        "年",
        _year,
        {"2022年": "2022-01-01..2022-12-31", "去年": "2022-01-01..2022-12-31", "二〇二三年": "2023-01-01..2023-12-31"},
    ),
    form(r"全年|年内|年初以来|年初至今", "年", _this_year, {"年内": "2023-01-01..2023-12-31"}),
)
