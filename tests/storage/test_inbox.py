"""No update is lost, none is handled twice, and each chat's come in order."""

from datetime import UTC, datetime

import pytest
from sql_statements import statements
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import inbox
from storage.database import Database
from storage.inbox import HandledError, InboxRow, InboxState, Received

BOT, OTHER = "telegram:42", "telegram:43"
NOW = datetime(2023, 3, 1, 8, tzinfo=UTC)
REPLY: list[dict[str, object]] = [{"method": "sendMessage", "text": "市交通局:共 9 项"}]


def put(session: Session, number: int, *, chat_id: int = 7, receiver: str = BOT) -> bool:
    payload: dict[str, object] = {"message": {"text": f"第{number}句"}}
    return inbox.store(session, receiver=receiver, key=str(number), chat_id=chat_id, payload=payload, received_at=NOW)


def next_one(session: Session, chat_id: int = 7) -> Received:
    found = inbox.next_of_chat(session, receiver=BOT, chat_id=chat_id)
    assert found is not None
    return found


def test_an_update_that_comes_twice_is_stored_once(database: Database) -> None:
    with database.write() as session:
        assert put(session, 1)
        assert not put(session, 1)
    with database.write() as session:
        assert not put(session, 1)
        assert len(inbox.unfinished(session, receiver=BOT)) == 1


def test_an_update_comes_out_as_it_went_in(database: Database) -> None:
    with database.write() as session:
        put(session, 1)
    with database.read() as session:
        found = next_one(session)
    assert found == Received(
        id=found.id,
        key="1",
        chat_id=7,
        received_at=NOW,
        state=InboxState.NEW,
        attempts=0,
        payload={"message": {"text": "第1句"}},
        reply=None,
    )


def test_closing_a_row_says_whether_its_chat_has_another(database: Database) -> None:
    with database.write() as session:
        put(session, 1)
        put(session, 2)
        put(session, 3, chat_id=8)
        put(session, 4, receiver=OTHER)
        assert inbox.mark_replied(session, next_one(session).id)
        assert not inbox.mark_replied(session, next_one(session).id)


@pytest.mark.parametrize("migrated", ["sqlite"], indirect=True)
def test_what_is_finished_is_not_looked_through(database: Database) -> None:
    with database.write() as session:
        put(session, 1)
        with statements() as said:
            inbox.mark_replied(session, next_one(session).id)
            inbox.unfinished(session, receiver=BOT)
        connection = session.connection()
        for statement, values in zip(said.statements, said.values, strict=True):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            steps = "; ".join(step.detail for step in plan)
            assert "SCAN" not in steps
            assert "autoindex" not in steps


def test_an_update_already_answered_is_not_taken_in_again(database: Database) -> None:
    with database.write() as session:
        put(session, 1)
        inbox.mark_replied(session, next_one(session).id)
        assert not put(session, 1)
        assert inbox.unfinished(session, receiver=BOT) == ()


def test_each_chat_and_each_bot_has_its_own_order(database: Database) -> None:
    with database.write() as session:
        put(session, 3, chat_id=7)
        put(session, 1, chat_id=8)
        put(session, 2, chat_id=7)
        put(session, 1, chat_id=7, receiver=OTHER)
        assert next_one(session, 7).key == "3"
        assert next_one(session, 8).key == "1"
        assert [int(row.key) for row in inbox.unfinished(session, receiver=BOT)] == [3, 1, 2]
        assert inbox.next_of_chat(session, receiver=BOT, chat_id=9) is None


def test_after_its_effect_an_update_is_only_sent_again(database: Database) -> None:
    with database.write() as session:
        put(session, 1)
        inbox.keep_effect(session, next_one(session).id, REPLY)
    with database.read() as session:
        found = next_one(session)
    assert (found.state, found.reply, found.payload) == (InboxState.EFFECT, REPLY, None)


def test_the_calls_still_to_make_can_be_kept_as_they_are_made(database: Database) -> None:
    with database.write() as session:
        put(session, 1)
        inbox.keep_effect(session, next_one(session).id, REPLY * 2)
        inbox.keep_left(session, next_one(session).id, REPLY)
        assert next_one(session).reply == REPLY


def test_an_answered_update_keeps_nothing_of_what_was_said(database: Database) -> None:
    with database.write() as session:
        put(session, 1)
        row_id = next_one(session).id
        inbox.keep_effect(session, row_id, REPLY)
        inbox.mark_replied(session, row_id)
    with database.read() as session:
        row = session.get_one(InboxRow, row_id)
        assert (row.state, row.payload, row.reply) == (InboxState.REPLIED, None, None)


def test_an_update_takes_effect_once(database: Database) -> None:
    with database.write() as session:
        put(session, 1)
        row_id = next_one(session).id
        inbox.keep_effect(session, row_id, REPLY)
        with pytest.raises(HandledError):
            inbox.keep_effect(session, row_id, REPLY)
        inbox.mark_replied(session, row_id)
        with pytest.raises(HandledError):
            inbox.keep_effect(session, row_id, REPLY)
        inbox.keep_left(session, row_id, REPLY)
        assert inbox.unfinished(session, receiver=BOT) == ()


@pytest.mark.parametrize("handled", [False, True], ids=["new", "effect stored"])
def test_the_third_failure_puts_an_update_aside_and_the_chat_goes_on(database: Database, *, handled: bool) -> None:
    with database.write() as session:
        put(session, 1)
        put(session, 2)
        row_id = next_one(session).id
        if handled:
            inbox.keep_effect(session, row_id, REPLY)
        before = next_one(session).state
        assert [inbox.fail(session, row_id, error=error) for error in ("A1", "B2", "C3")] == [
            before,
            before,
            InboxState.QUARANTINED,
        ]
        assert next_one(session).key == "2"
        assert session.scalars(select(InboxRow.error).where(InboxRow.id == row_id)).one() == "C3"


def test_updates_that_belong_to_no_chat_have_an_order_of_their_own(database: Database) -> None:
    with database.write() as session:
        put(session, 1, chat_id=inbox.NO_CHAT)
        put(session, 2)
        assert next_one(session, inbox.NO_CHAT).key == "1"


def test_what_was_being_worked_on_is_known_until_it_is_done_or_set_aside(database: Database) -> None:
    with database.write() as session:
        put(session, 1)
        put(session, 2)
        first, second = inbox.unfinished(session, receiver=BOT)
        inbox.mark_at_work(session, first.id, at_work=True)
        inbox.mark_at_work(session, second.id, at_work=True)
        inbox.mark_at_work(session, second.id, at_work=False)
    with database.write() as session:
        assert [row.at_work for row in inbox.unfinished(session, receiver=BOT)] == [True, False]
        inbox.set_aside(session, first.id, error="D4")
        assert [int(row.key) for row in inbox.unfinished(session, receiver=BOT)] == [2]
    with database.read() as session:
        row = session.get_one(InboxRow, first.id)
        assert (row.state, row.error, row.at_work) == (InboxState.QUARANTINED, "D4", False)
