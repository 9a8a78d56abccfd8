"""What the bot has asked a person to type: the next message in that chat goes on with this command."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, bindparam, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, LongInteger, table_of, upsert
from storage.chats import ChatRow, PersonRow


class PromptRow(Base):
    __tablename__ = "prompts"

    chat_id: Mapped[LongInteger] = mapped_column(ForeignKey(ChatRow.id), primary_key=True)
    person_id: Mapped[LongInteger] = mapped_column(ForeignKey(PersonRow.id), primary_key=True)
    command: Mapped[str] = mapped_column(comment="what was typed so far, as /invite liaison")
    expires_at: Mapped[datetime]
    turn_id: Mapped[int | None] = mapped_column(BigInteger, comment="that asks; its buttons are answers too")


@dataclass(frozen=True, slots=True)
class Prompt:
    command: str
    turn: int | None
    """The turn that asks; None of one of 0.1."""
    expires_at: datetime


def set_prompt(
    session: Session, *, chat_id: int, person_id: int, command: str, turn: int | None, expires_at: datetime
) -> None:
    """The next message continues `command`; an earlier prompt is replaced."""
    row = {
        "chat_id": chat_id,
        "person_id": person_id,
        "command": command,
        "turn_id": turn,
        "expires_at": expires_at,
    }
    upsert(session, PromptRow, row, fresh=("command", "turn_id", "expires_at"))


def take_prompt(session: Session, *, chat_id: int, person_id: int) -> Prompt | None:
    """What the message at hand may continue; a prompt serves once."""
    row = session.execute(_TAKE, {"chat": chat_id, "person": person_id}).first()
    return Prompt(row.command, row.turn_id, row.expires_at) if row is not None else None


def prompt_of(session: Session, *, chat_id: int, person_id: int, now: datetime) -> Prompt | None:
    """What is to be typed; the prompt stays."""
    row = session.get(PromptRow, (chat_id, person_id))
    return Prompt(row.command, row.turn_id, row.expires_at) if row is not None and row.expires_at > now else None


_PROMPTS = table_of(PromptRow)
_TAKE = (
    delete(_PROMPTS)
    .where(_PROMPTS.c.chat_id == bindparam("chat"), _PROMPTS.c.person_id == bindparam("person"))
    .returning(_PROMPTS.c.command, _PROMPTS.c.turn_id, _PROMPTS.c.expires_at)
)
