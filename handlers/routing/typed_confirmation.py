"""确认 typed under a card that says 确认 and 不改了: the tap on its first button, answered by a message.

A draft's card is none of them: its 确认 is known by the draft (`typed_buttons`), wherever it stands.
"""

import re
from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from handlers.chat.incoming import Said, Tapped
from handlers.chat.keyboard import Tap, tap_data
from handlers.chat.outgoing import Call, Edit, Send, Toast
from handlers.reports.codes import ALL, Step
from knowledge.language.normalize import clean
from knowledge.language.pattern import sign
from storage.dialogs import StoredTurn, last_answered

CONFIRMS = sign(
    r"^(?:好的?,?|是的?,?|对,?)?(?:确认|确定)(?:无误|吧|了|一下)?[。.!~]*$",
    "确认",
    "确定",
    "好的，确认",
    "确认无误",
    others=("确认谁负责", "确认什么", "怎么确认"),
)
_CONFIRMING = re.compile("[确確]")
"""Of other words nothing is cleaned twice."""
_LEAVES = re.compile(r"/keep|/\S+ (?:\S.* )?keep(?: \d+)?")
"""What the button sends that leaves all as it is: only a card that waits has one."""


def typed_confirmation(session: Session, said: Said) -> Tapped | None:
    """The tap that is meant, where the chat's last answer is a card that waits for it."""
    if said.group or not _CONFIRMING.search(said.text) or not CONFIRMS.shows(clean(said.text)):
        return None
    turn = last_answered(session, chat_id=said.chat.number)
    if turn is None or turn.person_id != said.person.number or not _waits(turn):
        return None
    return Tapped(
        key=said.key,
        chat=said.chat,
        kind=said.kind,
        title=said.title,
        thread=said.thread,
        person=said.person,
        name=said.name,
        tap=said.key,
        message=turn.answer_id,
        data=tap_data(Tap(turn.id, button=0)),
    )


def said_anew(calls: Iterable[Call], tap: Tapped) -> Iterator[Call]:
    """The answers of a tap that was typed: no button waits for a toast, and what came of it stands last."""
    for call in calls:
        match call:
            case Toast(text=""):
                pass
            case Toast(text=text):
                yield Send(chat=tap.chat.number, text=text, thread=tap.thread)
            case Edit():
                yield call.anew()
            case _:
                yield call


def _waits(turn: StoredTurn) -> bool:
    first = turn.buttons[0] if turn.buttons else ""
    return first == f"/report {Step.SAME} {ALL}" or any(map(_LEAVES.fullmatch, turn.buttons[1:]))
