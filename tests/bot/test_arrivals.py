"""One bad update stops no other: whatever a Bot API server sends, what can be answered is answered."""

import io
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from bot_api_server import PERSON, RawServer, raw_bot, raw_server
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.config import LogSettings
from bot.limiter import SendLimiter
from bot.log import set_up_logging
from bot.telegram import polling
from bot.telegram.transport import DEEPEST, decode
from storage import inbox
from storage.chats import get_chat
from storage.database import Database
from storage.inbox import InboxRow, InboxState

PRIVATE = "不可外传的话"


@pytest.fixture
async def server() -> AsyncIterator[RawServer]:
    async with raw_server() as running:
        yield running


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    set_up_logging(LogSettings(level="info", format="json", file=""), stream=stream)
    yield stream
    set_up_logging(LogSettings(file=""))


def set_aside(database: Database) -> list[InboxRow]:
    with database.read() as session:
        wanted = select(InboxRow).where(InboxRow.state == InboxState.QUARANTINED).order_by(InboxRow.id)
        return list(session.scalars(wanted))


UNREADABLE: dict[str, Any] = {
    "a forward from a hidden user without a name": {"forward_origin": {"type": "hidden_user", "date": 1}},
    "a poll of an older server": {"poll": {"id": "1", "question": PRIVATE, "options": []}},
    "a chat of no kind": {"chat": {"id": PERSON}},
    "a chat without a number": {"chat": {"id": None, "type": "private"}},
    "a message without a number": {"message_id": None},
    "a date that is none": {"date": PRIVATE},
    "a date after the end of time": {"date": 10**17},
    "a number that no database holds": {"message_id": 10**30},
    "a person with a name for a number": {"from": {"id": PRIVATE, "is_bot": False, "first_name": ""}},
    "a person without a number": {"from": {"is_bot": False}},
    "a list for an object": {"chat": [PRIVATE]},
    "nothing for an object": {"dice": {}},
}


async def test_between_two_good_ones_a_bad_one_stops_neither(
    server: RawServer, database: Database, log: io.StringIO
) -> None:
    numbers = range(101, 101 + 2 * len(UNREADABLE), 2)
    for number, content in zip(numbers, UNREADABLE.values(), strict=True):
        good, bad = server.message(f"问{number}"), server.message(PRIVATE)
        bad["message"] |= content
        server.pending += [good | {"update_id": number}, bad | {"update_id": number + 1}]
    end = 101 + 2 * len(UNREADABLE)
    async with raw_bot(server, database):
        await server.send(server.message("最后") | {"update_id": end})
        for number in numbers:
            await server.heard(f"答：问{number}")
        await server.heard("答：最后")
        await server.until(lambda: any(params.get("offset") == end + 1 for _, params in server.calls))
    async with raw_bot(server, database):
        await server.send(server.message("丙") | {"update_id": end + 1})
        await server.heard("答：丙")
    rows = set_aside(database)
    assert [(int(row.key), row.payload, row.reply) for row in rows] == [
        (number + 1, {"kind": "message"}, None) for number in numbers
    ]
    lines = [json.loads(line) for line in log.getvalue().splitlines() if "update set aside" in line]
    assert [(int(line["update"]), line["kind"], line["number"]) for line in lines] == [
        (int(row.key), "message", row.error) for row in rows
    ]
    assert PRIVATE not in log.getvalue()
    told = [row.error for row in rows if any(f"错误号 {row.error}" in text for text in server.said())]
    in_private = [row.error for row, content in zip(rows, UNREADABLE.values(), strict=True) if "chat" not in content]
    assert told == in_private


async def test_where_no_answer_can_arrive_the_row_is_done_and_the_chat_marked(
    server: RawServer, database: Database
) -> None:
    gone = PERSON + 1
    server.refuses = lambda _, params: (
        (400, {"description": "Bad Request: chat not found"}) if params.get("chat_id") == gone else None
    )
    async with raw_bot(server, database):
        await server.send(server.message("甲", person=gone), server.message("乙"))
        await server.heard("答：乙")
        await server.until(lambda: server.count("refused sendMessage"))
    with database.read() as session:
        lost = get_chat(session, gone)
    assert lost
    assert lost.blocked
    assert set_aside(database) == []
    assert server.count("refused sendMessage") == 1


async def test_a_chat_of_a_kind_that_nobody_knows_is_not_answered(server: RawServer, database: Database) -> None:
    strange = server.message("甲")
    strange["message"]["chat"] |= {"type": "metaverse"}
    async with raw_bot(server, database):
        await server.send(strange, server.message("乙"))
        await server.heard("答：乙")
    assert set_aside(database) == []
    assert len(server.said()) == 1


async def test_what_is_set_aside_in_a_group_is_not_spoken_of(server: RawServer, database: Database) -> None:
    async with raw_bot(server, database):
        await server.send(server.message({"dice": {}}, chat=-1007), server.message("甲"))
        await server.heard("答：甲")
    assert server.said(-1007) == []
    assert len(set_aside(database)) == 1


async def test_the_sentence_about_a_bad_update_is_not_lost_in_a_crash(server: RawServer, database: Database) -> None:
    server.refuses = lambda method, _: (502, {}) if method == "sendMessage" else None
    async with raw_bot(server, database):
        await server.send(server.message({"dice": {}}))
        await server.until(lambda: server.count("refused sendMessage"))
    server.refuses = lambda _method, _params: None
    async with raw_bot(server, database):
        await server.heard("这条消息我读不了")
        await server.send(server.message("甲"))
        await server.heard("答：甲")
    assert len(server.said()) == 2
    assert [row.payload for row in set_aside(database)] == [{"kind": "message"}]


BODIES = {
    "null": b'{"ok": true, "result": null}',
    "no result": b'{"ok": true}',
    "an object": b'{"ok": true, "result": {"update_id": 1}}',
    "a list": b"[]",
    "a text": b'"' + PRIVATE.encode() + b'"',
    "no JSON": b"<html>" + PRIVATE.encode(),
    "half of one": b'{"ok": true, "result": [{"update_id": 1, "message": {"text": "' + PRIVATE.encode(),
    "nothing": b"",
    "entries that are no updates": json.dumps({"ok": True, "result": [None, 7, PRIVATE, [], {}, True]}).encode(),
    "updates without a number": json.dumps(
        {"ok": True, "result": [{"message": {}}, {"update_id": None}, {"update_id": PRIVATE}, {"update_id": -1}]}
    ).encode(),
    "a number beyond all": b'{"ok": true, "result": [{"update_id": ' + b"9" * 5000 + b"}]}",
    "brackets without end": b'{"ok": true, "result": ' + b"[" * 200_000,
    "bytes that are no text": b'{"ok": true, "result": "\xff\xfe"}',
}


async def test_a_poll_that_brings_nonsense_is_paused_after_and_repeated(
    server: RawServer, database: Database, log: io.StringIO, pauses: list[float]
) -> None:
    async with raw_bot(server, database):
        for body in BODIES.values():
            paused = len(pauses)
            await server.answer_poll(body, body, body)
            await server.send(server.message("甲"))
            await server.until(lambda: not server.polls and len(server.said()) == len(server.pending))
            assert len(pauses) >= paused + 3
    assert PRIVATE not in log.getvalue()


async def test_a_batch_that_never_ends_does_not_spin(
    server: RawServer, database: Database, pauses: list[float]
) -> None:
    """An entry without a number is brought again by every poll, whatever the offset."""
    async with raw_bot(server, database):
        await server.send({"message": {}}, server.message("甲"))
        await server.heard("答：甲")
        await server.until(lambda: server.count("getUpdates") > 5)
        await server.send(server.message("乙"))
        await server.heard("答：乙")
    not_followed = 4  # the two that brought something new, the one cut off at the end, and the confirming one
    assert len(pauses) >= server.count("getUpdates") - not_followed


async def test_a_server_that_does_not_wait_is_not_asked_without_end(
    server: RawServer, database: Database, pauses: list[float]
) -> None:
    async with raw_bot(server, database):
        await server.answer_poll(*[b'{"ok": true, "result": []}'] * 5)
        await server.until(lambda: not server.polls)
    assert len(pauses) >= 4


async def test_a_server_that_asks_for_patience_gets_it(
    server: RawServer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[float] = []

    def soon(_: SendLimiter, seconds: float) -> float:
        asked_for.append(seconds)
        return 0.01

    monkeypatch.setattr(SendLimiter, "real", soon)
    left = [(429, {"parameters": {"retry_after": 3}}), (500, {})]
    server.refuses = lambda method, _: left.pop() if method == "getUpdates" and left else None
    async with raw_bot(server, database):
        await server.send(server.message("甲"))
        await server.heard("答：甲")
    assert asked_for.count(3.0) == 1


async def test_numbers_written_as_texts_are_numbers(server: RawServer, database: Database) -> None:
    async with raw_bot(server, database):
        await server.send(server.message("甲") | {"update_id": "9"}, server.message("乙") | {"update_id": 10})
        await server.heard("答：乙")
    assert "答：甲" in server.said()[0]


async def test_what_cannot_be_stored_is_set_aside(
    server: RawServer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = inbox.store

    def choosy(*args: Any, **kwargs: Any) -> bool:
        if "乙" in repr(kwargs["payload"]):
            raise ValueError(PRIVATE)
        return store(*args, **kwargs)

    monkeypatch.setattr(inbox, "store", choosy)
    async with raw_bot(server, database):
        await server.send(server.message("甲"), server.message("乙"), server.message("丙"))
        await server.heard("答：甲")
        await server.heard("这条消息我读不了")
        await server.heard("答：丙")
    assert [row.payload for row in set_aside(database)] == [{"kind": "message"}]


async def test_text_that_no_database_holds_is_stored_and_offsets_stay_right(
    server: RawServer, database: Database
) -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 4}]
    async with raw_bot(server, database):
        await server.send(server.message({"text": "/ask \ud800甲\x00😀", "entities": entities, "\udfff": "\x00"}))
        await server.heard("答：\ufffd甲\ufffd😀")
        nameless = server.message("乙")
        nameless["message"]["from"]["first_name"] = ""
        await server.send(nameless)
        await server.heard("答：乙")
    assert set_aside(database) == []


async def test_what_is_nested_too_deep_costs_itself_only(server: RawServer, database: Database) -> None:
    good = [json.dumps(server.message(text)) for text in ("甲", "乙")]
    deep = json.dumps(server.message("丙") | {"deep": 0}).replace('"deep": 0', f'"deep": {"[" * 50_000}{"]" * 50_000}')
    async with raw_bot(server, database):
        await server.answer_poll(f'{{"ok": true, "result": [{good[0]}, {deep}, {good[1]}]}}'.encode())
        for text in ("甲", "乙", "丙"):
            await server.heard(f"答：{text}")


def test_json_is_read_within_limits_of_our_own() -> None:
    level = "[" * DEEPEST + "1" + "]" * DEEPEST
    assert repr(decode(level.encode())).count("[") == DEEPEST
    assert "None" in repr(decode(f"[{level}]".encode()))
    assert decode(f'["{"[" * 999}\\"[", {"9" * 41}, 1e999, NaN, {"7" * 16}]'.encode()) == [
        "[" * 999 + '"[',
        None,
        None,
        None,
        int("7" * 16),
    ]
    assert decode(b'{"\\ud83d\\ude00\\ud83d": "\\u0000"}') == {"😀\ufffd": "\ufffd"}


@pytest.mark.usefixtures("pauses")
async def test_in_an_outage_everyone_who_writes_is_told_once(
    server: RawServer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, away = inbox.store, True

    def broken(*args: Any, **kwargs: Any) -> bool:
        if away:
            raise OperationalError("INSERT", {}, Exception("disk full"))
        return store(*args, **kwargs)

    monkeypatch.setattr(inbox, "store", broken)
    people = (7001, 7002, 7003)
    async with raw_bot(server, database):
        await server.send(*(server.message(f"问{person}", person=person) for person in people[:2]))
        await server.heard("还没有收下", 7001)
        await server.heard("还没有收下", 7002)
        await server.send(server.message("又", person=7001), server.message("问7003", person=7003))
        await server.heard("还没有收下", 7003)
        assert {params.get("offset") for name, params in server.calls if name == "getUpdates"} == {None}
        away = False
        for person in people:
            await server.heard(f"答：问{person}", person)
        await server.heard("答：又", 7001)
        for person in people:
            assert sum("还没有收下" in text for text in server.said(person)) == 1
        away = True
        await server.send(server.message("再", person=7001))
        await server.until(lambda: sum("还没有收下" in text for text in server.said(7001)) == 2)
        away = False
        await server.heard("答：再", 7001)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that the poller takes, made short."""
    taken: list[float] = []

    def short(_longest: float) -> Iterator[float]:
        while True:
            taken.append(0.01)
            yield 0.01

    monkeypatch.setattr(polling, "backoff", short)
    return taken
