"""Coming in over the Bot API: links that work once and are written nowhere, and roles handed over."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from addresses import telegram_by
from bot_harness import TRAFFIC, VISITOR, Talk, bot_at_work, labels, press
from office_harness import CODE, INTERNAL, SCIENCE, SUPERVISOR, code_in, everything, number_of, office_at_work, talk
from sqlalchemy import select, update
from telegram import Bot

from bot.arrivals import Arrivals
from bot.commands.invite import invite
from bot.limiter import SendLimiter
from bot.pace import LOOPBACK
from bot.playground import people
from bot.playground.server import Site
from bot.telegram.batch import read_batch
from handlers.access.service import CLOSED
from handlers.services.invite_codes import new_code
from handlers.services.question_service import QuestionService
from storage import audit
from storage.database import Database
from storage.inbox import InboxRow
from storage.invitations import InvitationRow
from storage.people import MemberRow


@pytest.fixture
async def office(database: Database, question_service: QuestionService) -> AsyncIterator[Talk]:
    async with office_at_work(database, question_service) as talk:
        yield talk


async def test_a_liaison_is_invited_by_buttons_and_the_link_works_once(office: Talk, database: Database) -> None:
    asked = await office.ask("/invite")
    assert labels(asked) == ["联络员", "单位负责人", "分管领导", "督查室", "办公室", "单位审签人"]
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
    with database.write() as session:
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
    card = await office.ask(said)
    assert card["text"].splitlines()[0] == f"确认邀请？{roles}"
    link = await press(office, card, "生成邀请链接")
    assert link["text"].splitlines()[0] == f"邀请链接：{roles}"
    joined = await talk(office, VISITOR).ask(f"/start {code_in(link)}")
    assert joined["text"].splitlines()[0] == f"已绑定：{roles}"


@pytest.mark.parametrize("said", ["{code}", "小周给我发了这个 {code} 是贴这儿吧", "邀请码：{code}。"])
async def test_a_code_that_is_pasted_is_taken_up(office: Talk, said: str) -> None:
    pasted = said.format(code=code_in(await office.ask("/invite 督查室")))
    assert (await talk(office, VISITOR).ask(pasted))["text"].startswith("已绑定：督查室")
    assert (await talk(office, VISITOR).ask(pasted))["text"].startswith("您已经绑定，没有改动；这个邀请码是给别人的。")


@pytest.mark.parametrize("said", ["K7M2-9QXD", "小周给我发了这个 K7M2-9QXD 是贴这儿吧", "db1_" + "x" * 43])
async def test_a_code_that_is_wrong_is_said_so(office: Talk, said: str) -> None:
    answer = await talk(office, VISITOR).ask(said)
    assert answer["text"] == "邀请链接不对或不完整，没有绑定；请向办公室重新要一个。"


async def test_a_code_is_never_written_down(office: Talk, database: Database) -> None:
    link = await office.ask("/invite 督查室")
    code = code_in(link)
    visitor = talk(office, VISITOR)
    await press(office, link, "再邀请一人")  # the tapped message comes back to us with the link in it
    assert (await visitor.ask(f"我收到了 https://t.me/bot?start={code} 怎么用"))["text"].startswith("已绑定：督查室")
    assert code not in everything(database)
    assert (await visitor.ask(f"/start {code}"))["text"].startswith("这个邀请链接已经用过")
    assert code not in everything(database)


async def test_a_code_that_waits_in_the_inbox_is_only_a_digest(site: Site, database: Database) -> None:
    code = new_code()
    people.say(site.world, VISITOR, VISITOR, f"/start {code}", None)
    bot = Bot(site.world.token, base_url=site.base_url, base_file_url=site.base_url)
    async with bot:
        channel = telegram_by(bot)
        arrivals = Arrivals(database, channel, SendLimiter(LOOPBACK), asyncio.Queue())
        found = [received.to_dict() for received in await bot.get_updates(timeout=1)]
        for arrival in read_batch(found, channel.me):
            await arrivals.keep(arrival)
    with database.read() as session:
        payloads = [row for row in session.scalars(select(InboxRow.payload)) if row]
    assert code not in repr(payloads)
    assert "/start db1#" in repr(payloads)


async def test_what_the_database_holds_does_not_open_the_door(office: Talk, database: Database) -> None:
    await office.ask("/invite 督查室")
    with database.read() as session:
        digest = session.scalar(select(InvitationRow.digest))
    answer = await talk(office, VISITOR).ask(f"/start {digest}")
    assert answer["text"].startswith("邀请链接不对或不完整")


async def test_an_invitation_is_revoked_by_its_button(office: Talk) -> None:
    link = await office.ask("/invite 督查室")
    assert (await press(office, link, "撤销这个邀请"))["text"] == "邀请已撤销，链接不能再用。"
    assert await office.tap(link, "撤销这个邀请") == "已经办过，请看这条或最近的消息"
    answer = await talk(office, VISITOR).ask(f"/start {code_in(link)}")
    assert answer["text"].startswith("这个邀请链接已被撤销")
    assert (await office.ask("/invites"))["text"] == "没有未用的邀请。"


async def test_an_old_link_has_expired(office: Talk, database: Database) -> None:
    link = await office.ask("/invite 督查室")
    assert "还剩 6 天" in (await office.ask("/invites"))["text"]
    with database.write() as session:
        session.execute(update(InvitationRow).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    answer = await talk(office, VISITOR).ask(f"/start {code_in(link)}")
    assert answer["text"].startswith("这个邀请链接已过期")


async def test_two_taps_make_one_link(office: Talk, database: Database) -> None:
    asked = await office.ask("/invite")
    await press(office, asked, "督查室")
    assert await office.tap(asked, "督查室") == "已经办过，请看这条或最近的消息"
    with database.read() as session:
        assert len(session.scalars(select(InvitationRow.id)).all()) == 1


async def test_the_first_office_account_comes_in_from_the_command_line(
    site: Site,
    database: Database,
    database_url: str,
    question_service: QuestionService,
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
        async with bot_at_work(site, database, question_service, service=CLOSED):
            assert (await chat.ask(f"/start {code}"))["text"].startswith("本服务目前只回答公开方案的问题")
        async with bot_at_work(site, database, question_service, service=INTERNAL):
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
        ({"role": "office", "database": "nonsense"}, "数据库地址只收两种"),
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


async def test_a_successor_takes_the_role_over_when_the_link_is_opened(office: Talk, database: Database) -> None:
    old, new = talk(office, SCIENCE), talk(office, VISITOR)
    link = await press(old, await old.ask("/handover"), "生成移交链接")
    code = code_in(link)
    assert (await old.ask(f"/start {code}"))["text"].startswith("这是您自己发出的移交链接")
    assert (await old.ask("/units"))["text"].startswith("55 个单位")
    assert (await new.ask(f"/start {code}"))["text"].startswith("已绑定：市科经局联络员")
    assert "您还没有绑定身份" in (await old.ask("/units"))["text"]
    text = (await new.ask("/units"))["text"]
    assert "市科经局：市科经局负责人（单位负责人）、访客（联络员）" in text
    with database.read() as session:
        joined = list(audit.read(session))[-1]
    assert (joined.action, joined.detail["heir_of"]) == ("join", number_of(database, SCIENCE))


async def test_an_heir_gets_only_what_is_still_held(office: Talk, database: Database) -> None:
    old = talk(office, SCIENCE)
    code = code_in(await press(old, await old.ask("/handover"), "生成移交链接"))
    await office.ask(f"/remove 人员{number_of(database, SCIENCE)} 确认")
    assert (await talk(office, VISITOR).ask(f"/start {code}"))["text"].startswith("这个邀请链接已被撤销")


async def test_a_locked_member_stays_locked_whatever_link_they_open(office: Talk, database: Database) -> None:
    with database.write() as session:
        session.execute(
            update(MemberRow).where(MemberRow.telegram_id == SUPERVISOR).values(locked_at=datetime.now(UTC))
        )
    code = code_in(await office.ask("/invite 督查室"))
    assert (await talk(office, SUPERVISOR).ask(f"/start {code}"))["text"].startswith("您的账号已锁定")
    assert "1 号" in (await office.ask("/invites"))["text"]
