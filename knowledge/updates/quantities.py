"""Quantities as reports write them, and their value in a target's own unit.

Read here: 620个, 六百二十个, 1.2万个, 3亿5000万元, 6亿7千5百万斤, 88.6%, 百分之八十五, 八成五, 三分之二, 过半,
翻一番, 2.1:1, with 约, 多, 余, 近, 左右 … as approximate, and ranges (600-620个, 六七百个, 几十家) as ranges.
Text is cleaned text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from knowledge.figures import read_number
from knowledge.limits import MAX_DIGITS

_DIGIT = "一二两三四五六七八九"
_CN = f"零〇{_DIGIT}十廿百千"
_CN_NUMBER = rf"[{_CN}]+(?:点[零〇{_DIGIT}]+)?"
_MIXED = r"\d[千百](?:\d百)?(?:\d十)?\d{0,3}"  # 7千5百, 6百50
_NUMBER = rf"(?:{_MIXED}(?!\d)|\d+(?:\.\d+)?|{_CN_NUMBER})"
_SCALES = {
    "": 0,
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "个亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
_SCALE = "个亿|万亿|[十百千]?[亿万]|千(?=元|斤)"

COUNTS = "个村|个镇|个|家|座|处|所|户|村|镇|条|项|件|名|宗|片|只|套|艘|强|支"
COUNTED = re.compile(COUNTS)
_MEASURES = {
    "元": ("money", "1"),
    "斤": ("mass", "1"),
    "公斤": ("mass", "2"),
    "千克": ("mass", "2"),
    "吨": ("mass", "2000"),
    "米": ("length", "1"),
    "公里": ("length", "1000"),
    "千米": ("length", "1000"),
    "平方米": ("area", "1"),
    "平方公里": ("area", "1000000"),
    "亩": ("area", "666.6666666667"),
    "公顷": ("area", "10000"),
    "%": ("share", "1"),
    "百分点": ("share", "1"),
    "个百分点": ("share", "1"),
    "个点": ("share", "1"),
    "倍": ("times", "1"),
}
# 人 and 次 are no count of things: 5G基站培训30人 is no reading of 5G基站.
_FOREIGN = (
    "人次|美元|美金|欧元|日元|港元|[人次场台期批份辆天年月日周岁分点届轮页字号组队班课步级度版本笔张米吨头羽棵株桩例起]"
)
_UNIT = "|".join([*sorted((m for m in _MEASURES), key=len, reverse=True), COUNTS, _FOREIGN])

_BEFORE = (
    "大概|大约|估计|约为|(?<![签合预节公特])约|将近|接近|几乎|差不多|近|超过|突破|逾|超"
    "|不少于|不低于|不止|至少|最少|起码|(?<!达)不到|不足|上"
)
_AFTER = "左右|上下|以上|有余|出头"
_MORE = "多|余|来|几"
_RANGE = "(?:[-~—–－～至到]|或者?)"

_FIGURE = re.compile(
    rf"(?P<before>{_BEFORE})?"
    rf"(?:(?P<percent>百分之)(?P<of100>{_NUMBER})|(?P<part>[{_DIGIT}\d十]+)分之(?P<share>[{_DIGIT}\d十]+)"
    rf"|(?P<tenths>[{_DIGIT}十\d]|\d\.\d)成(?P<half>[{_DIGIT}半])?(?![立为本果效长型员就交])"
    rf"|(?<=[的成了])(?P<over>[1-9])/(?P<under>[2-9])(?![\d/个家座户村月])"
    rf"|(?P<middle>过半|过了半|一半|半数|大半)"
    rf"|翻了?(?:将近|接近|近|约)?(?:(?P<times>[{_DIGIT}\d])?番)"
    rf"|(?P<ratio>\d+(?:\.\d+)?)[:比](?:1|一)(?![\d.])"
    rf"|(?P<number>{_NUMBER})(?P<more>{_MORE})?(?P<scale>{_SCALE})?(?:(?P<rest>{_NUMBER})(?P<restscale>万)|(?P<thousands>\d千|(?<=万)(?:[{_CN}]+|\d{{4}}(?!\d)))|(?P<tail>[{_DIGIT}]|(?<!\d)[1-9])(?=$|[,;。元斤]|左右))?(?P<more2>{_MORE})?(?P<unit>{_UNIT})?)"
    rf"(?P<after>{_AFTER})?"
)
_SPAN = re.compile(
    rf"(?:{_BEFORE})?(?:百分之)?(?P<low>{_NUMBER})(?P<scale1>{_SCALE})?(?P<unit1>{_UNIT})?{_RANGE}(?:百分之)?(?P<high>{_NUMBER})(?P<scale2>{_SCALE})?(?P<unit2>{_UNIT})?"
)
_VAGUE = re.compile(
    rf"(?:(?P<tens>[{_DIGIT}]?十)?[{_DIGIT}][{_DIGIT}](?P<zeros>十|百|千)?|(?:几[十百千]?|数[十百千])|[三两]五)(?P<scale>{_SCALE})?(?P<unit>{_UNIT})"
)
_MEASURED = re.compile(rf"[\d.]+(?:{_SCALE}|%)")
# A dash alone only parts a name from its number (5G基站-620个); after these words it is a minus.
_MINUS = re.compile(r"(?:负|(?<=建成|新增|完成|增长|增加|达到|增速)[-−]|(?<=[为是])[-−])$")
# 六百二十各: a slip for 个
_LOOSE = re.compile(r"各(?=$|[,;])|[的左以多余和及与,、:;()()/ \n.]|$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `start`..`end`: `value` in `measure` ("" for a bare number, an unknown measure as it was said).

    `scaled` tells that 万 or 亿 was said (and is in the value). A range holds its ends instead of being exact.
    """

    start: int
    end: int
    value: Decimal
    measure: str
    scaled: bool = False
    approx: bool = False
    share: bool = False
    """Said as a part of a whole: 成, 过半, 分之."""
    ends: tuple[Decimal, ...] = ()
    said: str = ""

    @property
    def is_range(self) -> bool:
        return bool(self.ends) or not self.value.is_finite()


def quantities(text: str) -> Iterator[Quantity]:
    """Every quantity of a cleaned text from left to right; of 从A到B only B. Characters that are blanked out split."""
    at = 0
    while at < len(text):
        found = _SPAN.match(text, at)
        quantity = _span(found, text) if found and not _inside_word(text, at) else None
        if quantity is None and (vague := _VAGUE.match(text, at)) and not _inside_word(text, at):
            quantity = _vague(vague)
        if quantity is None and (single := _FIGURE.match(text, at)) and not _inside_word(text, single.start()):
            quantity = _single(single, text)
        if quantity is None:
            at += 1
            continue
        yield quantity
        at = quantity.end


def _inside_word(text: str, at: int) -> bool:
    """Whether a number that begins at `at` continues a number, or a word of letters (g220; but gdp365亿元)."""
    if not at or not text[at].isascii() or not text[at - 1].isascii() or not text[at - 1].isalnum():
        return False
    return text[at - 1].isdigit() or not _MEASURED.match(text, at)


def _single(found: re.Match[str], text: str) -> Quantity | None:
    approx = bool(found["before"] or found["after"] or found["more"] or found["more2"])
    start, end = found.span()

    def quantity(value: Decimal, measure: str, *, share: bool = False, scaled: bool = False) -> Quantity:
        return Quantity(start, end, value, measure, scaled, approx, share, said=found[0])

    if found["percent"]:
        value = _number(found["of100"])
        return quantity(value, "%") if value is not None else None
    if found["part"] or found["under"]:  # 四分之三, 完成工程量的3/4
        whole = read_number(found["part"] or found["under"])
        part = read_number(found["share"] or found["over"])
        return quantity(round(part / whole * 100, 2), "%", share=True) if whole and part is not None else None
    if found["tenths"]:
        value = read_number(found["tenths"])
        half = Decimal(5) if found["half"] == "半" else read_number(found["half"] or "0")
        return quantity(value * 10 + half, "%", share=True) if value is not None and half is not None else None
    if found["middle"]:
        approx = approx or found["middle"] != "一半"
        return quantity(Decimal(50), "%", share=True)
    if found["ratio"]:
        value = _number(found["ratio"])
        return quantity(value, "") if value is not None else None
    if found["number"] is None:  # 翻番
        doubled = read_number(found["times"] or "1")
        return quantity(Decimal(2) ** doubled, "倍") if doubled is not None else None
    return _plain(found, text, approx=approx)


def _number(said: str) -> Decimal | None:
    """None where it is no number; NaN where it is longer than any figure: it is seen, but what it is must be asked."""
    return Decimal("NaN") if len(said) > MAX_DIGITS else read_number(said)


def _plain(found: re.Match[str], text: str, *, approx: bool) -> Quantity | None:
    said, unit = found["number"], found["unit"] or ""
    value = _number(f"一{said}" if said[0] in "百千" else said)  # 近百个
    if value is None:
        return None
    if _MINUS.search(text[: found.start()]):
        value = -value
    bare = not (unit or found["scale"])
    if (
        not said[0].isdigit()
        and bare
        and not (len(said) > 1 and set(said) & set("十廿百千点") and _LOOSE.match(text, found.end()))
    ):
        return None
    if bare and not _LOOSE.match(text, found.end()) and not found["more"] and text[found.end()].isascii():
        return None  # 5g, 4a
    if (found["more"] or found["more2"]) == "几":
        return Quantity(*found.span(), value, unit, ends=(value, value + 9), said=found[0])
    scale = found["scale"] or ""
    unit = unit or ("元" if scale == "个亿" else "")
    value *= Decimal(10) ** _SCALES[scale]
    tail = "rest" if found["rest"] else "thousands"  # 3亿5000万, 1万2千, 三十三万五千
    more = read_number(found[tail].lstrip("零〇")) if found[tail] else Decimal(0)
    if more is None:
        vague = _VAGUE.match(text, found.start(tail))
        whole = Quantity(*found.span(), value, "", scaled=True, said=text[found.start() : found.start(tail)])
        return _with(whole, _vague(vague)) if vague else None
    if found["tail"] and scale and value == value.to_integral_value():  # 三十八亿五
        value += (read_number(found["tail"]) or 0) * Decimal(10) ** (_SCALES[scale] - 1)
    value += more * (10**4 if tail == "rest" else 1)
    return Quantity(*found.span(), value, unit, bool(scale), approx, said=found[0])


def _span(found: re.Match[str], text: str) -> Quantity | None:
    low, high = read_number(found["low"]), read_number(found["high"])
    unit = found["unit2"] or found["unit1"] or ""
    if low is None or high is None or (found["unit1"] and found["unit2"] and found["unit1"] != found["unit2"]):
        return None
    scale = found["scale2"] or found["scale1"] or ""
    high *= Decimal(10) ** _SCALES[scale]
    low *= Decimal(10) ** _SCALES[found["scale1"] or scale]
    if not unit and not scale and not (found["low"][0].isdigit() and _LOOSE.match(text, found.end())):
        return None
    if re.search(r"[从由]$|[从由][^,]{0,12}$", text[: found.start()]):
        return Quantity(*found.span(), high, unit, bool(scale), said=found[0])
    if low >= high:
        return None
    return Quantity(*found.span(), high, unit, bool(scale), ends=(low, high), said=found[0])


def _vague(found: re.Match[str]) -> Quantity | None:
    """六七百个, 八九十家, 三五家, 几十个: about as many, but which."""
    tens = found["tens"] or ""
    digits = [read_number(c) for c in found[0].removeprefix(tens) if c in _DIGIT]
    times = Decimal(10) ** (_SCALES[found["zeros"] or ""] + _SCALES[found["scale"] or ""])
    ends = tuple((d + ((read_number(tens) or 0) if tens else 0)) * times for d in digits[:2] if d is not None)
    if len(ends) == 2 and ends[0] >= ends[1]:
        return None
    return Quantity(*found.span(), ends[-1] if ends else Decimal("NaN"), found["unit"], ends=ends, said=found[0])


def _with(whole: Quantity, rest: Quantity | None) -> Quantity | None:
    """六亿 and 七八千万斤: a range."""
    if rest is None or not rest.ends:
        return None
    ends = tuple(whole.value + end for end in rest.ends)
    return replace(rest, start=whole.start, value=ends[-1], scaled=True, ends=ends, said=whole.said + rest.said)


_MILLIONTH = Decimal("0.000001")
_WIDE = Context(prec=100)  # 万亿 of a long number needs more than the usual 28 digits
_TARGET_UNIT = re.compile(rf"({_SCALE})?(.*)")


def in_unit(quantity: Quantity, unit: str | None) -> Decimal | None:
    """The quantity's value in a target's `unit`, or None where they are of different kinds.

    Things that are counted go together whatever their measure (5G基站620座); a bare number is in the target's unit.
    """
    return convert(quantity.value, quantity.measure, unit, scaled=quantity.scaled)


def convert(value: Decimal, measure: str, unit: str | None, *, scaled: bool = False) -> Decimal | None:
    """`value` of `measure` in `unit`; `scaled` where a bare value is in ones though 亿 or 万 was said."""
    found = _TARGET_UNIT.fullmatch(unit or "")
    scale, base = (found[1] or "", found[2]) if found else ("", "")
    ones = Decimal(10) ** _SCALES[scale]
    if not measure:
        return value / ones if scaled else value
    said, own = _family(measure), _family(base)
    if not base or said[0] != own[0]:
        return None
    return (value * said[1] / own[1] / ones).quantize(_MILLIONTH, context=_WIDE).normalize()


def _family(measure: str) -> tuple[str, Decimal]:
    if measure in _MEASURES:
        family, factor = _MEASURES[measure]
        return family, Decimal(factor)
    if re.fullmatch(COUNTS, measure):
        return "count", Decimal(1)
    return measure, Decimal(1)
