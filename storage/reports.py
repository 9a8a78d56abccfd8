"""What units have reported: rows are added, never overwritten. What became of a report is noted once, beside it.

    pending --accept--> accepted --end--> returned or withdrawn
       \\--------------- end ---------------/

A correction is a new row that names the one it takes the place of. People are in it by their numbers only.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Enum,
    ForeignKey,
    Index,
    Result,
    Row,
    Select,
    bindparam,
    func,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reports.model import REPORTED, State, UpdateKind
from knowledge.standing.report import Mark, Published, Report, Status
from storage.audit import member
from storage.base import NEVER_AGAIN, Base, RowId, table_of
from storage.people import MemberRow
from storage.versions import has_changed

_IS_PENDING = "status = 'pending'"


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
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """A confirmed report before it has a number; the values as in Report."""

    subject: EntryKey
    unit: str
    kind: UpdateKind
    value: Decimal | None = None
    measure: str | None = None
    approx: bool = False
    state: State | None = None
    note: str = ""
    said: str
    as_of: date
    author: int
    status: Status
    corrects: int | None = None
    draft: int | None = None


def reports_of(
    session: Session,
    plan: str,
    *,
    targets: Collection[tuple[str, str]] | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> tuple[Report, ...]:
    """The plan's reports in order of arrival, whatever became of them; one statement.

    `targets` are (task, name) of the subjects wanted, None for all; `as_of` keeps what speaks of days up to it,
    `known_at` what had been received by then. `knowledge.standing.report.counted` says which of them count.
    """
    if targets is not None and not targets:
        return ()
    wanted = {"plan": plan, "targets": targets and sorted(targets), "as_of": as_of, "known_at": known_at}
    given = {name: value for name, value in wanted.items() if value is not None}
    return tuple(map(_report, session.execute(_reports_of(frozenset(given)), given)))


@cache
def _reports_of(given: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """The statement for what is given of the arguments of `reports_of`."""
    conditions: dict[str, ColumnElement[bool]] = {
        "plan": _REPORTS.c.plan == bindparam("plan"),
        "targets": tuple_(_REPORTS.c.task, _REPORTS.c.name).in_(bindparam("targets", expanding=True)),
        "as_of": func.coalesce(_REPORTS.c.published_last, _REPORTS.c.as_of) <= bindparam("as_of"),
        "known_at": _REPORTS.c.received_at <= bindparam("known_at"),
    }
    return select(*_REPORT).where(*(conditions[name] for name in sorted(given))).order_by(_REPORTS.c.id)


def add_report(session: Session, new: NewReport, *, now: datetime) -> int:
    """Keep a report and return its number; an accepted one counts from `now`."""
    return add_reports(session, [new], now=now)[0]


def add_reports(session: Session, new: Iterable[NewReport], *, now: datetime) -> tuple[int, ...]:
    """Keep them in one statement and return their numbers, in order."""
    rows = [_row(one, now) for one in new]
    if not rows:
        return ()
    numbers = tuple(session.scalars(_ADD, rows))
    has_changed(session, [(row["plan"], row["task"], row["name"]) for row in rows])
    return numbers


def _row(new: NewReport, now: datetime) -> dict[str, Any]:
    return {
        "plan": new.subject.plan,
        "task": new.subject.task,
        "subject": new.subject.kind,
        "name": new.subject.name,
        "unit": new.unit,
        "kind": new.kind,
        "value": new.value,
        "measure": new.measure,
        "approx": new.approx,
        "state": new.state,
        "note": new.note,
        "said": new.said,
        "as_of": new.as_of,
        "received_at": now,
        "author_id": new.author,
        "corrects_id": new.corrects,
        "draft_id": new.draft,
        "status": new.status,
        "accepted_at": now if new.status is Status.ACCEPTED else None,
    }


def get_record(session: Session, number: int) -> Record | None:
    found = _records(session, _WHOLE.where(_REPORTS.c.id == number))
    return found[0] if found else None


def words_of(session: Session, numbers: Collection[int]) -> dict[int, str]:
    """The words that each of the reports was read from."""
    rows = session.execute(select(ReportRow.id, ReportRow.said).where(ReportRow.id.in_(numbers)))
    words: dict[int, str] = dict(rows.all())
    return words


def history_of(session: Session, subject: EntryKey, *, limit: int, offset: int = 0) -> tuple[Record, ...]:
    """All that was said of a subject, the last first."""
    return _records(
        session,
        _WHOLE.where(*_about(subject)).order_by(_REPORTS.c.id.desc()).limit(limit).offset(offset),
    )


def last_by(session: Session, author: int, subject: EntryKey | None = None) -> Record | None:
    """The last report that the member made, of this subject or of any, and that still stands."""
    statement = _LAST_BY if subject is None else _LAST_BY.where(*_about(subject))
    return next(iter(_records(session, statement, {"author": author})), None)


def live_by(session: Session, author: int, *, since: datetime, limit: int) -> tuple[Record, ...]:
    """The member's reports received from `since` on that still stand, the last first."""
    live = _REPORTS.c.status.in_((Status.ACCEPTED, Status.PENDING))
    wanted = (_REPORTS.c.author_id == author, live, _REPORTS.c.received_at >= since)
    return _records(session, _WHOLE.where(*wanted).order_by(_REPORTS.c.id.desc()).limit(limit))


def of_draft(session: Session, draft: int) -> tuple[Record, ...]:
    """The reports that were confirmed in a draft."""
    return _records(session, _WHOLE.where(_REPORTS.c.draft_id == draft).order_by(_REPORTS.c.id))


def pending_of(session: Session, plan: str) -> tuple[Record, ...]:
    """What waits for the owner or the office, the oldest first."""
    waiting = (_REPORTS.c.plan == plan, _REPORTS.c.status == Status.PENDING)
    return _records(session, _WHOLE.where(*waiting).order_by(_REPORTS.c.id))


def accept(session: Session, number: int, *, by: int, now: datetime) -> bool:
    """Let a pending report count; False if it is not pending any more."""
    changed = session.execute(
        update(ReportRow)
        .where(ReportRow.id == number, ReportRow.status == Status.PENDING)
        .values(status=Status.ACCEPTED, accepted_at=now, accepted_by=by)
        .returning(*_SUBJECT)
    )
    return _noted(session, changed) > 0


def end(session: Session, number: int, status: Status, *, by: int, now: datetime, reason: str | None = None) -> bool:
    """Return or withdraw a report; False if that had been done already. `reason` goes with a return."""
    changed = session.execute(
        update(ReportRow)
        .where(ReportRow.id == number, ReportRow.status.in_((Status.PENDING, Status.ACCEPTED)))
        .values(status=status, ended_at=now, ended_by=by, reason=reason)
        .returning(*_SUBJECT)
    )
    return _noted(session, changed) > 0


def unapproved_of(session: Session, plan: str, unit: str) -> tuple[Record, ...]:
    """The unit's accepted figures that its head has not stood for, the oldest first."""
    return _records(session, _WHOLE.where(*_to_approve(plan, unit)).order_by(_REPORTS.c.id))


def approve_all(session: Session, plan: str, unit: str, *, by: int, up_to: int, now: datetime) -> int:
    """The head stands for the unit's figures with numbers up to `up_to`, the last that was shown; how many."""
    changed = session.execute(
        update(ReportRow)
        .where(*_to_approve(plan, unit), ReportRow.id <= up_to)
        .values(approved_at=now, approved_by=by)
        .returning(*_SUBJECT)
    )
    return _noted(session, changed)


def check(session: Session, number: int, *, by: int, now: datetime) -> bool:
    """A supervisor has checked the figure (核实); False if it does not count or is checked already."""
    changed = session.execute(
        update(ReportRow)
        .where(ReportRow.id == number, ReportRow.status == Status.ACCEPTED, ReportRow.checked_at.is_(None))
        .values(checked_at=now, checked_by=by)
        .returning(*_SUBJECT)
    )
    return _noted(session, changed) > 0


_SUBJECT = (ReportRow.plan, ReportRow.task, ReportRow.name)


def _noted(session: Session, changed: Result[str, str, str]) -> int:
    """How many reports were changed; their subjects are given new versions."""
    subjects = [(plan, task, name) for plan, task, name in changed]
    if subjects:
        has_changed(session, subjects)
    return len(subjects)


def _to_approve(plan: str, unit: str) -> tuple[ColumnElement[bool], ...]:
    """What a correction that counts has taken the place of is nobody's figure any more."""
    correction = _REPORTS.alias()
    corrected = select(correction.c.id).where(
        correction.c.corrects_id == _REPORTS.c.id, correction.c.status == Status.ACCEPTED
    )
    return (
        ~corrected.exists(),
        _REPORTS.c.plan == plan,
        _REPORTS.c.unit == unit,
        _REPORTS.c.status == Status.ACCEPTED,
        _REPORTS.c.approved_at.is_(None),
        _REPORTS.c.kind.in_((UpdateKind.READING, UpdateKind.PERCENT, UpdateKind.STATE, UpdateKind.INCREMENT)),
    )


def _about(subject: EntryKey) -> tuple[ColumnElement[bool], ...]:
    return (
        _REPORTS.c.plan == subject.plan,
        _REPORTS.c.task == subject.task,
        _REPORTS.c.name == subject.name,
        _REPORTS.c.subject == subject.kind,
    )


_REPORTS = table_of(ReportRow)
_REPORT = (
    _REPORTS.c.id,
    _REPORTS.c.plan,
    _REPORTS.c.task,
    _REPORTS.c.subject,
    _REPORTS.c.name,
    _REPORTS.c.unit,
    _REPORTS.c.kind,
    _REPORTS.c.value,
    _REPORTS.c.measure,
    _REPORTS.c.approx,
    _REPORTS.c.state,
    _REPORTS.c.note,
    _REPORTS.c.as_of,
    _REPORTS.c.received_at,
    _REPORTS.c.author_id,
    _REPORTS.c.corrects_id,
    _REPORTS.c.status,
    _REPORTS.c.accepted_at,
    _REPORTS.c.ended_at,
    _REPORTS.c.approved_at,
    _REPORTS.c.approved_by,
    _REPORTS.c.checked_at,
    _REPORTS.c.checked_by,
    _REPORTS.c.published_first,
    _REPORTS.c.published_last,
    _REPORTS.c.published_on,
)
_WHOLE: Select[*tuple[Any, ...]] = select(
    *_REPORT, _REPORTS.c.said, _REPORTS.c.draft_id, _REPORTS.c.accepted_by, _REPORTS.c.ended_by, _REPORTS.c.reason
)


_LAST_BY = (
    _WHOLE.where(_REPORTS.c.author_id == bindparam("author"), _REPORTS.c.status.in_((Status.ACCEPTED, Status.PENDING)))
    .order_by(_REPORTS.c.id.desc())
    .limit(1)
)
_ADD = _REPORTS.insert().returning(_REPORTS.c.id, sort_by_parameter_order=True)


def _records(
    session: Session, statement: Select[*tuple[Any, ...]], values: Mapping[str, object] | None = None
) -> tuple[Record, ...]:
    return tuple(
        Record(
            number=row.id,
            report=_report(row),
            said=row.said,
            author=row.author_id,
            draft=row.draft_id,
            accepted_by=row.accepted_by,
            ended_by=row.ended_by,
            reason=row.reason,
        )
        for row in session.execute(statement, values)
    )


def _report(row: Row[*tuple[Any, ...]]) -> Report:
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
        received_at,
        author,
        corrects,
        status,
        accepted_at,
        ended_at,
        approved_at,
        approved_by,
        checked_at,
        checked_by,
        first,
        last,
        on,
    ) = row[: len(_REPORT)]
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
        received_at=received_at,
        author=member(author),
        status=status,
        accepted_at=accepted_at,
        ended_at=ended_at,
        corrects=None if corrects is None else str(corrects),
        approved=_mark(approved_by, approved_at),
        checked=_mark(checked_by, checked_at),
        published=Published(first=first, last=last, on=on) if on else None,
    )


@lru_cache(maxsize=4096)
def _subject(kind: str, name: str, plan: str, task: str) -> EntryKey:
    """One value for all the reports of a subject."""
    return EntryKey(EntryKind(kind), name, plan, task)


def _mark(by: int | None, at: datetime | None) -> Mark | None:
    return None if by is None or at is None else Mark(by=member(by), at=at)
