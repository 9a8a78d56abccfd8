"""The one job that APScheduler runs: to look whether anything is due, and to do it until nothing is."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

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
        self._seen = house.clock.now()
        self._one_at_a_time = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone=PLAN_ZONE)
        house.clock.watch(self.catch_up)

    async def start(self) -> None:
        """Let the schedule be what follows from today's settings, and begin to tick; a public service never does."""
        if not self._house.service.internal:
            return
        await self._database.run(rebuild_all, self._house)
        # a look that comes late or twice does what is due then; the table, not the job, remembers
        self._scheduler.add_job(
            self.catch_up,
            "interval",
            seconds=SECONDS,
            id="tick",
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()
        await self.catch_up()

    async def stop(self) -> None:
        """No further look; one that is under way is finished."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        async with self._one_at_a_time:
            pass

    async def catch_up(self) -> None:
        """Do everything that is due by now. A clock that was set back may tell again what is then to come."""
        async with self._one_at_a_time:
            try:
                now = self._house.clock.now()
                if now < self._seen - timedelta(minutes=1):
                    await self._database.run(rewind, now)
                    await self._database.run(rebuild_all, self._house)
                self._seen = now
                while await self._look():
                    self._enqueued()
            except UNAVAILABLE as error:
                log.warning("tick put off", error=type(error).__name__)

    async def _look(self) -> bool:
        ticked = await self._database.run(tick, self._house, now=machine_now())
        for failure in ticked.failures:
            log.error("reminder not made", **failure)
        return ticked.busy
