"""Buttons where there are none: each is written out with what to reply, and that reply is the tap on it.

What is replied follows from the button alone, so nothing is stored for it: a question's button has its number from 1
among those of all pages, a page its own number, and the two thumbs have the numbers after the most buttons that an
answer with thumbs has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from unicodedata import normalize

from sqlalchemy.orm import Session

from handlers.chat import texts_degradation as texts
from handlers.chat.incoming import Addressee, Incoming, Moved, Said, Tapped
from handlers.chat.keyboard import Tap, read_tap, tap_data
from handlers.chat.paging import BUTTONS
from storage.dialogs import StoredTurn, last_answered
from storage.outbox import Keyboard
from storage.prompts import prompt_of

GOOD, BAD = BUTTONS + 1, BUTTONS + 2

_REPLY = re.compile(
    "(?P<explicit>回复? *)?"
    "(?:(?P<number>[1-9][0-9]?)|第(?P<ordinal>[1-9一二三四五六七八九])个|第(?P<page>[1-9][0-9]{0,2})页)[。.]?"
)
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class NumberedReply:
    """What a reply says; of `number` and `page`, both from 1, one is None."""

    number: int | None
    page: int | None
    explicit: bool
    """It says itself that it is a reply: 回复 1."""


def reply_lines(keyboard: Keyboard) -> Iterator[str]:
    """A line for each button."""
    for label, data in chain.from_iterable(keyboard):
        if tap := read_tap(data):
            yield texts.reply_line(_reply_of(tap), label)


def read_reply(text: str) -> NumberedReply | None:
    found = _REPLY.fullmatch(normalize("NFKC", text).strip())
    if found is None:
        return None
    number = found["number"] or found["ordinal"]
    return NumberedReply(
        number=None if number is None else _DIGITS.get(number) or int(number),
        page=int(found["page"]) if found["page"] else None,
        explicit=bool(found["explicit"]),
    )


def tapped_by_reply(session: Session, update: Incoming | Moved, now: datetime) -> Incoming | Moved:
    """The tap that the words mean: on a button of the chat's last answer. Otherwise the update as it is.

    While something is to be typed, a mere number is what is typed.
    """
    if not isinstance(update, Said) or update.addressee is not Addressee.BOT:
        return update
    reply = read_reply(update.text)
    if reply is None:
        return update
    chat = update.chat.number
    if not reply.explicit and prompt_of(session, chat_id=chat, person_id=update.person.number, now=now) is not None:
        return update
    turn = last_answered(session, chat_id=chat)
    tap = None if turn is None else tap_on(turn, reply)
    if turn is None or tap is None:
        return update
    return Tapped(
        key=update.key,
        chat=update.chat,
        kind=update.kind,
        title=update.title,
        thread=update.thread,
        person=update.person,
        name=update.name,
        tap=update.key,
        message=turn.answer_id,
        data=tap_data(tap),
    )


def tap_on(turn: StoredTurn, reply: NumberedReply) -> Tap | None:
    """None where the turn's answer has no such button."""
    if reply.page is not None:
        return Tap(turn.id, page=reply.page - 1) if turn.question else None
    number = reply.number or 0
    if 0 < number <= len(turn.buttons):
        return Tap(turn.id, button=number - 1)
    rated = len(turn.buttons) <= BUTTONS and turn.question and not turn.question.startswith("/")
    return Tap(turn.id, liked=number == GOOD) if rated and number in {GOOD, BAD} else None


def _reply_of(tap: Tap) -> str:
    if tap.page is not None:
        return texts.page_reply(tap.page + 1)
    if tap.liked is not None:
        return str(GOOD if tap.liked else BAD)
    return str((tap.button or 0) + 1)
