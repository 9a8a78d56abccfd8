"""A bulletin begun by hand: which period is meant, and of which day its figures are."""

from datetime import date

import pytest
from reminder_chat import Chat, Shown
from reminder_harness import BASE_STATION, SCIENCE, SUPERVISOR, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database

TODAY = date(2023, 3, 22)


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    """22 March 2023: 市科经局 has reported for March, and nothing for January and February."""
    harness = ReminderHarness(database, question_service, date(2023, 1, 10))
    harness.own("市科经局", BASE_STATION)
    harness.on(TODAY)
    harness.report(SCIENCE, "市科经局", BASE_STATION, 600, TODAY)
    chat = Chat(harness)
    for person in (SCIENCE, SUPERVISOR):
        chat.say(person, "/start")
    return chat


def text(chat: Chat, shown: Shown) -> str:
    """Of the bulletin that was drafted by this card."""
    card = chat.tap(SUPERVISOR, shown, "确认起草")
    page = chat.tap(SUPERVISOR, card, "看全文")
    whole = page.text
    while "下一页" in page.labels:
        page = chat.tap(SUPERVISOR, page, "下一页")
        whole += page.text
    return whole


def test_the_month_whose_figures_come_in_is_meant(chat: Chat) -> None:
    shown = chat.say(SUPERVISOR, "出月度情况")
    assert shown.text.startswith("起草《月度进展情况（2023年3月）》？\n数据截至今天（2023-03-22）")
    whole = text(chat, shown)
    assert "数据截至 2023-03-22" in whole
    assert "有数的 1 个" in whole


def test_an_earlier_period_has_the_figures_of_its_last_day(chat: Chat) -> None:
    shown = chat.tap(SUPERVISOR, chat.say(SUPERVISOR, "出月度情况"), "换成2023年1—2月")
    assert shown.text.startswith("起草《月度进展情况（2023年1—2月）》？\n数据截至这一期最后一天（2023-02-28）")
    whole = text(chat, shown)
    assert "数据截至 2023-02-28" in whole
    assert "有数的 0 个" in whole, "what was reported for March is none of its figures"
    assert "本期应报的都报了" not in whole
    card = chat.say(SUPERVISOR, "/bulletin 3").text
    assert "1 草拟：3月22日，督查室" in card
    assert "固化以后" not in card
    asked = chat.say(SUPERVISOR, "/bulletin 3 重新起草")
    assert "数据截至这一期最后一天（2023-02-28）" in asked.text


def test_where_nothing_was_asked_for_it_is_not_said_that_all_was_reported(
    database: Database, question_service: QuestionService
) -> None:
    harness = ReminderHarness(database, question_service, TODAY)
    chat = Chat(harness)
    chat.say(SUPERVISOR, "/start")
    whole = text(chat, chat.say(SUPERVISOR, "出月度情况"))
    assert "本期没有应报的项；另有" in whole
