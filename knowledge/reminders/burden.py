"""The ledger of burdens (减负账本): how often figures were asked for, of whom, and what was asked for again. Pure.

Two people of a unit who are told the same are one ask. To be asked again because nothing was reported is a reminder;
to be asked for what had been reported is what must not happen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from knowledge.standing.history import WORDLESS
from knowledge.standing.periods import DEFAULT_DUE_DAYS, period_of
from knowledge.standing.report import Report, Status

_REFUSED = {Status.RETURNED, Status.WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRequest:
    """A unit was asked for one figure; `message` is the one and `rule` what made it say so."""

    unit: str
    task: str
    name: str
    period: str
    """Its label; empty where it was no period's figure (a deadline's, a project's state)."""
    rule: str
    message: int
    at: datetime
    """Machine time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """What was asked of one unit."""

    unit: str
    messages: int
    items: int
    """However often each was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedRequest:
    """The same figure of the same period, asked of the same unit more than once."""

    unit: str
    task: str
    name: str
    period: str
    times: int
    needless: bool
    """It had been reported before it was asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    messages: int
    """Messages in which figures were asked for."""
    burdens: tuple[Burden, ...]
    """The most asked first."""
    again: tuple[RepeatedRequest, ...]
    """The needless first."""

    @property
    def needless(self) -> tuple[RepeatedRequest, ...]:
        return tuple(one for one in self.again if one.needless)


def ledger_of(asks: Iterable[FigureRequest], reports: Iterable[Report]) -> Ledger:
    """`reports` are those of the units that were asked on what they were asked for."""
    by_unit: dict[str, list[FigureRequest]] = defaultdict(list)
    by_figure: dict[tuple[str, str, str, str], list[FigureRequest]] = defaultdict(list)
    for ask in asks:
        by_unit[ask.unit].append(ask)
        if ask.period:
            by_figure[ask.unit, ask.task, ask.name, ask.period].append(ask)
    said: dict[tuple[str, str, str], list[Report]] = defaultdict(list)
    for report in reports:
        if report.kind not in WORDLESS and report.status not in _REFUSED:
            said[report.unit, report.subject.task, report.subject.name].append(report)
    burdens = [
        Burden(
            unit=unit,
            messages=len({ask.message for ask in own}),
            items=len({(ask.task, ask.name, ask.period) for ask in own}),
        )
        for unit, own in by_unit.items()
    ]
    return Ledger(
        messages=len({ask.message for own in by_unit.values() for ask in own}),
        burdens=tuple(sorted(burdens, key=lambda one: (-one.messages, -one.items, one.unit))),
        again=tuple(sorted(_again(by_figure, said), key=lambda one: (not one.needless, one.unit, one.task, one.name))),
    )


def _again(
    by_figure: Mapping[tuple[str, str, str, str], list[FigureRequest]],
    said: Mapping[tuple[str, str, str], list[Report]],
) -> Iterable[RepeatedRequest]:
    for (unit, task, name, period), own in by_figure.items():
        times = len({ask.rule for ask in own})
        known = said.get((unit, task, name), ())
        needless = any(_reported(ask, known) for ask in own)
        if times > 1 or needless:
            yield RepeatedRequest(unit=unit, task=task, name=name, period=period, times=times, needless=needless)


def _reported(ask: FigureRequest, known: Iterable[Report]) -> bool:
    """Whether the figure was there before it was asked for."""
    period = period_of(ask.period, DEFAULT_DUE_DAYS)
    return any(report.received_at < ask.at and period.covers(report.for_period) for report in known)
