"""How long a question takes that shows standings, with 100,000 reports stored: from its text to its reply.

`read` is what a start does once, beside its other work: all reports into the plan's picture. After that, `first` is
the first time that a question is asked, `reported` the first time after a report on 5G基站, `new day` the first time on
the next day, and the median is of the times while nobody reports. All reports are of the shipped plan, the hardest
case: some 1,600 for each target, from every responsible unit in turn.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import insert

from benchmarks.databases import databases
from benchmarks.measure import Times, wall
from handlers.progress.pictures import read_ahead
from handlers.progress.standings import all_progress
from handlers.services.question_service import Asker, QuestionService, open_question_service
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKey, EntryKind, TaskKey
from knowledge.reports.model import UpdateKind
from knowledge.standing.periods import DEFAULT_DUE_DAYS, month_label
from knowledge.standing.report import Status
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.people import add_member
from storage.report_row import ReportRow
from storage.reports import NewReport, add_report
from storage.versions import has_changed

REPORTS = 100_000
ROUNDS = 30
FIRST, TODAY = date(2022, 1, 1), date(2023, 11, 24)
NOW = datetime(2023, 11, 24, 1, tzinfo=UTC)
STATION = EntryKey(EntryKind.TARGET, "5G基站", "wuxue-2021-26", "5.2")
TOMORROW = TODAY + timedelta(days=1)
LIMIT = 300
"""Milliseconds that a question may take, whatever happened before it, once the reports have been read."""
QUESTIONS = (
    "5G基站进展",
    "5G基站目标是多少",
    "截至6月30日5G基站进展",
    "5.2进展",
    "市科经局进展怎么样",
    "哪些任务是红灯",
    "谁还没报",
)


def main() -> None:
    question_service = open_question_service()
    for name, (url,) in databases():
        _measure(name, url, question_service)


def _measure(name: str, url: str, question_service: QuestionService) -> None:
    migrate(url)
    database = open_database(url)
    try:
        _fill(database, question_service.library)
        read = _read(database, question_service)
        print(f"{name}, {REPORTS:,} reports   read {read:.0f} ms   (aim: a median of 20, the others below {LIMIT})")
        for question in QUESTIONS:
            first, *rest = _ask(database, question_service, question, TODAY, ROUNDS).each
            _report(database)
            reported = _ask(database, question_service, question, TODAY, 1).each[0]
            new_day = _ask(database, question_service, question, TOMORROW, 1).each[0]
            once = f"first {first:8.3f}   reported {reported:8.3f}   new day {new_day:8.3f} ms"
            print(f"{question:<16}{Times(tuple(rest))}   {once}")
    finally:
        database.close()


def _read(database: Database, question_service: QuestionService) -> float:
    def once(_: str) -> None:
        with database.read() as session:
            read_ahead(session, question_service.library, TODAY, DEFAULT_DUE_DAYS)

    return wall(once, [""]).each[0]


def _ask(database: Database, question_service: QuestionService, question: str, today: date, rounds: int) -> Times:
    def once(said: str) -> None:
        with database.read() as session:
            progress = all_progress(session, question_service.library, today=today, now=NOW)
            question_service.ask(said, memory="", asker=Asker(today, progress=progress))

    return wall(once, [question] * rounds)


def _report(database: Database) -> None:
    with database.write() as session:
        new = NewReport(
            subject=STATION,
            unit="市科经局",
            kind=UpdateKind.READING,
            value=Decimal(620),
            said="620个",
            as_of=TODAY,
            author=1,
            status=Status.ACCEPTED,
        )
        add_report(session, new, now=NOW)


def _fill(database: Database, library: Library) -> None:
    """Readings that grow evenly, each unit's in turn, spread over the plan's days."""
    targets = [(plan, target) for plan, target in library.targets if (plan, target.task) in library.tasks]
    days = (TODAY - FIRST).days
    with database.write() as session:
        author = add_member(session, telegram_id=1, name="甲", now=NOW)
        rows = []
        for number in range(REPORTS):
            plan, target = targets[number % len(targets)]
            units = library.tasks[TaskKey(plan, target.task)].units
            turn = number // len(targets)
            day = FIRST + timedelta(days=turn * days * len(targets) // REPORTS)
            rows.append(
                {
                    "plan": plan,
                    "task": target.task,
                    "subject": EntryKind.TARGET,
                    "name": target.name,
                    "unit": units[turn % len(units)],
                    "kind": UpdateKind.READING,
                    "value": Decimal(turn),
                    "measure": None,
                    "approx": False,
                    "state": None,
                    "note": "",
                    "said": "建成",
                    "as_of": day,
                    "for_period": month_label(day),
                    "received_at": NOW - (TODAY - day),
                    "author_id": author,
                    "status": Status.ACCEPTED,
                    "accepted_at": NOW - (TODAY - day),
                }
            )
        session.execute(insert(ReportRow), rows)
        has_changed(session, [(plan, target.task, target.name) for plan, target in targets])


if __name__ == "__main__":
    main()
