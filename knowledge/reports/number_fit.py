"""A number with its target: whether it can be the target's, and whether it is a total, an addition or a share done."""

import re
from decimal import Decimal

from knowledge.entities.topic_index import Entry
from knowledge.language.quantities.quantity import Quantity, in_unit
from knowledge.language.quantities.units import share_of
from knowledge.plan.model import Period, Target
from knowledge.reports.model import UpdateKind
from knowledge.reports.number_candidates import NumberCandidate
from knowledge.reports.number_roles import is_growth
from knowledge.reports.speech_acts import AGAIN, FRESH, GROWTH, SHARE_WORDS, TOTAL

_RATE = re.compile(r"(?<!完成)(?:率|占比|比重|比例)[^,]{0,4}$")
_OF_ANOTHER = re.compile(r"占(?!目标|任务|计划|全年|年度)")
_PLACE = re.compile("[村镇]$")
_NEAR = 6  # 农村电网巩固提升工程完成65%: growth is said right before a number, not in a name
_FALLS = re.compile(r"(?:下降|负增长|减少|回落|下滑)了?$")
_DONE_PART = re.compile(r"完成|进度|过半|进展到|推进到|建设")
_COMPARISON = re.compile(r"(?:[比较]|同比|环比)[^,]{0,8}?(?:增加|增长|新增|多)了?[\d.]+[^\d,]?")
_ANOTHER = re.compile(r"其中|包括|含|[比较,]|同比|环比")
_GROWS = re.compile("增长|增速|增加值增|倍增|提高|提升")

_MULTIPLE = "倍"
_MULTIPLIED = (
    (re.compile("人数|人次|人口|游客"), frozenset({"", "人", "人次", "名"}), "万人次", 4),
    (re.compile("收入|产值|营收|销售额|总额"), frozenset({"", "元"}), "亿元", 8),
)
"""What is to be multiplied by what a target's name ends in, the measures it is told in, and the one it is kept in."""


def reading_of(quantity: Quantity, target: Target) -> tuple[Decimal, str | None] | None:
    """A value of the target and its unit; of 倍 what is multiplied, too (58万人), though nothing tells the base."""
    value = in_unit(quantity, target.unit)
    if target.unit == _MULTIPLE and (quantity.scaled or quantity.measure):
        alike = (row for row in _MULTIPLIED if row[0].search(target.name) and quantity.measure in row[1])
        if (row := next(alike, None)) is not None and quantity.is_certain:
            return quantity.value.scaleb(-row[3]).normalize(), row[2]
    return None if value is None else (value, target.unit)


def accepts(entry: Entry, figure: NumberCandidate, words: str) -> bool:
    """Whether a figure can be of the entry: of its unit, or a share of it that is done."""
    quantity = figure.quantity
    target = entry.thing
    if not isinstance(target, Target):
        return (
            (quantity.measure == "%" or quantity.share)
            and not GROWTH.shows(figure.before[-_NEAR:])
            and bool(_DONE_PART.search(words))
        )
    if quantity.of is not None:
        return target.unit == "%" or not quantity.measure or in_unit(quantity, target.unit) is not None
    if target.unit != "%" and quantity.measure == "%":
        return not any(sign.search(figure.before) for sign in (GROWTH.pattern, _RATE, _OF_ANOTHER))
    place = _PLACE.search(quantity.measure)
    if place and not any(place[0] in name for name in entry.surfaces):
        return False  # 5G基站12个镇
    return reading_of(quantity, target) is not None


def own_tail(figure: NumberCandidate) -> str:
    """What follows a number and still speaks of it (12个为本月新增), not of a part or of what it is compared with."""
    return _ANOTHER.split(figure.after, maxsplit=1)[0]


def measured(
    entry: Entry, figure: NumberCandidate, text: str, *, period: bool
) -> tuple[UpdateKind, Decimal, str | None] | None:
    """The kind, value and unit that a figure reports; None for a change of a rate, which is no value of it.

    `text` is what was said up to the figure and of it.
    """
    quantity, target = figure.quantity, entry.thing
    own = target.unit if isinstance(target, Target) else None
    if quantity.of is not None and own != "%" and not (isinstance(target, Target) and quantity.of == target.value):
        return UpdateKind.PERCENT, share_of(quantity.value, quantity.of), "%"
    if quantity.measure == "%" and (own != "%" or _share_of_target(figure)):
        return UpdateKind.PERCENT, quantity.value, "%"
    if not isinstance(target, Target):
        return None
    read = reading_of(quantity, target)
    if read is None:
        return None
    value, unit = read
    adds = _adds(figure, text, target, period=period)
    if own == _MULTIPLE and unit != own:
        return None if adds else (UpdateKind.READING, value, unit)
    if own == "%" and _is_change(figure, target):
        return None
    if own == "%" and _FALLS.search(figure.before):
        value = -value
    return (UpdateKind.INCREMENT if adds else UpdateKind.READING), value, own


def _share_of_target(figure: NumberCandidate) -> bool:
    """完成率87%, 建设过半, of a target that is itself a percentage."""
    if SHARE_WORDS.shows(figure.before):
        return True
    return figure.quantity.share and bool(re.search("完成|建设|创建|进展", figure.before[-4:]))


def _is_change(figure: NumberCandidate, target: Target) -> bool:
    """提高了2.3% of a rate that is a level, not a growth."""
    if _GROWS.search("".join((target.name, *target.names))) or target.period is Period.YEARLY_AVERAGE:
        return False
    return bool(re.search(r"(?:提高|提升|上升|增加|增长|下降|减少|降低)了?$", figure.before))


def _adds(figure: NumberCandidate, text: str, target: Target, *, period: bool) -> bool:
    """New ones of a stated period, or 又 and 再; 累计 and 达到 make it a total whatever else is said."""
    if target.unit == "%":
        return False
    if is_growth(figure.quantity, figure.before):
        return True
    if TOTAL.shows(figure.before):
        return False
    text = _COMPARISON.sub("", text)
    if AGAIN.shows(text):
        return True
    return FRESH.shows(text) and (period or not FRESH.shows(target.name))
