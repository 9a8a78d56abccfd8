"""Quantities as reports write them: a number, its unit, and whether it is about so much, a share, or a range.

Read here: 620个, 1.2万个, 3亿5000万元, 88.6%, 8‰, 百分之八十五, 八成五, 三分之二, 过半, 347/365, 翻一番, 2.1:1, with
约, 左右 … as approximate, and ranges (600-620个, 六七百个, 几十家) as ranges. A number is never cut out of a longer
token: what is not wholly read (1e3个, 620-个, 620 .5个) is a quantity without a value. Text is cleaned text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.language.quantities.numerals import CHINESE, NUMERAL, read_number
from knowledge.language.quantities.units import SCALE, SCALES, UNIT, convert, share_of

_DIGIT = "一二两三四五六七八九"
_BEFORE = (
    "≥|>|大概|大约|约莫|(?<![加尽较很更进偏])快(?:要|到|有)?|估计|约为|(?<![签合预节公特])约|将近|接近|几乎|差不多|近|超过|突破|逾|超"
    "|不少于|不低于|不止|至少|最少|起码|(?<![达建做成])不到|不足|(?<!评)上"
)
_AFTER = "左右|上下|以上|有余|出头"
_MORE = "多|余|来|几|\\+(?!\\d)"
_RANGE = "(?:[-~—–－～至到]{1,2}|或者?)"

_FIGURE = re.compile(
    rf"(?P<before>{_BEFORE})?"
    rf"(?:百分之(?P<of100>{NUMERAL})"
    rf"|(?P<denominator>{NUMERAL})分之(?P<numerator>{NUMERAL})"
    rf"|(?P<tenths>[{_DIGIT}十\d]|\d\.\d)成(?P<half>[{_DIGIT}半])?(?![立为本果效长型员就交])"
    rf"|(?P<part>{NUMERAL})(?P<partunit>{UNIT})?/(?P<whole>{NUMERAL})(?P<wholeunit>{UNIT})?"
    rf"|(?P<middle>过半|过了半|一半|半数|大半)"
    rf"|翻了?(?:将近|接近|近|约)?(?:(?P<times>[{_DIGIT}\d])?番)"
    rf"|(?P<ratio>\d+(?:\.\d+)?)[:比](?:1|一)(?![\d.])"
    rf"|(?P<number>{NUMERAL})(?P<more>{_MORE})?(?P<scale>{SCALE})?(?P<more2>{_MORE})?(?P<unit>{UNIT})?)"
    rf"(?P<after>{_AFTER})?"
)
_SPAN = re.compile(
    rf"(?:{_BEFORE})?(?:百分之)?(?P<low>{NUMERAL})(?P<unit1>{UNIT})?{_RANGE}(?:百分之)?(?P<high>{NUMERAL})(?P<unit2>{UNIT})?"
)
_VAGUE = re.compile(
    rf"(?P<whole>{NUMERAL}(?<=[万亿十]))??"
    rf"(?:[{_DIGIT}][{_DIGIT}](?P<zeros>十|百|千)?|(?:几[十百千]?|数[十百千]|若干)|[三两]五)(?P<scale>{SCALE})?(?P<unit>{UNIT}|成(?![立果就]))"
)
_STARTS = re.compile(rf"[\d{CHINESE}≥>大约估将接快几差近超突逾不至最起上百过半一翻数若]")
_GOES_BEFORE = re.compile(r"[a-z.]\d")
_MEASURED = re.compile(rf"{NUMERAL}(?:{SCALE}|%)|{NUMERAL}(?<=[万亿])")
# A dash alone only parts a name from its number (5G基站-620个); after these words it is a minus.
_MINUS = re.compile(r"(?:负|(?<=建成|新增|完成|增长|增加|达到|增速)[-−]|(?<=[为是])[-−])$")
# 六百二十各: a slip for 个
_LOOSE = re.compile(r"各(?=$|[,;])|[的左以多余和及与,、:;()()/ \n.]|$")
_DICTATED = re.compile(
    r"[十百][一二三四五六七八九]?点[零一二三四五六七八九]+$"
)  # 九十六点三; but a time of day goes on
_OF_A_TIME = frozenset("分刻半线度十百多")
_END = re.compile(r"$|[,;元斤吨个家]|左右")  # 三十八亿五, but not 三亿一期
# What goes on behind a number without a unit: it is a part of something longer.
_GOES_ON = re.compile(rf" ?[.,/:×÷*+=±−-]{{0,3}} ?\d|[.,/×÷*=±−-]+(?=$|{UNIT}|{SCALE})|[a-z]|(?<=\d)[{CHINESE}]")
_TOKEN = re.compile(
    rf"[.\da-z](?:[ .,:/×÷*+=±−-]*[\da-z{CHINESE}万亿])*[.,/×÷*=±−-]*"
    rf"(?P<scale>{SCALE})?(?P<unit>{UNIT})?(?P<after>$|[,;:()了左的])?"
)
_WORD = re.compile(r"\d[a-z](?![\da-z.])")  # 5g, 4a
_OF_A_WORD = frozenset({"", "级", "村", "镇"})  # 5a级, 5g村; but 7l个
_SPACED = re.compile(r"\d{3} ")
_UNKNOWN = Decimal("NaN")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `start`..`end`: `value` in `measure` ("" for a bare number, an unknown measure as it was said).

    `scaled` tells that 万 or 亿 was said (and is in the value), `of` the whole that 347/365 is of. A range holds its
    ends; what could not be read wholly has no finite value.
    """

    start: int
    end: int
    value: Decimal
    measure: str
    scaled: bool = False
    approx: bool = False
    share: bool = False
    """Said as a part of a whole: 成, 过半, 分之."""
    of: Decimal | None = None
    ends: tuple[Decimal, ...] = ()
    said: str = ""

    @property
    def is_certain(self) -> bool:
        return not self.ends and self.value.is_finite()


def quantities(text: str) -> Iterator[Quantity]:
    """Every quantity of a cleaned text from left to right; of 从A到B only B. Characters that are blanked out split."""
    at = 0
    while begin := _STARTS.search(text, at):
        quantity, at = _read(text, begin.start())
        if quantity is not None:
            yield quantity


def in_unit(quantity: Quantity, unit: str | None) -> Decimal | None:
    """The quantity's value in a target's `unit`, or None where they are of different kinds."""
    if quantity.of is not None and unit == "%":
        return share_of(quantity.value, quantity.of)
    return convert(quantity.value, quantity.measure, unit, scaled=quantity.scaled)


def _read(text: str, at: int) -> tuple[Quantity | None, int]:
    """The quantity that begins at a place, if one does, and the place to go on from."""
    if at and _GOES_BEFORE.match(text, at - 1) and not _MEASURED.match(text, at):
        return _unread(text, at - (text[at - 1] == "."))  # g220, .57; but gdp365亿元
    quantity = None
    if span := _SPAN.match(text, at):
        quantity = _span(span, text)
    if quantity is None and (vague := _VAGUE.match(text, at)):
        quantity = _vague(vague)
    if quantity is not None and not _GOES_ON.match(text, quantity.end):
        return quantity, quantity.end
    single = _FIGURE.match(text, at)
    if single is None:
        return None, at + 1
    if _is_cut(single, text):
        return _unread(text, single.start("number") if single["number"] else single.start("part"))
    quantity = _single(single, text)
    if text[:at].endswith("第") or (quantity is None and single["number"] is not None):
        return None, single.end()
    return quantity, single.end() if quantity else at + 1


def _is_cut(found: re.Match[str], text: str) -> bool:
    """Whether a number is only a part of what stands there, or is written in a way that has no one value."""
    if found["whole"]:
        return not found["wholeunit"] and bool(_GOES_ON.match(text, found.end()))
    if found["number"] is None:
        return False
    said, unit = found["number"], found["unit"]
    if not (unit or found["scale"]) and text[found.start("number")].isascii() and _GOES_ON.match(text, found.end()):
        return True
    return " " in said and (bool(_SPACED.match(said)) or not unit)  # 700 620 may be two numbers


def _unread(text: str, at: int) -> tuple[Quantity | None, int]:
    """A number that is not wholly read, if it is more than a word with a digit in it; and where it ends."""
    token = _TOKEN.match(text, at)
    if token is None:
        return None, at + 1
    counted = token["unit"] or token["scale"]
    ends = token["after"] is not None and not text[at - 1 : at].isascii()
    word = _WORD.match(token[0]) and (token["unit"] or "") in _OF_A_WORD
    if word or not (counted or ends):
        return None, token.end()
    return Quantity(at, token.end(), _UNKNOWN, token["unit"] or "", said=token[0]), token.end()


def _single(found: re.Match[str], text: str) -> Quantity | None:
    approx = bool(found["before"] or found["after"] or found["more"] or found["more2"])

    def quantity(value: Decimal | None, measure: str, *, share: bool = False, of: Decimal | None = None) -> Quantity:
        known = _UNKNOWN if value is None else value
        return Quantity(*found.span(), known, measure, approx=approx, share=share, of=of, said=found[0])

    if found["of100"]:
        return quantity(read_number(found["of100"]), "%")
    if found["denominator"]:  # 四分之三, 千分之八
        whole, part = read_number(found["denominator"]), read_number(found["numerator"])
        decimal = found["denominator"][-1] in "百千万"
        if not whole or part is None:
            return quantity(None, "%")
        return quantity(part * 100 / whole if decimal else share_of(part, whole), "%", share=not decimal)
    if found["tenths"]:
        tenths = read_number(found["tenths"])
        half = Decimal(5) if found["half"] == "半" else read_number(found["half"] or "0")
        return quantity(tenths * 10 + half if tenths is not None and half is not None else None, "%", share=True)
    if found["whole"]:
        part, whole = read_number(found["part"]), read_number(found["whole"])
        share = bool(re.search("[的成了]$|进度$", text[: found.start()]))
        sound = part is not None and whole is not None and Decimal(0) < whole >= part
        return quantity(part if sound else None, _counted(found), share=share, of=whole)
    if found["middle"]:
        approx = approx or found["middle"] != "一半"
        return quantity(Decimal(50), "%", share=True)
    if found["ratio"]:
        return quantity(read_number(found["ratio"]), "")
    if found["number"] is None:  # 翻番
        doubled = read_number(found["times"] or "1")
        return quantity(Decimal(2) ** doubled, "倍") if doubled is not None else None
    return _plain(found, text, approx=approx)


def _counted(found: re.Match[str]) -> str:
    """The unit of 620/700个; days are but what a share is of (347/365天)."""
    unit = found["partunit"] or found["wholeunit"] or ""
    return "" if unit == "天" else unit


def _plain(found: re.Match[str], text: str, *, approx: bool) -> Quantity | None:
    said, unit, scale = found["number"], found["unit"] or "", found["scale"] or ""
    value = read_number(said)
    bare = not (unit or scale or said[-1] in "万亿半")
    if bare and not _stands_alone(found, text):
        return None
    if said[0] in "百千" and not approx and unit and unit != "元" and len(said) == 1:
        return None  # 千家万户
    if text.startswith("半", found.end("unit")) or (
        re.search("[万亿].$", said) and not _END.match(text, found.end("number"))
    ):
        value = None
    scaled = bool(scale or re.search("[万亿]", said))
    unit = unit or ("元" if "个亿" in (said + scale) else "")
    value = _UNKNOWN if value is None else value.scaleb(SCALES[scale])
    value = -value if _MINUS.search(text[: found.start()]) else value
    ends = (value, value + 9) if "几" in {found["more"], found["more2"]} else ()
    return Quantity(*found.span(), value, unit, scaled, approx and not ends, ends=ends, said=found[0])


def _stands_alone(found: re.Match[str], text: str) -> bool:
    """Whether a number without a unit is one: 620, 零点九六, 六百二十; not the 三 of 三农."""
    said, loose = found["number"], _LOOSE.match(text, found.end())
    if _DICTATED.search(said) and text[found.end() : found.end() + 1] not in _OF_A_TIME:
        return True
    if not said[0].isdigit():
        return len(said) > 1 and bool(set(said) & set("十廿卅卌百千点拾佰仟")) and bool(loose)
    return bool(loose or found["more"] or not text[found.end()].isascii())


def _span(found: re.Match[str], text: str) -> Quantity | None:
    low, high = read_number(found["low"]), read_number(found["high"])
    unit = found["unit2"] or found["unit1"] or ""
    if low is None or high is None or (found["unit1"] and found["unit2"] and found["unit1"] != found["unit2"]):
        return None
    scale = found["high"][-1] if found["high"][-1] in "万亿" else ""
    if not unit and not scale and not (found["low"][0].isdigit() and _LOOSE.match(text, found.end())):
        return None
    if scale and not re.search("[万亿]", found["low"]) and low < high.scaleb(-SCALES[scale]):
        low = low.scaleb(SCALES[scale])  # 1至2亿元
    scaled = bool(scale or re.search("[万亿]", found["low"]))
    if re.search(r"[从由]$|[从由][^,]{0,12}$", text[: found.start()]):
        return Quantity(*found.span(), high, unit, scaled, said=found[0])
    if low >= high:
        return None
    return Quantity(*found.span(), high, unit, scaled, ends=(low, high), said=found[0])


def _vague(found: re.Match[str]) -> Quantity | None:
    """六七百个, 八九十家, 三五家, 几十个, 六亿七八千万斤: about as many, but which."""
    whole = read_number(found["whole"]) if found["whole"] else Decimal(0)
    digits = [read_number(c) for c in found[0].removeprefix(found["whole"] or "") if c in _DIGIT]
    times = SCALES[found["zeros"] or ""] + SCALES[found["scale"] or ""]
    ends = tuple(whole + d.scaleb(times) for d in digits[:2] if d is not None and whole is not None)
    if len(ends) == _TWO and ends[0] >= ends[1]:
        return None
    tenths = found["unit"].startswith("成")
    ends = tuple(end * 10 for end in ends) if tenths else ends
    scaled = bool(found["scale"] or re.search("[万亿]", found["whole"] or ""))
    value, measure = ends[-1] if ends else _UNKNOWN, "%" if tenths else found["unit"]
    return Quantity(*found.span(), value, measure, scaled, share=tenths, ends=ends, said=found[0])


_TWO = 2
