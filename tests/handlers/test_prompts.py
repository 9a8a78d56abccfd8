"""What the bot has asked to be typed is left by whatever is plainly something else."""

from datetime import date, timedelta

import pytest
from reminder_chat import Chat
from reminder_harness import OFFICE, SCIENCE, SUPERVISOR, ReminderHarness
from sqlalchemy import update

from handlers.routing.texts_intents import NEVER_MIND
from handlers.routing.texts_prompts import ASKS_BACK, undone
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from knowledge.language.normalize import clean
from storage.database import Database
from storage.prompts import PromptRow

CALLED_OFF = "好，不办了，"


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, date(2023, 3, 17)))


@pytest.mark.parametrize("word", ["算了", "取消。", "不用了"])
@pytest.mark.parametrize("command", ["/invite 联络员", "/me 电话", "/announce", "/rules 到期提醒 改"])
def test_it_can_be_called_off(chat: Chat, command: str, word: str) -> None:
    chat.say(OFFICE, command)
    assert chat.say(OFFICE, word).head.startswith(CALLED_OFF)
    assert chat.say(OFFICE, "市科经局").head.startswith("市科经局"), "nothing is asked for any more"


@pytest.mark.parametrize(
    "command",
    [
        "/return 7", "/pending return 7", "/report #3.1 number", "/report #3.1 day", "/report #3.1 note",
        "/report #3.1 anyway", "/report #3.1 move", "/report figure 5.2/1", "/fill 3 4", "/evidence 7", "/me name",
        "/me phone", "/me mobile", "/away #7", "/invite liaison", "/announce", "/announce #3 units",
        "/bulletin 3 title",
        "/bulletin 3 remark", "/bulletin 3 review", "/bulletin 3 sign", "/facts 7 differs own 2", "/problems 7 settle",
        "/excuse 7", "/card 5.2 5G基站 owner", "/holidays", "/period", "/meeting", "/rules deadline", "/misses 3 name",
        "/remind days", "/remind quiet", "/remind mute", "/remind mute 5.2", "/reminders new 提醒我", "/dislike 5",
    ],
)  # fmt: skip
def test_what_is_left_undone_has_words(command: str) -> None:
    assert undone(command)
    assert "{" not in undone(command)


@pytest.mark.parametrize("sentence", NEVER_MIND.examples)
def test_what_calls_it_off(sentence: str) -> None:
    assert NEVER_MIND.shows(sentence)


@pytest.mark.parametrize("sentence", NEVER_MIND.others)
def test_what_is_the_answer_though_it_begins_alike(sentence: str) -> None:
    assert not NEVER_MIND.shows(sentence)


ASKED = (
    (OFFICE, "/announce", "通知没有发出"),
    (OFFICE, "/card 5.2 5G基站 主责", "5.2 5G基站 的主责没有改"),
    (OFFICE, "/card 5.2 5G基站 口径", "5.2 5G基站 的口径没有改"),
    (OFFICE, "/period 设置", "方案的起止没有改"),
    (OFFICE, "/meeting 设置", "联席会议没有定"),
    (OFFICE, "/holidays 设置", "放假调休没有改"),
    (OFFICE, "/rules 到期提醒 改", "到期提醒没有改"),
    (OFFICE, "/invite 联络员", "邀请没有发出"),
    (SCIENCE, "/me 姓名", "姓名没有改"),
    (SCIENCE, "/me 电话", "电话没有改"),
    (SCIENCE, "/away", "请假没有登记"),
    (SCIENCE, "/remind 提前几天", "提前几天没有再改"),
    (SCIENCE, "/remind 免打扰", "免打扰时段没有改"),
    (SCIENCE, "/remind 暂停", "暂停没有设"),
    (SCIENCE, "提醒我交表", "提醒没有设"),
    (SCIENCE, "/report figure 5.2/1", "刚才那一项还没有报"),
    (SCIENCE, "/evidence 1", "#1 的佐证还没有补"),
    (SUPERVISOR, "/return 1", "#1 没有退回"),
)
"""Who is asked what, and what is left undone where something else is said."""


@pytest.mark.parametrize(("person", "command", "left"), ASKED, ids=[command for _, command, _ in ASKED])
def test_whatever_is_asked_for_is_left_by_what_is_something_else(
    chat: Chat, person: int, command: str, left: str
) -> None:
    chat.confirm(SCIENCE, "5G基站建成620个")
    for other in (
        "算了",
        "算了吧",
        "长江大保护谁牵头",
        "老旧小区改造怎么样了",
        "谁没报",
        "/help",
        "/me",
        "我的提醒",
        "核实 #1",
        "高新技术企业达到22家",
    ):
        if (other == "核实 #1" and person != SUPERVISOR) or (other[:2] == "高新" and person != SCIENCE):
            continue
        chat.say(person, command)
        said = chat.say(person, other)
        assert left in said.text or (command, other) == ("/me 姓名", "/me"), (other, said.text)
        assert left not in chat.say(person, "/help").text, "it is asked for no more"


def test_a_button_elsewhere_leaves_it_too(chat: Chat) -> None:
    card = chat.say(SCIENCE, "5G基站建成620个")
    chat.say(SCIENCE, "/me 电话")
    done = chat.tap(SCIENCE, card, "确认")
    assert done.head.startswith("已记录。5.2 5G基站 620 个")
    assert "（电话没有改。）" in done.text
    assert chat.tap(SCIENCE, done, "接着办").head.startswith("请发您的办公电话")


def test_what_has_waited_too_long_is_taken_for_nothing_and_said(chat: Chat) -> None:
    chat.say(SCIENCE, "/me 电话")
    with chat.harness.database.write() as session:
        session.execute(update(PromptRow).values(expires_at=machine_now() - timedelta(seconds=1)))
    said = chat.say(SCIENCE, "0713-6222222")
    assert "（电话没有改。）" in said.text


def test_without_a_prompt_there_is_nothing_to_call_off(chat: Chat) -> None:
    assert not chat.say(OFFICE, "算了").head.startswith(CALLED_OFF)


@pytest.mark.parametrize("command", ["/invite 联络员", "/me 电话", "/away", "/period 设置", "/rules 到期提醒 改"])
def test_a_question_is_answered(chat: Chat, command: str) -> None:
    chat.say(OFFICE, command)
    assert chat.say(OFFICE, "5G基站谁负责").head.startswith("5G基站：首列市科经局")
    assert chat.say(OFFICE, "0713-6222222").head != "电话已更新。"


def test_a_report_and_a_reminder_are_heard(chat: Chat) -> None:
    chat.say(SCIENCE, "/me 电话")
    assert chat.say(SCIENCE, "5G基站建成620个").head == "请确认：5.2 5G基站"
    chat.say(SCIENCE, "/me 电话")
    assert chat.say(SCIENCE, "明天下午三点提醒我交表").head == "好，3月18日（周六）15:00提醒您：交表"
    chat.say(SCIENCE, "/me 电话")
    assert chat.confirm(SCIENCE, "0713-6222222").head == "电话已更新。"


def test_where_any_words_may_be_typed_they_are_taken_as_they_are(chat: Chat) -> None:
    chat.say(OFFICE, "/announce")
    asked = chat.say(OFFICE, "5G基站谁负责，请各单位本周内核对")
    assert "5G基站谁负责，请各单位本周内核对" in asked.text
    assert "首列" not in asked.text


ASKED_OF = {"/return 1": SUPERVISOR, "/roster": OFFICE}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/return 1", "哪些单位老是迟报"),
        ("/return 1", "催一下交通局"),
        ("/roster", "每个月20号交数行不行"),
        ("/roster", "谁没报"),
    ],
)
def test_a_reason_or_a_list_is_left_by_a_question_or_a_plain_order(chat: Chat, command: str, said: str) -> None:
    chat.confirm(SCIENCE, "5G基站建成620个")
    who = ASKED_OF[command]
    alone = chat.say(who, said).head
    chat.say(who, command)
    left = chat.say(who, said)
    assert left.head == alone
    assert ("#1 没有退回" in left.text) is (command == "/return 1")


@pytest.mark.parametrize(
    "said",
    ["口径不对，重新报", "怎么比上个月还少？", "为什么比上月少了", "是不是报错了", "上次报错了", "这个数从哪来的"],
)
def test_what_sounds_like_an_order_is_a_reason_where_one_is_asked_for(chat: Chat, said: str) -> None:
    chat.confirm(SCIENCE, "5G基站建成620个")
    chat.say(SUPERVISOR, "/return 1")
    assert "确认退回" in chat.say(SUPERVISOR, said).labels


@pytest.mark.parametrize("sentence", ASKS_BACK.examples)
def test_what_asks_whom_or_which_is_no_reason(sentence: str) -> None:
    assert ASKS_BACK.shows(clean(sentence))


@pytest.mark.parametrize("sentence", ASKS_BACK.others)
def test_what_asks_and_may_be_a_reason(sentence: str) -> None:
    assert not ASKS_BACK.shows(clean(sentence))


@pytest.mark.parametrize("command", ["/return 1", "/roster"])
def test_a_button_calls_it_off(chat: Chat, command: str) -> None:
    chat.confirm(SCIENCE, "5G基站建成620个")
    who = ASKED_OF[command]
    chat.tap(who, chat.say(who, command), "算了")
    assert "确认退回" not in chat.say(who, "与统计口径不一致").labels, "nothing is asked for any more"


def test_a_card_stays_when_the_number_that_was_to_be_typed_is_called_off(chat: Chat) -> None:
    card = chat.say(SCIENCE, "5G基站建成620个")
    chat.tap(SCIENCE, card, "改数")
    assert chat.say(SCIENCE, "算了").head.startswith(CALLED_OFF)
    assert chat.tap(SCIENCE, card, "确认").head.startswith("已记录。5.2 5G基站 620 个")


@pytest.mark.parametrize("words", ["照片在电脑里，明天传", "已经完工了", "没有照片", "见附件", "呵呵哒啦啦"])
def test_words_where_a_picture_is_asked_for_are_told_so_and_the_picture_still_is(chat: Chat, words: str) -> None:
    done = chat.confirm(SCIENCE, "5G基站建成620个")
    chat.tap(SCIENCE, done, "补佐证")
    for _ in range(2):
        told = chat.say(SCIENCE, words)
        assert told.head == "文字不能作佐证，没有附；请发图片或文件", told.text
        assert "附在 5.2 5G基站 620 个 后面" in told.text
    assert chat.say(SCIENCE, "算了").head.startswith(CALLED_OFF)
