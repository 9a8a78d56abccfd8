"""The inbox: every update is a row here before anything is done about it, and leaves only when it is answered.

    new --keep_effect--> effect --keep_left--> effect --mark_replied--> replied
      \\--fail, three times--> quarantined <--fail, three times--/

    store_unreadable --> quarantined, or effect --mark_replied--> quarantined

A row that is `new` after a crash is handled again, from its payload; one whose effect is stored is only sent again,
from its reply. `keep_effect` belongs into the transaction that holds the effects themselves. One that is set aside
as it comes keeps only its kind for a payload; its effect is the sentence that its sender is told. What may have ended
the program is marked while it is worked on: found so at the next start, it is set aside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Index,
    Row,
    UniqueConstraint,
    bindparam,
    case,
    false,
    literal,
    literal_column,
    null,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.dml import ReturningUpdate

from storage.base import NEVER_AGAIN, Base, JsonObject, LongInteger, RowId, add_new, table_of

ATTEMPTS = 3
NO_CHAT = 0
"""The chat of an update that belongs to none; Telegram never gives this id."""


class InboxState(StrEnum):
    NEW = "new"
    EFFECT = "effect"
    REPLIED = "replied"
    QUARANTINED = "quarantined"


UNFINISHED = (InboxState.NEW, InboxState.EFFECT)
_IS_UNFINISHED = "state IN ('new', 'effect')"


class HandledError(Exception):
    """The update has been handled meanwhile."""


class InboxRow(Base):
    __tablename__ = "inbox"

    id: Mapped[RowId]
    receiver: Mapped[str] = mapped_column(comment="the channel and the account that received it, telegram:123")
    key: Mapped[str] = mapped_column(comment="what the receiver calls it, unique for it")
    chat_id: Mapped[LongInteger] = mapped_column(comment="0: the update belongs to no chat")
    received_at: Mapped[datetime]
    state: Mapped[InboxState]
    attempts: Mapped[int] = mapped_column(comment="failed ones")
    payload: Mapped[JsonObject | None] = mapped_column(comment="the update; emptied once its effect is stored")
    reply: Mapped[list[JsonObject] | None] = mapped_column(comment="calls still to make; emptied once replied")
    error: Mapped[str | None] = mapped_column(comment="number of the last failure, as told to the person")
    at_work: Mapped[bool] = mapped_column(
        server_default=false(), comment="left over from an earlier run, and being worked on just now"
    )

    __table_args__ = (
        UniqueConstraint("receiver", "key"),
        Index(
            "ix_inbox_unfinished",
            "receiver",
            "chat_id",
            "id",
            sqlite_where=text(_IS_UNFINISHED),
            postgresql_where=text(_IS_UNFINISHED),
        ),
        NEVER_AGAIN,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An update that is not finished: `payload` while it is new, `reply` once its effect is stored."""

    id: int
    key: str
    chat_id: int
    received_at: datetime
    state: InboxState
    attempts: int
    payload: JsonObject | None
    reply: list[JsonObject] | None
    at_work: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedUpdate:
    """An update whose handling failed, without what it holds."""

    id: int
    received_at: datetime
    state: InboxState
    attempts: int


def store(
    session: Session, *, receiver: str, key: str, chat_id: int, payload: JsonObject, received_at: datetime
) -> bool:
    """Keep an update; False if it is there already. `chat_id` is NO_CHAT where the update belongs to none."""
    return _insert(
        session,
        receiver=receiver,
        key=key,
        chat_id=chat_id,
        payload=payload,
        received_at=received_at,
        state=InboxState.NEW,
    )


def store_unreadable(
    session: Session,
    *,
    receiver: str,
    key: str,
    chat_id: int,
    kind: str,
    error: str,
    reply: Sequence[JsonObject],
    received_at: datetime,
) -> bool:
    """Keep of an update that nobody can read its number and kind; False if it is there already.

    `reply` is what its sender is still to be told; empty: nothing.
    """
    return _insert(
        session,
        receiver=receiver,
        key=key,
        chat_id=chat_id,
        payload={"kind": kind},
        received_at=received_at,
        state=InboxState.EFFECT if reply else InboxState.QUARANTINED,
        reply=list(reply) or None,
        error=error,
    )


def next_of_chat(session: Session, *, receiver: str, chat_id: int) -> Received | None:
    """The oldest unfinished update of a chat: the one to handle or to send now."""
    row = session.execute(_NEXT, {"receiver": receiver, "chat": chat_id}).first()
    return None if row is None else _value(row)


def unfinished(session: Session, *, receiver: str) -> tuple[Received, ...]:
    """All that is still to handle or to send, in the order of arrival; for the start."""
    return tuple(map(_value, session.execute(_UNFINISHED, {"receiver": receiver})))


def keep_effect(session: Session, row_id: int, reply: Sequence[JsonObject]) -> None:
    """The update is handled; `reply` are the calls to make.

    Raises HandledError where it had been already, by another process that took the lease over: the transaction must
    not be committed.
    """
    handled = {"row": row_id, "state": InboxState.EFFECT, "reply": list(reply), "payload": None}
    if session.execute(_HANDLE, handled).first() is None:
        raise HandledError


def keep_left(session: Session, row_id: int, reply: Sequence[JsonObject]) -> None:
    """Of the calls of a handled update these are still to make."""
    session.execute(_KEEP_LEFT, {"row": row_id, "reply": list(reply)})


def mark_replied(session: Session, row_id: int) -> bool:
    """All calls are made; a row that still has a payload was set aside, and stays so. Whether another of its chat is
    still to handle or to send."""
    return bool(session.scalar(_CLOSE, {"row": row_id}))


def fail(session: Session, row_id: int, *, error: str) -> InboxState:
    """Count a failed attempt; the third puts the row aside, with what it holds. Returns its state.

    Failures that pass by themselves (no network, no storage) are not attempts: the caller waits instead.
    """
    row = session.get_one(InboxRow, row_id, with_for_update=True)
    row.attempts += 1
    row.error = error
    if row.attempts >= ATTEMPTS:
        row.state = InboxState.QUARANTINED
    return row.state


def mark_at_work(session: Session, row_id: int, *, at_work: bool) -> None:
    session.execute(update(InboxRow).where(InboxRow.id == row_id).values(at_work=at_work))


def set_aside(session: Session, row_id: int, *, error: str) -> None:
    """It ended the program: it is not tried again, whatever its attempts."""
    session.execute(
        update(InboxRow).where(InboxRow.id == row_id).values(state=InboxState.QUARANTINED, error=error, at_work=False)
    )


def failed_with(session: Session, error: str) -> tuple[FailedUpdate, ...]:
    """The updates whose last failure was given this number, the newest first."""
    columns = (InboxRow.id, InboxRow.received_at, InboxRow.state, InboxRow.attempts)
    found = session.execute(select(*columns).where(InboxRow.error == error).order_by(InboxRow.id.desc()))
    return tuple(
        FailedUpdate(id=row.id, received_at=row.received_at, state=row.state, attempts=row.attempts) for row in found
    )


_INBOX = table_of(InboxRow)
# in the words of the index: a prepared statement with bound states cannot use it
_UNFINISHED = (
    select(_INBOX).where(_INBOX.c.receiver == bindparam("receiver"), text(_IS_UNFINISHED)).order_by(_INBOX.c.id)
)
_NEXT = _UNFINISHED.where(_INBOX.c.chat_id == bindparam("chat")).limit(1)
_HANDLE = (
    update(_INBOX)
    .where(_INBOX.c.id == bindparam("row"), _INBOX.c.state == literal(InboxState.NEW, _INBOX.c.state.type))
    .returning(_INBOX.c.id)
)
_KEEP_LEFT = update(_INBOX).where(
    _INBOX.c.id == bindparam("row"), _INBOX.c.state == literal(InboxState.EFFECT, _INBOX.c.state.type)
)
# without the cast SQLite does not search the index for a text that an UPDATE returns
_ANOTHER_WAITS = (
    "EXISTS (SELECT 1 FROM inbox AS other"  # noqa: S608 - nothing from outside
    " WHERE other.receiver = CAST(inbox.receiver AS VARCHAR) AND other.chat_id = inbox.chat_id AND other.id != inbox.id"
    f" AND other.{_IS_UNFINISHED})"
)
_CLOSE: ReturningUpdate[bool] = (
    update(_INBOX)
    .where(_INBOX.c.id == bindparam("row"))
    .values(state=case((_INBOX.c.payload.is_not(None), InboxState.QUARANTINED), else_=InboxState.REPLIED), reply=null())
    .returning(literal_column(_ANOTHER_WAITS))
)


def _insert(session: Session, **values: object) -> bool:
    return add_new(session, InboxRow, {**values, "attempts": 0}, key=("receiver", "key")) is not None


def _value(row: Row[*tuple[Any, ...]]) -> Received:
    return Received(
        id=row.id,
        key=row.key,
        chat_id=row.chat_id,
        received_at=row.received_at,
        state=row.state,
        attempts=row.attempts,
        payload=row.payload,
        reply=row.reply,
        at_work=row.at_work,
    )
