"""An update that ends the program is set aside at its second death; whatever stood around it is answered."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from addresses import at
from bot_harness import PATIENCE, TRAFFIC, VISITOR, Door, Json, StubService, Talk, bot_at_work
from crashing_bot import DEADLY, DEADLY_FILE, SLOW, STATUS
from folders import IMPORTABLE, ROOT
from sql_statements import statements
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.arrivals import CHATS_AT_ONCE
from bot.playground.bindings import seed_people
from bot.playground.server import Site
from handlers.chat.outgoing import Fetch, dump_calls
from handlers.services.question_service import AnsweredQuestion, Asker, QuestionService
from storage import evidence, inbox
from storage.chats import ChatKind, see_chat, see_person
from storage.database import Database
from storage.evidence import EvidenceRow, FileState
from storage.inbox import InboxRow, InboxState
from storage.people import MemberRow

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the bots are forked, so that a new one is quickly there"
)

OFFICE, PLAN = 510006, "wuxue-2021-26"
PUT_ASIDE = "有一条消息总是处理出错"


@dataclass(slots=True)
class Ward:
    """Where mortal bots come from, one after the other."""

    site: Site
    database: Database
    events: "asyncio.Queue[Json | None]"
    folder: Path
    mortal: subprocess.Popen[bytes]
    ended: int = 0
    """The status of the last bot that ended."""

    def talk(self, person: int) -> Talk:
        return Talk(self.site, self.events, person=person, chat=person)

    @asynccontextmanager
    async def bot(self, server: str | None = None) -> AsyncIterator[int]:
        """A bot at work; its process number."""
        order = {
            "database": self.database.url.render_as_string(hide_password=False),
            "token": self.site.world.token,
            "server": server or f"http://127.0.0.1:{self.site.port}",
            "files": str(self.folder / "evidence"),
        }
        assert self.mortal.stdin
        self.mortal.stdin.write(json.dumps(order).encode() + b"\n")
        self.mortal.stdin.flush()
        number = await self._line()
        try:
            yield number
        finally:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGTERM)
            self.ended = await self._line()

    async def _line(self) -> int:
        assert self.mortal.stdout
        async with asyncio.timeout(2 * PATIENCE):
            return int(await asyncio.to_thread(self.mortal.stdout.readline))

    async def death(self) -> None:
        """A bot comes up, and something ends it."""
        async with self.bot() as number, asyncio.timeout(2 * PATIENCE):
            while _alive(number):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
        assert self.ended == STATUS

    def keep(self, number: int, text: str) -> None:
        """An update that an earlier run has left."""
        message = self.site.world.new_message(VISITOR, VISITOR, {"text": text})
        with self.database.write() as session:
            _store(session, self.site, number, VISITOR, {"update_id": number, "message": message})

    def rows(self) -> list[InboxRow]:
        with self.database.read() as session:
            return list(session.scalars(select(InboxRow).order_by(InboxRow.id)))

    async def until_answered(self, person: int, *texts: str) -> None:
        async with asyncio.timeout(2 * PATIENCE):
            while not all(any(text in said for said in self.talk(person).answers()) for text in texts):  # noqa: ASYNC110
                await asyncio.sleep(0.05)  # another process answers


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def _store(session: Session, site: Site, number: int, chat: int, payload: Json) -> None:
    inbox.store(
        session,
        receiver=f"telegram:{site.world.cast.bot_id}",
        key=str(number),
        chat_id=chat,
        payload=payload,
        received_at=datetime.now(UTC),
    )


@pytest.fixture(scope="module")
def mortal() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        (sys.executable, "-m", "crashing_bot"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={"PYTHONPATH": IMPORTABLE, "PATH": ""},
    ) as process:
        yield process
        process.terminate()


@pytest.fixture
async def ward(site: Site, database: Database, tmp_path: Path, mortal: subprocess.Popen[bytes]) -> AsyncIterator[Ward]:
    """The playground's people are bound, and the office has written to the bot."""
    now, cast = datetime.now(UTC), site.world.cast
    with database.write() as session:
        seed_people(session, cast.people.values(), plan=PLAN, now=now)
        see_chat(session, chat=at(OFFICE), kind=ChatKind.PRIVATE, title=None, now=now)
        see_person(session, person=at(OFFICE), name="办公室", now=now)
    site.world.new_message(OFFICE, OFFICE, {"text": "以前说过的话"})
    with site.world.feed.listening() as events:
        yield Ward(site, database, events, tmp_path, mortal)


async def test_a_message_that_kills_is_set_aside_at_the_second_death(ward: Ward) -> None:
    me, other = ward.talk(VISITOR), ward.talk(TRAFFIC)
    for text in ("甲", DEADLY, "乙"):
        me.say(text)
    other.say("丙")
    await ward.death()
    assert me.answers() == ["答：甲"]
    await ward.death()
    assert me.answers() == ["答：甲"]
    async with ward.bot():
        await ward.until_answered(VISITOR, "答：乙", "系统出错")
        await ward.until_answered(TRAFFIC, "答：丙")
        await ward.until_answered(OFFICE, PUT_ASIDE)
        me.say("丁")
        await ward.until_answered(VISITOR, "答：丁")
    async with ward.bot():
        me.say("戊")
        await ward.until_answered(VISITOR, "答：戊")
    answers = me.answers()
    assert [said for said in answers if said.startswith("答：")] == ["答：甲", "答：乙", "答：丁", "答：戊"]
    (aside,) = [row for row in ward.rows() if row.state is not InboxState.REPLIED]
    assert aside.state is InboxState.QUARANTINED
    assert [said for said in answers if "系统出错" in said and f"错误号 {aside.error}" in said]
    assert len([said for said in answers if "系统出错" in said]) == 1
    (told,) = ward.talk(OFFICE).answers()
    assert f"duban error {aside.error}" in told


async def test_a_file_that_kills_is_set_aside_with_its_row(ward: Ward) -> None:
    file = ward.site.world.keep_file("甲.pdf", DEADLY_FILE)["file_id"]
    ward.keep(1, "甲")
    ward.keep(2, "乙")
    with ward.database.write() as session:
        first = inbox.next_of_chat(session, receiver=f"telegram:{ward.site.world.cast.bot_id}", chat_id=VISITOR)
        assert first
        author = session.scalars(select(MemberRow.id)).first()
        assert author
        wanted = evidence.want(session, author=author, name="甲.pdf", album=None, now=datetime.now(UTC))
        fetch = Fetch(chat=VISITOR, file=file, evidence=wanted, name="甲.pdf")
        inbox.keep_effect(session, first.id, dump_calls((fetch,)))
    await ward.death()
    async with ward.bot():
        await ward.until_answered(VISITOR, "系统出错", "答：乙")
        await ward.until_answered(OFFICE, PUT_ASIDE)
    assert [row.state for row in ward.rows()] == [InboxState.QUARANTINED, InboxState.REPLIED]
    with ward.database.read() as session:
        assert session.scalars(select(EvidenceRow.state)).all() == [FileState.REFUSED]


async def test_being_killed_while_it_waits_for_telegram_is_no_death_of_the_rows_making(ward: Ward) -> None:
    ward.keep(1, "甲")
    door = Door()
    door.deaf = {"sendMessage"}
    async with door.before(ward.site) as address:
        for _ in range(3):
            door.knocked.clear()
            async with ward.bot(address) as number:
                async with asyncio.timeout(PATIENCE):
                    await door.knocked.wait()
                os.kill(number, signal.SIGKILL)
        door.deaf = set()
        async with ward.bot(address):
            await ward.until_answered(VISITOR, "答：甲")
    assert [row.state for row in ward.rows()] == [InboxState.REPLIED]


async def test_an_orderly_stop_in_the_middle_of_a_suspect_is_no_death(ward: Ward) -> None:
    ward.keep(1, SLOW)
    ward.keep(2, "乙")
    async with ward.bot():  # its end is the one SIGTERM: a second would end the bot the hard way
        async with asyncio.timeout(PATIENCE):
            while not ward.rows()[0].at_work:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
    assert ward.ended == 0
    assert not any(row.at_work for row in ward.rows())
    async with ward.bot():
        await ward.until_answered(VISITOR, f"答：{SLOW}", "答：乙")
    assert [row.state for row in ward.rows()] == [InboxState.REPLIED] * 2


class HeldDesk(StubService):
    """Holds back what it is told to, until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    @override
    def ask(self, question: str, *, memory: str, asker: Asker, cleaned: str | None = None) -> AnsweredQuestion:
        if SLOW in question:
            self.go.wait(PATIENCE)
        return super().ask(question, memory=memory, asker=asker, cleaned=cleaned)


@pytest.mark.parametrize("migrated", ["postgresql"], indirect=True)
async def test_however_many_suspects_wait_who_writes_now_is_answered(
    ward: Ward, question_service: QuestionService
) -> None:
    ward.keep(1, SLOW)
    with ward.database.write() as session:
        for number in range(2, CHATS_AT_ONCE + 10):  # more chats than are answered at once, with nothing to say
            _store(session, ward.site, number, -number, {"update_id": number})
    held = HeldDesk()
    held.library = question_service.library
    async with bot_at_work(ward.site, ward.database, held):
        try:
            assert "答：丙" in (await ward.talk(TRAFFIC).ask("丙"))["text"]
            assert ward.talk(VISITOR).answers() == []
        finally:
            held.go.set()
        await ward.until_answered(VISITOR, f"答：{SLOW}")


async def test_what_arrives_now_needs_no_mark(ward: Ward) -> None:
    ward.keep(1, "甲")
    with statements() as said:
        async with bot_at_work(ward.site, ward.database, StubService()):
            await ward.until_answered(VISITOR, "答：甲")
            await ward.talk(VISITOR).ask("乙")
    marks = [one for one in said.statements if one.startswith("UPDATE inbox SET at_work")]
    assert len(marks) == 2  # made and lifted, of the row that was left over


async def test_the_office_is_told_of_what_failed_three_times(ward: Ward, question_service: QuestionService) -> None:
    broken = StubService()
    broken.library = question_service.library  # of the plan whose office is told
    async with bot_at_work(ward.site, ward.database, broken):
        assert "系统出错" in (await ward.talk(VISITOR).ask("坏了"))["text"]
        await ward.until_answered(OFFICE, PUT_ASIDE)
