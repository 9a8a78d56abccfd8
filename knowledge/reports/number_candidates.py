"""The numbers of one clause that report something, outside of names, with the words around each."""

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge.language.quantities.numerals import read_number
from knowledge.language.quantities.quantity import Quantity, quantities
from knowledge.reports.number_roles import NumberRole, roles_of
from knowledge.reports.subject_linker import Subjects

# 过20亿元的市域品牌, 10亿元以上重点项目: a threshold is part of what is counted.
_THRESHOLD = re.compile(
    r"(?:过|超过?|投资)?\d+(?:\.\d+)?[亿万]元?(?:(?:以上|以下)的?(?=[\u4e00-\u9fff]{2})(?!左右|上下|大关|同比)|(?<=过\d\d亿元)的?(?=[\u4e00-\u9fff]{2})|(?<=过\d亿元)的?(?=[\u4e00-\u9fff]{2}))"
)
_CHINESE_THRESHOLD = re.compile(
    r"[一二两三四五六七八九十百]+(?=[亿万]元?(?:以上|以下|的))|(?<=过)[一二两三四五六七八九十百]+(?=[亿万]元)"
)
_AND = re.compile("(?<=[二三四五六七八九]十)又(?=[一二三四五六七八九])")
_PAIR = re.compile("(?<=[了有到成过])[俩仨]")
_JOINED_TO_NAME = re.compile(r"\d[\d.]*[/-]$")  # 4/5g基站


@dataclass(frozen=True, slots=True)
class NumberCandidate:
    """A quantity with the words `before` it (since the last one) and `after` it (up to the next).

    `whole` is the number that a share was said of (6.8亿公斤的一半). What is `missing` is missing from `goal`, or from
    the target where none was said.
    """

    quantity: Quantity
    before: str
    after: str
    whole: Quantity | None = None
    missing: bool = False
    goal: Quantity | None = None


def in_digits(text: str) -> str:
    """Thresholds in Chinese numerals as names write them (十亿元以上 is 10亿元以上); 四十又三 is 四十三."""
    text = _PAIR.sub(lambda two: "2个" if two[0] == "俩" else "3个", _AND.sub("", text))
    return _CHINESE_THRESHOLD.sub(lambda m: f"{read_number(m[0]) or m[0]}", text)


def figures_of(text: str, subjects: Subjects) -> tuple[NumberCandidate, ...]:
    """The quantities of a clause outside of names that are stated of something, in order.

    The words around them leave out the numbers that are not: they are neither a name nor against one.
    """
    found = _outside_names(text, subjects)
    roles = roles_of(found, text, subjects)
    kept = [
        (q, role) for q, role in zip(found, roles, strict=True) if role in {NumberRole.PROGRESS, NumberRole.MISSING}
    ]
    if any(role is NumberRole.PROGRESS for _, role in kept):
        kept = [(q, role) for q, role in kept if role is NumberRole.PROGRESS]  # 建成620个还差80个
    whole = {
        part.start: one for (one, _), (part, _) in pairwise(kept) if _is_share_of(part, text[one.end : part.start])
    }
    kept = [(q, role) for q, role in kept if q not in whole.values()]
    goal = next((q for q, role in zip(found, roles, strict=True) if role is NumberRole.GOAL), None)
    words = list(text)
    for quantity in found:
        words[quantity.start : quantity.end] = " " * (quantity.end - quantity.start)
    text = "".join(words)
    figures = []
    for n, (quantity, role) in enumerate(kept):
        begin = kept[n - 1][0].end if n else 0
        end = kept[n + 1][0].start if n + 1 < len(kept) else len(text)
        before, after = text[begin : quantity.start], text[quantity.end : end]
        figures.append(
            NumberCandidate(quantity, before, after, whole.get(quantity.start), role is NumberRole.MISSING, goal)
        )
    return tuple(figures)


def _outside_names(text: str, subjects: Subjects) -> list[Quantity]:
    """The quantities of a text but for those that belong to a name, or to the token that one ends (4/5g基站)."""
    names = [*subjects.numbered(text), *(m.span() for m in _THRESHOLD.finditer(text))]
    blanked = list(text)
    for start, end in names:
        joined = _JOINED_TO_NAME.search(text[:start]) if text[start].isdigit() else None
        start = joined.start() if joined else start
        blanked[start:end] = "\u3000" * (end - start)
    read = quantities("".join(blanked))
    return [q for q in read if not any(start < q.end and q.start < end for start, end in names)]


def _is_share_of(quantity: Quantity, between: str) -> bool:
    return between.strip() == "的" and (quantity.share or quantity.measure == "%")
