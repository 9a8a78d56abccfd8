"""What a head says of owners in plain words is a card to confirm; of a liaison it does not count."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import HEAD, OFFICE, SCIENCE, ReminderHarness

from handlers.office.texts_spoken_opinions import OPINION
from handlers.services.question_service import QuestionService
from storage.database import Database


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, date(2023, 3, 1)))


def consult(chat: Chat) -> None:
    card = chat.say(OFFICE, "提主责")
    chat.tap(OFFICE, card, next(label for label in card.labels if label.startswith("提出这")))
    chat.tap(OFFICE, chat.say(OFFICE, "发各单位征求意见"), "发出")


@pytest.mark.parametrize("said", OPINION.others)
def test_what_is_no_opinion(said: str) -> None:
    assert not OPINION.shows(said)


@pytest.mark.parametrize("said", ["5G基站我们接，没话讲", "5G基站 我们认", "5G我们认 没意见"])
def test_the_head_takes_a_target_that_is_named(chat: Chat, said: str) -> None:
    consult(chat)
    card = chat.say(HEAD, said)
    assert card.head == "这样答复：市科经局对5.2 5G基站同意？"
    assert chat.tap(HEAD, card, "发出").head == "已答复：同意。"
    assert "5G基站" in chat.say(OFFICE, "/owners list unopposed").text


@pytest.mark.parametrize("said", ["都行", "没意见", "行吧都算我的，就是乡镇也得出力"])
def test_the_head_takes_them_all(chat: Chat, said: str) -> None:
    consult(chat)
    card = chat.say(HEAD, said)
    assert card.head.startswith("这样答复：市科经局对9 个目标同意？")
    assert said in card.text


@pytest.mark.parametrize("said", ["5G基站我们没数，凭啥归我", "5G基站是铁塔公司统计的 我手上没数 凭啥叫我出"])
def test_the_head_differs_with_the_words_as_the_reason(chat: Chat, said: str) -> None:
    consult(chat)
    card = chat.say(HEAD, said)
    assert card.head == "这样答复：市科经局对5.2 5G基站有异议？"
    assert "凭啥" in card.text
    chat.tap(HEAD, card, "发出")
    opposed = chat.say(OFFICE, "有几条意见不一致，列出来")
    assert "5G基站" in opposed.text
    assert "凭啥" in opposed.text


def test_several_opinions_are_a_card_each(chat: Chat) -> None:
    consult(chat)
    shown = chat.say(HEAD, "高新技术企业我们认 5G基站那个不是我，铁塔在建")
    assert shown.head == "这样答复：市科经局对1.1 新增高新技术企业同意？"
    (other,) = [call for call in shown.calls if "5G基站" in str(getattr(call, "text", ""))]
    assert "不是我们" in str(other)
    assert "铁塔在建" in str(other)


def test_what_names_nothing_of_the_units_own_is_asked_which(chat: Chat) -> None:
    consult(chat)
    asked = chat.say(HEAD, "危化品那个不是我，城发在建")
    assert asked.head == "不是我们：对哪一个？"
    assert "危化品那个不是我，城发在建" in asked.text
    card = chat.tap(HEAD, asked, asked.labels[0])
    assert card.head.startswith("这样答复：市科经局对1.1 ")
    assert "城发在建" in card.text


@pytest.mark.parametrize("said", ["没意见", "数字校园我们接，没话讲", "牛关矶、盘塘都行 危化品那个不是我,城发在建"])
def test_without_a_consultation_it_is_said_so(chat: Chat, said: str) -> None:
    assert chat.say(HEAD, said).head == "现在没有征求本单位主责意见的目标。"


def test_a_liaison_hears_why_it_does_not_count(chat: Chat) -> None:
    consult(chat)
    shown = chat.say(SCIENCE, "5G基站我替局里应下了哈 局长开会去了")
    assert shown.head == "没有记：主责由市科经局负责人答复，联络员的答复不算。"
    assert "市科经局负责人：市科经局负责人。请转告" in shown.text


@pytest.mark.parametrize("said", ["谁还没回意见", "有几条意见不一致，列出来", "哪些单位还没答复征求意见"])
def test_the_office_sees_who_is_silent_and_who_differs(chat: Chat, said: str) -> None:
    consult(chat)
    shown = chat.say(OFFICE, said)
    assert shown.head == "征求意见：没答复 1 家，有分歧 0 个"
    assert "市科经局 9 个" in shown.text
    chat.tap(HEAD, chat.say(HEAD, "5G基站凭啥归我"), "发出")
    shown = chat.say(OFFICE, said)
    assert shown.head == "征求意见：没答复 1 家，有分歧 1 个"
    assert "凭啥" in shown.text
