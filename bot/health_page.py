"""/healthz on loopback: what `duban status --json` prints, with 200 where all is well and 503 where not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.health import as_json, examine

OFF = 0
"""The port of no page."""

log = structlog.get_logger()


@asynccontextmanager
async def health_page(port: int, url: str, files: Path) -> AsyncIterator[None]:
    """Serve the page until the block ends. A port that is taken is logged: the bot is worth more than its page."""
    if port == OFF:
        yield
        return
    from aiohttp import web  # most have no page

    async def healthz(_: web.Request) -> web.Response:
        try:
            found = as_json(await asyncio.to_thread(examine, url, files))
        except (SQLAlchemyError, OSError) as error:
            log.warning("not examined", error=type(error).__name__)
            found = {"well": False, "problems": ["database"]}
        return web.json_response(found, status=200 if found["well"] else 503)

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError as error:
        log.error("no health page", port=port, error=type(error).__name__)
    try:
        yield
    finally:
        await runner.cleanup()
