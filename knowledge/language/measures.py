"""What is measured: whether a question may be after a target that is written in a certain unit."""

import re
from collections.abc import Iterable
from functools import cache

from knowledge.language.lexicon import measures

# What may stand behind the noun that is asked for: 常住人口要达到多少 asks for people, 常住人口城镇化率 does not.
_BEHIND = r"(?=(?:数|量|的)?(?:目标|指标)?(?:要|得|达|到|是|有|多少|几|占|定|控制|增加|突破|呢|[?,]|$))"


class _Measures:
    """The words of lexicon/measures.yaml as two patterns, and the units that each word may be answered in."""

    def __init__(self) -> None:
        asked: dict[str, set[str]] = {}
        nouns: dict[str, set[str]] = {}
        for units, ends, names in measures():
            for words, held in ((ends, asked), (names, nouns)):
                for word in words:
                    held.setdefault(word, set()).update(units)
        self._asked, self._nouns = asked, nouns
        self._ends = re.compile("|".join(sorted(map(re.escape, asked), key=len, reverse=True)))
        self._names = re.compile(f"({'|'.join(sorted(nouns, key=len, reverse=True))}){_BEHIND}")

        self.nouns = re.compile("|".join(sorted(nouns, key=len, reverse=True)))
        self.units = {unit for held in asked.values() for unit in held}

    def asked_in(self, text: str) -> frozenset[str]:
        """The units that a question asks in; empty where any will do."""
        end = self._ends.search(text)
        if end:
            return frozenset(self._asked[end[0]])
        return frozenset(self._nouns.get(self.named_in(text), ()))

    def named_in(self, text: str) -> str:
        """The noun that is asked for, where it is one that is measured (床位数), or ""."""
        name = self._names.search(text)
        return name[1] if name else ""


_MEASURES = _Measures()


def units_asked(text: str) -> frozenset[str]:
    """The units that a question asks in, by its own words; empty where any will do."""
    return _MEASURES.asked_in(text)


def measure_named(text: str) -> str:
    """The measured noun that a question asks for (床位数 of 医院床位数), or ""."""
    return _MEASURES.named_in(text)


def counts_only(text: str, names: Iterable[str]) -> bool:
    """Whether a question for an amount may be of what is called so: in no unit, or the name is one of a measure."""
    named, held = measure_named(text), "、".join(names)
    if named:
        return named in held
    by_unit = units_asked(text) - _OF_ANYTHING
    return not (by_unit or _SIZE.search(text)) or _MEASURES.nouns.search(held) is not None


_OF_ANYTHING = {"家", "个", "所", "座", "条", "处", "项", "镇", "村", "名"}
_SIZE = re.compile("多[大高长远宽重厚深]|几十?[千万](?!个|家|户|所|座)|几[毛角块]")


def is_measured(unit: str | None) -> bool:
    """Whether a unit says what is measured: 亿元 does, 倍 may be of anything."""
    return unit in _MEASURES.units


_UNITS = ["亿元", "亿斤", "万元", "亿", "元", "斤", "家", "个", "户", "人", "项", "倍"]
_SHARES = ["百分比", "百分数", "百分率", "百分点", "比例", "%"]


@cache
def _written_in(own: frozenset[str]) -> re.Pattern[str]:
    """`own` are the plan's own units; each may be said with a scale."""
    scaled = {f"{scale}{unit}" for unit in own for scale in ("", "万", "亿", "万亿")}
    unit = "|".join(map(re.escape, sorted({*_UNITS, *_SHARES, *scaled}, key=len, reverse=True)))
    return re.compile(
        rf"(?:(?:以|按|按照|用|拿)(?P<by>{unit})(?:数|为单位|作单位|来)?(?:计算|计量|衡量|表示|统计|计|算)(?:的)?"
        rf"|(?:计量)?单位(?:是|为)(?P<unit>{unit})的?"
        rf"|以(?P<as>{unit})为单位的?"
        r"|(?P<money>金额|钱数|资金量)(?=的?(?:目标|指标)?(?:里面|里|当中|中|的)?(?:数)?最[高大低小多])"
        r"|(?P<among>亿元|亿斤|百分比|比例|占比)(?=的?(?:目标|指标)?(?:里面|里|当中|中|的)?最[高大低小])"
        rf"|(?<=[大高小低的])(?P<of>亿元|亿斤|百分比)(?=(?:的)?(?:目标|指标)))"
    )


_PERCENT = {"百分比", "百分数", "百分率", "百分点", "比例", "占比"}


def take_unit(text: str, own: frozenset[str] = frozenset()) -> tuple[str, str] | None:
    """The unit that targets are to be written in (以亿元计的, 按家数算的), and the rest of the text."""
    found = _written_in(own).search(text)
    if not found:
        return None
    unit = "元" if found["money"] else next(filter(None, found.groups()))
    return "%" if unit in _PERCENT else unit, text[: found.start()] + text[found.end() :]


def written_in(unit: str | None, asked: str) -> bool:
    """Whether a target's unit is the one asked for: 亿元 is also 亿 and 元."""
    return unit is not None and (unit.endswith(asked) or unit.startswith(asked))
