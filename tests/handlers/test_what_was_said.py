"""What a sentence says is not thrown away when the page of its order opens."""

from datetime import date

import pytest
from reminder_chat import Chat, Shown
from reminder_harness import HEAD, OFFICE, SCIENCE, SUPERVISOR, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, date(2023, 3, 17)))


def opened(chat: Chat, person: int, said: str, offered: str) -> Shown:
    """What the sentence opens, or what its button does where it is only offered."""
    shown = chat.say(person, said)
    return chat.tap(person, shown, offered) if offered in shown.labels else shown


@pytest.mark.parametrize("person", [OFFICE, SUPERVISOR])
def test_what_is_written_down_for_a_unit_keeps_unit_source_and_words(chat: Chat, person: int) -> None:
    card = opened(chat, person, "科经局老王电话里讲 5G基站建成640个了 替他们记上", "代单位录一条")
    assert card.head == "请确认：5.2 5G基站"
    assert "640 个" in card.text
    assert "市科经局" in card.text
    assert "电话" in card.text


def test_of_a_unit_without_a_report_the_unit_is_kept(chat: Chat) -> None:
    assert "市供电公司" in opened(chat, OFFICE, "/behalf 供电公司", "代单位录一条").head


def test_the_item_that_was_named_is_withdrawn(chat: Chat) -> None:
    chat.confirm(SCIENCE, "5G基站建成640个")
    chat.confirm(SCIENCE, "高新技术企业达到22家")
    asked = opened(chat, SCIENCE, "算了5G基站那条先拿回来 局长没点头", "撤回刚才那条")
    assert asked.head == "撤回这一条吗？5.2 5G基站 640 个"


def test_of_what_is_not_ones_own_it_is_asked_which_to_withdraw(chat: Chat) -> None:
    chat.confirm(SCIENCE, "5G基站建成640个")
    asked = chat.say(SCIENCE, "/withdraw 5.2 数字校园覆盖率")
    assert asked.head == "撤回哪一条？"
    assert asked.labels == ["5.2 5G基站 640 个"]


def test_what_is_returned_keeps_the_unit_and_the_reason(chat: Chat) -> None:
    line = "/return 市科经局 ，按中心校以上算 请附名单"
    chat.confirm(SCIENCE, "5G基站建成640个")
    assert chat.say(SUPERVISOR, line).head.startswith("确认退回吗？5.2 5G基站")
    chat.confirm(SCIENCE, "高新技术企业达到22家")
    asked = chat.say(SUPERVISOR, line)
    assert asked.head == "退回哪一条？"
    card = chat.tap(SUPERVISOR, asked, next(label for label in asked.labels if "640" in label))
    assert card.head.startswith("确认退回吗？5.2 5G基站")
    assert "原因：按中心校以上算 请附名单" in card.text


def test_a_notice_keeps_its_text(chat: Chat) -> None:
    asked = opened(chat, OFFICE, "再给大伙吱一声,明天带上自家的数,别空手", "发通知")
    assert asked.head == "发给谁？"
    card = chat.tap(OFFICE, chat.tap(OFFICE, asked, "所有人"), "全部人员")
    assert "明天带上自家的数,别空手" in card.text


def test_an_idea_is_not_to_be_written_again(chat: Chat) -> None:
    card = opened(chat, SCIENCE, "提个想法 能不能拍张表你就认 打字累死", "提意见建议")
    assert "能不能拍张表你就认" in card.text
    assert "确认" in card.labels


def test_the_paper_of_the_owners_is_kept(chat: Chat) -> None:
    for line in ("/owners propose", "/owners send"):
        card = chat.say(OFFICE, line)
        chat.tap(OFFICE, card, card.labels[0])
    unopposed = chat.say(HEAD, "都行")
    chat.tap(HEAD, unopposed, "发出")
    shown = opened(chat, OFFICE, "领导小组今天过了 三百办〔2023〕2号 归属定死吧", "定主责")
    assert "三百办〔2023〕2号" in shown.text
