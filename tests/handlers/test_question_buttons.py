"""The question behind a button is complete: its answer is the same whatever was asked before."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest
from bot_harness import Talk, bot_at_work, press
from long_run import LONG
from reminder_chat import Chat
from reminder_harness import SCIENCE, SUPERVISOR, ReminderHarness
from sqlalchemy.orm import Session

from benchmarks.corpus import cases
from bot.playground.server import Site
from handlers.chat.outgoing import Edit
from handlers.progress.standings import all_progress
from handlers.questions.texts import render
from handlers.services.question_service import AnsweredQuestion, Asker, QuestionService
from handlers.texts.reply import Reply
from knowledge.entities.choice import Choice
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.shipped import find_plans
from knowledge.questions.answer import Outcome, Why
from knowledge.reports.model import UpdateKind
from knowledge.standing.report import Status
from storage.database import Database
from storage.people import add_member
from storage.reports import NewReport, add_report

TODAY = date(2023, 11, 24)
NOW = datetime(2023, 11, 24, 1, tzinfo=UTC)
OF_PROGRESS = (
    ("5G基站进展",),
    ("市交通局进展怎么样",),
    ("哪些任务是红灯", "其中交通局的呢"),
    ("哪些目标进度落后",),
    ("完成率最低的三个目标",),
    ("5.2的口径是什么",),
    ("5G基站为什么是黄灯",),
    ("年底前到期的目标有哪些",),
    ("谁还没报",),
)


EVERY = 1 if LONG else 5
"""Of the corpus, which question is asked of the progress, too."""


def corpus() -> Iterator[tuple[tuple[str, ...], Asker]]:
    return ((tuple(turn.ask for turn in case.turns), case.asker) for case in cases())


def incomplete(question_service: QuestionService, talks: Iterator[tuple[tuple[str, ...], Asker]]) -> list[str]:
    """Each question that is declined with an empty memory, or answered otherwise after the answer that shows it."""
    alone: dict[tuple[str, Asker], AnsweredQuestion] = {}
    found: list[str] = []
    for turns, asker in talks:
        memory = ""
        for turn in turns:
            shown = question_service.ask(turn, memory=memory, asker=asker)
            memory = shown.memory
            for button in (*said(shown).opens.values(), *said(shown).buttons):
                key = button.question, asker
                if button.question.startswith("/") or key in alone:
                    continue
                alone[key] = question_service.ask(button.question, memory="", asker=asker)
                after = question_service.ask(button.question, memory=memory, asker=asker)
                if alone[key].answer.outcome is not Outcome.ANSWERED or said(alone[key]) != said(after):
                    found.append(f"{turn}: {button.question}")
    return found


def said(asked: AnsweredQuestion) -> Reply:
    return render(asked.answer, asked.library)


def test_every_button_in_the_corpus_asks_a_complete_question(question_service: QuestionService) -> None:
    assert incomplete(question_service, corpus()) == []


def test_every_button_under_progress_asks_a_complete_question(
    question_service: QuestionService, database: Database
) -> None:
    with database.write() as session:
        record(session, question_service.library)
    with database.read() as session:
        progress = all_progress(session, question_service.library, today=TODAY, now=NOW)
        seen = Asker(TODAY, "市科经局", progress=progress)
        asked = islice(corpus(), 0, None, EVERY)
        talks = ((turns, seen) for turns in (*OF_PROGRESS, *(turns[:1] for turns, _ in asked)))
        assert incomplete(question_service, talks) == []


@pytest.mark.parametrize(
    ("turns", "wanted"),
    [
        (("市交通局牵头哪些任务", "田镇呢"), "田镇街道牵头哪些任务"),
        (("市交通局有几项任务", "那高新区呢"), "市经济开发区负责几项任务"),
        (("市交通局有哪些目标", "高新区呢"), "市经济开发区有哪些目标"),
        (("5G基站谁负责", "有没有高新区"), "市经济开发区参与5G基站吗"),
        (("市交通局负责哪些任务", "加上田镇"), "市交通局和田镇街道共同负责哪些任务"),
        (("市交通局牵头哪些任务", "其中和高新区一起的"), "市交通局牵头、市经济开发区参与的任务有哪些"),
        (("交通局和商务局比谁的任务多", "换成田镇呢"), "田镇街道负责哪些任务"),
    ],
)
def test_what_a_follow_up_leaves_out_stands_in_the_question_of_its_choice(
    question_service: QuestionService, turns: tuple[str, ...], wanted: str
) -> None:
    asker = Asker(TODAY)
    memory, choices = "", tuple[Choice, ...]()
    for turn in turns:
        asked = question_service.ask(turn, memory=memory, asker=asker)
        memory, choices = asked.memory, asked.answer.choices
    assert choices[0].message == wanted


def record(session: Session, library: Library) -> None:
    """Every other target has been reported twice, and stands at a tenth to nine tenths of its value."""
    author = add_member(session, telegram_id=510001, name="甲", now=NOW)
    for number, (plan, target) in enumerate(library.targets):
        subject = EntryKey(EntryKind.TARGET, target.name, plan, target.task)
        task = library.tasks.get(subject.owner)
        for share, day in ((1, date(2023, 3, 31)), (number % 9 + 1, date(2023, 11, 20))):
            new = NewReport(
                subject=subject,
                unit=task.units[0] if task else "市发改局",
                kind=UpdateKind.READING,
                value=(target.value * share / 10).quantize(Decimal("0.01")),
                said="建成",
                as_of=day,
                author=author,
                status=Status.ACCEPTED,
            )
            if number % 2:
                add_report(session, new, now=NOW - timedelta(days=(TODAY - day).days))


OTHER_PLAN = """
title: {home}行动方案
home: {home}
issued: 2023-01-10
tasks:
  - id: "1.1"
    title: 扩大有效投资
    place: "1"
    units: [{unit}发改局, 县财政局]
"""


async def test_a_button_means_the_plan_of_its_answer_whatever_was_asked_meanwhile(
    site: Site, database: Database, tmp_path: Path
) -> None:
    for name, home, unit in (("river", "临江县", "江"), ("lake", "临湖县", "湖")):
        (tmp_path / f"{name}.yaml").write_text(OTHER_PLAN.format(home=home, unit=unit), encoding="utf-8")
    several = QuestionService(Library(find_plans(str(tmp_path))))
    with site.world.feed.listening() as events:
        async with bot_at_work(site, database, several):
            talk = Talk(site, events)
            river = await talk.ask("临江县有哪些任务")
            await talk.ask("临湖县有哪些任务")
            assert "江发改局" in (await press(talk, river, "1.1 详情"))["text"]


def test_another_page_of_a_history_stands_in_its_place(database: Database, question_service: QuestionService) -> None:
    chat = Chat(ReminderHarness(database, question_service, TODAY))
    for value in range(610, 617):
        chat.harness.report(SCIENCE, "市科经局", ("5.2", "5G基站"), value, TODAY)
    first = chat.say(SUPERVISOR, "/history 5G基站")
    second = chat.tap(SUPERVISOR, first, "下一页")
    assert "616 个" in first.text
    assert "610 个" in second.text
    assert isinstance(second.calls[-1], Edit)
    third = chat.tap(SUPERVISOR, second, "上一页")
    assert (isinstance(third.calls[-1], Edit), third.text) == (True, first.text)


def test_a_button_on_a_later_page_is_what_its_label_says(database: Database, question_service: QuestionService) -> None:
    """Between the first page and the next another target has fallen behind most."""
    chat = Chat(ReminderHarness(database, question_service, TODAY))
    with database.write() as session:
        record(session, question_service.library)
    first = chat.say(SUPERVISOR, "方案进展怎么样")
    for target in (target for _, target in question_service.library.targets if first.labels[0] == f"1 {target.name}"):
        chat.harness.report(SCIENCE, "市科经局", (target.task, target.name), int(target.value), TODAY)
    second = chat.tap(SUPERVISOR, first, "下一页")
    number, name = second.labels[0].split()
    assert (number, name in first.text) == ("7", False)
    assert name in chat.tap(SUPERVISOR, second, second.labels[0]).text


@pytest.mark.parametrize("name", ["项目中心", "重点办", "城投集团", "田镇"])
def test_what_no_unit_so_called_could_be_asked_offers_their_duties(
    question_service: QuestionService, name: str
) -> None:
    answer = question_service.ask(
        f"{name}老韩。礼拜二那个碰头,没动静的项目还要填不", memory="", asker=Asker(TODAY)
    ).answer
    assert answer.choices
    assert all(choice.label.endswith("的任务") for choice in answer.choices)
    assert (answer.why is Why.NO_SUCH_UNIT) == (len(answer.choices) == 1)
