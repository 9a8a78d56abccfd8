"""A notice that is asked for in one sentence goes to those whom the sentence names."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, OFFICE, SCIENCE, ReminderHarness

from handlers.services.question_service import QuestionService
from knowledge.plan.model import Frequency
from storage.database import Database


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, date(2023, 3, 22)))


def test_a_notice_to_the_liaisons_is_shown_at_once_as_they_will_read_it(chat: Chat) -> None:
    card = chat.say(OFFICE, "发通知给各单位联络员：明天下午三点开会")
    assert card.head.startswith("预览：发给 ")
    assert "所有人" in card.head
    assert "联络员" in card.head
    assert "明天下午三点开会" in card.text
    chat.tap(OFFICE, card, "确认发送")
    assert "明天下午三点开会" in chat.told(SCIENCE)[-1].text


def test_a_notice_to_those_who_report_goes_to_their_units(chat: Chat) -> None:
    chat.harness.own("市科经局", BASE_STATION, frequency=Frequency.MONTHLY)
    asked = chat.say(OFFICE, "通知有报送任务的单位，25日前报")
    assert asked.head == "发给市科经局：全部人员，还是只发联络员？"
    assert "25日前报" in chat.tap(OFFICE, asked, "只发联络员").text


def test_where_nobody_reports_it_is_asked_whom_it_is_for(chat: Chat) -> None:
    asked = chat.say(OFFICE, "给没报的单位发通知：请尽快报")
    assert asked.head == "现在没有这样的单位，发给谁？"
    assert "请尽快报" in asked.text


def test_whom_it_is_for_is_kept_while_the_text_is_asked_for(chat: Chat) -> None:
    chat.say(OFFICE, "给科经局和交通局的联络员发个通知")
    assert chat.say(OFFICE, "明天交材料").head == "预览：发给 2 人（市科经局、市交通局，只发联络员）"


def test_the_towns_are_named_together(chat: Chat) -> None:
    assert chat.say(OFFICE, "通知各镇处：做好防汛值班").head.startswith("发给武穴街道、刊江街道、梅川镇 等 12 个单位")
