"""Thumbs under answers, and the office's list of what was not understood, over the Bot API."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bot_harness import GROUP, VISITOR, Talk, bot_at_work, confirmed, labels, press
from office_harness import OFFICE, SCIENCE, SUPERVISOR, office_at_work, talk
from sqlalchemy import update

from bot.commands.misses import misses as on_a_terminal
from bot.playground.server import serve as serve_playground
from handlers.access.service import CLOSED
from handlers.services.question_service import QuestionService
from knowledge.plan.gazetteer import Alias
from storage import audit
from storage.aliases import add_alias
from storage.database import Database
from storage.dialogs import TurnRow
from storage.unanswered import DISLIKED, Miss, MissState, list_misses

GOOD, BAD = "👍 有用", "👎 不对"
KNOWN, UNKNOWN = "市交通局负责哪些任务", "老槐树负责哪些任务"
PLAN = "wuxue-2021-26"
NINE = "共 9 项"


@pytest.fixture
async def office(database: Database, question_service: QuestionService) -> AsyncIterator[Talk]:
    async with office_at_work(database, question_service) as chat:
        yield chat


def missed(database: Database) -> list[Miss]:
    with database.read() as session:
        return list(list_misses(session, every=True))


def counted(database: Database) -> list[tuple[str, str, int]]:
    return [(one.text, one.why, one.count) for one in missed(database)]


# Thumbs


async def test_thumbs_stand_below_the_useful_buttons_of_an_answer(office: Talk) -> None:
    answer = await talk(office, VISITOR).ask(KNOWN)
    rows = answer["reply_markup"]["inline_keyboard"]
    assert [key["text"] for key in rows[-1]] == [GOOD, BAD]
    assert len(rows) > 1
    assert all(len(key["callback_data"].encode()) <= 64 for row in rows for key in row)


async def test_they_stay_where_a_page_is_turned(office: Talk) -> None:
    visitor = talk(office, VISITOR)
    first = await visitor.ask("/tasks")
    await visitor.tap(first, "下一页")
    assert labels(await visitor.heard())[-2:] == [GOOD, BAD]


@pytest.mark.parametrize("said", ["/start", "/help", "你好", "谢谢", "你能做什么", "/me", UNKNOWN, "/nothing"])
async def test_greetings_help_and_refusals_have_none(office: Talk, said: str) -> None:
    answer = await talk(office, VISITOR).ask(said)
    assert not answer.get("reply_markup") or GOOD not in labels(answer)


async def test_in_a_group_there_are_none_and_a_forged_one_does_nothing(office: Talk, database: Database) -> None:
    group = Talk(office.site, office.events, person=VISITOR, chat=GROUP)
    answer = await group.ask(f"/ask@{office.site.world.cast.bot_username} {KNOWN}")
    assert GOOD not in labels(answer)
    turn = answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[1]
    assert await group.tap_data(answer, f"2:{turn}:n") == "这条回复已过期，请重新提问"
    assert missed(database) == []


async def test_a_thumb_up_is_a_toast_and_nothing_else(office: Talk, database: Database) -> None:
    visitor = talk(office, VISITOR)
    answer = await visitor.ask(KNOWN)
    assert await visitor.tap(answer, GOOD) == "谢谢"
    assert len(visitor.answers()) == 1
    assert missed(database) == []


async def test_a_thumb_down_counts_and_takes_one_sentence(office: Talk, database: Database) -> None:
    visitor = talk(office, VISITOR)
    answer = await visitor.ask(KNOWN)
    asks = await press(visitor, answer, BAD)
    assert asks["text"].startswith("已记下，办公室会看到这个问题（不记是谁问的）。")
    assert counted(database) == [(KNOWN, DISLIKED, 1)]
    thanks = await visitor.ask("少了2.2，打13812345678问我")
    assert thanks["text"] == "谢谢，已转给办公室。"
    assert missed(database)[0].note == "少了2.2,打〈号码〉问我"
    assert NINE in (await visitor.ask(KNOWN))["text"], "only one message was taken for the sentence"
    assert counted(database) == [(KNOWN, DISLIKED, 1)]


async def test_the_sentence_can_be_skipped(office: Talk, database: Database) -> None:
    visitor = talk(office, VISITOR)
    asks = await press(visitor, await visitor.ask(KNOWN), BAD)
    assert (await press(visitor, asks, "跳过"))["text"] == "好的，没有附言。"
    assert NINE in (await visitor.ask(KNOWN))["text"]
    assert missed(database)[0].note is None


async def test_a_question_typed_instead_of_the_sentence_is_answered(office: Talk) -> None:
    visitor = talk(office, VISITOR)
    await press(visitor, await visitor.ask(KNOWN), BAD)
    answer = await visitor.ask("长江大保护谁牵头")
    assert "武穴分局" in answer["text"]
    assert "（没有再补充意见。）" in answer["text"]
    assert (await press(visitor, answer, "这句就是要写的"))["text"].startswith("谢谢，已转给办公室。")


async def test_a_thumb_down_counts_once_an_answer_even_weeks_later(office: Talk, database: Database) -> None:
    visitor = talk(office, VISITOR)
    answer = await visitor.ask(KNOWN)
    await press(visitor, answer, BAD)
    assert await visitor.tap(answer, BAD) == "已记下"
    with database.write() as session:
        session.execute(update(TurnRow).values(created_at=datetime.now(UTC) - timedelta(days=20)))
    assert await visitor.tap(answer, BAD) == "已记下"
    assert counted(database) == [(KNOWN, DISLIKED, 1)]


async def test_a_thumb_is_too_late_after_a_month_and_is_nobody_elses(office: Talk, database: Database) -> None:
    visitor, other = talk(office, VISITOR), talk(office, SCIENCE)
    answer, theirs = await visitor.ask(KNOWN), await other.ask(KNOWN)
    data = answer["reply_markup"]["inline_keyboard"][-1][-1]["callback_data"]
    assert await other.tap_data(theirs, data) == "这条回复已过期，请重新提问"
    with database.write() as session:
        session.execute(update(TurnRow).values(created_at=datetime.now(UTC) - timedelta(days=31)))
    assert await visitor.tap(answer, BAD) == "这条回复已过期，请重新提问"
    assert missed(database) == []


async def test_thumbs_and_added_names_survive_a_restart(database: Database, question_service: QuestionService) -> None:
    async with serve_playground() as site:
        with site.world.feed.listening() as events:
            visitor = Talk(site, events)
            async with bot_at_work(site, database, question_service):
                answer = await visitor.ask(KNOWN)
                await press(visitor, answer, BAD)
            with database.write() as session:
                add_alias(session, PLAN, Alias(name="市交通局", said="老槐树"), by=None, now=datetime.now(UTC))
            async with bot_at_work(site, database, question_service):
                assert (await visitor.ask("少了一项"))["text"] == "谢谢，已转给办公室。"
                assert await visitor.tap(answer, BAD) == "已记下"
                assert NINE in (await visitor.ask(UNKNOWN))["text"]
    assert counted(database) == [(KNOWN, DISLIKED, 1)]
    assert missed(database)[0].note == "少了一项"


async def test_a_thumb_cannot_be_typed(office: Talk, database: Database) -> None:
    visitor = talk(office, VISITOR)
    await visitor.ask(KNOWN)
    assert (await visitor.ask("/dislike 1 假的"))["text"].startswith("没有 /dislike 这个命令")
    assert missed(database) == []


async def test_a_thumb_works_while_the_service_is_public(database: Database, question_service: QuestionService) -> None:
    async with office_at_work(database, question_service, service=CLOSED) as chat:
        visitor = talk(chat, VISITOR)
        await press(visitor, await visitor.ask(KNOWN), BAD)
    assert counted(database) == [(KNOWN, DISLIKED, 1)]


# What was not understood


async def test_what_was_not_understood_is_counted_without_who_asked(office: Talk, database: Database) -> None:
    for person in (VISITOR, SCIENCE):
        await talk(office, person).ask(UNKNOWN)
    await talk(office, VISITOR).ask("田镇负责哪些任务")
    await talk(office, VISITOR).ask("市体育局牵头哪项")
    await talk(office, VISITOR).ask(KNOWN)
    assert counted(database) == [
        (UNKNOWN, "not_in_plan", 2),
        ("田镇负责哪些任务", "which_unit", 1),
        ("市体育局牵头哪项", "no_such_unit", 1),
    ]
    assert all(str(person) not in repr(one) for one in missed(database) for person in (VISITOR, SCIENCE))


@pytest.mark.parametrize("said", ["你好", "第二个", "5G基站怎么样了", "这份绝密文件归路桥处管吗", "/help"])
async def test_what_is_no_gap_of_understanding_is_not_counted(office: Talk, database: Database, said: str) -> None:
    await talk(office, VISITOR).ask(said)
    assert missed(database) == []


async def test_turning_a_page_or_asking_again_by_button_counts_nothing_twice(office: Talk, database: Database) -> None:
    visitor = talk(office, VISITOR)
    answer = await visitor.ask("市体育局牵头哪项")
    await press(visitor, answer, "市文旅局的任务")
    assert counted(database) == [("市体育局牵头哪项", "no_such_unit", 1)]


# The office's list


async def test_the_office_names_what_was_missed_and_the_next_question_knows_it(
    office: Talk, database: Database
) -> None:
    visitor = talk(office, VISITOR)
    await visitor.ask("呵呵呵")
    for _ in range(2):
        assert "方案没有提到“老槐树”" in (await visitor.ask(UNKNOWN))["text"]
    card = await office.ask("/misses")
    assert card["text"].splitlines()[:3] == [
        "待处理 2 条，第 1 条：问了 2 次，最近 2023-03-01",
        f"“{UNKNOWN}”",
        "原因：方案没有提到“老槐树”",
    ]
    assert labels(card) == ["加为别名", "不处理", "下一条"]
    asks = await press(office, card, "加为别名")
    assert asks["text"].startswith("“老槐树”是哪个单位，或者哪项任务、哪个目标？")
    added = await confirmed(office, "交通运输局")
    assert added["text"].startswith("已添加：“老槐树”即市交通局")
    answer = await visitor.ask(UNKNOWN)
    assert NINE in answer["text"]
    assert "“老槐树”即市交通局（办公室添加，非方案内容）。" in answer["text"]
    assert NINE in (await press(office, added, "再问一次"))["text"]
    assert [(one.text, one.state) for one in missed(database)] == [
        (UNKNOWN, MissState.RESOLVED),
        ("呵呵呵", MissState.OPEN),
    ]
    with database.write() as session:
        noted = [(entry.action, entry.detail) for entry in audit.read(session) if entry.action != "seed"]
    number = missed(database)[0].id
    assert noted == [("alias", {"plan": PLAN, "owner": "", "name": "市交通局", "miss": number})]


async def test_a_near_name_is_one_tap(office: Talk) -> None:
    await talk(office, VISITOR).ask("市编译局牵头哪项")
    card = await office.ask("/misses")
    asks = await press(office, card, "加为别名")
    unit = labels(asks)[0]
    assert f"相近的名称：{unit}" in card["text"]
    added = await press(office, asks, unit)
    assert added["text"].startswith(f"已添加：“市编译局”即{unit}")
    assert NINE in (await office.ask(KNOWN))["text"], "nothing is waited for any more"


async def test_a_name_that_is_refused_can_be_sent_again(office: Talk) -> None:
    await talk(office, VISITOR).ask("发改的路桥处管什么")
    await press(office, await office.ask("/misses"), "加为别名")
    refused = await office.ask("市交通局=发改局")
    assert refused["text"].startswith("没有添加。\n“发改局”已经是“市发改局”的名称或读音")
    added = await confirmed(office, "市交通局=路桥处")
    assert added["text"].startswith("已添加：“路桥处”即市交通局")


async def test_a_name_can_be_taken_back(office: Talk, database: Database) -> None:
    visitor = talk(office, VISITOR)
    await visitor.ask(UNKNOWN)
    await press(office, await office.ask("/misses"), "加为别名")
    added = await confirmed(office, "市交通局")
    dropped = await press(office, added, "撤销")
    assert dropped["text"] == "已撤销“老槐树”，从下一句起不再认。"
    assert "方案没有提到" in (await visitor.ask(UNKNOWN))["text"]
    assert (await press(office, dropped, "已加的别名"))["text"] == "还没有添加过别名。"
    assert missed(database)[0].state is MissState.OPEN, "missed again, so open again"


async def test_the_list_is_walked_through_and_what_is_ignored_leaves_it(office: Talk, database: Database) -> None:
    visitor = talk(office, VISITOR)
    for said, times in (("呵呵呵", 3), (UNKNOWN, 2), ("充电桩谁牵头", 1)):
        for _ in range(times):
            await visitor.ask(said)
    first = await office.ask("/misses")
    second = await press(office, first, "下一条")
    assert second["text"].startswith("待处理 3 条，第 2 条：问了 2 次")
    after = await press(office, first, "不处理")
    assert after["text"].startswith("待处理 2 条，第 1 条：问了 2 次")
    last = await press(office, after, "下一条")
    assert "充电桩谁牵头" in last["text"]
    assert (await press(office, last, "下一条"))["text"].startswith("看完了，还有 2 条待处理。")
    assert [one.state for one in missed(database)] == [MissState.IGNORED, MissState.OPEN, MissState.OPEN]


async def test_a_thumb_down_and_its_sentence_are_on_the_list(office: Talk) -> None:
    visitor = talk(office, VISITOR)
    await press(visitor, await visitor.ask(KNOWN), BAD)
    await visitor.ask("<b>少了一项</b>")
    card = await office.ask("/misses")
    assert "原因：答案被点了👎" in card["text"]
    assert "附言：<b>少了一项</b>" in card["text"]


async def test_the_list_is_the_offices_alone(office: Talk) -> None:
    await talk(office, VISITOR).ask(UNKNOWN)
    for person in (VISITOR, SCIENCE, SUPERVISOR):
        for command in ("/misses", "/misses 1 不处理", "/misses 1 别名 市交通局=老槐树", "/misses 已加 1"):
            assert "只有办公室可以" in (await talk(office, person).ask(command))["text"]
    group = Talk(office.site, office.events, person=OFFICE, chat=GROUP)
    refused = await group.ask(f"/misses@{office.site.world.cast.bot_username}")
    assert refused["text"].startswith("群里只答公开方案，这件事请私聊我。\nhttp")
    assert (await office.ask("/misses"))["text"].startswith("待处理 1 条")


@pytest.mark.parametrize("rest", ["99", "0", "某", "1", "99 别名 市交通局=老槐树", "已加 99", "9999999999999999999999"])
async def test_what_is_not_there_is_no_error(office: Talk, rest: str) -> None:
    said = (await office.ask(f"/misses {rest}"))["text"]
    assert said.startswith(("没有待处理的问题。", "没有这个别名"))


async def test_a_name_added_on_a_terminal_is_known_to_the_running_bot(
    office: Talk, database: Database, database_url: str
) -> None:
    visitor = talk(office, VISITOR)
    await visitor.ask(UNKNOWN)
    number = missed(database)[0].id
    assert on_a_terminal(resolve=number, alias="市交通局=老槐树", database=database_url) == 0
    assert NINE in (await visitor.ask(UNKNOWN))["text"]


# What was picked of the offers


MEANT, NONE = "6.3 推动绿色低碳发展", "都不是"


def offers(answer: dict[str, Any]) -> list[str]:
    return [label for label in labels(answer) if label not in {GOOD, BAD}]


async def test_none_of_these_is_the_last_button_under_offers(office: Talk, database: Database) -> None:
    visitor = talk(office, VISITOR)
    asked = await visitor.ask(UNKNOWN)
    assert offers(asked)[-1] == NONE
    said = await press(visitor, asked, NONE)
    assert said["text"].startswith("刚才列出的都不是所问的。")
    assert [miss.picked for miss in missed(database)] == [NONE]


async def test_what_was_picked_is_a_name_that_the_office_may_add(office: Talk) -> None:
    visitor = talk(office, VISITOR)
    assert "6.3" in (await press(visitor, await visitor.ask(UNKNOWN), MEANT))["text"]
    card = await talk(office, OFFICE).ask("/misses")
    assert "最近点选的是：6.3讲什么" in card["text"]
    added = await press(talk(office, OFFICE), card, "“老槐树”即6.3")
    assert added["text"].startswith("已添加：“老槐树”即 6.3 推动绿色低碳发展")
    assert "首列" in (await visitor.ask("老槐树谁负责"))["text"]


async def test_nothing_is_proposed_where_none_was_meant(office: Talk) -> None:
    visitor = talk(office, VISITOR)
    await press(visitor, await visitor.ask(UNKNOWN), NONE)
    card = await talk(office, OFFICE).ask("/misses")
    assert "最近点选的是：都不是" in card["text"]
    assert labels(card) == ["加为别名", "不处理", "下一条"]


async def test_no_button_says_so_where_nothing_was_offered(office: Talk) -> None:
    assert NONE not in labels(await talk(office, VISITOR).ask(KNOWN))
