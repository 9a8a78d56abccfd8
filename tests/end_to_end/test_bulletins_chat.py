"""Bulletins over the Bot API: drafted once, worded and released by a person, then the same text for everybody."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest
from bot_harness import Talk, labels, press
from recipients import READERS, at_their_telephones, heard_by
from report_harness import (
    HEAD,
    OFFICE,
    PLAN,
    SCIENCE,
    SUPERVISOR,
    TRAFFIC,
    VISITOR,
    ReportHarness,
    report,
    report_harness,
)
from sqlalchemy import select

from bot.playground.server import Site
from handlers.schedule.bulletin_draft import draft_bulletin
from handlers.services.question_service import QuestionService
from knowledge.standing.bulletin import BulletinKind
from storage import audit
from storage.chats import mark_blocked
from storage.database import Database
from storage.outbox import OutboxKind, OutboxRow

MARCH = date(2023, 3, 31)


@pytest.fixture
async def harness(site: Site, database: Database, question_service: QuestionService) -> AsyncIterator[ReportHarness]:
    async with report_harness(site, database, question_service) as running:
        yield running


@pytest.fixture
async def readers(harness: ReportHarness) -> AsyncIterator[dict[int, Talk]]:
    async with at_their_telephones(harness) as there:
        yield there


def drafted(
    harness: ReportHarness, question_service: QuestionService, label: str = "2023-03", as_of: date = MARCH
) -> int | None:
    with harness.database.write() as session:
        return draft_bulletin(
            session, question_service.library, PLAN, BulletinKind.MONTHLY, label, as_of, datetime.now(UTC)
        )


def letters(harness: ReportHarness) -> list[OutboxRow]:
    with harness.database.read() as session:
        found = select(OutboxRow).where(OutboxRow.kind == OutboxKind.ANNOUNCEMENT).order_by(OutboxRow.id)
        return list(session.scalars(found))


async def whole(chat: Talk, line: str) -> str:
    """All pages."""
    page = await chat.ask(line)
    text = str(page["text"])
    while "reply_markup" in page and "下一页" in labels(page):
        page = await press(chat, page, "下一页")
        text += f"\n{page['text']}"
    return text


async def test_a_period_is_drafted_once_and_later_reports_leave_it_as_it_is(
    harness: ReportHarness, question_service: QuestionService
) -> None:
    await report(harness.talk(SCIENCE), "5G基站建成400个")
    assert drafted(harness, question_service) == 1
    assert drafted(harness, question_service) is None
    office = harness.talk(OFFICE)
    before = await whole(office, "/bulletin 1")
    assert "5.2 5G基站 400 个 / 700个以上" in before
    await report(harness.talk(SCIENCE), "5G基站建成450个")
    assert await whole(office, "/bulletin 1") == before


async def test_only_the_supervisor_and_the_office_see_and_release_a_draft(
    harness: ReportHarness, question_service: QuestionService
) -> None:
    drafted(harness, question_service)
    for person in (TRAFFIC, SCIENCE):
        chat = harness.talk(person)
        assert (await chat.ask("/bulletin"))["text"].startswith("还没有发布过通报。")
        assert (await chat.ask("/bulletin 1"))["text"] == "没有这份通报。"
        assert (await chat.ask("/bulletin 1 发布 确认"))["text"] == "没有这份通报。"
    assert "您还没有绑定身份" in (await harness.talk(VISITOR).ask("/bulletin"))["text"]
    listed = await harness.talk(SUPERVISOR).ask("/bulletin")
    assert listed["text"].startswith("通报草稿 1 份，已发布 0 份")
    draft = await press(harness.talk(SUPERVISOR), listed, "2023年3月")
    assert [one for one in labels(draft) if one != "下一页"] == ["发布", "改标题", "补一句话", "不发"]
    assert not letters(harness)


async def test_a_draft_is_worded_released_once_and_read_by_everybody(
    harness: ReportHarness, question_service: QuestionService, readers: dict[int, Talk]
) -> None:
    await report(readers[SCIENCE], "5G基站建成400个")
    drafted(harness, question_service)
    with harness.database.write() as session:
        mark_blocked(session, HEAD)
    office = harness.talk(OFFICE)
    draft = await office.ask("/bulletin 1")
    await press(office, draft, "改标题")
    assert (await office.ask("三月份情况通报"))["text"].startswith("三月份情况通报（草稿）")
    await press(office, draft, "补一句话")
    assert "请大家抓紧。" in (await office.ask("请大家抓紧。"))["text"]
    asked = await press(office, draft, "发布")
    assert asked["text"].startswith("确认发布《三月份情况通报》？\n发给本方案已绑定的 5 人，每人一条，您自己不收。")
    assert "另有 1 人联系不上" in asked["text"]
    assert "1 个数是单位填报、未经审定的" in asked["text"]
    assert not letters(harness)
    assert (await press(office, asked, "确认发布"))["text"].startswith("已发布，正在发给 5 人。")
    there = [person for person in READERS if person != HEAD]
    for message in (await heard_by(readers, *there)).values():
        assert message["text"].startswith("三月份情况通报\n总体：")
    assert sorted(row.chat_id for row in letters(harness)) == sorted(there)
    assert (await office.ask("/bulletin 1 发布 确认"))["text"].startswith("这份通报已发布，没有再改。")
    assert (await office.ask("/bulletin 1 标题 改了"))["text"].startswith("这份通报已发布，没有再改。")
    assert len(letters(harness)) == 5
    reader = readers[TRAFFIC]
    assert (await reader.ask("/bulletin"))["text"].startswith("已发布的通报 1 份")
    assert "5.2 5G基站 400 个 / 700个以上" in await whole(reader, "/bulletin 1")
    assert "reply_markup" not in await reader.ask("/bulletin 1")
    with harness.database.read() as session:
        kept = [(one.action, one.detail) for one in audit.read(session) if one.subject == "bulletin:1"]
    assert kept == [("bulletin_word", {}), ("bulletin_word", {}), ("bulletin_release", {"recipients": 5})]


async def test_the_next_bulletin_is_held_against_the_last_released(
    harness: ReportHarness, question_service: QuestionService, readers: dict[int, Talk]
) -> None:
    await report(readers[SCIENCE], "截至2月28日5G基站建成400个")
    drafted(harness, question_service, "2023-01~02", date(2023, 2, 28))
    await report(readers[SCIENCE], "5G基站建成430个")
    office = harness.talk(OFFICE)
    await office.ask("/bulletin 1 发布 确认")
    await heard_by(readers, *READERS)
    drafted(harness, question_service)
    text = await whole(office, "/bulletin 2")
    assert "较上一期（2023年1—2月）：" in text
    assert "5G基站 430 个（较上期 +30 个）" in text


async def test_a_draft_that_is_not_wanted_can_be_brought_back(
    harness: ReportHarness, question_service: QuestionService
) -> None:
    drafted(harness, question_service)
    office = harness.talk(OFFICE)
    gone = await press(office, await office.ask("/bulletin 1"), "不发")
    assert gone["text"].startswith("《2023年3月进展情况通报》不发了。")
    assert (await office.ask("/bulletin 1 发布 确认"))["text"].startswith("这份通报不发，没有再改。")
    assert (await press(office, gone, "恢复为草稿"))["text"].startswith("2023年3月进展情况通报（草稿）")


async def test_what_must_not_be_here_is_refused_as_a_remark_too(
    harness: ReportHarness, question_service: QuestionService
) -> None:
    drafted(harness, question_service)
    office = harness.talk(OFFICE)
    await press(office, await office.ask("/bulletin 1"), "补一句话")
    assert (await office.ask("【机密】会议内容"))["text"].startswith("没有收下")
    assert "机密" not in (await office.ask("/bulletin 1"))["text"]
