"""The codes in the lines of buttons about reminders."""

from enum import StrEnum, auto


class PreferenceVerb(StrEnum):
    """What one wants of one's reminders: `/remind days on 30`."""

    DAYS = auto()
    SINGLE = auto()
    JOINED = auto()
    QUIET = auto()
    MUTE = auto()
    LIFT = auto()
    ON = auto()
    OFF = auto()
    PAGE = auto()
    AS_RULE = auto()


class PersonalVerb(StrEnum):
    """What is done with reminders of one's own: `/reminders cancel 3`."""

    NEW = auto()
    WHEN = auto()
    CANCEL = auto()
    PAGE = auto()


class SnoozeTime(StrEnum):
    """When to be told again: `/later 3 hour`."""

    HOUR = auto()
    WORKDAY = auto()
    MONDAY = auto()


class PressVerb(StrEnum):
    """What is done with a preview: `/urge 市科经局 confirm`."""

    CONFIRM = auto()
    KEEP = auto()


PAGE = "page"
"""In the place of a target: a page of those that a message asks for, `/fill 3 page 2`."""
