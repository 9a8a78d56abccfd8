"""Fetching the files that were sent as evidence. Whatever a file does is its own fate, and its sender is told.

While the Bot API server cannot be reached at all, everything waits. Once it answers, a file has so many attempts: one
that never comes does not hold up the chat.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import httpx
import structlog
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.evidence_folder import Files
from bot.limiter import SendLimiter
from bot.retry import backoff, pause
from bot.send_outcome import certainly_unsent
from handlers.chat.outgoing import Fetch, Send
from handlers.reports.evidence_files import LARGEST, FileProblem, problem_before, problem_in
from handlers.reports.texts_evidence import not_kept
from storage import evidence
from storage.database import Database

ATTEMPTS = 3
PATIENCE = 60.0
"""Seconds that a file may take to come, and that a server may want to be left alone."""

Guard = Callable[[], AbstractAsyncContextManager[None]]

log = structlog.get_logger()


class Attachments:
    def __init__(
        self,
        bot: Bot,
        web: httpx.AsyncClient,
        database: Database,
        files: Files,
        limiter: SendLimiter,
        stop: asyncio.Event,
    ) -> None:
        """`web` gets the files: unlike the bot's own transport it can stop in the middle of one."""
        self._bot = bot
        self._web = web
        self._database = database
        self._files = files
        self._limiter = limiter
        self._stop = stop

    async def fetch(self, call: Fetch, guard: Guard) -> Send | None:
        """Keep the file, or not; fetched twice it is kept once. Returns what is to be said of it.

        It is looked into under `guard`. Raises StoppedError, or one of UNAVAILABLE.
        """
        found = await self._insist(call)
        if isinstance(found, bytes):
            async with guard():
                found = await asyncio.to_thread(problem_in, found, call.name) or found
        if isinstance(found, FileProblem):
            log.info("not kept", evidence=call.evidence, problem=found.value)
            await self._database.run(evidence.refuse, call.evidence)
            return Send(chat=call.chat, html=not_kept(call.name, found))
        digest = await asyncio.to_thread(self._files.put, found)
        await self._database.run(evidence.keep, call.evidence, sha256=digest, size=len(found))
        return call.kept

    async def _insist(self, call: Fetch) -> bytes | FileProblem:
        waits, attempts = backoff(), 0
        while attempts < ATTEMPTS:
            attempts += 1
            seconds = next(waits)
            try:
                return await self._download(call)
            except RetryAfter as error:
                seconds = self._limiter.seconds_of(error)
            except BadRequest as error:
                return FileProblem.TOO_LARGE if "too big" in error.message.lower() else FileProblem.GONE
            except (NetworkError, httpx.HTTPError) as error:
                if isinstance(error, NetworkError) and certainly_unsent(error):
                    attempts -= 1
                if isinstance(error, httpx.HTTPStatusError):
                    seconds = max(seconds, _seconds_wanted(error.response))
                log.warning("file away", evidence=call.evidence, error=type(error).__name__, wait=seconds)
            except Exception as error:  # a refusal, or an answer that makes no sense: the poll tells a refused token
                log.warning("file not given", evidence=call.evidence, error=type(error).__name__)
                return FileProblem.GONE
            if seconds > PATIENCE:
                break
            if attempts < ATTEMPTS:
                await pause(self._stop, seconds)
        return FileProblem.GONE

    async def _download(self, call: Fetch) -> bytes | FileProblem:
        found = await self._bot.get_file(call.file)
        if problem := problem_before(call.name, found.file_size):
            return problem
        content = bytearray()
        async with (
            asyncio.timeout(PATIENCE),
            self._web.stream("GET", found.file_path or "", headers={"Accept-Encoding": "identity"}) as answer,
        ):
            answer.raise_for_status()
            async for piece in answer.aiter_raw():
                content += piece
                if len(content) > LARGEST:
                    return FileProblem.TOO_LARGE
        if "Content-Length" not in answer.headers and len(content) < (found.file_size or 0):
            raise httpx.ReadError("cut short")  # only what has no length can end early unnoticed
        return bytes(content)


def _seconds_wanted(answer: httpx.Response) -> float:
    wanted = answer.headers.get("Retry-After", "")
    return float(wanted) if wanted.isdecimal() else 0.0
