"""Numbers with a unit in a sentence: 100亿元, 三成, 1000个, 95%."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

import cn2an

from knowledge.limits import MAX_DIGITS

_CHINESE = "零〇一二两三四五六七八九十百千"
# That every plan may use; characters that any sentence may hold (张, 次, 件) count only where a plan measures so.
_MEASURES = (
    "个百分点|百分点|平方公里|平方千米|平方米|立方米|公里|千米|公顷|亿斤|亿元|万元|亿美元|万美元|美元|万人次|人次|吨标准煤"
    "|千瓦时|千瓦|兆瓦|吉瓦|个|家|元|斤|%|倍|座|条|户|人|名|亩|所|吨|级|番|镇|村|处|项|强"
)
_SCALES = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4}
_MOST_DOUBLINGS = 30
_SCALED_UNIT = re.compile(r"(万亿|[万亿])(.*)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number read in the text at `start`..`end`: `value` of `unit` (as said, `亿元`; 亿 alone is `亿`)."""

    start: int
    end: int
    value: Decimal
    unit: str


def read_number(text: str) -> Decimal | None:
    """An Arabic or Chinese number, without unit; None for what is none, and for one longer than any figure."""
    if len(text) > MAX_DIGITS:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        pass
    try:
        return Decimal(str(cn2an.cn2an(text.replace("〇", "零"), "smart")))
    except (ValueError, KeyError, IndexError):
        return None


@cache
def _figure(own: frozenset[str]) -> re.Pattern[str]:
    units = sorted({*_MEASURES.split("|"), *own}, key=len, reverse=True)
    return re.compile(
        rf"(?P<percent>百分之)?(?P<number>\d+(?:\.\d+)?|[{_CHINESE}]+(?:点[{_CHINESE}]+)?)"
        rf"(?P<scale>万亿|个?[万亿])?(?P<unit>{'|'.join(map(re.escape, units))})?"
    )


def amounts(text: str, own: frozenset[str] = frozenset()) -> Iterator[Amount]:
    """Every number of `text` that has a unit or a scale, and every bare Arabic one; `own` are the plan's own units."""
    for found in _figure(own).finditer(text):
        said, scale, unit = found["number"], (found["scale"] or "").lstrip("个"), found["unit"] or ""
        if len(said) == len(unit) == 1 and not (said.isdigit() or scale) and unit not in _MEASURES.split("|"):
            continue  # 一张, 两次
        if found["percent"]:
            unit = "%"
        if not said[0].isdigit() and not (scale or unit):
            continue
        value = Decimal(100) if unit == "%" and said == "百" else read_number(said)
        if value is not None and unit == "番":  # 翻一番 is twice as much
            value, unit = (Decimal(2) ** value, "倍") if value <= _MOST_DOUBLINGS else (None, "")
        if value is not None:
            yield Amount(found.start(), found.end(), value, scale + unit)


def base_unit(unit: str) -> str:
    """A unit without its scale: 亿千瓦 is 千瓦."""
    return in_base(Decimal(1), unit)[1]


def in_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A quantity without its scale: 6.7 亿斤 is 670000000 斤; 100 亿 is 10000000000 of no unit."""
    scaled = _SCALED_UNIT.fullmatch(unit)
    if scaled:
        return value * _SCALES[scaled[1]], scaled[2]
    return value, unit


def comparable(one: tuple[Decimal, str], other: tuple[Decimal, str]) -> bool:
    """Whether two base quantities are of one unit; a missing unit goes with any that can be scaled."""
    units = {one[1], other[1]}
    if sum("/" in unit for unit in units) == 1:  # 2000元 is said of 2000元/件
        units = {unit.partition("/")[0] for unit in units}
    return len(units) == 1 or ("" in units and not units & {"%"}) or units <= {"百分点", "个百分点", "%"}


def same_quantity(one: tuple[Decimal, str], other: tuple[Decimal, str]) -> bool:
    """Whether two quantities, each a value in its unit as said, are equal: 300 亿 and 300 亿元."""
    first, second = in_base(*one), in_base(*other)
    return first[0] == second[0] and comparable(first, second)
