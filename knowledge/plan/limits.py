"""How much is read of what others write: limits of our own, the same whatever the interpreter's are."""

from datetime import date

MAX_CHARS = 2_000_000
"""Of a file, or of a line of JSON."""
MAX_DEPTH = 20
"""Of lists and mappings inside each other."""
MAX_DIGITS = 18
"""Of a number in a sentence: no figure of a plan is longer, and the records hold no more."""
MAX_VALUE, MAX_PLACES = 10**12 - 1, 6
"""Of a value, which the records must hold exactly."""
MAX_JSON_DIGITS = 100
"""Of a whole number in JSON, which may be somebody's id."""
FIRST_DAY, LAST_DAY = date(1949, 1, 1), date(2099, 12, 31)
"""Of the days that a plan may name, and that may be today."""


def day_within(said: str) -> date:
    """A day written 2023-03-01; ValueError where it is none, or beyond the limits."""
    day = date.fromisoformat(said)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"not from {FIRST_DAY} to {LAST_DAY}")
    return day
