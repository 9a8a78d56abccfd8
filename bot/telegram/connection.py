"""Telegram at work: python-telegram-bot's Application, its bot and its poller."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter
from telegram.ext import ApplicationBuilder, ContextTypes, TypeHandler

from bot.arrivals import CHATS_AT_ONCE, Arrivals, Wakeup
from bot.connection import AnswerKnock, Connect
from bot.error_number import kind_of
from bot.halt import Halt, TokenRefusedError
from bot.limiter import SendLimiter
from bot.outbox import CHATS_AT_ONCE as LETTERS_AT_ONCE
from bot.retry import StoppedError, insist
from bot.telegram.channel import Telegram
from bot.telegram.menu import show_menu
from bot.telegram.polling import Poller, PollRequest
from bot.telegram.transport import Transport
from handlers.chat.context import Me

CONNECTIONS = CHATS_AT_ONCE + LETTERS_AT_ONCE

log = structlog.get_logger()


def telegram(*, token: str, base_url: str, base_file_url: str, proxy: str | None) -> Connect:
    """What connects with the bot of this token."""
    return partial(TelegramConnection, token=token, base_url=base_url, base_file_url=base_file_url, proxy=proxy)


class TelegramConnection:
    """A `bot.connection.Connection`."""

    def __init__(self, halt: Halt, *, token: str, base_url: str, base_file_url: str, proxy: str | None) -> None:
        transport = Transport(connections=CONNECTIONS, proxy=proxy)
        self._halt = halt
        self._bot = Bot(
            token,
            base_url=base_url,
            base_file_url=base_file_url,
            request=transport,
            get_updates_request=PollRequest(halt, connections=1, proxy=proxy),
        )
        self._application = (
            ApplicationBuilder().bot(self._bot).updater(None).concurrent_updates(CHATS_AT_ONCE).job_queue(None).build()
        )
        self._application.add_error_handler(_log_error)
        self._poller: Poller | None = None
        self.channel = Telegram(self._bot, transport)
        self.secret = token
        self.knocks: asyncio.Queue[Any] = self._application.update_queue

    @property
    def me(self) -> Me:
        return self.channel.me

    @property
    def received_at(self) -> datetime | None:
        return self._poller.polled_at if self._poller else None

    async def identify(self) -> None:
        await self._insist(self._application.initialize)
        self._halt.known = True
        await self._insist(partial(show_menu, self._bot))

    async def start(self, answer: AnswerKnock) -> None:
        self._application.add_handler(TypeHandler(Wakeup, lambda knock, _: answer(knock)))
        await self._application.start()

    def begin(self, work: Coroutine[Any, Any, None]) -> object:
        return self._application.create_task(work)

    async def receive(self, arrivals: Arrivals, limiter: SendLimiter) -> None:
        await self._insist(self._bot.delete_webhook)  # with one set, there is nothing to poll
        log.info("up", bot=self._bot.username)
        self._poller = Poller(self.channel, arrivals, limiter)
        await self._poller.run(self._halt.stop)

    async def finish(self) -> None:
        await self._application.stop()

    async def close(self) -> None:
        await self._application.shutdown()
        await self._bot.shutdown()  # an application that never came up leaves its connections open

    async def _insist(self, work: Callable[[], Awaitable[object]]) -> None:
        await insist(self._halt.stop, partial(self._unless_refused, work), passing=(NetworkError, RetryAfter))

    async def _unless_refused(self, work: Callable[[], Awaitable[object]]) -> None:
        try:
            await work()
        except InvalidToken:
            if self._halt.known:  # a server without this method; a token revoked just now, the poll finds out
                log.warning("refused by the server")
                return
            self._halt.because(TokenRefusedError())
            raise StoppedError from None


async def _log_error(_: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """What no row could be blamed for; the update is still in the inbox."""
    log.error("worker failed", **(kind_of(context.error) if context.error else {}))
    log.debug("worker failed", exc_info=context.error)
