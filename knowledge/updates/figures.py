"""The numbers of one clause that may be progress: outside of names, not given, with the words around each."""

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge.figures import read_number
from knowledge.updates.quantities import COUNTED, Quantity, quantities
from knowledge.updates.signs import COMPARED, CORRECTION, GIVEN
from knowledge.updates.subjects import Subjects

# 过20亿元的市域品牌, 10亿元以上重点项目: a threshold is part of what is counted.
_THRESHOLD = re.compile(
    r"(?:过|超过?|投资)?\d+(?:\.\d+)?[亿万]元?(?:(?:以上|以下)的?(?=[\u4e00-\u9fff]{2})(?!左右|上下|大关|同比)|(?<=过\d\d亿元)的?(?=[\u4e00-\u9fff]{2})|(?<=过\d亿元)的?(?=[\u4e00-\u9fff]{2}))"
)
_CHINESE_THRESHOLD = re.compile(
    r"[一二两三四五六七八九十百]+(?=[亿万]元?(?:以上|以下|的))|(?<=过)[一二两三四五六七八九十百]+(?=[亿万]元)"
)
_NOT = re.compile(
    r"(?:(?:不是|并非|而非|而不是|非)(?:之前的|原来的|原报的)?|(?:说|写|报|打|填|发)成了?|[错误][说写报打填发]成?(?:了|为)?)$"
)
_WRONG = re.compile(r"\s*(?:是)?(?:[发报写打填说]错|不对|有误|错了?的?(?!落|峰)|不准|作废)")
_NOT_REACHED = re.compile(
    r"(?:没有?|未能?|尚未|不|无法|难以)(?:完全|全部)?(?:达到?|到|超过?|突破|建成|建好|建够|完成|实现|新增)了?$|(?<!有)没有?$"
)
_TO_BE = re.compile(r"(?:(?<!按)(?<!按照)(?<!主)要|应|需要?)(?:建成?|完成|达到?|新增|培育|实施|创建)")
_NEAR = 20
_FROM = re.compile(r"(?:由|从|原来?的?|之前(?:报)?的?|上次的?)(?:为|是)?$")
_AND = re.compile("(?<=[二三四五六七八九]十)又(?=[一二三四五六七八九])")
_PAIR = re.compile("(?<=[了有到成过])[俩仨]")
_AMONG = re.compile(r"(?:当中|之中|中|里)的?[^\d,]{0,4}\d")  # 完成50个中的40个
_GROWN = re.compile(r"(?:(?<![更])增加|多)了?$")
_AGAINST = re.compile(r"同期|同比|计划|目标|序时|任务|要求")
_SPANS_OF_TIME = {"年", "月", "天", "日", "周"}
_COPULA = re.compile(r"(?:为|是|约|已|达到?|共|有|[:\s])+$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with the words `before` it (since the last one) and `after` it (up to the next).

    `whole` is the number that a share was said of (6.8亿公斤的一半).
    """

    quantity: Quantity
    before: str
    after: str
    whole: Quantity | None = None


def in_digits(text: str) -> str:
    """Thresholds in Chinese numerals as names write them (十亿元以上 is 10亿元以上); 四十又三 is 四十三."""
    text = _PAIR.sub(lambda two: "2个" if two[0] == "俩" else "3个", _AND.sub("", text))
    return _CHINESE_THRESHOLD.sub(lambda m: f"{read_number(m[0]) or m[0]}", text)


def figures_of(text: str, subjects: Subjects) -> tuple[Figure, ...]:
    """The quantities of a clause outside of names that are stated of something, in order.

    The words around them leave out the numbers that are not: they are neither a name nor against one.
    """
    names = [*subjects.numbered(text), *(m.span() for m in _THRESHOLD.finditer(text))]

    def named(quantity: Quantity) -> bool:
        return any(start < quantity.end and quantity.start < end for start, end in names)

    blanked = list(text)
    for start, end in names:
        blanked[start:end] = "\u3000" * (end - start)
    found = [q for q in quantities("".join(blanked)) if not named(q)]
    kept = [q for q in found if not text[: q.start].endswith("第") and not _is_given(q, text, subjects)]
    whole = {part.start: one for one, part in pairwise(kept) if _is_share_of(part, text[one.end : part.start])}
    kept = [q for q in kept if q not in whole.values()]
    words = list(text)
    for quantity in found:
        words[quantity.start : quantity.end] = " " * (quantity.end - quantity.start)
    text = "".join(words)
    figures = []
    for n, quantity in enumerate(kept):
        begin = kept[n - 1].end if n else 0
        end = kept[n + 1].start if n + 1 < len(kept) else len(text)
        figures.append(
            Figure(quantity, text[begin : quantity.start], text[quantity.end : end], whole.get(quantity.start))
        )
    return tuple(figures)


def _is_share_of(quantity: Quantity, between: str) -> bool:
    return between.strip() == "的" and (quantity.share or quantity.measure == "%")


def is_growth(quantity: Quantity, before: str) -> bool:
    """Whether a count is of what has come since the last time (比上月增加30个), not since last year or to a plan."""
    grown = COUNTED.fullmatch(quantity.measure) and _GROWN.search(before)
    return bool(grown) and not _AGAINST.search(before)


def _is_given(quantity: Quantity, text: str, subjects: Subjects) -> bool:
    """Whether a number is no progress: the plan's own, what is missing, what was wrong, or a difference."""
    before, after = text[: quantity.start], text[quantity.end :]
    if _TO_BE.search(before[-_NEAR:]) or _NOT.search(before) or _NOT_REACHED.search(before) or _WRONG.match(after):
        return True
    if _FROM.search(before) and re.match(r"[,]?(?:改|更正|修正|调整|增|提|升|涨|到|变|上升|扩|达|降)", after):
        return True
    if _AMONG.match(after):
        return True
    if quantity.measure in _SPANS_OF_TIME:
        return True
    if re.match(r"(?:的)?(?:目标|任务)(?!的?\d)", after) and quantity.measure != "%":
        return True
    if quantity.measure in {"%", "百分点", "个百分点", "个点"}:
        return bool(re.search(r"(?:比|较)(?:上|去|前|年初|原|往)[^,]{0,8}$", before)) or (
            quantity.measure != "%" and not re.search(r"增长|增速|低于", before)
        )
    if subjects.names.ends_with_name(_COPULA.sub("", before)) or is_growth(quantity, before):
        return False
    return bool(GIVEN.shows(before) or (COMPARED.shows(before) and not CORRECTION.shows(before)))
