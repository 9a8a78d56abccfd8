"""What quantities are counted in, and a quantity of one unit in another."""

import re
from decimal import ROUND_HALF_UP, Decimal

SCALES = {
    "": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "个亿": 8,
    "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip
SCALE = "个亿|万亿|[十百千]?[亿万]|千(?=元|斤)"

COUNTS = "个村|个镇|个家|个户|个|家|座|处|所|户|村|镇|条|项|件|名|宗|片|只|套|艘|强|支"
COUNTED = re.compile(COUNTS)
MEASURES = {
    "元": ("money", "1"),
    "斤": ("mass", "1"),
    "公斤": ("mass", "2"),
    "千克": ("mass", "2"),
    "kg": ("mass", "2"),
    "吨": ("mass", "2000"),
    "米": ("length", "1"),
    "公里": ("length", "1000"),
    "千米": ("length", "1000"),
    "km": ("length", "1000"),
    "平方米": ("area", "1"),
    "平方公里": ("area", "1000000"),
    "亩": ("area", "666.6666666667"),
    "公顷": ("area", "10000"),
    "%": ("share", "1"),
    "‰": ("share", "0.1"),
    "百分点": ("share", "1"),
    "个百分点": ("share", "1"),
    "个点": ("share", "1"),
    "倍": ("times", "1"),
}
POINTS = frozenset({"百分点", "个百分点", "个点"})
# 人 and 次 are no count of things: 5G基站培训30人 is no reading of 5G基站.
_FOREIGN = (
    "人次|美元|美金|欧元|日元|港元|种(?![植养子类粮田])"
    "|[人次场台期批份辆天年月日周岁分点届轮页字号组队班课步级度版本笔张米吨头羽棵株桩例起]"
)
_SPANS = "个(?:半?月|多月|星期|礼拜|工作日|小时|季度)|小时|分钟|季度"
SPAN_OF_TIME = re.compile(f"{_SPANS}|[年月天日周]")
UNIT = "|".join([*sorted(MEASURES, key=len, reverse=True), _SPANS, COUNTS, _FOREIGN])

_TARGET_UNIT = re.compile(rf"({SCALE})?(.*)")
_SCALED_UNIT = re.compile(r"(万亿|[万亿])(.*)")


_HUNDRED_MILLIONS = 10**8


def share_of(part: Decimal, whole: Decimal) -> Decimal:
    """347 of 365 in percent, to two places."""
    return (part * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()


def convert(value: Decimal, measure: str, unit: str | None, *, scaled: bool = False) -> Decimal | None:
    """`value` of `measure` in a target's `unit`, None where they are of different kinds.

    Things that are counted go together whatever their measure (5G基站620座); a bare number is in the target's unit, and
    in ones where it was said with 亿 or 万 (`scaled`).
    """
    found = _TARGET_UNIT.fullmatch(unit or "")
    scale, base = (found[1] or "", found[2]) if found else ("", "")
    if not value.is_finite():
        return value if not measure or _family(measure)[0] == _family(base)[0] else None
    if not measure:
        if scaled and COUNTED.fullmatch(base) and value >= _HUNDRED_MILLIONS:
            return None  # 20亿 of 市域品牌 is money
        return value.scaleb(-SCALES[scale]).normalize() if scaled else value
    said, own = _family(measure), _family(base)
    if not base and said[0] == "times":
        return value  # 1.9倍 of what is a ratio
    if not base or said[0] != own[0]:
        return None
    whole = value * said[1]
    exact = whole / own[1]
    return (exact if exact * own[1] == whole else round(exact, 6)).scaleb(-SCALES[scale]).normalize()


def _family(measure: str) -> tuple[str, Decimal]:
    if measure in MEASURES:
        family, factor = MEASURES[measure]
        return family, Decimal(factor)
    return ("count" if COUNTED.fullmatch(measure) else measure), Decimal(1)


def base_unit(unit: str) -> str:
    """A unit without its scale: 亿千瓦 is 千瓦."""
    return in_base(Decimal(1), unit)[1]


def in_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A quantity without its scale: 6.7 亿斤 is 670000000 斤; 100 亿 is 10000000000 of no unit."""
    scaled = _SCALED_UNIT.fullmatch(unit)
    return (value.scaleb(SCALES[scaled[1]]), scaled[2]) if scaled else (value, unit)


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
