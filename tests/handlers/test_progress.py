"""What is asked of progress is answered from the record: to those who may see it, as of any day, in few statements."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from sql_statements import statements
from sqlalchemy.orm import Session

from handlers.access.service import Service
from handlers.chat.actor import load_actor
from handlers.progress.pictures import read_ahead
from handlers.progress.standings import StoredProgress, all_progress, charge_of
from handlers.questions.texts import render
from handlers.services.question_service import AnsweredQuestion, Asker, QuestionService
from handlers.texts.marks import plain
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Card
from knowledge.reports.model import UpdateKind
from knowledge.standing.periods import DEFAULT_DUE_DAYS
from knowledge.standing.report import Status
from storage.cards import CardField, cards_of, set_field
from storage.database import Database
from storage.people import Account, Grant, Role, add_member, give
from storage.plan_settings import PlanPeriod, period_of, set_period
from storage.report_status import check, end
from storage.reports import NewReport, add_report

pytestmark = pytest.mark.both

PLAN = "wuxue-2021-26"
TODAY = date(2023, 11, 24)
NOW = datetime(2023, 11, 24, 1, tzinfo=UTC)
STATION = EntryKey(EntryKind.TARGET, "5G基站", PLAN, "5.2")
HIGH_TECH = EntryKey(EntryKind.TARGET, "新增高新技术企业", PLAN, "1.1")


@pytest.fixture
def author(database: Database) -> int:
    with database.write() as session:
        return add_member(session, telegram_id=510001, name="甲", now=NOW)


def report(session: Session, author: int, subject: EntryKey, value: int, day: date, unit: str = "市科经局") -> int:
    new = NewReport(
        subject=subject,
        unit=unit,
        kind=UpdateKind.READING,
        value=Decimal(value),
        said="建成",
        as_of=day,
        author=author,
        status=Status.ACCEPTED,
    )
    return add_report(session, new, now=NOW - timedelta(days=(TODAY - day).days))


@pytest.fixture
def recorded(database: Database, author: int) -> Database:
    """590 on 31 October, 620 on 24 November; 28 high-tech companies on 24 November, which is green."""
    with database.write() as session:
        report(session, author, STATION, 590, date(2023, 10, 31))
        report(session, author, STATION, 620, TODAY)
        report(session, author, HIGH_TECH, 29, date(2023, 11, 20))
    return database


def ask(
    database: Database, question_service: QuestionService, *turns: str, unit: str | None = None
) -> AnsweredQuestion:
    memory, asked = "", None
    with database.read() as session:
        progress = all_progress(session, question_service.library, today=TODAY, now=NOW)
        for turn in turns:
            asked = question_service.ask(turn, memory=memory, asker=Asker(TODAY, unit, progress=progress))
            memory = asked.memory
    assert asked is not None
    return asked


def text(asked: AnsweredQuestion) -> str:
    return plain(render(asked.answer, asked.library))


def names(asked: AnsweredQuestion) -> list[str]:
    return [one.subject.name for one in asked.answer.standings or ()]


def test_progress_is_the_figure_its_share_light_unit_and_day_beside_the_plan(
    recorded: Database, question_service: QuestionService
) -> None:
    head, *rest = text(ask(recorded, question_service, "5G基站怎么样了")).splitlines()
    assert head == "🟡 黄：620 个，完成 88.6%，比序时进度（94.9%）慢 6.4 个百分点"
    assert "填报 620 个（市科经局，11月24日）；核实 —" in rest
    assert any(line.startswith("方案 700个以上，2023-12-31") for line in rest)


def test_what_is_missing_is_said_first(recorded: Database, question_service: QuestionService) -> None:
    for turns in (("5G基站还差多少",), ("5G基站进展", "还差几个"), ("5G基站离目标还有多大差距",)):
        head = text(ask(recorded, question_service, *turns)).splitlines()[0]
        assert head == "还差 80 个；🟡 黄：620 个，完成 88.6%，比序时进度（94.9%）慢 6.4 个百分点", turns
    assert text(ask(recorded, question_service, "数字校园覆盖率还差多少")).startswith("⚪ 灰（未报）：还没有可用的数")


def test_a_rate_is_short_of_points_and_what_is_reached_of_nothing(
    recorded: Database, question_service: QuestionService, author: int
) -> None:
    campus = EntryKey(EntryKind.TARGET, "数字校园覆盖率", PLAN, "5.2")
    with recorded.write() as session:
        report(session, author, campus, 94, TODAY)
        report(session, author, STATION, 700, TODAY)
    assert text(ask(recorded, question_service, "数字校园覆盖率还差多少")).startswith("还差 6 个百分点；")
    assert text(ask(recorded, question_service, "5G基站还差多少")).startswith(
        "已达到目标，不差；🟦 自报完成待核：700 个"
    )


def test_whether_the_pace_is_kept_is_said_first(recorded: Database, question_service: QuestionService) -> None:
    assert text(ask(recorded, question_service, "5G基站序时达没达")).startswith("未达到序时进度；🟡 黄：620 个")
    assert text(ask(recorded, question_service, "新增高新技术企业序时达没达")).startswith("达到序时进度；🟢 绿：29")
    assert text(ask(recorded, question_service, "数字校园覆盖率序时达没达")).startswith("⚪ 灰（未报）：还没有可用的数")


def test_an_answer_of_the_plan_shows_it_too(recorded: Database, question_service: QuestionService) -> None:
    for question in ("5G基站目标是多少", "5G基站谁负责", "5.2讲什么", "市科经局负责哪些任务", "第五部分有哪些任务"):
        asked = ask(recorded, question_service, question)
        assert "5G基站" in names(asked), question
        assert "🟡 黄" in text(asked), question


def test_without_records_progress_is_declined_as_ever(question_service: QuestionService) -> None:
    for question in ("5G基站进展", "哪些任务是红灯", "谁还没报", "这个月谁报了什么", "完成率最低的三个目标"):
        asked = question_service.ask(question, memory="", asker=Asker(TODAY))
        assert asked.answer.outcome.value == "declined"
        assert asked.answer.standings is None
        assert text(asked).startswith("还没有可以公开的进展记录。")


def test_a_past_day_is_told_as_it_was(recorded: Database, question_service: QuestionService) -> None:
    for turns in (("截至10月31日5G基站进展",), ("5G基站进展", "截至10月31日呢"), ("上月底的5G基站进展",)):
        assert "590 个" in text(ask(recorded, question_service, *turns))
        assert "620" not in text(ask(recorded, question_service, *turns))


def test_lights_rankings_and_delays_list_what_they_say(recorded: Database, question_service: QuestionService) -> None:
    assert names(ask(recorded, question_service, "哪些目标是黄灯")) == ["5G基站"]
    assert names(ask(recorded, question_service, "哪些目标是绿灯")) == ["新增高新技术企业"]
    assert ask(recorded, question_service, "哪些任务是黄灯").answer.content.tasks == ("5.2",)
    assert names(ask(recorded, question_service, "完成率最低的目标")) == ["5G基站"]
    assert names(ask(recorded, question_service, "完成率最高的目标")) == ["新增高新技术企业"]
    assert names(ask(recorded, question_service, "哪些目标进度落后")) == ["5G基站"]
    nothing = text(ask(recorded, question_service, "哪些目标是红灯")).splitlines()
    assert nothing == ["没有亮红灯的目标", "另有 53 个目标还没有数 ▸", "各单位填报，截至 11月24日"]
    assert text(ask(recorded, question_service, "哪些任务是红灯")).startswith("没有亮红灯的任务")
    assert text(ask(recorded, question_service, "市交通局哪些任务是红灯")).startswith("市交通局：没有亮红灯的任务")
    assert text(ask(recorded, question_service, "哪些任务是黄灯")).startswith("🟡 黄的任务共 1 项，已全部列出")


def test_a_list_question_is_not_bent_to_what_was_spoken_of(
    recorded: Database, question_service: QuestionService
) -> None:
    assert names(ask(recorded, question_service, "5G基站进展", "哪些目标是绿灯")) == ["新增高新技术企业"]
    assert "市交通局" in text(ask(recorded, question_service, "5G基站谁负责", "交通局进展怎么样")).splitlines()[0]
    assert names(ask(recorded, question_service, "5G基站目标是多少", "进展呢")) == ["5G基站"]


def test_who_reported_what_and_who_did_not(recorded: Database, question_service: QuestionService, author: int) -> None:
    said = text(ask(recorded, question_service, "这个月谁报了什么"))
    assert said.splitlines()[0] == "11月1日至11月24日共 2 条填报，来自 1 家单位"
    assert "5.2 5G基站 · 620 个（市科经局，11月24日）" in said
    assert "590" not in said
    assert "5.2 5G基站 · 590 个（市科经局，10月31日）" in text(ask(recorded, question_service, "上个月谁报了什么"))
    silent = ask(recorded, question_service, "这个月哪些目标没报")
    nothing = ["没有应报的项", "另有 55 个目标主责待办公室确认，不算单位未报", "只算主责已确认的，截至 11月24日"]
    assert text(silent).splitlines() == nothing
    with recorded.write() as session:
        for name, unit in (("5G基站", "市科经局"), ("数字校园覆盖率", "市政数局")):
            target = next(target for _, target in question_service.library.targets if target.name == name)
            set_field(session, PLAN, target, CardField.OWNER, Card(owner=unit), by=author, now=NOW, today=TODAY)
    silent = ask(recorded, question_service, "这个月哪些目标没报")
    assert names(silent) == ["数字校园覆盖率"]
    assert text(silent).splitlines() == [
        "11月未报 1 家、1 项（截至 11月24日，25 日截止）",
        "5.2 数字校园覆盖率 · 市政数局 · 目标 100%以上 · 从未报过 · 11月25日截止",
        "另有 53 个目标主责待办公室确认，不算单位未报",
        "只算主责已确认的",
    ]


def test_a_light_says_why_and_the_card_what_is_counted(recorded: Database, question_service: QuestionService) -> None:
    assert "落后超过 5 个" in text(ask(recorded, question_service, "5G基站进展", "为什么是黄灯"))
    assert text(ask(recorded, question_service, "5G基站的口径是什么")).startswith("5G基站的口径：待办公室确认")


def test_the_offices_card_counts_at_once(recorded: Database, question_service: QuestionService, author: int) -> None:
    target = next(target for _, target in question_service.library.targets if target.name == "5G基站")
    with recorded.write() as session:
        set_field(session, PLAN, target, CardField.OWNER, Card(owner="市政数局"), by=author, now=NOW, today=TODAY)
    asked = ask(recorded, question_service, "5G基站进展")
    assert asked.answer.standings is not None
    assert asked.answer.standings[0].owner == "市政数局"
    assert "主责单位：市政数局" in text(ask(recorded, question_service, "5G基站的口径是什么"))


def test_what_another_unit_is_confirmed_for_counts_for_that_one(
    recorded: Database, question_service: QuestionService, author: int
) -> None:
    target = next(one for plan, one in question_service.library.targets if (plan, one.name) == (PLAN, "5G基站"))
    with recorded.write() as session:
        report(session, author, STATION, 620, TODAY, unit="市政数局")
        set_field(session, PLAN, target, CardField.OWNER, Card(owner="市政数局"), by=author, now=NOW, today=TODAY)

    def counted(said: str) -> bool:
        found = ask(recorded, question_service, said).answer.standings or ()
        return STATION in [one.subject for one in found]

    assert not any(map(counted, ("市科经局完成得怎么样", "市科经局的黄灯", "市科经局和市交通局完成得怎么样")))
    assert all(map(counted, ("市科经局和市政数局完成得怎么样", "5.2完成得怎么样")))


def test_a_leader_asks_for_what_they_are_in_charge_of(
    recorded: Database, question_service: QuestionService, author: int
) -> None:
    with recorded.write() as session:
        give(session, author, [Grant(Role.LEADER, PLAN, section=5)], now=NOW)
        actor = load_actor(session, Account(author, locked=False), today=TODAY, service=Service(internal=True))
        charge = charge_of(actor, question_service.library)
        progress = all_progress(session, question_service.library, today=TODAY, now=NOW)
        asked = question_service.ask("我分管的", memory="", asker=Asker(TODAY, None, charge, progress))
    assert charge == ("5.1", "5.2", "5.3")
    assert text(asked).startswith("分管的 3 项任务：🟡 黄 1")


def visitor(database: Database, question_service: QuestionService, question: str) -> AnsweredQuestion:
    """One who sees what somebody stands for, and nothing else."""
    with database.read() as session:
        progress = StoredProgress(
            session=session,
            cards=partial(cards_of, session),
            period=partial(period_of, session),
            library=question_service.library,
            whole=frozenset(),
            published=frozenset({PLAN}),
            today=TODAY,
            now=NOW,
        )
        return question_service.ask(question, memory="", asker=Asker(TODAY, progress=progress))


def test_visitors_see_only_what_somebody_else_stands_for(
    recorded: Database, question_service: QuestionService, author: int
) -> None:
    assert "620" not in text(visitor(recorded, question_service, "5G基站进展"))
    with recorded.write() as session:
        check(session, [2], by=author, now=NOW)
    assert "核实 620 个" in text(visitor(recorded, question_service, "5G基站进展"))


def test_a_visitor_is_never_told_that_nothing_was_reported(
    recorded: Database, question_service: QuestionService
) -> None:
    for question in ("5G基站进展", "5G基站为什么是黄灯", "5G基站还差多少", "交通局进展怎么样"):
        asked = visitor(recorded, question_service, question)
        assert asked.answer.standings == ()
        assert "没有已发布的数" in text(asked), question
        assert "报过" not in text(asked)
        assert "灰" not in text(asked)


def test_a_visitor_gets_no_list_of_who_reported_or_of_lights(
    recorded: Database, question_service: QuestionService, author: int
) -> None:
    with recorded.write() as session:
        check(session, [2], by=author, now=NOW)
    for question in ("谁还没报", "这个月谁报了什么", "哪些任务是红灯", "哪些目标进度落后", "完成率最低的三个目标"):
        asked = visitor(recorded, question_service, question)
        assert asked.answer.outcome.value == "declined", question
        assert asked.answer.standings == ()
        assert text(asked).startswith("还没有可以公开的进展记录。")


def test_a_plan_answer_shows_a_visitor_published_figures_only(
    recorded: Database, question_service: QuestionService, author: int
) -> None:
    for question in ("5G基站目标是多少", "市科经局负责哪些任务"):
        assert "灰" not in text(visitor(recorded, question_service, question)), question
    with recorded.write() as session:
        check(session, [2], by=author, now=NOW)
    assert names(visitor(recorded, question_service, "市科经局负责哪些任务")) == ["5G基站"]
    assert "灰" not in text(visitor(recorded, question_service, "市科经局负责哪些任务"))


@pytest.mark.parametrize(
    ("question", "again"),
    [
        ("5G基站进展", 3),
        ("交通局进展怎么样", 3),
        ("哪些任务是红灯", 3),
        ("整个方案进展如何", 3),
        ("市交通局负责哪些任务", 3),
        ("谁还没报", 3),
    ],
)
def test_a_question_costs_few_statements_whatever_it_is_about(
    recorded: Database, question_service: QuestionService, question: str, again: int
) -> None:
    """The cards, the plan's period, what has changed, and the reports of that: the first time one more."""
    with statements() as first:
        ask(recorded, question_service, question)
    with statements() as second:
        ask(recorded, question_service, question)
    assert (len(first.selects), len(second.selects)) == (again + 1, again)


def test_what_a_start_reads_ahead_is_not_read_again(recorded: Database, question_service: QuestionService) -> None:
    with recorded.read() as session:
        read_ahead(session, question_service.library, TODAY, DEFAULT_DUE_DAYS)
    with statements() as asked:
        ask(recorded, question_service, "截至10月31日5G基站进展")
    assert not any("FROM reports" in one for one in asked.selects)


def test_what_is_remembered_never_outlives_a_report(
    recorded: Database, question_service: QuestionService, author: int
) -> None:
    assert "620 个" in text(ask(recorded, question_service, "5G基站进展"))

    def undone() -> None:
        with recorded.write() as session:
            report(session, author, STATION, 111, TODAY)
            progress = all_progress(session, question_service.library, today=TODAY, now=NOW)
            asked = question_service.ask("5G基站进展", memory="", asker=Asker(TODAY, progress=progress))
            assert "111 个" in text(asked)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert "620 个" in text(ask(recorded, question_service, "5G基站进展"))
    with recorded.write() as session:
        number = report(session, author, STATION, 640, TODAY)
    assert "640 个" in text(ask(recorded, question_service, "5G基站进展"))
    with recorded.write() as session:
        end(session, number, Status.WITHDRAWN, by=author, now=NOW)
    assert "620 个" in text(ask(recorded, question_service, "5G基站进展"))


def test_the_offices_period_counts_at_once_for_what_has_no_written_deadline(
    recorded: Database, question_service: QuestionService, author: int
) -> None:
    assert "默认" not in text(ask(recorded, question_service, "5G基站进展"))
    assert "2023-12-31（方案未写期限，默认按方案期）" in text(ask(recorded, question_service, "新增高新技术企业进展"))
    with recorded.write() as session:
        set_period(session, PLAN, PlanPeriod(date(2021, 12, 31), date(2025, 12, 31)), by=author, now=NOW)
    assert "2025-12-31（方案未写期限，默认按方案期）" in text(ask(recorded, question_service, "新增高新技术企业进展"))
    assert "方案 700个以上，2023-12-31" in text(ask(recorded, question_service, "5G基站进展"))
    with recorded.write() as session:
        set_period(session, PLAN, None, by=author, now=NOW)
    assert "2023-12-31（方案未写期限，默认按方案期）" in text(ask(recorded, question_service, "新增高新技术企业进展"))


def test_the_day_that_the_office_lets_the_plan_begin_moves_what_is_due_by_now(
    recorded: Database, question_service: QuestionService, author: int
) -> None:
    with recorded.write() as session:
        set_period(session, PLAN, PlanPeriod(date(2022, 12, 31), date(2023, 12, 31)), by=author, now=NOW)
    assert "比序时进度（89.9%）慢 1.3 个百分点" in text(ask(recorded, question_service, "5G基站怎么样了"))


@pytest.mark.usefixtures("recorded")
def test_the_shell_writes_standings_by_the_contract(database_url: str) -> None:
    line = json.dumps({"id": "q", "today": "2023-11-24", "turns": ["5G基站进展", "充电桩要建多少"]}, ensure_ascii=False)
    found = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--jsonl", "--database", database_url],
        input=line,
        capture_output=True,
        text=True,
        check=True,
    )
    shown, declined = json.loads(found.stdout)["answers"]
    assert shown["standings"] == [
        {
            "task": "5.2",
            "target": "5G基站",
            "value": 620,
            "unit": "个",
            "share": 88.6,
            "expected": 94.9,
            "light": "amber",
            "as_of": "2023-11-24",
            "by": "市科经局",
            "checked": False,
        }
    ]
    assert declined["standings"] == []
