"""What is typed under a report's card does what its button does."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import SCIENCE, ReminderHarness
from sqlalchemy import select

from handlers.services.question_service import QuestionService
from storage.database import Database
from storage.report_row import ReportRow

TWO = "5G基站建成640个，高新技术企业达到22家"


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, date(2023, 3, 17)))


def recorded(chat: Chat) -> list[int]:
    with chat.harness.database.read() as session:
        return sorted(int(row.value or 0) for row in session.scalars(select(ReportRow)))


@pytest.mark.parametrize("word", ["确认", "全部确认", "确定", "好的，确认", "确认无误"])
def test_confirming_a_card_of_several_stores_them_all(chat: Chat, word: str) -> None:
    assert chat.say(SCIENCE, TWO).labels == ["全部确认（2 项）", "逐项看", "取消"]
    done = chat.say(SCIENCE, word)
    assert recorded(chat) == [22, 640]
    assert "5.2 5G基站 640 个" in done.text
    assert "1.1 新增高新技术企业 22 家" in done.text


def test_seen_one_by_one_each_is_confirmed_by_itself(chat: Chat) -> None:
    chat.say(SCIENCE, TWO)
    assert chat.say(SCIENCE, "逐项看").head == "请确认：5.2 5G基站"
    chat.say(SCIENCE, "确认")
    assert recorded(chat) == [640]
    chat.say(SCIENCE, "确认")
    assert recorded(chat) == [22, 640]
