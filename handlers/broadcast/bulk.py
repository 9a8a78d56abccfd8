"""Writing to many at once: who can be reached, and one message each into the outbox; a few statements however many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.chat.keyboard import questions_of, screen
from handlers.texts.reply import Reply
from storage.chats import reachable
from storage.dialogs import NewTurn, open_turns
from storage.outbox import Letter, OutboxKind, enqueue_all
from storage.people import Member


@dataclass(frozen=True, slots=True)
class Reachability:
    members: tuple[Member, ...]
    """Who can be written to."""
    beyond: tuple[Member, ...]
    """Who cannot: they never wrote to the bot, or blocked it. The locked are in neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What one person gets; `line` shows the reply's pages."""

    member: Member
    reply: Reply
    occurrence: str
    line: str = ""
    not_before: datetime | None = None
    """Plan time, aware; None: at once."""


def reach(session: Session, members: Iterable[Member]) -> Reachability:
    wanted = [one for one in members if not one.locked and one.telegram_id is not None]
    there = reachable(session, [one.telegram_id for one in wanted if one.telegram_id is not None])
    return Reachability(
        tuple(one for one in wanted if one.telegram_id in there),
        tuple(one for one in wanted if one.telegram_id not in there),
    )


def post(session: Session, parcels: Sequence[Parcel], *, kind: OutboxKind, plan: str, now: datetime) -> dict[int, int]:
    """The numbers of the messages by member; nobody gets the same occurrence twice."""
    there = [(one, one.member.telegram_id) for one in parcels if one.member.telegram_id is not None]
    opened = [NewTurn(person_id=chat, question=one.line, buttons=questions_of(one.reply)) for one, chat in there]
    turns = open_turns(session, opened, now=now)
    letters = []
    for (one, chat), turn in zip(there, turns, strict=True):
        text, keyboard = screen(one.reply, turn=turn)
        letters.append(
            Letter(
                kind=kind,
                occurrence=one.occurrence,
                plan=plan,
                chat=chat,
                text=text,
                member=one.member.id,
                keyboard=keyboard,
                turn=turn,
                not_before=one.not_before,
            )
        )
    numbers = enqueue_all(session, letters, now=now)
    return {one.member.id: number for (one, _), number in zip(there, numbers, strict=True) if number is not None}
