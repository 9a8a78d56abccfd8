"""How fast 10,000 messages go out to a server that keeps Telegram's limits, and how soon a question is answered then.

The limits are sliding windows: 30 messages a second in all, one a second in a chat; beyond, 429. The server is a
process of its own, whose time runs faster than the machine's. How soon one question a second is answered meanwhile is
measured after that at Telegram's own pace.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx
from sqlalchemy import insert, select

from bot.app import serve
from bot.pace import TELEGRAM
from bot.telegram.connection import telegram
from handlers.services.clock import PlanClock
from handlers.services.question_service import QuestionService, open_question_service
from storage.chats import ChatKind, ChatRow
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.outbox import Letter, OutboxKind, OutboxRow, OutboxState, enqueue_all
from storage.people import GrantRow, MemberRow, Role

RECIPIENTS = 10_000
SPEED = 4.5
"""The server's seconds in one of the machine's."""
CALM_RECIPIENTS = 600
NOW = datetime.now(UTC)
PLAN = "wuxue-2021-26"


@dataclass(frozen=True)
class Delivered:
    taken: list[tuple[float, bool]]
    """Of each message: when it was taken, in the server's seconds, and whether it answers a question."""
    refused: int
    latencies: list[float]
    """Seconds of the machine from a question to its answer."""

    @property
    def share(self) -> float:
        """Of the permitted rate, replies included."""
        bulk = [when for when, reply in self.taken if not reply]
        first, last = min(bulk), max(bulk)
        sent = sum(first < when <= last for when, _ in self.taken)
        return sent / (last - first) / TELEGRAM.overall.most

    @property
    def refusals(self) -> float:
        return self.refused / (self.refused + len(self.taken))


def main() -> None:
    question_service = open_question_service()
    fast = _deliver(RECIPIENTS, SPEED, question_service)
    calm = _deliver(CALM_RECIPIENTS, 1.0, question_service)
    print(f"{RECIPIENTS:,} recipients, time {SPEED:g} times as fast")
    print(f"{'of the permitted rate':<30}{fast.share:8.1%}   (aim: 95 %)")
    print(f"{'refused calls':<30}{fast.refusals:8.2%}   (aim: at most 1 %)")
    print(f"{CALM_RECIPIENTS:,} recipients, in real time")
    print(f"{'of the permitted rate':<30}{calm.share:8.1%}")
    print(f"{'refused calls':<30}{calm.refusals:8.2%}")
    print(f"{'a question is answered in':<30}{median(calm.latencies) * 1000:6.1f} ms   (aim: a median below 50)")


def _deliver(recipients: int, speed: float, question_service: QuestionService) -> Delivered:
    with TemporaryDirectory() as folder, _server(speed) as port:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        migrate(url)
        database = open_database(url)
        try:
            _fill(database, recipients)
            asyncio.run(_send_all(database, question_service, port, speed, Path(folder)))
        finally:
            database.close()
        found = httpx.get(f"http://127.0.0.1:{port}/stats", trust_env=False).json()
    return Delivered(**found)


async def _send_all(
    database: Database, question_service: QuestionService, port: int, speed: float, folder: Path
) -> None:
    stop = asyncio.Event()
    address = f"http://127.0.0.1:{port}"
    bot = asyncio.create_task(
        serve(
            telegram(
                token="1:bench",  # noqa: S106 - opens nothing
                base_url=f"{address}/bot",
                base_file_url=f"{address}/file/bot",
                proxy=None,
            ),
            database=database,
            question_service=question_service,
            clock=PlanClock(),
            per_minute=600,
            stop=stop,
            files=folder,
            pace=replace(TELEGRAM, second=1 / speed),
        )
    )
    waits = asyncio.create_task(asyncio.to_thread(_wait_until_sent, database, stop))
    await asyncio.wait((bot, waits), return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await asyncio.gather(bot, waits)


def _wait_until_sent(database: Database, stop: asyncio.Event) -> None:
    left = True
    while left and not stop.is_set():
        time.sleep(1)
        with database.read() as session:
            left = session.scalar(select(OutboxRow.id).where(OutboxRow.state != OutboxState.SENT).limit(1)) is not None


def _fill(database: Database, recipients: int) -> None:
    """So many liaisons, each with a chat and a digest waiting."""
    people = range(1, recipients + 1)
    with database.write() as session:
        session.execute(
            insert(ChatRow),
            [
                {"id": one, "kind": ChatKind.PRIVATE, "first_seen": NOW, "last_seen": NOW, "blocked": False}
                for one in people
            ],
        )
        session.execute(
            insert(MemberRow),
            [{"id": one, "telegram_id": one, "name": "甲", "joined_at": NOW} for one in people],
        )
        session.execute(
            insert(GrantRow),
            [
                {"member_id": one, "role": Role.LIAISON, "plan": PLAN, "unit": "市交通局", "since": NOW}
                for one in people
            ],
        )
        text = "<b>本月要报 3 项</b>\n" + "\n".join(f"{number}. 建成5G基站，到2023年底700个" for number in range(1, 4))
        letters = [
            Letter(kind=OutboxKind.DIGEST, occurrence="2023-03-01", plan=PLAN, chat=one, member=one, text=text)
            for one in people
        ]
        enqueue_all(session, letters, now=NOW)


@contextmanager
def _server(speed: float) -> Iterator[int]:
    """The port of a server of its own."""
    command = [sys.executable, "-m", "benchmarks.telegram", str(speed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline())  # type: ignore[union-attr]
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
