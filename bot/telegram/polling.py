"""Polling: getUpdates again and again, and its offset moves past what is stored only.

The answer is taken raw, because python-telegram-bot would parse all of it before anything is stored. Whatever goes
wrong, and an answer that brings nothing new at once, is followed by a pause.
"""

import asyncio
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from typing import Any

import structlog
from telegram.error import NetworkError, RetryAfter, TelegramError
from typing_extensions import override

from bot.arrivals import Arrival, Arrivals
from bot.halt import ConflictError, Halt, TokenRefusedError, TokenRevokedError
from bot.limiter import SendLimiter
from bot.retry import backoff
from bot.telegram.batch import number_of, read_batch
from bot.telegram.channel import Telegram
from bot.telegram.errors import seconds_of
from bot.telegram.incoming import ANSWERED
from bot.telegram.transport import Transport
from handlers.services.clock import machine_now
from storage.database import UNAVAILABLE

POLL_SECONDS = 10
"""How long the server keeps a poll that has nothing to bring."""
MARGIN_SECONDS = 5.0
"""How much later its answer may come."""
AT_ONCE_SECONDS = 1.0
LONGEST_PAUSE = 5.0
_METHOD = "get_Updates"
"""getUpdates; asked for by the name of one of its own methods, the library warns of it each time."""

CONFLICTS = 3
"""Refusals in a row because another program polls with this token: the other one does not go away."""

log = structlog.get_logger()


class NoBatchError(Exception):
    """The server answered with something else than a list of updates."""


class PollRequest(Transport):
    """The transport of getUpdates. It sees what the poller would retry for ever."""

    def __init__(self, halt: Halt, **settings: Any) -> None:
        super().__init__(**settings)
        self._halt = halt

    @override
    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if not self._halt.leased:
            raise NetworkError("no lease")  # what came is another process's by now, or comes again
        if code == HTTPStatus.CONFLICT:
            self._halt.conflicts += 1
            log.warning("another program polls with this token", times=self._halt.conflicts)
            if self._halt.conflicts >= CONFLICTS:
                self._halt.because(ConflictError())
        elif code == HTTPStatus.UNAUTHORIZED:
            self._halt.because(TokenRevokedError() if self._halt.known else TokenRefusedError())
        elif code == HTTPStatus.NOT_FOUND and not self._halt.known:  # later it is a server that is not itself
            self._halt.because(TokenRefusedError())
        elif code == HTTPStatus.OK:
            self._halt.conflicts = 0
        return code, payload


class Poller:
    def __init__(self, channel: Telegram, arrivals: Arrivals, limiter: SendLimiter) -> None:
        self._channel = channel
        self._arrivals = arrivals
        self._limiter = limiter
        self._offset: int | None = None
        self.polled_at: datetime | None = None
        """Machine time of the last poll that succeeded; None: none has yet."""

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until the program stops."""
        polling, stopping = asyncio.create_task(self._poll()), asyncio.create_task(stop.wait())
        await asyncio.wait((polling, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
        await self._confirm()

    async def _poll(self) -> None:
        pauses = backoff(LONGEST_PAUSE)
        while True:
            asked = _now()
            try:
                found = await self._ask(POLL_SECONDS)
                self.polled_at = machine_now()
                batch = read_batch(found, self._channel.me)
                new = await self._keep(batch)
            except RetryAfter as error:
                log.warning("polled too often")
                await asyncio.sleep(self._limiter.real(seconds_of(error)))
                continue
            except Exception as error:
                log.warning("poll failed", error=type(error).__name__)
            else:
                if len(batch) == len(found):
                    pauses = backoff(LONGEST_PAUSE)
                else:
                    log.error("updates without a number", count=len(found) - len(batch))
                if new or _now() - asked > AT_ONCE_SECONDS:
                    continue
            await asyncio.sleep(next(pauses))

    async def _confirm(self) -> None:
        """Tell the server, at the end, what need not come again; if it comes, it is known."""
        if self._offset is None:
            return
        try:
            async with asyncio.timeout(MARGIN_SECONDS):
                await self._ask(0)
        except (TelegramError, TimeoutError, NoBatchError) as error:
            log.info("not confirmed", error=type(error).__name__)

    async def _ask(self, seconds: int) -> list[Any]:
        found = await self._channel.bot.do_api_request(
            _METHOD,
            {"offset": self._offset, "timeout": seconds, "allowed_updates": list(ANSWERED)},
            read_timeout=seconds + MARGIN_SECONDS,
        )
        if not isinstance(found, list):
            raise NoBatchError
        return found

    async def _keep(self, batch: list[Arrival]) -> bool:
        """Store them in order; whether any was new."""
        new = False
        for at, arrival in enumerate(batch):
            try:
                new |= await self._arrivals.keep(arrival)
            except UNAVAILABLE:
                self._arrivals.tell_outage(batch[at:])
                raise
            self._offset = number_of(arrival) + 1
        if batch:
            self._arrivals.end_outage()
        return new


def _now() -> float:
    return asyncio.get_running_loop().time()
