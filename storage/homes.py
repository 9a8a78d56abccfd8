"""Which of a person's roles a chat is about, and the menu of commands that it was given last."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, LongInteger, upsert
from storage.chats import ChatRow


class HomeRow(Base):
    __tablename__ = "homes"

    chat_id: Mapped[LongInteger] = mapped_column(ForeignKey(ChatRow.id), primary_key=True)
    desk: Mapped[str | None] = mapped_column(comment="the role that was chosen of several, as liaison <plan> <unit>")
    menu: Mapped[str | None] = mapped_column(comment="the role whose commands the chat's menu shows; null: everybody's")


def choose_desk(session: Session, *, chat_id: int, desk: str) -> None:
    upsert(session, HomeRow, {"chat_id": chat_id, "desk": desk, "menu": None}, fresh=("desk",))


def kept_home(session: Session, chat_id: int) -> HomeRow | None:
    return session.get(HomeRow, chat_id, populate_existing=True)


def keep_menu(session: Session, *, chat_id: int, menu: str | None) -> None:
    upsert(session, HomeRow, {"chat_id": chat_id, "desk": None, "menu": menu}, fresh=("menu",))
