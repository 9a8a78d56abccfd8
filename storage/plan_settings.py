"""What the office sets of a plan's time: its period, and the days of its monthly meetings.

A period is never changed, only followed by another row. A meeting keeps its number when it is moved, so that what
hangs on it moves too; where it was before stands in the audit.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, RowId, table_of
from storage.people import MemberRow


class PlanPeriodRow(Base):
    __tablename__ = "plan_periods"

    id: Mapped[RowId]
    plan: Mapped[str]
    first: Mapped[date | None] = mapped_column(comment="null: cleared, as last is")
    last: Mapped[date | None]
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))

    __table_args__ = (Index(None, "plan"), NEVER_AGAIN)


class MeetingRow(Base):
    __tablename__ = "meetings"

    id: Mapped[RowId]
    plan: Mapped[str]
    day: Mapped[date]
    at: Mapped[time | None] = mapped_column(comment="local time")
    place: Mapped[str]
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))
    ended_at: Mapped[datetime | None] = mapped_column(comment="cancelled")

    __table_args__ = (Index(None, "plan", "day"), NEVER_AGAIN)


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """When a plan begins and ends, as the office says; both days are inside."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """When and where a meeting is; what nobody said is None or empty."""

    day: date
    at: time | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    id: int
    when: MeetingTime

    @property
    def day(self) -> date:
        return self.when.day


def period_of(session: Session, plan: str) -> PlanPeriod | None:
    """The period in force; None where the office has set none."""
    row = session.execute(_PERIOD, {"plan": plan}).one_or_none()
    return PlanPeriod(*row) if row and all(row) else None


_PERIODS = table_of(PlanPeriodRow)
_PERIOD = (
    select(_PERIODS.c.first, _PERIODS.c.last)
    .where(_PERIODS.c.plan == bindparam("plan"))
    .order_by(_PERIODS.c.id.desc())
    .limit(1)
)


def set_period(session: Session, plan: str, period: PlanPeriod | None, *, by: int, now: datetime) -> None:
    """None clears it."""
    first, last = (period.start, period.end) if period else (None, None)
    session.add(PlanPeriodRow(plan=plan, first=first, last=last, set_at=now, set_by=by))
    session.flush()


def meetings_of(session: Session, plan: str, since: date) -> tuple[Meeting, ...]:
    """The meetings from a day on, it included, that are not cancelled, the next first."""
    rows = session.scalars(
        select(MeetingRow)
        .where(MeetingRow.plan == plan, MeetingRow.day >= since, MeetingRow.ended_at.is_(None))
        .order_by(MeetingRow.day, MeetingRow.id)
    )
    return tuple(map(_meeting, rows))


def get_meeting(session: Session, plan: str, number: int) -> tuple[Meeting, bool] | None:
    """A meeting and whether it is to be held; None where the plan has none of that number."""
    row = _row(session, plan, number)
    return (_meeting(row), row.ended_at is None) if row else None


def add_meeting(session: Session, plan: str, when: MeetingTime, *, by: int, now: datetime) -> int:
    row = MeetingRow(plan=plan, day=when.day, at=when.at, place=when.place, set_at=now, set_by=by)
    session.add(row)
    session.flush()
    return row.id


def change_meeting(session: Session, plan: str, number: int, when: MeetingTime, *, by: int, now: datetime) -> None:
    """Hold it then; one that was cancelled is held again."""
    if row := _row(session, plan, number):
        row.day, row.at, row.place = when.day, when.at, when.place
        row.set_at, row.set_by, row.ended_at = now, by, None
        session.flush()


def cancel_meeting(session: Session, plan: str, number: int, *, by: int, now: datetime) -> None:
    if row := _row(session, plan, number):
        row.set_by, row.ended_at = by, now
        session.flush()


def _row(session: Session, plan: str, number: int) -> MeetingRow | None:
    return session.scalar(select(MeetingRow).where(MeetingRow.id == number, MeetingRow.plan == plan))


def _meeting(row: MeetingRow) -> Meeting:
    return Meeting(row.id, MeetingTime(row.day, row.at, row.place))
