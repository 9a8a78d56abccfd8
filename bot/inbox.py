"""The workers that answer what is stored.

An update travels as a row: the Application's queue carries only knocks, "there is something for this chat". A chat's
rows are answered one after the other, chats beside each other.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session
from telegram import Bot, Update

from bot.crash_guard import Suspects
from bot.delivery import Delivery
from bot.error_number import error_number, kind_of
from bot.retry import StoppedError, backoff, pause
from handlers.broadcast.delivery_failures import tell_set_aside
from handlers.chat.context import Services
from handlers.chat.outgoing import Call, Document, Edit, Fetch, Hand, Send, dump_calls, load_calls
from handlers.routing.updates import handle
from storage import inbox
from storage.aliases import Held, list_aliases
from storage.database import UNAVAILABLE, Database
from storage.dialogs import mark_answered
from storage.inbox import HandledError, InboxState, Received

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Wakeup:
    """There may be something to do for this chat."""

    chat: int


class InboxWorker:
    """Answers what the inbox holds."""

    def __init__(
        self,
        database: Database,
        services: Services,
        delivery: Delivery,
        bot: Bot,
        stop: asyncio.Event,
        suspects: Suspects,
        enqueued: Callable[[], None],
    ) -> None:
        """`enqueued` is called when a handler may have put something into the outbox."""
        self._database = database
        self._house = services
        self._delivery = delivery
        self._bot = bot
        self._stop = stop
        self._suspects = suspects
        self._enqueued = enqueued
        self._busy: set[int] = set()
        self._again: set[int] = set()

    async def take_up(self, begin: Callable[[Coroutine[Any, Any, None]], object]) -> None:
        """Take up what an earlier run left, each chat as a task of its own: it keeps none waiting who writes now."""
        for chat in await self._suspects.find(self._bot.id):
            begin(self.answer(Wakeup(chat)))

    async def answer(self, knock: Wakeup) -> None:
        """Answer all that waits for a chat; returns at once if that is being done already."""
        if knock.chat in self._busy:
            self._again.add(knock.chat)
            return
        self._busy.add(knock.chat)
        try:
            while not self._stop.is_set() and (await self._next(knock.chat) or knock.chat in self._again):
                self._again.discard(knock.chat)
        except StoppedError:
            log.info("left for the next start", chat=knock.chat)
        finally:
            self._busy.discard(knock.chat)
            self._again.discard(knock.chat)

    async def _next(self, chat: int) -> bool:
        """Answer the chat's oldest unfinished update; False if there is none."""
        for wait in backoff():
            try:
                row, names = await self._database.run(_next_row, bot_id=self._bot.id, chat_id=chat)
                if row is None:
                    return False
                if not self._house.aliases.knows(names):
                    await asyncio.to_thread(self._house.aliases.know, names)
                await self._finish(row)
            except UNAVAILABLE as error:
                log.warning("storage away", error=type(error).__name__, wait=wait)
                await pause(self._stop, wait)
            else:
                return True
        raise AssertionError

    async def _finish(self, row: Received) -> None:
        """Handle a row, or only deliver what handling it has left; an exception is counted against the row."""
        try:
            calls = load_calls(row.reply or []) if row.state is InboxState.EFFECT else await self._handle(row)
            await self._deliver(row, calls)
        except (StoppedError, *UNAVAILABLE):
            raise
        except HandledError:
            log.warning("handled by another process", row=row.id)
        except Exception as error:
            await self._fail(row, error)

    async def _handle(self, row: Received) -> tuple[Call, ...]:
        async with self._suspects.guard(row):
            update = Update.de_json(dict(row.payload or {}))
            calls = await self._database.run(_take_effect, row, update, self._house)
        self._enqueued()
        if update.message and (new := update.message.migrate_to_chat_id):
            await self.answer(Wakeup(new))  # what waited for the old chat now waits for the new one
        return calls

    async def _deliver(self, row: Received, calls: tuple[Call, ...]) -> None:
        answers: dict[int, int] = {}
        for made, call in enumerate(calls):
            if made and isinstance(
                call, Fetch | Hand | Document
            ):  # what was made is not repeated for what may take long
                await self._database.run(_keep_left, row.id, answers, calls[made:])
            message = await self._delivery.make(call, partial(self._suspects.guard, row))
            if message is not None and isinstance(call, Send | Edit | Fetch) and call.turn is not None:
                answers[call.turn] = message
        await self._database.run(_close, row.id, answers)

    async def _fail(self, row: Received, error: Exception) -> None:
        number = error_number()
        state = await self._database.run(_count_failure, row, number, self._house.plans)
        self._enqueued()
        log.error(
            "update failed",
            number=number,
            row=row.id,
            state=state,
            **kind_of(error),
        )
        log.debug("update failed", number=number, exc_info=error)


def _next_row(session: Session, *, bot_id: int, chat_id: int) -> tuple[Received | None, tuple[Held, ...]]:
    """The chat's oldest unfinished update, with the office's names to read it by."""
    row = inbox.next_of_chat(session, bot_id=bot_id, chat_id=chat_id)
    return row, list_aliases(session) if row else ()


def _take_effect(session: Session, row: Received, update: Update, services: Services) -> tuple[Call, ...]:
    """The update's effects, and the calls that say them, in one transaction."""
    calls = handle(update, session, services, now=datetime.now(UTC))
    inbox.keep_effect(session, row.id, dump_calls(calls))
    return calls


def _count_failure(session: Session, row: Received, number: str, plans: tuple[str, ...]) -> InboxState:
    state = inbox.fail(session, row.id, error=number)
    if state is InboxState.QUARANTINED:
        tell_set_aside(session, row, number, plans, now=datetime.now(UTC))
    return state


def _keep_left(session: Session, row_id: int, answers: dict[int, int], left: tuple[Call, ...]) -> None:
    mark_answered(session, answers)
    inbox.keep_left(session, row_id, dump_calls(left))


def _close(session: Session, row_id: int, answers: dict[int, int]) -> None:
    mark_answered(session, answers)
    inbox.mark_replied(session, row_id)
