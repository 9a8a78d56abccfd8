"""What becomes of a stored report: accepted, ended, approved, checked, each noted once beside it."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Result,
    and_,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from knowledge.reports.model import State, UpdateKind
from knowledge.standing.history import FIGURES
from knowledge.standing.report import Status
from storage.report_row import REPORTS, WITH_HISTORY, Record, ReportRow, records
from storage.versions import has_changed


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
    return records(session, WITH_HISTORY.where(*_to_approve(plan, unit)).order_by(REPORTS.c.id))


def approve(session: Session, plan: str, unit: str, *, by: int, now: datetime, last: int, first: int = 0) -> int:
    """The head stands for the unit's figures with numbers from `first` to `last`, which were shown; how many."""
    changed = session.execute(
        update(ReportRow)
        .where(*_to_approve(plan, unit), ReportRow.id.between(first, last))
        .values(approved_at=now, approved_by=by)
        .returning(*_SUBJECT)
    )
    return _noted(session, changed)


def unchecked_of(session: Session, plan: str) -> tuple[Record, ...]:
    """The plan's figures that nobody has checked, the oldest first; what is published by a certifier needs no check."""
    waiting = (REPORTS.c.plan == plan, REPORTS.c.checked_at.is_(None), REPORTS.c.published_on.is_(None))
    return records(session, WITH_HISTORY.where(*_current_figures(), *waiting).order_by(REPORTS.c.id))


def check(session: Session, numbers: Collection[int], *, by: int, now: datetime) -> frozenset[int]:
    """A supervisor has checked these figures (核实); which of them: not what does not count or is checked already."""
    changed = session.execute(
        update(ReportRow)
        .where(ReportRow.id.in_(numbers), ReportRow.status == Status.ACCEPTED, ReportRow.checked_at.is_(None))
        .values(checked_at=now, checked_by=by)
        .returning(ReportRow.id, *_SUBJECT)
    )
    return _numbers(session, changed)


def uncheck(session: Session, numbers: Collection[int], *, since: datetime) -> frozenset[int]:
    """Take back the check of these that were checked from `since` on; which of them."""
    changed = session.execute(
        update(ReportRow)
        .where(ReportRow.id.in_(numbers), ReportRow.checked_at >= since)
        .values(checked_at=None, checked_by=None)
        .returning(ReportRow.id, *_SUBJECT)
    )
    return _numbers(session, changed)


def _numbers(session: Session, changed: Result[int, str, str, str]) -> frozenset[int]:
    """Which reports were changed; their subjects are given new versions."""
    rows = changed.all()
    if rows:
        has_changed(session, [(plan, task, name) for _, plan, task, name in rows])
    return frozenset(number for number, *_ in rows)


def resolve(session: Session, number: int, *, on: date, how: str) -> bool:
    """A problem is settled, or a stop found excused; False if it does not count or that was noted already."""
    changed = session.execute(
        update(ReportRow)
        .where(
            ReportRow.id == number,
            ReportRow.status == Status.ACCEPTED,
            ReportRow.resolved_on.is_(None),
            or_(ReportRow.kind == UpdateKind.PROBLEM, ReportRow.state == State.BLOCKED),
        )
        .values(resolved_on=on, resolution=how)
        .returning(*_SUBJECT)
    )
    return _noted(session, changed) > 0


def reopen(session: Session, number: int) -> bool:
    """It is not so: the problem is open again, the stop counts as before; False if nothing was noted."""
    changed = session.execute(
        update(ReportRow)
        .where(ReportRow.id == number, ReportRow.resolved_on.is_not(None))
        .values(resolved_on=None, resolution=None)
        .returning(*_SUBJECT)
    )
    return _noted(session, changed) > 0


def _noted(session: Session, changed: Result[str, str, str]) -> int:
    """How many reports were changed; their subjects are given new versions."""
    subjects = [(plan, task, name) for plan, task, name in changed]
    if subjects:
        has_changed(session, subjects)
    return len(subjects)


def _to_approve(plan: str, unit: str) -> tuple[ColumnElement[bool], ...]:
    return (
        *_current_figures(),
        REPORTS.c.plan == plan,
        REPORTS.c.unit == unit,
        REPORTS.c.approved_at.is_(None),
    )


def _current_figures() -> tuple[ColumnElement[bool], ...]:
    """What a correction or a newer figure of the same has taken the place of is nobody's figure any more."""
    newer = REPORTS.alias()
    replaced = select(newer.c.id).where(
        *(newer.c[key] == REPORTS.c[key] for key in ("plan", "task", "name", "subject", "unit")),
        newer.c.status == Status.ACCEPTED,
        newer.c.kind != UpdateKind.INCREMENT,
        or_(newer.c.kind == REPORTS.c.kind, newer.c.kind == UpdateKind.READING),
        or_(newer.c.as_of > REPORTS.c.as_of, and_(newer.c.as_of == REPORTS.c.as_of, newer.c.id > REPORTS.c.id)),
    )
    correction = REPORTS.alias()
    corrected = select(correction.c.id).where(
        correction.c.corrects_id == REPORTS.c.id, correction.c.status == Status.ACCEPTED
    )
    return (
        ~corrected.exists(),
        ~replaced.exists(),
        REPORTS.c.status == Status.ACCEPTED,
        REPORTS.c.kind.in_(FIGURES),
    )


_SUBJECT = (ReportRow.plan, ReportRow.task, ReportRow.name)
