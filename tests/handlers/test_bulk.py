"""Writing to many at once costs as many statements as writing to a few."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from sql_statements import statements
from sqlalchemy import func, select

from handlers.broadcast.bulk import Parcel, post, reach
from handlers.texts.marks import bold
from handlers.texts.reply import Button, Reply
from storage.announcements import add_announcement, add_recipients, recipients_of
from storage.chats import ChatKind, ChatRow, PersonRow, mark_blocked
from storage.database import Database
from storage.dialogs import TurnRow
from storage.outbox import OutboxKind, OutboxRow, OutboxState
from storage.people import GrantRow, Member, MemberRow, Role, members_of_plan

NOW = datetime(2023, 3, 1, 9, tzinfo=UTC)
REPLY = Reply(head=bold("通知"), buttons=(Button("收到", "/got 1"),), whole=True)


def populate(database: Database, count: int) -> None:
    numbers = range(1, count + 1)
    with database.write() as session:
        session.add_all(MemberRow(id=n, telegram_id=9000 + n, name=f"某{n}", joined_at=NOW) for n in numbers)
        session.add_all(
            ChatRow(
                id=9000 + n,
                channel="telegram",
                outside=str(9000 + n),
                kind=ChatKind.PRIVATE,
                first_seen=NOW,
                last_seen=NOW,
                blocked=False,
            )
            for n in numbers
        )
        session.add_all(
            PersonRow(
                id=9000 + n, channel="telegram", outside=str(9000 + n), name=f"某{n}", first_seen=NOW, last_seen=NOW
            )
            for n in numbers
        )
        session.flush()
        session.add_all(GrantRow(member_id=n, role=Role.LIAISON, plan="甲", unit="某局", since=NOW) for n in numbers)


def parcels(members: Iterable[Member]) -> list[Parcel]:
    return [Parcel(member=one, reply=REPLY, occurrence="announcement 1") for one in members]


def write_to_all(database: Database) -> int:
    """To everybody, each once; how many statements it took."""
    with statements() as said, database.write() as session:
        number = add_announcement(session, "甲", "大家好", by=1, now=NOW)
        there = reach(session, members_of_plan(session, "甲"))
        letters = post(session, parcels(there.members), kind=OutboxKind.ANNOUNCEMENT, plan="甲", now=NOW)
        add_recipients(session, number, letters)
    return len(said.statements)


@pytest.mark.parametrize("count", [3, 300])
def test_however_many_are_written_to_it_takes_as_many_statements(database: Database, count: int) -> None:
    populate(database, count)
    assert write_to_all(database) <= 12
    with database.read() as session:
        found = recipients_of(session, 1)
        assert len(found) == count
        assert {one.state for one in found} == {OutboxState.QUEUED}
        same = select(func.count()).select_from(OutboxRow).join(TurnRow, TurnRow.id == OutboxRow.turn_id)
        assert session.scalar(same.where(TurnRow.chat_id == OutboxRow.chat_id)) == count


def test_who_is_locked_is_left_out_and_who_blocked_the_bot_is_named(database: Database) -> None:
    populate(database, 4)
    with database.write() as session:
        session.get_one(MemberRow, 1).locked_at = NOW
        mark_blocked(session, 9002)
        there = reach(session, members_of_plan(session, "甲"))
    assert [one.id for one in there.members] == [3, 4]
    assert [one.id for one in there.beyond] == [2]


def test_nobody_gets_the_same_twice(database: Database) -> None:
    populate(database, 2)
    with database.write() as session:
        members = members_of_plan(session, "甲")
        for _ in range(2):
            letters = post(session, parcels(members), kind=OutboxKind.ANNOUNCEMENT, plan="甲", now=NOW)
    assert letters == {}
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == 2
