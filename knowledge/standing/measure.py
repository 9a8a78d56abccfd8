"""How far a value has come: from where a target begins (0 %) to its goal (100 %).

* A count or an amount begins at the card's base, else at 0; each January afresh where it is yearly.
* A rate, share or index (`%`, 百分点, no unit) begins nowhere without a base: it only stands beside its goal. With
  nodes but no base it is measured against the goal itself.
* 倍增 begins at 1 and needs the base to say what is doubled; a value in the base's own unit is divided by it.
* A relative target (低于全省平均水平15%) needs the benchmark's value; a value in the benchmark's unit becomes a margin.
* 年均: a growth rate is averaged over the years as growth is; a count is added up over the plan's years.
"""

from dataclasses import dataclass
from decimal import Decimal

from knowledge.language.quantities.units import in_base
from knowledge.plan.model import Bound, Card, Period, Target
from knowledge.reports.model import State
from knowledge.standing.values import Figure

MULTIPLE = "倍"
_RATES = {"%", "百分点", "个百分点", "‰", None}
_HUNDRED = Decimal(100)


def is_rate(target: Target) -> bool:
    """Whether its values cannot be added up over time or units."""
    return target.unit in _RATES or target.unit == MULTIPLE or target.relative_to is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    goal: Decimal
    begin: Decimal | None
    """The value at the start of its time; None where nothing says."""
    zero: Decimal | None
    """What counts as 0 %; None where no share can be told."""
    falling: bool
    enough: Decimal
    """The value from which it is reached."""
    missing: str | None = None
    """What the card lacks before anything can be judged: `base` or `reference`."""

    def share(self, value: Decimal | None) -> Decimal | None:
        """Percent of the way done, exact; over 100 beyond the goal, negative before the beginning."""
        if value is None or self.zero is None:
            return None
        return (value - self.zero) / (self.goal - self.zero) * _HUNDRED

    def reached(self, value: Decimal) -> bool:
        return value <= self.enough if self.falling else value >= self.enough


def measure_of(target: Target, card: Card, *, years: int, nodes: bool, about_within: Decimal) -> Measure:
    """The measure of a target; `years` are the plan's, `nodes` whether its time has any."""
    goal, rate = target.value, is_rate(target)
    averaged = target.period is Period.YEARLY_AVERAGE
    if averaged and not rate:
        goal *= years
    begin = _begin(target, card, rate=rate)
    falling = target.bound is Bound.AT_MOST or (
        target.bound in {Bound.EXACTLY, Bound.ABOUT} and begin is not None and begin > goal
    )
    zero = Decimal(0) if begin is None and nodes else begin
    if zero is not None and (zero == goal or falling != (zero > goal)):
        zero = None
    slack = abs(goal) * about_within / _HUNDRED if target.bound is Bound.ABOUT else Decimal(0)
    missing = None
    if target.relative_to is not None and not card.reference:
        missing = "reference"
    elif target.unit == MULTIPLE and not card.base:
        missing = "base"
    return Measure(
        goal=goal,
        begin=begin if zero is not None else None,
        zero=None if missing else zero,
        falling=falling,
        enough=goal + slack if falling else goal - slack,
        missing=missing,
    )


def _begin(target: Target, card: Card, *, rate: bool) -> Decimal | None:
    if target.unit == MULTIPLE:
        return Decimal(1) if card.base else None
    if rate:
        return None if target.period is Period.YEARLY_AVERAGE else card.base
    if target.period in {Period.YEARLY, Period.YEARLY_AVERAGE}:
        return Decimal(0)
    return Decimal(0) if card.base is None else card.base


def in_goal_s_unit(value: Decimal, measured: str | None, target: Target, card: Card) -> Decimal | None:
    """A value as the goal counts it; None where it is measured in something else."""
    if measured in {None, target.unit}:
        return value
    if target.unit == MULTIPLE and card.base and card.base_unit:
        told, base = in_base(value, measured or ""), in_base(card.base, card.base_unit)
        return told[0] / base[0] if told[1] == base[1] else None
    reference = card.reference
    if target.relative_to is not None and reference and measured == reference.unit and reference.value:
        margin = (value - reference.value) / reference.value * _HUNDRED
        return -margin if reference.below else margin
    return None


def value_of(figure: Figure, measure: Measure, target: Target, card: Card) -> Decimal | None:
    """The figure on the goal's scale; from the share that was said where there is no value."""
    if figure.value is not None:
        return in_goal_s_unit(figure.value, figure.measure, target, card)
    if figure.percent is None or measure.zero is None:
        return None
    return measure.zero + (measure.goal - measure.zero) * figure.percent / _HUNDRED


def reached(figure: Figure, measure: Measure, target: Target, card: Card) -> bool | None:
    """Whether the goal is reached; None where that cannot be told."""
    if measure.missing:
        return None
    if figure.value is None:
        return figure.state is State.DONE or (figure.percent is not None and figure.percent >= _HUNDRED)
    value = value_of(figure, measure, target, card)
    return None if value is None else measure.reached(value)
