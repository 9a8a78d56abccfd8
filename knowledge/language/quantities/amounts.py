"""Numbers with a unit in a question: 100亿元, 三成, 1000个, 95%."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from knowledge.language.quantities.numerals import NUMERAL, read_number

# That every plan may use; characters that any sentence may hold (张, 次, 件) count only where a plan measures so.
_MEASURES = frozenset(
    re.split(
        r"\|",
        (
            "个百分点|百分点|平方公里|平方千米|平方米|立方米|公里|千米|公顷|亿斤|亿元|万元|亿美元|万美元|美元|万人次|人次|吨标准煤"
            "|千瓦时|千瓦|兆瓦|吉瓦|个|家|元|斤|%|倍|座|条|户|人|名|亩|所|吨|级|番|镇|村|处|项|强"
        ),
    )
)
_SCALED = re.compile(r"(.*?)(万亿|个?[万亿])$")
_MOST_DOUBLINGS = 30
_ONE_MORE = re.compile("(?:翻|增长?|增加|多|涨|高)了?$")
_LETTER = re.compile("[a-z]")
_LARGE = {"万": 4, "亿": 8}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number read in the text at `start`..`end`: `value` of `unit` (as said, `亿元`; 亿 alone is `亿`)."""

    start: int
    end: int
    value: Decimal
    unit: str


@cache
def _figure(own: frozenset[str]) -> re.Pattern[str]:
    units = sorted({*_MEASURES, *own}, key=len, reverse=True)
    return re.compile(rf"(?P<percent>百分之)?(?P<number>{NUMERAL})(?P<unit>{'|'.join(map(re.escape, units))})?")


def amounts(text: str, own: frozenset[str] = frozenset()) -> Iterator[Amount]:
    """Every number of `text` that has a unit or a scale, and every bare Arabic one; `own` are the plan's own units."""
    for found in _figure(own).finditer(text):
        said, unit = found["number"], found["unit"] or ""
        value, scale = _parted(said)
        if len(said) == len(unit) == 1 and not said.isdigit() and unit not in _MEASURES:
            continue  # 一张, 两次
        if found["percent"]:
            unit = "%"
        if not (scale or unit) and (not said[0].isdigit() or _LETTER.match(text, found.end())):
            continue  # 4g
        if said[0] in "百千" and not (unit == "%" and said == "百"):
            continue  # 百亿企业
        if value == 1 and unit == "倍" and _ONE_MORE.search(text, 0, found.start()):  # 翻一倍 is twice as much
            value = Decimal(2)
        if value is not None and unit == "番":  # 翻一番 is twice as much
            value, unit = (Decimal(2) ** value, "倍") if value <= _MOST_DOUBLINGS else (None, "")
        if value is not None:
            yield Amount(found.start(), found.end(), value, scale + unit)


def _parted(said: str) -> tuple[Decimal | None, str]:
    """A numeral as a number and its scale: 300亿 is 300 and 亿, 3亿5000万 is 3.5 and 亿."""
    scaled = _SCALED.fullmatch(said)
    if scaled and not re.search("[万亿]", scaled[1]):
        return read_number(scaled[1]) if scaled[1] else None, scaled[2].lstrip("个")
    value, scale = read_number(said), next((one for one in "亿万" if one in said), "")
    return (value.scaleb(-_LARGE[scale]) if value is not None and scale else value), scale
