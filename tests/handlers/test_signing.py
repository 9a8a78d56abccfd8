"""Who signs for a unit hears once a period what waits to be signed for, and reads it by the message's button."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, HEAD, LEADER, PLAN, SCIENCE, ReminderHarness

from bot.playground.bindings import seed_people
from bot.playground.personas import Persona
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from storage.database import Database
from storage.people import Role

SIGNER = 510041
DUE, AFTER = date(2023, 3, 24), date(2023, 3, 27)
"""The working day on which figures are asked for last, and the one after they are due."""


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    chat = Chat(ReminderHarness(database, question_service, DUE))
    chat.harness.own("市科经局", BASE_STATION, ("1.1", "技改项目"))
    chat.confirm(SCIENCE, "5G基站建成620个")
    chat.confirm(SCIENCE, "技改项目15个")
    return chat


def name_signer(chat: Chat) -> None:
    signer = Persona(id=SIGNER, name="副局长", about="市科经局", mark="副", role=Role.SIGNER, unit="市科经局")
    with chat.harness.database.write() as session:
        seed_people(session, [signer], plan=PLAN, now=machine_now())


def test_the_head_hears_of_it_where_it_is_left_to_nobody_and_signs_behind_the_button(chat: Chat) -> None:
    told = chat.harness.on(AFTER)
    assert "3月报送的 2 个数等您审签" in told[HEAD][0]
    assert LEADER not in told
    listed = chat.tap(HEAD, chat.told(HEAD)[-1], "审签")
    assert listed.head == "市科经局：2 条数据等您审签"
    assert chat.tap(HEAD, listed, "全部审签（2 条）").head == "已审签：市科经局 2 条数据。"


def test_the_signer_hears_of_it_in_the_heads_stead(chat: Chat) -> None:
    name_signer(chat)
    told = chat.harness.on(AFTER)
    assert "3月报送的 2 个数等您审签" in told[SIGNER][0]
    assert HEAD not in told


def test_it_is_told_once_a_period_and_only_of_what_is_not_signed_for(chat: Chat) -> None:
    chat.tap(HEAD, chat.say(HEAD, "审签"), "全部审签（2 条）")
    chat.confirm(SCIENCE, "5G基站建成630个")
    (text,) = chat.harness.on(AFTER)[HEAD]
    assert "3月报送的 1 个数等您审签\n 5.2 5G基站 · 630 个" in text
    later = [
        text for _, told in chat.harness.through(date(2023, 3, 28), date(2023, 4, 24)) for text in told.get(HEAD, ())
    ]
    assert later == []


def test_nothing_is_told_where_all_is_signed_for(chat: Chat) -> None:
    chat.tap(HEAD, chat.say(HEAD, "审签"), "全部审签（2 条）")
    assert HEAD not in chat.harness.on(AFTER)


def test_what_was_put_off_is_not_told_once_it_is_signed_for(chat: Chat) -> None:
    chat.harness.on(AFTER)
    message = chat.told(HEAD)[-1]
    asked = chat.tap(HEAD, message, "稍后提醒")
    chat.tap(HEAD, asked, next(one for one in asked.labels if "明天" in one))
    chat.tap(HEAD, chat.say(HEAD, "审签"), "全部审签（2 条）")
    assert HEAD not in chat.harness.on(date(2023, 3, 28))
