"""A reminder that somebody makes for themselves: its row, and the schedule's, in one transaction."""

from collections.abc import Iterable
from datetime import datetime

from handlers.chat.context import Place
from handlers.schedule.next_times import own_due
from handlers.schedule.plan_schedule import row_of
from storage.personal import add_personal, end_personal, end_told_again, personal_of
from storage.schedule import drop_rows, put_rows

RULE = "personal"
MOST = 50
"""So many reminders of their own that are still to come a person may have."""


def remind_at(place: Place, plan: str, member: int, words: str, at: datetime, *, item: int | None = None) -> int | None:
    """Keep the reminder for plan time `at` and return its number; None where there are too many to come."""
    coming = [one for one in personal_of(place.session, member) if one.at > place.house.clock.now()]
    if len(coming) >= MOST:
        return None
    number = add_personal(place.session, plan=plan, member=member, words=words, at=at, item=item, now=place.now)
    put_rows(place.session, [row_of((plan, RULE, str(number)), own_due(at))])
    return number


def call_off(place: Place, plan: str, member: int, number: int) -> str | None:
    """End a reminder of the member's own, done or not wanted; its words, None where it has ended or is not theirs."""
    ended = end_personal(place.session, number, member, now=place.now)
    if ended is None:
        return None
    _drop(place, plan, [number])
    return ended.words


def call_off_again(place: Place, plan: str, member: int, item: int) -> bool:
    """What was to be told again of a message is not; whether any of it was still to come."""
    ended = end_told_again(place.session, item, member, now=place.now)
    _drop(place, plan, [one.id for one in ended])
    return any(one.at > place.house.clock.now() for one in ended)


def _drop(place: Place, plan: str, numbers: Iterable[int]) -> None:
    drop_rows(place.session, [(plan, RULE, str(number)) for number in numbers])
