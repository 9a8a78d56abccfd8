"""Items that are due to one person become one message: a digest a day, and a few urgent ones besides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from handlers.chat.context import Services
from handlers.chat.keyboard import questions_of, screen
from handlers.schedule.batching import Recipients, ReminderBatch, batch_items, daily_batches
from handlers.schedule.message import compose
from handlers.schedule.message_items import contents_of, needless_in, personal_in, repeated_items
from handlers.schedule.snapshot import plan_snapshots
from knowledge.reminders.recipients import PlanSnapshot
from storage.chats import reachable
from storage.dialogs import NewTurn, open_turns
from storage.outbox import enqueue_all, known_keys
from storage.people import Member, get_members
from storage.schedule_items import join_items, postpone_items, skip_items, waiting_items
from storage.subscriptions import subscriptions_of

EXPIRES = timedelta(days=1)
"""A reminder that could not be delivered for so long is of no use: the next one is near."""


def enqueue_waiting(session: Session, services: Services, *, now: datetime) -> bool:
    """Put what is due by now into the outbox, one message a person; True where there was any."""
    moment = services.clock.now()
    waiting = waiting_items(session, moment)
    if not waiting:
        return False
    again = repeated_items(session, personal_in(session, waiting).values())
    plans = {item.plan for items in (waiting, *again.values()) for item in items}
    snapshots = plan_snapshots(session, services, plans)
    to = load_recipients(session, services, get_members(session, {item.member for item in waiting}), moment)
    result = batch_items(
        waiting,
        to,
        services.remind,
        needless=needless_in(snapshots, services.remind),
        again=again,
        moment=moment,
    )
    skip_items(session, result.skipped)
    postpone_items(session, result.postponed)
    enqueue(session, services, result.batches, snapshots, now)
    return True


def load_recipients(session: Session, services: Services, members: Iterable[Member], moment: datetime) -> Recipients:
    """The members as those to whom something is to be sent on the day."""
    known = {member.id: member for member in members}
    today = moment.date()
    batches = [one for member in known.values() for one in daily_batches(member, today, services.remind)]
    return Recipients(
        members=known,
        chats=reachable(session, [member.telegram_id for member in known.values() if member.telegram_id]),
        preferences=subscriptions_of(session, known.keys()),
        used=known_keys(session, [one.key for one in batches]),
    )


def enqueue(
    session: Session,
    services: Services,
    batches: Sequence[ReminderBatch],
    snapshots: Mapping[str, PlanSnapshot],
    now: datetime,
) -> None:
    """Render the messages and put them into the outbox, a statement for all of them."""
    messages = [
        one.still_due(snapshots, services.remind) for one in contents_of(session, [batch.items for batch in batches])
    ]
    replies = [
        compose(one.items, snapshots, services, one.personal, number=one.number, before=one.before) for one in messages
    ]
    turns = open_turns(
        session,
        [
            NewTurn(
                person_id=batch.member.telegram_id or 0,
                question=f"/digest {batch.items[0].id}",
                buttons=questions_of(reply),
            )
            for batch, reply in zip(batches, replies, strict=True)
        ],
        now=now,
    )
    letters = []
    for batch, reply, turn in zip(batches, replies, turns, strict=True):
        text, keyboard = screen(reply, turn=turn)
        letters.append(
            replace(
                batch.letter(text),
                keyboard=keyboard,
                turn=turn,
                not_before=services.clock.now(),
                expires_at=now + EXPIRES,
            )
        )
    numbers = enqueue_all(session, letters, now=now)
    told = zip(batches, numbers, strict=True)
    join_items(session, {item.id: number for batch, number in told if number for item in batch.items})
