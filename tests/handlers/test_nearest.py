"""Words that were read as nothing are brought to what can be done: its page is opened, or it is offered."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, HEAD, LEADER, OFFICE, SCIENCE, SUPERVISOR, ReminderHarness

from handlers.home.nearest import nearest_words
from handlers.home.texts_more import SENTENCES
from handlers.services.question_service import QuestionService
from storage.database import Database

TODAY = date(2023, 3, 22)
VISITOR = 510001
OPENED = (
    (OFFICE, "新来了个人，弄个邀请码", "邀请谁"),
    (OFFICE, "这周要发出去哪些消息", "天有消息"),
    (OFFICE, "邮政那个码作废，重新给一个", "邀请"),
    (SUPERVISOR, "手上还有几条等我核的", "待核实"),
    (SCIENCE, "补张照片，上回那份材料没传", "佐证"),
    (SCIENCE, "咱这儿到底要交几项", "要报"),
    (HEAD, "局里的数我过目一下，签了", "审签"),
)
OFFERED = (
    (OFFICE, "让新上任的那位也进来", "邀请人员"),
    (SUPERVISOR, "他们怎么还拖着没交", "谁还没报"),
    (LEADER, "慢的有哪些，让人担心", "哪些任务是红灯"),
)
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


def test_each_sentence_of_the_menu_has_words_of_its_own() -> None:
    assert {said for said, _ in nearest_words()} == {one.said for one in SENTENCES}


@pytest.mark.parametrize(("who", "said", "shows"), OPENED)
def test_what_is_surely_meant_is_opened_and_says_so(chat: Chat, who: int, said: str, shows: str) -> None:
    shown = chat.say(who, said)
    assert shows in shown.text
    assert "理解；不是的请换个说法" in shown.text


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
