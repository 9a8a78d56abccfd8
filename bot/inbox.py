"""The workers that answer what is stored.

An update travels as a row: the Application's queue carries only knocks, "there is something for this chat". A chat's
rows are answered one after the other, chats beside each other.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.arrivals import Arrival, Wakeup
from bot.channel import Channel, thread_of
from bot.crash_guard import Suspects
from bot.delivery import Delivery
from bot.error_number import error_number, kind_of
from bot.retry import StoppedError, backoff, pause
from handlers.broadcast.delivery_failures import tell_set_aside
from handlers.chat.context import Services
from handlers.chat.incoming import Moved
from handlers.chat.numbered_replies import tapped_by_reply
from handlers.chat.outgoing import Call, Document, Edit, Fetch, Hand, Send, dump_calls, load_calls
from handlers.routing.updates import handle
from storage import inbox
from storage.aliases import Held, list_aliases
from storage.database import UNAVAILABLE, Database
from storage.dialogs import mark_answered
from storage.inbox import HandledError, InboxState, Received
from storage.outbox import has_enqueued

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An update that was taken up."""

    row: Received
    calls: tuple[Call, ...] | None = None
    """What is to be said; None: it is not handled yet, because the names are new or the row is to be marked first."""
    names: tuple[Held, ...] = ()
    """The office's names to read it by."""
    enqueued: bool = False
    """Whether handling it has put something into the outbox."""
    moved_to: int | None = None
    """The supergroup that its group has become."""


class InboxWorker:
    """Answers what the inbox holds."""

    def __init__(
        self,
        database: Database,
        services: Services,
        delivery: Delivery,
        channel: Channel,
        stop: asyncio.Event,
        suspects: Suspects,
        enqueued: Callable[[], None],
        answered: Callable[[int], None],
        said: Callable[[Iterable[int]], None] | None = None,
    ) -> None:
        """`enqueued` is called when a handler has put something into the outbox, `answered` when all of a chat is;
        `said` with the turns whose answers have gone out."""
        self._database = database
        self._services = services
        self._delivery = delivery
        self._channel = channel
        self._stop = stop
        self._suspects = suspects
        self._enqueued = enqueued
        self._answered = answered
        self._said = said
        self._busy: set[int] = set()
        self._again: set[int] = set()

    async def take_up(self, begin: Callable[[Coroutine[Any, Any, None]], object]) -> None:
        """Take up what an earlier run left, each chat as a task of its own: it keeps none waiting who writes now."""
        for chat in await self._suspects.find():
            begin(self.answer(Wakeup(chat)))

    async def answer(self, knock: Wakeup) -> None:
        """Answer all that waits for a chat; returns at once if that is being done already."""
        if knock.chat in self._busy:
            self._again.add(knock.chat)
            return
        self._busy.add(knock.chat)
        arrival = knock.arrival
        try:
            while not self._stop.is_set() and (await self._next(knock.chat, arrival) or knock.chat in self._again):
                self._again.discard(knock.chat)
                arrival = None
            self._answered(knock.chat)
        except StoppedError:
            log.info("left for the next start", chat=knock.chat)
        finally:
            self._busy.discard(knock.chat)
            self._again.discard(knock.chat)

    async def _next(self, chat: int, arrival: Arrival | None) -> bool:
        """Answer the chat's oldest unfinished update; whether another may wait."""
        for wait in backoff():
            try:
                return await self._finish(chat, arrival)
            except UNAVAILABLE as error:
                log.warning("storage away", error=type(error).__name__, wait=wait)
                await pause(self._stop, wait)
        raise AssertionError

    async def _finish(self, chat: int, arrival: Arrival | None) -> bool:
        """Handle an update, or only deliver what handling it has left; an exception is counted against it."""
        try:
            taken = await self._take(chat, arrival)
            return taken is not None and (taken.calls is None or await self._deliver(taken.row, taken.calls))
        except (StoppedError, *UNAVAILABLE):
            raise
        except HandledError:
            log.warning("handled by another process", chat=chat)
        except Exception as error:
            await self._fail(chat, error)
        return True

    async def _take(self, chat: int, arrival: Arrival | None) -> Taken | None:
        taken = await self._database.run(self._take_effect, chat, arrival)
        if taken is not None and taken.calls is None:
            if not self._services.aliases.knows(taken.names):
                await asyncio.to_thread(self._services.aliases.know, taken.names)
            async with self._suspects.guard(taken.row):
                taken = await self._database.run(self._take_effect, chat, arrival)
        if taken is not None and taken.enqueued:
            self._enqueued()
        if taken is not None and taken.moved_to is not None:
            await self.answer(Wakeup(taken.moved_to))  # what waited for the old chat now waits for the new one
        return taken

    def _take_effect(self, session: Session, chat: int, arrival: Arrival | None) -> Taken | None:
        """The chat's oldest unfinished update with its effects, and the calls that say them, in one transaction.

        Where it is `arrival`, it is not read again.
        """
        row = inbox.next_of_chat(session, receiver=self._channel.receiver, chat_id=chat)
        if row is None:
            return None
        if row.state is InboxState.EFFECT:
            return Taken(row=row, calls=load_calls(row.reply or []))
        names = list_aliases(session)
        if self._suspects.unmarked(row) or not self._services.aliases.knows(names):
            return Taken(row=row, names=names)
        known = arrival is not None and arrival.key == row.key
        update = arrival.update if arrival is not None and known else self._channel.read(row.payload or {})
        now = datetime.now(UTC)
        if update and not self._channel.capabilities.buttons:
            update = tapped_by_reply(session, update, now)
        calls = handle(update, session, self._services, now=now) if update else ()
        inbox.keep_effect(session, row.id, dump_calls(calls))
        moved_to = update.to.number if isinstance(update, Moved) and update.to.number != chat else None
        return Taken(row=row, calls=calls, enqueued=has_enqueued(session), moved_to=moved_to)

    async def _deliver(self, row: Received, calls: tuple[Call, ...]) -> bool:
        """Make the calls and close the row; whether another waits in its chat."""
        answers: dict[int, int] = {}
        for made, call in enumerate(calls):
            if made and isinstance(
                call, Fetch | Hand | Document
            ):  # what was made is not repeated for what may take long
                await self._database.run(_keep_left, row.id, answers, calls[made:])
            message = await self._delivery.make(call, chat=row.chat_id, guard=partial(self._suspects.guard, row))
            if message is not None and isinstance(call, Send | Edit | Fetch) and call.turn is not None:
                answers[call.turn] = message
        waits = await self._database.run(_close, row.id, answers)
        if self._said:
            self._said(answers)
        return waits

    async def _fail(self, chat: int, error: Exception) -> None:
        number = error_number()
        row, state = await self._database.run(self._count_failure, chat, number)
        self._enqueued()
        log.error("update failed", number=number, row=row, state=state, **kind_of(error))
        log.debug("update failed", number=number, exc_info=error)

    def _count_failure(self, session: Session, chat: int, number: str) -> tuple[int | None, InboxState | None]:
        """(The row that failed: the chat's oldest unfinished one, its state)."""
        row = inbox.next_of_chat(session, receiver=self._channel.receiver, chat_id=chat)
        if row is None:
            return None, None
        state = inbox.fail(session, row.id, error=number)
        if state is InboxState.QUARANTINED:
            thread = thread_of(self._channel, row)
            tell_set_aside(session, row, number, self._services.plans, thread=thread, now=datetime.now(UTC))
        return row.id, state


def _keep_left(session: Session, row_id: int, answers: dict[int, int], left: tuple[Call, ...]) -> None:
    mark_answered(session, answers)
    inbox.keep_left(session, row_id, dump_calls(left))


def _close(session: Session, row_id: int, answers: dict[int, int]) -> bool:
    mark_answered(session, answers)
    return inbox.mark_replied(session, row_id)
