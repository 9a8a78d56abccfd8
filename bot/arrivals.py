"""What becomes of an update that has come: it is stored as it is, or set aside as its number and kind.

Each is read by itself, so that one which nobody can read stops no other. Nothing of it goes into the log.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.error_number import error_number
from bot.inbox import Wakeup
from bot.limiter import SendLimiter
from bot.message_sender import send_text
from bot.retry import StoppedError
from handlers.chat.context import topic_of
from handlers.chat.outgoing import Send, dump_calls
from handlers.routing.texts_kinds import UPDATES
from handlers.services.invite_codes import sealed
from handlers.services.red_lines import at_the_door
from handlers.texts import errors
from storage import inbox
from storage.base import JsonObject
from storage.database import UNAVAILABLE, Database

UNKNOWN = "unknown"
"""The kind of an update that holds none of those we know."""
_ASKING = ("message", "edited_message", "callback_query")
"""The kinds that a person waits for something after."""
_LARGEST = 2**63 - 1

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An update that is to be stored: as `payload`, or set aside because of `trouble`."""

    number: int
    kind: str
    chat: int = inbox.NO_CHAT
    """Of one that is set aside: its private chat, where that can be read."""
    thread: int | None = None
    payload: JsonObject | None = None
    update: Update | None = None
    """As it is read from the payload."""
    trouble: str = ""
    """The type of the error that it makes."""

    @property
    def waits(self) -> bool:
        """Whether somebody waits for an answer."""
        return self.kind in _ASKING and self.chat != inbox.NO_CHAT


def read_batch(found: Iterable[Any]) -> list[Arrival]:
    """The updates in the order of their numbers, without those that have none."""
    return sorted(filter(None, map(_read, found)), key=lambda arrival: arrival.number)


def _read(raw: Any) -> Arrival | None:
    number = _number(raw.get("update_id")) if isinstance(raw, dict) else None
    if number is None:
        return None
    raw["update_id"] = number
    kind = next((name for name in UPDATES if name in raw and name != "update_id"), UNKNOWN)
    try:
        payload = at_the_door(sealed(raw))
        update = Update.de_json(payload)
        chat, person, message = update.effective_chat, update.effective_user, update.effective_message
        ids = [one.id for one in (chat, person) if one] + ([message.message_id] if message else [])
        if not all(map(_is_id, ids)):
            return _aside(number, kind, raw, "id")
        return Arrival(
            number=number,
            kind=kind,
            chat=chat.id if chat else inbox.NO_CHAT,
            thread=topic_of(message),
            payload=payload,
            update=update,
        )
    except Exception as error:
        return _aside(number, kind, raw, type(error).__name__)


def _aside(number: int, kind: str, raw: dict[str, Any], trouble: str) -> Arrival:
    return Arrival(number=number, kind=kind, chat=_private_chat(raw.get(kind)), trouble=trouble)


def _number(found: Any) -> int | None:
    """An update's number, also where a server writes it as a text."""
    if isinstance(found, str) and found.isascii() and found.isdecimal():
        found = int(found)
    return found if _is_id(found) and 0 <= found < _LARGEST else None


def _is_id(found: Any) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and abs(found) <= _LARGEST


def _private_chat(body: Any) -> int:
    holder = body.get("message", body) if isinstance(body, dict) else None
    chat = holder.get("chat") if isinstance(holder, dict) else None
    if not isinstance(chat, dict) or chat.get("type") != ChatType.PRIVATE or not _is_id(chat.get("id")):
        return inbox.NO_CHAT
    return int(chat["id"])


class Arrivals:
    """Stores what arrives and lets the clerk know; in an outage those who wrote are told, once each."""

    def __init__(self, database: Database, bot: Bot, limiter: SendLimiter, knocks: "asyncio.Queue[Any]") -> None:
        self._database = database
        self._bot = bot
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
            await self._knocks.put(Wakeup(arrival.chat, arrival.update))
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
            bot_id=self._bot.id,
            update_id=arrival.number,
            chat_id=arrival.chat,
            payload=arrival.payload or {},
            received_at=datetime.now(UTC),
        )

    async def _store_unreadable(self, arrival: Arrival, trouble: str) -> bool:
        number = error_number()
        told = arrival.waits and arrival.chat > 0  # a private chat's number is its person's
        reply = (Send(chat=arrival.chat, thread=arrival.thread, text=errors.unreadable(number)),) if told else ()
        new = await self._database.run(
            inbox.store_unreadable,
            bot_id=self._bot.id,
            update_id=arrival.number,
            chat_id=arrival.chat,
            kind=arrival.kind,
            error=number,
            reply=dump_calls(reply),
            received_at=datetime.now(UTC),
        )
        if new:
            log.error("update set aside", number=number, update=arrival.number, kind=arrival.kind, error=trouble)
        return new

    async def _tell(self, arrival: Arrival) -> None:
        number = error_number()
        log.error("update not stored", number=number, update=arrival.number, kind=arrival.kind)
        try:
            async with self._limiter.turn(arrival.chat):
                await send_text(self._bot, arrival.chat, errors.not_stored(number), thread=arrival.thread)
        except (TelegramError, StoppedError) as error:
            log.warning("outage not told", number=number, error=type(error).__name__)
