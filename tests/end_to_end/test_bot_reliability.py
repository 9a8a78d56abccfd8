"""Nothing asked is lost, nothing answered twice: crashes, outages, duplicates, a second poller."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from addresses import at, telegram_by
from bot_harness import GROUP, PATIENCE, VISITOR, Door, Json, StubService, Talk, bot_at_work
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from telegram import Bot
from typing_extensions import override

from bot.app import serve
from bot.arrivals import Arrivals
from bot.halt import ConflictError, TokenRefusedError
from bot.limiter import SendLimiter
from bot.pace import LOOPBACK
from bot.playground.server import Site
from bot.telegram.batch import read_batch
from bot.telegram.connection import telegram
from handlers.chat.outgoing import Send, dump_calls
from handlers.services.clock import PlanClock
from handlers.services.question_service import AnsweredQuestion, Asker
from handlers.texts.marks import bold
from storage import inbox
from storage.chats import ChatKind, get_chat, see_chat
from storage.database import Database
from storage.inbox import InboxRow, InboxState


@pytest.fixture
async def talk(site: Site) -> AsyncIterator[Talk]:
    """The visitor's private chat; no bot is at work yet."""
    with site.world.feed.listening() as events:
        yield Talk(site, events)


def states(database: Database) -> dict[InboxState, int]:
    with database.read() as session:
        found = session.execute(select(InboxRow.state, func.count()).group_by(InboxRow.state))
        return dict(found.all())


def message_update(site: Site, number: int, text: str, *, at: datetime | None = None) -> Json:
    """An update that the visitor wrote, as the server would have handed it out."""
    message = site.world.new_message(VISITOR, VISITOR, {"text": text})
    if at:
        message["date"] = int(at.timestamp())
    return {"update_id": number, "message": message}


def keep(database: Database, site: Site, payload: Json, *, chat: int = VISITOR) -> None:
    """The row of an update that was stored before the program died."""
    with database.write() as session:
        inbox.store(
            session,
            receiver=f"telegram:{site.world.cast.bot_id}",
            key=str(payload["update_id"]),
            chat_id=chat,
            payload=payload,
            received_at=datetime.now(UTC),
        )


async def test_stored_but_not_handled_before_the_crash_is_answered_once(talk: Talk, database: Database) -> None:
    keep(database, talk.site, message_update(talk.site, 7, "甲"))
    async with bot_at_work(talk.site, database, StubService()):
        assert (await talk.heard())["text"] == "答：甲\n前文：无"
        await talk.ask("乙")
    assert talk.answers() == ["答：甲\n前文：无", "答：乙\n前文：甲"]
    assert states(database) == {InboxState.REPLIED: 2}


async def test_handled_but_not_sent_before_the_crash_is_sent_without_asking_again(
    talk: Talk, database: Database
) -> None:
    keep(database, talk.site, message_update(talk.site, 7, "甲"))
    with database.write() as session:
        row = inbox.next_of_chat(session, receiver=f"telegram:{talk.site.world.cast.bot_id}", chat_id=VISITOR)
        assert row is not None
        inbox.keep_effect(session, row.id, dump_calls((Send(chat=VISITOR, text=bold("早已想好")),)))
    question_service = StubService()
    async with bot_at_work(talk.site, database, question_service):
        assert (await talk.heard())["text"] == "早已想好"
    assert question_service.asked == []
    assert talk.answers() == ["早已想好"]


class OvertakenDesk(StubService):
    """While it thinks, another process handles the same update."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    @override
    def ask(self, question: str, *, memory: str, asker: Asker, cleaned: str | None = None) -> AnsweredQuestion:
        if question == "甲":
            with self._database.write() as session:
                number = session.scalars(select(func.min(InboxRow.id))).one()
                inbox.keep_effect(session, number, [])
                inbox.mark_replied(session, number)
        return super().ask(question, memory=memory, asker=asker, cleaned=cleaned)


@pytest.mark.parametrize("migrated", ["postgresql"], indirect=True)
async def test_what_another_process_handles_meanwhile_has_no_second_effect(talk: Talk, database: Database) -> None:
    question_service = OvertakenDesk(database)
    async with bot_at_work(talk.site, database, question_service):
        talk.say("甲")
        assert (await talk.ask("乙"))["text"] == "答：乙\n前文：无"
    assert question_service.asked == ["甲", "乙"]
    assert talk.answers() == ["答：乙\n前文：无"]


async def test_answered_before_the_crash_is_not_answered_again(talk: Talk, database: Database) -> None:
    async with bot_at_work(talk.site, database, StubService()):
        await talk.ask("甲")
    async with bot_at_work(talk.site, database, StubService()):
        await talk.ask("乙")
    assert talk.answers() == ["答：甲\n前文：无", "答：乙\n前文：甲"]


async def test_rows_of_one_chat_are_answered_in_the_order_they_came(talk: Talk, database: Database) -> None:
    for number in range(1, 8):
        keep(database, talk.site, message_update(talk.site, number, f"问{number}"))
    async with bot_at_work(talk.site, database, StubService()):
        heard = [(await talk.heard())["text"] for _ in range(7)]
    assert heard[1:] == [f"答：问{number}\n前文：问{number - 1}" for number in range(2, 8)]


async def test_the_same_update_twice_is_answered_once(talk: Talk, database: Database) -> None:
    payload = message_update(talk.site, 7, "甲")
    async with asyncio.timeout(PATIENCE), Bot(talk.site.world.token, base_url=talk.site.base_url) as bot:
        channel = telegram_by(bot)
        arrivals = Arrivals(database, channel, SendLimiter(LOOPBACK), asyncio.Queue())
        assert [await arrivals.keep(arrival) for arrival in read_batch([payload, payload], channel.me)] == [True, False]
    async with bot_at_work(talk.site, database, StubService()):
        await talk.heard()
        await talk.ask("乙")
    assert len(talk.answers()) == 2


async def test_a_bot_that_lost_the_server_goes_on_by_itself(talk: Talk, database: Database) -> None:
    door = Door()
    async with door.before(talk.site) as address, bot_at_work(talk.site, database, StubService(), server=address):
        await talk.ask("甲")
        door.shut = True
        talk.say("乙")
        async with asyncio.timeout(PATIENCE):
            await door.knocked.wait()
        talk.say("丙")
        door.shut = False
        while (await talk.heard())["text"] != "答：丙\n前文：乙":
            pass
    assert talk.answers().count("答：乙\n前文：甲") == 1
    assert talk.answers().count("答：丙\n前文：乙") == 1


async def test_an_answer_waits_until_the_server_takes_it(talk: Talk, database: Database) -> None:
    door = Door()
    async with door.before(talk.site) as address, bot_at_work(talk.site, database, StubService(), server=address):
        door.deaf = {"sendMessage"}
        talk.say("甲")
        async with asyncio.timeout(PATIENCE):
            await door.knocked.wait()
        door.deaf = set()
        assert (await talk.heard())["text"] == "答：甲\n前文：无"
        await talk.ask("乙")
    assert len(talk.answers()) == 2


async def test_an_answer_of_unknown_fate_is_sent_again(talk: Talk, database: Database) -> None:
    door = Door()
    async with door.before(talk.site) as address, bot_at_work(talk.site, database, StubService(), server=address):
        door.mute = {"sendMessage"}
        await talk.ask("甲")
        assert (await talk.heard())["text"] == "答：甲\n前文：无"
    assert states(database) == {InboxState.REPLIED: 1}


async def test_a_bot_starts_before_its_server(talk: Talk, database: Database) -> None:
    door = Door()
    door.shut = True
    async with door.before(talk.site) as address:
        talk.say("甲")

        async def open_the_door() -> None:
            await door.knocked.wait()
            door.shut = False

        opening = asyncio.create_task(open_the_door())
        async with bot_at_work(talk.site, database, StubService(), server=address):
            assert (await talk.heard())["text"] == "答：甲\n前文：无"
        await opening


async def test_a_bot_that_never_reached_its_server_stops_at_once(talk: Talk, database: Database) -> None:
    door = Door()
    door.shut = True
    async with door.before(talk.site) as address:
        stop = asyncio.Event()
        task = asyncio.create_task(run(talk.site, database, stop, server=address))
        async with asyncio.timeout(PATIENCE):
            await door.knocked.wait()
            stop.set()
            await task


async def test_stopping_leaves_what_cannot_be_sent_for_the_next_start(talk: Talk, database: Database) -> None:
    door = Door()
    async with door.before(talk.site) as address:
        async with bot_at_work(talk.site, database, StubService(), server=address):
            door.deaf = {"sendMessage"}
            talk.say("甲")
            async with asyncio.timeout(PATIENCE):
                await door.knocked.wait()
        assert states(database) == {InboxState.EFFECT: 1}
        door.deaf = set()
        async with bot_at_work(talk.site, database, StubService(), server=address):
            assert (await talk.heard())["text"] == "答：甲\n前文：无"


async def test_what_fails_three_times_is_set_aside_and_the_person_told(talk: Talk, database: Database) -> None:
    question_service = StubService()
    async with bot_at_work(talk.site, database, question_service):
        told = await talk.ask("坏了")
        assert (await talk.ask("甲"))["text"] == "答：甲\n前文：无"
    assert told["text"].startswith("系统出错，这个问题没能回答。")
    assert question_service.asked.count("坏了") == 3
    with database.read() as session:
        row = session.scalars(select(InboxRow).where(InboxRow.state == InboxState.QUARANTINED)).one()
    assert told["text"].endswith(f"错误号 {row.error}")


async def test_an_answer_ten_minutes_late_says_so(talk: Talk, database: Database) -> None:
    long_ago = datetime.now(UTC) - timedelta(minutes=11)
    keep(database, talk.site, message_update(talk.site, 7, "甲", at=long_ago))
    async with bot_at_work(talk.site, database, StubService()):
        assert (await talk.heard())["text"] == "迟复\n答：甲\n前文：无"


async def test_while_nothing_can_be_stored_the_person_is_told_and_the_update_waits(
    talk: Talk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, failures = inbox.store, iter([True, True])

    def broken(*args: Any, **kwargs: Any) -> bool:
        if next(failures, False):
            raise OperationalError("INSERT", {}, Exception("disk full"))
        return store(*args, **kwargs)

    monkeypatch.setattr(inbox, "store", broken)
    async with bot_at_work(talk.site, database, StubService()):
        assert "还没有收下" in (await talk.ask("甲"))["text"]
        assert (await talk.heard())["text"] == "答：甲\n前文：无"
    assert len(talk.answers()) == 2


async def test_a_group_that_became_a_supergroup_keeps_its_records_and_what_waited_there(
    talk: Talk, database: Database
) -> None:
    new = -1004100001
    moved, waiting = message_update(talk.site, 1, ""), message_update(talk.site, 2, "大家好")
    moved["message"] |= {"chat": talk.site.world.cast.chat(GROUP), "migrate_to_chat_id": new}
    del moved["message"]["text"]
    waiting["message"]["chat"] = {"id": new, "type": "supergroup", "title": "工作群"}
    with database.write() as session:
        see_chat(session, chat=at(GROUP), kind=ChatKind.GROUP, title="工作群", now=datetime.now(UTC))
    keep(database, talk.site, moved)  # under the visitor's chat, so that the answer to 甲 comes after it
    keep(database, talk.site, waiting, chat=GROUP)
    keep(database, talk.site, message_update(talk.site, 3, "甲"))
    async with bot_at_work(talk.site, database, StubService()):
        await talk.heard()
    with database.read() as session:
        chat = get_chat(session, new)
        assert get_chat(session, GROUP) is None
    assert chat is not None
    assert chat.migrated_from == GROUP
    assert states(database) == {InboxState.REPLIED: 3}


async def test_a_second_poller_stops_the_bot(talk: Talk, database: Database) -> None:
    async def poll_without_end() -> None:
        async with httpx.AsyncClient(base_url=f"{talk.site.base_url}{talk.site.world.token}/") as other:
            while True:
                await other.post("getUpdates", json={"timeout": 30}, timeout=60)

    rival = asyncio.create_task(poll_without_end())
    try:
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(ConflictError):
                await run(talk.site, database, asyncio.Event())
    finally:
        rival.cancel()
        await asyncio.wait([rival])


async def test_a_token_that_telegram_does_not_know_stops_the_bot(talk: Talk, database: Database) -> None:
    with pytest.raises(TokenRefusedError):
        await run(talk.site, database, asyncio.Event(), token="12345:" + "x" * 30)


async def test_all_calls_go_through_the_proxy(site: Site, database: Database) -> None:
    """The server's name is nowhere known: only the proxy could lead there."""
    asked: list[str] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        asked.append(head.split()[1].decode())
        body = b'{"ok": false, "error_code": 401, "description": "Unauthorized"}'
        writer.write(
            b"HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
        )
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(proxy, "127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        with pytest.raises(TokenRefusedError):
            await run(site, database, asyncio.Event(), server="http://api.telegram.invalid", proxy=address)
    assert asked
    assert all(address.startswith("http://api.telegram.invalid/bot") for address in asked)


async def run(
    site: Site,
    database: Database,
    stop: asyncio.Event,
    *,
    server: str | None = None,
    token: str | None = None,
    proxy: str | None = None,
) -> None:
    await serve(
        telegram(
            token=token or site.world.token,
            base_url=f"{server}/bot" if server else site.base_url,
            base_file_url=f"{server or site.page_url}/file/bot",
            proxy=proxy,
        ),
        database=database,
        question_service=StubService(),
        clock=PlanClock(),
        per_minute=600,
        stop=stop,
        files=Path("never"),
    )
