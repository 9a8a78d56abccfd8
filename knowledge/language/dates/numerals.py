"""The small numbers that days, months and hours are counted with, and years: 二十五, 廿五, 卅, 二〇二三."""

import re

DIGITS = "一二两三四五六七八九"
NUMBER = f"(?:\\d{{1,2}}|[{DIGITS}]?十[{DIGITS}]?|[廿卅][{DIGITS}]?|[{DIGITS}])"
_TENS = re.compile(rf"([{DIGITS}廿卅]?)(?:十|(?<=[廿卅]))([{DIGITS}]?)|[零〇]?(\d|[零{DIGITS}])")
_TENS_VALUE = {"": 1, "廿": 2, "卅": 3}
_YEAR_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
YEAR = "(?:20\\d\\d|[0-4]\\d|二[〇零][〇零一二三四][〇零一二三四五六七八九]|[一二三四][〇零一二三四五六七八九])年"
CENTURY = 2000


def small_number(said: str) -> int:
    """Below 100, in digits or Chinese; 三五 (three or five) and anything else is a ValueError."""
    if said.isascii() and said.isdecimal():
        return int(said)
    found = _TENS.fullmatch(said)
    if found is None:
        raise ValueError(said)
    tens, ones, alone = found.groups()
    if alone:
        return _digit(alone)
    return 10 * (_TENS_VALUE.get(tens) or _digit(tens)) + (_digit(ones) if ones else 0)


def year_number(said: str) -> int:
    """2023, 23 or 二〇二三, with or without 年."""
    year = int(said.removesuffix("年").translate(_YEAR_DIGITS))
    return year if year > CENTURY else CENTURY + year


def _digit(said: str) -> int:
    return int(said) if said.isascii() else 2 if said == "两" else "零一二三四五六七八九".index(said)
