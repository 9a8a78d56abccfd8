"""A frozen figure that is returned counts as not reported, in the draft and in the letter that asks its unit."""

from datetime import date, time

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, HEAD, SCIENCE, SUPERVISOR, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    """Friday, 28 April 2023: 市科经局 has reported its 5G基站, and the month is drafted."""
    harness = ReminderHarness(database, question_service, date(2023, 4, 18))
    harness.own("市科经局", BASE_STATION)
    chat = Chat(harness)
    for person in (SCIENCE, HEAD, SUPERVISOR):
        chat.say(person, "/start")
    harness.services.clock.shift_to_time(date(2023, 4, 28), time(9))
    chat.tap(SCIENCE, chat.say(SCIENCE, "5G基站建成690个"), "确认")
    chat.say(SUPERVISOR, "/bulletin 起草 月度 2023-04 确认")
    return chat


def returned(chat: Chat) -> None:
    shown = chat.say(SUPERVISOR, "/return 1 口径不一致")
    assert chat.tap(SUPERVISOR, shown, "确认退回").head.startswith("已退回")


def test_a_returned_figure_stands_in_no_part_of_the_draft(chat: Chat) -> None:
    assert "没有数的 54 个，有数的 1 个" in chat.say(SUPERVISOR, "/bulletin 1 全文").text
    returned(chat)
    text = chat.say(SUPERVISOR, "/bulletin 1 全文").text
    assert "没有数的 55 个，有数的 0 个。" in text
    assert "走在前面" not in text
    assert "本期未报 1 项，涉及 1 家单位" in text
    assert "已退回" in chat.say(SUPERVISOR, "/bulletin 1 附表").text


def test_what_is_returned_before_the_check_is_put_to_nobody(chat: Chat) -> None:
    returned(chat)
    chat.say(SUPERVISOR, "/bulletin 1 送核对 确认")
    assert not any(one.head.startswith("请市科经局核对") for one in chat.told(SCIENCE))


def test_what_is_returned_during_the_check_is_said_to_be(chat: Chat) -> None:
    chat.say(SUPERVISOR, "/bulletin 1 送核对 确认")
    (letter,) = [one for one in chat.told(SCIENCE) if one.head.startswith("请市科经局核对")]
    returned(chat)
    assert "有出入" not in chat.say(SUPERVISOR, "/bulletin 1").text
    which = chat.tap(SCIENCE, letter, "有出入")
    assert "已退回" in which.text


def test_a_draft_whose_figure_is_reported_again_has_it(chat: Chat) -> None:
    returned(chat)
    chat.tap(SCIENCE, chat.say(SCIENCE, "5G基站建成690个"), "确认")
    assert "有数的 1 个" in chat.say(SUPERVISOR, "/bulletin 1 全文").text
