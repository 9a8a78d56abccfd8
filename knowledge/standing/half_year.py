"""双过半: by 30 June half of the year's part is to be done. Pure.

A year's part is a yearly target, or the way that a card's nodes say from the end of last year to the end of this one.
There is no half of rates and shares, nor of what is only to be kept; without a node nothing says what the year's part
is.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from knowledge.plan.model import Period, Target
from knowledge.standing.measure import is_rate
from knowledge.standing.values import Standing, rounded

HALF = Decimal(50)


class NoHalf(StrEnum):
    RATE = "rate"
    KEPT = "kept"
    NO_NODE = "no_node"
    """No card says what is to be reached by the end of the year."""
    NO_FIGURE = "no_figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPart:
    """A target with the share of this year's part that is done, or why none can be told."""

    standing: Standing
    share: Decimal | None = None
    why: NoHalf | None = None

    @property
    def halved(self) -> bool:
        return self.share is not None and self.share >= HALF


def year_part(one: Standing, target: Target) -> YearPart:
    share = share_of_year(one, target)
    return YearPart(standing=one, share=share, why=None if share is not None else _why(one, target))


def share_of_year(one: Standing, target: Target) -> Decimal | None:
    """Of a yearly target its share; of a card with this year's node the way to it since the year's beginning."""
    if is_rate(target):
        return None
    if target.period is Period.YEARLY:
        return one.share
    value, nodes, year = one.value, _nodes(one), one.today.year
    if value is None or one.unit != target.unit or year not in nodes or target.period is not Period.BY_END:
        return None
    begin = nodes.get(year - 1, one.card.base or Decimal(0))
    way = nodes[year] - begin
    return rounded((value - begin) / way * 100) if way else None


def time_gone(today: date) -> Decimal:
    """The share of the year that is over by the end of the day, in percent to one place."""
    gone, days = today.timetuple().tm_yday, date(today.year, 12, 31).timetuple().tm_yday
    return (Decimal(gone * 100) / days).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _why(one: Standing, target: Target) -> NoHalf:
    if is_rate(target):
        return NoHalf.RATE
    if target.period is Period.MAINTAIN:
        return NoHalf.KEPT
    if target.period is not Period.YEARLY and one.today.year not in _nodes(one):
        return NoHalf.NO_NODE
    return NoHalf.NO_FIGURE


def _nodes(one: Standing) -> dict[int, Decimal]:
    return {node.day.year: node.value for node in one.card.yearly}
