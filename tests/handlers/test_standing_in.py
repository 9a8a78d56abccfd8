"""Who stands in is bound and is shown first; whose role is handed over is asked where somebody else is named."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import HEAD, OFFICE, SCIENCE, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, date(2023, 3, 20)))


@pytest.mark.parametrize("said", ["/away 3月31日 小范", "3月21日到31日请假，由小范代报"])
def test_a_name_that_nobody_has_is_not_bound_yet(chat: Chat, said: str) -> None:
    shown = chat.say(SCIENCE, said)
    assert shown.head == "“小范”还没有绑定，没有登记；请办公室先邀请。"
    assert shown.labels == ["市科经局负责人"]


def test_who_is_offered_instead_is_registered_after_a_card(chat: Chat) -> None:
    shown = chat.say(SCIENCE, "/away 3月31日 小范")
    card = chat.tap(SCIENCE, shown, "市科经局负责人")
    assert card.head == "登记请假？3月20日至3月31日，市科经局负责人代办"
    assert "请假中" not in chat.say(OFFICE, "/units 科经局").text
    assert chat.tap(SCIENCE, card, "确认").head.startswith("已登记：")
    assert "请假中" in chat.say(OFFICE, "/units 科经局").text


def test_somebody_who_is_bound_elsewhere_cannot_stand_in(chat: Chat) -> None:
    assert chat.say(SCIENCE, "/away 3月31日 市交通局联络员").head.startswith("这个人不能代办")


def test_what_is_handed_over_of_another_is_not_ones_own(chat: Chat) -> None:
    asked = chat.say(HEAD, "/handover 老胡")
    assert asked.head == "移交谁的角色？您说的是“老胡”。"
    assert "市科经局联络员" in asked.text
    assert "由本人或者办公室办" in asked.text
    assert asked.labels == ["移交我自己的"]
    assert chat.tap(HEAD, asked, "移交我自己的").head == "移交：市科经局单位负责人"


@pytest.mark.parametrize("said", ["老胡下月退休 活儿给小袁 怎么个交法", "换个联络员"])
def test_a_head_who_speaks_of_the_liaison_is_asked_whose(chat: Chat, said: str) -> None:
    shown = chat.say(HEAD, said)
    if "换人接手" in shown.labels:
        shown = chat.tap(HEAD, shown, "换人接手")
    assert shown.head.startswith("移交谁的角色？")


@pytest.mark.parametrize("said", ["我调走了", "换联络员", "交接给张三"])
def test_a_liaison_hands_over_the_own_role(chat: Chat, said: str) -> None:
    assert chat.say(SCIENCE, said).head == "移交：市科经局联络员"


def test_the_office_hands_over_for_who_is_meant(chat: Chat) -> None:
    asked = chat.say(OFFICE, "/handover 市科经局联络")
    assert asked.head == "移交谁的角色？您说的是“市科经局联络”。"
    assert "人员名单" in asked.labels
