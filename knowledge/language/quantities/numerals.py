"""Numerals as people write them, each read whole or not at all: 1 200, 1.2万, 3亿5000万, 六百二十, 壹佰贰拾叁, 廿六.

Text is cleaned text.
"""

import re
from decimal import Decimal

_DIGITS = {
    char: value
    for value, chars in enumerate(["零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"])
    for char in chars
}
_CAPITALS = "壹贰叁肆伍陆柒捌玖拾佰仟"
_PLACES = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
_TENS = {"廿": "2十", "卅": "3十", "卌": "4十"}
SCALES = {"万": 4, "亿": 8}
CHINESE = "".join([*_DIGITS, *_PLACES, *_TENS])
"""Every character of a Chinese numeral but its scales."""

ARABIC = r"(?:\d{1,3}(?: \d{3})++(?! ?\d)(?:\.\d++)?|\d++(?:\.\d++)?)"
_CHARACTER = rf"(?:(?!千[瓦米克])[{CHINESE}])"
_IN_A_WORD = rf"[{_CAPITALS}](?![{_CAPITALS}万亿元个家户座处项])|(?<=[队落入退登大内着收放])[伍陆拾肆]"
NUMERAL = (
    rf"(?:{ARABIC}|(?!{_IN_A_WORD}){_CHARACTER})"
    rf"(?:{ARABIC}|{_CHARACTER}|[万亿]|个(?=亿)|点(?=[\d{CHINESE}]))*(?:(?<=[万亿])半)?"
)
"""The longest run of characters that may be one numeral, whether or not it can be read."""

_ONES = "".join([*_DIGITS, *_TENS])
# 六二: two numbers, or one; 62一: no number; 8点30: a time of day
_UNCERTAIN = re.compile(rf"(?<![{CHINESE}点])[一二两三四五六七八九]{{2}}(?![{CHINESE}])|\d[{_ONES}点]|[{_ONES}点]\d")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_TO_DIGITS = str.maketrans(
    {char: str(value) for char, value in _DIGITS.items()} | _TENS | {"拾": "十", "佰": "百", "仟": "千"}
)
_SECTION = re.compile(r"(?:(\d)千)?(?:0?(\d)百)?(?:0?(\d)?十)?(?:0?(\d))?")
_SHORT = re.compile(r"(.*[百千])(\d)")  # 三百五 is 350
_MEASURED_BY_ONE = re.compile(r"(\d+(?:\.\d+)?)?([十百千])")  # 3.6千, 百
_ROUND_TAIL = re.compile(r"(.*(?:百(?=\d\d$)|千(?=\d{3}$)))(\d+)")  # 6百50, 3千500
_LONGEST = 40
_MOST = Decimal(10) ** 16


def read_number(text: str) -> Decimal | None:
    """The value of a numeral without its unit; None for what is no numeral, or none of which the value is certain."""
    if len(text) > _LONGEST or _UNCERTAIN.search(text):
        return None
    value = _value(text.replace(" ", "").replace("个亿", "亿").translate(_TO_DIGITS))
    if value is None or value >= _MOST:
        return None
    return value if value % 1 else value.quantize(Decimal(1))


def _value(text: str) -> Decimal | None:
    for scale, power in sorted(SCALES.items(), key=lambda one: -one[1]):
        head, found, tail = text.rpartition(scale)
        if found:
            return _scaled(head, tail, power)
    return _section(text)


def _scaled(head: str, tail: str, power: int) -> Decimal | None:
    """`head` 万 or 亿 and `tail`: 3亿5000万, 一万二, 1万2000, 三亿半."""
    many = _value(head) if head else Decimal(1)
    if many is None or not tail:
        return many if many is None else many.scaleb(power)
    if many != many.to_integral_value():
        return None
    if tail == "半" or re.fullmatch(r"[1-9]", tail):
        return (many + (Decimal(5) if tail == "半" else Decimal(tail)) / 10).scaleb(power)
    if tail.isdigit() and len(tail) != power and not (tail[0] == "0" and len(tail) == _PAIR):
        return None  # 3亿5000: of what?
    rest = _value(tail.removeprefix("0") if len(tail) < power else tail)
    return many.scaleb(power) + rest if rest is not None and rest < Decimal(10) ** power else None


_PAIR = 2


def _section(text: str) -> Decimal | None:
    """A numeral without 万 and 亿."""
    whole, point, decimals = text.partition("点")
    if point:
        number = _section(whole)
        return number + Decimal(f"0.{decimals}") if number is not None and decimals.isdigit() else None
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if one := _MEASURED_BY_ONE.fullmatch(text):
        return Decimal(one[1] or 1).scaleb(_PLACES[one[2]])
    if tail := _ROUND_TAIL.fullmatch(text):
        number = _section(tail[1])
        return number + Decimal(tail[2]) if number is not None else None
    if short := _SHORT.fullmatch(text):
        number = _section(short[1])
        return number + Decimal(short[2]).scaleb(_PLACES[short[1][-1]] - 1) if number is not None else None
    found = _SECTION.fullmatch(text)
    if not found or not text or (text[0] in "百千"):
        return None
    tens = Decimal(found[3] or ("十" in text))
    places = ((3, found[1]), (2, found[2]), (0, found[4]))
    return sum((Decimal(digit or 0).scaleb(place) for place, digit in places), tens.scaleb(1))
