"""One page before a meeting: how many of each light, what changed, and what is red, stuck or to be decided.

A problem or a stop holds until what it is about is done. 卡住 is what a unit itself called blocked, what is past its
deadline without a figure, and what has had none for long; of what is red only the blocked stands there too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from knowledge.plan.key import EntryKey
from knowledge.reports.model import State, UpdateKind
from knowledge.standing.overview import by_urgency, changed_lights, tally, with_light
from knowledge.standing.report import Report, counted
from knowledge.standing.values import Figure, Light, Standing


class Stop(StrEnum):
    BLOCKED = "blocked"
    """The unit says so."""
    OVERDUE = "overdue"
    """Past its deadline without any figure."""
    STALE = "stale"
    """Without a new figure for longer than usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    standing: Standing
    stop: Stop
    report: Report | None = None
    """What says that it is blocked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A problem that a unit raised, and where what it is about stands."""

    standing: Standing
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Each list is whole, the most pressing first."""

    today: date
    before: date
    """The end of last month."""
    total: int
    """Targets, and what else was reported on."""
    reported: int
    """Those of them with a figure."""
    lights: Mapping[Light, int]
    """Of those with a figure."""
    reported_before: int
    lights_before: Mapping[Light, int]
    turned_red: tuple[Standing, ...]
    red: tuple[Standing, ...]
    stuck: tuple[Stuck, ...]
    raised: tuple[Raised, ...]
    first: date | None
    """The oldest and the newest day of the figures; None without any."""
    last: date | None

    @property
    def pressing(self) -> Raised | Stuck | Standing | None:
        """What most needs a decision: a problem that was raised, then what is blocked, then what is red."""
        blocked = next((one for one in self.stuck if one.stop is Stop.BLOCKED), None)
        return next(iter(self.raised), None) or blocked or next(iter(self.red), None)


def brief_of(now: Sequence[Standing], before: Sequence[Standing], reports: Iterable[Report], today: date) -> Brief:
    """`now` and `before` are the standings of the same scope today and at `month_before`; `reports` are all on it."""
    reported, reported_before = tuple(filter(_has_figure, now)), tuple(filter(_has_figure, before))
    known = {one.subject: one for one in now}
    said = counted(reports, today=today)
    turned = changed_lights(before, now)
    red = by_urgency(with_light(now, (Light.RED,)))
    days = [figure.day for one in reported for figure in _figures(one)]
    return Brief(
        today=today,
        before=month_before(today),
        total=sum(one.target is not None or _has_figure(one) for one in now),
        reported=len(reported),
        lights=tally(reported),
        reported_before=len(reported_before),
        lights_before=tally(reported_before),
        turned_red=tuple(one for one in red if f"{one.subject.task} {one.subject.name}" in turned),
        red=red,
        stuck=tuple(_stuck(now, _blocked(said))),
        raised=_raised(known, said),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def month_before(today: date) -> date:
    """The last day of the month before."""
    return today.replace(day=1) - timedelta(days=1)


def _has_figure(one: Standing) -> bool:
    return one.figure is not None or bool(one.beside)


def _figures(one: Standing) -> tuple[Figure, ...]:
    return (one.figure,) if one.figure else tuple(line.figure for line in one.beside)


def _blocked(said: Iterable[Report]) -> dict[EntryKey, Report]:
    """What a unit's last word of the matter calls blocked; 本期无变化, notes and problems leave that as it is."""
    last: dict[tuple[EntryKey, str], Report] = {}
    for report in said:
        if report.kind not in {UpdateKind.NO_CHANGE, UpdateKind.NOTE, UpdateKind.PROBLEM}:
            last[report.subject, report.unit] = report
    return {subject: report for (subject, _), report in last.items() if report.state is State.BLOCKED}


def _stuck(now: Sequence[Standing], blocked: Mapping[EntryKey, Report]) -> Iterator[Stuck]:
    open_ones = [one for one in now if one.light not in _DONE]
    for one in open_ones:
        if report := blocked.get(one.subject):
            yield Stuck(standing=one, stop=Stop.BLOCKED, report=report)
    rest = [one for one in open_ones if one.subject not in blocked and one.light is not Light.RED]
    overdue = [one for one in rest if one.light is Light.GREY_OVERDUE and one.target]
    for one in sorted(overdue, key=lambda one: one.reason.days or 0):
        yield Stuck(standing=one, stop=Stop.OVERDUE)
    stale = [one for one in rest if one.stale and one.light is not Light.GREY_OVERDUE]
    for one in sorted(stale, key=lambda one: -(one.days_old or 0)):
        yield Stuck(standing=one, stop=Stop.STALE)


def _raised(known: Mapping[EntryKey, Standing], said: Iterable[Report]) -> tuple[Raised, ...]:
    """The last problem of each unit on each matter that is not done: of red matters first, then the oldest."""
    last = {(report.subject, report.unit): report for report in said if report.kind is UpdateKind.PROBLEM}
    found = [
        Raised(standing=one, report=report)
        for (subject, _), report in last.items()
        if (one := known.get(subject)) and one.light not in _DONE
    ]
    return tuple(sorted(found, key=lambda one: (_ORDER[one.standing.light], one.report.day, one.report.received_at)))


_DONE = (Light.BLUE, Light.LIGHT_BLUE)
_ORDER = {light: place for place, light in enumerate(Light)}
