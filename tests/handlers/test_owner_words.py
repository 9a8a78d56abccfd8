"""The owner of a target is decided on paper: who names none is asked for it, and what was decided can be taken back."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, OFFICE, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database

PAPER = "武政办发〔2023〕3号"


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, date(2023, 3, 1)))


@pytest.mark.parametrize(
    "said",
    [
        "5G基站主责 市科经局",
        "5G基站的主责：市科经局",
        "5G基站主责是市科经局",
        "把5G基站的主责定为市科经局",
        "/card 5G基站 主责 科经局",
    ],
)
def test_without_its_paper_an_owner_is_asked_for_it(chat: Chat, said: str) -> None:
    asked = chat.say(OFFICE, said)
    assert asked.head == "5.2 5G基站的主责定为市科经局：依据哪个文号？"
    assert "先拟定市科经局" in asked.labels
    card = chat.say(OFFICE, PAPER)
    assert f"主责单位：待办公室确认 → 市科经局（依据{PAPER}）" in card.text
    assert chat.tap(OFFICE, card, "确认").head == "已改。5.2 5G基站：主责"


def test_what_is_not_decided_yet_can_be_proposed(chat: Chat) -> None:
    asked = chat.say(OFFICE, "5G基站主责 市科经局")
    assert chat.tap(OFFICE, asked, "先拟定市科经局").head.startswith("拟定5.2 5G基站的主责")


def test_the_owner_of_what_was_spoken_of_last(chat: Chat) -> None:
    chat.say(OFFICE, "5G基站的目标是多少")
    assert chat.say(OFFICE, "主责 市科经局").head == "5.2 5G基站的主责定为市科经局：依据哪个文号？"


def test_the_paper_may_stand_beside_the_unit(chat: Chat) -> None:
    card = chat.say(OFFICE, f"5G基站主责是市科经局，{PAPER}")
    assert f"市科经局（依据{PAPER}）" in card.text
    assert "确认" in card.labels


@pytest.mark.parametrize("said", ["把5G基站的主责撤了", "取消5G基站的主责"])
def test_an_owner_is_taken_back_on_the_targets_page(chat: Chat, said: str) -> None:
    chat.harness.own("市科经局", BASE_STATION)
    page = chat.say(OFFICE, said)
    assert page.head == "5.2 5G基站：主责已确认"
    card = chat.tap(OFFICE, page, "撤销主责")
    assert "主责单位：市科经局 → 待办公室确认" in card.text
    assert "这一项不再向任何单位要数" in card.text
    assert chat.tap(OFFICE, card, "确认").head == "已改。5.2 5G基站：主责"


def test_an_owner_that_was_set_by_mistake_is_not_set_again(chat: Chat) -> None:
    chat.harness.own("市科经局", BASE_STATION)
    page = chat.say(OFFICE, "昨天把5G基站主责定给科经局，定错了，撤")
    assert "没有找到目标" not in page.text
    assert "撤销主责" in page.labels


def test_how_an_owner_is_taken_back_shows_those_that_are_settled(chat: Chat) -> None:
    chat.harness.own("市科经局", BASE_STATION)
    assert chat.say(OFFICE, "怎么撤销主责").head == "主责已确认的目标：1 个"
