"""Bound people in a chat, over the Bot API: rights, contacts, standing in, being locked, being forgotten."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest
from bot_harness import GROUP, TRAFFIC, VISITOR, Talk, confirmed, labels, press
from office_harness import (
    HEAD,
    INTERNAL,
    MEICHUAN,
    OFFICE,
    SCIENCE,
    code_in,
    everything,
    number_of,
    office_at_work,
    talk,
)
from sqlalchemy import select, update

from bot.playground.personas import load_cast
from handlers.access.service import CLOSED
from handlers.chat.actor import load_actor
from handlers.people.offboarding import _options
from handlers.people.people import contact_answer
from handlers.services.question_service import QuestionService
from storage import audit
from storage.database import Database
from storage.people import MemberRow, Role
from storage.rich_text import plain_text


@pytest.fixture
async def office(database: Database, question_service: QuestionService) -> AsyncIterator[Talk]:
    async with office_at_work(database, question_service) as talk:
        yield talk


COMMANDS = {
    "/units": "只有已绑定的人员可以看单位和联系人",
    "/away": "只有本人或办公室可以登记请假和代办人",
    "/handover": "只有本人或办公室可以移交角色",
    "/forget": "只有本人或办公室可以注销个人信息",
    "/invite 督查室": "只有办公室可以邀请人员",
    "/invites": "只有办公室可以邀请人员",
    "/revoke 1": "只有办公室可以邀请人员",
    "/people": "只有办公室可以看人员名单、移除人员",
    "/remove 人员1 确认": "只有办公室可以看人员名单、移除人员",
    "/lock 人员1": "只有办公室可以锁定和解锁账号",
    "/unlock 人员1": "只有办公室可以锁定和解锁账号",
}


async def test_a_visitor_is_refused_everything_and_told_who_can(office: Talk, database: Database) -> None:
    before = everything(database).count("locked")
    visitor = talk(office, VISITOR)
    for command, said in COMMANDS.items():
        assert (await visitor.ask(command))["text"] == f"{said}；您还没有绑定身份，请向办公室要邀请链接。"
    assert (await visitor.ask("/me"))["text"].startswith("您还没有绑定身份，是访客。")
    assert everything(database).count("locked") == before


async def test_a_liaison_may_not_do_what_the_office_does(office: Talk) -> None:
    liaison = talk(office, SCIENCE)
    for command in ("/invite 督查室", "/people", "/remove 人员1 确认", "/lock 人员1", "/handover 人员1 确认"):
        answer = await liaison.ask(command)
        assert "办公室可以" in answer["text"]
        assert len(answer["text"].splitlines()) == 1


async def test_in_public_mode_nobody_does_anything_internal(
    database: Database, question_service: QuestionService
) -> None:
    async with office_at_work(database, question_service, service=CLOSED) as chat:
        for command in COMMANDS.keys() - {"/forget", "/remove 人员1 确认"}:
            assert (await chat.ask(command))["text"].startswith("本服务目前只回答公开方案的问题")
        assert "武穴分局" in (await chat.ask("长江大保护谁牵头"))["text"]
        assert (await talk(chat, SCIENCE).ask("/forget"))["text"].startswith("注销您的个人信息？")


async def test_in_a_group_people_are_not_spoken_of(office: Talk) -> None:
    group = Talk(office.site, office.events, person=OFFICE, chat=GROUP)
    for command in ("/units", "/people", "/invite 督查室", "/me"):
        answer = await group.ask(f"{command.split()[0]}@{office.site.world.cast.bot_username}")
        assert answer["text"].startswith("群里只答公开方案，这件事请私聊我。\nhttp")


async def test_in_a_group_a_command_that_may_be_another_bots_is_left_alone(office: Talk) -> None:
    group = Talk(office.site, office.events, person=OFFICE, chat=GROUP)
    group.say("/lock")
    group.say("/people")
    assert (await group.ask("/help"))["text"].startswith("直接把问题发给我")
    assert len(group.answers()) == 1


async def test_help_shows_what_the_person_may_do(office: Talk) -> None:
    """As sentences that can be said, with no list of commands."""
    assert "邀请人员" in await helped(office)
    text = await helped(talk(office, SCIENCE))
    assert "换人接手" in text
    assert "邀请人员" not in text
    assert not re.search("/[a-z]", text)
    assert "/units" not in await helped(talk(office, VISITOR))


async def helped(chat: Talk) -> str:
    """All pages of /help, and of what it says of people."""
    page = await chat.ask("/help")
    text: str = page["text"]
    if "人员" in labels(page):
        page = await press(chat, page, "人员")
        text += f"\n{page['text']}"
    while "下一页" in labels(page):
        page = await press(chat, page, "下一页")
        text += f"\n{page['text']}"
    return text


async def test_units_lists_who_is_bound_and_the_units_without_a_liaison(office: Talk) -> None:
    text = (await talk(office, SCIENCE).ask("/units"))["text"]
    assert text.splitlines()[0] == "55 个单位，3 个有联络员"
    assert "市科经局：市科经局联络员（联络员）、市科经局负责人（单位负责人）" in text
    assert text.splitlines()[1].startswith("市科经局：")
    assert "还没有联络员（52 个）\n 市自规局、市经济开发区、市发改局\n" in text
    assert "市交通局、" not in text


async def test_units_are_turned_like_the_pages_of_an_answer(office: Talk) -> None:
    shown = [await office.ask("/units")]
    while "下一页" in labels(shown[-1]):
        shown.append(await press(office, shown[-1], "下一页"))
    assert len(shown) > 1
    assert {one["message_id"] for one in shown} == {shown[0]["message_id"]}
    assert all(len(one["text"].splitlines()) <= 16 for one in shown)
    assert (await press(office, shown[-1], "上一页"))["text"] == shown[-2]["text"]


async def test_gaps_are_turned_to_the_last_target(office: Talk) -> None:
    shown = [await office.ask("/gaps")]
    while "下一页" in labels(shown[-1]):
        shown.append(await press(office, shown[-1], "下一页"))
    assert sum(one["text"].count("主责待办公室确认") for one in shown) == 55


async def test_a_locked_liaison_does_not_count_as_one(office: Talk, database: Database) -> None:
    await confirmed(office, f"/lock 人员{number_of(database, MEICHUAN)}")
    text = (await office.ask("/units"))["text"]
    assert "55 个单位，2 个有联络员" in text
    assert "还没有联络员（53 个）" in text
    assert "梅川镇：梅川镇联络员（联络员，已锁定）" in text


async def test_contacts_are_given_by_consent_and_shown_to_the_bound(office: Talk, database: Database) -> None:
    liaison = talk(office, SCIENCE)
    me = await liaison.ask("/me")
    assert (await press(liaison, me, "填手机"))["text"].startswith("请发您的手机号。发来即表示同意")
    assert (await liaison.ask("12345"))["text"] == "这不像手机号，没有改动。应为 11 位数字。"
    assert (await confirmed(liaison, "/me 手机 13900001111"))["text"] == "手机已更新。"
    assert (await confirmed(liaison, "/me 电话 0713-6222222"))["text"] == "电话已更新。"
    assert (await confirmed(liaison, "/me 姓名 李明"))["text"] == "姓名已更新。"
    seen = (await talk(office, TRAFFIC).ask("/units 科经局"))["text"]
    assert "李明（联络员）：0713-6222222，13900001111" in seen
    assert (await confirmed(liaison, "/me 手机 删除"))["text"] == "手机已删除。"
    assert "13900001111" not in (await office.ask("/units 科经局"))["text"]
    with database.write() as session:
        today = datetime(2023, 3, 1, tzinfo=UTC).date()
        visitor = load_actor(session, None, today=today, service=INTERNAL)
        assert plain_text(contact_answer(session, "市科经局", visitor, today=today, link="").head).startswith(
            "单位的联系人和电话只给已绑定"
        )
        assert not any("0713" in repr(entry.detail) for entry in audit.read(session))


async def test_a_unit_without_a_liaison_is_pointed_out_with_its_contacts(office: Talk) -> None:
    await office.ask("/invite 单位负责人 发改局")
    assert "还没有人绑定" in (await office.ask("/units 发改局"))["text"]


@pytest.mark.parametrize("asked", ["科经局谁联系", "科经局的电话", "请问科经局的联络员是谁?", "怎么联系科经局"])
async def test_contacts_are_asked_for_in_plain_words(office: Talk, asked: str) -> None:
    text = (await talk(office, TRAFFIC).ask(asked))["text"]
    assert text.startswith("市科经局的联系人（2 人）")


async def test_who_is_not_bound_is_told_that_contacts_are_for_colleagues(office: Talk) -> None:
    visitor = talk(office, VISITOR)
    for asked in ("科经局谁联系", "科经局联系人", "科经局的电话"):
        assert (await visitor.ask(asked))["text"].startswith("单位的联系人和电话只给已绑定的同事看")
    assert (await visitor.ask("5G基站找谁"))["text"].startswith("5G基站：首列市科经局")


async def test_we_means_the_unit_of_who_asks(office: Talk) -> None:
    assert "市科经局" in (await talk(office, SCIENCE).ask("我们局负责哪些任务"))["text"]
    assert "市交通局" in (await talk(office, TRAFFIC).ask("我们局负责哪些任务"))["text"]


async def test_a_lost_account_is_locked_at_once_and_old_buttons_with_it(office: Talk, database: Database) -> None:
    second = talk(office, VISITOR)
    link = await press(office, await office.ask("/invite 办公室"), "生成邀请链接")
    await second.ask(f"/start {code_in(link)}")
    menu = await second.ask("/invite")
    link = await second.ask("/invite 督查室")
    number = number_of(database, VISITOR)
    assert (await confirmed(office, f"/lock 人员{number}"))["text"].startswith(f"访客（人员{number}）的账号已锁定。")
    late = await press(second, menu, "督查室")
    assert late["text"] == "您的账号已锁定，只能问公开方案；解锁请联系办公室。"
    assert (await second.ask("/forget"))["text"].startswith("您的账号已锁定")
    assert (await talk(office, TRAFFIC).ask(f"/start {code_in(link)}"))["text"].startswith("这个邀请链接已被撤销")
    assert (await second.ask("5G基站谁管"))["text"].startswith(("5G", "5.2"))
    await confirmed(office, f"/unlock 人员{number}")
    assert (await second.ask("/invite"))["text"].startswith("邀请谁？")


async def test_who_is_removed_is_a_visitor_and_the_bare_unit_is_pointed_out(office: Talk, database: Database) -> None:
    number = number_of(database, MEICHUAN)
    asked = await office.ask(f"/remove 人员{number}")
    assert "将结束：梅川镇联络员" in asked["text"]
    liaison = talk(office, MEICHUAN)
    assert (await liaison.ask("/units"))["text"].startswith("55 个单位")
    done = await press(office, asked, "确认移除")
    assert "梅川镇现在没有联络员。" in done["text"]
    assert "您还没有绑定身份" in (await liaison.ask("/units"))["text"]
    assert (await press(office, done, "邀请梅川镇联络员"))["text"].startswith("邀请链接：梅川镇联络员")


async def test_the_last_office_account_cannot_be_locked_removed_or_forgotten(office: Talk, database: Database) -> None:
    number = number_of(database, OFFICE)
    for command in ("lock", "remove", "forget"):
        assert (await office.ask(f"/{command} 人员{number}"))["text"].startswith("这是最后一个能用的办公室账号")


async def test_people_are_listed_in_pages_and_opened(office: Talk) -> None:
    first = await office.ask("/people")
    assert first["text"].startswith("已绑定 7 人（第 1/2 页）")
    second = await press(office, first, "下一页")
    assert second["text"].startswith("已绑定 7 人（第 2/2 页）")
    card = await press(office, second, "分管领导")
    assert "分管领导（第5部分）、分管领导（第6部分）" in card["text"]
    assert labels(card) == ["锁定", "移除", "移交", "注销"]
    assert (await office.ask("/people 没有这个人"))["text"].startswith("名单里没有")
    assert (await office.ask("/people 督查室"))["text"].startswith("督查室（人员")


async def test_a_stand_in_is_named_by_buttons_and_called_off(office: Talk) -> None:
    head, liaison = talk(office, HEAD), talk(office, SCIENCE)
    asked = await head.ask("/away")
    assert labels(asked) == ["今天 3月1日", "明天 3月2日", "周五 3月3日", "下周五 3月10日"]
    whom = await press(head, asked, "周五 3月3日")
    assert whom["text"] == "3月1日至3月3日，谁代办？"
    assert labels(whom) == ["市科经局联络员"]
    done = await press(head, whom, "市科经局联络员")
    assert done["text"].startswith("已登记：3月1日至3月3日请假，市科经局联络员代办。")
    assert "代办：市科经局单位负责人" in (await liaison.ask("/me"))["text"]
    assert "请假中，找市科经局联络员" in (await talk(office, TRAFFIC).ask("/units 科经局"))["text"]
    assert "3月1日至3月3日，市科经局联络员代办" in (await head.ask("/me"))["text"]
    assert (await press(head, done, "提前销假"))["text"].startswith("已销假")
    assert "代办：" not in (await liaison.ask("/me"))["text"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("3月6日到3月10日", "3月6日至3月10日，谁代办？"),
        ("2023-03-10 市科经局联络员", "登记请假？3月1日至3月10日，市科经局联络员代办"),
        ("3月10日 市交通局联络员", "这个人不能代办"),
        ("2月1日", "请假的最后一天已经过去"),
        ("3月40日", "没看懂日期"),
        ("过几天", "没看懂日期"),
        ("4月7号", "3月1日至4月7日，谁代办？"),
        ("4.7 市科经局联络员", "登记请假？3月1日至4月7日，市科经局联络员代办"),
        ("4月7日-9日", "4月7日至4月9日，谁代办？"),
        ("四月七日到四月九日 市科经局联络员", "登记请假？4月7日至4月9日，市科经局联络员代办"),
        ("下周五", "3月1日至3月10日，谁代办？"),
        ("下周", "3月6日至3月12日，谁代办？"),
        ("二十号", "3月1日至3月20日，谁代办？"),
        ("20230310", "3月1日至3月10日，谁代办？"),
        ("2月30日", "没看懂日期"),
        ("3月10日周一", "没看懂日期"),
    ],
)
async def test_absence_is_typed_in_one_line(office: Talk, said: str, answer: str) -> None:
    assert (await talk(office, HEAD).ask(f"/away {said}"))["text"].startswith(answer)


def test_the_days_to_tap_are_each_there_once() -> None:
    friday = date(2023, 3, 31)
    assert _options(friday) == [("今天", friday), ("明天", date(2023, 4, 1)), ("下周五", date(2023, 4, 7))]
    assert [name for name, _ in _options(date(2023, 3, 30))] == ["今天", "明天", "下周五"]


async def test_the_office_registers_an_absence_for_somebody_else(office: Talk, database: Database) -> None:
    number = number_of(database, HEAD)
    whom = await office.ask(f"/away 人员{number} 3月3日")
    await press(office, whom, "市科经局联络员")
    assert "代办：市科经局单位负责人" in (await talk(office, SCIENCE).ask("/me"))["text"]
    assert (await talk(office, SCIENCE).ask(f"/away 人员{number} 3月3日"))["text"].startswith(
        "只有本人或办公室可以登记请假和代办人"
    )


async def test_who_has_no_colleague_is_told_to_ask_for_one(office: Talk) -> None:
    assert (await talk(office, TRAFFIC).ask("/away 3月3日"))["text"].startswith("没有可以代办的人。")


async def test_who_forgets_themself_is_a_stranger_and_leaves_no_name(office: Talk, database: Database) -> None:
    liaison = talk(office, SCIENCE)
    await confirmed(liaison, "/me 姓名 李小明")
    await liaison.ask("长江大保护谁牵头")
    number = number_of(database, SCIENCE)
    assert "李小明" in everything(database)
    asked = await liaison.ask("/forget")
    assert f"填报记录保留，只写“人员{number}”" in asked["text"]
    assert (await press(liaison, asked, "确认注销"))["text"] == f"已注销。原有记录只写“人员{number}”。"
    assert "李小明" not in everything(database)
    with database.read() as session:
        assert session.scalar(select(MemberRow.telegram_id).where(MemberRow.id == number)) is None
    assert "您还没有绑定身份" in (await liaison.ask("/units"))["text"]


async def test_names_are_shown_as_text(office: Talk, database: Database) -> None:
    with database.write() as session:
        session.execute(update(MemberRow).where(MemberRow.telegram_id == SCIENCE).values(name="<b>&甲"))
    assert "<b>&甲（人员" in (await office.ask("/people"))["text"] + (await office.ask("/people 2"))["text"]


def test_every_role_has_a_persona_to_try(question_service: QuestionService) -> None:
    personas = load_cast().people.values()
    later = {Role.SIGNER, Role.PROJECTS, Role.CONTACT, Role.AIDE}
    assert {persona.role for persona in personas} == {None, *(role.value for role in set(Role) - later)}
    assert {persona.unit for persona in personas if persona.unit} <= {
        *question_service.library.units,
        *question_service.library.towns,
    }
