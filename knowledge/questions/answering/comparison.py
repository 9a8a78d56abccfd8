"""How a target compares with a quantity that was said."""

from decimal import Decimal

from knowledge.language.quantities.units import comparable, in_base, same_quantity
from knowledge.plan.model import Target
from knowledge.questions.query import QuantityFilter, Than


def compares(target: Target, figure: QuantityFilter) -> bool:
    """Whether a target is more, less or as much, as the figure asks."""
    one, other = in_base(target.value, target.unit or ""), in_base(figure.value, figure.unit)
    if not comparable(one, other) or (not one[1] and other[1]):
        return False
    return _holds(one[0], figure.than, other[0])


def count_compares(number: int, figure: QuantityFilter) -> bool:
    """Whether a number of units, tasks or targets is more, less or as many, as the figure asks."""
    return _holds(Decimal(number), figure.than, figure.value)


def _holds(one: Decimal, than: Than, other: Decimal) -> bool:
    if than is Than.MORE:
        return one > other
    if than is Than.AT_LEAST:
        return one >= other
    if than is Than.AT_MOST:
        return one <= other
    return one < other if than is Than.LESS else one == other


def same_figure(target: Target, figure: QuantityFilter) -> bool:
    """Whether a figure that was said is the target's own (100亿 for 100 亿元; a missing unit is no difference)."""
    if not figure.unit:
        return target.value == figure.value
    return same_quantity((target.value, target.unit or ""), (figure.value, figure.unit))
