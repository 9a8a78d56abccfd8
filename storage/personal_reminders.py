"""Reminders that people made for themselves, or asked for again later."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, cast, delete, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, RowId
from storage.people import MemberRow
from storage.schedule import ScheduleRow

_OPEN = "ended_at IS NULL"


class PersonalRow(Base):
    __tablename__ = "personal_reminders"

    id: Mapped[RowId]
    plan: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))
    words: Mapped[str] = mapped_column(comment="what to be reminded of, in the person's words")
    at: Mapped[datetime] = mapped_column(comment="plan time")
    item_id: Mapped[int | None] = mapped_column(BigInteger, comment="the message told again: one of its items")
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(comment="done or called off")

    __table_args__ = (
        Index("ix_personal_reminders_open", "member_id", sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
        NEVER_AGAIN,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    id: int
    plan: str
    member: int
    words: str
    at: datetime
    item: int | None


def add_personal(
    session: Session, *, plan: str, member: int, words: str, at: datetime, item: int | None = None, now: datetime
) -> int:
    """Keep a reminder for plan time `at`; its row of the schedule is the caller's."""
    row = PersonalRow(plan=plan, member_id=member, words=words, at=at, item_id=item, created_at=now)
    session.add(row)
    session.flush()
    return row.id


def end_personal(session: Session, number: int, member: int, *, now: datetime) -> Personal | None:
    """Done or called off by its owner; None where it is not theirs, or has ended."""
    row = session.scalar(
        update(PersonalRow)
        .where(PersonalRow.id == number, PersonalRow.member_id == member, PersonalRow.ended_at.is_(None))
        .values(ended_at=now)
        .returning(PersonalRow)
    )
    return None if row is None else _value(row)


def end_told_again(session: Session, item: int, member: int, *, now: datetime) -> tuple[Personal, ...]:
    """Call off what is to be told again of the message with this item, or was; what it was."""
    ended = session.scalars(
        update(PersonalRow)
        .where(PersonalRow.item_id == item, PersonalRow.member_id == member, PersonalRow.ended_at.is_(None))
        .values(ended_at=now)
        .returning(PersonalRow)
    )
    return tuple(map(_value, ended))


def forget_personal(session: Session, member: int) -> None:
    """Drop the member's reminders with their words, and what the schedule holds of them."""
    own = select(cast(PersonalRow.id, String)).where(PersonalRow.member_id == member)
    session.execute(delete(ScheduleRow).where(ScheduleRow.rule == "personal", ScheduleRow.subject.in_(own)))
    session.execute(delete(PersonalRow).where(PersonalRow.member_id == member))


def personal_of(session: Session, member: int) -> tuple[Personal, ...]:
    """The member's open reminders, the next first."""
    rows = session.scalars(
        select(PersonalRow)
        .where(PersonalRow.member_id == member, PersonalRow.ended_at.is_(None))
        .order_by(PersonalRow.at, PersonalRow.id)
    )
    return tuple(map(_value, rows))


def open_personal(session: Session, plan: str, since: datetime) -> tuple[Personal, ...]:
    """Those for plan time `since` and later."""
    wanted = (PersonalRow.plan == plan, PersonalRow.ended_at.is_(None), PersonalRow.at >= since)
    rows = session.scalars(select(PersonalRow).where(*wanted).order_by(PersonalRow.id))
    return tuple(map(_value, rows))


def get_personal(session: Session, numbers: Collection[int]) -> dict[int, Personal]:
    """Those of the numbers that are there, ended ones too."""
    rows = session.scalars(select(PersonalRow).where(PersonalRow.id.in_(numbers)))
    return {row.id: _value(row) for row in rows}


def _value(row: PersonalRow) -> Personal:
    return Personal(id=row.id, plan=row.plan, member=row.member_id, words=row.words, at=row.at, item=row.item_id)
