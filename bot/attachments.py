"""Fetching the files that were sent as evidence. Whatever a file does is its own fate, and its sender is told.

While the Bot API server cannot be reached at all, everything waits. Once it answers, a file has so many attempts: one
that never comes does not hold up the chat.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import aiohttp
import structlog
from telegram import Bot, File
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.evidence_folder import Files
from bot.limiter import SendLimiter
from bot.retry import backoff, pause
from bot.transport import Transport, UnsentError
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
        transport: Transport,
        database: Database,
        files: Files,
        limiter: SendLimiter,
        stop: asyncio.Event,
    ) -> None:
        self._bot = bot
        self._transport = transport
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
            return Send(chat=call.chat, text=not_kept(call.name, found))
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
            except NetworkError as error:
                if isinstance(error, UnsentError):
                    attempts -= 1
                if isinstance(error, DownloadError):
                    seconds = max(seconds, error.wanted)
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
        try:
            async with asyncio.timeout(PATIENCE):
                content = await self._content(found)
        except NetworkError as error:
            raise error if isinstance(error, DownloadError) else DownloadError from error  # each counts as an attempt
        return FileProblem.TOO_LARGE if content is None else content

    async def _content(self, file: File) -> bytes | None:
        """None where there is more of it than can be kept."""
        content = bytearray()
        headers = {"Accept-Encoding": "identity"}
        async with self._transport.asked("GET", file.file_path or "", patience=PATIENCE, headers=headers) as answer:
            if not answer.ok:
                raise DownloadError(_seconds_wanted(answer))
            async for piece in answer.content.iter_any():
                content += piece
                if len(content) > LARGEST:
                    return None
            if answer.content_length is None and len(content) < (file.file_size or 0):
                raise DownloadError  # only what has no length can end early unnoticed
        return bytes(content)


class DownloadError(NetworkError):
    """A file did not come, or not all of it."""

    def __init__(self, wanted: float = 0.0) -> None:
        """`wanted` is how many seconds the server wants to be left alone."""
        super().__init__("download")
        self.wanted = wanted


def _seconds_wanted(answer: aiohttp.ClientResponse) -> float:
    wanted = answer.headers.get("Retry-After", "")
    return float(wanted) if wanted.isdecimal() else 0.0
