"""Telling those who must know that something does not arrive, or cannot be answered: once, and what they can do."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.broadcast import texts_outbox as texts
from handlers.broadcast.direct import holders
from handlers.chat.outgoing import Edit, Fetch, Send, load_calls
from handlers.texts import errors
from storage import evidence
from storage.chats import last_seen
from storage.claims import Recipient
from storage.inbox import NO_CHAT, Received
from storage.outbox import Letter, OutboxKind, enqueue_all
from storage.people import Member, Role, get_members
from storage.rich_text import Text


def tell_unreachable(session: Session, whom: Collection[Recipient], *, now: datetime) -> None:
    """Tell the plan's supervisors and office whom the bot can't reach: once, until that person writes again."""
    if not whom:
        return
    members = {one.id: one for one in get_members(session, {one.member for one in whom})}
    seen = last_seen(session, {one.telegram_id for one in members.values() if one.telegram_id is not None})
    for plan in {one.plan for one in whom}:
        watchers = holders(session, plan, Role.SUPERVISOR, Role.OFFICE)
        lost = [members[one.member] for one in whom if one.plan == plan]
        letters = [
            _notice(watcher, plan, f"unreachable {member.id} since {since.isoformat()}", texts.unreachable(member))
            for member in lost
            if member.telegram_id is not None and (since := seen.get(member.telegram_id))
            for watcher in watchers
            if watcher.id != member.id
        ]
        enqueue_all(session, letters, now=now)


def tell_uncertain(session: Session, rows: Collection[tuple[str, int]], *, now: datetime) -> None:
    """Ask the plan's office about (plan, row) whose fate nobody knows and that are not safe to repeat."""
    for plan in {plan for plan, _ in rows}:
        numbers = [number for of, number in rows if of == plan]
        office = holders(session, plan, Role.OFFICE)
        letters = [_notice(one, plan, f"uncertain {min(numbers)}", texts.uncertain(len(numbers))) for one in office]
        enqueue_all(session, letters, now=now)


def tell_set_aside(
    session: Session, row: Received, number: str, plans: Sequence[str], *, thread: int | None, now: datetime
) -> None:
    """Tell who wrote it, and the plans' offices, that an update will not be answered; its files are not kept.

    `thread` is the forum topic that the update stands in.
    """
    for call in load_calls(row.reply or []):
        if isinstance(call, Fetch):
            evidence.refuse(session, call.evidence)
    occurrence = f"set aside {row.id}"
    letters = [
        _notice(one, plan, occurrence, texts.set_aside(number))
        for plan in plans
        for one in holders(session, plan, Role.OFFICE)
    ]
    if row.chat_id != NO_CHAT:
        plan = next(iter(plans), "")
        letters.append(
            Letter(
                kind=OutboxKind.NOTICE,
                occurrence=occurrence,
                plan=plan,
                chat=row.chat_id,
                thread=_thread(row, thread),
                text=errors.broken(number),
            )
        )
    enqueue_all(session, letters, now=now)


def _thread(row: Received, asked_in: int | None) -> int | None:
    """The forum topic that its answer goes into."""
    if row.reply is None:
        return asked_in
    return next((call.thread for call in load_calls(row.reply) if isinstance(call, Send | Edit)), None)


def _notice(member: Member, plan: str, occurrence: str, text: Text) -> Letter:
    return Letter(
        kind=OutboxKind.NOTICE,
        occurrence=occurrence,
        plan=plan,
        chat=member.telegram_id or 0,  # who holds a role has an account
        member=member.id,
        text=text,
    )
