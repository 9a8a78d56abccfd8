"""The updates of one poll, each read by itself, so that one which nobody can read stops no other."""

from collections.abc import Iterable
from typing import Any

from telegram import Update
from telegram.constants import ChatType

from bot.arrivals import Arrival
from bot.telegram.incoming import read, topic_of, without_red_lines
from bot.telegram.texts_kinds import UPDATES
from handlers.chat.context import Me
from handlers.services.invite_codes import sealed
from storage import inbox

UNKNOWN_KIND = "unknown"
"""The kind of an update that holds none of those we know."""
_ASKING = ("message", "edited_message", "callback_query")
"""The kinds that a person waits for something after."""
_LARGEST = 2**63 - 1


def read_batch(found: Iterable[Any], me: Me) -> list[Arrival]:
    """The updates in the order of their numbers, without those that have none."""
    return sorted(filter(None, (_read(raw, me) for raw in found)), key=number_of)


def number_of(arrival: Arrival) -> int:
    """Telegram's number of the update."""
    return int(arrival.key)


def _read(raw: Any, me: Me) -> Arrival | None:
    number = _number(raw.get("update_id")) if isinstance(raw, dict) else None
    if number is None:
        return None
    raw["update_id"] = number
    kind = next((name for name in UPDATES if name in raw and name != "update_id"), UNKNOWN_KIND)
    try:
        payload = without_red_lines(sealed(raw))
        update = Update.de_json(payload)
        chat, person, message = update.effective_chat, update.effective_user, update.effective_message
        ids = [one.id for one in (chat, person) if one] + ([message.message_id] if message else [])
        if not all(map(_is_id, ids)):
            return _aside(number, kind, raw, "id")
        return Arrival(
            key=str(number),
            kind=kind,
            chat=chat.id if chat else inbox.NO_CHAT,
            private=chat is not None and chat.type == ChatType.PRIVATE,
            waits=kind in _ASKING and chat is not None,
            thread=topic_of(message),
            payload=payload,
            update=read(update, me),
        )
    except Exception as error:
        return _aside(number, kind, raw, type(error).__name__)


def _aside(number: int, kind: str, raw: dict[str, Any], trouble: str) -> Arrival:
    chat = _private_chat(raw.get(kind))
    known = chat != inbox.NO_CHAT
    return Arrival(
        key=str(number), kind=kind, chat=chat, private=known, waits=known and kind in _ASKING, trouble=trouble
    )


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
