"""What a file does is its own fate: its sender is told, and the chat goes on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from aiohttp import web
from bot_harness import Door, Talk
from report_harness import SCIENCE, ReportHarness, report, report_harness
from sqlalchemy import func, select
from telegram.error import NetworkError

import bot.attachments
import bot.telegram.downloads
import bot.telegram.errors
from bot.playground.people import send_document
from bot.playground.server import Site
from handlers.reports.evidence_files import LARGEST
from handlers.services.document_text import UNPACKED
from handlers.services.question_service import QuestionService
from storage.database import Database
from storage.evidence import EvidenceRow, FileState
from storage.inbox import InboxRow, InboxState

PDF = b"%PDF-1.4 minutes"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def refusing(status: int, description: str = "Not Found", headers: dict[str, str] | None = None, **more: Any) -> Answer:
    async def answer(_: web.Request) -> web.Response:
        body = {"ok": False, "error_code": status, "description": description, **more}
        return web.json_response(body, status=status, headers=headers)

    return answer


async def hang_up(request: web.Request) -> web.Response:
    assert request.transport
    request.transport.abort()
    return web.Response()


async def cut_short(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(PDF)
    return await hang_up(request)


async def without_end(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"%PDF-" + bytes(1_000_000))


async def drop_by_drop(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"%")
        await asyncio.sleep(0.05)


async def no_json(_: web.Request) -> web.Response:
    return web.Response(text="<html>busy", content_type="application/json")


async def no_result(_: web.Request) -> web.Response:
    return web.json_response({"ok": True, "result": None})


TROUBLES: dict[str, tuple[str, Answer, str]] = {
    "no such file": ("getFile", refusing(404), "没能从 Telegram 取到这个文件，请重新发一次。"),
    "unauthorized": ("getFile", refusing(401, "Unauthorized"), "没能从 Telegram 取到这个文件"),
    "forbidden": ("getFile", refusing(403, "Forbidden"), "没能从 Telegram 取到这个文件"),
    "wrong id": ("getFile", refusing(400, "Bad Request: wrong file_id"), "没能从 Telegram 取到这个文件"),
    "too big": ("getFile", refusing(400, "Bad Request: file is too big"), "超过 20 MB"),
    "busy": ("getFile", refusing(502, "Bad Gateway"), "没能从 Telegram 取到这个文件"),
    "flood of a day": (
        "getFile",
        refusing(429, "Too Many Requests", parameters={"retry_after": 86400}),
        "没能从 Telegram 取到这个文件",
    ),
    "no JSON": ("getFile", no_json, "没能从 Telegram 取到这个文件"),
    "no result": ("getFile", no_result, "没能从 Telegram 取到这个文件"),
    "download 404": ("file", refusing(404), "没能从 Telegram 取到这个文件"),
    "download 401": ("file", refusing(401, "Unauthorized"), "没能从 Telegram 取到这个文件"),
    "download 500": ("file", refusing(500, "Internal"), "没能从 Telegram 取到这个文件"),
    "download cut off": ("file", hang_up, "没能从 Telegram 取到这个文件"),
    "download cut short": ("file", cut_short, "没能从 Telegram 取到这个文件"),
    "download without end": ("file", without_end, "超过 20 MB"),
    "download drop by drop": ("file", drop_by_drop, "没能从 Telegram 取到这个文件"),
}


@dataclass(slots=True)
class Reporter:
    """A liaison who has reported, behind a door."""

    harness: ReportHarness
    door: Door
    me: Talk

    def send(self, content: bytes = PDF, name: str = "验收单.pdf") -> None:
        send_document(self.harness.site.world, SCIENCE, SCIENCE, name, content)

    def files(self) -> list[FileState]:
        with self.harness.database.read() as session:
            return list(session.scalars(select(EvidenceRow.state).order_by(EvidenceRow.id)))

    def unfinished(self) -> int:
        with self.harness.database.read() as session:
            return session.scalar(select(func.count()).where(InboxRow.state != InboxState.REPLIED)) or 0


@pytest.fixture
async def reporter(
    site: Site, database: Database, question_service: QuestionService, tmp_path: Path
) -> AsyncIterator[Reporter]:
    door = Door()
    async with (
        door.before(site) as address,
        report_harness(site, database, question_service, files=tmp_path / "evidence", server=address) as harness,
    ):
        me = harness.talk(SCIENCE)
        await report(me, "5G基站建成620个")
        yield Reporter(harness, door, me)


@pytest.mark.parametrize(("where", "answer", "said"), TROUBLES.values(), ids=TROUBLES)
async def test_a_file_that_does_not_come_is_told_and_the_chat_goes_on(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch, where: str, answer: Answer, said: str
) -> None:
    monkeypatch.setattr(bot.attachments, "PATIENCE", 1.0)
    monkeypatch.setattr(bot.telegram.downloads, "PATIENCE", 1.0)
    me = reporter.me
    reporter.door.instead = {where: answer}
    before = len(me.answers())
    me.say("市交通局负责哪些任务")
    reporter.send()
    me.say("5G基站谁负责")
    heard = [(await me.heard())["text"] for _ in range(3)]
    assert heard[1].startswith("验收单.pdf 没有保存。")
    assert said in heard[1]
    reporter.door.instead = {}
    reporter.send()
    assert (await me.heard())["text"].startswith("佐证已附上：验收单.pdf")
    await me.ask("/me")
    assert len(me.answers()) == before + 5
    assert reporter.files() == [FileState.REFUSED, FileState.KEPT]
    assert reporter.unfinished() <= 1  # the last one is being closed


@pytest.mark.both
@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("getFile", refusing(429, "Too Many Requests", parameters={"retry_after": 1})),
        ("getFile", refusing(500, "Internal")),
        ("file", refusing(429, "Too Many Requests", headers={"Retry-After": "1"})),
        ("file", hang_up),
    ],
    ids=["flood", "getFile 500", "download flood", "download cut off"],
)
async def test_a_file_that_comes_at_the_second_attempt_is_kept(reporter: Reporter, where: str, answer: Answer) -> None:
    async def once(request: web.Request) -> web.StreamResponse:
        reporter.door.instead = {}
        return await answer(request)

    reporter.door.instead = {where: once}
    reporter.send()
    assert (await reporter.me.heard())["text"].startswith("佐证已附上：验收单.pdf")
    assert reporter.files() == [FileState.KEPT]


async def test_while_the_server_is_away_a_file_waits(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.telegram.errors, "UnsentError", NetworkError)
    turned_away = 0

    async def away(request: web.Request) -> web.StreamResponse:
        nonlocal turned_away
        turned_away += 1
        if turned_away > bot.attachments.ATTEMPTS:
            reporter.door.instead = {}
        return await hang_up(request)

    reporter.door.instead = {"getFile": away}
    reporter.send()
    assert (await reporter.me.heard())["text"].startswith("佐证已附上：验收单.pdf")
    assert turned_away == bot.attachments.ATTEMPTS + 1


async def test_what_is_larger_than_it_was_said_to_be_is_not_kept(reporter: Reporter) -> None:
    async def large(_: web.Request) -> web.Response:
        return web.Response(body=b"%PDF-" + bytes(LARGEST))

    reporter.door.instead = {"file": large}
    reporter.send()
    assert "超过 20 MB" in (await reporter.me.heard())["text"]
    assert reporter.files() == [FileState.REFUSED]


@pytest.mark.both
async def test_a_trap_between_two_questions_is_named_and_both_are_answered(reporter: Reporter) -> None:
    me = reporter.me
    trap = BytesIO()
    with ZipFile(trap, "w", ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", bytes(UNPACKED + 1))
    me.say("市交通局负责哪些任务")
    reporter.send(trap.getvalue(), "说明.docx")
    me.say("5G基站谁负责")
    heard = [(await me.heard())["text"] for _ in range(3)]
    assert "市交通局" in heard[0]
    assert heard[1].startswith("说明.docx 没有保存。解压后太大")
    assert "5G" in heard[2]
    assert reporter.files() == [FileState.REFUSED]


async def test_an_answer_refused_as_if_for_its_token_is_sent_again(reporter: Reporter) -> None:
    async def once(request: web.Request) -> web.StreamResponse:
        reporter.door.instead = {}
        return await refusing(404)(request)

    reporter.door.instead = {"sendMessage": once}
    assert "市交通局" in (await reporter.me.ask("市交通局负责哪些任务"))["text"]


async def test_a_card_is_not_shown_again_where_the_program_ended_while_its_file_was_fetched(
    site: Site, database: Database, question_service: QuestionService, tmp_path: Path
) -> None:
    door = Door()
    async with door.before(site) as address:
        door.deaf = {"getFile"}
        async with report_harness(site, database, question_service, files=tmp_path, server=address) as harness:
            send_document(site.world, SCIENCE, SCIENCE, "验收单.pdf", PDF, "5G基站建成620个")
            await harness.talk(SCIENCE).heard()
            await door.knocked.wait()
        door.deaf = set()
        async with report_harness(site, database, question_service, files=tmp_path, server=address) as harness:
            me = harness.talk(SCIENCE)
            await me.ask("/me")
            assert sum("请确认" in said for said in me.answers()) == 1
    with database.read() as session:
        assert session.scalars(select(EvidenceRow.state)).all() == [FileState.KEPT]
