"""What is to be told when: one row for each rule about a subject, with its next time. What it tells are items.

Due times are plan time, the rest is machine time.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import UniqueConstraint, delete, or_, select, text, tuple_, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, RowId, insert

TICK_LOCK = 0x7469_636B
"""With the table's own number the key of PostgreSQL's advisory lock for the tick: "tick". Databases of several bots in
one server may be schemas of one database, which share such locks."""

RowKey = tuple[str, str, str]
"""(plan, rule, subject)."""


class ScheduleRow(Base):
    __tablename__ = "schedule"

    id: Mapped[RowId]
    plan: Mapped[str]
    rule: Mapped[str]
    subject: Mapped[str] = mapped_column(comment="a target as task/name, a frequency, a meeting's day, a number")
    next_due: Mapped[datetime] = mapped_column(index=True, comment="plan time")
    occurrence: Mapped[str] = mapped_column(comment="which of the rule's occasions is next")
    held_until: Mapped[datetime | None] = mapped_column(comment="plan time; it raised and is tried again then")

    __table_args__ = (UniqueConstraint("plan", "rule", "subject"), NEVER_AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledRule:
    """A rule about a subject, with its next due time."""

    plan: str
    rule: str
    subject: str
    next_due: datetime
    occurrence: str

    @property
    def key(self) -> RowKey:
        return self.plan, self.rule, self.subject

    @property
    def rule_and_subject(self) -> tuple[str, str]:
        return self.rule, self.subject


def take_the_tick(session: Session) -> bool:
    """Be the only one to tick until the transaction ends; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    lock = text("SELECT pg_try_advisory_xact_lock(:key, 'schedule'::regclass::oid::int4)")
    return bool(session.scalar(lock, {"key": TICK_LOCK}))


def due_rows(session: Session, now: datetime, *, limit: int) -> tuple[ScheduledRule, ...]:
    """Rows due by plan time `now`, the earliest first."""
    free = or_(ScheduleRow.held_until.is_(None), ScheduleRow.held_until <= now)
    due = select(ScheduleRow).where(ScheduleRow.next_due <= now, free)
    found = session.scalars(due.order_by(ScheduleRow.next_due, ScheduleRow.id).limit(limit))
    return tuple(map(_row, found))


def hold_row(session: Session, row: ScheduledRule, until: datetime) -> None:
    """Leave a row alone for a while (plan time): it could not be expanded."""
    session.execute(
        update(ScheduleRow)
        .where(ScheduleRow.plan == row.plan, ScheduleRow.rule == row.rule, ScheduleRow.subject == row.subject)
        .values(held_until=until)
    )


def rows_of(session: Session, plan: str) -> dict[RowKey, ScheduledRule]:
    """The plan's rows."""
    return {row.key: row for row in map(_row, session.scalars(select(ScheduleRow).where(ScheduleRow.plan == plan)))}


def put_rows(session: Session, rows: Sequence[ScheduledRule]) -> None:
    """Add the rows; those that exist get the new due time."""
    if not rows:
        return
    statement = insert(session, ScheduleRow)
    statement = statement.on_conflict_do_update(
        index_elements=["plan", "rule", "subject"],
        set_={name: statement.excluded[name] for name in ("next_due", "occurrence", "held_until")},
    )
    session.execute(
        statement,
        [
            {
                "plan": row.plan,
                "rule": row.rule,
                "subject": row.subject,
                "next_due": row.next_due,
                "occurrence": row.occurrence,
                "held_until": None,
            }
            for row in rows
        ],
    )


def drop_rows(session: Session, keys: Collection[RowKey]) -> None:
    """Rules that have no further occasion about these subjects."""
    if keys:
        named = tuple_(ScheduleRow.plan, ScheduleRow.rule, ScheduleRow.subject)
        session.execute(delete(ScheduleRow).where(named.in_(sorted(keys))))


def _row(row: ScheduleRow) -> ScheduledRule:
    return ScheduledRule(
        plan=row.plan, rule=row.rule, subject=row.subject, next_due=row.next_due, occurrence=row.occurrence
    )
