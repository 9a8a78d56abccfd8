"""One page before a meeting: how many of each light, what changed, and what is red, stuck or to be decided.

It reads the day's picture and that of the end of last month. A stop holds until what it is about is done. Stuck (堵点)
is what a unit itself called blocked, what has an open problem, what its unit has left without a figure past its
deadline, and what has had no new one for long; of what is red only the first two stand there too. Where nobody is
confirmed to give a figure, that there is none is no stop.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from knowledge.reports.model import State, UpdateKind
from knowledge.standing.history import WORDLESS
from knowledge.standing.moves import Move, moves_between
from knowledge.standing.overview import by_urgency, tally, with_light
from knowledge.standing.picture import DayPicture, OpenProblem
from knowledge.standing.report import Report
from knowledge.standing.values import DONE, Figure, Light, Standing


class Stop(StrEnum):
    BLOCKED = "blocked"
    """The unit says so."""
    PROBLEM = "problem"
    """A unit has raised a problem of it that is open."""
    OVERDUE = "overdue"
    """Past its deadline without any figure, though a unit is confirmed to give it."""
    STALE = "stale"
    """Without a new figure for longer than usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    standing: Standing
    stop: Stop
    report: Report | None = None
    """What says that it is blocked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Each list is whole, the most pressing first."""

    today: date
    before: date
    """The end of last month."""
    counted: tuple[Standing, ...]
    """The targets, and what else has a figure: what the page is about."""
    reported: tuple[Standing, ...]
    """Those of them with a figure."""
    lights: Mapping[Light, int]
    """Of those with a figure."""
    reported_before: int
    moves: tuple[Move, ...]
    red: tuple[Standing, ...]
    stuck: tuple[Stuck, ...]
    raised: tuple[OpenProblem, ...]
    first: date | None
    """The oldest and the newest day of the figures; None without any."""
    last: date | None

    @property
    def better(self) -> tuple[Standing, ...]:
        return tuple(one.standing for one in self.moves if one.better)

    @property
    def worse(self) -> tuple[Standing, ...]:
        return tuple(one.standing for one in self.moves if not one.better)

    @property
    def pressing(self) -> OpenProblem | Stuck | Standing | None:
        """What most needs a decision: a problem that was raised, then what is blocked, then what is red."""
        blocked = next((one for one in self.stuck if one.stop is Stop.BLOCKED), None)
        return next(iter(self.raised), None) or blocked or next(iter(self.red), None)


def brief_of(now: DayPicture, before: DayPicture) -> Brief:
    """`before` is the picture of the same subjects at `month_before`."""
    reported = tuple(one for one in now.standings if one.has_figure)
    days = [figure.day for one in reported for figure in _figures(one)]
    return Brief(
        today=now.day,
        before=before.day,
        counted=tuple(one for one in now.standings if one.target is not None or one.has_figure),
        reported=reported,
        lights=tally(reported),
        reported_before=sum(one.has_figure for one in before.standings),
        moves=moves_between(before.standings, now.standings),
        red=by_urgency(with_light(now.standings, (Light.RED,))),
        stuck=tuple(_stuck(now)),
        raised=tuple(sorted(now.problems, key=_urgency)),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def month_before(today: date) -> date:
    """The last day of the month before."""
    return today.replace(day=1) - timedelta(days=1)


def _figures(one: Standing) -> tuple[Figure, ...]:
    return (one.figure,) if one.figure else tuple(line.figure for line in one.beside)


def _blocked(said: Iterable[Report]) -> Report | None:
    """What a unit's last word of the matter calls blocked; 本期无变化, notes and problems leave that as it is."""
    last = {one.unit: one for one in said if one.kind is not UpdateKind.NO_CHANGE and one.kind not in WORDLESS}
    return next((one for one in last.values() if one.state is State.BLOCKED), None)


def _stuck(now: DayPicture) -> Iterator[Stuck]:
    open_ones = [one for one in now.standings if one.light not in DONE]
    blocked = {one.subject: report for one in open_ones if (report := _blocked(now.said(one.subject)))}
    for one in open_ones:
        if report := blocked.get(one.subject):
            yield Stuck(standing=one, stop=Stop.BLOCKED, report=report)
    going = [one for one in open_ones if one.subject not in blocked]
    for one in going:
        if one.problems:
            yield Stuck(standing=one, stop=Stop.PROBLEM, report=one.problems[0])
    rest = [one for one in going if not one.problems and one.light is not Light.RED]
    overdue = [one for one in rest if one.light is Light.GREY_OVERDUE and one.target and not one.unconfirmed]
    for one in sorted(overdue, key=lambda one: one.reason.days or 0):
        yield Stuck(standing=one, stop=Stop.OVERDUE)
    stale = [one for one in rest if one.stale and one.light is not Light.GREY_OVERDUE]
    for one in sorted(stale, key=lambda one: -(one.days_old or 0)):
        yield Stuck(standing=one, stop=Stop.STALE)


def _urgency(one: OpenProblem) -> tuple[int, date, datetime]:
    """Of red matters first, then the oldest."""
    return _ORDER[one.standing.light], one.report.day, one.report.received_at


_ORDER = {light: place for place, light in enumerate(Light)}
