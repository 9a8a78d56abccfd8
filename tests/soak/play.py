"""Play with updates of every kind, a failing server and kills, then look through the books.

`python -m soak.play --seed N` plays one run on each database; a run that finds something prints its seed. The seed
decides what people do, which calls fail and when a bot is killed; the machine's own timing it does not.
"""

import asyncio
import logging
import secrets
import sys
import time
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot_api_schema import read_schema
from sqlalchemy import select
from typing_extensions import override

from benchmarks.databases import databases
from bot.playground.bindings import seed_people
from soak import books
from soak.bots import Nursery, nursery, shoot, stop
from soak.people import BLOCKED, GONE, REPORTERS, STRANGERS, Person, Play, cast
from soak.server import TOKEN, Server, serving
from storage.database import Database, open_database
from storage.inbox import UNFINISHED, InboxRow
from storage.migrate import migrate
from storage.outbox import OutboxRow, OutboxState

PLAN = "wuxue-2021-26"
MORNING = "2023-03-01T09:00:00+08:00"
FAULTS = 0.15
ORDERLY = 0.25
"""Of the ends, the share that are asked for and waited for."""
SETTLE_SECONDS = 90.0


@dataclass(slots=True)
class Found:
    """What a run came to."""

    seed: int
    kills: int = 0
    good: int = 0
    strange: int = 0
    failed: int = 0
    wrong: list[str] = field(default_factory=list)

    @override
    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.kills} ends, {self.failed} calls failed, {self.good} answers due, "
            f"{self.strange} strange updates; " + ("all in order" if not self.wrong else "\n  ".join(["", *self.wrong]))
        )


async def play(url: str, folder: Path, *, seed: int, kills: int, seconds: float, faults: float = FAULTS) -> Found:
    """Let people do what they do for some seconds while bots come and go; then let all settle and look it through.

    The database is empty.
    """
    database = _prepared(url)
    server = Server(seed, faults)
    server.refused |= {
        BLOCKED: (403, "Forbidden: bot was blocked by the user"),
        GONE: (400, "Bad Request: chat not found"),
    }
    played = Play(server, seed)
    log = folder / "log"
    try:
        async with serving(server):
            with log.open("wb") as out:
                order = _order(server, url, folder)
                async with nursery(order, first=MORNING, speed=1.0, log=out) as bots:
                    ends = await _act(played, bots, database, kills=kills, seconds=seconds)
        logged = log.read_text(encoding="utf-8", errors="replace")
        wrong = books.problems(played, database, folder / "files", logged, read_schema())
    finally:
        database.close()
    good = sum(not due.optional for due in played.dues)
    return Found(seed, ends, good, len(played.strange), server.failed.total(), wrong)


def _prepared(url: str) -> Database:
    migrate(url)
    database = open_database(url)
    known = [*REPORTERS.values(), *(one for one in STRANGERS.values() if one)]
    with database.write() as session:
        seed_people(session, known, plan=PLAN, now=datetime.now(UTC))
    return database


def _order(server: Server, url: str, folder: Path) -> dict[str, str]:
    return {
        "database": url,
        "token": TOKEN,
        "base_url": f"{server.base_url}/bot",
        "base_file_url": f"{server.base_url}/file/bot",
        "files": str(folder / "files"),
        "level": "info",
    }


async def _act(played: Play, bots: Nursery, database: Database, *, kills: int, seconds: float) -> int:
    """Everybody at once, until the time is over and nothing waits; how many bots ended."""
    alive = [await bots.bear()]  # the first takes long
    until = time.monotonic() + seconds
    acting = [asyncio.create_task(_again_and_again(person, does, until)) for person, does in cast(played)]
    killing = asyncio.create_task(_come_and_go(played, bots, alive, kills=kills, life=seconds / max(1, kills)))
    await asyncio.gather(*acting, killing)
    played.server.faults = 0.0
    if not await _settled(played.server, database):
        played.wrong.append("something still waited at the end")
    if not await stop(alive.pop()):
        played.wrong.append("the last bot did not stop")
    return kills


async def _again_and_again(person: Person, does: Callable[[Person], Awaitable[None]], until: float) -> None:
    while time.monotonic() < until and not person.play.wrong:
        await does(person)
        await person.breathe()


async def _come_and_go(played: Play, bots: Nursery, alive: list[int], *, kills: int, life: float) -> None:
    chance = played.chance("ends")
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.05 * life, 1.5 * life))
        if chance.random() < ORDERLY:
            if not await stop(alive.pop()):
                played.wrong.append("a bot did not stop")
        else:
            shoot(alive.pop())
            played.server.forget_what_it_knows()
        alive.append(await bots.bear())


async def _settled(server: Server, database: Database) -> bool:
    for _ in range(int(SETTLE_SECONDS / 0.2)):
        if not server.updates and _is_idle(database):
            return True
        await asyncio.sleep(0.2)
    return False


def _is_idle(database: Database) -> bool:
    unsent = select(OutboxRow.id).where(OutboxRow.state.in_((OutboxState.QUEUED, OutboxState.SENDING)))
    unfinished = select(InboxRow.id).where(InboxRow.state.in_(UNFINISHED))
    with database.read() as session:
        return session.scalars(unsent).first() is None and session.scalars(unfinished).first() is None


def main(arguments: Sequence[str]) -> int:
    """One run on each kind of database; the exit status is 1 where anything is wrong."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--log", type=Path, help="a folder in which the logs of runs that found something are left")
    chosen = parser.parse_args(arguments)
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # a killed bot's requests break off
    broken = False
    for name, (url,) in databases():
        with TemporaryDirectory() as folder:
            work = play(url, Path(folder), seed=chosen.seed, kills=chosen.kills, seconds=chosen.seconds)
            found = asyncio.run(work)
            if found.wrong and chosen.log:
                chosen.log.mkdir(parents=True, exist_ok=True)
                (Path(folder) / "log").replace(chosen.log / f"{name}-{found.seed}.log")
        sys.stdout.write(f"{name}, {found}\n")
        broken = broken or bool(found.wrong)
    return int(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
