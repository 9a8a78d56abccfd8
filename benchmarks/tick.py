"""What a look at the schedule costs with a thousand and with a million rows that are due later."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import insert, text

from benchmarks.databases import databases
from benchmarks.measure import Times, wall
from handlers.access.service import Service
from handlers.chat.context import Me, Services
from handlers.schedule.tick import tick
from handlers.services.alias_overlay import AliasOverlay
from handlers.services.clock import PlanClock
from handlers.services.invite_codes import Codes
from handlers.services.question_service import QuestionService, open_question_service
from handlers.services.rate_limit import Limiter
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.schedule import ScheduledRule, ScheduleRow, put_rows

FEW, MANY = 1_000, 1_000_000
LOOKS, OCCASIONS = 300, 100
BATCH = 20_000
NOW = datetime(2023, 3, 1, 1, tzinfo=UTC)


def main() -> None:
    question_service = open_question_service()
    for name, urls in databases(2):
        few, many = map(_open, urls)
        try:
            _fill(few, FEW)
            _fill(many, MANY)
            print(f"{name}   (aim: within a factor of 2)")
            _compare("nothing due", few, many, _look(_house(question_service)), LOOKS)
            _compare("one row due", few, many, _occasion(_house(question_service)), OCCASIONS)
        finally:
            few.close()
            many.close()


def _open(url: str) -> Database:
    migrate(url)
    return open_database(url)


def _compare(what: str, few: Database, many: Database, look: Callable[[Database], None], times: int) -> None:
    """The two in turn, so that both meet the same machine."""
    took: dict[int, list[float]] = {FEW: [], MANY: []}
    for _ in range(times):
        for rows, database in ((FEW, few), (MANY, many)):
            took[rows] += wall(partial(_ignoring, look, database), [""]).each
    found = {rows: Times(tuple(each)) for rows, each in took.items()}
    for rows, each in found.items():
        print(f"{rows:>9,} rows, {what}   {each}")
    print(f"{what}: {found[MANY].median / found[FEW].median:.2f} times")


def _house(question_service: QuestionService) -> Services:
    clock = PlanClock(machine=lambda: NOW)
    return Services(
        aliases=AliasOverlay(question_service),
        me=Me(id=1, username="duban_bot", link="https://t.me/duban_bot", reads_all=False),
        clock=clock,
        limiter=Limiter(600),
        service=Service(internal=True),
        codes=Codes("1:token"),
    )


def _ignoring(look: Callable[[Database], None], database: Database, _: str) -> None:
    look(database)


def _look(services: Services) -> Callable[[Database], None]:
    def look(database: Database) -> None:
        with database.write() as session:
            tick(session, services, now=NOW)

    return look


def _occasion(services: Services) -> Callable[[Database], None]:
    """Each tick has one row to expand and to move on."""
    plan = services.question_service.library.plans[0].name

    def look(database: Database) -> None:
        with database.write() as session:
            put_rows(
                session, [ScheduledRule(plan=plan, rule="unowned", subject="", next_due=NOW, occurrence="2023-03-01")]
            )
        with database.write() as session:
            tick(session, services, now=NOW)

    return look


def _fill(database: Database, rows: int) -> None:
    """As many rows as said, the first of them due tomorrow."""
    with database.write() as session:
        session.execute(text("DELETE FROM schedule"))
        for first in range(0, rows, BATCH):
            session.execute(
                insert(ScheduleRow),
                [
                    {
                        "plan": f"plan-{number % 200}",
                        "rule": "deadline",
                        "subject": f"1.1/{number}",
                        "next_due": NOW + timedelta(days=1, seconds=number),
                        "occurrence": "2023-12-31-30",
                    }
                    for number in range(first, min(first + BATCH, rows))
                ],
            )


if __name__ == "__main__":
    main()
