"""A town's figure of a target that nobody is confirmed to answer for waits for the office, and counts from then on."""

from datetime import date

import pytest
from reminder_chat import Chat, Shown
from reminder_harness import MEICHUAN, OFFICE, SCIENCE, SUPERVISOR, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database

HOUSEHOLDS = ("3.1", "规模种养大户")


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    chat = Chat(ReminderHarness(database, question_service, date(2023, 4, 18)))
    for person in (MEICHUAN, OFFICE, SUPERVISOR):
        chat.say(person, "/start")
    return chat


def report(chat: Chat) -> tuple[Shown, Shown]:
    """The card, and what became of it."""
    chat.say(MEICHUAN, "我们镇新增了12户种养大户")
    card = chat.say(MEICHUAN, "规模种养大户达到12家")
    return card, chat.tap(MEICHUAN, card, "确认")


def test_a_town_s_figure_of_an_unowned_target_waits_for_the_office(chat: Chat) -> None:
    card, done = report(chat)
    told = "这一项主责还没有确认，梅川镇报的等办公室认可，认可后才计入。"
    assert told in card.text
    assert done.head.startswith("已提交，等认可。")
    assert told in done.text
    assert "规模种养大户" in chat.say(OFFICE, "/pending").text
    assert "红" not in chat.say(SUPERVISOR, "/start").text
    assert "灰（未报）" in chat.say(SUPERVISOR, "规模种养大户进展").text


def test_the_town_does_not_accept_its_own_figure(chat: Chat) -> None:
    report(chat)
    assert "不在您的范围内" in chat.say(MEICHUAN, "/pending 认可 1").text
    assert "不在您的范围内" in chat.say(SCIENCE, "/pending 认可 1").text
    (asked,) = [one for one in chat.told(OFFICE) if "请认可或退回" in one.head]
    assert chat.tap(OFFICE, asked, "认可").text.endswith("\n开始计入。")
    assert "灰（未报）" not in chat.say(SUPERVISOR, "规模种养大户进展").text


def test_a_town_s_figure_of_an_owned_target_waits_for_the_owner(chat: Chat) -> None:
    chat.harness.own("市科经局", HOUSEHOLDS)
    card, _ = report(chat)
    assert "主责是市科经局，认可后记在旁边" in card.text
    assert "规模种养大户" in chat.say(SCIENCE, "/pending").text


def test_a_town_s_difficulty_is_heard_at_once(chat: Chat) -> None:
    card = chat.say(MEICHUAN, "规模种养大户用地手续办不下来，请协调")
    assert "认可" not in card.text
