"""有哪些快到期: what the words ask for, and what is answered to whom."""

from datetime import date

import pytest
from remindchat import Chat
from remindhouse import BASE_STATION, LEADER, SCIENCE, RemindHouse

from handlers.ask import AskDesk, Asker
from knowledge.answer import Answer
from knowledge.due_soon import SOON, due_soon
from knowledge.text import clean
from storage.database import Database

TODAY = date(2023, 12, 1)

DAYS = {
    "有哪些快到期": SOON,
    "快到期的目标": SOON,
    "快要到期了": SOON,
    "即将到期的目标": SOON,
    "最近到期的有哪些": SOON,
    "近期到期的": SOON,
    "临近到期的目标": SOON,
    "哪些目标快过期了": SOON,
    "30天内到期": 30,
    "三十天之内到期的目标": 30,
    "未来两周到期的": 14,
    "近3个月到期的": 90,
    "三个月内到期": 90,
    "半年内到期的目标": 182,
    "一周内要到期的": 7,
    "本月到期的目标": 30,
    "这周到期的": 2,
    "本季度内到期": 30,
}
OTHERS = (
    "5G基站什么时候到期",
    "5G基站还有多少天到期",
    "年底到期的目标有哪些",
    "2023年底到期的目标",
    "哪些目标没写期限",
    "截至6月30日5G基站进展",
    "9999天内到期",
    "有期限的目标",
)


@pytest.mark.parametrize(("text", "days"), DAYS.items())
def test_the_words_say_within_how_many_days(text: str, days: int) -> None:
    found = due_soon(clean(text), TODAY)
    assert found is not None
    assert found.days == days


@pytest.mark.parametrize("text", OTHERS)
def test_other_questions_are_left_alone(text: str) -> None:
    assert due_soon(clean(text), TODAY) is None


def ask(desk: AskDesk, question: str, *, today: date = TODAY, unit: str | None = None, memory: str = "") -> Answer:
    return desk.ask(question, memory=memory, asker=Asker(today, unit)).answer


def names(answer: Answer) -> list[str]:
    return [f"{one.task} {one.name}" for one in answer.content.targets or ()]


def test_a_visitor_gets_the_plans_deadlines_in_order(desk: AskDesk) -> None:
    found = ask(desk, "有哪些快到期")
    assert len(names(found)) == 25
    assert all(one.deadline == date(2023, 12, 31) for one in found.content.targets or ())
    assert found.standings is None


def test_the_own_units_come_first(desk: AskDesk) -> None:
    found = ask(desk, "30天内到期的目标", unit="市交通局")
    assert sorted(names(found)) == sorted(names(ask(desk, "30天内到期的目标")))
    own = names(ask(desk, "我们局快到期的", unit="市交通局"))
    assert names(found)[: len(own)] == own


def test_when_nothing_is_due_so_soon_the_next_day_is_named(desk: AskDesk) -> None:
    asked = desk.ask("有哪些快到期", memory="", asker=Asker(date(2023, 3, 1)))
    assert asked.answer.content.targets == ()
    assert "90 天内没有到期的目标" in asked.reply.head
    assert "最近的到期日是 2023-12-31，还有 305 天。" in asked.reply.blocks[0]
    assert names(ask(desk, asked.reply.buttons[0].question, today=date(2023, 3, 1))) == names(ask(desk, "快到期的"))


def test_behind_the_last_deadline_it_says_so(desk: AskDesk) -> None:
    asked = desk.ask("有哪些快到期", memory="", asker=Asker(date(2024, 3, 1)))
    assert "方案写明的期限都已经过了。" in asked.reply.blocks[0]


def test_how_many_there_are(desk: AskDesk) -> None:
    assert ask(desk, "有几个目标快到期").content.count == 25


def test_of_one_target_the_days_are_told(desk: AskDesk) -> None:
    assert ask(desk, "5G基站快到期了吗").content.count == 30


def test_what_is_due_soon_and_how_long_that_is_may_be_two_questions_of_one_message(desk: AskDesk) -> None:
    said = "交通局快到期的，还有几天"
    for today in (date(2023, 12, 1), date(2023, 3, 1), date(2024, 3, 1)):
        due, left = desk.ask(said, memory="", asker=Asker(today)).answer.parts
        assert left.content.targets == due.content.targets
    left = desk.ask(said, memory="", asker=Asker(date(2023, 12, 1))).answer.parts[1]
    assert left.content.count == (30 if left.content.targets else None)


def test_the_turn_before_does_not_narrow_it(desk: AskDesk) -> None:
    before = desk.ask("5G基站谁负责", memory="", asker=Asker(TODAY))
    assert len(names(ask(desk, "有哪些快到期", memory=before.memory))) == 25


def test_the_bound_see_light_and_figure(database: Database, desk: AskDesk) -> None:
    house = RemindHouse(database, desk, TODAY)
    house.own("市科经局", BASE_STATION)
    house.report(SCIENCE, "市科经局", BASE_STATION, 690, date(2023, 11, 30))
    chat = Chat(house)
    assert "⚪ 灰（未报）" in chat.say(SCIENCE, "我们局快到期的").text
    own = chat.say(SCIENCE, "5.2有哪些快到期").text
    assert " 5.2 5G基站 · 2023-12-31，还有 30 天 · 🟢 绿：690 个，完成 98.6%" in own
    assert "5.2 5G基站" in chat.say(LEADER, "我分管的哪些快到期").text
    visitor = chat.say(510001, "5.2有哪些快到期").text
    assert " 5.2 5G基站 · 2023-12-31，还有 30 天 · 目标 700个以上" in visitor
    assert "690" not in visitor
    assert "我的提醒" in chat.say(SCIENCE, "有哪些快到期").labels
    assert "我的提醒" not in chat.say(510001, "有哪些快到期").labels
