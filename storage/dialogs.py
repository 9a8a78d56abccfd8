"""What a chat's next message refines, and the turns behind the buttons of its answers.

Chat and person must have been seen (`storage.chats`) in this transaction or before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Row, bindparam, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, LongInteger, RowId, add, insert, table_of, upsert
from storage.chats import ChatRow, PersonRow


class DialogRow(Base):
    __tablename__ = "dialogs"

    chat_id: Mapped[LongInteger] = mapped_column(ForeignKey(ChatRow.id), primary_key=True)
    person_id: Mapped[LongInteger] = mapped_column(ForeignKey(PersonRow.id), primary_key=True)
    memory: Mapped[str] = mapped_column(comment="JSON text of the last query")
    expires_at: Mapped[datetime]


class TurnRow(Base):
    __tablename__ = "turns"

    id: Mapped[RowId]
    chat_id: Mapped[LongInteger] = mapped_column(ForeignKey(ChatRow.id))
    person_id: Mapped[LongInteger] = mapped_column(ForeignKey(PersonRow.id))
    message_id: Mapped[LongInteger | None] = mapped_column(comment="the question's message; null: a button asked")
    answer_id: Mapped[LongInteger | None] = mapped_column(comment="the answer's message, once it is sent")
    question: Mapped[str]
    memory_before: Mapped[str] = mapped_column(comment="JSON text that the question refined")
    buttons: Mapped[list[str]] = mapped_column(comment="the question that each button asks, in order")
    created_at: Mapped[datetime]
    message_digest: Mapped[str | None] = mapped_column(comment="of its text: an edit that leaves it is none")

    __table_args__ = (Index(None, "chat_id", "message_id"), NEVER_AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTurn:
    """A question with what is needed to ask it again, or to ask one of its answer's buttons."""

    id: int
    chat_id: int
    person_id: int
    message_id: int | None
    """The question's message; None where a button asked."""
    message_digest: str | None
    answer_id: int | None
    """The answer's message; None until it is sent."""
    question: str
    memory_before: str
    buttons: tuple[str, ...]
    created_at: datetime


def save_memory(session: Session, *, chat_id: int, person_id: int, memory: str, expires_at: datetime) -> None:
    row = {"chat_id": chat_id, "person_id": person_id, "memory": memory, "expires_at": expires_at}
    upsert(session, DialogRow, row, fresh=("memory", "expires_at"))


def open_turn(
    session: Session,
    *,
    chat_id: int,
    person_id: int,
    message_id: int | None,
    question: str,
    memory_before: str,
    buttons: Sequence[str],
    now: datetime,
    answer_id: int | None = None,
    message_digest: str | None = None,
) -> int:
    """Keep a turn and return its number. An edited question opens a new turn over the old one's `answer_id`."""
    row = {
        "chat_id": chat_id,
        "person_id": person_id,
        "message_id": message_id,
        "message_digest": message_digest,
        "answer_id": answer_id,
        "question": question,
        "memory_before": memory_before,
        "buttons": list(buttons),
        "created_at": now,
    }
    return add(session, TurnRow, row)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTurn:
    """A turn that the bot opens by itself in a private chat: `question` is the command that makes its text again."""

    person_id: int
    question: str
    buttons: tuple[str, ...]


def open_turns(session: Session, turns: Sequence[NewTurn], *, now: datetime) -> tuple[int, ...]:
    """Keep many turns at once and return their numbers, in order; of one person no two ask the same question.

    Told apart by what they hold: asked to keep the order itself, SQLite would be given them one by one.
    """
    rows = [
        {
            "chat_id": turn.person_id,
            "person_id": turn.person_id,
            "question": turn.question,
            "memory_before": "",
            "buttons": list(turn.buttons),
            "created_at": now,
        }
        for turn in turns
    ]
    if not rows:
        return ()
    opened = session.execute(insert(session, TurnRow).returning(TurnRow.chat_id, TurnRow.question, TurnRow.id), rows)
    numbers = {(chat, question): number for chat, question, number in opened}
    return tuple(numbers[turn.person_id, turn.question] for turn in turns)


def change_buttons(session: Session, turn: StoredTurn, buttons: Sequence[str]) -> None:
    """The turn's answer is shown anew, and has these buttons."""
    if tuple(buttons) != turn.buttons:
        session.execute(update(TurnRow).where(TurnRow.id == turn.id).values(buttons=list(buttons)))


def mark_answered(session: Session, answers: Mapping[int, int]) -> None:
    """The answers of turns are sent: by turn, the message that it is."""
    if answers:
        session.execute(_ANSWER, [{"turn": turn, "answer_id": message} for turn, message in answers.items()])


def get_turn(session: Session, turn_id: int) -> StoredTurn | None:
    return _value(session.execute(_TURN, {"turn": turn_id}).first())


def turn_of_message(session: Session, *, chat_id: int, message_id: int) -> StoredTurn | None:
    """The last turn that the message asked, so that an edited question edits its answer."""
    return _value(session.execute(_LAST_TURN, {"chat": chat_id, "message": message_id}).first())


def is_shown(session: Session, turn: StoredTurn) -> bool:
    """Whether the turn is what its message shows: an edited question puts another one over it."""
    last = session.scalar(_SHOWN, {"chat": turn.chat_id, "answer": turn.answer_id})
    return turn.answer_id is not None and last == turn.id


def last_answered(session: Session, *, chat_id: int) -> StoredTurn | None:
    """The turn of the chat's last answer; a channel numbers the messages of a chat in order."""
    return _value(session.execute(_LAST_ANSWERED, {"chat": chat_id}).first())


def forget(session: Session, *, now: datetime, turns_before: datetime) -> None:
    """Drop what has expired by `now` and the turns opened before `turns_before`: their buttons are then too old."""
    session.execute(delete(DialogRow).where(DialogRow.expires_at <= now))
    session.execute(delete(TurnRow).where(TurnRow.created_at < turns_before))


_TURNS = table_of(TurnRow)
_ANSWER = update(_TURNS).where(_TURNS.c.id == bindparam("turn"))
_TURN = select(_TURNS).where(_TURNS.c.id == bindparam("turn"))
_LAST_TURN = (
    select(_TURNS)
    .where(_TURNS.c.chat_id == bindparam("chat"), _TURNS.c.message_id == bindparam("message"))
    .order_by(_TURNS.c.id.desc())
    .limit(1)
)
_SHOWN = select(func.max(_TURNS.c.id)).where(
    _TURNS.c.chat_id == bindparam("chat"), _TURNS.c.answer_id == bindparam("answer")
)
_LAST_ANSWERED = (
    select(_TURNS)
    .where(_TURNS.c.chat_id == bindparam("chat"), _TURNS.c.answer_id.is_not(None))
    .order_by(_TURNS.c.answer_id.desc(), _TURNS.c.id.desc())
    .limit(1)
)


def _value(row: Row[*tuple[Any, ...]] | None) -> StoredTurn | None:
    if row is None:
        return None
    return StoredTurn(
        id=row.id,
        chat_id=row.chat_id,
        person_id=row.person_id,
        message_id=row.message_id,
        message_digest=row.message_digest,
        answer_id=row.answer_id,
        question=row.question,
        memory_before=row.memory_before,
        buttons=tuple(row.buttons),
        created_at=row.created_at,
    )
