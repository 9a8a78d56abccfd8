"""The playground's people at their telephones: each hears what the outbox brings, however it falls in with the rest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from bot_harness import PATIENCE, Json, Talk
from report_harness import HEAD, MEICHUAN, SCIENCE, SUPERVISOR, TRAFFIC, ReportHarness
from sqlalchemy import func, select

from storage.outbox import OutboxKind, OutboxRow, OutboxState

LEADER = 510008
READERS = (TRAFFIC, SCIENCE, MEICHUAN, SUPERVISOR, HEAD, LEADER)
"""All who are bound, but for the office."""


@asynccontextmanager
async def at_their_telephones(harness: ReportHarness) -> AsyncIterator[dict[int, Talk]]:
    """Each has written to the bot, and has ears of their own."""
    with ExitStack() as stack:
        readers = {}
        for person in READERS:
            events = stack.enter_context(harness.site.world.feed.listening())
            readers[person] = Talk(harness.site, events, person=person, chat=person)
            await readers[person].ask("/start")
        yield readers


async def heard_by(readers: dict[int, Talk], *people: int) -> dict[int, Json]:
    """What each of them hears next."""
    return {person: await readers[person].heard() for person in people}


async def recorded(harness: ReportHarness, count: int, kind: OutboxKind = OutboxKind.ANNOUNCEMENT) -> None:
    """Wait until the outbox has written down that so many of a kind were sent."""
    wanted = select(func.count()).where(OutboxRow.kind == kind, OutboxRow.state == OutboxState.SENT)
    async with asyncio.timeout(PATIENCE):
        while True:
            with harness.database.read() as session:
                if session.scalars(wanted).one() == count:
                    return
            await asyncio.sleep(0.05)
