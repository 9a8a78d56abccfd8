"""Fetching the files that were sent as evidence. Whatever a file does is its own fate, and its sender is told.

While the channel's server cannot be reached at all, everything waits. Once it answers, a file has so many attempts: one
that never comes does not hold up the chat.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from datetime import UTC, datetime
from typing import Protocol

import structlog
from sqlalchemy.orm import Session

from bot.channel import AwayError, Channel, ThrottledError
from bot.evidence_folder import Files
from bot.limiter import SendLimiter
from bot.retry import backoff, pause
from handlers.chat.context import Services
from handlers.chat.outgoing import Call, Edit, Fetch, Send
from handlers.office.owner_file import owners_in, take_owners
from handlers.people.invitation_lists import take_list
from handlers.people.invitation_sheet import list_in
from handlers.reports.evidence_files import FileProblem, ending, problem_in
from handlers.reports.sheet_file import FilledSheet, SheetChangedError, filled_sheets
from handlers.reports.sheet_intake import take_sheets
from handlers.reports.texts_evidence import not_kept
from handlers.reports.texts_sheets import READING
from storage import evidence
from storage.database import Database

ATTEMPTS = 3
SHEET = "xlsx"
SLOW = 3.0
"""Seconds after which who has sent a sheet is told that it is being read."""
PATIENCE = 60.0
"""Seconds that a server may want to be left alone."""

Guard = Callable[[], AbstractAsyncContextManager[None]]


class TakeTable(Protocol):
    """What is said to a table that was found in a file."""

    def __call__(
        self, session: Session, services: Services, chat: int, table: str, *, now: datetime
    ) -> tuple[Call, ...] | None: ...


_TABLES: tuple[tuple[Callable[[bytes, str], str], TakeTable], ...] = (
    (owners_in, take_owners),
    (list_in, take_list),
)

log = structlog.get_logger()


class Attachments:
    def __init__(
        self,
        channel: Channel,
        database: Database,
        files: Files,
        limiter: SendLimiter,
        stop: asyncio.Event,
        services: Services,
    ) -> None:
        self._channel = channel
        self._database = database
        self._files = files
        self._limiter = limiter
        self._stop = stop
        self._services = services

    async def fetch(self, call: Fetch, guard: Guard) -> Send | Edit | tuple[Call, ...] | None:
        """Keep the file, or not; fetched twice it is kept once. Returns what is to be said of it; of a monthly sheet
        or a table of owners or of people to invite, which are read and not kept, what they come to.

        It is looked into under `guard`. Raises StoppedError, or one of UNAVAILABLE.
        """
        found = await self._insist(call)
        if isinstance(found, bytes):
            async with guard():
                found = await asyncio.to_thread(problem_in, found, call.name) or found
                if isinstance(found, bytes) and ending(call.name) == SHEET:
                    sheets = await self._sheets(call, found)
                    if sheets != ():
                        return await self._taken(call, sheets)
                for find, take in _TABLES:
                    if isinstance(found, bytes) and (said := await self._table(call, found, find, take)):
                        return said
        if isinstance(found, FileProblem):
            log.info("not kept", evidence=call.evidence, problem=found.value)
            await self._database.run(evidence.refuse, call.evidence)
            return Send(chat=call.chat, text=not_kept(call.name, found))
        if call.only_sheet:
            await self._database.run(evidence.refuse, call.evidence)
            return call.kept
        digest = await asyncio.to_thread(self._files.put, found)
        await self._database.run(evidence.keep, call.evidence, sha256=digest, size=len(found))
        return call.kept

    async def _sheets(self, call: Fetch, content: bytes) -> tuple[FilledSheet, ...] | None:
        """What was filled in; () of another workbook, None where what says so was changed. Who waits long is told."""
        reading = asyncio.create_task(asyncio.to_thread(filled_sheets, content))
        done, _ = await asyncio.wait({reading}, timeout=SLOW)
        if not done:
            with suppress(Exception):
                await self._channel.send(call.chat, READING)
        try:
            return await reading
        except SheetChangedError:
            return None

    async def _table(
        self, call: Fetch, content: bytes, find: Callable[[bytes, str], str], take: TakeTable
    ) -> tuple[Call, ...] | None:
        """What a table of one kind comes to; None of another file, or from who may do nothing with it."""
        table = await asyncio.to_thread(find, content, ending(call.name))
        if not table:
            return None

        def taken(session: Session) -> tuple[Call, ...] | None:
            said = take(session, self._services, call.chat, table, now=datetime.now(UTC))
            if said:
                evidence.refuse(session, call.evidence)
            return said

        return await self._database.run(taken)

    async def _taken(self, call: Fetch, sheets: tuple[FilledSheet, ...] | None) -> tuple[Call, ...]:
        def take(session: Session) -> tuple[Call, ...]:
            evidence.refuse(session, call.evidence)
            return take_sheets(session, self._services, call.chat, sheets, now=datetime.now(UTC))

        return await self._database.run(take)

    async def _insist(self, call: Fetch) -> bytes | FileProblem:
        waits, attempts = backoff(), 0
        while attempts < ATTEMPTS:
            attempts += 1
            seconds = next(waits)
            try:
                return await self._channel.fetch(call.file, call.name)
            except ThrottledError as error:
                seconds = self._limiter.real(error.seconds)
            except AwayError as error:
                if error.unsent:
                    attempts -= 1
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
