"""Announcements over the Bot API: written, shown, sent once to whom was chosen, acknowledged, recalled."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from bothouse import Json
from reporthouse import (
    HEAD,
    MEICHUAN,
    OFFICE,
    SCIENCE,
    SUPERVISOR,
    TRAFFIC,
    VISITOR,
    ReportHouse,
    labels,
    press,
    report_house,
)
from sqlalchemy import select, update

from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.ask import AskDesk, open_desk
from handlers.screen import VERSION
from storage import audit
from storage.announcements import AnnouncementRow
from storage.chats import mark_blocked
from storage.claims import mark_sent
from storage.database import Database
from storage.outbox import OutboxKind, OutboxRow, OutboxState
from storage.people import end, find_member, set_locked

LEADER = 510008
TEXT = "周五下午3点前,请核对本单位目标。<3个附件>"


@pytest.fixture(scope="module")
def desk() -> AskDesk:
    return open_desk()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serve_playground() as running:
        yield running


@pytest.fixture
async def house(site: Site, database: Database, desk: AskDesk) -> AsyncIterator[ReportHouse]:
    async with report_house(site, database, desk) as running:
        yield running


def letters(house: ReportHouse, kind: OutboxKind = OutboxKind.ANNOUNCEMENT) -> dict[int, OutboxRow]:
    """By chat."""
    with house.database.read() as session:
        return {row.chat_id: row for row in session.scalars(select(OutboxRow).where(OutboxRow.kind == kind))}


async def written(house: ReportHouse, text: str = TEXT) -> Json:
    """The office has written it and is asked to whom it goes."""
    office = house.talk(OFFICE)
    assert (await office.ask("/announce"))["text"].startswith("请发通知的内容")
    return await office.ask(text)


async def sent(house: ReportHouse) -> Json:
    """To everybody."""
    office = house.talk(OFFICE)
    people = await press(office, await written(house), "所有人")
    return await press(office, await press(office, people, "全部人员"), "确认发送")


async def got(house: ReportHouse, person: int) -> Json:
    """Tap 收到 under the message, which the outbox would have delivered."""
    chat = house.talk(person)
    message = await chat.ask("/me")
    assert await chat.tap_data(message, f"{VERSION}:{letters(house)[person].turn_id}:0") == ""
    return await chat.heard()


def delivered(house: ReportHouse, *people: int) -> None:
    rows = letters(house)
    with house.database.write() as session:
        numbers = {rows[person].id: 7000 + person for person in people}
        mark_sent(session, numbers, now=datetime.now(UTC), day=date(2023, 3, 31))


async def test_what_is_confirmed_is_what_was_shown_and_goes_out_once(house: ReportHouse) -> None:
    office = house.talk(OFFICE)
    asked = await written(house)
    assert asked["text"] == "发给谁？\n“周五下午3点前，请核对本单位目标。<3个附件>”"
    people = await press(office, asked, "所有人")
    shown = await press(office, people, "全部人员")
    assert shown["text"].startswith(f"预览：发给 6 人（所有人，全部人员）\n领导小组办公室通知\n{TEXT}")
    assert labels(shown) == ["确认发送", "换对象", "重写", "不发了"]
    assert not letters(house)
    done = await press(office, shown, "确认发送")
    assert done["text"].startswith("已发出，正在发给 6 人。")
    assert set(letters(house)) == {TRAFFIC, SCIENCE, MEICHUAN, SUPERVISOR, HEAD, LEADER}
    assert await office.tap(shown, "确认发送") == "已回答，请看最近的消息"
    assert (await office.ask("/announce #1 所有人 全部人员 发送"))["text"].startswith("这份通知已发出，没有再发。")
    assert len(letters(house)) == 6
    row = letters(house)[TRAFFIC]
    assert row.html == "<b>领导小组办公室通知</b>\n周五下午3点前,请核对本单位目标。&lt;3个附件&gt;\n看过请点“收到”。"
    with house.database.read() as session:
        kept = [(one.action, one.detail) for one in audit.read(session) if one.subject == "announcement:1"]
    assert kept == [("announce", {"recipients": 6})]


async def test_it_goes_to_units_or_a_section_or_liaisons_only(house: ReportHouse) -> None:
    office = house.talk(OFFICE)
    asked = await written(house)
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
    shown = await press(office, section, "只发联络员")
    await press(office, shown, "确认发送")
    assert set(letters(house)) == {TRAFFIC, SCIENCE, MEICHUAN}


async def test_who_cannot_be_reached_is_said_before_and_nobody_locked_or_gone_is_written_to(house: ReportHouse) -> None:
    with house.database.write() as session:
        mark_blocked(session, MEICHUAN)
        for person in (SUPERVISOR, LEADER):
            member = find_member(session, person)
            assert member is not None
            if person == SUPERVISOR:
                set_locked(session, member.id, datetime.now(UTC))
            else:
                end(session, member.id, now=datetime.now(UTC))
    office = house.talk(OFFICE)
    people = await press(office, await written(house), "所有人")
    shown = await press(office, people, "全部人员")
    assert shown["text"].startswith("预览：发给 3 人（所有人，全部人员）")
    assert "联系不上（没有和机器人说过话，或屏蔽了它）：梅川镇联络员" in shown["text"]
    await press(office, shown, "确认发送")
    assert set(letters(house)) == {TRAFFIC, SCIENCE, HEAD}


async def test_who_said_so_and_who_has_not_is_seen_by_unit(house: ReportHouse) -> None:
    await sent(house)
    delivered(house, TRAFFIC, SCIENCE, SUPERVISOR)
    assert (await got(house, TRAFFIC))["text"] == "收到，已记下。"
    assert (await house.talk(OFFICE).ask("/receipts"))["text"].startswith("发出的通知 1 份\n")
    page = await house.talk(SUPERVISOR).ask("/receipts 1")
    assert page["text"].startswith("收到 1 人，还没有 5 人\n")
    assert "还没有点收到 5 人\n分管领导：分管领导\n市科经局：市科经局联络员、市科经局负责人\n" in page["text"]
    assert "收到 1 人\n市交通局：市交通局联络员" in page["text"]
    assert "撤回" not in labels(page)
    head = house.talk(HEAD)
    own = (await head.ask("/receipts 1"))["text"]
    assert own.startswith("收到 0 人，还没有 2 人\n")
    assert "市交通局" not in own
    assert "可以看谁收到、谁没收到" in (await house.talk(SCIENCE).ask("/receipts"))["text"]


async def test_only_a_recipient_who_is_bound_says_so(house: ReportHouse) -> None:
    await sent(house)
    assert (await got(house, SCIENCE))["text"] == "收到，已记下。"
    with house.database.write() as session:
        member = find_member(session, TRAFFIC)
        assert member is not None
        set_locked(session, member.id, datetime.now(UTC))
    assert (await got(house, TRAFFIC))["text"].startswith("您的账号已锁定")
    assert "收到 1/6" in (await house.talk(OFFICE).ask("/receipts"))["text"]


async def test_a_recall_is_asked_for_twice_takes_back_what_went_out_and_keeps_the_rest(house: ReportHouse) -> None:
    done = await sent(house)
    office = house.talk(OFFICE)
    delivered(house, TRAFFIC, SCIENCE)
    with house.database.write() as session:
        session.execute(
            update(OutboxRow).where(OutboxRow.chat_id == HEAD).values(state=OutboxState.UNCERTAIN, message_id=None)
        )
    asked = await press(office, done, "撤回")
    assert "已发到的从各人的聊天里删掉。还没发出的不再发。" in asked["text"]
    assert not letters(house, OutboxKind.RECALL)
    assert (await press(office, asked, "确认撤回"))["text"].startswith("已撤回")
    recalls = letters(house, OutboxKind.RECALL)
    assert {chat: row.target_message_id for chat, row in recalls.items()} == {
        TRAFFIC: 7000 + TRAFFIC,
        SCIENCE: 7000 + SCIENCE,
        HEAD: None,
    }
    assert recalls[HEAD].html == "<b>领导小组办公室3月31日的通知已撤回，请不要再按它办。</b>"
    states = {chat: row.state for chat, row in letters(house).items()}
    assert {chat for chat, state in states.items() if state is OutboxState.SKIPPED} == {
        HEAD, SUPERVISOR, MEICHUAN, LEADER,
    }  # fmt: skip
    assert (await office.ask("/announce #1 撤回 确认"))["text"].startswith("这份通知已撤回，不能撤回。")
    assert len(letters(house, OutboxKind.RECALL)) == 3
    assert "（已撤回）" in (await office.ask("/receipts 1"))["text"]
    with house.database.read() as session:
        kept = [one.action for one in audit.read(session) if one.subject == "announcement:1"]
    assert kept == ["announce", "announcement_recall"]


async def test_after_48_hours_the_office_is_told_that_nothing_can_be_deleted(house: ReportHouse) -> None:
    done = await sent(house)
    with house.database.write() as session:
        session.execute(update(AnnouncementRow).values(sent_at=datetime.now(UTC) - timedelta(hours=49)))
    asked = await press(house.talk(OFFICE), done, "撤回")
    assert "已超过 48 小时，消息删不掉，改为给每人再发一条“已撤回”。" in asked["text"]


async def test_only_the_office_writes_and_nothing_across_a_red_line(house: ReportHouse) -> None:
    for person in (SCIENCE, SUPERVISOR, VISITOR):
        assert "只有办公室可以发通知" in (await house.talk(person).ask("/announce 大家好"))["text"]
    office = house.talk(OFFICE)
    await office.ask("/announce")
    assert (await office.ask("【机密】转发如下"))["text"].startswith("没有收下")
    assert (await office.ask("/announce 密级：秘密"))["text"].startswith("没有收下")
    assert (await office.ask("/announce " + "长" * 1501))["text"].startswith("太长了")
    with house.database.read() as session:
        assert session.scalars(select(AnnouncementRow)).all() == []


async def test_a_draft_that_is_not_wanted_reaches_nobody(house: ReportHouse) -> None:
    office = house.talk(OFFICE)
    asked = await written(house)
    people = await press(office, asked, "所有人")
    shown = await press(office, people, "全部人员")
    assert (await press(office, shown, "不发了"))["text"].startswith("不发了，没有人收到。")
    assert (await press(office, shown, "确认发送"))["text"].startswith("这份通知不发，没有再发。")
    assert not letters(house)
