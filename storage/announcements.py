"""Announcements (通知): what the office sends to many, who is to get it, and who said 收到.

    draft --send--> sent --recall--> recalled
      \\--drop--> dropped

The messages themselves are rows of the outbox, one a recipient.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Select, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, RowId
from storage.outbox import EMPTIED, DeliveryReason, OutboxRow, OutboxState, in_state
from storage.people import MemberRow


class AnnouncementState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    RECALLED = "recalled"
    DROPPED = "dropped"


class AnnouncementRow(Base):
    __tablename__ = "announcements"

    id: Mapped[RowId]
    plan: Mapped[str]
    text: Mapped[str]
    audience: Mapped[str | None] = mapped_column(comment="in words; null until it is sent")
    state: Mapped[AnnouncementState]
    made_by: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    sent_on: Mapped[date | None] = mapped_column(comment="plan day")
    recalled_at: Mapped[datetime | None]
    recalled_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id))

    __table_args__ = (NEVER_AGAIN,)


class RecipientRow(Base):
    __tablename__ = "recipients"

    announcement_id: Mapped[int] = mapped_column(ForeignKey(AnnouncementRow.id), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey(MemberRow.id), primary_key=True)
    letter_id: Mapped[int] = mapped_column(BigInteger, comment="its message in the outbox")
    acknowledged_at: Mapped[datetime | None] = mapped_column(comment="said 收到")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    id: int
    plan: str
    text: str
    audience: str | None
    state: AnnouncementState
    made_by: int
    sent_at: datetime | None
    sent_on: date | None
    """Plan day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementDelivery:
    member: int
    chat: int | None
    letter: int
    state: OutboxState | None
    """Of the message; None where the outbox keeps it no more."""
    message: int | None
    acknowledged_at: datetime | None


def add_announcement(session: Session, plan: str, text: str, *, by: int, now: datetime) -> int:
    row = AnnouncementRow(plan=plan, text=text, state=AnnouncementState.DRAFT, made_by=by, created_at=now)
    session.add(row)
    session.flush()
    return row.id


def get_announcement(session: Session, number: int) -> Announcement | None:
    return next(iter(_announcements(session, select(AnnouncementRow).where(AnnouncementRow.id == number))), None)


def list_announcements(session: Session, plan: str, *, limit: int) -> tuple[Announcement, ...]:
    """Those that went out, the newest first."""
    gone = (AnnouncementState.SENT, AnnouncementState.RECALLED)
    wanted = select(AnnouncementRow).where(AnnouncementRow.plan == plan, AnnouncementRow.state.in_(gone))
    return _announcements(session, wanted.order_by(AnnouncementRow.id.desc()).limit(limit))


def count_receipts(
    session: Session, numbers: Collection[int], *, members: Collection[int] | None = None
) -> dict[int, tuple[int, int]]:
    """How many said 收到, and how many were written to, by announcement; of some members or of all."""
    counted = (
        select(RecipientRow.announcement_id, func.count(RecipientRow.acknowledged_at), func.count())
        .where(RecipientRow.announcement_id.in_(numbers))
        .group_by(RecipientRow.announcement_id)
    )
    if members is not None:
        counted = counted.where(RecipientRow.member_id.in_(members))
    return {number: (got, of) for number, got, of in session.execute(counted)}


def mark_sent(session: Session, number: int, *, audience: str, day: date, now: datetime) -> bool:
    """False if it is no draft any more: it is sent once. `day` is the plan's."""
    sent = {"state": AnnouncementState.SENT, "audience": audience, "sent_at": now, "sent_on": day}
    return _change(session, number, AnnouncementState.DRAFT, sent)


def drop(session: Session, number: int) -> bool:
    return _change(session, number, AnnouncementState.DRAFT, {"state": AnnouncementState.DROPPED})


def mark_recalled(session: Session, number: int, *, by: int, now: datetime) -> bool:
    """False if it was not sent, or is recalled already."""
    recalled = {"state": AnnouncementState.RECALLED, "recalled_at": now, "recalled_by": by}
    return _change(session, number, AnnouncementState.SENT, recalled)


def add_recipients(session: Session, number: int, letters: Mapping[int, int]) -> None:
    """`letters` are the numbers of the messages by member."""
    session.add_all(
        RecipientRow(announcement_id=number, member_id=member, letter_id=letter) for member, letter in letters.items()
    )
    session.flush()


def recipients_of(session: Session, number: int) -> tuple[AnnouncementDelivery, ...]:
    """Everybody who was written to, with what became of the message."""
    rows = session.execute(
        select(
            RecipientRow.member_id,
            RecipientRow.letter_id,
            RecipientRow.acknowledged_at,
            OutboxRow.chat_id,
            OutboxRow.state,
            OutboxRow.message_id,
        )
        .outerjoin(OutboxRow, OutboxRow.id == RecipientRow.letter_id)
        .where(RecipientRow.announcement_id == number)
        .order_by(RecipientRow.member_id)
    )
    return tuple(
        AnnouncementDelivery(member=member, chat=chat, letter=letter, state=state, message=message, acknowledged_at=at)
        for member, letter, at, chat, state, message in rows
    )


def acknowledge(session: Session, number: int, member: int, *, now: datetime) -> bool | None:
    """Whether this is the first 收到; None where the member was never written to."""
    own = (RecipientRow.announcement_id == number, RecipientRow.member_id == member)
    first = session.execute(
        update(RecipientRow)
        .where(*own, RecipientRow.acknowledged_at.is_(None))
        .values(acknowledged_at=now)
        .returning(RecipientRow.member_id)
    ).first()
    if first is not None:
        return True
    return False if session.scalar(select(RecipientRow.member_id).where(*own)) is not None else None


def keep_back(session: Session, number: int) -> frozenset[int]:
    """Skip the messages that have not gone out; the numbers of those of which nobody knows whether they have."""
    doubtful = _skip(session, number, OutboxState.UNCERTAIN)
    _skip(session, number, OutboxState.QUEUED, OutboxState.FAILED)
    return doubtful


def _skip(session: Session, number: int, *states: OutboxState) -> frozenset[int]:
    letters = select(RecipientRow.letter_id).where(RecipientRow.announcement_id == number)
    skipped = session.scalars(
        update(OutboxRow)
        .where(OutboxRow.id.in_(letters), in_state(*states))
        .values(state=OutboxState.SKIPPED, reason=DeliveryReason.GIVEN_UP, **EMPTIED)
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return frozenset(skipped)


def _change(session: Session, number: int, state: AnnouncementState, values: Mapping[str, object]) -> bool:
    changed = session.execute(
        update(AnnouncementRow)
        .where(AnnouncementRow.id == number, AnnouncementRow.state == state)
        .values(values)
        .returning(AnnouncementRow.id)
    )
    return changed.first() is not None


def _announcements(session: Session, statement: Select[AnnouncementRow]) -> tuple[Announcement, ...]:
    return tuple(
        Announcement(
            id=row.id,
            plan=row.plan,
            text=row.text,
            audience=row.audience,
            state=row.state,
            made_by=row.made_by,
            sent_at=row.sent_at,
            sent_on=row.sent_on,
        )
        for row in session.scalars(statement.execution_options(populate_existing=True))
    )
