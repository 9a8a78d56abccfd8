"""A report as a row, and the row as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Enum,
    ForeignKey,
    Index,
    Row,
    Select,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reports.model import REPORTED, AnswerSource, Recorder, State, UpdateKind
from knowledge.standing.report import Mark, OnBehalf, Published, Report, Resolution, Status
from storage.audit import member
from storage.base import NEVER_AGAIN, Base, RowId, table_of
from storage.people import MemberRow

_IS_PENDING = "status = 'pending'"


def _kind_of(kinds: type[StrEnum]) -> Enum:
    """Of a column that was added to the table: SQLite adds no constraint to a table that is there."""
    return Enum(kinds, native_enum=False, length=16, values_callable=lambda all_: [*map(str, all_)])


class ReportRow(Base):
    __tablename__ = "reports"

    id: Mapped[RowId]
    plan: Mapped[str]
    task: Mapped[str] = mapped_column(comment="id of the task or clause")
    subject: Mapped[str] = mapped_column(
        Enum(*REPORTED, name="subjectkind", native_enum=False, create_constraint=True, length=16)
    )
    name: Mapped[str] = mapped_column(comment="of the target, project, action or task")
    unit: Mapped[str] = mapped_column(comment="that says it, as the plan writes it")
    kind: Mapped[UpdateKind]
    value: Mapped[Decimal | None] = mapped_column(comment="in the measure")
    measure: Mapped[str | None] = mapped_column(comment="null: the target's own unit")
    approx: Mapped[bool]
    state: Mapped[State | None]
    note: Mapped[str]
    said: Mapped[str] = mapped_column(comment="the words that it was read from")
    as_of: Mapped[date] = mapped_column(comment="plan day that it speaks of")
    received_at: Mapped[datetime]
    author_id: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    draft_id: Mapped[int | None] = mapped_column(
        BigInteger, index=True, comment="that it was confirmed in; its files are behind it too"
    )
    status: Mapped[Status]
    accepted_at: Mapped[datetime | None] = mapped_column(comment="when it began to count")
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id), comment="null: counted at once")
    ended_at: Mapped[datetime | None] = mapped_column(comment="when it was returned or withdrawn")
    ended_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id))
    reason: Mapped[str | None] = mapped_column(comment="why it was returned")
    approved_at: Mapped[datetime | None] = mapped_column(comment="by the head of the unit")
    approved_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id))
    checked_at: Mapped[datetime | None] = mapped_column(comment="by a supervisor")
    checked_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id))
    published_first: Mapped[date | None] = mapped_column(comment="data period of a certifying unit's figure")
    published_last: Mapped[date | None]
    published_on: Mapped[date | None]
    for_period: Mapped[str] = mapped_column(
        server_default="", comment="label of the one reporting period that it counts for"
    )

    resolved_on: Mapped[date | None] = mapped_column(comment="plan day: a problem settled, a stop found excused")
    resolution: Mapped[str | None] = mapped_column(comment="how; or by whom and on which paper")
    behalf_source: Mapped[AnswerSource | None] = mapped_column(
        _kind_of(AnswerSource), comment="null: the unit itself says it"
    )
    behalf_on: Mapped[date | None] = mapped_column(comment="plan day on which its word came")
    behalf_by: Mapped[Recorder | None] = mapped_column(
        _kind_of(Recorder), comment="in what role the author wrote it down"
    )

    __table_args__ = (
        Index(None, "plan", "task", "name"),
        Index(None, "author_id", "id"),
        Index(
            "ix_reports_pending",
            "plan",
            sqlite_where=text(_IS_PENDING),
            postgresql_where=text(_IS_PENDING),
        ),
        NEVER_AGAIN,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A report with what only its history shows; people are members' numbers."""

    number: int
    report: Report
    said: str
    author: int
    draft: int | None
    accepted_by: int | None
    ended_by: int | None

    @property
    def reason(self) -> str | None:
        """Why it was returned."""
        return self.report.reason


REPORTS = table_of(ReportRow)


REPORT_COLUMNS = (
    REPORTS.c.id,
    REPORTS.c.plan,
    REPORTS.c.task,
    REPORTS.c.subject,
    REPORTS.c.name,
    REPORTS.c.unit,
    REPORTS.c.kind,
    REPORTS.c.value,
    REPORTS.c.measure,
    REPORTS.c.approx,
    REPORTS.c.state,
    REPORTS.c.note,
    REPORTS.c.as_of,
    REPORTS.c.for_period,
    REPORTS.c.received_at,
    REPORTS.c.author_id,
    REPORTS.c.corrects_id,
    REPORTS.c.status,
    REPORTS.c.accepted_at,
    REPORTS.c.ended_at,
    REPORTS.c.reason,
    REPORTS.c.approved_at,
    REPORTS.c.approved_by,
    REPORTS.c.checked_at,
    REPORTS.c.checked_by,
    REPORTS.c.published_first,
    REPORTS.c.published_last,
    REPORTS.c.published_on,
    REPORTS.c.resolved_on,
    REPORTS.c.resolution,
    REPORTS.c.behalf_source,
    REPORTS.c.behalf_on,
    REPORTS.c.behalf_by,
)


WITH_HISTORY: Select[*tuple[Any, ...]] = select(
    *REPORT_COLUMNS, REPORTS.c.said, REPORTS.c.draft_id, REPORTS.c.accepted_by, REPORTS.c.ended_by
)


def records(
    session: Session, statement: Select[*tuple[Any, ...]], values: Mapping[str, object] | None = None
) -> tuple[Record, ...]:
    return tuple(
        Record(
            number=row.id,
            report=report_of(row),
            said=row.said,
            author=row.author_id,
            draft=row.draft_id,
            accepted_by=row.accepted_by,
            ended_by=row.ended_by,
        )
        for row in session.execute(statement, values)
    )


def report_of(row: Row[*tuple[Any, ...]]) -> Report:
    """From a row that begins with the columns of _REPORT; by position, because there may be 100,000 of them."""
    (
        number,
        plan,
        task,
        subject,
        name,
        unit,
        kind,
        value,
        measure,
        approx,
        state,
        note,
        as_of,
        for_period,
        received_at,
        author,
        corrects,
        status,
        accepted_at,
        ended_at,
        reason,
        approved_at,
        approved_by,
        checked_at,
        checked_by,
        first,
        last,
        on,
        resolved_on,
        resolution,
        source,
        behalf_on,
        behalf_by,
    ) = row[: len(REPORT_COLUMNS)]
    return Report(
        id=str(number),
        subject=_subject(subject, name, plan, task),
        unit=unit,
        kind=kind,
        value=value,
        measure=measure,
        approx=approx,
        state=state,
        note=note,
        as_of=as_of,
        for_period=for_period,
        received_at=received_at,
        author=member(author),
        status=status,
        accepted_at=accepted_at,
        ended_at=ended_at,
        reason=reason,
        corrects=None if corrects is None else str(corrects),
        approved=_mark(approved_by, approved_at),
        checked=_mark(checked_by, checked_at),
        published=Published(first=first, last=last, on=on) if on else None,
        resolved=Resolution(on=resolved_on, how=resolution or "") if resolved_on else None,
        behalf=OnBehalf(source=source, on=behalf_on, by=behalf_by) if source else None,
    )


@lru_cache(maxsize=4096)
def _subject(kind: str, name: str, plan: str, task: str) -> EntryKey:
    """One value for all the reports of a subject."""
    return EntryKey(EntryKind(kind), name, plan, task)


def _mark(by: int | None, at: datetime | None) -> Mark | None:
    return None if by is None or at is None else Mark(by=member(by), at=at)
