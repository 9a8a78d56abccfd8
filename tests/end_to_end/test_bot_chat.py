"""The bot in a chat, over the Bot API: buttons, pages, edits, commands, and what is not text."""

import logging
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import structlog
from bot_harness import GROUP, TRAFFIC, VISITOR, StubService, Talk, bot_at_work
from sqlalchemy import update

from bot.config import LogSettings
from bot.log import set_up_logging
from bot.playground import people
from bot.playground.server import Site
from storage.chats import get_chat
from storage.database import Database
from storage.dialogs import TurnRow


@pytest.fixture
def question_service() -> StubService:
    return StubService()


@pytest.fixture
async def talk(site: Site, database: Database, question_service: StubService) -> AsyncIterator[Talk]:
    """The visitor's private chat with a bot at work."""
    with site.world.feed.listening() as events:
        async with bot_at_work(site, database, question_service):
            yield Talk(site, events)


async def test_a_question_is_answered_and_the_next_one_follows_on(talk: Talk) -> None:
    first = await talk.ask("市交通局负责哪些任务")
    assert first["text"] == "答：市交通局负责哪些任务\n前文：无"
    second = await talk.ask("其中牵头的呢")
    assert second["text"] == "答：其中牵头的呢\n前文：市交通局负责哪些任务"


async def test_people_do_not_share_what_they_asked(talk: Talk) -> None:
    await talk.ask("市交通局负责哪些任务")
    other = Talk(talk.site, talk.events, person=TRAFFIC, chat=TRAFFIC)
    assert (await other.ask("其中牵头的呢"))["text"].endswith("前文：无")


async def test_a_follow_up_and_a_button_work_after_a_restart(site: Site, database: Database) -> None:
    with site.world.feed.listening() as events:
        talk = Talk(site, events)
        async with bot_at_work(site, database, StubService()):
            answer = await talk.ask("甲")
        async with bot_at_work(site, database, StubService()):
            assert await talk.tap(answer, "目标") == ""
            assert (await talk.heard())["text"] == "答：目标呢\n前文：无"
            assert (await talk.ask("还有谁"))["text"] == "答：还有谁\n前文：目标呢"


async def test_a_button_asks_its_question_whatever_was_asked_before(talk: Talk) -> None:
    first = await talk.ask("甲")
    await talk.ask("乙")
    await talk.tap(first, "牵头的")
    assert (await talk.heard())["text"] == "答：其中牵头的呢\n前文：无"
    assert (await talk.ask("丙"))["text"] == "答：丙\n前文：其中牵头的呢"


async def test_the_same_button_under_a_later_answer_answers_again(talk: Talk) -> None:
    await talk.tap(await talk.ask("甲"), "目标")
    await talk.tap(await talk.ask("乙"), "目标")
    await talk.ask("丙")
    assert talk.answers().count("答：目标呢\n前文：无") == 2


async def test_a_button_tapped_twice_answers_once(talk: Talk) -> None:
    answer = await talk.ask("甲")
    await talk.tap(answer, "目标")
    assert await talk.tap(answer, "目标") == "已经办过，请看这条或最近的消息"
    await talk.ask("乙")
    assert talk.answers().count("答：目标呢\n前文：无") == 1


@pytest.mark.parametrize("data", ["2:999999:0", "2:1:77"])
async def test_a_button_whose_answer_is_gone_says_so_and_nothing_else(talk: Talk, data: str) -> None:
    answer = await talk.ask("甲")
    assert await talk.tap_data(answer, data) == "这条回复已过期，请重新提问"
    await talk.ask("乙")
    assert len(talk.answers()) == 2


@pytest.mark.parametrize("data", ["0:1:0", "3:1:0", "牵头", "2:1:p", "2:1:0:0", "9" * 64])
async def test_a_button_that_nobody_knows_says_so_and_nothing_else(talk: Talk, data: str) -> None:
    answer = await talk.ask("甲")
    assert await talk.tap_data(answer, data) == "这个按钮已失效，请重新发一次"
    await talk.ask("乙")
    assert len(talk.answers()) == 2


async def test_a_button_is_too_late_after_a_month(talk: Talk, database: Database) -> None:
    answer = await talk.ask("甲")
    with database.write() as session:
        session.execute(update(TurnRow).values(created_at=datetime.now(UTC) - timedelta(days=31)))
    assert await talk.tap(answer, "目标") == "这条回复已过期，请重新提问"


async def test_a_button_of_another_chat_is_refused(talk: Talk) -> None:
    answer = await talk.ask("甲")
    other = Talk(talk.site, talk.events, person=TRAFFIC, chat=TRAFFIC)
    theirs = await other.ask("乙")
    data = answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await other.tap_data(theirs, data) == "这条回复已过期，请重新提问"


async def test_pages_are_turned_in_the_same_message(talk: Talk) -> None:
    first = await talk.ask("很多")
    assert first["text"].endswith("第10项\n第 1/3 页")
    await talk.tap(first, "下一页")
    second = await talk.heard()
    assert second["message_id"] == first["message_id"]
    assert second["text"].startswith("第11项")
    await talk.tap(second, "上一页")
    assert (await talk.heard())["text"] == first["text"]
    assert len(talk.answers()) == 1


async def test_a_page_turned_twice_to_the_same_page_is_no_error(talk: Talk) -> None:
    first = await talk.ask("很多")
    await talk.tap(first, "下一页")
    await talk.heard()
    assert await talk.tap(first, "下一页") == ""
    await talk.ask("乙")
    assert talk.answers()[1:] == ["答：乙\n前文：很多"]


async def test_an_edited_question_edits_its_answer(talk: Talk) -> None:
    answer = await talk.ask("甲")
    people.edit(talk.site.world, VISITOR, VISITOR, talk.question()["message_id"], "丙")
    changed = await talk.heard()
    assert (changed["message_id"], changed["text"]) == (answer["message_id"], "答：丙\n前文：无")
    assert (await talk.ask("还有"))["text"] == "答：还有\n前文：丙"


async def test_editing_an_older_question_leaves_what_came_after_it(talk: Talk) -> None:
    answer = await talk.ask("甲")
    asked = talk.question()
    await talk.ask("乙")
    people.edit(talk.site.world, VISITOR, VISITOR, asked["message_id"], "丙")
    changed = await talk.heard()
    assert (changed["message_id"], changed["text"]) == (answer["message_id"], "答：丙\n前文：无")
    assert (await talk.ask("还有"))["text"] == "答：还有\n前文：乙"


async def test_the_menu_is_the_command_table(talk: Talk) -> None:
    menus = talk.site.world.book.fact("commands")
    assert {tuple(command["command"] for command in menu) for menu in menus.values()} == {
        ("start", "help", "tasks", "ask", "about"),
        ("help", "tasks", "ask", "about"),
    }


async def test_start_greets_with_questions_to_tap(talk: Talk) -> None:
    greeting = await talk.ask("/start")
    assert greeting["text"].startswith("您好")
    await talk.tap(greeting, "方案有哪些任务")
    assert (await talk.heard())["text"] == "答：方案有哪些任务\n前文：无"


async def test_help_names_every_command(talk: Talk) -> None:
    text = (await talk.ask("/help"))["text"]
    assert all(name in text for name in ("/start", "/help", "/tasks", "/ask"))
    assert "页" not in text.splitlines()[-1]


async def test_an_unknown_command_is_said_to_be_unknown(talk: Talk) -> None:
    assert (await talk.ask("/nowhere"))["text"].startswith("没有 /nowhere 这个命令。可用的命令见 /help")


async def test_ask_takes_the_question_after_it(talk: Talk) -> None:
    assert (await talk.ask("/ask 甲"))["text"] == "答：甲\n前文：无"
    assert "/ask 长江大保护谁牵头" in (await talk.ask("/ask"))["text"]


async def test_markup_in_a_question_is_shown_as_typed(talk: Talk) -> None:
    assert (await talk.ask("<b>甲&</i>"))["text"].startswith("答：<b>甲&</i>\n")


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "document", "location", "forward"])
async def test_what_is_not_text_gets_one_sentence(talk: Talk, question_service: StubService, kind: str) -> None:
    people.attach(talk.site.world, VISITOR, VISITOR, kind)
    answer = await talk.heard()
    assert "打" in answer["text"]
    assert len(answer["text"]) < 60
    assert question_service.asked == []


async def test_in_a_group_only_what_is_meant_for_the_bot_is_answered(talk: Talk, question_service: StubService) -> None:
    talk.site.world.book.set_fact("settings", {"privacy": False})
    group = Talk(talk.site, talk.events, person=VISITOR, chat=GROUP)
    name = talk.site.world.cast.bot_username
    group.say("大家好")
    group.say("/report")
    group.say("/help@another_bot")
    answer = await group.ask(f"@{name} 长江大保护谁牵头")
    assert answer["text"] == "答：长江大保护谁牵头\n前文：无"
    assert answer["reply_to_message"]["message_id"] == group.question()["message_id"]
    again = await group.ask("其中牵头的呢", reply_to=answer["message_id"])
    assert again["text"] == "答：其中牵头的呢\n前文：长江大保护谁牵头"
    assert question_service.asked == ["长江大保护谁牵头", "其中牵头的呢"]
    assert len((await group.ask("/start"))["text"].splitlines()) == 1
    assert (await group.ask(f"/nowhere@{name}"))["text"].startswith("没有 /nowhere")


async def test_in_a_group_another_person_may_tap(talk: Talk) -> None:
    group = Talk(talk.site, talk.events, person=VISITOR, chat=GROUP)
    answer = await group.ask("/ask 甲")
    assert await group.tap(answer, "目标", by=TRAFFIC) == ""
    heard = await group.heard()
    assert heard["text"] == "答：目标呢\n前文：无"
    assert heard["reply_to_message"]["message_id"] == answer["message_id"]
    assert await group.tap(answer, "目标") == "已经办过，请看这条或最近的消息"


async def test_who_blocks_the_bot_is_marked_until_they_come_back(talk: Talk, database: Database) -> None:
    await talk.ask("甲")
    people.block(talk.site.world, VISITOR, blocked=True)
    other = Talk(talk.site, talk.events, person=TRAFFIC, chat=TRAFFIC)
    await other.ask("乙")
    people.block(talk.site.world, VISITOR, blocked=False)
    await talk.ask("丙")
    with database.read() as session:
        chat = get_chat(session, VISITOR)
    assert chat is not None
    assert not chat.blocked


async def test_a_stranger_who_asks_too_fast_is_told_once(site: Site, database: Database) -> None:
    question_service = StubService()
    with site.world.feed.listening() as events:
        talk = Talk(site, events)
        async with bot_at_work(site, database, question_service, per_minute=2):
            await talk.ask("甲")
            await talk.ask("乙")
            assert (await talk.ask("丙"))["text"].startswith("问得太快了")
            talk.say("丁")
            other = Talk(site, events, person=TRAFFIC, chat=TRAFFIC)
            assert (await other.ask("戊"))["text"] == "答：戊\n前文：无"
    assert question_service.asked == ["甲", "乙", "戊"]
    assert len(talk.answers()) == 3


async def test_on_joining_a_group_the_bot_says_how_to_reach_it(talk: Talk) -> None:
    cast = talk.site.world.cast
    me = cast.user(cast.bot_id)
    change = {
        "chat": cast.chat(GROUP),
        "from": cast.user(VISITOR),
        "date": int(datetime.now(UTC).timestamp()),
        "old_chat_member": {"user": me, "status": "left"},
        "new_chat_member": {"user": me, "status": "member"},
    }
    talk.site.world.mailbox.put("my_chat_member", change)
    said = (await Talk(talk.site, talk.events, chat=GROUP).heard())["text"]
    assert "隐私模式" in said
    assert f"/ask@{cast.bot_username}" in said


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the settings' default log holds."""
    root, stream = logging.getLogger(), StringIO()
    handlers, level = root.handlers[:], root.level
    set_up_logging(LogSettings(file=""), stream=stream)
    yield stream
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = handlers, level


async def test_nothing_of_what_people_write_reaches_the_log(log: StringIO, talk: Talk) -> None:
    await talk.ask("坏秘密")
    await talk.ask("甲秘密")
    assert "update failed" in log.getvalue()
    assert "bot_harness.py" in log.getvalue()
    assert "秘密" not in log.getvalue()
    assert talk.site.world.token not in log.getvalue()
