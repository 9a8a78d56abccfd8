"""What a leader asks in a word is of the sections in charge, as the buttons of their home show it."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import LEADER, SUPERVISOR, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, date(2023, 3, 31)))


@pytest.mark.parametrize(
    ("said", "button"),
    [("堵在哪", "堵点"), ("我分管的堵在哪", "堵点"), ("哪些红的", "红灯"), ("有啥要我定的", "待决")],
)
def test_a_leaders_words_show_what_the_button_shows(chat: Chat, said: str, button: str) -> None:
    shown = chat.say(LEADER, said)
    assert shown.text == chat.tap(LEADER, chat.say(LEADER, "首页"), button).text
    assert "全方案" in shown.labels


def test_the_whole_plan_is_one_tap_away(chat: Chat) -> None:
    assert "分管" not in chat.tap(LEADER, chat.say(LEADER, "哪些红的"), "全方案").head


def test_of_who_is_in_charge_of_nothing_it_is_the_plan(chat: Chat) -> None:
    assert "困难问题" in chat.say(SUPERVISOR, "堵在哪").head
