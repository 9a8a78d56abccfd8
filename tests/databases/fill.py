"""Makes the files of a version from its own code, `PYTHONPATH=tests/support:tests:. python -m databases.fill`.

A day in an office, cut off in the middle: an open draft, an open question of the bot's, messages that wait, updates
that are not answered, and an answer that is 29 days old.
"""

import asyncio
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from bot_harness import Door, Talk, bot_at_work, press
from office_harness import INTERNAL, OFFICE, SCIENCE, SUPERVISOR
from sqlalchemy import make_url, select, text, update

from bot.playground.bindings import seed_people
from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.services.clock import PlanClock
from handlers.services.question_service import QuestionService, open_question_service
from storage import claims, inbox
from storage.base import Base
from storage.database import Database, open_database
from storage.dialogs import TurnRow
from storage.inbox import InboxRow, InboxState
from storage.migrate import migrate
from storage.outbox import Letter, OutboxKind, enqueue_all
from storage.people import find_member

PLAN = "wuxue-2021-26"
DAY, NOON = date(2023, 3, 31), time(12)
VISITOR, TRAFFIC = 510001, 510002
TOKEN = "made-up-for-a-test-0000000000"  # noqa: S105
SCHEMA = "duban_release"


def noon() -> PlanClock:
    clock = PlanClock()
    clock.shift_to_time(DAY, NOON)
    return clock


async def fill(site: Site, database: Database, question_service: QuestionService) -> None:
    with database.write() as session:
        seed_people(session, site.world.cast.people.values(), plan=PLAN, now=datetime.now(UTC))
    door = Door()
    with site.world.feed.listening() as events:

        def talk(person: int) -> Talk:
            return Talk(site, events, person=person, chat=person)

        async with (
            door.before(site) as server,
            bot_at_work(site, database, question_service, service=INTERNAL, clock=noon(), server=server),
        ):
            await talk(VISITOR).ask("市交通局负责哪些任务")
            await press(talk(SCIENCE), await talk(SCIENCE).ask("5G基站建成590个，截至2月28日"), "确认")
            await talk(SCIENCE).ask("5G基站建成620个")
            await talk(OFFICE).ask("/announce")
            door.deaf.add("sendMessage")
            talk(SUPERVISOR).say("5G基站谁负责")
            await _worked_out(database, SUPERVISOR)
    talk(TRAFFIC).say("长江大保护谁牵头")
    _receive(site, database)
    _age_the_first_answer(database)
    _leave_letters(database)


async def _worked_out(database: Database, chat: int) -> None:
    """An answer to this chat is stored, and cannot be sent."""
    async with asyncio.timeout(20):
        while True:
            with database.read() as session:
                states = session.scalars(select(InboxRow.state).where(InboxRow.chat_id == chat)).all()
            if states == [InboxState.EFFECT]:
                return
            await asyncio.sleep(0.05)


def _receive(site: Site, database: Database) -> None:
    """As if the bot had been killed between storing an update and answering it."""
    with database.write() as session:
        for one in site.world.book.updates(100):
            inbox.store(
                session,
                receiver=f"telegram:{site.world.cast.bot_id}",
                key=str(one["update_id"]),
                chat_id=one["message"]["chat"]["id"],
                payload=one,
                received_at=datetime.now(UTC),
            )
    site.world.book.forget_updates(below=sys.maxsize)


def _age_the_first_answer(database: Database) -> None:
    with database.write() as session:
        first = session.scalars(select(TurnRow.id).order_by(TurnRow.id)).first()
        old = datetime.now(UTC) - timedelta(days=29)
        session.execute(update(TurnRow).where(TurnRow.id == first).values(created_at=old))


def _leave_letters(database: Database) -> None:
    """One waits, one was being sent by a process that died, one is of unknown fate."""
    now = datetime.now(UTC)
    with database.write() as session:
        member = find_member(session, TRAFFIC)
        assert member is not None
        letters = {
            "等着发的": OutboxKind.NOTICE,
            "正在发的": OutboxKind.REMINDER,
            "不知发到没有的": OutboxKind.ANNOUNCEMENT,
        }
        numbers = enqueue_all(
            session,
            [
                Letter(kind=kind, occurrence=words, plan=PLAN, chat=TRAFFIC, member=member.id, text=words)
                for words, kind in letters.items()
            ],
            now=now,
        )
        claims.claim(session, worker=1, limit=10, now=now, plan_now=now)
        waits, _, lost = (number or 0 for number in numbers)
        claims.retry(session, {waits: now})
        claims.doubt(session, [lost], at=now)


def copy_to_postgres(source: Database, url: str) -> None:
    server = make_url(url)
    on_server = open_database(url)
    with on_server.write() as session:
        session.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
        session.execute(text(f"CREATE SCHEMA {SCHEMA}"))
    on_server.close()
    there = server.update_query_dict({"options": f"-csearch_path={SCHEMA}"}).render_as_string(hide_password=False)
    migrate(there)
    target = open_database(there)
    with source.read() as old, target.write() as new:
        for table in reversed(Base.metadata.sorted_tables):
            new.execute(table.delete())
        for table in Base.metadata.sorted_tables:
            if rows := [dict(row) for row in old.execute(select(table)).mappings()]:
                new.execute(table.insert(), rows)
            if "id" in table.c and table.c.id.autoincrement is not False:
                sequence = f"pg_get_serial_sequence('{SCHEMA}.{table.name}', 'id')"
                last = f"(SELECT coalesce(max(id), 0) + 1 FROM {SCHEMA}.{table.name})"  # noqa: S608
                new.execute(text(f"SELECT setval({sequence}, {last}, false) WHERE {sequence} IS NOT NULL"))
    target.close()


def dumped_from_postgres(url: str) -> str:
    """The schema's tables and rows, without its name and without what is for psql."""
    said = subprocess.run(
        [
            "pg_dump",
            f"--dbname={url}",
            f"--table={SCHEMA}.*",
            "--inserts",
            "--no-owner",
            "--no-privileges",
            "--no-comments",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    kept = [line for line in said.splitlines() if not re.match(r"--|\\|SET |SELECT pg_catalog.set_config|$", line)]
    return "\n".join(kept).replace(f"{SCHEMA}.", "") + "\n"


def dumped_from_sqlite(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump()) + "\n"


async def work(folder: Path, database: Database) -> None:
    async with serve_playground(folder / "telegram.sqlite") as site:
        site.world.book.set_fact("token", f"{site.world.cast.bot_id}:{TOKEN}")
        await fill(site, database, open_question_service())


def main(folder: Path, postgres: str) -> None:
    folder.mkdir()
    with TemporaryDirectory() as name:
        there = Path(name)
        migrate(f"sqlite:///{there}/duban.sqlite")
        database = open_database(f"sqlite:///{there}/duban.sqlite")
        asyncio.run(work(there, database))
        copy_to_postgres(database, postgres)
        database.close()
        made = {
            "sqlite.sql": dumped_from_sqlite(there / "duban.sqlite"),
            "telegram.sql": dumped_from_sqlite(there / "telegram.sqlite"),
            "postgresql.sql": dumped_from_postgres(postgres),
            "made_at": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}\n",
        }
    for name, content in made.items():
        (folder / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main(Path(__file__).with_name(version("duban")), "postgresql://postgres@127.0.0.1:5432/test")
