"""The day of the month on which figures are due is the office's to set: shown with what it changes, then everywhere."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, OFFICE, SCIENCE, ReminderHarness

from handlers.schedule.tick import tick
from handlers.services.clock import machine_now
from handlers.services.due_day import OfficeDueDay
from handlers.services.question_service import QuestionService
from knowledge.plan.model import Frequency
from storage.database import Database


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    chat = Chat(ReminderHarness(database, question_service, date(2023, 3, 17)))
    chat.harness.own("市科经局", BASE_STATION, frequency=Frequency.MONTHLY)
    return chat


@pytest.mark.parametrize(
    ("said", "head"),
    [
        ("报送截止日改成20号", "确认修改吗？月报截止日：每月 25 日 → 20 日"),
        ("以后每月20号截止", "确认修改吗？月报截止日：每月 25 日 → 20 日"),
        ("报数统一到28号", "确认修改吗？月报截止日：每月 25 日 → 28 日"),
        ("每月报送定在二十号", "确认修改吗？月报截止日：每月 25 日 → 20 日"),
        ("每月报送定在25号", "月报已经是每月 25 日截止，不用改。"),
        ("报送截止日改成31号", "没有读懂是几日，没有改；月报仍是每月 25 日截止。"),
    ],
)
def test_a_day_that_is_said_is_shown_with_what_it_changes(chat: Chat, said: str, head: str) -> None:
    assert chat.say(OFFICE, said).head == head


def test_what_is_confirmed_holds_for_what_units_owe_and_are_sent(chat: Chat) -> None:
    assert "25日" in chat.say(SCIENCE, "这个月要报什么").text
    card = chat.say(OFFICE, "报送截止日改成20号")
    assert "3月25日 → 3月20日截止" in card.text
    assert "未来 4 周" in card.text
    assert "25日" in chat.say(SCIENCE, "这个月要报什么").text
    assert chat.tap(OFFICE, card, "确认").head == "已改。月报每月 20 日截止"
    assert "20日" in chat.say(SCIENCE, "这个月要报什么").text
    sent = chat.harness.on(date(2023, 3, 20))
    assert any("3月报送今天截止" in text for text in sent.get(SCIENCE, ())), sent


def test_it_is_changed_back_by_the_same_way(chat: Chat) -> None:
    done = chat.tap(OFFICE, chat.say(OFFICE, "报送截止日改成20号"), "确认")
    back = chat.tap(OFFICE, done, "改回 25 日")
    assert back.head == "确认修改吗？月报截止日：每月 20 日 → 25 日"
    chat.tap(OFFICE, back, "确认")
    assert "25日" in chat.say(SCIENCE, "这个月要报什么").text


def test_a_day_that_is_over_is_said_to_be(database: Database, question_service: QuestionService) -> None:
    chat = Chat(ReminderHarness(database, question_service, date(2023, 3, 22)))
    assert "3月20日已经过了" in chat.say(OFFICE, "报送截止日改成20号").text


def test_the_page_of_the_rule_asks_for_the_day(chat: Chat) -> None:
    asked = chat.tap(OFFICE, chat.say(OFFICE, "/rules 报送截止"), "改截止日")
    assert asked.head == "月报现在每月 25 日截止，改到几日？"
    assert chat.say(OFFICE, "18日").head == "确认修改吗？月报截止日：每月 25 日 → 18 日"


def test_only_the_office_sets_it(chat: Chat) -> None:
    assert "办公室" in chat.say(SCIENCE, "报送截止日改成20号").text


def test_a_process_that_begins_later_knows_it_from_its_first_tick(chat: Chat) -> None:
    chat.tap(OFFICE, chat.say(OFFICE, "报送截止日改成20号"), "确认")
    services = chat.harness.services
    services.due_day.day = OfficeDueDay().day
    with chat.harness.database.write() as session:
        tick(session, services, now=machine_now())
    assert services.remind.monthly_due_day == 20
