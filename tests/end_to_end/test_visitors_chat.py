"""What no plan settles: a person's own matter, a complaint, and what is brought against somebody in office."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from bot_harness import GROUP, Json, Talk, labels
from report_harness import INTERNAL, OFFICE, TRAFFIC, VISITOR, ReportHarness, report_harness
from sqlalchemy import MetaData, select
from web_client import serve_web

from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.access.service import Service
from handlers.questions.texts_personal_matters import COMPLAINT, ENTERPRISE, OWN, hotlines
from handlers.routing import updates
from handlers.services.question_service import QuestionService
from knowledge.language.pattern import Sign
from storage.audit import AuditRow
from storage.database import Database
from storage.inbox import InboxRow, InboxState

ACCUSATION = "举报刘大壮局长，他收了祥云老板三万块钱，证据在柜子里"
WORDS = ("刘大壮", "祥云老板", "三万块", "柜子")
BOTH_CHANNELS = pytest.mark.parametrize("serve", [serve_playground, serve_web], ids=["telegram", "web"])
Serve = Callable[[], AbstractAsyncContextManager[Site]]


@pytest.fixture
async def harness(site: Site, database: Database, question_service: QuestionService) -> AsyncIterator[ReportHarness]:
    async with report_harness(site, database, question_service) as running:
        yield running


def everything(database: Database) -> str:
    """All that every table of the database holds."""
    tables = MetaData()
    with database.read() as session:
        connection = session.connection()
        tables.reflect(connection)
        found = [str(row) for table in tables.sorted_tables for row in connection.execute(select(table))]
    assert found
    return "\n".join(found)


def nothing_kept(database: Database) -> bool:
    held = everything(database)
    return not any(word in held or ascii(word)[1:-1] in held for word in WORDS)


@pytest.mark.parametrize("one", [COMPLAINT, ENTERPRISE, OWN], ids=["complaint", "enterprise", "own"])
def test_a_sign_shows_in_its_sentences_and_in_no_others(one: Sign) -> None:
    assert [said for said in one.examples if not one.shows(said)] == []
    assert [said for said in one.others if one.shows(said)] == []


@pytest.mark.both
@BOTH_CHANNELS
async def test_of_what_is_brought_against_somebody_in_office_no_word_is_kept(
    serve: Serve, database: Database, question_service: QuestionService
) -> None:
    async with serve() as site, report_harness(site, database, question_service) as harness:
        for who in (VISITOR, TRAFFIC):
            talk = harness.talk(who)
            said = await talk.ask(ACCUSATION)
            assert said["text"].startswith("反映党员、公职人员违纪违法，请打 12388")
            assert "没有保存" in said["text"]
            assert labels(said) == []
        visitor = harness.talk(VISITOR)
        assert "12388" in (await visitor.ask(f"/ask {ACCUSATION}"))["text"]
        await visitor.ask("我要投诉")
        assert "12388" in (await visitor.ask("刘大壮书记收了祥云老板三万块"))["text"]
        assert await asyncio.to_thread(nothing_kept, database)
        with database.read() as session:
            assert session.scalars(select(AuditRow).where(AuditRow.action == "refuse")).all() == []


@pytest.mark.both
async def test_what_fails_thrice_is_set_aside_without_a_word(
    harness: ReportHarness, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(updates, "hear", fail)
    harness.talk(VISITOR).say(ACCUSATION)
    async with asyncio.timeout(20):
        while not await asyncio.to_thread(_is_set_aside, database):  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.1)
    assert await asyncio.to_thread(nothing_kept, database)


def _is_set_aside(database: Database) -> bool:
    with database.read() as session:
        return session.scalar(select(InboxRow.id).where(InboxRow.state == InboxState.QUARANTINED)) is not None


async def test_a_complaint_of_a_unit_is_a_matter_of_12345(harness: ReportHarness) -> None:
    for who in (VISITOR, TRAFFIC, OFFICE):
        said = await harness.talk(who).ask("我要投诉交通局")
        assert said["text"].startswith("这件事请打 12345（政务服务便民热线）。")
        assert said["text"].index("12345") < said["text"].index("12388")
        assert "没有任务" not in said["text"]


async def test_ones_own_matter_is_not_answered_as_if_the_plan_settled_it(harness: ReportHarness) -> None:
    visitor = harness.talk(VISITOR)
    for question in ("路坏了找谁", "拖欠工资找谁", "村里的路灯归谁管", "邻居噪音太大"):
        said = await visitor.ask(question)
        assert said["text"].startswith("这件事请打 12345"), question
        assert "四好农村路" not in said["text"]
    school = await visitor.ask("孩子上学怎么办")
    assert school["text"].startswith("这件事请打 12345")
    assert "方案里相近的工作：7.3 建设教育强市。方案写的是整项工作怎么做，不是您这件事怎么办。" in school["text"]
    assert "7.3 建设教育强市" in (await press_task(visitor, school))["text"]


async def press_task(talk: Talk, shown: Json) -> Json:
    await talk.tap(shown, "7.3 建设教育强市")
    return await talk.heard()


async def test_in_a_group_it_is_said_too(harness: ReportHarness, site: Site) -> None:
    visitor = harness.talk(VISITOR)
    group = Talk(site, visitor.events, VISITOR, GROUP)
    assert (await group.ask("/ask 路坏了找谁"))["text"].startswith("这件事请打 12345")


async def test_the_offices_telephone_stands_beside_12345(
    site: Site, database: Database, question_service: QuestionService
) -> None:
    service = Service(internal=INTERNAL.internal, telephone="0713-6222222")
    async with report_harness(site, database, question_service, service=service) as harness:
        visitor = harness.talk(VISITOR)
        assert (await visitor.ask("路坏了找谁"))["text"].startswith(
            "这件事请打 12345（政务服务便民热线），也可以打办公室电话 0713-6222222。"
        )
        assert (await visitor.ask("企业诉求找谁"))["text"].startswith(
            "企业诉求请打办公室电话 0713-6222222，也可以打 12345（政务服务便民热线）。"
        )


def test_the_lines_of_a_home_begin_with_12345() -> None:
    assert [line[:12] for line in hotlines("")] == ["投诉、求助、办事：请打 ", "反映党员、公职人员违纪违"]
    assert hotlines("0713-1")[1] == "企业诉求、营商环境投诉：办公室电话 0713-1。"
