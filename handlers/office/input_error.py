"""Why a period or a meeting that was typed cannot be set."""

from datetime import date
from enum import StrEnum


class Amiss(StrEnum):
    NO_DAY = "no_day"
    TOO_MANY = "too_many"
    PAST = "past"
    WEEKDAY = "weekday"
    """Another weekday is written beside the day."""
    BACKWARDS = "backwards"
    AFTER_A_DEADLINE = "after_a_deadline"
    TOO_LONG = "too_long"


class AmissError(Exception):
    """Nothing may be set; `day` is what the sentence about it names."""

    def __init__(self, why: Amiss, day: date | None = None) -> None:
        super().__init__(why, day)
        self.why, self.day = why, day
