"""Whom the office names as a target's owner in chat: that unit alone answers for it, accepts, is told and is missed."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest
from bot_harness import Talk, confirmed, labels, press
from report_harness import OFFICE, PLAN, SCIENCE, VISITOR, ReportHarness, report, report_harness
from sql_statements import statements

from bot.playground.server import Site
from handlers.services.question_service import QuestionService
from knowledge.reports.model import UpdateKind
from knowledge.standing.report import Status
from storage.database import Database
from storage.people import Grant, Role, add_member, give

pytestmark = pytest.mark.both

DATA = VISITOR
"""Bound to 市政数局 here."""


@pytest.fixture
async def harness(site: Site, database: Database, question_service: QuestionService) -> AsyncIterator[ReportHarness]:
    async with report_harness(site, database, question_service, today=date(2023, 3, 20)) as running:
        with database.write() as session:
            member = add_member(session, telegram_id=DATA, name="政数甲", now=datetime.now(UTC))
            give(session, member, [Grant(Role.LIAISON, PLAN, "市政数局")], now=datetime.now(UTC))
        yield running


async def owned_by(harness: ReportHarness, unit: str, *, target: str = "5.2 5G基站") -> None:
    """The office names the owner, who is told so."""
    owner = harness.talk(DATA)
    said = await confirmed(harness.talk(OFFICE), f"/card {target} 主责 {unit} 武政办发〔2022〕3号")
    assert f"→ {unit}" in said["text"]
    if unit == "市政数局" and owner.messages():
        assert (await owner.heard())["text"].startswith(f"办公室改了指标卡：{target}")


async def test_the_owner_s_report_counts_at_once_and_another_unit_s_waits_for_the_owner(harness: ReportHarness) -> None:
    owner, other = harness.talk(DATA), harness.talk(SCIENCE)
    await owner.ask("/start")
    await owned_by(harness, "市政数局")
    card = await other.ask("5G基站建成620个")
    assert "市科经局是责任单位之一，主责是市政数局，认可后记在旁边。" in card["text"]
    assert (await press(other, card, "确认"))["text"].startswith("已提交，等认可。")
    told = await owner.heard()
    assert told["text"].startswith("市科经局（责任单位之一）报了一项进展，请认可或退回")
    assert harness.reports()[0].status is Status.PENDING
    assert "不在您的范围内" in (await other.ask(f"/pending 认可 {harness.reports()[0].id}"))["text"]
    assert "1 条代报等认可" in (await owner.ask("/pending"))["text"]
    accepted = (await press(owner, told, "认可"))["text"]
    assert accepted == "已认可。5.2 5G基站 620 个（市科经局填报）\n记在旁边，现状按主责市政数局的数。"
    assert (await report(owner, "5G基站建成630个"))["text"].startswith("已记录。")
    assert [(one.unit, one.status) for one in harness.reports()] == [
        ("市科经局", Status.ACCEPTED),
        ("市政数局", Status.ACCEPTED),
    ]


async def test_only_the_owner_is_asked_for_the_target_and_missed(harness: ReportHarness) -> None:
    owner, other = harness.talk(DATA), harness.talk(SCIENCE)
    assert "无变化" not in str(labels(await owner.ask("/report")))
    assert "5.2 5G基站（从未报过）：" in await pages(other, "/report form all")
    await owned_by(harness, "市政数局")
    page = await owner.ask("/report")
    assert "本期要报 1 项，还有 1 项未报，3月25日截止。" in page["text"]
    assert "本期要报的 1 项" in (await owner.ask("/report 成批"))["text"]
    assert "5.2 5G基站（" not in await pages(other, "/report form all")
    missed = line(await pages(other, "/missing"), "5.2")
    assert missed == "5.2 加强新型基础设施建设：市政数局 1 项（1 家、1 项）"  # two more targets have no owner
    for name, unit in (("二级以上智慧医院比例", "市卫健局"), ("数字校园覆盖率", "市教育局")):
        await confirmed(harness.talk(OFFICE), f"/card 5.2 {name} 主责 {unit} 武政办发〔2022〕3号")
    missed = line(await pages(other, "/missing"), "5.2")
    assert missed == "5.2 加强新型基础设施建设：市政数局 1 项、市卫健局 1 项、市教育局 1 项（3 家、3 项）"
    asked = await owner.ask("/report 无变化")
    assert (await press(owner, asked, "确认 1 项无变化"))["text"].startswith("已记录本期无变化（市政数局）。")
    missed = line(await pages(other, "/missing"), "5.2")
    assert missed == "5.2 加强新型基础设施建设：市卫健局 1 项、市教育局 1 项（2 家、2 项）"


async def test_an_owner_whom_the_plan_does_not_name_finds_the_task_among_its_own(harness: ReportHarness) -> None:
    assert "1.1 主攻优势主导产业" not in await pages(harness.talk(DATA), "/report page")
    await owned_by(harness, "市政数局", target="1.1 技改项目")
    assert "1.1 主攻优势主导产业" in await pages(harness.talk(DATA), "/report page")


def line(text: str, begins: str) -> str:
    return next(line for line in text.split("\n") if line.startswith(begins))


async def pages(chat: Talk, command: str) -> str:
    """The texts of all pages of a list."""
    first = (await chat.ask(f"{command} 1"))["text"]
    count = re.search(r"（第 1/(\d+) [页张]）", first)
    rest = range(2, int(count[1]) + 1) if count else ()
    return "\n".join([first, *[(await chat.ask(f"{command} {n}"))["text"] for n in rest]])


async def test_only_a_unit_that_answers_for_a_target_raises_its_problems(harness: ReportHarness) -> None:
    owner, other = harness.talk(DATA), harness.talk(SCIENCE)
    said = "5G基站建设遇到困难，征地难"
    assert (await other.ask(said))["text"].startswith("请确认：5.2 5G基站")
    await owned_by(harness, "市政数局")
    assert "不在您的范围内" in (await other.ask(said))["text"]
    assert (await report(owner, said))["text"].startswith("已记录。")
    assert [(one.unit, one.kind) for one in harness.reports()] == [("市政数局", UpdateKind.PROBLEM)]


async def test_the_cards_are_read_once_a_message_however_many_reports_wait(harness: ReportHarness) -> None:
    owner, other = harness.talk(DATA), harness.talk(SCIENCE)
    await owned_by(harness, "市政数局")
    for number in ("600", "610", "620"):
        await report(other, f"5G基站建成{number}个")
    with statements() as said:
        assert "3 条代报等认可" in (await owner.ask("/pending"))["text"]
    assert sum("FROM cards" in statement for statement in said.statements) == 1
