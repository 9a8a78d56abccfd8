"""People in a chat, over the Bot API: coming in by a link, standing in, handing over, being locked, being forgotten."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bothouse import GROUP, TRAFFIC, VISITOR, Json, Talk, bot_at_work
from sqlalchemy import select, update
from telegram import Bot

from bot.commands.invite import invite
from bot.inbox import InboxQueue
from bot.playground import people
from bot.playground.cast import load_cast
from bot.playground.seed import seed_people
from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.ask import AskDesk, open_desk
from handlers.people import contact_answer
from handlers.place import CLOSED, Service
from handlers.rights import load_actor
from storage import audit
from storage.base import Base
from storage.database import Database
from storage.inbox import InboxRow
from storage.invitations import InvitationRow
from storage.people import MemberRow, Role, find_member

SCIENCE, MEICHUAN, SUPERVISOR, OFFICE, HEAD = 510003, 510004, 510005, 510006, 510007
INTERNAL = Service(internal=True)
CODE = re.compile(r"db1_[A-Za-z0-9_-]{43}")


@pytest.fixture(scope="module")
def desk() -> AskDesk:
    return open_desk()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serve_playground() as running:
        yield running


@pytest.fixture
def peopled(database: Database, site: Site, desk: AskDesk) -> Database:
    """The playground's people are bound, but for the visitor."""
    with database.write() as session:
        plan = desk.library.plans[0].name
        seed_people(session, site.world.cast.people.values(), plan=plan, now=datetime.now(UTC))
    return database


@pytest.fixture
async def office(site: Site, peopled: Database, desk: AskDesk) -> AsyncIterator[Talk]:
    """The office's private chat with an internal bot at work."""
    with site.world.feed.listening() as events:
        async with bot_at_work(site, peopled, desk, service=INTERNAL):
            yield Talk(site, events, person=OFFICE, chat=OFFICE)


def talk(other: Talk, person: int) -> Talk:
    return Talk(other.site, other.events, person=person, chat=person)


def labels(message: Json) -> list[str]:
    return [key["text"] for row in message["reply_markup"]["inline_keyboard"] for key in row]


async def press(chat: Talk, message: Json, label: str) -> Json:
    """Tap a button and return what the bot then says."""
    assert await chat.tap(message, label) == ""
    return await chat.heard()


def code_in(message: Json) -> str:
    found = set(CODE.findall(message["text"]))
    assert len(found) == 1
    return str(found.pop())


def number_of(database: Database, person: int) -> int:
    with database.write() as session:
        member = find_member(session, person)
        assert member is not None
        return member.id


def everything(database: Database) -> str:
    with database.read() as session:
        return "\n".join(
            repr(tuple(row)) for table in Base.metadata.sorted_tables for row in session.execute(select(table))
        )


async def test_the_office_invites_a_liaison_by_buttons_and_the_link_works_once(office: Talk, peopled: Database) -> None:
    asked = await office.ask("/invite")
    assert labels(asked) == ["联络员", "单位负责人", "分管领导", "督查室", "办公室"]
    asked = await press(office, asked, "联络员")
    assert asked["text"].startswith("哪个单位的联络员？请发单位名称。")
    assert "市科经局" not in labels(asked)
    link = await press(office, asked, labels(asked)[0])
    code = code_in(link)
    assert f"https://t.me/{office.site.world.cast.bot_username}?start={code}" in link["text"]
    visitor = talk(office, VISITOR)
    joined = await visitor.ask(f"/start {code}")
    assert joined["text"].startswith(f"已绑定：{labels(asked)[0]}联络员")
    assert (await visitor.ask("/me"))["text"].startswith("访客（人员")
    again = await talk(office, TRAFFIC).ask(f"/start {code}")
    assert again["text"] == "这个邀请链接已经用过，没有绑定；请向办公室重新要一个。"
    with peopled.write() as session:
        assert audit.verify(session).broken is None
        assert [entry.action for entry in audit.read(session)][-2:] == ["invite", "join"]


async def test_a_unit_is_typed_by_any_of_its_names(office: Talk) -> None:
    await press(office, await office.ask("/invite"), "联络员")
    link = await office.ask("发改委")
    assert link["text"].startswith("邀请链接：市发改局联络员")
    assert (await office.ask("发改委"))["text"][:4] != "邀请链接"


async def test_a_unit_that_does_not_exist_is_said_so_with_the_nearest(office: Talk) -> None:
    asked = await office.ask("/invite 联络员 交同局")
    assert asked["text"].startswith("没有找到单位“交同局”。")
    assert (await press(office, asked, "市交通局"))["text"].startswith("邀请链接：市交通局联络员")


async def test_another_command_calls_off_what_was_to_be_typed(office: Talk) -> None:
    await office.ask("/invite 联络员")
    await office.ask("/me")
    assert not (await office.ask("市发改局"))["text"].startswith("邀请链接")


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ("1 5", "分管领导（第1部分）、分管领导（第5部分）"),
        ("科经局、交通局", "市科经局分管领导、市交通局分管领导"),
        ("整个方案", "分管领导（整个方案）"),
    ],
)
async def test_a_leader_is_invited_for_sections_units_or_the_whole_plan(office: Talk, said: str, roles: str) -> None:
    await press(office, await office.ask("/invite"), "分管领导")
    link = await office.ask(said)
    assert link["text"].splitlines()[0] == f"邀请链接：{roles}"
    joined = await talk(office, VISITOR).ask(f"/start {code_in(link)}")
    assert joined["text"].splitlines()[0] == f"已绑定：{roles}"


async def test_a_code_is_never_written_down(office: Talk, peopled: Database) -> None:
    link = await office.ask("/invite 督查室")
    code = code_in(link)
    visitor = talk(office, VISITOR)
    await press(office, link, "再邀请一人")  # the tapped message comes back to us with the link in it
    await visitor.ask(f"我收到了 https://t.me/bot?start={code} 怎么用")
    assert code not in everything(peopled)
    assert (await visitor.ask(f"/start {code}"))["text"].startswith("已绑定：督查室")
    assert code not in everything(peopled)


async def test_a_code_that_waits_in_the_inbox_is_only_a_digest(site: Site, peopled: Database, desk: AskDesk) -> None:
    with site.world.feed.listening() as events:
        async with bot_at_work(site, peopled, desk, service=INTERNAL):
            chat = Talk(site, events, person=OFFICE, chat=OFFICE)
            code = code_in(await chat.ask("/invite 督查室"))
    people.say(site.world, VISITOR, VISITOR, f"/start {code}", None)
    bot = Bot(site.world.token, base_url=site.base_url, base_file_url=site.base_url)
    async with bot:
        queue = InboxQueue(peopled, bot)
        for received in await bot.get_updates(timeout=1):
            await queue.put(received)
    with peopled.read() as session:
        payloads = [row for row in session.scalars(select(InboxRow.payload)) if row]
    assert code not in repr(payloads)
    assert "/start db1#" in repr(payloads)


async def test_what_the_database_holds_does_not_open_the_door(office: Talk, peopled: Database) -> None:
    await office.ask("/invite 办公室")
    with peopled.read() as session:
        digest = session.scalar(select(InvitationRow.digest))
    answer = await talk(office, VISITOR).ask(f"/start {digest}")
    assert answer["text"].startswith("邀请链接不对或不完整")


async def test_an_invitation_is_revoked_by_its_button(office: Talk) -> None:
    link = await office.ask("/invite 督查室")
    assert (await press(office, link, "撤销这个邀请"))["text"] == "邀请已撤销，链接不能再用。"
    assert await office.tap(link, "撤销这个邀请") == "已回答，请看最近的消息"
    answer = await talk(office, VISITOR).ask(f"/start {code_in(link)}")
    assert answer["text"].startswith("这个邀请链接已被撤销")
    assert (await office.ask("/invites"))["text"] == "没有未用的邀请。"


async def test_an_old_link_has_expired(office: Talk, peopled: Database) -> None:
    link = await office.ask("/invite 督查室")
    assert "还剩 6 天" in (await office.ask("/invites"))["text"]
    with peopled.write() as session:
        session.execute(update(InvitationRow).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    answer = await talk(office, VISITOR).ask(f"/start {code_in(link)}")
    assert answer["text"].startswith("这个邀请链接已过期")


async def test_two_taps_make_one_link(office: Talk, peopled: Database) -> None:
    asked = await office.ask("/invite")
    await press(office, asked, "督查室")
    assert await office.tap(asked, "督查室") == "已回答，请看最近的消息"
    with peopled.read() as session:
        assert len(session.scalars(select(InvitationRow.id)).all()) == 1


async def test_the_first_office_account_comes_in_from_the_command_line(
    site: Site,
    database: Database,
    database_url: str,
    desk: AskDesk,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DUBAN_TELEGRAM__TOKEN", site.world.token)
    monkeypatch.setenv("DUBAN_TELEGRAM__SERVER", f"http://127.0.0.1:{site.port}")
    assert await asyncio.to_thread(invite, "office", database=database_url) == 0
    said = capsys.readouterr()
    code, again = CODE.findall(said.out)
    assert code == again
    assert f"https://t.me/{site.world.cast.bot_username}?start={code}" in said.out
    assert "public" in said.err
    with site.world.feed.listening() as events:
        chat = Talk(site, events)
        async with bot_at_work(site, database, desk, service=CLOSED):
            assert (await chat.ask(f"/start {code}"))["text"].startswith("本服务目前只回答公开方案的问题")
        async with bot_at_work(site, database, desk, service=INTERNAL):
            assert (await chat.ask(f"/start {code}"))["text"].startswith("已绑定：办公室")
            assert (await chat.ask("/invite"))["text"].startswith("邀请谁？")
    assert code not in everything(database)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"role": "市长"}, "没有“市长”这个角色。"),
        ({"role": "liaison"}, "要用 --unit 写明一个单位"),
        ({"role": "联络员", "units": ["交同局"]}, "是不是：市交通局"),
        ({"role": "分管领导", "sections": [11]}, "方案没有第 11 部分。"),
        ({"role": "office", "database": "nonsense"}, "数据库打不开"),
        ({"role": "office", "plan": "没有这个方案"}, "没有找到"),
    ],
)
def test_the_command_says_what_is_wrong(
    arguments: dict[str, object],
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    role = str(arguments.pop("role"))
    assert invite(role, **arguments) == 1  # type: ignore[arg-type]
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


COMMANDS = {
    "/units": "看单位和联系人由已绑定的人员办理",
    "/away": "登记请假和代办人由本人或办公室办理",
    "/handover": "移交角色由本人或办公室办理",
    "/forget": "注销个人信息由本人或办公室办理",
    "/invite 督查室": "邀请人员由办公室办理",
    "/invites": "邀请人员由办公室办理",
    "/revoke 1": "邀请人员由办公室办理",
    "/people": "移除人员由办公室办理",
    "/remove 人员1 确认": "移除人员由办公室办理",
    "/lock 人员1": "锁定和解锁账号由办公室办理",
    "/unlock 人员1": "锁定和解锁账号由办公室办理",
}


async def test_a_visitor_is_refused_everything_and_told_who_can(office: Talk, peopled: Database) -> None:
    before = everything(peopled).count("locked")
    visitor = talk(office, VISITOR)
    for command, said in COMMANDS.items():
        assert (await visitor.ask(command))["text"] == f"{said}；您还没有绑定身份，请向办公室要邀请链接。"
    assert (await visitor.ask("/me"))["text"].startswith("您还没有绑定身份，是访客。")
    assert everything(peopled).count("locked") == before


async def test_a_liaison_may_not_do_what_the_office_does(office: Talk) -> None:
    liaison = talk(office, SCIENCE)
    for command in ("/invite 督查室", "/people", "/remove 人员1 确认", "/lock 人员1", "/handover 人员1 确认"):
        answer = await liaison.ask(command)
        assert "办公室办理" in answer["text"]
        assert len(answer["text"].splitlines()) == 1


async def test_in_public_mode_nobody_does_anything_internal(site: Site, peopled: Database, desk: AskDesk) -> None:
    with site.world.feed.listening() as events:
        async with bot_at_work(site, peopled, desk, service=CLOSED):
            chat = Talk(site, events, person=OFFICE, chat=OFFICE)
            for command in COMMANDS.keys() - {"/forget", "/remove 人员1 确认"}:
                assert (await chat.ask(command))["text"].startswith("本服务目前只回答公开方案的问题")
            assert "武穴分局" in (await chat.ask("长江大保护谁牵头"))["text"]
            assert (await talk(chat, SCIENCE).ask("/forget"))["text"].startswith("注销您的个人信息？")


async def test_in_a_group_people_are_not_spoken_of(office: Talk) -> None:
    group = Talk(office.site, office.events, person=OFFICE, chat=GROUP)
    for command in ("/units", "/people", "/invite 督查室", "/me"):
        answer = await group.ask(f"{command.split()[0]}@{office.site.world.cast.bot_username}")
        assert answer["text"] == "群里只答公开方案，这件事请私聊我。"


async def test_in_a_group_a_command_that_may_be_another_bots_is_left_alone(office: Talk) -> None:
    group = Talk(office.site, office.events, person=OFFICE, chat=GROUP)
    group.say("/lock")
    group.say("/people")
    assert (await group.ask("/help"))["text"].startswith("直接把问题发给我")
    assert len(group.answers()) == 1


async def test_help_shows_what_the_person_may_do(office: Talk) -> None:
    assert "/invite" in (await office.ask("/help"))["text"]
    text = (await talk(office, SCIENCE).ask("/help"))["text"]
    assert "/handover" in text
    assert "/invite" not in text
    text = (await talk(office, VISITOR).ask("/help"))["text"]
    assert "/units" not in text


async def test_units_lists_who_is_bound_and_the_units_without_a_liaison(office: Talk) -> None:
    text = (await talk(office, SCIENCE).ask("/units"))["text"]
    assert text.splitlines()[0] == "55 个单位，3 个有联络员"
    assert "市科经局：市科经局联络员（联络员）、市科经局负责人（单位负责人）" in text
    bare = next(line for line in text.splitlines() if line.startswith("还没有联络员（52 个）"))
    assert "市发改局" in bare
    assert "市交通局" not in bare


async def test_a_locked_liaison_does_not_count_as_one(office: Talk, peopled: Database) -> None:
    await office.ask(f"/lock 人员{number_of(peopled, TRAFFIC)}")
    text = (await office.ask("/units"))["text"]
    assert "55 个单位，2 个有联络员" in text
    assert "还没有联络员（53 个）" in text
    assert "市交通局：市交通局联络员（联络员，已锁定）" in text


async def test_contacts_are_given_by_consent_and_shown_to_the_bound(office: Talk, peopled: Database) -> None:
    liaison = talk(office, SCIENCE)
    me = await liaison.ask("/me")
    assert (await press(liaison, me, "填手机"))["text"].startswith("请发您的手机号。发来即表示同意")
    assert (await liaison.ask("12345"))["text"] == "这不像手机号，没有改动。应为 11 位数字。"
    assert (await liaison.ask("/me 手机 13900001111"))["text"] == "手机已更新。"
    assert (await liaison.ask("/me 电话 0713-6222222"))["text"] == "电话已更新。"
    assert (await liaison.ask("/me 姓名 李明"))["text"] == "姓名已更新。"
    seen = (await talk(office, TRAFFIC).ask("/units 科经局"))["text"]
    assert "李明（联络员）：0713-6222222，13900001111" in seen
    assert (await liaison.ask("/me 手机 删除"))["text"] == "手机已删除。"
    assert "13900001111" not in (await office.ask("/units 科经局"))["text"]
    with peopled.write() as session:
        today = datetime(2023, 3, 1, tzinfo=UTC).date()
        visitor = load_actor(session, VISITOR, today=today, service=INTERNAL)
        assert contact_answer(session, "市科经局", visitor, today=today).head.startswith("看单位和联系人由已绑定的人员")
        assert not any("0713" in repr(entry.detail) for entry in audit.read(session))


async def test_a_unit_without_a_liaison_is_pointed_out_with_its_contacts(office: Talk) -> None:
    await office.ask("/invite 单位负责人 发改局")
    assert "还没有人绑定" in (await office.ask("/units 发改局"))["text"]


async def test_we_means_the_unit_of_who_asks(office: Talk) -> None:
    assert "市科经局" in (await talk(office, SCIENCE).ask("我们局负责哪些任务"))["text"]
    assert "市交通局" in (await talk(office, TRAFFIC).ask("我们局负责哪些任务"))["text"]


async def test_a_lost_account_is_locked_at_once_and_old_buttons_with_it(office: Talk, peopled: Database) -> None:
    second = talk(office, VISITOR)
    await second.ask(f"/start {code_in(await office.ask('/invite 办公室'))}")
    menu = await second.ask("/invite")
    link = await second.ask("/invite 督查室")
    number = number_of(peopled, VISITOR)
    assert (await office.ask(f"/lock 人员{number}"))["text"].startswith(f"访客（人员{number}）的账号已锁定。")
    late = await press(second, menu, "督查室")
    assert late["text"] == "您的账号已锁定，只能问公开方案；解锁请联系办公室。"
    assert (await second.ask("/forget"))["text"].startswith("您的账号已锁定")
    assert (await talk(office, TRAFFIC).ask(f"/start {code_in(link)}"))["text"].startswith("这个邀请链接已被撤销")
    assert (await second.ask("5G基站谁管"))["text"].startswith(("5G", "5.2"))
    await office.ask(f"/unlock 人员{number}")
    assert (await second.ask("/invite"))["text"].startswith("邀请谁？")


async def test_who_is_removed_is_a_visitor_and_the_bare_unit_is_pointed_out(office: Talk, peopled: Database) -> None:
    number = number_of(peopled, TRAFFIC)
    asked = await office.ask(f"/remove 人员{number}")
    assert "将结束：市交通局联络员" in asked["text"]
    liaison = talk(office, TRAFFIC)
    assert (await liaison.ask("/units"))["text"].startswith("55 个单位")
    done = await press(office, asked, "确认移除")
    assert "市交通局现在没有联络员。" in done["text"]
    assert "您还没有绑定身份" in (await liaison.ask("/units"))["text"]
    assert (await press(office, done, "邀请市交通局联络员"))["text"].startswith("邀请链接：市交通局联络员")


async def test_the_last_office_account_cannot_be_locked_removed_or_forgotten(office: Talk, peopled: Database) -> None:
    number = number_of(peopled, OFFICE)
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


async def test_a_successor_takes_the_role_over_when_the_link_is_opened(office: Talk, peopled: Database) -> None:
    old, new = talk(office, SCIENCE), talk(office, VISITOR)
    link = await press(old, await old.ask("/handover"), "生成移交链接")
    code = code_in(link)
    assert (await old.ask(f"/start {code}"))["text"].startswith("这是您自己发出的移交链接")
    assert (await old.ask("/units"))["text"].startswith("55 个单位")
    assert (await new.ask(f"/start {code}"))["text"].startswith("已绑定：市科经局联络员")
    assert "您还没有绑定身份" in (await old.ask("/units"))["text"]
    text = (await new.ask("/units"))["text"]
    assert "市科经局：市科经局负责人（单位负责人）、访客（联络员）" in text
    with peopled.read() as session:
        joined = list(audit.read(session))[-1]
    assert (joined.action, joined.detail["heir_of"]) == ("join", number_of(peopled, SCIENCE))


async def test_an_heir_gets_only_what_is_still_held(office: Talk, peopled: Database) -> None:
    old = talk(office, SCIENCE)
    code = code_in(await press(old, await old.ask("/handover"), "生成移交链接"))
    await office.ask(f"/remove 人员{number_of(peopled, SCIENCE)} 确认")
    assert (await talk(office, VISITOR).ask(f"/start {code}"))["text"].startswith("这个邀请链接已被撤销")


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
        ("2023-03-10 市科经局联络员", "已登记：3月1日至3月10日请假，市科经局联络员代办。"),
        ("3月10日 市交通局联络员", "这个人不能代办"),
        ("2月1日", "请假的最后一天已经过去"),
        ("3月40日", "没看懂日期"),
        ("过几天", "没看懂日期"),
    ],
)
async def test_absence_is_typed_in_one_line(office: Talk, said: str, answer: str) -> None:
    assert (await talk(office, HEAD).ask(f"/away {said}"))["text"].startswith(answer)


async def test_the_office_registers_an_absence_for_somebody_else(office: Talk, peopled: Database) -> None:
    number = number_of(peopled, HEAD)
    whom = await office.ask(f"/away 人员{number} 3月3日")
    await press(office, whom, "市科经局联络员")
    assert "代办：市科经局单位负责人" in (await talk(office, SCIENCE).ask("/me"))["text"]
    assert (await talk(office, SCIENCE).ask(f"/away 人员{number} 3月3日"))["text"].startswith(
        "登记请假和代办人由本人或办公室"
    )


async def test_who_has_no_colleague_is_told_to_ask_for_one(office: Talk) -> None:
    assert (await talk(office, TRAFFIC).ask("/away 3月3日"))["text"].startswith("没有可以代办的人。")


async def test_who_forgets_themself_is_a_stranger_and_leaves_no_name(office: Talk, peopled: Database) -> None:
    liaison = talk(office, SCIENCE)
    await liaison.ask("/me 姓名 李小明")
    await liaison.ask("李小明的问题")
    number = number_of(peopled, SCIENCE)
    assert "李小明" in everything(peopled)
    asked = await liaison.ask("/forget")
    assert f"填报记录保留，只写“人员{number}”" in asked["text"]
    assert (await press(liaison, asked, "确认注销"))["text"] == f"已注销。原有记录只写“人员{number}”。"
    assert "李小明" not in everything(peopled)
    with peopled.read() as session:
        assert session.scalar(select(MemberRow.telegram_id).where(MemberRow.id == number)) is None
    assert "您还没有绑定身份" in (await liaison.ask("/units"))["text"]


async def test_names_are_shown_as_text(office: Talk, peopled: Database) -> None:
    with peopled.write() as session:
        session.execute(update(MemberRow).where(MemberRow.telegram_id == SCIENCE).values(name="<b>&甲"))
    assert "<b>&甲（人员" in (await office.ask("/people"))["text"] + (await office.ask("/people 2"))["text"]


async def test_a_locked_member_stays_locked_whatever_link_they_open(office: Talk, peopled: Database) -> None:
    with peopled.write() as session:
        session.execute(
            update(MemberRow).where(MemberRow.telegram_id == SUPERVISOR).values(locked_at=datetime.now(UTC))
        )
    code = code_in(await office.ask("/invite 督查室"))
    assert (await talk(office, SUPERVISOR).ask(f"/start {code}"))["text"].startswith("您的账号已锁定")
    assert "1 号" in (await office.ask("/invites"))["text"]


def test_every_role_has_a_persona_to_try(desk: AskDesk) -> None:
    personas = load_cast().people.values()
    assert {persona.role for persona in personas} == {None, *(role.value for role in Role)}
    assert {persona.unit for persona in personas if persona.unit} <= {*desk.library.units, *desk.library.towns}
