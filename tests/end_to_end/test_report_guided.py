"""/report step by step, the batch form, and 本期无变化, over the Bot API."""

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal

import pytest
from bot_harness import confirmed, labels, press
from report_harness import OFFICE, SCIENCE, ReportHarness, report, report_harness

from bot.playground.server import Site
from handlers.access.responsibility import targets_of_unit
from handlers.reports.batch_form import filled, form
from handlers.services.question_service import QuestionService
from knowledge.reports.model import UpdateKind
from storage.cards import Cards
from storage.database import Database

pytestmark = pytest.mark.both

PLAN = "wuxue-2021-26"


@pytest.fixture
async def harness(site: Site, database: Database, question_service: QuestionService) -> AsyncIterator[ReportHarness]:
    async with report_harness(site, database, question_service) as running:
        yield running


async def test_task_then_target_then_number_with_what_was_reported_last(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成590个，截至2月28日")
    page = await me.ask("/report")
    assert page["text"].startswith("市科经局：")
    while not any(label.startswith("5.2") for label in labels(page)):
        page = await press(me, page, "更多任务")
    page = await press(me, page, next(label for label in labels(page) if label.startswith("5.2")))
    while "5G基站" not in labels(page):
        page = await press(me, page, next(label for label in labels(page) if label.startswith("更多目标")))
    assert "5G基站：700个以上 · 上次 590 个（2月28日）" in page["text"]
    asked = await press(me, page, "5G基站")
    assert asked["text"].startswith("5.2 5G基站：请发本次的数\n目标 700个以上，上次 590 个（2月28日）。")
    assert (await me.ask("很多"))["text"].startswith("没有读懂。5.2 5G基站：请发本次的数")
    card = await me.ask("620个，已全部开通")
    assert "上次 590 个（2月28日） → 本次 620 个（+30）" in card["text"]
    assert "附注：已全部开通" in card["text"]
    await press(me, card, "确认")
    assert harness.reports()[-1].value == Decimal(620)


async def test_a_form_filled_in_and_sent_back_is_confirmed_line_by_line(
    harness: ReportHarness, question_service: QuestionService
) -> None:
    me = harness.talk(SCIENCE)
    page = await me.ask("/report")
    sent = await press(me, page, "成批填报")
    own = targets_of_unit("市科经局", PLAN, question_service.library, Cards())
    lines = (
        form((target, "从未报过") for _, target in own)
        .replace("5G基站（从未报过）：", "5G基站（从未报过）：620")
        .replace("高新技术企业（从未报过）：", "高新技术企业（从未报过）：22")
    )
    assert sent["text"].startswith(f"本单位的 {len(own)} 个目标：复制下表")
    card = await me.ask(lines)
    await press(me, card, "全部确认（2 项）")
    assert {(report.subject.name, report.value) for report in harness.reports()} == {
        ("5G基站", Decimal(620)),
        ("新增高新技术企业", Decimal(22)),
    }


async def test_nothing_has_changed_takes_one_tap_and_is_no_figure(
    site: Site, database: Database, question_service: QuestionService
) -> None:
    async with report_harness(site, database, question_service, today=date(2023, 3, 20)) as harness:
        await nothing_has_changed(harness)


async def nothing_has_changed(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    first = await me.ask("/report")
    assert not any("无变化" in label for label in labels(first))
    assert "还没有办公室确认由本单位主责的，没有要按期报的" in first["text"]
    for target in ("5.2 5G基站", "1.1 新增高新技术企业", "1.1 技改项目"):
        await confirmed(harness.talk(OFFICE), f"/card {target} 主责 市科经局 武政办发〔2023〕3号")
        await me.heard()
    for said in ("5G基站建成590个", "高新技术企业达到22家", "技改项目达到15个"):
        await report(me, f"{said}，截至2月28日")
    await report(me, "5G基站建成620个")
    page = await me.ask("/report")
    assert "本期要报 3 项，还有 2 项未报，3月25日截止。" in page["text"]
    shown = await press(me, page, "2 项都无变化")
    assert shown["text"] == "这 2 项本期都无变化？（市科经局）\n 1.1 技改项目\n 1.1 新增高新技术企业"
    assert all(one.kind is not UpdateKind.NO_CHANGE for one in harness.reports())
    told = await press(me, shown, "确认 2 项无变化")
    assert told["text"].startswith("已记录本期无变化（市科经局）。")
    silent = [one for one in harness.reports() if one.kind is UpdateKind.NO_CHANGE]
    assert {one.subject.name for one in silent} == {"新增高新技术企业", "技改项目"}
    assert all(one.value is None for one in silent)
    again = await me.ask("/report")
    assert "本期要报 3 项，都报了。" in again["text"]
    assert not any("无变化" in label for label in labels(again))


async def test_a_task_s_number_or_a_target_s_name_is_enough_after_report(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    await me.ask("/report")
    assert (await me.ask("5.2"))["text"].startswith("5.2 加强新型基础设施建设：报哪个目标？")
    await me.ask("/report")
    assert (await me.ask("5G基站"))["text"].startswith("5.2 5G基站：请发本次的数")
    assert "本次 620 个" in (await me.ask("620"))["text"]
    await me.ask("/report")
    assert "长江大保护" in (await me.ask("长江大保护谁牵头"))["text"]


def test_a_form_is_told_from_a_message(question_service: QuestionService) -> None:
    assert filled("5.2 5G基站：620", PLAN, question_service.library) is None
    assert filled("5.2 5G基站：620\n1.1 新增高新技术企业：", PLAN, question_service.library) == "5.2 5G基站：620"
    assert filled("5.2 5G基站：\n1.1 新增高新技术企业：", PLAN, question_service.library) == ""
    assert filled("会议通知：\n时间：3月1日", PLAN, question_service.library) is None
