"""Who is asked to check a bulletin's facts, who may answer, and who gets it in the end."""

from datetime import date, time

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, HEAD, LEADER, OFFICE, PLAN, SCIENCE, SUPERVISOR, TRAFFIC, ReminderHarness
from sqlalchemy import select

from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from storage.database import Database
from storage.fact_checks import FactAnswer, FactCheckRow
from storage.outbox import OutboxRow, OutboxState
from storage.people import Grant, Role, end, find_member, give, set_absence

VISITOR = 510001


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    """Friday, 31 March 2023: 市科经局 has reported its 5G基站."""
    harness = ReminderHarness(database, question_service, date(2023, 3, 31))
    harness.own("市科经局", BASE_STATION)
    harness.report(SCIENCE, "市科经局", BASE_STATION, 600, date(2023, 3, 20))
    chat = Chat(harness)
    for person in (SCIENCE, HEAD, TRAFFIC, SUPERVISOR):
        chat.say(person, "/start")
    chat.say(SUPERVISOR, "/bulletin 起草 月度 2023-03 确认")
    return chat


def answer(chat: Chat) -> FactAnswer | None:
    with chat.harness.database.read() as session:
        return session.scalar(select(FactCheckRow.answer))


def asked(chat: Chat) -> list[int]:
    """Who got the lines of 市科经局."""
    chat.say(SUPERVISOR, "/bulletin 1 送核对 确认")
    people = (SCIENCE, HEAD, TRAFFIC, LEADER, OFFICE)
    return [one for one in people if any(shown.head.startswith("请市科经局核对") for shown in chat.told(one))]


def member(chat: Chat, person: int) -> int:
    with chat.harness.database.write() as session:
        found = find_member(session, person)
        assert found is not None
        return found.id


def test_a_unit_s_liaisons_are_asked(chat: Chat) -> None:
    assert asked(chat) == [SCIENCE]


def test_for_who_is_away_the_stand_in_is_asked(chat: Chat) -> None:
    away, stand_in = member(chat, SCIENCE), member(chat, HEAD)
    with chat.harness.database.write() as session:
        day = date(2023, 3, 31)
        set_absence(session, away, stand_in=stand_in, first=day, last=day, now=machine_now())
    assert asked(chat) == [HEAD]
    (letter,) = [one for one in chat.told(HEAD) if one.head.startswith("请市科经局核对")]
    assert chat.tap(HEAD, letter, "无误").head == "已答复：无误。"


def test_where_there_is_no_liaison_the_head_is_asked(chat: Chat) -> None:
    number = member(chat, SCIENCE)
    with chat.harness.database.write() as session:
        end(session, number, now=machine_now())
    assert asked(chat) == [HEAD]


def test_where_there_is_nobody_that_is_said_and_the_answer_is_written_down(chat: Chat) -> None:
    numbers = [member(chat, SCIENCE), member(chat, HEAD)]
    with chat.harness.database.write() as session:
        for number in numbers:
            end(session, number, now=machine_now())
    card = chat.say(SUPERVISOR, "/bulletin 1 送核对")
    assert "发不到的 1 家，请电话核对后代录：市科经局。" in card.text
    assert asked(chat) == []
    listed = chat.say(SUPERVISOR, "/bulletin 1 核对情况")
    assert "市科经局：还没有答复，发不到，请电话核对" in listed.text
    done = chat.tap(SUPERVISOR, chat.tap(SUPERVISOR, listed, "代录市科经局"), "电话：无误")
    assert done.head == "已代录：市科经局无误。"
    assert "市科经局：无误（电话，代录）" in chat.tap(SUPERVISOR, done, "核对情况").text


@pytest.mark.parametrize("stranger", [VISITOR, TRAFFIC, LEADER, OFFICE, SUPERVISOR])
def test_a_button_that_was_forwarded_answers_for_no_other_unit(chat: Chat, stranger: int) -> None:
    asked(chat)
    (letter,) = [one for one in chat.told(SCIENCE) if one.head.startswith("请市科经局核对")]
    for label in letter.labels:
        chat.tap(stranger, letter, label)
    chat.tap(SCIENCE, letter, "无误", chat=-4100001)
    assert answer(chat) is None
    assert chat.tap(SCIENCE, letter, "无误").head == "已答复：无误。"
    assert answer(chat) is FactAnswer.RIGHT


def test_who_only_releases_nothing_writes_down_no_answer(chat: Chat) -> None:
    asked(chat)
    listed = chat.say(SUPERVISOR, "/bulletin 1 核对情况")
    for stranger in (VISITOR, TRAFFIC, SCIENCE, LEADER):
        chat.tap(stranger, listed, "代录市科经局")
    behalf = chat.tap(SUPERVISOR, listed, "代录市科经局")
    for stranger in (VISITOR, TRAFFIC, SCIENCE, LEADER):
        chat.tap(stranger, behalf, "电话：无误")
    assert answer(chat) is None


def test_after_its_last_day_a_unit_s_answer_is_not_taken(chat: Chat) -> None:
    """One working day: from Friday to the end of Monday."""
    asked(chat)
    (letter,) = [one for one in chat.told(SCIENCE) if one.head.startswith("请市科经局核对")]
    chat.harness.services.clock.shift_to_time(date(2023, 4, 3), time(23, 30))
    assert chat.tap(SCIENCE, letter, "有出入").head == "请写明哪里有出入"
    chat.harness.services.clock.shift_to_time(date(2023, 4, 4), time(0, 30))
    late = chat.tap(SCIENCE, letter, "无误")
    assert late.head == "《月度进展情况（2023年3月）》的核对已于4月3日截止，市科经局没有收到答复，已按无误处理。"
    assert answer(chat) is None


def test_a_leader_is_sent_nothing_whatever_else_they_are(chat: Chat) -> None:
    """兼任: the head of a unit who is a leader, too."""
    number = member(chat, HEAD)
    with chat.harness.database.write() as session:
        give(session, number, [Grant(Role.LEADER, PLAN)], now=machine_now())
    for person in (OFFICE, LEADER):
        chat.say(person, "/start")
    chat.say(SUPERVISOR, "/bulletin 1 送核对 确认")
    (letter,) = [one for one in chat.told(SCIENCE) if one.head.startswith("请市科经局核对")]
    chat.tap(SCIENCE, letter, "无误")
    chat.tap(SUPERVISOR, chat.say(SUPERVISOR, "/bulletin 1 核稿 张某，督查室主任，3月31日"), "登记")
    asked_first = chat.say(SUPERVISOR, "/bulletin 1 发布")
    assert "不推送市领导（2 人），他们问的时候能看。" in asked_first.text
    chat.tap(SUPERVISOR, asked_first, "确认发布")
    people = (SCIENCE, TRAFFIC, HEAD, LEADER, OFFICE)
    told = [one for one in people if any(shown.head.startswith("月度进展情况") for shown in chat.told(one))]
    assert told == [SCIENCE, TRAFFIC, OFFICE]
    for leader in (HEAD, LEADER):
        assert chat.say(leader, "/bulletin 1").head == "月度进展情况（2023年3月）"


@pytest.mark.parametrize("ends", ["answered", "撤回 确认", "重新起草 确认", "不发"])
def test_that_a_check_is_over_is_told_only_where_it_is_still_on(chat: Chat, ends: str) -> None:
    asked(chat)
    assert over(chat) == OutboxState.QUEUED
    if ends == "answered":
        (letter,) = [one for one in chat.told(SCIENCE) if one.head.startswith("请市科经局核对")]
        chat.tap(SCIENCE, letter, "无误")
    else:
        chat.say(SUPERVISOR, f"/bulletin 1 {ends}")
    assert over(chat) == OutboxState.SKIPPED


def over(chat: Chat) -> OutboxState | None:
    """What became of the message that the check is over."""
    with chat.harness.database.read() as session:
        return session.scalar(select(OutboxRow.state).where(OutboxRow.key.endswith(" over")))
