"""One thing to do in a message of reminders, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from knowledge.standing.periods import ReportingPeriod
from knowledge.standing.picture import PeriodItem
from knowledge.standing.report import Report
from knowledge.standing.values import Standing


@dataclass(frozen=True, slots=True)
class ChangeSince:
    """Since the same figures were last asked for."""

    day: date
    reported: tuple[Standing, ...]
    """What of them has been reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing to do (件事): a rule's occasion with everything of it that concerns the reader."""

    rule: str
    subject: str
    label: str
    planned: date
    today: date
    late: bool
    asks: bool
    """Whether its targets' figures are asked for."""
    standings: tuple[Standing, ...] = ()
    deadline: date | None = None
    period: ReportingPeriod | None = None
    missing: tuple[PeriodItem, ...] = ()
    """Of a list for supervisors: what is owed, by whom."""
    without_liaison: frozenset[str] = frozenset()
    """Units of these that have no liaison to be asked."""
    bare: tuple[Standing, ...] = ()
    """Targets whose owner nobody has confirmed."""
    said: tuple[Report, ...] = ()
    """What was reported on key projects lately."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Of the problems among them, by the report."""
    projects: tuple[tuple[str, str], ...] = ()
    """Key projects as (task, name)."""
    since: ChangeSince | None = None
    """None where they are asked for the first time."""
    text: str = ""
    """What a person wanted to be reminded of."""
