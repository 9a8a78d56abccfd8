"""Kill, restart, and compare: `python -m soak.run --kills 200` (what `make soak` runs), or a few kills as a test."""

import asyncio
import logging
import random
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from tempfile import TemporaryDirectory

from reminder_harness import BASE_STATION, PLAN, ReminderHarness
from sqlalchemy import select
from typing_extensions import override

from benchmarks.databases import databases
from bot.playground import people
from bot.playground.bindings import seed_people
from bot.playground.personas import Persona
from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.services.clock import PLAN_ZONE, PlanClock, machine_now
from handlers.services.question_service import QuestionService, open_question_service
from knowledge.reminders.rules import DRAFTS
from soak.bots import Nursery, nursery, shoot, stop
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.outbox import OutboxRow, OutboxState
from storage.schedule import due_rows
from storage.schedule_items import ItemRow, ItemState, waiting_items

FIRST = date(2023, 10, 2)
"""A holiday: the first messages are those of 7 October, a Saturday that is worked."""
MORNING = datetime.combine(FIRST, clock_time(8), tzinfo=PLAN_ZONE).isoformat()
VISITOR = 510001
OWNED = {
    "市科经局": (BASE_STATION, ("1.1", "技改项目"), ("1.1", "新增高新技术企业")),
    "市交通局": (("4.3", "外贸进出口总额年均增长"),),
    "梅川镇": (("3.2", "农村自来水普及率"),),
}
CROWD = {
    number: Persona(number, f"联络员{number}", "市科经局", "联", role="liaison", unit="市科经局")
    for number in range(520001, 520021)
}
"""So many more to tell the same, that a kill finds some told and some not."""
QUARTER = 92
SETTLE_SECONDS = 60.0


@dataclass(slots=True)
class Found:
    """What a run came to. `wrong` are sentences, none where the guarantee held."""

    kills: int = 0
    asked: int = 0
    messages: int = 0
    repeats: int = 0
    duplicates: int = 0
    wrong: list[str] = field(default_factory=list)

    @override
    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.messages} messages due, {self.duplicates} came twice "
            f"({self.repeats} sent again because their fate was unknown), {self.asked} questions asked meanwhile; "
            + ("all arrived" if not self.wrong else "; ".join(self.wrong))
        )


async def soak(url: str, folder: Path, *, kills: int, days: int, seconds: float, processes: int = 1) -> Found:
    """Let `days` of plan time go by in `seconds`, killing a bot `kills` times; then let everything settle and compare.

    The database is empty. With two processes (PostgreSQL) one of them polls and both tick and send.
    """
    found, question_service = Found(), open_question_service()
    speed = days * 86400 / seconds
    database = _prepared(url, question_service)
    try:
        async with serve_playground() as site, nursery(_order(site, url, folder), first=MORNING, speed=speed) as bots:
            site.world.cast = replace(site.world.cast, people={**site.world.cast.people, **CROWD})
            alive = await _kill_at_random(bots, site, found, kills=kills, seconds=seconds, processes=processes)
            await bots.until(FIRST + timedelta(days=days + 1))
            await _settle(alive, bots.clock(), site, database, found)
            _compare_messages(site, database, found)
        _compare_items(database, _undisturbed(folder, question_service, days), found)
    finally:
        database.close()
    return found


def _prepared(url: str, question_service: QuestionService) -> Database:
    migrate(url)
    database = open_database(url)
    harness = ReminderHarness(database, question_service, FIRST)
    with database.write() as session:
        seed_people(session, CROWD.values(), plan=PLAN, now=machine_now())
    for unit, targets in OWNED.items():
        harness.own(unit, *targets)
    return database


def _order(site: Site, url: str, folder: Path) -> dict[str, str]:
    return {
        "database": url,
        "token": site.world.token,
        "base_url": site.base_url,
        "base_file_url": site.base_url,
        "files": str(folder / "files"),
        "level": "error",
    }


async def _kill_at_random(
    bots: Nursery, site: Site, found: Found, *, kills: int, seconds: float, processes: int
) -> list[int]:
    """The bots that are alive in the end."""
    chance = random.Random(7)  # noqa: S311 - moments, no secrets
    alive = [await bots.bear(polls=number == 0) for number in range(processes)]
    life = seconds / kills
    while found.kills < kills:
        people.say(site.world, VISITOR, VISITOR, f"市交通局负责哪些任务{'？' * (found.asked % 3)}")
        found.asked += 1
        await asyncio.sleep(chance.uniform(0.05 * life, 1.5 * life))
        number = chance.randrange(processes)
        shoot(alive[number])
        found.kills += 1
        alive[number] = await bots.bear(polls=number == 0)
    return alive


async def _settle(alive: Sequence[int], clock: PlanClock, site: Site, database: Database, found: Found) -> None:
    """Until nothing is due or waits and every question has its answer; then an orderly end."""
    for _ in range(int(SETTLE_SECONDS / 0.2)):
        if _is_idle(database, clock) and _answers(site) >= found.asked:
            break
        await asyncio.sleep(0.2)
    for one in alive:
        await stop(one)
    if _answers(site) < found.asked:
        found.wrong.append(f"{found.asked - _answers(site)} questions without an answer")


def _is_idle(database: Database, clock: PlanClock) -> bool:
    unsent = select(OutboxRow.id).where(OutboxRow.state.in_((OutboxState.QUEUED, OutboxState.SENDING)))
    with database.read() as session:
        due = due_rows(session, clock.now(), limit=1) or waiting_items(session, clock.now())
        return not due and session.scalars(unsent).first() is None


def _answers(site: Site) -> int:
    """The questions that have been answered: replies to different messages, or in a private chat simply as many."""
    me = site.world.cast.bot_id
    shown = site.world.book.messages(VISITOR, limit=100_000)
    return sum(one["message"]["from"]["id"] == me for one in shown)


def _compare_messages(site: Site, database: Database, found: Found) -> None:
    """Every row of the outbox arrived, under the number that it has; what came twice was of unknown fate."""
    with database.read() as session:
        rows = session.scalars(select(OutboxRow)).all()
    found.messages, found.repeats = len(rows), sum(row.repeats for row in rows)
    unsent = Counter((row.kind.value, row.state.value, row.reason) for row in rows if row.state is not OutboxState.SENT)
    if unsent:
        found.wrong.append(f"not sent: {dict(unsent)}")
    me = site.world.cast.bot_id
    arrived = {
        chat: [
            one["message"]
            for one in site.world.book.messages(chat, limit=100_000)
            if one["message"]["from"]["id"] == me
        ]
        for chat in site.world.cast.people
    }
    numbers = {(chat, message["message_id"]) for chat, messages in arrived.items() for message in messages}
    lost = [row.key for row in rows if (row.chat_id, row.message_id) not in numbers]
    if lost:
        found.wrong.append(f"never arrived: {lost[:5]}")
    found.duplicates = sum(chat != VISITOR for chat, _ in numbers) - sum(row.chat_id != VISITOR for row in rows)
    if found.duplicates > found.repeats:
        found.wrong.append(f"{found.duplicates} came twice, of which only {found.repeats} can be explained")


def _undisturbed(folder: Path, question_service: QuestionService, days: int) -> set[tuple[str, str, int, str]]:
    """What the same days decide where nothing fails, by rule, subject, member and occurrence."""
    database = _prepared(f"sqlite:///{folder / 'undisturbed.sqlite'}", question_service)
    try:
        harness = ReminderHarness(database, question_service, FIRST)
        for number in range(days):
            harness.on(FIRST + timedelta(days=number))
        return _items(database)
    finally:
        database.close()


def _items(database: Database) -> set[tuple[str, str, int, str]]:
    with database.read() as session:
        rows = session.execute(
            select(ItemRow.rule, ItemRow.subject, ItemRow.member_id, ItemRow.occurrence).where(ItemRow.plan == PLAN)
        )
        # a draft's number says only how many were drafted before it
        return {(rule, "" if rule in DRAFTS else subject, member, label) for rule, subject, member, label in rows}


def _compare_items(database: Database, wanted: set[tuple[str, str, int, str]], found: Found) -> None:
    made = _items(database)
    if missing := wanted - made:
        found.wrong.append(f"{len(missing)} items were never made: {sorted(missing)[:5]}")
    with database.read() as session:
        left = session.scalars(select(ItemRow.id).where(ItemRow.state == ItemState.WAITING)).all()
    if left:
        found.wrong.append(f"{len(left)} items still wait")


def main(arguments: Sequence[str]) -> int:
    """Every kind of database, with as many kills as said; the exit status is 1 where the guarantee was broken."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=300.0, help="how long the quarter takes")
    chosen = parser.parse_args(arguments)
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # a killed bot's requests break off
    broken = False
    for name, (url, second) in databases(2):
        for place, processes in ((url, 1), (second, 2)) if name == "PostgreSQL" else ((url, 1),):
            with TemporaryDirectory() as folder:
                work = soak(
                    place,
                    Path(folder),
                    kills=chosen.kills,
                    days=QUARTER,
                    seconds=chosen.seconds,
                    processes=processes,
                )
                found = asyncio.run(work)
            sys.stdout.write(f"{name}, {processes} at work: {found}\n")
            broken = broken or bool(found.wrong)
    return int(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
