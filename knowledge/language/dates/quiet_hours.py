"""22点到7点: hours in which a person wants to hear nothing. The text is cleaned text."""

import re
from datetime import time

from knowledge.language.dates.clock import CLOCK, PARTS, time_said
from knowledge.language.dates.numerals import small_number

NO_QUIET = (time(0), time(0))
"""Hours that begin when they end."""
_NONE = re.compile("不设|不要|取消|没有|全天都?(?:可以|能|行)")
_HOUR = re.compile(rf"(?P<part>{PARTS})?{CLOCK}", re.ASCII)
_BARE = re.compile(r"(\d{1,2})[-~至到—](?:第二天|次日)?(\d{1,2})")


def quiet_hours(text: str) -> tuple[time, time] | None:
    """(from, to), over midnight where the second is not later; None where the text names no such hours.

    Hours without 早上 or the like are on the clock of 24 hours: 22点到6点 ends in the morning.
    """
    if _NONE.search(text):
        return NO_QUIET
    found = [at for one in _HOUR.finditer(text) if (at := _time(one)) is not None]
    if not found and (bare := _BARE.fullmatch(text)):
        found = [time(hour) for hour in map(int, bare.groups()) if hour < 24]
    return (found[0], found[1]) if len(found) == 2 and found[0] != found[1] else None


def hours_named(text: str) -> str:
    """The words of a sentence that say such hours; "" where it names none, or more."""
    found = [one.span() for one in _HOUR.finditer(text)]
    words = text[found[0][0] : found[-1][1]] if len(found) == 2 else ""
    return words if words and quiet_hours(words) else ""


def _time(found: re.Match[str]) -> time | None:
    said = time_said(found)
    if said is None or found["part"]:
        return said and said[1]
    return said[1].replace(hour=small_number(found["hour"]) % 24)
