"""A bot at work for people who report: the playground's cast is bound, and each has a chat to talk in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bot_harness import PATIENCE, Json, Talk, address_in, bot_at_work, press

from bot.playground.bindings import seed_people
from bot.playground.server import Site
from handlers.access.service import Service
from handlers.services.clock import PlanClock
from handlers.services.question_service import QuestionService
from knowledge.standing.report import Report
from storage.database import Database
from storage.health import is_at_rest
from storage.reports import reports_of

TRAFFIC, SCIENCE, MEICHUAN, SUPERVISOR, OFFICE, HEAD, VISITOR = (
    510002, 510003, 510004, 510005, 510006, 510007, 510001,
)  # fmt: skip
INTERNAL = Service(internal=True)
PLAN = "wuxue-2021-26"
TODAY = date(2023, 3, 31)


@dataclass(slots=True)
class ReportHarness:
    site: Site
    database: Database
    first: Talk
    clock: PlanClock

    def talk(self, person: int) -> Talk:
        return Talk(self.site, self.first.events, person=person, chat=person)

    def reports(self) -> tuple[Report, ...]:
        with self.database.read() as session:
            return reports_of(session, PLAN)

    async def at_rest(self) -> None:
        """Once all that is to be sent unasked has been sent: it is then no answer to what is said next."""
        async with asyncio.timeout(PATIENCE):
            while not await self.database.run(is_at_rest, self.clock.now()):  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.05)
        while not self.first.events.empty():
            self.first.events.get_nowait()


@asynccontextmanager
async def report_harness(
    site: Site,
    database: Database,
    question_service: QuestionService,
    *,
    service: Service = INTERNAL,
    files: Path | None = None,
    server: str | None = None,
    today: date = TODAY,
    clock: PlanClock | None = None,
) -> AsyncIterator[ReportHarness]:
    if clock is None:
        clock = PlanClock()
        clock.shift_to_time(today, clock.now().time())
    with database.write() as session:
        seed_people(
            session, site.world.cast.people.values(), plan=PLAN, now=datetime.now(UTC), address=address_in(site)
        )
    with site.world.feed.listening() as events:
        async with bot_at_work(
            site, database, question_service, service=service, files=files, server=server, clock=clock
        ):
            yield ReportHarness(site, database, Talk(site, events, person=SCIENCE, chat=SCIENCE), clock)


async def report(chat: Talk, text: str) -> Json:
    """Say it and confirm it; what the bot says then."""
    return await press(chat, await chat.ask(text), "确认")
