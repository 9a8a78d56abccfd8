"""What a unit has said of one part of the plan, as the record keeps it, and which of it counts.

Days are local and mean their end; times are aware. Nothing is overwritten: what became of a report stands beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from knowledge.plan.key import EntryKey
from knowledge.reports.model import AnswerSource, Recorder, State, UpdateKind


class Status(StrEnum):
    DRAFT = "draft"
    PENDING = "pending"
    """Waits for the owner or the office: the unit is not responsible."""
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Somebody, by pseudonym, stood for a report at a time: a head of unit (审签) or one who checked it (核实)."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A certifying unit's own figure: of which days, and on which day it came out."""

    first: date
    last: date
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBehalf:
    """A unit's word that somebody else wrote down for it (代录): how it came, on which day, and who took it down."""

    source: AnswerSource
    on: date
    by: Recorder


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What ended the matter of a report: a problem is settled (销号), or a stop is found excused (客观原因认定)."""

    on: date
    how: str
    """What was done; or who found so, and on which paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    id: str
    subject: EntryKey
    unit: str
    """The responsible unit that says it, as the plan writes it; or the certifying unit."""
    kind: UpdateKind
    value: Decimal | None = None
    measure: str | None = None
    """What the value is measured in; None is the target's own unit."""
    approx: bool = False
    state: State | None = None
    note: str = ""
    as_of: date
    for_period: str = ""
    """The label of the one reporting period that it counts for; empty of what stands in no record yet."""
    received_at: datetime
    author: str
    """By pseudonym."""
    status: Status = Status.ACCEPTED
    accepted_at: datetime | None = None
    """When it began to count; None of an accepted report: when it was received. None of another: it never did."""
    ended_at: datetime | None = None
    """When it was returned or withdrawn."""
    reason: str | None = None
    """Why it was returned."""
    corrects: str | None = None
    """The report that this one takes the place of, while it counts itself."""
    approved: Mark | None = None
    checked: Mark | None = None
    published: Published | None = None
    resolved: Resolution | None = None
    """Of a problem, or of a project's stop."""
    behalf: OnBehalf | None = None
    """None where the unit itself says it; else the author is who wrote it down."""

    def resolved_by(self, day: date) -> bool:
        return self.resolved is not None and self.resolved.on <= day

    @property
    def day(self) -> date:
        """The day that the report speaks of: the last of a published figure's data period."""
        return self.published.last if self.published else self.as_of


def counted(
    reports: Iterable[Report], *, today: date = date.max, known_at: datetime | None = None
) -> tuple[Report, ...]:
    """The reports that speak of days up to `today` and count, by day and then by arrival.

    Without `known_at` with all that is known; with it, what counted at that moment.
    """
    standing = [report for report in reports if _stands(report, known_at)]
    replaced = {report.corrects for report in standing if report.corrects != report.id}
    return tuple(
        sorted(
            (report for report in standing if report.id not in replaced and report.day <= today),
            key=lambda report: (report.day, report.received_at, report.id),
        )
    )


def _stands(report: Report, known_at: datetime | None) -> bool:
    accepted = report.status is Status.ACCEPTED
    if known_at is None:
        return accepted
    since = report.accepted_at or (report.received_at if accepted else None)
    return since is not None and since <= known_at and (report.ended_at is None or known_at < report.ended_at)


def marked(mark: Mark | None, known_at: datetime | None) -> bool:
    """Whether the mark was there, at that moment or at all."""
    return mark is not None and (known_at is None or mark.at <= known_at)
