"""The bot of the playground: as `duban run` starts it, with the playground's people."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.app import serve as serve_bot
from bot.app import stop_on_signals
from bot.config import LogSettings
from bot.connection import Connect
from bot.log import log_strays, set_up_logging
from bot.pace import LOOPBACK, Pace
from bot.playground import LOG
from bot.playground.bindings import seed_people
from bot.playground.opening import play_opening
from bot.playground.server import Site
from bot.telegram.connection import telegram
from bot.telegram.incoming import address as telegram_address
from handlers.access.service import Service
from handlers.services.clock import PlanClock, machine_now
from handlers.services.question_service import QuestionService, open_question_service
from storage.chats import Address
from storage.database import open_database
from storage.migrate import migrate

PER_MINUTE = 600
"""Questions of one person: on one's own machine there is nobody to be kept out."""


async def run_over_telegram(site: Site, url: str, clock: PlanClock, data: Path) -> None:
    """The bot speaks to the playground's server as to Telegram's."""
    connect = telegram(token=site.world.token, base_url=site.base_url, base_file_url=site.base_file_url, proxy=None)
    await run_bot(site, connect, url, clock, data)


async def run_bot(
    site: Site,
    connect: Connect,
    url: str,
    clock: PlanClock,
    data: Path,
    *,
    pace: Pace = LOOPBACK,
    address: Callable[[int], Address] = telegram_address,
) -> None:
    """Serve until SIGINT or SIGTERM. The database at `url` is migrated first; files are kept in the folder `data`.

    `address` says where the channel finds the playground's people.
    """
    question_service = await asyncio.to_thread(_prepare, url, data)
    database = open_database(url)
    try:
        personas, plan = site.world.cast.everyone.values(), question_service.library.plans[0].name
        await database.run(seed_people, personas, plan=plan, now=machine_now(), address=address)
        with stop_on_signals() as stop:
            opening = asyncio.create_task(play_opening(site, database))
            await serve_bot(
                connect,
                database=database,
                question_service=question_service,
                clock=clock,
                per_minute=PER_MINUTE,
                stop=stop,
                files=data / "playground-evidence",
                service=Service(internal=True, published=True),
                pace=pace,
            )
            opening.cancel()
    finally:
        database.close()


def _prepare(url: str, data: Path) -> QuestionService:
    """What takes a second or more: migrations, the plan."""
    set_up_logging(LogSettings(level="warning", file=str(data / LOG)))
    log_strays()
    migrate(url, backups=data / "playground-backups")
    return open_question_service()
