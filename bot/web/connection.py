"""The page as a channel at work: while it is, what the page posts is stored and answered."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from bot.arrivals import CHATS_AT_ONCE, Arrivals
from bot.connection import AnswerKnock, Connect
from bot.error_number import kind_of
from bot.halt import Halt
from bot.limiter import SendLimiter
from bot.web.channel import Web
from handlers.chat.context import Me
from handlers.services.clock import machine_now

log = structlog.get_logger()


def web(channel: Web, *, secret: str, came_up: Callable[[], None] = lambda: None) -> Connect:
    """What connects with this page; `came_up` is called when posts can be stored."""
    return partial(WebConnection, channel=channel, secret=secret, came_up=came_up)


class WebConnection:
    """A `bot.connection.Connection`."""

    def __init__(self, halt: Halt, *, channel: Web, secret: str, came_up: Callable[[], None]) -> None:
        self._halt = halt
        self._came_up = came_up
        self._working: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(CHATS_AT_ONCE)
        self._is_up = False
        self.channel = channel
        self.secret = secret
        self.knocks: asyncio.Queue[Any] = asyncio.Queue()

    @property
    def me(self) -> Me:
        return self.channel.me

    @property
    def received_at(self) -> datetime | None:
        return machine_now() if self._is_up else None

    async def identify(self) -> None:
        """The account is the page's own."""

    async def start(self, answer: AnswerKnock) -> None:
        self._working = asyncio.create_task(self._answer_all(answer))

    def begin(self, work: Coroutine[Any, Any, None]) -> object:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def receive(self, arrivals: Arrivals, limiter: SendLimiter) -> None:  # noqa: ARG002 - nothing is asked for
        self.channel.arrivals, self._is_up = arrivals, True
        log.info("up", page=self.channel.receiver)
        self._came_up()
        await self._halt.stop.wait()
        self.channel.arrivals, self._is_up = None, False

    async def finish(self) -> None:
        if self._working:
            self._working.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """The page's record stays open: its server goes on."""

    async def _answer_all(self, answer: AnswerKnock) -> None:
        while True:
            knock = await self.knocks.get()
            await self._room.acquire()
            task = asyncio.create_task(answer(knock))
            task.add_done_callback(lambda _: self._room.release())
            self._tasks.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("worker failed", **kind_of(error))
            log.debug("worker failed", exc_info=error)
