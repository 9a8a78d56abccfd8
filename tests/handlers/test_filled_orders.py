"""What is said with an order is not asked again: whom to invite, when the meeting is."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import LEADER, OFFICE, SCIENCE, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database

TODAY = date(2023, 3, 1)


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, TODAY))


@pytest.mark.parametrize(
    ("said", "head"),
    [
        ("邀请市住建局的联络员", "邀请链接：市住建局联络员"),
        ("给水利局弄个邀请码", "邀请市水利和湖泊局的谁？"),
        ("拉交通局王科长进来", "邀请市交通局的谁？"),
    ],
)
def test_an_invitation_asks_only_for_what_was_not_said(chat: Chat, said: str, head: str) -> None:
    assert chat.say(OFFICE, said).head == head


@pytest.mark.parametrize("said", ["分管领导嘴上答应了，那你放开吧", "分管领导同意了 权限给我们放开"])
def test_a_leader_who_agrees_is_not_invited(chat: Chat, said: str) -> None:
    shown = chat.say(OFFICE, said)
    assert "分管哪些部分或单位" not in shown.text
    assert "邀请" not in shown.head


@pytest.mark.parametrize(
    ("command", "whom"),
    [
        ("/invite 分管领导 整个方案", "分管领导（整个方案）"),
        ("/invite 办公室", "办公室"),
        ("/invite 分管领导 1 5", "第5部分"),
    ],
)
def test_who_sees_more_than_a_unit_is_invited_after_a_card(chat: Chat, command: str, whom: str) -> None:
    card = chat.say(OFFICE, command)
    assert card.head.startswith("确认邀请？")
    assert whom in card.head
    assert chat.say(OFFICE, "/invites").head == "没有未用的邀请。"
    assert chat.tap(OFFICE, card, "生成邀请链接").head.startswith("邀请链接：")


def test_the_button_of_the_whole_plan_makes_no_link_by_itself(chat: Chat) -> None:
    asked = chat.say(OFFICE, "/invite 分管领导")
    assert chat.tap(OFFICE, asked, "整个方案").head == "确认邀请？分管领导（整个方案）"


def test_whom_to_invite_is_no_sentence(chat: Chat) -> None:
    chat.say(OFFICE, "/invite 分管领导")
    said = chat.say(OFFICE, "经分管领导签批同意内部试用,文号武发改办〔2023〕3号,备案编号正在申领,请予登记")
    assert "没有找到单位" not in said.text
    assert "（邀请没有发出。）" in said.text


def test_who_may_not_invite_hears_who_may(chat: Chat) -> None:
    assert "办公室" in chat.say(SCIENCE, "邀请市住建局的联络员").text


@pytest.mark.parametrize("said", ["谁还没绑定", "还有哪几家没人进来"])
def test_the_units_of_which_nobody_has_come_in_are_listed(chat: Chat, said: str) -> None:
    shown = chat.say(OFFICE, said)
    assert shown.head.startswith("还没有人绑定的单位：")
    assert "市住建局" in shown.text
    assert "科经局" not in shown.text
    first = next(label for label in shown.labels if label.startswith("邀请"))
    assert chat.tap(OFFICE, shown, first).head.endswith("的谁？")


def test_a_meeting_is_set_for_the_day_that_was_said(chat: Chat) -> None:
    card = chat.say(OFFICE, "会期定在3月15日下午")
    assert card.head == "请确认调度会：3月15日（周三）15:00"
    assert "没说几点，暂记 15:00" in card.text
    assert chat.tap(OFFICE, card, "确认").head == "调度会已定：3月15日（周三）15:00。"
    moved = chat.say(OFFICE, "调度会从15号挪到17号下午3点半")
    assert moved.head == "请确认调度会：3月17日（周五）15:30"
    assert "没说几点" not in moved.text
    assert "确认后改成这次" in moved.text


def test_a_meeting_keeps_the_place_that_was_said(chat: Chat) -> None:
    card = chat.say(OFFICE, "这次调度会3月15日下午三点在三楼会议室开")
    assert card.head == "请确认调度会：3月15日（周三）15:00，三楼会议室"


@pytest.mark.parametrize("place", ["3楼会议室", "15楼", "301会议室"])
def test_the_number_of_a_room_is_no_part_of_the_hour(chat: Chat, place: str) -> None:
    card = chat.say(OFFICE, f"开会时间4月14号下午3点{place}")
    assert card.head == f"请确认调度会：4月14日（周五）15:00，{place}"
    assert "没说几点" not in card.text


@pytest.mark.parametrize("who", [OFFICE, SCIENCE, LEADER])
@pytest.mark.parametrize("said", ["今天的会在几点", "明天的会几点开"])
def test_when_a_meeting_is_can_be_asked_by_all_colleagues(chat: Chat, who: int, said: str) -> None:
    chat.confirm(OFFICE, "会期定在3月15日下午3点，三楼会议室")
    shown = chat.say(who, said)
    assert "3月15日（周三）15:00，三楼会议室" in shown.text
    assert ("定会期" in shown.labels) == (who == OFFICE)


@pytest.mark.parametrize("said", ["什么时候交", "什么时候要报", "几号截止"])
def test_when_figures_are_due_is_what_is_owed(chat: Chat, said: str) -> None:
    assert chat.say(SCIENCE, said).text == chat.say(SCIENCE, "本月要报的有哪些").text


def test_what_to_say_at_a_meeting_is_the_page_before_it(chat: Chat) -> None:
    assert chat.say(LEADER, "明天开会我讲什么").text == chat.say(LEADER, "会前一页纸").text
