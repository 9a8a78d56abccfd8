"""The office that the playground opens on: its script is played whole, and what its chats offer fits what is there."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime

import pytest
from bot_harness import address_in
from report_harness import HEAD, PLAN, SCIENCE, SUPERVISOR, ReportHarness, report_harness
from web_client import serve_web

from bot.playground.bindings import seed_people
from bot.playground.opening import load_opening, play_opening
from bot.playground.personas import load_cast
from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.services.clock import PlanClock
from handlers.services.question_service import QuestionService
from storage.database import Database

Serve = Callable[..., AbstractAsyncContextManager[Site]]
CAST = load_cast()
SAMPLES = [(one.id, said) for one in CAST.people.values() for said in CAST.samples[one.role or "private"]]
AMISS = ("没有读懂", "没有提到", "系统出错", "没有这个命令", "暂时")


@pytest.mark.slow
@pytest.mark.parametrize("serve", [serve_playground, serve_web], ids=["telegram", "web"])
async def test_the_opening_is_played_whole_and_once(
    serve: Serve, database: Database, question_service: QuestionService
) -> None:
    clock = PlanClock()
    async with (
        serve(clock=clock, turns=len(load_opening())) as site,
        report_harness(site, database, question_service, clock=clock) as harness,
    ):
        stopped = asyncio.create_task(play_opening(site, database))
        while site.world.opening.done < 20:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.01)
        stopped.cancel()
        await asyncio.gather(stopped, return_exceptions=True)
        await play_opening(site, database)
        opening = site.world.opening
        assert (opening.done, opening.of, opening.until > 0) == (len(load_opening()), 0, True)
        _pass_over(harness)
        await _is_lived_in(harness, clock)
        _pass_over(harness)
        for person, said in SAMPLES:
            answer = await harness.talk(person).ask(said)
            assert not [part for part in AMISS if part in answer["text"]], (said, answer["text"])
        await play_opening(site, database)
        assert site.world.opening == opening


def _pass_over(harness: ReportHarness) -> None:
    """What came unasked is no answer to what is asked next."""
    while not harness.first.events.empty():
        harness.first.events.get_nowait()


async def _is_lived_in(harness: ReportHarness, clock: PlanClock) -> None:
    """Figures of two months, one returned, a problem, an absence, a draft of the month; a reminder comes tomorrow."""
    assert sorted({one.status for one in harness.reports()}) == ["accepted", "returned"]
    assert clock.today() == load_opening()[-1].day

    async def says(person: int, asked: str) -> str:
        return str((await harness.talk(person).ask(asked))["text"])

    assert "620 个" in await says(SUPERVISOR, "5G基站进展")
    assert "未解决 1 条" in await says(SUPERVISOR, "有哪些困难问题")
    assert "已退回：请附认定文件" in await says(SCIENCE, "我报了什么")
    assert "2023年3月" in await says(SUPERVISOR, "/bulletin")
    assert "代办" in await says(SCIENCE, "/me")
    assert "市科经局" in await says(HEAD, "/approve")
    await harness.site.world.walk(1)
    reminder = await _told(harness, SCIENCE, "4月报送4月25日截止")
    assert "新增高新技术企业" in reminder


async def _told(harness: ReportHarness, person: int, words: str) -> str:
    """The message with these words, once it has come."""
    talk = harness.talk(person)
    async with asyncio.timeout(20):
        while not (found := [one for one in talk.answers() if words in one]):  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.05)
    return found[-1]


async def test_the_other_roles_can_be_chosen_and_are_answered(
    site: Site, database: Database, question_service: QuestionService
) -> None:
    async with report_harness(site, database, question_service) as harness:
        with database.write() as session:
            seed_people(session, CAST.others.values(), plan=PLAN, now=datetime.now(UTC), address=address_in(site))
        for one in CAST.others.values():
            talk = harness.talk(one.id)
            for said in CAST.samples[one.role or ""]:
                answer = await talk.ask(said)
                assert not [part for part in AMISS if part in answer["text"]], (said, answer["text"])
    assert {one.role for one in CAST.others.values()} == {"signer", "projects", "contact", "aide"}
    assert not CAST.others.keys() & CAST.people.keys()
