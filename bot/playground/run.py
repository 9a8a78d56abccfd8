"""`duban playground`: the stand-in for Telegram, and the same bot as `duban run` starts talking to it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path

import typer

from bot.event_loop import let_the_loop_in
from bot.playground import DATA
from bot.playground.server import Site, serve
from bot.playground.world import MORNING
from bot.texts import playground as texts
from handlers.services.clock import PlanClock
from storage.lease import LeaseTakenError, hold_lease

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
        run_bot = await asyncio.to_thread(_load)
        await run_bot(site, url, clock, data)


def _load() -> Callable[[Site, str, PlanClock, Path], Awaitable[None]]:
    """Importing takes a second or more: the page is served already."""
    from bot.playground.bot import run_bot

    return run_bot
