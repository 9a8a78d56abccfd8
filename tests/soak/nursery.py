"""The program whose children are killed: it loads the bot once, then forks one for each line that it is told.

Plan time runs fast and by the same wall clock in every child, so that it goes on while none is alive.
"""

import asyncio
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from addresses import telegram_by
from telegram import Bot

import bot.tick
from bot.app import serve, stop_on_signals
from bot.config import LogSettings
from bot.limiter import SendLimiter
from bot.log import set_up_logging
from bot.outbox import OutboxSender
from bot.pace import LOOPBACK
from bot.telegram.connection import telegram
from bot.tick import Rhythm
from handlers.access.service import Service
from handlers.chat.context import Me, Services
from handlers.services.alias_overlay import AliasOverlay
from handlers.services.clock import PlanClock
from handlers.services.invite_codes import Codes
from handlers.services.question_service import QuestionService, open_question_service
from handlers.services.rate_limit import Limiter
from storage.database import Database, open_database
from storage.workers import worker_for

TICK_SECONDS = 0.05
INTERNAL = Service(internal=True)


def plan_clock(began: float, first: str, speed: float) -> PlanClock:
    """Plan time: `first` at wall time `began`, and from then on `speed` times as fast as the wall clock."""
    start = datetime.fromisoformat(first).astimezone(UTC)
    return PlanClock(machine=lambda: start + timedelta(seconds=(time.time() - began) * speed))


def main() -> None:
    """One JSON line in, one process number out; at the end of input, the end."""
    bot.tick.SECONDS = TICK_SECONDS
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    question_service = open_question_service()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run(_live(question_service, order))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


async def _live(question_service: QuestionService, order: dict[str, Any]) -> None:
    set_up_logging(LogSettings(level=order["level"], file=""))
    database = open_database(order["database"])
    clock = plan_clock(order["began"], order["first"], order["speed"])
    try:
        with stop_on_signals() as stop:
            await (_poll if order["polls"] else _help)(order, question_service, database, clock, stop)
    finally:
        database.close()


async def _poll(
    order: dict[str, Any], question_service: QuestionService, database: Database, clock: PlanClock, stop: asyncio.Event
) -> None:
    """The whole bot."""
    await serve(
        telegram(
            token=order["token"],
            base_url=order["base_url"],
            base_file_url=order["base_file_url"],
            proxy=None,
        ),
        database=database,
        question_service=question_service,
        clock=clock,
        per_minute=600,
        stop=stop,
        files=Path(order["files"]),
        service=INTERNAL,
        pace=LOOPBACK,
    )


async def _help(
    order: dict[str, Any], question_service: QuestionService, database: Database, clock: PlanClock, stop: asyncio.Event
) -> None:
    """A second process on the same database: it ticks and sends beside the first."""
    services = Services(
        aliases=AliasOverlay(question_service),
        me=Me(id=0, username="duban_bot", link="https://t.me/duban_bot", reads_all=False),
        clock=clock,
        limiter=Limiter(600),
        service=INTERNAL,
        codes=Codes(order["token"]),
    )
    async with Bot(order["token"], base_url=order["base_url"]) as bot:
        limiter = SendLimiter(LOOPBACK)
        post = OutboxSender(telegram_by(bot), database, limiter, clock, worker_for(database), stop)
        rhythm = Rhythm(database, services, enqueued=post.knock)
        posting = asyncio.create_task(post.run())
        await rhythm.start()
        await stop.wait()
        limiter.stop()
        await rhythm.stop()
        await posting


if __name__ == "__main__":
    main()
