"""One report an update, whatever crashes and whoever else reports; and what must not be here leaves nothing behind."""

import asyncio
import json
from decimal import Decimal

import pytest
from addresses import telegram_by
from bot_harness import PATIENCE, Door, Json, Talk, confirmed, labels, press
from report_harness import HEAD, OFFICE, SCIENCE, SUPERVISOR, VISITOR, report, report_harness
from sqlalchemy import select
from telegram import Bot

from bot.arrivals import Arrivals
from bot.limiter import SendLimiter
from bot.pace import LOOPBACK
from bot.playground import people
from bot.playground.server import Site
from bot.telegram.batch import read_batch
from handlers.access.service import CLOSED, Service
from handlers.services.question_service import QuestionService
from knowledge.standing.report import Status, counted
from storage import audit, inbox
from storage.base import Base
from storage.database import Database

pytestmark = pytest.mark.both


def everything(database: Database) -> str:
    with database.read() as session:
        return "\n".join(
            repr(tuple(row)) for table in Base.metadata.sorted_tables for row in session.execute(select(table))
        )


async def test_a_confirming_tap_that_comes_twice_stores_one_report(
    site: Site, database: Database, question_service: QuestionService
) -> None:
    async with report_harness(site, database, question_service) as harness:
        card = await harness.talk(SCIENCE).ask("5G基站建成620个")
    tap = tap_update(site, card, 77)
    async with asyncio.timeout(PATIENCE), Bot(site.world.token, base_url=site.base_url) as bot:
        channel = telegram_by(bot)
        arrivals = Arrivals(database, channel, SendLimiter(LOOPBACK), asyncio.Queue())
        assert [await arrivals.keep(arrival) for arrival in read_batch([tap, tap], channel.me)] == [True, False]
    async with report_harness(site, database, question_service) as harness:
        assert (await harness.talk(SCIENCE).heard())["text"].startswith("已记录。")
    assert [one.value for one in harness.reports()] == [Decimal(620)]


async def test_a_crash_between_storing_and_answering_stores_nothing_again(
    site: Site, database: Database, question_service: QuestionService
) -> None:
    door = Door()
    async with (
        door.before(site) as address,
        report_harness(site, database, question_service, server=address) as harness,
    ):
        me = harness.talk(SCIENCE)
        card = await me.ask("5G基站建成620个")
        door.deaf = {"editMessageText"}
        await me.tap(card, "确认")
        async with asyncio.timeout(PATIENCE):
            await door.knocked.wait()
        assert len(harness.reports()) == 1
    async with report_harness(site, database, question_service) as harness:
        assert (await harness.talk(SCIENCE).heard())["text"].startswith("已记录。")
    assert [one.value for one in harness.reports()] == [Decimal(620)]


async def confirm(talk: Talk) -> None:
    """Until it is recorded: a report that came in between is shown first, to be confirmed once more."""
    async with asyncio.timeout(PATIENCE):
        while not any(said.startswith("已记录。") for said in talk.answers()):
            for card in [message for message in talk.messages() if "确认" in labels(message)]:
                await talk.tap(card, "确认")
            await asyncio.sleep(0.05)


async def test_two_people_at_the_same_moment_both_stay_in_the_history(
    site: Site, database: Database, question_service: QuestionService
) -> None:
    async with report_harness(site, database, question_service) as harness:
        me, head = harness.talk(SCIENCE), harness.talk(HEAD)
        with site.world.feed.listening() as head.events:
            for talk in (me, head):
                await talk.ask("5G基站建成620个")
            await asyncio.gather(confirm(me), confirm(head))
        reports = harness.reports()
        assert [one.value for one in reports] == [Decimal(620)] * 2
        assert len({one.author for one in reports}) == 2
        assert len(counted(reports, today=reports[0].as_of)) == 2
        with site.world.feed.listening() as me.events:
            told = await me.ask("/history 5G基站")
        assert told["text"].count("620 个") == 2


async def test_a_blocked_author_does_not_hold_up_the_supervisor(
    site: Site, database: Database, question_service: QuestionService
) -> None:
    async with report_harness(site, database, question_service) as harness:
        me, supervisor = harness.talk(SCIENCE), harness.talk(SUPERVISOR)
        await report(me, "5G基站建成620个")
        number = harness.reports()[0].id
        people.block(site.world, SCIENCE, blocked=True)
        shown = await supervisor.ask(f"/return {number} 口径不对")
        await supervisor.tap(shown, "确认退回")
        supervisor.say("/me")
        # both answers, and the notice that the author is out of reach, whenever that comes
        told = [(await supervisor.heard())["text"] for _ in range(3)]
        assert any(one.startswith("督查室") for one in told)
        assert any("收不到机器人的消息" in one for one in told)
        people.block(site.world, SCIENCE, blocked=False)
    assert harness.reports()[0].status is Status.RETURNED
    with database.read() as session:
        assert inbox.unfinished(session, receiver=f"telegram:{site.world.cast.bot_id}") == ()


@pytest.mark.parametrize("service", [Service(internal=True), CLOSED])
async def test_what_must_not_be_here_is_neither_stored_nor_logged_nor_repeated(
    site: Site,
    database: Database,
    question_service: QuestionService,
    service: Service,
    capsys: pytest.CaptureFixture[str],
) -> None:
    secret, number = "市长批示原文：此事请交通局月底前办结", "11010519491231002X"
    async with report_harness(site, database, question_service, service=service) as harness:
        for person in (SCIENCE, VISITOR):
            me = harness.talk(person)
            told = await me.ask(f"5G基站建成620个，{secret}")
            assert told["text"].startswith("没有收下：里面像是有批示原文。")
            assert "关键词拦截不能代替保密审查" in told["text"]
            assert (await me.ask(f"/ask {number}"))["text"].startswith("没有收下：里面像是有身份证号。")
            said = await me.ask("长江大保护谁牵头")
            people.edit(site.world, person, person, me.question()["message_id"], f"负责人{number}")
            assert (await me.heard())["text"].startswith("没有收下")
            assert said["text"] not in {"", None}
        kept = everything(database)
        assert number not in kept
        assert "月底前办结" not in kept
        with database.write() as session:
            refused = [entry for entry in audit.read(session) if entry.action == "refuse"]
        assert {json.dumps(entry.detail) for entry in refused} == {
            '{"reason": "instruction"}',
            '{"reason": "identity"}',
        }
    logged = capsys.readouterr()
    assert number not in logged.out + logged.err
    assert "月底前办结" not in logged.out + logged.err


async def test_a_public_service_turns_reports_away_in_one_sentence(
    site: Site, database: Database, question_service: QuestionService
) -> None:
    async with report_harness(site, database, question_service, service=CLOSED) as harness:
        me = harness.talk(SCIENCE)
        closed = "本服务目前只回答公开方案的问题，内部功能由办公室报批后在配置中开通。"
        for text in ("5G基站建成620个", "/report", "/report 5G基站建成620个", "/history 5G基站", "/withdraw 1"):
            assert (await me.ask(text))["text"] == closed
        assert (await me.ask("长江大保护谁牵头"))["text"] != closed
    assert harness.reports() == ()


async def test_a_late_tap_meets_the_rights_of_now(
    site: Site, database: Database, question_service: QuestionService
) -> None:
    async with report_harness(site, database, question_service) as harness:
        me, office = harness.talk(SCIENCE), harness.talk(OFFICE)
        card = await me.ask("5G基站建成620个")
        locked = await confirmed(office, "/lock 市科经局联络员")
        if "确认" in labels(locked):
            await press(office, locked, "确认")
        assert "已锁定" in (await press(me, card, "确认"))["text"]
    assert harness.reports() == ()


def tap_update(site: Site, card: Json, update_id: int) -> Json:
    keys = [key for row in card["reply_markup"]["inline_keyboard"] for key in row]
    return {
        "update_id": update_id,
        "callback_query": {
            "id": f"tap{update_id}",
            "from": site.world.cast.user(SCIENCE),
            "message": card,
            "chat_instance": str(SCIENCE),
            "data": next(key["callback_data"] for key in keys if key["text"] == "确认"),
        },
    }
