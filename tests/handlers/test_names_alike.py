"""The progress of a name that several things have a part of is that of each."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, HEAD, LEADER, SCIENCE, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    chat = Chat(ReminderHarness(database, question_service, date(2023, 3, 31)))
    chat.harness.own("市科经局", BASE_STATION)
    chat.confirm(SCIENCE, "5G基站660个")
    return chat


@pytest.mark.parametrize("said", ["5G搞得怎么样了", "5G怎么样", "5G进展怎么样"])
@pytest.mark.parametrize("who", [LEADER, HEAD])
def test_each_is_shown_and_what_has_a_figure_first(chat: Chat, who: int, said: str) -> None:
    first, *others = (line for line in chat.say(who, said).text.splitlines() if line[:1].isdecimal())
    assert "5G基站 · 660 个" in first
    assert [name for name in ("行政村5G通达率", "5G网络全覆盖") if any(name in line for line in others)]


@pytest.mark.parametrize("said", ["5G基站怎么样", "5G基站怎么样了", "基站进展怎么样"])
def test_a_name_of_one_thing_is_of_it_alone(chat: Chat, said: str) -> None:
    shown = chat.say(LEADER, said).text
    assert "660 个" in shown
    assert "通达率" not in shown
