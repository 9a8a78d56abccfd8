"""A channel in memory that can do what its capabilities say and no more, and a bot at work in it."""

# ruff: noqa: ARG002 - what a channel is given it need not use

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot_harness import PATIENCE, StubService

from bot.arrivals import Arrival, Arrivals, Wakeup
from bot.attachments import Attachments
from bot.channel import AwayError
from bot.crash_guard import Suspects
from bot.delivery import Delivery
from bot.evidence_folder import Files
from bot.inbox import InboxWorker
from bot.limiter import SendLimiter
from bot.outbox import OutboxSender
from bot.pace import LOOPBACK
from handlers.access.service import CLOSED
from handlers.chat.capabilities import Capabilities
from handlers.chat.context import Me, Services
from handlers.chat.incoming import Incoming, Said, Tapped
from handlers.reports.evidence_files import FileProblem
from handlers.services.alias_overlay import AliasOverlay
from handlers.services.clock import PlanClock
from handlers.services.invite_codes import Codes
from handlers.services.rate_limit import Limiter
from storage.base import JsonObject
from storage.chats import Address, ChatKind
from storage.database import Database
from storage.outbox import Keyboard
from storage.rich_text import Text, plain_text
from storage.workers import worker_for

PERSON = 81
ADDRESS = Address(PERSON, "plain", "someone")


@dataclass
class PlainChannel:
    capabilities: Capabilities
    receiver: str = "plain:1"
    shown: list[str] = field(default_factory=list)
    """All that was sent, in order."""
    keyboards: list[Keyboard] = field(default_factory=list)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    away_at: int | None = None
    """Which message, from 0, certainly does not go out."""

    def read(self, payload: JsonObject) -> Incoming:
        fields: dict[str, Any] = {"key": payload["key"], "chat": ADDRESS, "kind": ChatKind.PRIVATE, "person": ADDRESS}
        if payload["data"]:
            return Tapped(**fields, tap=str(payload["key"]), message=1, data=str(payload["data"]))
        return Said(**fields, message=int(str(payload["key"])), at=datetime.now(UTC), text=str(payload["text"]))

    def link_to(self, code: str) -> str:
        return f"plain:{code}"

    async def send(
        self, chat: int, text: Text, *, keyboard: Keyboard = (), thread: int | None = None, reply_to: int | None = None
    ) -> int:
        assert len(plain_text(text).encode()) <= self.capabilities.message_bytes
        assert not keyboard or self.capabilities.buttons
        if len(self.shown) == self.away_at:
            raise AwayError(unsent=True)
        async with self.arrived:
            self.shown.append(plain_text(text))
            self.keyboards.append(keyboard)
            self.arrived.notify_all()
        return len(self.shown)

    async def show_menu(self, chat: int, commands: Sequence[tuple[str, str]]) -> None:
        """It has none."""

    async def edit(self, chat: int, message: int, text: Text, keyboard: Keyboard) -> None:
        raise AssertionError

    async def delete(self, chat: int, message: int) -> bool:
        return False

    async def toast(self, tap: str, text: str) -> None:
        raise AssertionError

    async def hand(self, chat: int, content: bytes, name: str) -> int:
        raise AssertionError

    async def fetch(self, file: str, name: str) -> bytes | FileProblem:
        return FileProblem.GONE

    async def heard(self, number: int) -> list[str]:
        """All that was sent, once it is so many messages."""
        async with asyncio.timeout(PATIENCE), self.arrived:
            await self.arrived.wait_for(lambda: len(self.shown) >= number)
        return self.shown


@dataclass
class PlainTalk:
    """What a person does in the channel."""

    channel: PlainChannel
    arrivals: Arrivals
    keys: "count[int]" = field(default_factory=lambda: count(1))

    async def say(self, text: str) -> None:
        await self._come(text=text)

    async def tap(self, data: str) -> None:
        await self._come(data=data)

    async def _come(self, *, text: str = "", data: str = "") -> None:
        key = str(next(self.keys))
        payload: JsonObject = {"key": key, "text": text, "data": data}
        update = self.channel.read(payload)
        await self.arrivals.keep(Arrival(key=key, kind="said", chat=PERSON, payload=payload, update=update))


@asynccontextmanager
async def bot_in_plain_channel(channel: PlainChannel, database: Database, folder: Path) -> AsyncIterator[PlainTalk]:
    stop, clock, limiter = asyncio.Event(), PlanClock(), SendLimiter(LOOPBACK)
    services = Services(
        aliases=AliasOverlay(StubService()),
        me=Me(id=1, username="plain", link="plain:", reads_all=True),
        clock=clock,
        limiter=Limiter(600),
        service=CLOSED,
        codes=Codes("secret"),
    )
    files = Files(folder)
    post = OutboxSender(channel, database, limiter, clock, worker_for(database), stop)
    delivery = Delivery(
        channel,
        database,
        limiter,
        stop,
        services.codes,
        files,
        Attachments(channel, database, files, limiter, stop, services),
    )
    suspects = Suspects(channel, database, services, stop)
    clerk = InboxWorker(database, services, delivery, channel, stop, suspects, enqueued=post.knock, answered=post.visit)
    knocks: asyncio.Queue[Wakeup] = asyncio.Queue()
    posting = asyncio.create_task(post.run())
    answering = asyncio.create_task(_answer(clerk, knocks))
    try:
        yield PlainTalk(channel, Arrivals(database, channel, limiter, knocks))
    finally:
        stop.set()
        limiter.stop()
        answering.cancel()
        await posting


async def _answer(clerk: InboxWorker, knocks: "asyncio.Queue[Wakeup]") -> None:
    while True:
        await clerk.answer(await knocks.get())
