"""What becomes of an update that has come: it is stored as it is, or set aside as its key and kind.

A channel reads each by itself, so that one which nobody can read stops no other. Nothing of it goes into the log.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.channel import Channel, ChannelError
from bot.error_number import error_number
from bot.limiter import SendLimiter
from bot.retry import StoppedError
from handlers.chat.degradation import degrade
from handlers.chat.incoming import Incoming, Moved
from handlers.chat.outgoing import Send, dump_calls
from handlers.texts import errors
from storage import inbox
from storage.base import JsonObject
from storage.database import UNAVAILABLE, Database

CHATS_AT_ONCE = 64
"""How many chats are answered beside each other."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An update that is to be stored: as `payload`, or set aside because of `trouble`."""

    key: str
    """Unique for its receiver."""
    kind: str
    chat: int = inbox.NO_CHAT
    """Of one that is set aside: its private chat, where that can be read."""
    private: bool = False
    thread: int | None = None
    waits: bool = False
    """Whether somebody waits for an answer."""
    payload: JsonObject | None = None
    update: Incoming | Moved | None = None
    """As it is read from the payload."""
    trouble: str = ""
    """The type of the error that it makes."""


@dataclass(frozen=True, slots=True)
class Wakeup:
    """There may be something to do for this chat."""

    chat: int
    arrival: Arrival | None = None
    """What has just been stored for it, so that it need not be read from its row again."""


class Arrivals:
    """Stores what arrives and lets the clerk know; in an outage those who wrote are told, once each."""

    def __init__(
        self, database: Database, channel: Channel, limiter: SendLimiter, knocks: "asyncio.Queue[Any]"
    ) -> None:
        self._database = database
        self._channel = channel
        self._limiter = limiter
        self._knocks = knocks
        self._told: set[int] = set()
        self._telling: set[asyncio.Task[None]] = set()

    async def keep(self, arrival: Arrival) -> bool:
        """Whether it is new. Raises one of storage's UNAVAILABLE while nothing can be stored."""
        try:
            new = (
                await self._store(arrival)
                if arrival.payload
                else await self._store_unreadable(arrival, arrival.trouble)
            )
        except UNAVAILABLE:
            raise
        except Exception as error:  # no time mends it
            new = await self._store_unreadable(arrival, type(error).__name__)
        if new:
            await self._knocks.put(Wakeup(arrival.chat, arrival))
        return new

    def tell_outage(self, waiting: Sequence[Arrival]) -> None:
        """Say to each chat, without insisting and without waiting for it, that what it wrote is not lost."""
        for arrival in waiting:
            if arrival.waits and arrival.chat not in self._told:
                self._told.add(arrival.chat)
                task = asyncio.create_task(self._tell(arrival))
                self._telling.add(task)
                task.add_done_callback(self._telling.discard)

    def end_outage(self) -> None:
        self._told.clear()

    async def _store(self, arrival: Arrival) -> bool:
        return await self._database.run(
            inbox.store,
            receiver=self._channel.receiver,
            key=arrival.key,
            chat_id=arrival.chat,
            payload=arrival.payload or {},
            received_at=datetime.now(UTC),
        )

    async def _store_unreadable(self, arrival: Arrival, trouble: str) -> bool:
        number = error_number()
        told = arrival.waits and arrival.private
        reply = (Send(chat=arrival.chat, thread=arrival.thread, text=errors.unreadable(number)),) if told else ()
        new = await self._database.run(
            inbox.store_unreadable,
            receiver=self._channel.receiver,
            key=arrival.key,
            chat_id=arrival.chat,
            kind=arrival.kind,
            error=number,
            reply=dump_calls(reply),
            received_at=datetime.now(UTC),
        )
        if new:
            log.error("update set aside", number=number, update=arrival.key, kind=arrival.kind, error=trouble)
        return new

    async def _tell(self, arrival: Arrival) -> None:
        number = error_number()
        told = Send(chat=arrival.chat, text=errors.not_stored(number), thread=arrival.thread)
        log.error("update not stored", number=number, update=arrival.key, kind=arrival.kind)
        try:
            for page in degrade(told, self._channel.capabilities, chat=arrival.chat):
                async with self._limiter.turn(arrival.chat):
                    await self._channel.send(arrival.chat, page.text, thread=arrival.thread)
        except (ChannelError, StoppedError) as error:
            log.warning("outage not told", number=number, error=type(error).__name__)
