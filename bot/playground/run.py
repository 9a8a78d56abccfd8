"""`duban playground`: the stand-in for Telegram, and the same bot as `duban run` starts talking to it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import date
from functools import partial
from pathlib import Path

import typer

from bot.event_loop import let_the_loop_in
from bot.playground import DATA, PageChannel
from bot.playground.opening import load_opening
from bot.playground.server import Site, WebRoutes, serve
from bot.playground.world import MORNING
from bot.texts import playground as texts
from handlers.services.clock import PlanClock
from storage.lease import LeaseTakenError, hold_lease

PORT = 8765
FIRST_DAY = date(2023, 3, 1)
"""Of an empty playground. The shipped plan is due at the end of 2023: today everything in it would be over."""


FILES = {PageChannel.TELEGRAM: "playground", PageChannel.WEB: "playground-web"}
"""How the names of a channel's files begin: what the bot keeps of one is nothing to the other."""


def run_playground(
    data: Path = DATA, port: int = PORT, channel: PageChannel = PageChannel.TELEGRAM, *, empty: bool = False
) -> int:
    """Serve the chat page until SIGINT or SIGTERM; the exit status. The files are kept in the folder `data`.

    `empty`: in an office in which nothing has happened, with files of its own.
    """
    data = data / "empty" if empty else data
    url = f"sqlite:///{data / FILES[channel]}.sqlite"
    try:
        with hold_lease(url, "playground"):
            asyncio.run(_run(data, url, port, channel, turns=0 if empty else len(load_opening())))
    except LeaseTakenError:
        typer.echo(texts.ALREADY_RUNNING, err=True)
        return 1
    return 0


async def _run(data: Path, url: str, port: int, channel: PageChannel, turns: int) -> None:
    let_the_loop_in()
    clock = PlanClock()
    clock.shift_to_time(FIRST_DAY, MORNING)
    chats = data / f"{FILES[channel]}-chats.sqlite"
    async with AsyncExitStack() as stack:
        start = partial(_start, stack, chats, port, clock, turns)
        if channel is PageChannel.WEB:
            run_over_web = await asyncio.to_thread(_load_web)
            await run_over_web(stack, start, url, clock, data)
        else:
            site = await start()
            run_bot = await asyncio.to_thread(_load)
            await run_bot(site, url, clock, data)


async def _start(
    stack: AsyncExitStack, chats: Path, port: int, clock: PlanClock, turns: int, routes: WebRoutes | None = None
) -> Site:
    """Serve the page, on another port where this one is taken, and say where."""
    try:
        site = await stack.enter_async_context(serve(chats, port=port, clock=clock, web=routes, turns=turns))
    except OSError:
        site = await stack.enter_async_context(serve(chats, clock=clock, web=routes, turns=turns))
    typer.echo(texts.address(site.page_url))
    return site


def _load() -> Callable[[Site, str, PlanClock, Path], Awaitable[None]]:
    """Importing takes a second or more: the page is served already."""
    from bot.playground.bot import run_over_telegram

    return run_over_telegram


def _load_web() -> Callable[
    [AsyncExitStack, Callable[[WebRoutes], Awaitable[Site]], str, PlanClock, Path], Awaitable[None]
]:
    from bot.playground.web import run_over_web

    return run_over_web
