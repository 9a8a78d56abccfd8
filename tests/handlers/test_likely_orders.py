"""Words that were read as nothing are brought to what can be done: its page is opened, or it is offered."""

from datetime import date
from pathlib import Path

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, HEAD, LEADER, OFFICE, SCIENCE, SUPERVISOR, ReminderHarness

from handlers.routing.commands import is_known
from handlers.routing.likely_orders import SURE, SURER, line_of_label
from handlers.routing.order_model import labels, likelihoods
from handlers.services.question_service import QuestionService
from knowledge.language.normalize import clean
from storage.database import Database

ORDERS = Path(__file__).parent / "orders"
NO_ORDERS = {"问方案", "报一条进展", "无关的话", "问候", "投诉", "自己的事"}
TODAY = date(2023, 3, 22)
VISITOR = 510001
OPENED = (
    (OFFICE, "新来了个人，弄个邀请码", "邀请谁"),
    (OFFICE, "后面半个月要发出去的提醒都是什么时候", "天有消息"),
    (SUPERVISOR, "手上还有几条等我核的", "待核实"),
    (SCIENCE, "补张照片，上回那份材料没传", "佐证"),
    (SCIENCE, "咱这儿到底要交几项", "要报"),
    (HEAD, "局里的数我过目一下，签了", "审签"),
    (OFFICE, "我要发个通知", "请发通知的内容"),
    (LEADER, "下午三点开调度会，弄个材料给市长带着", "分管的"),
)
OFFERED = ((LEADER, "慢的有哪些，让人担心", "哪些任务是红灯"),)
QUESTIONS = (
    "市交通局负责哪些任务",
    "困难群众救助谁负责",
    "重点项目五大制度分别是什么",
    "督查考核怎么规定",
    "联席会议谁负责召集",
    "5G基站目标是多少",
    "我们局有哪些任务",
    "哪些任务到2023年底完成",
)


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    chat = Chat(ReminderHarness(database, question_service, TODAY))
    chat.harness.own("市科经局", BASE_STATION)
    return chat


def sentences(name: str) -> list[tuple[str, str]]:
    lines = (ORDERS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(label, said) for label, _, said in (line.partition("\t") for line in lines)]


def test_each_label_is_an_order_or_none() -> None:
    assert {label for label in labels() if line_of_label(label) is None} == NO_ORDERS
    assert all(is_known(line) for label in labels() if (line := line_of_label(label)) is not None)


def test_what_was_held_out_is_told_as_it_was_when_the_weights_were_fitted(question_service: QuestionService) -> None:
    vocabulary = question_service.library.vocabulary
    held_out = [*sentences("held_out"), *sentences("held_out_month")]
    told = [(label, likelihoods(clean(said), vocabulary)[0]) for label, said in held_out]
    opened = [(label, found) for label, found in told if found.probability >= SURE and found.label not in NO_ORDERS]
    orders = sum(label not in NO_ORDERS for label, _ in told)
    assert sum(label == found.label for label, found in opened) > 0.92 * orders
    assert sum(label != found.label for label, found in opened) < 0.01 * orders


@pytest.mark.parametrize("label", sorted({label for label, _ in sentences("plain")}))
def test_what_everybody_says_is_told(label: str, question_service: QuestionService) -> None:
    vocabulary = question_service.library.vocabulary
    told = {said: likelihoods(clean(said), vocabulary)[0] for own, said in sentences("plain") if own == label}
    opened = {said: found.label for said, found in told.items() if found.probability >= SURE}
    if label in NO_ORDERS:
        assert {said: other for said, other in opened.items() if other not in NO_ORDERS} == {}
    else:
        assert {said: other for said, other in opened.items() if other != label} == {}
        assert len(opened) >= 0.95 * len(told)


@pytest.mark.parametrize(("who", "said", "shows"), OPENED)
def test_what_is_surely_meant_is_opened_and_says_so_unless_it_is_plain(
    chat: Chat, who: int, said: str, shows: str, question_service: QuestionService
) -> None:
    shown = chat.say(who, said)
    plain = likelihoods(clean(said), question_service.library.vocabulary)[0].probability >= SURER
    assert shows in shown.text
    assert ("理解；不是的请换个说法" in shown.text) == (not plain)


@pytest.mark.parametrize(("who", "said", "offers"), OFFERED)
def test_what_is_likely_meant_is_offered(chat: Chat, who: int, said: str, offers: str) -> None:
    shown = chat.say(who, said)
    assert shown.head == "没有读懂这句话。是不是要办下面的事？"
    assert offers in shown.labels[:3]
    assert len(shown.labels) == len(set(shown.labels)) <= 6


@pytest.mark.parametrize("said", QUESTIONS)
@pytest.mark.parametrize("who", [OFFICE, SCIENCE])
def test_a_question_of_the_plan_stays_one(chat: Chat, who: int, said: str) -> None:
    assert "理解；不是的请换个说法" not in chat.say(who, said).text


@pytest.mark.parametrize(
    ("who", "said", "head"), [(SUPERVISOR, "谁没报", "未报"), (SCIENCE, "我们局有哪些任务", "市科经局")]
)
def test_what_only_this_person_can_ask_is_answered_before_anything_else_was_said(
    chat: Chat, who: int, said: str, head: str
) -> None:
    assert head in chat.say(who, said).head


def test_a_visitor_is_offered_nothing_of_the_office(chat: Chat) -> None:
    shown = chat.say(VISITOR, "给水利局弄个邀请码")
    assert "是不是要办" not in shown.head
    assert "邀请人员" not in shown.labels


def test_what_is_not_ones_own_says_whose_it_is(chat: Chat) -> None:
    assert "只有办公室" in chat.say(SCIENCE, "序时进度从哪天开始算").text
