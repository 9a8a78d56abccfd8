"""What is approved, checked or reported once a bulletin's figures are frozen: said beside them, which stay."""

from datetime import date, time

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, HEAD, SCIENCE, SUPERVISOR, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database

MARCH = date(2023, 3, 31)
ROW = "5.2 5G基站：600 个 / 700个以上"


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    """Friday, 31 March 2023: 市科经局 has reported its 5G基站, and the month is drafted."""
    harness = ReminderHarness(database, question_service, MARCH)
    harness.own("市科经局", BASE_STATION)
    harness.report(SCIENCE, "市科经局", BASE_STATION, 600, date(2023, 3, 20))
    chat = Chat(harness)
    for person in (SCIENCE, HEAD, SUPERVISOR):
        chat.say(person, "/start")
    chat.say(SUPERVISOR, "/bulletin 起草 月度 2023-03 确认")
    return chat


def approve(chat: Chat) -> None:
    shown = chat.say(HEAD, "/approve")
    assert chat.tap(HEAD, shown, "全部审签（1 条）").head.startswith("已审签")


def check(chat: Chat) -> None:
    assert chat.tap(SUPERVISOR, chat.say(SUPERVISOR, "核实 #1"), "核实 #1").head.startswith("已核实")


def review(chat: Chat) -> None:
    chat.tap(SUPERVISOR, chat.say(SUPERVISOR, "/bulletin 1 核稿 张某，督查室主任，3月31日"), "登记")


def row(chat: Chat) -> str:
    """The line of the annex, with its notes."""
    text = chat.say(SUPERVISOR, "/bulletin 1 附表").text
    return "\n".join(line for line in text.splitlines() if line.startswith(("5.2 5G基站", "注")))


def test_a_figure_that_was_marked_before_the_freeze_is_said_to_be(chat: Chat) -> None:
    approve(chat)
    chat.say(SUPERVISOR, "/bulletin 1 重新起草 确认")
    assert row(chat).endswith("3月20日单位审签")
    check(chat)
    chat.say(SUPERVISOR, "/bulletin 1 重新起草 确认")
    assert row(chat).endswith("3月20日核实")


def test_a_mark_after_the_freeze_is_noted_and_nothing_is_called_unsigned(chat: Chat) -> None:
    assert row(chat).endswith("3月20日填报，未审签")
    approve(chat)
    assert row(chat).endswith("3月20日填报，起草后单位审签")
    check(chat)
    assert row(chat).endswith("3月20日填报，起草后核实")
    chat.say(SUPERVISOR, "/bulletin 1 送核对 确认")
    (letter,) = [one for one in chat.told(SCIENCE) if one.head.startswith("请市科经局核对")]
    assert "3月20日填报，起草后核实" in letter.text
    chat.tap(SCIENCE, letter, "无误")
    review(chat)
    asked = chat.say(SUPERVISOR, "/bulletin 1 发布")
    assert "未审签" not in asked.text
    chat.tap(SUPERVISOR, asked, "确认发布")
    assert row(chat).endswith("3月20日填报，起草后核实")


def test_after_the_release_a_mark_changes_nothing(chat: Chat) -> None:
    chat.say(SUPERVISOR, "/bulletin 1 送核对 确认")
    (letter,) = [one for one in chat.told(SCIENCE) if one.head.startswith("请市科经局核对")]
    chat.tap(SCIENCE, letter, "无误")
    review(chat)
    chat.tap(SUPERVISOR, chat.say(SUPERVISOR, "/bulletin 1 发布"), "确认发布")
    check(chat)
    assert row(chat).endswith("3月20日填报，未审签")


def test_another_figure_that_is_reported_during_the_check_is_an_answer(chat: Chat) -> None:
    chat.say(SUPERVISOR, "/bulletin 1 送核对 确认")
    assert "市科经局：还没有答复" in chat.say(SUPERVISOR, "/bulletin 1 核对情况").text
    chat.tap(SCIENCE, chat.say(SCIENCE, "截至3月31日5G基站建成605个"), "确认")
    told = chat.say(SUPERVISOR, "/bulletin 1 核对情况").text
    assert "市科经局：有出入\n 5.2 5G基站：又报 605 个（3月31日）" in told
    chat.harness.services.clock.shift_to_time(date(2023, 4, 4), time(9))
    assert "有出入 1 家" in chat.say(SUPERVISOR, "/bulletin 1").text
    note = "\n注：市科经局核对时提出：又报 605 个（3月31日）"
    assert row(chat).startswith(ROW)
    assert row(chat).endswith(note)
    review(chat)
    chat.tap(SCIENCE, chat.say(SCIENCE, "5G基站建成610个"), "确认")
    assert row(chat).endswith(note), "what comes after the review changes nothing"
    text = chat.say(SUPERVISOR, "/bulletin 1 全文").text
    assert "1 家有出入（见附表的注）" in text
    assert "视为无误" not in text


def test_what_a_figure_falls_back_to_when_it_is_returned_is_no_answer(chat: Chat) -> None:
    chat.harness.report(SCIENCE, "市科经局", BASE_STATION, 620, date(2023, 3, 25))
    chat.say(SUPERVISOR, "/bulletin 1 重新起草 确认")
    chat.say(SUPERVISOR, "/bulletin 1 送核对 确认")
    returned = chat.say(SUPERVISOR, "/return 2 口径不一致")
    assert chat.tap(SUPERVISOR, returned, "确认退回").head.startswith("已退回")
    assert "市科经局：还没有答复" in chat.say(SUPERVISOR, "/bulletin 1 核对情况").text


def test_what_a_unit_reports_once_its_check_is_over_is_no_answer(chat: Chat) -> None:
    chat.say(SUPERVISOR, "/bulletin 1 送核对 确认")
    chat.harness.services.clock.shift_to_time(date(2023, 4, 4), time(9))
    chat.tap(SCIENCE, chat.say(SCIENCE, "5G基站建成610个"), "确认")
    assert "没有答复、视为无误 1 家" in chat.say(SUPERVISOR, "/bulletin 1").text
    assert "注：" not in row(chat)
