"""What became of a message of the outbox that was to be sent, and its record."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from handlers.broadcast.delivery_failures import tell_uncertain, tell_unreachable
from storage import claims
from storage.chats import Address, mark_blocked, migrate_chat
from storage.claims import Claim, Doubtful, Recipient
from storage.dialogs import mark_answered
from storage.outbox import DeliveryReason

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sent:
    message: int | None
    """None: a recall that deleted one."""
    whole: bool = True
    """Whether that message holds all of it: one that is the last of several cannot be taken back by deleting it."""


@dataclass(frozen=True, slots=True)
class Later:
    """It certainly did not go out; try again after so many seconds."""

    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have arrived; where it is safe to repeat, try again after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    reason: DeliveryReason


@dataclass(frozen=True, slots=True)
class MovedTo:
    """The group is this chat now."""

    chat: Address


Fate = Sent | Later | Unknown | Failed | MovedTo

UNREACHABLE = (DeliveryReason.BLOCKED, DeliveryReason.NOT_FOUND, DeliveryReason.DEACTIVATED)
"""No message to the chat would arrive."""


def record(session: Session, fates: Iterable[tuple[Claim, Fate]], *, now: datetime, day: date) -> None:
    """Write down what became of each; `day` is the plan's. Those who must know of what does not arrive are told."""
    sent: dict[int, int | None] = {}
    later: dict[int, datetime] = {}
    unknown: dict[int, datetime] = {}
    failed: defaultdict[DeliveryReason, list[Claim]] = defaultdict(list)
    turns: dict[int, int] = {}
    moved: dict[int, Address] = {}
    for claim, fate in fates:
        match fate:
            case Sent(message, whole):
                sent[claim.id] = message if whole else None
                if claim.turn is not None and message is not None:
                    turns[claim.turn] = message
            case Later(seconds):
                later[claim.id] = now + timedelta(seconds=seconds)
            case Unknown(seconds):
                unknown[claim.id] = now + timedelta(seconds=seconds)
            case Failed(reason):
                failed[reason].append(claim)
            case MovedTo(chat):
                moved[claim.chat] = chat
                later[claim.id] = now
    claims.mark_sent(session, sent, now=now, day=day)
    mark_answered(session, turns)
    claims.retry(session, later)
    if unknown:
        report(session, claims.doubt(session, unknown, at=max(unknown.values())), now=now)
    for old, new in moved.items():
        migrate_chat(session, old=old, new=new, now=now)
    for reason, lost in failed.items():
        claims.fail(session, [one.id for one in lost], reason=reason)
    unreachable = [one for reason in UNREACHABLE for one in failed[reason]]
    if unreachable:
        mark_blocked(session, *{one.chat for one in unreachable})
        whom = {Recipient(one.plan, one.member) for one in unreachable if one.member is not None}
        tell_unreachable(session, whom, now=now)


def report(session: Session, doubtful: Doubtful, *, now: datetime) -> None:
    """Say what is sent again although it may have arrived, and ask about what must not be."""
    if doubtful.repeated or doubtful.uncertain:
        log.warning("fate unknown", repeated=len(doubtful.repeated), uncertain=len(doubtful.uncertain))
    tell_uncertain(session, doubtful.uncertain, now=now)
