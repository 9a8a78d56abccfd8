"""Waiting for what only time can mend, and not a moment longer than the program runs."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from random import uniform

import structlog

LONGEST_WAIT = 15.0
"""Seconds between two attempts."""

log = structlog.get_logger()


class StoppedError(Exception):
    """The program stops: what is not done stays in the database for the next start."""


def backoff(longest: float = LONGEST_WAIT) -> Iterator[float]:
    """Seconds to wait before each next attempt, without end; no two waits alike, so that many do not come at once."""
    wait = 0.5
    while True:
        yield wait * uniform(0.7, 1.0)  # noqa: S311 - nothing secret
        wait = min(longest, wait * 2)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait; raises StoppedError as soon as the program stops."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
    raise StoppedError


async def insist(
    stop: asyncio.Event, work: Callable[[], Awaitable[object]], *, passing: tuple[type[Exception], ...]
) -> None:
    """Do it until it succeeds; the errors `passing` are waited for. Raises StoppedError at the program's end."""
    for wait in backoff():
        try:
            await work()
        except passing as error:
            log.warning("not ready", error=type(error).__name__, wait=wait)
            await pause(stop, wait)
        else:
            return
