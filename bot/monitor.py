"""Once a minute the running bot leaves its heartbeat, and looks whether its operator must be told of something."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from bot.error_number import kind_of
from bot.health import Ailment, Health, free_bytes
from handlers.broadcast.operator_alerts import alert
from handlers.chat.context import Services
from handlers.services.clock import machine_now
from storage.database import UNAVAILABLE, Database
from storage.health import figures
from storage.heartbeats import Heartbeat, beat
from storage.migrate import head

SECONDS = 60.0

log = structlog.get_logger()


class Monitor:
    """`polled_at` and `ticked_at` say when the bot last did so, None where it has not yet; `operator` is a chat."""

    def __init__(
        self,
        database: Database,
        services: Services,
        *,
        files: Path,
        operator: int | None,
        polled_at: Callable[[], datetime | None],
        ticked_at: Callable[[], datetime | None],
        enqueued: Callable[[], None],
    ) -> None:
        self._database = database
        self._house = services
        self._files = files
        self._operator = operator
        self._polled_at = polled_at
        self._ticked_at = ticked_at
        self._enqueued = enqueued
        self._began = machine_now()
        self._before: frozenset[Ailment] = frozenset()
        """What was not well a minute ago: what passes by itself, as after a start, is nobody's concern."""

    async def run(self) -> None:
        while True:
            try:
                await self._look()
            except UNAVAILABLE as error:
                log.warning("no heartbeat", error=type(error).__name__)
            except Exception as error:
                log.error("no heartbeat", **kind_of(error))
                log.debug("no heartbeat", exc_info=error)
            await asyncio.sleep(SECONDS)

    async def _look(self) -> None:
        url = self._database.url.render_as_string(hide_password=False)
        free = await asyncio.to_thread(free_bytes, url, self._files)
        health = await self._database.run(self._beat, free)
        found = frozenset(health.ailments)
        lasting, self._before = [one for one in health.ailments if one in self._before], found
        if not lasting:
            return
        log.warning("not well", problems=[one.value for one in lasting])
        if self._operator is None:
            return
        if await self._database.run(alert, self._operator, lasting, now=machine_now()):
            self._enqueued()

    def _beat(self, session: Session, free: int) -> Health:
        now = machine_now()
        ticked = (self._ticked_at() or self._began) if self._house.service.internal else None
        beat(
            session,
            self._house.me.id,
            Heartbeat(at=now, polled_at=self._polled_at() or self._began, ticked_at=ticked),
        )
        found = figures(session, now=now, plan_now=self._house.clock.now())
        return Health(at=now, revision=head(), leased=True, free=free, figures=found)
