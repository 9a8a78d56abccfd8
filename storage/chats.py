"""The chats and people that have been seen: what a channel calls them, and the numbers that stand for them.

A private chat has the number of its person. No other table holds what a channel calls a chat or a person.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Table, UniqueConstraint, delete, exists, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, LongInteger, upsert


@dataclass(frozen=True, slots=True)
class Address:
    """Where a chat or a person is found outside, and the number that stands for it here and everywhere else."""

    number: int
    channel: str
    outside: str
    """What the channel calls it."""


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class ChatRow(Base):
    __tablename__ = "chats"

    id: Mapped[LongInteger] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[ChatKind]
    title: Mapped[str | None] = mapped_column(comment="of a group or channel")
    migrated_from: Mapped[LongInteger | None] = mapped_column(comment="the id of the group before it became this one")
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    blocked: Mapped[bool] = mapped_column(comment="the bot may not write there")
    channel: Mapped[str]
    outside: Mapped[str] = mapped_column(comment="what the channel calls it")

    __table_args__ = (UniqueConstraint("channel", "outside"),)


class PersonRow(Base):
    __tablename__ = "persons"

    id: Mapped[LongInteger] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(comment="as the person shows it there")
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    channel: Mapped[str]
    outside: Mapped[str] = mapped_column(comment="what the channel calls it")

    __table_args__ = (UniqueConstraint("channel", "outside"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    id: int
    kind: ChatKind
    title: str | None
    migrated_from: int | None
    first_seen: datetime
    last_seen: datetime
    blocked: bool


def see_chat(session: Session, *, chat: Address, kind: ChatKind, title: str | None, now: datetime) -> None:
    """The chat wrote at `now`; so it is not blocked either."""
    seen = {"kind": kind, "title": title, "first_seen": now, "last_seen": now, "blocked": False, **_columns(chat)}
    upsert(session, ChatRow, seen, fresh=("kind", "title", "last_seen", "blocked"))


def see_person(session: Session, *, person: Address, name: str, now: datetime) -> None:
    seen = {"name": name, "first_seen": now, "last_seen": now, **_columns(person)}
    upsert(session, PersonRow, seen, fresh=("name", "last_seen"))


def mark_blocked(session: Session, *chat_ids: int) -> None:
    """Telegram refused a message to these chats; whatever comes from one later lifts its mark."""
    session.execute(update(ChatRow).where(ChatRow.id.in_(chat_ids)).values(blocked=True))


def last_seen(session: Session, chat_ids: Collection[int]) -> dict[int, datetime]:
    """When each of the chats last wrote, of those that are known."""
    found = session.execute(select(ChatRow.id, ChatRow.last_seen).where(ChatRow.id.in_(chat_ids)))
    return dict(found.all())


def get_chat(session: Session, chat_id: int) -> Chat | None:
    row = session.get(ChatRow, chat_id)
    if row is None:
        return None
    return Chat(
        id=row.id,
        kind=row.kind,
        title=row.title,
        migrated_from=row.migrated_from,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        blocked=row.blocked,
    )


def reachable(session: Session, chat_ids: Collection[int]) -> set[int]:
    """Those of the chats that the bot may write to."""
    found = select(ChatRow.id).where(ChatRow.id.in_(chat_ids), ChatRow.blocked.is_(False))
    return set(session.scalars(found))


def migrate_chat(session: Session, *, old: int, new: Address, now: datetime) -> None:
    """A group became the supergroup `new`: all its records go there, one statement a table.

    Telegram announces it in both chats, so this is called twice, in any order; the second time nothing is left to move.
    """
    left = session.get(ChatRow, old)
    if left is None:
        return
    moved = {
        "kind": ChatKind.SUPERGROUP,
        "title": left.title,
        "migrated_from": old,
        "first_seen": left.first_seen,
        "last_seen": now,
        "blocked": False,
        **_columns(new),
    }
    upsert(session, ChatRow, moved, fresh=("migrated_from", "first_seen"))
    for table in Base.metadata.sorted_tables:
        if "chat_id" in table.c:
            _move(session, table, old, new.number)
    session.execute(delete(ChatRow).where(ChatRow.id == old))


def _columns(address: Address) -> dict[str, object]:
    return {"id": address.number, "channel": address.channel, "outside": address.outside}


def _move(session: Session, table: Table, old: int, new: int) -> None:
    if "chat_id" in table.primary_key:
        # the supergroup may have been written in before its migration was announced: what it has is newer
        there = table.alias()
        same = [there.c[column.name] == column for column in table.primary_key if column.name != "chat_id"]
        session.execute(delete(table).where(table.c.chat_id == old, exists().where(there.c.chat_id == new, *same)))
    session.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))
