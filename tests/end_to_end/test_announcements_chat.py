"""Announcements over the Bot API: written, shown, sent once to whom was chosen, acknowledged, recalled."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from bot_harness import Json, Talk, labels, press
from recipients import LEADER, READERS, at_their_telephones, heard_by, recorded
from report_harness import HEAD, MEICHUAN, OFFICE, SCIENCE, SUPERVISOR, TRAFFIC, VISITOR, ReportHarness, report_harness
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.playground.server import Site
from handlers.services.question_service import QuestionService
from storage import audit
from storage.announcements import AnnouncementRow
from storage.chats import mark_blocked
from storage.database import Database
from storage.outbox import OutboxKind, OutboxRow, OutboxState
from storage.people import end, find_member, set_locked

TEXT = "周五下午3点前,请核对本单位目标。<3个附件>"


@pytest.fixture
async def harness(site: Site, database: Database, question_service: QuestionService) -> AsyncIterator[ReportHarness]:
    async with report_harness(site, database, question_service) as running:
        yield running


@pytest.fixture
async def readers(harness: ReportHarness) -> AsyncIterator[dict[int, Talk]]:
    async with at_their_telephones(harness) as there:
        yield there


def letters(harness: ReportHarness, kind: OutboxKind = OutboxKind.ANNOUNCEMENT) -> dict[int, OutboxRow]:
    """By chat."""
    with harness.database.read() as session:
        return {row.chat_id: row for row in session.scalars(select(OutboxRow).where(OutboxRow.kind == kind))}


async def written(harness: ReportHarness, text: str = TEXT) -> Json:
    """The office has written it and is asked to whom it goes."""
    office = harness.talk(OFFICE)
    assert (await office.ask("/announce"))["text"].startswith("请发通知的内容")
    return await office.ask(text)


async def shown(harness: ReportHarness) -> Json:
    """The office sees what everybody would get."""
    office = harness.talk(OFFICE)
    return await press(office, await press(office, await written(harness), "所有人"), "全部人员")


async def sent(harness: ReportHarness) -> Json:
    return await press(harness.talk(OFFICE), await shown(harness), "确认发送")


async def test_what_is_confirmed_is_what_was_shown_and_goes_out_once(
    harness: ReportHarness, readers: dict[int, Talk]
) -> None:
    office = harness.talk(OFFICE)
    asked = await written(harness)
    assert asked["text"] == "发给谁？\n“周五下午3点前，请核对本单位目标。<3个附件>”"
    preview = await press(office, await press(office, asked, "所有人"), "全部人员")
    assert preview["text"].startswith(f"预览：发给 6 人（所有人，全部人员）\n领导小组办公室通知\n{TEXT}")
    assert labels(preview) == ["确认发送", "换对象", "重写", "不发了"]
    assert not letters(harness)
    assert (await press(office, preview, "确认发送"))["text"].startswith("已发出，正在发给 6 人。")
    for message in (await heard_by(readers, *READERS)).values():
        assert message["text"] == f"领导小组办公室通知\n{TEXT}\n看过请点“收到”。"
        assert labels(message) == ["收到"]
    assert await office.tap(preview, "确认发送") == "已经办过，请看这条或最近的消息"
    assert (await office.ask("/announce #1 所有人 全部人员 发送"))["text"].startswith("这份通知已发出，没有再发。")
    assert set(letters(harness)) == set(READERS)
    with harness.database.read() as session:
        kept = [(one.action, one.detail) for one in audit.read(session) if one.subject == "announcement:1"]
    assert kept == [("announce", {"recipients": 6})]


async def test_it_goes_to_units_or_a_section_or_liaisons_only(harness: ReportHarness, readers: dict[int, Talk]) -> None:
    office = harness.talk(OFFICE)
    asked = await written(harness)
    await press(office, asked, "某些单位")
    assert "没有找到“没有的局”" in (await office.ask("科经局、没有的局"))["text"]
    people = await office.ask("科经局、交通局")
    assert people["text"].startswith("发给市科经局、市交通局：")
    everybody = await press(office, people, "全部人员")
    assert everybody["text"].startswith("预览：发给 3 人（市科经局、市交通局，全部人员）")
    liaisons = await press(office, people, "只发联络员")
    assert liaisons["text"].startswith("预览：发给 2 人（市科经局、市交通局，只发联络员）")
    await press(office, asked, "某部分的单位")
    section = await office.ask("5")
    assert section["text"].startswith("发给第5部分“加强重大项目建设”的单位：")
    await press(office, await press(office, section, "只发联络员"), "确认发送")
    await heard_by(readers, TRAFFIC, SCIENCE, MEICHUAN)
    assert set(letters(harness)) == {TRAFFIC, SCIENCE, MEICHUAN}


async def test_who_cannot_be_reached_is_said_before_and_nobody_locked_or_gone_is_written_to(
    harness: ReportHarness, readers: dict[int, Talk]
) -> None:
    with harness.database.write() as session:
        mark_blocked(session, MEICHUAN)
        set_locked(session, member_of(session, SUPERVISOR), datetime.now(UTC))
        end(session, member_of(session, LEADER), now=datetime.now(UTC))
    preview = await shown(harness)
    assert preview["text"].startswith("预览：发给 3 人（所有人，全部人员）")
    assert "联系不上（没有和机器人说过话，或屏蔽了它）：梅川镇联络员" in preview["text"]
    await press(harness.talk(OFFICE), preview, "确认发送")
    await heard_by(readers, TRAFFIC, SCIENCE, HEAD)
    assert set(letters(harness)) == {TRAFFIC, SCIENCE, HEAD}


def member_of(session: Session, person: int) -> int:
    member = find_member(session, person)
    assert member is not None
    return member.id


async def test_who_said_so_and_who_has_not_is_seen_by_unit(harness: ReportHarness, readers: dict[int, Talk]) -> None:
    await sent(harness)
    messages = await heard_by(readers, *READERS)
    await recorded(harness, 6)
    reader = readers[TRAFFIC]
    assert (await press(reader, messages[TRAFFIC], "收到"))["text"] == "收到，已记下。"
    assert (await harness.talk(OFFICE).ask("/receipts"))["text"].startswith("发出的通知 1 份\n3月31日 “周五")
    page = await readers[SUPERVISOR].ask("/receipts 1")
    assert page["text"].startswith("收到 1 人，还没有 5 人\n")
    assert "还没有点收到 5 人\n分管领导：分管领导\n市科经局：市科经局联络员、市科经局负责人\n" in page["text"]
    assert "收到 1 人\n市交通局：市交通局联络员" in page["text"]
    assert "撤回" not in labels(page)
    own = (await readers[HEAD].ask("/receipts 1"))["text"]
    assert own.startswith("收到 0 人，还没有 2 人\n")
    assert "市交通局" not in own
    assert "可以看谁收到、谁没收到" in (await readers[SCIENCE].ask("/receipts"))["text"]


async def test_only_a_recipient_who_is_bound_says_so_and_once(harness: ReportHarness, readers: dict[int, Talk]) -> None:
    await sent(harness)
    messages = await heard_by(readers, *READERS)
    assert (await press(readers[SCIENCE], messages[SCIENCE], "收到"))["text"] == "收到，已记下。"
    assert await readers[SCIENCE].tap(messages[SCIENCE], "收到") == "已经办过，请看这条或最近的消息"
    with harness.database.write() as session:
        set_locked(session, member_of(session, TRAFFIC), datetime.now(UTC))
    assert (await press(readers[TRAFFIC], messages[TRAFFIC], "收到"))["text"].startswith("您的账号已锁定")
    assert "收到 1/6" in (await harness.talk(OFFICE).ask("/receipts"))["text"]


async def test_a_recall_is_asked_for_twice_takes_back_what_went_out_and_keeps_the_rest(
    harness: ReportHarness, readers: dict[int, Talk]
) -> None:
    """As it may be in the midst of it: the head's message is in doubt, the supervisor's still waits."""
    done = await sent(harness)
    messages = await heard_by(readers, *READERS)
    await recorded(harness, 6)
    later = datetime.now(UTC) + timedelta(hours=1)
    with harness.database.write() as session:
        doubted = update(OutboxRow).where(OutboxRow.chat_id == HEAD)
        session.execute(doubted.values(state=OutboxState.UNCERTAIN, message_id=None))
        waiting = update(OutboxRow).where(OutboxRow.chat_id == SUPERVISOR)
        session.execute(waiting.values(state=OutboxState.QUEUED, message_id=None, next_try=later))
    office = harness.talk(OFFICE)
    asked = await press(office, done, "撤回")
    assert "已发到的从各人的聊天里删掉。还没发出的不再发。" in asked["text"]
    assert not letters(harness, OutboxKind.RECALL)
    assert (await press(office, asked, "确认撤回"))["text"].startswith("已撤回")
    assert (await readers[HEAD].heard())["text"] == "领导小组办公室3月31日的通知已撤回，请不要再按它办。"
    await recorded(harness, 5, OutboxKind.RECALL)
    taken = {chat: row.target_message_id for chat, row in letters(harness, OutboxKind.RECALL).items()}
    gone = {person: messages[person]["message_id"] for person in (TRAFFIC, SCIENCE, MEICHUAN, LEADER)}
    assert taken == {**gone, HEAD: None}
    assert not any(TEXT in text for person in gone for text in readers[person].answers())
    assert {letters(harness)[person].state for person in (HEAD, SUPERVISOR)} == {OutboxState.SKIPPED}
    assert (await office.ask("/announce #1 撤回 确认"))["text"].startswith("这份通知已撤回，不能撤回。")
    assert len(letters(harness, OutboxKind.RECALL)) == 5
    assert "（已撤回）" in (await office.ask("/receipts 1"))["text"]
    assert (await press(readers[HEAD], messages[HEAD], "收到"))["text"].startswith("这份通知已撤回")
    with harness.database.read() as session:
        kept = [one.action for one in audit.read(session) if one.subject == "announcement:1"]
    assert kept == ["announce", "announcement_recall"]


async def test_after_48_hours_the_office_is_told_that_nothing_can_be_deleted(
    harness: ReportHarness, readers: dict[int, Talk]
) -> None:
    done = await sent(harness)
    await heard_by(readers, *READERS)
    with harness.database.write() as session:
        session.execute(update(AnnouncementRow).values(sent_at=datetime.now(UTC) - timedelta(hours=49)))
    asked = await press(harness.talk(OFFICE), done, "撤回")
    assert "已超过 48 小时，消息删不掉，改为给每人再发一条“已撤回”。" in asked["text"]


async def test_only_the_office_writes_and_nothing_across_a_red_line(harness: ReportHarness) -> None:
    for person in (SCIENCE, SUPERVISOR, VISITOR):
        assert "只有办公室可以发通知" in (await harness.talk(person).ask("/announce 大家好"))["text"]
    office = harness.talk(OFFICE)
    await office.ask("/announce")
    assert (await office.ask("【机密】转发如下"))["text"].startswith("没有收下")
    assert (await office.ask("/announce 密级：秘密"))["text"].startswith("没有收下")
    assert (await office.ask("/announce " + "长" * 1501))["text"].startswith("太长了")
    with harness.database.read() as session:
        assert session.scalars(select(AnnouncementRow)).all() == []


async def test_a_draft_that_is_not_wanted_reaches_nobody(harness: ReportHarness) -> None:
    office = harness.talk(OFFICE)
    preview = await shown(harness)
    assert (await press(office, preview, "不发了"))["text"].startswith("不发了，没有人收到。")
    assert (await press(office, preview, "确认发送"))["text"].startswith("这份通知不发，没有再发。")
    assert not letters(harness)
