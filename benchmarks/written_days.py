"""Days and periods written at random in the forms in which people write them, to be read back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import cn2an
from chinese_calendar import is_workday

from knowledge.language.dates.grammar import find
from knowledge.language.dates.reference import month_end, months_on, same_day_on
from knowledge.language.dates.span import Tense
from knowledge.language.normalize import clean

_DAY = timedelta(days=1)
_FIRST, _LAST = date(2005, 1, 1), date(2025, 12, 31)
_WEEKDAYS = "一二三四五六日"
_BEFORE = ("", "截至", "截止到", "5G基站", "我们局", "请注意，")
_BEHIND = ("", "基站建成620个", "，完成620个", "的情况", "报送")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_TRADITIONAL = str.maketrans("号后个内", "號後個內")


@dataclass(frozen=True, slots=True)
class Written:
    """`days` are those meant, None where there are none such."""

    text: str
    today: date
    tense: Tense
    days: tuple[date, date] | None


_Said = tuple[str, date, date]
_Write = Callable[[Random, date, Tense], _Said]
"""What is said, and the first and the last day that are meant."""


def write_day(random: Random) -> Written:
    today = _FIRST + random.randrange((_LAST - _FIRST).days) * _DAY
    tense = random.choice((Tense.PAST, Tense.FUTURE))
    if random.random() < 0.1:
        text, days = _unreal(random, today), None
    else:
        text, *ends = random.choice(_FORMS)(random, today, tense)
        days = (ends[0], ends[1])
    before = random.choice(_BEFORE)
    text = f"{before}{text}{random.choice(_BEHIND)}"
    for table in (_FULL_WIDTH, _TRADITIONAL):
        text = text.translate(table) if random.random() < 0.1 else text
    return Written(text, today, tense, days)


def fault_in(written: Written) -> str:
    """What is wrong with the reading; empty where it is the days meant, or where it is asked about."""
    found = find(clean(written.text), written.today, written.tense)
    read = [(span.first, span.last) for span in found.spans]
    if found.unreal or read == ([written.days] if written.days else []):
        return ""
    return f"{written.text} on {written.today}, {written.tense.value}: {written.days} read as {read}"


def _chinese(number: int) -> str:
    return str(cn2an.an2cn(number)).removeprefix("一") if 10 <= number < 20 else str(cn2an.an2cn(number))


def _number(random: Random, number: int) -> str:
    short = {2: "廿", 3: "卅"}.get(number // 10)
    spoken = f"{short}{_chinese(number % 10) if number % 10 else ''}" if short else _chinese(number)
    return random.choice((str(number), str(number), f"{number:02}", _chinese(number), spoken))


def _full(random: Random, today: date, _: Tense) -> _Said:
    day = today + random.randrange(-900, 900) * _DAY
    mark = random.choice("-/.")
    digits = "".join("〇一二三四五六七八九"[int(one)] for one in str(day.year))
    said = random.choice(
        (
            f"{day:%Y%m%d}",
            f"{day:%Y{mark}%m{mark}%d}",
            f"{day.year}{mark}{day.month}{mark}{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}年{_number(random, day.month)}月{_number(random, day.day)}号",
            f"{day.year} 年 {day.month} 月 {day.day} 日",
            f"{day.year % 100:02}年{day.month}月{day.day}日",
            f"{digits}年{_chinese(day.month)}月{_chinese(day.day)}日",
        )
    )
    return said, day, day


def _month_day(random: Random, today: date, tense: Tense) -> _Said:
    this_year = (today - date(today.year, 1, 1)).days  # a day of last year is not to come
    back, ahead = (260, 90) if tense is Tense.PAST else (min(170, this_year), 170)
    day = today + random.randrange(-back, ahead) * _DAY
    said = random.choice(
        (
            f"{day.month}月{day.day}日",
            f"{_number(random, day.month)}月{_number(random, day.day)}号",
            f"{day.month}.{day.day}日",
            f"{day.month}/{day.day}号",
        )
    )
    return said, day, day


def _day_of_month(random: Random, today: date, tense: Tense) -> _Said:
    day = today + random.randrange(0, 28) * (-_DAY if tense is Tense.PAST else _DAY)
    return f"{_number(random, day.day)}{random.choice('日号')}", day, day


def _day_of_which_month(random: Random, today: date, _: Tense) -> _Said:
    word, months = random.choice((("上个月", -1), ("本月", 0), ("这个月", 0), ("下月", 1), ("下下个月", 2)))
    day = date(*months_on(today, months), random.randint(1, 28))
    return f"{word}{_number(random, day.day)}{random.choice('日号')}", day, day


def _weekday(random: Random, today: date, tense: Tense) -> _Said:
    monday, nth = today - today.weekday() * _DAY, random.randrange(7)
    word, weeks = random.choice((("上", -1), ("本", 0), ("这", 0), ("下", 1), ("下下", 2), ("上上", -2), ("", None)))
    week = random.choice(("周", "星期", "礼拜"))
    if weeks is None:
        days = (today + one * (-_DAY if tense is Tense.PAST else _DAY) for one in range(7))
        day = next(one for one in days if one.weekday() == nth)
    else:
        day = monday + (7 * weeks + nth) * _DAY
    return f"{word}{week}{_WEEKDAYS[nth]}", day, day


def _near(random: Random, today: date, tense: Tense) -> _Said:
    names = {"大前天": -3, "前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}
    name, days = random.choice(list(names.items()))
    number = random.randint(1, 90)
    ahead = random.choice((1, 7))
    word = "天" if ahead == 1 else random.choice(("周", "个星期"))
    if random.random() < 0.5:
        return name, today + days * _DAY, today + days * _DAY
    sign, behind = (-1, "前") if tense is Tense.PAST else (1, random.choice(("后", "以后", "之后")))
    day = today + sign * ahead * number * _DAY
    return f"{number}{word}{behind}", day, day


def _part_of_month(random: Random, today: date, _: Tense) -> _Said:
    year, month = months_on(today, random.randrange(-20, 20))
    end = month_end(year, month)
    first, last, part = random.choice(
        (
            (end, end, "底"),
            (end, end, "末"),
            (date(year, month, 1), date(year, month, 10), "上旬"),
            (date(year, month, 11), date(year, month, 20), "中旬"),
            (date(year, month, 21), end, "下旬"),
            (date(year, month, 1), end, ""),
            (date(year, month, 1), end, "份"),
        )
    )
    return f"{year}年{_number(random, month)}月{part}", first, last


def _whole(random: Random, today: date, _: Tense) -> _Said:
    year = today.year + random.randrange(-2, 3)
    quarter, half = random.randrange(4), random.randrange(2)
    of_quarter = date(year, 3 * quarter + 1, 1), month_end(year, 3 * quarter + 3)
    of_half = date(year, 6 * half + 1, 1), month_end(year, 6 * half + 6)
    last = random.randint(2, 12)
    return random.choice(
        (
            (f"{year}年{'一二三四'[quarter]}季度", *of_quarter),
            (f"{year}年第{quarter + 1}季度", *of_quarter),
            (f"{year}年Q{quarter + 1}", *of_quarter),
            (f"{year}年{'上下'[half]}半年", *of_half),
            (f"{year}年底", date(year, 12, 31), date(year, 12, 31)),
            (f"{year}年", date(year, 1, 1), date(year, 12, 31)),
            (f"{year}年1-{last}月", date(year, 1, 1), month_end(year, last)),
        )
    )


def _which_period(random: Random, today: date, _: Tense) -> _Said:
    word, steps = random.choice((("上", -1), ("本", 0), ("下", 1)))
    monday = today + (7 * steps - today.weekday()) * _DAY
    year, month = months_on(today, steps)
    start = months_on(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * steps)
    first = date(*start, 1)
    return random.choice(
        (
            (f"{word}周", monday, monday + 6 * _DAY),
            (f"{word}{'个' if steps else ''}月", date(year, month, 1), month_end(year, month)),
            (f"{word}月底", month_end(year, month), month_end(year, month)),
            (f"{word}季度", first, month_end(*months_on(first, 2))),
        )
    )


def _lasting(random: Random, today: date, tense: Tense) -> _Said:
    number = random.randint(1, 30)
    months = random.randint(1, 24)
    day = same_day_on(today, months)
    if tense is Tense.PAST or random.random() < 0.5:
        end = today + 7 * number * _DAY
        return f"未来{number}周", today, end
    return f"{months}个月后", day, day


def _workdays(random: Random, today: date, _: Tense) -> _Said:
    number = random.randint(1, 15)
    day, left = today, number
    while left:
        day += _DAY
        left -= is_workday(day)
    return f"{number}个工作日后", day, day


def _range(random: Random, today: date, tense: Tense) -> _Said:
    first = today + random.randrange(-200, 30 if tense is Tense.PAST else 120) * _DAY
    last = first + random.randint(1, 60) * _DAY
    to = random.choice(("至", "到", "-", "~", "—"))
    until = f"{last.month}月{last.day}日"
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first.year}年{first.month}月{first.day}日{to}{f'{last.day}日' if same else until}", first, last


def _unreal(random: Random, today: date) -> str:
    year = today.year + random.randrange(-2, 3)
    leap = month_end(year, 2).day
    month, day = random.choice(((2, leap + 1), (2, 30), (4, 31), (6, 31), (9, 31), (11, 31), (13, 5), (3, 32), (0, 3)))
    return random.choice((f"{year}年{month}月{day}日", f"{year}-{month:02}-{day:02}", f"{year}/{month}/{day}"))


_FORMS: tuple[_Write, ...] = (
    _full,
    _month_day,
    _day_of_month,
    _day_of_which_month,
    _weekday,
    _near,
    _part_of_month,
    _whole,
    _which_period,
    _lasting,
    _workdays,
    _range,
)
