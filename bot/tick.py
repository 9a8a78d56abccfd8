"""The one job that APScheduler runs: to look whether anything is due, and to do it until nothing is."""

import asyncio
from collections.abc import Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from handlers.clock import PLAN_ZONE, machine_now
from handlers.place import House
from handlers.remind.planned import rebuild_all
from handlers.remind.tick import tick
from storage.database import UNAVAILABLE, Database
from storage.schedule import rewind

SECONDS = 5.0
"""Between two looks; a look at nothing due is one indexed read."""

log = structlog.get_logger()


class Rhythm:
    """Ticks from `start` to `stop`; `enqueued` is called when messages have been put into the outbox."""

    def __init__(self, database: Database, house: House, *, enqueued: Callable[[], None]) -> None:
        self._database = database
        self._house = house
        self._enqueued = enqueued
        self._offset = house.clock.offset
        self._one_at_a_time = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone=PLAN_ZONE)
        self._bell = asyncio.Event()
        self._stopped = False
        self._ticking: asyncio.Task[None] | None = None
        house.clock.watch(self.catch_up)

    async def start(self) -> None:
        """Let the schedule be what follows from today's settings, and begin to tick; a public service never does."""
        if not self._house.service.internal:
            return
        await self._database.run(rebuild_all, self._house)
        # a tick that comes late or twice does what is due then: the table, not the job, remembers
        self._scheduler.add_job(
            self._ring, "interval", seconds=SECONDS, id="tick", coalesce=True, misfire_grace_time=None
        )
        self._scheduler.start()
        self._bell.set()
        self._ticking = asyncio.create_task(self._tick())

    async def stop(self) -> None:
        """No further tick; one that is under way is finished."""
        if self._ticking is None:
            return
        self._scheduler.shutdown(wait=False)
        self._stopped = True
        self._bell.set()
        await self._ticking

    async def _ring(self) -> None:
        self._bell.set()

    async def _tick(self) -> None:
        while not self._stopped:
            self._bell.clear()
            await self.catch_up()
            await self._bell.wait()

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
            except UNAVAILABLE as error:
                log.warning("tick put off", error=type(error).__name__)

    async def _look(self) -> bool:
        ticked = await self._database.run(tick, self._house, now=machine_now())
        for failure in ticked.failures:
            log.error("reminder not made", **failure)
        return ticked.busy
