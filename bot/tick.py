"""The tick: to look every few seconds whether anything is due, and to do it until nothing is.

It hangs on the event loop's timer, which is monotonic: a machine whose clock is set back does not fall silent until the
old time comes again. What is due, and when next, the table and APScheduler's triggers say.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog

from bot.error_number import kind_of
from handlers.chat.context import Services
from handlers.schedule.plan_schedule import rebuild_all
from handlers.schedule.tick import tick
from handlers.services.clock import machine_now
from storage.database import UNAVAILABLE, Database
from storage.schedule_items import rewind

SECONDS = 5.0
"""Between two looks; a look at nothing due is one indexed read."""

log = structlog.get_logger()


class Rhythm:
    """Ticks from `start` to `stop`; `enqueued` is called when messages have been put into the outbox."""

    def __init__(self, database: Database, services: Services, *, enqueued: Callable[[], None]) -> None:
        self._database = database
        self._house = services
        self._enqueued = enqueued
        self._offset = services.clock.offset
        self._one_at_a_time = asyncio.Lock()
        self._stop = asyncio.Event()
        self._ticking: asyncio.Task[None] | None = None
        self.ticked_at: datetime | None = None
        """Machine time of the last tick that came to its end; None: none has yet."""
        services.clock.watch(self.catch_up)

    async def start(self) -> None:
        """Let the schedule be what follows from today's settings, and begin to tick; a public service never does."""
        if not self._house.service.internal:
            return
        await self._database.run(rebuild_all, self._house)
        self._ticking = asyncio.create_task(self._tick())

    async def stop(self) -> None:
        """No further tick; one that is under way is finished."""
        self._stop.set()
        if self._ticking is not None:
            await self._ticking

    async def _tick(self) -> None:
        # a tick that comes late or twice does what is due then: the table, not the timer, remembers
        while not self._stop.is_set():
            await self.catch_up()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), SECONDS)

    async def catch_up(self) -> None:
        """Do everything that is due by now. Where the plan's date was set back, what is then to come is told again; a
        machine whose clock jumps back tells nothing twice."""
        async with self._one_at_a_time:
            try:
                offset = self._house.clock.offset
                if offset < self._offset:
                    await self._database.run(rewind, self._house.clock.now())
                    await self._database.run(rebuild_all, self._house)
                self._offset = offset
                while await self._look():
                    self._enqueued()
                self.ticked_at = machine_now()
            except UNAVAILABLE as error:
                log.warning("tick put off", error=type(error).__name__)
            except Exception as error:  # the next tick may do better; none at all would be silence
                log.error("tick failed", **kind_of(error))
                log.debug("tick failed", exc_info=error)

    async def _look(self) -> bool:
        ticked = await self._database.run(tick, self._house, now=machine_now())
        for failure in ticked.failures:
            log.error("reminder not made", **failure)
        return ticked.busy
