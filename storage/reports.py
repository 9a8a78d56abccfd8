"""What units have reported: rows are added, never overwritten. What became of a report is noted once, beside it.

    pending --accept--> accepted --end--> returned or withdrawn
       \\--------------- end ---------------/

A correction is a new row that names the one it takes the place of. People are in it by their numbers only.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from knowledge.plan.key import EntryKey
from knowledge.reports.model import State, UpdateKind
from knowledge.standing.periods import month_label
from knowledge.standing.report import OnBehalf, Report, Status
from storage.report_row import REPORT_COLUMNS, REPORTS, WITH_HISTORY, Record, ReportRow, records, report_of
from storage.versions import has_changed


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
    for_period: str | None = None
    """The label of the reporting period that it counts for; None: the monthly one that `as_of` lies in."""
    author: int
    status: Status
    corrects: int | None = None
    draft: int | None = None
    behalf: OnBehalf | None = None


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
    return tuple(map(report_of, session.execute(_reports_of(frozenset(given)), given)))


@cache
def _reports_of(given: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """The statement for what is given of the arguments of `reports_of`."""
    conditions: dict[str, ColumnElement[bool]] = {
        "plan": REPORTS.c.plan == bindparam("plan"),
        "targets": tuple_(REPORTS.c.task, REPORTS.c.name).in_(bindparam("targets", expanding=True)),
        "as_of": func.coalesce(REPORTS.c.published_last, REPORTS.c.as_of) <= bindparam("as_of"),
        "known_at": REPORTS.c.received_at <= bindparam("known_at"),
    }
    return select(*REPORT_COLUMNS).where(*(conditions[name] for name in sorted(given))).order_by(REPORTS.c.id)


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
        "for_period": new.for_period or month_label(new.as_of),
        "received_at": now,
        "author_id": new.author,
        "corrects_id": new.corrects,
        "draft_id": new.draft,
        "status": new.status,
        "behalf_source": new.behalf and new.behalf.source,
        "behalf_on": new.behalf and new.behalf.on,
        "behalf_by": new.behalf and new.behalf.by,
        "accepted_at": now if new.status is Status.ACCEPTED else None,
    }


def get_record(session: Session, number: int) -> Record | None:
    found = records(session, WITH_HISTORY.where(REPORTS.c.id == number))
    return found[0] if found else None


def words_of(session: Session, numbers: Collection[int]) -> dict[int, str]:
    """The words that each of the reports was read from."""
    rows = session.execute(select(ReportRow.id, ReportRow.said).where(ReportRow.id.in_(numbers)))
    words: dict[int, str] = dict(rows.all())
    return words


def history_of(session: Session, subject: EntryKey, *, limit: int, offset: int = 0) -> tuple[Record, ...]:
    """All that was said of a subject, the last first."""
    return records(
        session,
        WITH_HISTORY.where(*_about(subject)).order_by(REPORTS.c.id.desc()).limit(limit).offset(offset),
    )


def last_by(session: Session, author: int, subject: EntryKey | None = None) -> Record | None:
    """The last report that the member made, of this subject or of any, and that still stands."""
    statement = _LAST_BY if subject is None else _LAST_BY.where(*_about(subject))
    return next(iter(records(session, statement, {"author": author})), None)


def live_by(session: Session, author: int, *, since: datetime, limit: int) -> tuple[Record, ...]:
    """The member's reports received from `since` on that still stand, the last first."""
    live = REPORTS.c.status.in_((Status.ACCEPTED, Status.PENDING))
    wanted = (REPORTS.c.author_id == author, live, REPORTS.c.received_at >= since)
    return records(session, WITH_HISTORY.where(*wanted).order_by(REPORTS.c.id.desc()).limit(limit))


def made_by(session: Session, author: int, *, since: datetime, limit: int) -> tuple[Record, ...]:
    """The member's reports received from `since` on, whatever became of them, the last first."""
    wanted = (REPORTS.c.author_id == author, REPORTS.c.received_at >= since)
    return records(session, WITH_HISTORY.where(*wanted).order_by(REPORTS.c.id.desc()).limit(limit))


def returned_of(session: Session, plan: str, unit: str, *, since: datetime) -> tuple[Record, ...]:
    """The unit's reports, returned from `since` on, that no later one has taken the place of; the last first."""
    later = REPORTS.alias()
    again = select(later.c.id).where(
        *(later.c[key] == REPORTS.c[key] for key in ("plan", "task", "name", "subject", "unit")),
        later.c.id > REPORTS.c.id,
        later.c.status.in_((Status.ACCEPTED, Status.PENDING)),
    )
    wanted = (
        REPORTS.c.plan == plan,
        REPORTS.c.unit == unit,
        REPORTS.c.status == Status.RETURNED,
        REPORTS.c.ended_at >= since,
        ~again.exists(),
    )
    return records(session, WITH_HISTORY.where(*wanted).order_by(REPORTS.c.id.desc()))


def of_draft(session: Session, draft: int) -> tuple[Record, ...]:
    """The reports that were confirmed in a draft."""
    return records(session, WITH_HISTORY.where(REPORTS.c.draft_id == draft).order_by(REPORTS.c.id))


def pending_of(session: Session, plan: str) -> tuple[Record, ...]:
    """What waits for the owner or the office, the oldest first."""
    waiting = (REPORTS.c.plan == plan, REPORTS.c.status == Status.PENDING)
    return records(session, WITH_HISTORY.where(*waiting).order_by(REPORTS.c.id))


def _about(subject: EntryKey) -> tuple[ColumnElement[bool], ...]:
    return (
        REPORTS.c.plan == subject.plan,
        REPORTS.c.task == subject.task,
        REPORTS.c.name == subject.name,
        REPORTS.c.subject == subject.kind,
    )


_LAST_BY = (
    WITH_HISTORY.where(
        REPORTS.c.author_id == bindparam("author"), REPORTS.c.status.in_((Status.ACCEPTED, Status.PENDING))
    )
    .order_by(REPORTS.c.id.desc())
    .limit(1)
)
_ADD = REPORTS.insert().returning(REPORTS.c.id, sort_by_parameter_order=True)
