"""Questions over many standings: which are red, which are lowest, who has not reported, what belongs to whom.

A task's light is that of its targets that needs most attention (Light's own order: a red target makes a red task; an
unreported target keeps a task from counting as done, but hides no green one). A task without targets has its own.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal

from knowledge.plan.key import EntryKind
from knowledge.standing.report import Report, Status
from knowledge.standing.values import Light, Standing

_ATTENTION = {light: place for place, light in enumerate(Light)}


def worst(lights: Iterable[Light]) -> Light | None:
    return min(lights, key=_ATTENTION.__getitem__, default=None)


def task_lights(standings: Iterable[Standing]) -> dict[str, Light]:
    """The light of each task (and clause) by its id, in the order given."""
    targets: dict[str, list[Light]] = {}
    own: dict[str, list[Light]] = {}
    for one in standings:
        if one.subject.kind is EntryKind.TARGET:
            targets.setdefault(one.subject.task, []).append(one.light)
        elif one.subject.kind is EntryKind.TASK:
            own.setdefault(one.subject.task, []).append(one.light)
    return {task: light for task, lights in {**own, **targets}.items() if (light := worst(lights))}


def with_light(standings: Iterable[Standing], lights: Collection[Light]) -> tuple[Standing, ...]:
    return tuple(one for one in standings if one.light in lights)


def tally(standings: Iterable[Standing]) -> Counter[Light]:
    return Counter(one.light for one in standings)


def lowest(standings: Iterable[Standing], count: int) -> tuple[Standing, ...]:
    """The `count` lowest shares, lowest first, with all that tie with the last; what has no share is left out."""
    ranked = sorted(
        ((one.share, one) for one in standings if one.share is not None),
        key=lambda pair: pair[0],
    )
    if count <= 0 or not ranked:
        return ()
    limit = ranked[min(count, len(ranked)) - 1][0]
    return tuple(one for share, one in ranked if share <= limit)


def behind(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Those behind the share due by now."""
    return tuple(one for one in standings if one.difference is not None and one.difference < 0)


def by_urgency(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """What needs most attention first; of one light the longest overdue, then the furthest behind."""
    return tuple(sorted(standings, key=_urgency))


def _urgency(one: Standing) -> tuple[int, int, Decimal]:
    points = one.difference if one.difference is not None else one.reason.points
    return _ATTENTION[one.light], min(one.reason.days or 0, 0), points or Decimal(0)


def of_units(standings: Iterable[Standing], units: Collection[str]) -> tuple[Standing, ...]:
    """What any of the units answers for: as its owner, or, while none is confirmed, as one of the responsible units."""
    return tuple(one for one in standings if not set(units).isdisjoint([one.owner] if one.owner else one.units))


def said_between(reports: Iterable[Report], since: datetime, until: datetime) -> tuple[Report, ...]:
    """Accepted reports received from `since` up to, not with, `until`, in order of arrival."""
    said = (one for one in reports if one.status is Status.ACCEPTED and since <= one.received_at < until)
    return tuple(sorted(said, key=lambda one: (one.received_at, one.id)))
