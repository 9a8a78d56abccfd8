"""What an earlier run left unfinished: one of these updates may have ended it, and would end this run too.

They are worked on one at a time, each marked while the work goes on that could end the program, not while it waits for
Telegram. One that the next start finds marked has ended the program twice: it is set aside, and told. What arrives
later needs no mark.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import structlog
from sqlalchemy.orm import Session

from bot.channel import Channel, thread_of
from bot.error_number import error_number
from bot.retry import StoppedError
from handlers.broadcast.delivery_failures import tell_set_aside
from handlers.chat.context import Services
from storage import inbox
from storage.database import Database
from storage.inbox import Received

log = structlog.get_logger()


class Suspects:
    def __init__(self, channel: Channel, database: Database, services: Services, stop: asyncio.Event) -> None:
        self._channel = channel
        self._database = database
        self._house = services
        self._stop = stop
        self._last = 0
        self._one = asyncio.Lock()

    async def find(self) -> tuple[int, ...]:
        """Set aside what ended the program twice. The chats of what else is unfinished, in the order of arrival."""
        left, ended = await self._database.run(_review, channel=self._channel, plans=self._house.plans)
        for row, number in ended.items():
            log.error("update ended the program twice", row=row, number=number)
        self._last = max((row.id for row in left), default=0)
        return tuple(dict.fromkeys(row.chat_id for row in left))

    def unmarked(self, row: Received) -> bool:
        """Whether the row must not be worked on outside `guard`."""
        return row.id <= self._last and not row.at_work

    @asynccontextmanager
    async def guard(self, row: Received) -> AsyncIterator[None]:
        """Around work that may end the program; nothing is waited for in it but the database."""
        if row.id > self._last:
            yield
            return
        async with self._one:
            if self._stop.is_set():
                raise StoppedError
            await self._database.run(inbox.mark_at_work, row.id, at_work=True)
            try:
                yield
            finally:
                await self._database.run(inbox.mark_at_work, row.id, at_work=False)


def _review(session: Session, *, channel: Channel, plans: tuple[str, ...]) -> tuple[list[Received], dict[int, str]]:
    """(What is left to do, the error numbers of what is set aside)."""
    rows = inbox.unfinished(session, receiver=channel.receiver)
    ended = {row.id: error_number() for row in rows if row.at_work}
    for row in rows:
        if number := ended.get(row.id):
            inbox.set_aside(session, row.id, error=number)
            tell_set_aside(session, row, number, plans, thread=thread_of(channel, row), now=datetime.now(UTC))
    return [row for row in rows if row.id not in ended], ended
