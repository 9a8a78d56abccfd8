"""A reminder that somebody makes for themselves: its row, and the schedule's, in one transaction."""

from collections.abc import Iterable
from datetime import datetime

from handlers.chat.context import Context
from handlers.schedule.next_times import own_due
from handlers.schedule.plan_schedule import row_of
from storage.personal_reminders import add_personal, end_personal, end_told_again, personal_of
from storage.schedule import drop_rows, put_rows

RULE = "personal"
MOST = 50
"""So many reminders of their own that are still to come a person may have."""


def remind_at(
    context: Context, plan: str, member: int, words: str, at: datetime, *, item: int | None = None
) -> int | None:
    """Keep the reminder for plan time `at` and return its number; None where there are too many to come."""
    coming = [one for one in personal_of(context.session, member) if one.at > context.services.clock.now()]
    if len(coming) >= MOST:
        return None
    number = add_personal(context.session, plan=plan, member=member, words=words, at=at, item=item, now=context.now)
    put_rows(context.session, [row_of((plan, RULE, str(number)), own_due(at))])
    return number


def call_off(context: Context, plan: str, member: int, number: int) -> str | None:
    """End a reminder of the member's own, done or not wanted; its words, None where it has ended or is not theirs."""
    ended = end_personal(context.session, number, member, now=context.now)
    if ended is None:
        return None
    _drop(context, plan, [number])
    return ended.words


def call_off_again(context: Context, plan: str, member: int, item: int) -> bool:
    """What was to be told again of a message is not; whether any of it was still to come."""
    ended = end_told_again(context.session, item, member, now=context.now)
    _drop(context, plan, [one.id for one in ended])
    return any(one.at > context.services.clock.now() for one in ended)


def _drop(context: Context, plan: str, numbers: Iterable[int]) -> None:
    drop_rows(context.session, [(plan, RULE, str(number)) for number in numbers])
