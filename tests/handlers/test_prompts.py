"""What the bot has asked to be typed is left by whatever is plainly something else."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import OFFICE, SCIENCE, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database

CALLED_OFF = "好，不办了，"


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, date(2023, 3, 17)))


@pytest.mark.parametrize("word", ["算了", "取消。", "不用了"])
@pytest.mark.parametrize("command", ["/invite 联络员", "/me 电话", "/announce", "/rules 到期提醒 改"])
def test_it_can_be_called_off(chat: Chat, command: str, word: str) -> None:
    chat.say(OFFICE, command)
    assert chat.say(OFFICE, word).head.startswith(CALLED_OFF)
    assert chat.say(OFFICE, "市科经局").head.startswith("市科经局"), "nothing is asked for any more"


def test_without_a_prompt_there_is_nothing_to_call_off(chat: Chat) -> None:
    assert not chat.say(OFFICE, "算了").head.startswith(CALLED_OFF)


@pytest.mark.parametrize("command", ["/invite 联络员", "/me 电话", "/away", "/period 设置", "/rules 到期提醒 改"])
def test_a_question_is_answered(chat: Chat, command: str) -> None:
    chat.say(OFFICE, command)
    assert chat.say(OFFICE, "5G基站谁负责").head.startswith("5G基站：首列市科经局")
    assert chat.say(OFFICE, "0713-6222222").head != "电话已更新。"


def test_a_report_and_a_reminder_are_heard(chat: Chat) -> None:
    chat.say(SCIENCE, "/me 电话")
    assert chat.say(SCIENCE, "5G基站建成620个").head == "请确认：5.2 5G基站"
    chat.say(SCIENCE, "/me 电话")
    assert chat.say(SCIENCE, "明天下午三点提醒我交表").head == "好，3月18日（周六）15:00提醒您：交表"
    chat.say(SCIENCE, "/me 电话")
    assert chat.confirm(SCIENCE, "0713-6222222").head == "电话已更新。"


def test_where_any_words_may_be_typed_they_are_taken_as_they_are(chat: Chat) -> None:
    chat.say(OFFICE, "/announce")
    asked = chat.say(OFFICE, "5G基站谁负责，请各单位本周内核对")
    assert "5G基站谁负责，请各单位本周内核对" in asked.text
    assert "首列" not in asked.text


def test_a_card_stays_when_the_number_that_was_to_be_typed_is_called_off(chat: Chat) -> None:
    card = chat.say(SCIENCE, "5G基站建成620个")
    chat.tap(SCIENCE, card, "改数")
    assert chat.say(SCIENCE, "算了").head.startswith(CALLED_OFF)
    assert chat.tap(SCIENCE, card, "确认").head.startswith("已记录。5.2 5G基站 620 个")
