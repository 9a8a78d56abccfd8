"""`duban playground`: the stand-in for Telegram, and the same bot as `duban run` starts talking to it."""

import asyncio
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.playground import DATA, LOG
from bot.playground.server import Site, serve
from bot.playground.world import MORNING
from bot.texts import playground as texts
from bot.threads import let_the_loop_in
from handlers.services.clock import PlanClock
from storage.lease import LeaseTakenError, hold_lease

if TYPE_CHECKING:
    from handlers.services.question_service import AskDesk

PORT = 8765
OPENING_DAY = date(2023, 3, 1)
"""The shipped plan is due at the end of 2023: on the machine's own day everything in it would be over."""


def run_playground(data: Path = DATA, port: int = PORT) -> int:
    """Serve the chat page until SIGINT or SIGTERM; the exit status. The files are kept in the folder `data`."""
    url = f"sqlite:///{data / 'playground.sqlite'}"
    try:
        with hold_lease(url, "playground"):
            asyncio.run(_run(data, url, port))
    except LeaseTakenError:
        typer.echo(texts.ALREADY_RUNNING, err=True)
        return 1
    return 0


async def _run(data: Path, url: str, port: int) -> None:
    let_the_loop_in()
    clock = PlanClock()
    clock.shift_to_time(OPENING_DAY, MORNING)
    chats = data / "playground-chats.sqlite"
    async with AsyncExitStack() as stack:
        try:
            site = await stack.enter_async_context(serve(chats, port=port, clock=clock))
        except OSError:
            site = await stack.enter_async_context(serve(chats, clock=clock))
        typer.echo(texts.address(site.page_url))
        await _run_bot(site, url, clock, data)


async def _run_bot(site: Site, url: str, clock: PlanClock, data: Path) -> None:
    desk = await asyncio.to_thread(_prepare, url, data)

    from bot.app import serve as serve_bot
    from bot.app import stop_on_signals
    from bot.config import Limits
    from bot.pace import LOOPBACK
    from bot.playground.seed import seed_people
    from handlers.chat.context import Service
    from handlers.services.clock import machine_now
    from storage.database import open_database

    database = open_database(url)
    try:
        personas, plan = site.world.cast.people.values(), desk.library.plans[0].name
        await database.run(seed_people, personas, plan=plan, now=machine_now())
        with stop_on_signals() as stop:
            await serve_bot(
                token=site.world.token,
                base_url=site.base_url,
                base_file_url=site.base_file_url,
                proxy=None,
                database=database,
                desk=desk,
                clock=clock,
                per_minute=Limits().questions_per_minute,
                stop=stop,
                files=data / "playground-evidence",
                service=Service(internal=True, published=True),
                pace=LOOPBACK,
            )
    finally:
        database.close()


def _prepare(url: str, data: Path) -> "AskDesk":
    """What takes a second or more, while the page is served already: imports, migrations, the plan."""
    import bot.app  # noqa: F401 - so that the event loop finds it loaded
    from bot.config import Log
    from bot.log import log_strays, set_up_logging
    from handlers.services.question_service import open_desk
    from storage.migrate import migrate

    set_up_logging(Log(level="warning", file=str(data / LOG)))
    log_strays()
    migrate(url, backups=data / "playground-backups")
    return open_desk()
