"""The time a target has, and how much of it is due by a day.

Nodes of the card say what is due on their days; between two of them, and from the start to the first, it grows evenly
(推算). Without nodes it grows evenly from the start to the deadline, where the target has a beginning (measure.py).
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from knowledge.plan.model import Card, Node, Period, Target
from knowledge.standing.measure import Measure
from knowledge.standing.values import Basis, Extension, TimeFrame

_HUNDRED = Decimal(100)


def years_of(start: date, end: date) -> tuple[int, ...]:
    """The years of a plan; a plan issued on 31 December begins with the next."""
    first = (start + timedelta(days=1)).year
    return tuple(range(first, max(end.year, first) + 1))


def year_span(year: int) -> TimeFrame:
    return TimeFrame(start=date(year, 1, 1), deadline=date(year, 12, 31))


def span_of(target: Target | None, today: date, start: date, end: date, extensions: Iterable[Extension]) -> TimeFrame:
    """A yearly target has the year of `today` (the plan's last, when that is past); any other the time to its deadline.

    An extension counts from the day it was decided; the first deadline stays beside it.
    """
    deadline = target.deadline if target else None
    if target and target.period is Period.YEARLY:
        years = years_of(start, deadline or end)
        return year_span(min(max(today.year, years[0]), years[-1]))
    decided = sorted((one for one in extensions if one.decided <= today), key=lambda one: one.decided)
    first = deadline or end
    return TimeFrame(
        start=start,
        deadline=decided[-1].to if decided else first,
        first=first if decided else None,
        default=deadline is None,
    )


def nodes_within(card: Card, span: TimeFrame) -> tuple[Node, ...]:
    """The card's nodes inside the time, by day; a quarterly one comes before a yearly one of the same day."""
    by_day = {node.day: node for node in (*card.yearly, *card.quarterly)}
    return tuple(by_day[day] for day in sorted(by_day) if span.start < day <= span.deadline)


def due(measure: Measure, span: TimeFrame, nodes: Sequence[Node], day: date) -> tuple[Decimal | None, Basis]:
    """The share due by the end of a day, exact, and what it rests on; None where nothing says."""
    if not nodes:
        return (None if measure.begin is None else span.elapsed(day) * _HUNDRED), Basis.TIME
    for node in nodes:
        if node.day == day:
            return measure.share(node.value), Basis.NODE
    corners = [(node.day, node.value) for node in nodes]
    if measure.begin is not None:
        corners.insert(0, (span.start, measure.begin))
    if corners[-1][0] < span.deadline:
        corners.append((span.deadline, measure.goal))
    return measure.share(_between(corners, max(day, span.start))), Basis.BETWEEN_NODES


def _between(corners: Sequence[tuple[date, Decimal]], day: date) -> Decimal | None:
    """On the straight line between the corners around a day; None before the first."""
    past = [corner for corner in corners if corner[0] <= day]
    if not past:
        return None
    (since, low), ahead = past[-1], corners[len(past) :]
    if not ahead:
        return low
    until, high = ahead[0]
    return low + (high - low) * (day - since).days / (until - since).days
