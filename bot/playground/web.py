"""The playground's page as a channel of its own."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from bot.playground.bot import run_bot
from bot.playground.personas import load_cast
from bot.playground.server import Site, WebRoutes
from bot.web.accounts import Accounts, address
from bot.web.channel import PACE, Web
from bot.web.connection import web
from bot.web.routes import routes
from handlers.services.clock import PlanClock


async def run_over_web(
    stack: AsyncExitStack, start: Callable[[WebRoutes], Awaitable[Site]], url: str, clock: PlanClock, data: Path
) -> None:
    """`start` starts the page's server with the routes; the record is closed by the stack, after the server."""
    channel = open_web(data / "playground-web-page.sqlite", clock)
    stack.callback(channel.close)
    site = await start(web_routes(channel))
    channel.page_url = site.page_url
    connect = web(channel, secret=site.world.token, came_up=site.world.bot_comes_up)
    await run_bot(site, connect, url, clock, data, pace=PACE, address=address)


def open_web(path: Path | None, clock: PlanClock) -> Web:
    """The channel to the playground's people, its record kept in the file at `path` (None: in memory)."""
    cast = load_cast()
    accounts = Accounts(
        bot=cast.bot_id,
        username=cast.bot_username,
        people={one.id: one.name for one in cast.everyone.values()},
        groups={one.id: one.name for one in cast.groups.values()},
    )
    return Web(accounts, clock, path)


def web_routes(channel: Web) -> WebRoutes:
    return WebRoutes(routes(channel), channel.end_streams)
