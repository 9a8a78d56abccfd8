"""Which numbers a rule can have: they keep its occasions in order, apart from those of its next deadline or period."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from knowledge.language.quantities.numerals import read_number
from knowledge.reminders.rules import (
    DRAFTS,
    Before,
    BeforeMeeting,
    Late,
    Monthly,
    OnRequest,
    Opening,
    Overdue,
    ReminderRule,
    Weekly,
    When,
)

MOST = 12
"""Numbers of one rule."""
ONCE = ("given_up", "closes", *DRAFTS)
"""Rules that end or sum something up: they come once, so they have one number."""

_RANGES: dict[type[When], tuple[int, int]] = {
    Before: (0, 180),  # yearly deadlines follow each other
    Overdue: (1, 26),
    Opening: (0, 20),  # a month's figures are due a month after the last one's
    Late: (1, 15),
    Monthly: (1, 28),  # every month has them
    Weekly: (1, 5),
    BeforeMeeting: (1, 10),
}
_WEEKDAYS = "一二三四五六日"
_BETWEEN = re.compile(r"[\s、,，;；和]+")
_NUMBER = re.compile(
    r"(?:期?前|提前|期?后|第|每月)?(?P<number>\d{1,3}|[一二两三四五六七八九十廿卅百]{1,5})(?:个?工作日|天|周|日|号)?"
)
_WEEKDAY = re.compile(rf"(?:每?周|星期)?(?P<day>[{_WEEKDAYS}])")
_SAME_DAY = ("当天", "当日")


class NumberFault(StrEnum):
    UNREAD = "unread"
    OUT_OF_RANGE = "out_of_range"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Allowed:
    least: int
    most: int
    count: int
    """How many numbers at most."""


def allowed(rule: ReminderRule) -> Allowed | None:
    """None for a rule that has no numbers."""
    if isinstance(rule.when, OnRequest):
        return None
    least, most = _RANGES[type(rule.when)]
    return Allowed(least, most, 1 if rule.key in ONCE or isinstance(rule.when, BeforeMeeting) else MOST)


def read_numbers(said: str, rule: ReminderRule) -> tuple[int, ...] | NumberFault:
    """What was typed for a rule: 60 30 7 1, 前30天、当天, 周一; each number once, in the order of its occasions."""
    numbers = [_number(word, rule) for word in _BETWEEN.split(said.strip()) if word]
    limits = allowed(rule)
    if limits is None or not numbers or None in numbers:
        return NumberFault.UNREAD
    found = in_order((one for one in numbers if one is not None), rule)
    if any(not limits.least <= one <= limits.most for one in found):
        return NumberFault.OUT_OF_RANGE
    return found if len(found) <= limits.count else NumberFault.TOO_MANY


def in_order(numbers: Iterable[int], rule: ReminderRule) -> tuple[int, ...]:
    """The earliest first: what counts back from a day, from far to near."""
    return tuple(sorted(set(numbers), reverse=isinstance(rule.when, Before | Opening | BeforeMeeting)))


def _number(word: str, rule: ReminderRule) -> int | None:
    if word in _SAME_DAY:
        return 0
    if isinstance(rule.when, Weekly) and (weekday := _WEEKDAY.fullmatch(word)):
        return _WEEKDAYS.index(weekday["day"]) + 1
    found = _NUMBER.fullmatch(word)
    number = read_number(found["number"]) if found else None
    return None if number is None else int(number)
