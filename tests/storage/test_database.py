"""Transactions: what is kept, what is undone, and what must not get in each other's way."""

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from addresses import at
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from storage import dialogs
from storage.chats import PersonRow, see_person
from storage.database import UNAVAILABLE, Database, NoWriteAheadLogError, open_database

NOW = datetime(2023, 3, 1, tzinfo=UTC)


def people(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(PersonRow)).one()


def test_leaving_the_block_keeps_what_was_written(database: Database) -> None:
    with database.write() as session:
        see_person(session, person=at(1), name="甲", now=NOW)
    with database.read() as session:
        assert people(session) == 1


def test_an_exception_undoes_the_whole_block(database: Database) -> None:
    def fail_halfway(session: Session) -> None:
        see_person(session, person=at(1), name="甲", now=NOW)
        raise LookupError

    with pytest.raises(LookupError), database.write() as session:
        fail_halfway(session)
    with database.read() as session:
        assert people(session) == 0


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"), database.read() as session:
        see_person(session, person=at(1), name="甲", now=NOW)


def test_a_connection_that_has_read_can_write_again(database: Database) -> None:
    for person in range(3):
        with database.read() as session:
            assert people(session) == person
        with database.write() as session:
            see_person(session, person=at(person), name="甲", now=NOW)


async def test_run_works_in_another_thread_and_returns_the_result(database: Database) -> None:
    def work(session: Session, name: str, *, person_id: int) -> int:
        see_person(session, person=at(person_id), name=name, now=NOW)
        return threading.get_ident()

    assert await database.run(work, "甲", person_id=7) != threading.get_ident()
    with database.read() as session:
        assert session.get_one(PersonRow, 7).name == "甲"


async def test_closing_waits_for_a_transaction_that_nobody_waits_for(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def add(session: Session) -> None:
        see_person(session, person=at(1), name="甲", now=NOW)
        begun.set()
        go_on.wait(timeout=10)

    waiting = asyncio.create_task(database.run(add))
    await asyncio.to_thread(begun.wait, timeout=10)
    waiting.cancel()
    threading.Timer(0.05, go_on.set).start()
    database.close()
    with database.read() as session:
        assert people(session) == 1


async def test_writers_at_once_are_all_kept(database: Database) -> None:
    def add_one(session: Session) -> None:
        session.execute(text("UPDATE persons SET name = name || '.'"))

    with database.write() as session:
        see_person(session, person=at(1), name="", now=NOW)
    await asyncio.gather(*(database.run(add_one) for _ in range(20)))
    with database.read() as session:
        assert session.get_one(PersonRow, 1).name == "." * 20


async def test_a_deadlock_is_tried_again(database: Database, database_url: str) -> None:
    """Two transactions take two rows in opposite order; PostgreSQL undoes one, which then succeeds."""
    with database.write() as session:
        for person in (1, 2):
            see_person(session, person=at(person), name="", now=NOW)
    met = threading.Barrier(2)
    first_tries = iter([True, True])

    def touch(session: Session, first: int, second: int) -> None:
        session.execute(text(f"UPDATE persons SET name = name || 'x' WHERE id = {first}"))  # noqa: S608
        if database_url.startswith("postgresql") and next(first_tries, False):
            met.wait(timeout=10)
        session.execute(text(f"UPDATE persons SET name = name || 'x' WHERE id = {second}"))  # noqa: S608

    await asyncio.gather(database.run(touch, 1, 2), database.run(touch, 2, 1))
    with database.read() as session:
        assert set(session.scalars(select(PersonRow.name))) == {"xx"}


def test_a_row_that_refers_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        dialogs.save_memory(session, chat_id=1, person_id=1, memory="", expires_at=NOW)


def test_an_error_does_not_show_what_people_wrote(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught, database.write() as session:
        dialogs.save_memory(session, chat_id=1, person_id=1, memory="内部的话", expires_at=NOW)
    assert "内部的话" not in str(caught.value)


def test_a_value_read_outlives_its_session(database: Database) -> None:
    with database.write() as session:
        see_person(session, person=at(1), name="甲", now=NOW)
        person = session.get_one(PersonRow, 1)
    assert person.name == "甲"


def test_sqlite_is_opened_to_lose_nothing(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/new/folder/duban.sqlite")
    with database.read() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA synchronous")) == 2
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA busy_timeout")) == 5000
    database.close()


def test_a_reader_goes_on_while_another_writes(database: Database) -> None:
    with database.write() as writing:
        see_person(writing, person=at(1), name="甲", now=NOW)
        with database.read() as reading:
            assert people(reading) == 0


def test_a_file_that_cannot_do_write_ahead_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    database = open_database(f"sqlite:///file:{tmp_path}/plain.sqlite?vfs=unix-none&uri=true")
    with pytest.raises(NoWriteAheadLogError), database.read() as session:
        session.connection()
    database.close()


def test_a_server_that_is_away_is_told_apart_from_a_mistake() -> None:
    database = open_database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(UNAVAILABLE), database.read() as session:
        session.connection()
    database.close()
