"""Single days as they are said: 3月22日, 20230228, 截至4.7, 25号, 下周三, 大后天, 3天后, 本月最后一个工作日."""

import re
from datetime import date, timedelta

from knowledge.language.dates.form import FREE, IN_YEAR, SLIPPED, WEEK, WHICH, Form, N, form, steps, year_said
from knowledge.language.dates.numerals import DIGITS, small_number, year_number
from knowledge.language.dates.reference import Reference, month_end, months_on, one_day, same_day_on
from knowledge.language.dates.span import Days, Grain, Tense

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


def _full(m: re.Match[str], _: Reference) -> Days:
    return one_day(date(year_number(m["year"]), int(m["month"]), int(m["day"])))


def _month_day(m: re.Match[str], ref: Reference) -> Days:
    month, day = small_number(m["month"]), small_number(m["day"])
    return ref.in_year(year_said(m, ref), month, day, lambda year: one_day(date(year, month, day)))


def _days_of_month(m: re.Match[str], ref: Reference) -> Days:
    month, first, last = (small_number(m[part]) for part in ("month", "first", "last"))
    if last < first:
        raise ValueError(m[0])
    return ref.in_year(
        year_said(m, ref), month, last, lambda year: Days(date(year, month, first), date(year, month, last), Grain.DAY)
    )


def _short(m: re.Match[str], ref: Reference) -> Days | None:
    month, day = int(m["month"]), int(m["day"])
    said = m.groupdict()
    past = ref.tense is Tense.PAST
    figure = past and said.get("verb") is not None  # 达到1.9
    task = not past and said.get("task") is not None  # 5.2有哪些快到期
    if figure or task or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return ref.in_year(None, month, day, lambda year: one_day(date(year, month, day)))


def _day_of_month(m: re.Match[str], ref: Reference) -> Days:
    return one_day(date(*months_on(ref.today, steps(m["which"])), small_number(m["day"])))


def _bare_day(m: re.Match[str], ref: Reference) -> Days:
    return ref.of_month(small_number(m["day"]))


def _near(m: re.Match[str], ref: Reference) -> Days:
    word = m[0]
    days = {"前": -2, "昨": -1, "今": 0, "刚": 0, "当": 0, "明": 1, "后": 2}[word.removeprefix("大")[0]]
    if word[0] == "大":
        days += 1 if days > 0 else -1
    return one_day(ref.today + days * _DAY)


def weekday(said: str) -> int:
    return _SATURDAY if said == "末" else min("一二三四五六日天".index(said), _SUNDAY)


def _weekday(m: re.Match[str], ref: Reference) -> Days:
    nth = weekday(m["day"])
    if m["which"]:
        return one_day(ref.monday + (nth + 7 * steps(m["which"])) * _DAY)
    if m["day"] == "末" and ref.today.weekday() == _SUNDAY:
        nth = _SUNDAY
    return ref.of_week(nth)


_LENGTHS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_MONTHS = {"月": 1, "季度": 3, "年": 12}


def later(today: date, number: str, unit: str, sign: int) -> date:
    """The day so long after today, or before it; half a month is 15 days."""
    if number == "半":
        return today + sign * 15 * _DAY if unit == "月" else same_day_on(today, sign * 6)
    count = sign * small_number(number) if len(number) < 3 or not number.isdecimal() else sign * int(number)
    return today + count * _LENGTHS[unit] * _DAY if unit in _LENGTHS else same_day_on(today, count * _MONTHS[unit])


def _after(m: re.Match[str], ref: Reference) -> Days | None:
    if m["unit"] == "月" and "个" not in m[0]:  # 3月后 is after March
        return None
    return one_day(later(ref.today, m["number"], m["unit"], 1))


def _ago(m: re.Match[str], ref: Reference) -> Days | None:
    """提醒 before a day that is still to come says it in the same words: 3天前提醒我."""
    return one_day(later(ref.today, m["number"], m["unit"], -1)) if ref.tense is Tense.PAST else None


def _workdays_on(m: re.Match[str], ref: Reference) -> Days:
    day = ref.today
    for _ in range(small_number(m["number"])):
        day += _DAY
        while not ref.is_workday(day):
            day += _DAY
    return one_day(day)


def _nth_workday(m: re.Match[str], ref: Reference) -> Days:
    if m["month"]:
        number = small_number(m["month"])
        return ref.in_year(year_said(m, ref), number, 31, lambda year: _workday(m, ref, year, number))
    if m["week"]:
        monday = ref.monday + 7 * steps(m["which"]) * _DAY
        return _workday_of(m, ref, monday, monday + 6 * _DAY)
    return _workday(m, ref, *months_on(ref.today, steps(m["which"])))


def _workday(m: re.Match[str], ref: Reference, year: int, month: int) -> Days:
    return _workday_of(m, ref, date(year, month, 1), month_end(year, month))


def _workday_of(m: re.Match[str], ref: Reference, first: date, last: date) -> Days:
    days = (first + one * _DAY for one in range((last - first).days + 1))
    worked = [day for day in days if ref.is_workday(day)]
    nth = small_number(m["nth"]) if m["nth"] else 1
    if not 1 <= nth <= len(worked):
        raise ValueError(m[0])
    return one_day(worked[nth - 1] if m["nth"] and not m["back"] else worked[-nth])


_PLACES = (
    "[楼机文院门厂令函路桥馆井泵站矿炉窑仓池栋岗称码段]|召(?![开集])|线(?![上下])"
    "|台风|国道|公路|泊位|地块|标段|公告|通知|园区|示范"
)
_NO_DAY = "内|游|报(?:社|道|刊|$|[,。])|均|产|处理|吨|历|照|常|间|期|本|志|龄"
NEAR_DAY = re.compile("大?[昨前今明后刚][天日晚早晨刚]")
"""昨天 is a day on which something may be new; of 4月30日 rather the state is told."""
_COUNT = rf"(?P<number>\d{{1,3}}|{N}|半(?=个?[月年]))"
_NOT_COUNTED = "(?<![\\d.第一二两三四五六七八九十前年月])"
_BEHIND = "(?:之后|以后|过后|后)"
_CUED_DAY = r"(?P<month>\d{1,2})[./-](?P<day>\d{1,2})"
_NO_FIGURE = r"(?![\d./%‰-]|:\d|[个家户座处亿万元斤成倍月季米吨人条项点小分秒公里度级的任a-z])"
# Tried from the top: the longest and surest first.
FORMS: tuple[Form, ...] = (
    form(
        r"(?<![\d.])(?P<year>20\d\d)(?P<cut>[-/.])(?P<month>\d{1,2})(?P=cut)(?P<day>\d{1,2})(?![\d.])[日号]?",
        "-/.",
        _full,
        {"2023-03-22": "2023-03-22", "2023/3/2": "2023-03-02", "2023.2.28日": "2023-02-28", "2023-02-30": "unreal"},
    ),
    form(
        r"(?<![\d.a-z])(?P<year>2\d)(?P<cut>\.)(?P<month>\d{1,2})\.(?P<day>\d{1,2})(?![\d.%])",
        ".",
        _full,
        {"截至23.3.25": "2023-03-25", "23.3.255": "none", "23.3": "none"},
    ),
    form(
        r"(?:(?<=截至|截止)到?)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)",
        "截",
        _short,
        {"截至0228": "2023-02-28", "截至1231": "2022-12-31 | 2023-12-31", "截至0230": "unreal"},
    ),
    form(
        r"(?<![a-z\d.])(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?![\d.a-z%个家户元亿万])",
        "2",
        _full,
        {"截至20230228": "2023-02-28", "20231301": "none", "20230230": "unreal", "120230228": "none"},
    ),
    form(
        rf"(?:{IN_YEAR}(?P<month>{N})月{SLIPPED}|{WHICH}(?:月|(?P<week>{WEEK}))|(?<!每)月[底末]?)的?"
        rf"(?:最后一?|(?P<back>倒数)?第(?P<nth>{N}))个?工作日",
        "工",
        _nth_workday,
        {
            "本月最后一个工作日": "2023-03-31",
            "4月第一个工作日": "2023-04-03",
            "下个月倒数第二个工作日": "2023-04-27",
            "本周最后一个工作日": "2023-03-17",
            "月底最后一个工作日": "2023-03-31",
        },
    ),
    form(
        rf"{IN_YEAR}(?P<month>{N})月{SLIPPED}(?P<first>{N})[日号]?(?:至|到|-+|—+)(?P<last>{N})[日号]",
        "月",
        _days_of_month,
        {"4月7-9日": "2023-04-07..2023-04-09", "三月一日至十日": "2023-03-01..2023-03-10", "4月9-7日": "unreal"},
    ),
    form(
        rf"(?<!每){IN_YEAR}(?P<month>{N})月{SLIPPED}(?P<day>{N})[日号](?!{_PLACES})",
        "月",
        _month_day,
        {
            "3月22日": "2023-03-22",
            "三月二十二号": "2023-03-22",
            "23年2月28日": "2023-02-28",
            "二〇二三年四月七日": "2023-04-07",
            "去年12月卅一日": "2022-12-31",
            "12月31日": "2022-12-31 | 2023-12-31",
            "2月30日": "unreal",
            "2月29日": "unreal | 2024-02-29",
            "13月5日": "unreal",
        },
    ),
    form(
        rf"(?<!每){IN_YEAR}(?P<month>{N})月(?P<day>\d{{1,2}}|[二三]?十[{DIGITS}]?|[廿卅][{DIGITS}]?)(?=$|[,:;。至到~)-]|之?前|以前|之?后|止)(?!到位)",
        "月",
        _month_day,
        {
            "截至4月7": "2023-04-07",
            "4月7,建成620个": "2023-04-07",
            "截至三月二十五": "2023-03-25",
            "三月三": "2023-03-01..2023-03-31",
        },
    ),
    form(
        rf"(?:(?<=截至|截止)到?|(?P<verb>(?<=[于在到至]))|^){_CUED_DAY}[日号]?{_NO_FIGURE}"
        r"(?P<task>(?<=^\d\.\d)(?=[\u4e00-\u9fff]))?",
        "./-",
        _short,
        {
            "截至4.7": "2023-04-07",
            "截至4/7": "2023-04-07",
            "4-7": "2023-04-07",
            "3.7建成": "2023-03-07 | none",
            "1.5小时": "none",
            "改到4.7开": "none | 2023-04-07",
        },
    ),
    form(
        rf"(?<=提醒我)(?P<month>\d{{1,2}})[/-](?P<day>\d{{1,2}}){_NO_FIGURE}",
        "/-",
        _short,
        {"提醒我3/22报数": "2023-03-22", "提醒我5.2报数": "none"},
    ),
    form(
        rf"(?<![\d.a-z/-]){_CUED_DAY}(?:[日号]|(?P<task>(?=统计|填报|止))|(?=之前|以前|前|[上下]午|早上|晚上))",
        "./-",
        _short,
        {
            "4.7日": "2023-04-07",
            "4.7统计": "2023-04-07 | none",
            "3/22前": "2023-03-22",
            "4.7亿": "none",
            "1.2345": "none",
            "13.45日": "none",
        },
    ),
    form(
        rf"(?<!每){WHICH}月{SLIPPED}(?P<day>{N})[日号](?!{_PLACES})",
        "月",
        _day_of_month,
        {"下个月5号": "2023-04-05", "上月28日": "2023-02-28", "本月20日": "2023-03-20", "上个月30日": "unreal"},
    ),
    form(
        rf"{_NOT_COUNTED}(?P<number>{N})个工作日(?:之|以)?[后内]",
        "工",
        _workdays_on,
        {"3个工作日后": "2023-03-20", "两个工作日内": "2023-03-17", "每3个工作日后": "none"},
    ),
    form(
        rf"{_NOT_COUNTED}{_COUNT}个?(?P<unit>[天日年周月]|星期|礼拜|季度){_BEHIND}",
        "后",
        _after,
        {
            "3天后": "2023-03-18",
            "两周以后": "2023-03-29",
            "半个月后": "2023-03-30",
            "一个月后": "2023-04-15",
            "半年后": "2023-09-15",
            "三五天后": "none",
            "第3天后": "none",
        },
    ),
    form(
        rf"(?<![超经通不])过{_COUNT}个?(?P<unit>[天年周月]|星期|礼拜)(?!期)",
        "过",
        _after,
        {"过两天": "2023-03-17", "再过十天": "2023-03-25", "超过3天": "none"},
    ),
    form(
        rf"{_NOT_COUNTED}{_COUNT}个?(?P<unit>天|周|星期|礼拜)(?:之前|以前|前)(?!后)",
        "前",
        _ago,
        {"3天前": "2023-03-12 | none", "两周前": "2023-03-01 | none", "提前3天": "none"},
    ),
    form(
        r"大[前后][天日]|(?<!先天)后[天日]|(?<!说)前[天日](?!后)|(?<!不)[明今昨](?:[天日]|(?=[早晚晨]))|刚刚|(?<=截至)今(?!年)",
        "天日早晚晨刚今",
        _near,
        {
            "今天": "2023-03-15",
            "明早": "2023-03-16",
            "大后天": "2023-03-18",
            "大前天": "2023-03-12",
            "前天": "2023-03-13",
            "昨晚": "2023-03-14",
            "先天后天": "none",
        },
    ),
    form(
        rf"(?<![逢每个次\d一二两三四五六七八九十]){WHICH}?{WEEK}(?P<day>[一二三四五六日天末])"
        "(?![次个遍轮届样致直般]|督办|例会|协调|清单|调度)",
        "周星礼",
        _weekday,
        {
            "星期五": "2023-03-10 | 2023-03-17",
            "周三": "2023-03-15",
            "本周五": "2023-03-17",
            "上周五": "2023-03-10",
            "下周一": "2023-03-20",
            "下下周一": "2023-03-27",
            "礼拜天": "2023-03-12 | 2023-03-19",
            "下个星期三": "2023-03-22",
            "周末": "2023-03-11 | 2023-03-18",
            "每周三": "none",
            "两周三次": "none",
            "下周三次会议": "none",
            "周二督办协调": "none",
        },
    ),
    form(
        rf"(?:(?<=截至|截止)到?|{FREE}(?<![月年个〕\])])(?<!\d-))(?P<day>{N})[日号](?!{_NO_DAY}|{_PLACES})",
        "日号",
        _bare_day,
        {
            "截至25日": "2023-02-25 | 2023-03-25",
            "二十号": "2023-02-20 | 2023-03-20",
            "廿五号": "2023-02-25 | 2023-03-25",
            "卅一日": "unreal | 2023-03-31",
            "1号": "2023-03-01 | 2023-04-01",
            "32号": "unreal",
            "五号楼": "none",
            "26号文": "none",
            "第5号": "none",
        },
    ),
    form(
        r"(?:(?<=截至|截止)到?)(?P<day>[廿卅][一二三四五六七八九]?)(?![年月家个])",
        "廿卅",
        _bare_day,
        {"截至廿五": "2023-02-25 | 2023-03-25"},
    ),
)
