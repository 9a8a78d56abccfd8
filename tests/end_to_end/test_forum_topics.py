"""Answers, errors and notices go into the forum topic that was asked in; what is gone there costs no answer."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from bot_api_server import GROUP, ME, PERSON, RawServer, raw_bot, raw_server
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from storage import inbox
from storage.chats import get_chat
from storage.database import Database
from storage.inbox import InboxRow, InboxState
from storage.outbox import Letter, OutboxKind, enqueue

Json = dict[str, Any]
TOPIC = 77
IN_TOPIC = {"message_thread_id": TOPIC, "is_topic_message": True}


@pytest.fixture
async def server() -> AsyncIterator[RawServer]:
    async with raw_server() as running:
        yield running


def asked(server: RawServer, question: str, **more: Any) -> Json:
    """A question to the bot in the group."""
    text = f"@{ME['username']} {question}"
    entities = [{"type": "mention", "offset": 0, "length": len(ME["username"]) + 1}]
    return server.message({"text": text, "entities": entities, **more}, chat=GROUP)


def refusing(field: str, description: str) -> Callable[[str, Json], tuple[int, Json] | None]:
    """A server that refuses every message that has the parameter."""

    def refuse(method: str, params: Json) -> tuple[int, Json] | None:
        wrong = method == "sendMessage" and params.get(field)
        return (400, {"description": f"Bad Request: {description}"}) if wrong else None

    return refuse


async def test_an_answer_and_an_error_go_into_the_topic(server: RawServer, database: Database) -> None:
    async with raw_bot(server, database):
        await server.send(asked(server, "甲", **IN_TOPIC), asked(server, "坏", **IN_TOPIC), asked(server, "乙"))
        await server.heard("答：乙", GROUP)
        await server.heard("系统出错", GROUP)
    topics = {params["text"][:8]: params.get("message_thread_id") for params in server.sent(GROUP)}
    assert topics == {"<b>答：甲</b>"[:8]: TOPIC, "<b>系统出错，"[:8]: TOPIC, "<b>答：乙</b>"[:8]: None}


async def test_a_thread_of_replies_is_no_topic(server: RawServer, database: Database) -> None:
    async with raw_bot(server, database):
        await server.send(asked(server, "甲", message_thread_id=TOPIC))
        await server.heard("答：甲", GROUP)
    assert "message_thread_id" not in server.sent(GROUP)[0]


async def test_a_tap_in_a_topic_is_answered_there(server: RawServer, database: Database) -> None:
    async with raw_bot(server, database):
        await server.send(asked(server, "甲", **IN_TOPIC))
        await server.heard("答：甲", GROUP)
        (answer,) = server.sent(GROUP)
        key = answer["reply_markup"]["inline_keyboard"][0][0]
        tap = {"id": "1", "chat_instance": "1", "data": key["callback_data"], "from": {**ME, "id": PERSON, "is_bot": 0}}
        under = {**server.body(answer["text"], chat=GROUP, **IN_TOPIC), "from": ME}
        await server.send(server.update("callback_query", {**tap, "message": under}))
        await server.heard("答：其中牵头的呢", GROUP)
    assert [params["message_thread_id"] for params in server.sent(GROUP)] == [TOPIC, TOPIC]


@pytest.mark.parametrize("description", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
async def test_where_the_topic_is_gone_the_answer_goes_to_the_group(
    server: RawServer, database: Database, description: str
) -> None:
    server.refuses = refusing("message_thread_id", description)
    async with raw_bot(server, database):
        await server.send(asked(server, "甲", **IN_TOPIC))
        await server.heard("答：甲", GROUP)
    assert server.count("refused sendMessage") == 1


async def test_where_the_asked_message_is_gone_the_answer_still_comes(server: RawServer, database: Database) -> None:
    async with raw_bot(server, database):
        await server.send(asked(server, "甲"))
        await server.heard("答：甲", GROUP)
        assert server.sent(GROUP)[0]["reply_parameters"]["allow_sending_without_reply"] is True
        server.refuses = refusing("reply_parameters", "message to be replied not found")
        await server.send(asked(server, "乙"))
        await server.heard("答：乙", GROUP)
    assert server.count("refused sendMessage") == 1


async def test_what_is_refused_for_any_reason_is_not_sent_without_end(server: RawServer, database: Database) -> None:
    server.refuses = refusing("text", "MESSAGE_IS_BAD")
    async with raw_bot(server, database):
        await server.send(server.message("甲"))
        attempts = inbox.ATTEMPTS + 1  # and the sentence that it failed
        await server.until(lambda: server.count("refused sendMessage") == attempts)
        server.refuses = lambda _method, _params: None
        await server.send(server.message("乙"))
        await server.heard("答：乙")
    assert server.count("refused sendMessage") == attempts
    with database.read() as session:
        states = set(session.scalars(select(InboxRow.state)))
    assert states == {InboxState.QUARANTINED, InboxState.REPLIED}


async def test_markup_that_is_refused_goes_out_as_plain_text(server: RawServer, database: Database) -> None:
    server.refuses = refusing("parse_mode", "can't parse entities: unsupported start tag")
    async with raw_bot(server, database):
        await server.send(server.message("甲"))
        assert await server.heard("答：甲") == "答：甲\n前文：无"


async def test_a_notice_goes_into_its_topic_and_where_that_is_gone_to_the_group(
    server: RawServer, database: Database
) -> None:
    async with raw_bot(server, database):
        await server.send(asked(server, "甲"))
        await server.heard("答：甲", GROUP)
    for occurrence in ("一", "二"):
        with database.write() as session:
            notice = Letter(
                kind=OutboxKind.NOTICE, occurrence=occurrence, plan="", chat=GROUP, text=occurrence, thread=TOPIC
            )
            enqueue(session, notice, now=datetime.now(UTC))
        async with raw_bot(server, database):
            await server.heard(occurrence, GROUP)
        server.refuses = refusing("message_thread_id", "message thread not found")
    assert [params.get("message_thread_id") for params in server.sent(GROUP)] == [None, TOPIC, None]


async def test_an_outage_is_told_in_the_topic(
    server: RawServer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, failures = inbox.store, iter([True])

    def broken(*args: Any, **kwargs: Any) -> bool:
        if next(failures, False):
            raise OperationalError("INSERT", {}, Exception("disk full"))
        return store(*args, **kwargs)

    monkeypatch.setattr(inbox, "store", broken)
    async with raw_bot(server, database):
        await server.send(asked(server, "甲", **IN_TOPIC))
        await server.heard("还没有收下", GROUP)
        await server.heard("答：甲", GROUP)
    assert [params["message_thread_id"] for params in server.sent(GROUP)] == [TOPIC, TOPIC]


async def test_a_group_that_migrates_while_it_is_answered_gets_its_answer(
    server: RawServer, database: Database
) -> None:
    new = GROUP - 1

    def migrated(method: str, params: Json) -> tuple[int, Json] | None:
        if method == "sendMessage" and params["chat_id"] == GROUP:
            return 400, {"description": "Bad Request: upgraded", "parameters": {"migrate_to_chat_id": new}}
        return None

    server.refuses = migrated
    async with raw_bot(server, database):
        await server.send(asked(server, "甲", **IN_TOPIC))
        await server.heard("答：甲", new)
    with database.read() as session:
        moved = get_chat(session, new)
    assert moved is not None
    assert moved.migrated_from == GROUP


async def test_a_migration_without_a_sender_moves_the_records(server: RawServer, database: Database) -> None:
    new = GROUP - 1
    async with raw_bot(server, database):
        await server.send(asked(server, "甲"))
        await server.heard("答：甲", GROUP)
        note = server.message({"migrate_from_chat_id": GROUP}, chat=new)
        del note["message"]["from"]
        await server.send(note, server.message("乙"))
        await server.heard("答：乙")
    with database.read() as session:
        assert get_chat(session, GROUP) is None
        assert get_chat(session, new) is not None
