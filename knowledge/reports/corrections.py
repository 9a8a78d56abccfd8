"""不是612是602, 612里头10个还在建,实打实602: a number that was reported before, and the one that is right."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from knowledge.language.normalize import clean
from knowledge.language.quantities.quantity import Quantity, quantities

_IS = r"[,，。;\s]*(?:而|都)?(?:应该?|实际)?[是为]"
_DENIED = re.compile("(?:不是|并非|而非)$")
_STATED = re.compile("(?<!不)(?:[是为]|应该?)$")
_DENIED_THEN_STATED = re.compile(rf"[^,，\d]{{0,2}}{_IS}")
_STATED_THEN_DENIED = re.compile(r"[^,，\d]{0,2}[,，。;\s]*(?:而|可|并)?(?:不是|并非)")
_WRONG_THEN_STATED = re.compile(rf"[^,，\d]{{0,2}}[,，\s]*[说报写打填弄发输算]?错了?{_IS}")
_PART_OF = re.compile(r"[^,，\d]{0,2}(?:里[头面边]?|当中|之中|中)(?!心)")
_IN_TRUTH = re.compile("(?:实打实|真正|实际上?|其实|净)(?:只?有|就?是|才|的)?$")
_SCALES = (0, -4, -8, 4, 8)  # 58 of 58万人次
_MOST = 6
_TAIL = re.compile(r"^\D*[\d.]+(.*)$")


@dataclass(frozen=True, slots=True)
class Restatement:
    """What was wrong and what is right; a scale or unit that only one of them is said with is of both."""

    wrong: Quantity
    right: Quantity

    def was_of(self, value: Decimal | None) -> bool:
        """Whether a value that was reported is the wrong one, in whatever scale it is held."""
        return value is not None and any(value == self.wrong.value.scaleb(scale) for scale in _SCALES)


def restatement(message: str) -> Restatement | None:
    """None where a message says of no number that another was wrong."""
    text = clean(message)
    found = [one for one in quantities(text) if one.is_certain][:_MOST]
    for one, other in combinations(found, 2):
        before, between = text[: one.start], text[one.end : other.start]
        denied = _DENIED.search(before) and _DENIED_THEN_STATED.fullmatch(between)
        part = _PART_OF.match(between) and _IN_TRUTH.search(between)
        if denied or part or _WRONG_THEN_STATED.fullmatch(between):
            return Restatement(one, _alike(other, one))
        if _STATED.search(before) and _STATED_THEN_DENIED.fullmatch(between):
            return Restatement(other, _alike(one, other))
    return None


def _alike(bare: Quantity, other: Quantity) -> Quantity:
    """85 beside 58万 is 85万."""
    tail = _TAIL.match(other.said)
    if bare.measure or bare.scaled or tail is None:
        return bare
    return next(quantities(f"{bare.said}{tail[1]}"), bare)
