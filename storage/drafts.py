"""What a person is about to report: shown, changed, and confirmed one by one before anything is stored for good.

A draft belongs to one person in one private chat. Each change raises its version, so that a button made for an
earlier one finds out. Several may be open: what is typed is for the newest.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Row, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, JsonObject, LongInteger, RowId, add, table_of
from storage.chats import ChatRow, PersonRow


class DraftRow(Base):
    __tablename__ = "drafts"

    id: Mapped[RowId]
    chat_id: Mapped[LongInteger] = mapped_column(ForeignKey(ChatRow.id))
    person_id: Mapped[LongInteger] = mapped_column(ForeignKey(PersonRow.id))
    message_id: Mapped[LongInteger | None] = mapped_column(comment="the message that it was read from")
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
    """Begin a draft."""
    draft = {"chat_id": chat_id, "person_id": person_id, "message_id": message_id, "version": 1, "content": content}
    number = add(session, DraftRow, {**draft, "open": True, "expires_at": expires_at})
    return Kept(id=number, chat=chat_id, person=person_id, message=message_id, version=1, content=content)


def take_draft(session: Session, number: int, *, version: int, person_id: int, now: datetime) -> Kept | None:
    """The person's open draft in this version, locked until the transaction ends; None for any other."""
    wanted = {"number": number, "version": version, "person": person_id, "now": now}
    return _value(session.execute(_TAKE, wanted).first())


def open_drafts(session: Session, *, chat_id: int, person_id: int, now: datetime) -> tuple[Kept, ...]:
    """The person's open drafts in this chat, the newest first."""
    rows = session.execute(_OPEN, {"chat": chat_id, "person": person_id, "now": now}).all()
    return tuple(one for one in map(_value, rows) if one is not None)


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
    changed = replace(kept, version=kept.version + 1, content=content)
    new = {"version": changed.version, "content": content, "expires_at": expires_at}
    session.execute(_CHANGE, {"number": kept.id, **new})
    return changed


def close_draft(session: Session, kept: Kept) -> None:
    """Confirmed to the end, or cancelled: what it said is kept nowhere else."""
    session.execute(_CHANGE, {"number": kept.id, **_CLOSED})


def forget_drafts(session: Session, *, expired_before: datetime) -> None:
    session.execute(delete(DraftRow).where(DraftRow.expires_at < expired_before))


_DRAFTS = table_of(DraftRow)
_OPEN_IN_CHAT = (_DRAFTS.c.chat_id == bindparam("chat"), _DRAFTS.c.person_id == bindparam("person"), _DRAFTS.c.open)
_OPEN = select(_DRAFTS).where(*_OPEN_IN_CHAT, _DRAFTS.c.expires_at > bindparam("now")).order_by(_DRAFTS.c.id.desc())
_TAKE = (
    select(_DRAFTS)
    .where(
        _DRAFTS.c.id == bindparam("number"),
        _DRAFTS.c.version == bindparam("version"),
        _DRAFTS.c.person_id == bindparam("person"),
        _DRAFTS.c.open,
        _DRAFTS.c.expires_at > bindparam("now"),
    )
    .with_for_update()
)
_CHANGE = update(_DRAFTS).where(_DRAFTS.c.id == bindparam("number"))
_CLOSED: JsonObject = {"open": False, "content": {}}


def _value(row: Row[*tuple[Any, ...]] | None) -> Kept | None:
    if row is None:
        return None
    return Kept(
        id=row.id,
        chat=row.chat_id,
        person=row.person_id,
        message=row.message_id,
        version=row.version,
        content=row.content,
    )
