"""What a person is about to report: shown, changed, and confirmed one by one before anything is stored for good.

A draft belongs to one person in one private chat. Each change raises its version, so that a button made for an
earlier one finds out; a newer draft takes the place of an open one.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ForeignKey, Index, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, JsonObject, RowId, TelegramId
from storage.chats import ChatRow, PersonRow


class DraftRow(Base):
    __tablename__ = "drafts"

    id: Mapped[RowId]
    chat_id: Mapped[TelegramId] = mapped_column(ForeignKey(ChatRow.id))
    person_id: Mapped[TelegramId] = mapped_column(ForeignKey(PersonRow.id))
    message_id: Mapped[TelegramId | None] = mapped_column(comment="the message that it was read from")
    version: Mapped[int]
    content: Mapped[JsonObject] = mapped_column(comment="the draft as JSON")
    open: Mapped[bool]
    expires_at: Mapped[datetime]

    __table_args__ = (Index(None, "chat_id", "person_id"), NEVER_AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A stored draft."""

    id: int
    chat: int
    person: int
    message: int | None
    version: int
    content: JsonObject


def open_draft(
    session: Session, *, chat_id: int, person_id: int, message_id: int | None, content: JsonObject, expires_at: datetime
) -> Kept:
    """Begin a draft; the person's open one in this chat is closed."""
    mine = (DraftRow.chat_id == chat_id, DraftRow.person_id == person_id, DraftRow.open)
    session.execute(update(DraftRow).where(*mine).values(open=False, content={}))
    row = DraftRow(
        chat_id=chat_id,
        person_id=person_id,
        message_id=message_id,
        version=1,
        content=content,
        open=True,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return _value(row)


def take_draft(session: Session, number: int, *, version: int, person_id: int, now: datetime) -> Kept | None:
    """The person's open draft in this version, locked until the transaction ends; None for any other."""
    row = session.scalar(
        select(DraftRow)
        .where(
            DraftRow.id == number,
            DraftRow.version == version,
            DraftRow.person_id == person_id,
            DraftRow.open,
            DraftRow.expires_at > now,
        )
        .with_for_update()
    )
    return None if row is None else _value(row)


def current_draft(session: Session, *, chat_id: int, person_id: int, now: datetime) -> Kept | None:
    """The person's open draft in this chat."""
    row = session.scalar(
        select(DraftRow).where(
            DraftRow.chat_id == chat_id,
            DraftRow.person_id == person_id,
            DraftRow.open,
            DraftRow.expires_at > now,
        )
    )
    return None if row is None else _value(row)


def draft_of_message(session: Session, *, chat_id: int, message_id: int) -> tuple[int, bool] | None:
    """The number of the last draft that was read from a message, and whether it is open."""
    row = session.scalar(
        select(DraftRow)
        .where(DraftRow.chat_id == chat_id, DraftRow.message_id == message_id)
        .order_by(DraftRow.id.desc())
        .limit(1)
    )
    return None if row is None else (row.id, row.open)


def change_draft(session: Session, kept: Kept, content: JsonObject, *, expires_at: datetime) -> Kept:
    """Replace what a draft that was taken says, under its next version."""
    session.execute(
        update(DraftRow)
        .where(DraftRow.id == kept.id)
        .values(version=kept.version + 1, content=content, expires_at=expires_at)
    )
    return replace(kept, version=kept.version + 1, content=content)


def close_draft(session: Session, kept: Kept) -> None:
    """Confirmed to the end, or cancelled: what it said is kept nowhere else."""
    session.execute(update(DraftRow).where(DraftRow.id == kept.id).values(open=False, content={}))


def forget_drafts(session: Session, *, expired_before: datetime) -> None:
    session.execute(delete(DraftRow).where(DraftRow.expires_at < expired_before))


def _value(row: DraftRow) -> Kept:
    return Kept(
        id=row.id,
        chat=row.chat_id,
        person=row.person_id,
        message=row.message_id,
        version=row.version,
        content=row.content,
    )
