"""The office's table of days: which are worked otherwise than the State Council arranged. One row a change.

It holds for every plan. What was put back is a row too: the last row of a day counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.reminders.workdays import WorkDays
from storage.base import NEVER_AGAIN, Base, RowId
from storage.people import MemberRow


class WorkDayRow(Base):
    __tablename__ = "work_days"

    id: Mapped[RowId]
    day: Mapped[date]
    working: Mapped[bool | None] = mapped_column(comment="null: as the State Council arranged it")
    note: Mapped[str] = mapped_column(comment="the holiday's name")
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))

    __table_args__ = (Index(None, "day"), NEVER_AGAIN)


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """What the office says of a day; `name` is the holiday's, where one was given."""

    working: bool
    name: str = ""


def office_days(session: Session) -> dict[date, OfficeDay]:
    """The days that the office set, in order."""
    rows = session.execute(select(WorkDayRow.day, WorkDayRow.working, WorkDayRow.note).order_by(WorkDayRow.id))
    last = {day: (working, note) for day, working, note in rows}
    return {day: OfficeDay(working, note) for day, (working, note) in sorted(last.items()) if working is not None}


def workdays_of(session: Session) -> WorkDays:
    """The calendar in force."""
    return WorkDays({day: one.working for day, one in office_days(session).items()})


def set_days(session: Session, days: Mapping[date, OfficeDay | None], *, by: int, now: datetime) -> None:
    """Let days be worked or not; None puts one back to what the State Council arranged."""
    session.add_all(
        WorkDayRow(day=day, working=one and one.working, note=one.name if one else "", set_at=now, set_by=by)
        for day, one in sorted(days.items())
    )
    session.flush()


def last_change(session: Session) -> int:
    """The number of the table's last change, 0 where there is none."""
    return session.scalar(select(func.max(WorkDayRow.id))) or 0
