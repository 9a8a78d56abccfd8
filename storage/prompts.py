"""What the bot has asked a person to type: the next message in that chat goes on with this command."""

from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, LongInteger, table_of, upsert
from storage.chats import ChatRow, PersonRow


class PromptRow(Base):
    __tablename__ = "prompts"

    chat_id: Mapped[LongInteger] = mapped_column(ForeignKey(ChatRow.id), primary_key=True)
    person_id: Mapped[LongInteger] = mapped_column(ForeignKey(PersonRow.id), primary_key=True)
    command: Mapped[str] = mapped_column(comment="what was typed so far, as /invite liaison")
    expires_at: Mapped[datetime]


def set_prompt(session: Session, *, chat_id: int, person_id: int, command: str, expires_at: datetime) -> None:
    """The next message continues `command`; an earlier prompt is replaced."""
    row = {"chat_id": chat_id, "person_id": person_id, "command": command, "expires_at": expires_at}
    upsert(session, PromptRow, row, fresh=("command", "expires_at"))


def take_prompt(session: Session, *, chat_id: int, person_id: int, now: datetime) -> str | None:
    """The command that the message at hand continues; a prompt serves once."""
    row = session.execute(_TAKE, {"chat": chat_id, "person": person_id}).first()
    return row.command if row is not None and row.expires_at > now else None


def is_prompted(session: Session, *, chat_id: int, person_id: int, now: datetime) -> bool:
    """Whether something is to be typed; the prompt stays."""
    row = session.get(PromptRow, (chat_id, person_id))
    return row is not None and row.expires_at > now


_PROMPTS = table_of(PromptRow)
_TAKE = (
    delete(_PROMPTS)
    .where(_PROMPTS.c.chat_id == bindparam("chat"), _PROMPTS.c.person_id == bindparam("person"))
    .returning(_PROMPTS.c.command, _PROMPTS.c.expires_at)
)
