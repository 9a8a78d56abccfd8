"""有哪些快到期: what the words ask for, and what is answered to whom."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, LEADER, SCIENCE, ReminderHarness

from handlers.questions.texts import render
from handlers.services.question_service import AnsweredQuestion, Asker, QuestionService
from handlers.texts.reply import Reply
from knowledge.language.normalize import clean
from knowledge.questions.answer import Answer, Outcome
from knowledge.questions.understand.due_window import due_soon
from storage.database import Database
from storage.rich_text import plain_text

TODAY = date(2023, 12, 1)

SOON_DAYS = "2023-12-01..2024-02-29"
DAYS = {
    "有哪些快到期": SOON_DAYS,
    "快到期的目标": SOON_DAYS,
    "快要到期了": SOON_DAYS,
    "即将到期的目标": SOON_DAYS,
    "最近到期的有哪些": SOON_DAYS,
    "近期到期的": SOON_DAYS,
    "临近到期的目标": SOON_DAYS,
    "哪些目标快过期了": SOON_DAYS,
    "30天内到期": "2023-12-01..2023-12-31",
    "三十天之内到期的目标": "2023-12-01..2023-12-31",
    "未来两周到期的": "2023-12-01..2023-12-15",
    "近3个月到期的": "2023-12-01..2024-03-01",
    "三个月内到期": "2023-12-01..2024-03-01",
    "半年内到期的目标": "2023-12-01..2024-06-01",
    "一周内要到期的": "2023-12-01..2023-12-08",
    "本月到期的目标": "2023-12-01..2023-12-31",
    "这周到期的": "2023-11-27..2023-12-03",
    "本季度内到期": "2023-10-01..2023-12-31",
    "12月底到期的": "2023-12-31..2023-12-31",
    "12月到期的目标": "2023-12-01..2023-12-31",
    "下半年要完成的有哪些": "2023-07-01..2023-12-31",
    "下个月要完成的": "2024-01-01..2024-01-31",
    "三季度到期的目标": "2023-07-01..2023-09-30",
    "元旦前要完成的目标": "2023-12-01..2023-12-31",
    "本周五必须完成的": "2023-12-01..2023-12-01",
    "明天要完成的": "2023-12-02..2023-12-02",
    "3月底前到期的有哪些": "2023-12-01..2024-03-31",
    "3月底前完成的目标有哪些": "2023-12-01..2024-03-31",
    "有哪些目标12月25号到期": "2023-12-25..2023-12-25",
    "20231231到期的": "2023-12-31..2023-12-31",
    "12月底的目标有哪些": "2023-12-31..2023-12-31",
    "年底到期的目标有哪些": "2023-12-31..2023-12-31",
    "年底前要完成什么": "2023-12-01..2023-12-31",
    "3.1年底前到期的目标": "2023-12-01..2023-12-31",
    "2023年底到期的目标": "2023-12-31..2023-12-31",
    "2027年底前要完成的目标": "2023-12-01..2027-12-31",
}
OTHERS = (
    "5G基站什么时候到期",
    "5G基站还有多少天到期",
    "哪些目标没写期限",
    "截至6月30日5G基站进展",
    "6月底完成的目标",
    "上半年完成了多少",
    "5G基站上半年的目标是多少",
    "今年要完成的目标",
    "有期限的目标",
)


@pytest.mark.parametrize(("text", "days"), DAYS.items())
def test_the_words_say_on_which_days(text: str, days: str) -> None:
    found = due_soon(clean(text), TODAY)
    assert found is not None
    assert found.due is not None
    assert f"{found.due.first}..{found.due.last}" == days


@pytest.mark.parametrize("text", OTHERS)
def test_other_questions_are_left_alone(text: str) -> None:
    assert due_soon(clean(text), TODAY) is None


def ask(
    question_service: QuestionService, question: str, *, today: date = TODAY, unit: str | None = None, memory: str = ""
) -> Answer:
    return question_service.ask(question, memory=memory, asker=Asker(today, unit)).answer


def said(asked: AnsweredQuestion) -> Reply:
    return render(asked.answer, asked.library)


def names(answer: Answer) -> list[str]:
    return [f"{one.task} {one.name}" for one in answer.content.targets or ()]


def test_a_visitor_gets_the_plans_deadlines_in_order(question_service: QuestionService) -> None:
    found = ask(question_service, "有哪些快到期")
    assert len(names(found)) == 25
    assert all(one.deadline == date(2023, 12, 31) for one in found.content.targets or ())
    assert found.standings is None


def test_the_own_units_come_first(question_service: QuestionService) -> None:
    found = ask(question_service, "30天内到期的目标", unit="市交通局")
    assert sorted(names(found)) == sorted(names(ask(question_service, "30天内到期的目标")))
    own = names(ask(question_service, "我们局快到期的", unit="市交通局"))
    assert names(found)[: len(own)] == own


def test_when_nothing_is_due_so_soon_the_next_day_is_named(question_service: QuestionService) -> None:
    asked = question_service.ask("有哪些快到期", memory="", asker=Asker(date(2023, 3, 1)))
    assert asked.answer.content.targets == ()
    assert "90 天内没有到期的目标" in plain_text(said(asked).head)
    assert "最近的到期日是 2023-12-31，还有 305 天。" in plain_text(said(asked).blocks[0])
    assert names(ask(question_service, said(asked).buttons[0].question, today=date(2023, 3, 1))) == names(
        ask(question_service, "快到期的")
    )


def test_behind_the_last_deadline_it_says_so(question_service: QuestionService) -> None:
    asked = question_service.ask("有哪些快到期", memory="", asker=Asker(date(2024, 3, 1)))
    assert "方案写明的期限都已经过了。" in plain_text(said(asked).blocks[0])


def test_how_many_there_are(question_service: QuestionService) -> None:
    assert ask(question_service, "有几个目标快到期").content.count == 25


def test_of_one_target_the_days_are_told(question_service: QuestionService) -> None:
    assert ask(question_service, "5G基站快到期了吗").content.count == 30


def test_what_is_due_soon_and_how_long_that_is_may_be_two_questions_of_one_message(
    question_service: QuestionService,
) -> None:
    said = "交通局快到期的，还有几天"
    for today in (date(2023, 12, 1), date(2023, 3, 1), date(2024, 3, 1)):
        due, left = question_service.ask(said, memory="", asker=Asker(today)).answer.parts
        assert left.content.targets == due.content.targets
    left = question_service.ask(said, memory="", asker=Asker(date(2023, 12, 1))).answer.parts[1]
    assert left.content.count == (30 if left.content.targets else None)


def test_the_turn_before_does_not_narrow_it(question_service: QuestionService) -> None:
    before = question_service.ask("5G基站谁负责", memory="", asker=Asker(TODAY))
    assert len(names(ask(question_service, "有哪些快到期", memory=before.memory))) == 25


def test_the_bound_see_light_and_figure(database: Database, question_service: QuestionService) -> None:
    harness = ReminderHarness(database, question_service, TODAY)
    harness.own("市科经局", BASE_STATION)
    harness.report(SCIENCE, "市科经局", BASE_STATION, 690, date(2023, 11, 30))
    chat = Chat(harness)
    assert "⚪ 灰（未报）" in chat.say(SCIENCE, "我们局快到期的").text
    own = chat.say(SCIENCE, "5.2有哪些快到期").text
    assert " 5.2 5G基站 · 2023-12-31，还有 30 天 · 🟢 绿：690 个，完成 98.6%" in own
    assert "5.2 5G基站" in chat.say(LEADER, "我分管的哪些快到期").text
    visitor = chat.say(510001, "5.2有哪些快到期").text
    assert " 5.2 5G基站 · 2023-12-31，还有 30 天 · 目标 700个以上" in visitor
    assert "690" not in visitor
    assert "我的提醒" in chat.say(SCIENCE, "有哪些快到期").labels
    assert "我的提醒" not in chat.say(510001, "有哪些快到期").labels


def test_a_unit_asks_for_what_is_due_before_a_day(question_service: QuestionService) -> None:
    found = ask(question_service, "交通局12月底前要完成什么", today=date(2023, 3, 1))
    assert names(found)
    assert set(names(found)) < set(names(ask(question_service, "12月底前要完成的有哪些", today=date(2023, 3, 1))))


@pytest.mark.parametrize(
    "question", ["上半年到期的目标有哪些", "国庆前要完成的目标有哪些", "明天到期的目标", "6月底前到期的有哪些"]
)
def test_where_nothing_is_due_the_nearest_day_is_named(question: str, question_service: QuestionService) -> None:
    asked = question_service.ask(question, memory="", asker=Asker(date(2023, 3, 1)))
    assert (asked.answer.outcome, asked.answer.content.targets) == (Outcome.ANSWERED, ())
    assert "最近的到期日是 2023-12-31" in plain_text(said(asked).blocks[0])


@pytest.mark.parametrize(
    ("question", "holds"),
    [("5G基站12月底到期吗", True), ("5G基站是不是12月底到期", True), ("5G基站6月底前要完成吗", False)],
)
def test_of_one_target_it_is_said_whether_it_is_due_then(
    question: str, *, holds: bool, question_service: QuestionService
) -> None:
    assert ask(question_service, question).content.holds is holds


def test_a_day_that_there_is_not_is_asked_about(question_service: QuestionService) -> None:
    asked = question_service.ask("2月30日到期的目标有哪些", memory="", asker=Asker(TODAY))
    assert asked.answer.outcome is Outcome.CLARIFY
    assert "2月30日" in plain_text(said(asked).head)


def test_of_a_target_without_a_deadline_neither_is_said(question_service: QuestionService) -> None:
    asked = question_service.ask("空气质量优良天数率12月底到期吗", memory="", asker=Asker(TODAY))
    assert asked.answer.content.holds is None
    assert "方案未写期限" in plain_text(said(asked).head)
