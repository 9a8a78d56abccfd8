"""The office changes the rules of reminding: /rules over the Bot API."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from bot_harness import Talk, confirmed, labels, press
from office_harness import SCIENCE, office_at_work, talk
from reminder_harness import PLAN

from handlers.services.clock import PLAN_ZONE
from handlers.services.question_service import QuestionService
from knowledge.reminders.rules import RuleChange
from storage import audit
from storage.database import Database
from storage.rule_settings import rule_changes
from storage.schedule import rows_of


@pytest.fixture
async def office(database: Database, question_service: QuestionService) -> AsyncIterator[Talk]:
    async with office_at_work(database, question_service, today=date(2023, 3, 2)) as chat:
        await confirmed(chat, "/card 5.2 5G基站 主责 市科经局 武政办发〔2023〕3号")
        yield chat


def changes(database: Database) -> dict[str, RuleChange]:
    with database.read() as session:
        return rule_changes(session, PLAN)


def next_day(database: Database, rule: str, subject: str) -> date | None:
    with database.read() as session:
        row = rows_of(session, PLAN).get((PLAN, rule, subject))
    return row.next_due.astimezone(PLAN_ZONE).date() if row else None


async def test_all_rules_are_listed_and_each_has_its_card(office: Talk) -> None:
    said = await office.ask("/rules")
    assert said["text"].startswith("提醒规则 18 条，都按默认\n到期提醒：到期前 90、30、14、7、3、1 天和当天，发联络员")
    assert labels(said)[:5] == ["期限", "报送", "项目和清单", "会议和通报", "看日历"]
    assert await office.tap(said, "下一页") == ""
    assert "季度通报、半年和年度小结草稿：截止后第 5 个工作日，发督查室、办公室" in (await office.heard())["text"]
    group = await press(office, said, "报送")
    assert labels(group) == ["报送开始", "报送截止", "报送催报", "报送再催", "报送转督查室", "报送期结束"]
    card = await press(office, group, "报送再催")
    assert card["text"].split("\n")[:5] == [
        "报送再催",
        "还没有报的，提醒这个单位的全部联络员，请假的也提醒。",
        "发给：主责单位的全部联络员，请假的也收",
        "时间：截止后第 2 个工作日",
        "状态：开着，与默认相同",
    ]
    assert "消息样例：\n3月报送已过截止日（3月25日），还有 2 个目标未报" in card["text"]
    assert labels(card) == ["改时间", "关掉", "预览", "全部规则"]


async def test_a_change_is_shown_on_the_coming_messages_before_it_is_stored(office: Talk, database: Database) -> None:
    proposed = await office.ask("/rules 报送开始 10 5")
    assert proposed["text"].split("\n")[:5] == [
        "报送开始：改成截止前 10、5 天？",
        "现在：截止前 5 天",
        "改后：截止前 10、5 天",
        "未来 4 周：6 条 → 7 条，有变化的 1 条",
        "其中有“报送开始”的：1 条 → 2 条",
    ]
    assert changes(database) == {}
    said = await press(office, proposed, "确认")
    assert said["text"].startswith("已改。报送开始：截止前 10、5 天")
    assert changes(database) == {"opens": RuleChange(on=True, numbers=(10, 5))}
    assert next_day(database, "opens", "monthly") == date(2023, 3, 15)
    with database.read() as session:
        entry = list(audit.read(session))[-1]
    assert (entry.action, entry.subject) == ("set_rule", f"rule:{PLAN}/opens")
    assert entry.detail == {"on": True, "numbers": [10, 5]}
    again = await office.ask("/rules 报送开始 5 10")
    assert again["text"].startswith("报送开始没有变化：截止前 10、5 天")
    assert "提醒规则 18 条，改过 1 条" in (await office.ask("/rules"))["text"]


async def test_a_rule_is_switched_off_on_and_back_to_its_default(office: Talk, database: Database) -> None:
    await press(office, await office.ask("/rules 报送截止 1 0"), "确认")
    proposed = await press(office, await office.ask("/rules 报送截止"), "关掉")
    assert proposed["text"].startswith("报送截止：关掉？\n现在：截止前 1 天和当天\n改后：已关（截止前 1 天和当天）")
    await press(office, proposed, "确认")
    assert changes(database) == {"due": RuleChange(on=False, numbers=(1, 0))}
    assert next_day(database, "due", "monthly") is None
    card = await office.ask("/rules 报送截止")
    assert "状态：已关，不发" in card["text"]
    assert "默认：截止当天" in card["text"]
    assert labels(card) == ["改时间", "打开", "恢复默认", "改截止日", "预览", "全部规则"]
    await press(office, await press(office, card, "打开"), "确认")
    assert changes(database)["due"] == RuleChange(on=True, numbers=(1, 0))
    default = await press(office, await press(office, await office.ask("/rules 报送截止"), "恢复默认"), "确认")
    assert default["text"].startswith("已改。报送截止：截止当天")
    assert changes(database)["due"] == RuleChange(on=True)
    assert next_day(database, "due", "monthly") == date(2023, 3, 24)


async def test_numbers_are_asked_for_with_buttons_and_typed_behind_the_question(
    office: Talk, database: Database
) -> None:
    asked = await press(office, await office.ask("/rules 月调度会期未定"), "改时间")
    assert asked["text"] == (
        "月调度会期未定：现在是每月 5 日\n请发每月几日提醒，例如：月调度会期未定 1 15。\n"
        "可以写 1 到 28 日，最多 12 个数，用空格隔开"
    )
    assert labels(asked) == ["1", "5", "10", "15", "返回"]
    typed = await office.ask("8日、20日")
    assert typed["text"].startswith("月调度会期未定：改成每月 8、20 日？")
    cancelled = await press(office, typed, "取消")
    assert cancelled["text"].startswith("月调度会期未定\n")
    assert changes(database) == {}


async def test_a_rule_is_named_in_plain_words(office: Talk) -> None:
    assert (await office.ask("重点项目收集 周一 周四"))["text"].startswith("重点项目收集：改成每周一、四？")
    assert (await office.ask("报送截止"))["text"].startswith("报送截止\n报送截止当天，提醒")
    await press(office, await office.ask("报送开始"), "改时间")
    assert (await office.ask("报送开始 7"))["text"].startswith("报送开始：改成截止前 7 天？")
    assert not (await office.ask("到期提醒是什么"))["text"].startswith("到期提醒\n")
    assert not (await talk(office, SCIENCE).ask("报送截止"))["text"].startswith("报送截止\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("到期提醒 很早", "没有读懂这些数。\n请发到期前多少天提醒，0 是当天，例如：到期提醒 60 30 7 1 0。"),
        ("到期提醒 400", "有的数不合适。"),
        ("到期提醒 1 2 3 4 5 6 7 8 9 10 11 12 13", "这条规则最多写 12 个数。"),
        ("逾期转督查室 9 10", "这条规则最多写 1 个数。\n请发过期后第几周提醒，例如：逾期转督查室 9。"),
        ("重点项目收集 周六", "有的数不合适。"),
        ("会前数据快照 0", "有的数不合适。"),
        ("到期提醒 确认", "没有读懂这些数。"),
        ("自设提醒 3", "自设提醒\n"),
        ("自设提醒 关", "自设提醒\n"),
        ("红包提醒 3", "没有规则“红包提醒 3”。\n规则名：自设提醒、到期提醒"),
    ],
)
async def test_what_does_not_fit_is_answered_with_what_to_write(
    office: Talk, database: Database, typed: str, said: str
) -> None:
    answer = (await office.ask(f"/rules {typed}"))["text"]
    assert answer.startswith(said)
    assert changes(database) == {}


async def test_a_confirmation_that_comes_late_changes_nothing_twice(office: Talk, database: Database) -> None:
    proposed = await office.ask("/rules 报送催报 2")
    await press(office, proposed, "确认")
    assert (await office.ask("/rules 报送催报 确认 2"))["text"].startswith("报送催报没有变化：截止后第 2 个工作日")
    with database.read() as session:
        assert sum(one.action == "set_rule" for one in audit.read(session)) == 1
