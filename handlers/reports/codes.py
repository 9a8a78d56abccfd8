"""The codes in the lines of buttons about reports."""

from enum import StrEnum, auto


class CardVerb(StrEnum):
    """What is done with a draft: `/report #12.3 confirm`."""

    CONFIRM = auto()
    NUMBER = auto()
    DAY = auto()
    TODAY = auto()
    OTHER = auto()
    MOVE = auto()
    NOTE = auto()
    ANYWAY = auto()
    SKIP = auto()
    SOURCE = auto()
    """How the word came that is written down for a unit."""
    ALL = auto()
    """Every report of the draft that looks right."""
    EACH = auto()
    CANCEL = auto()


class BehalfVerb(StrEnum):
    """What is written down for a unit, and what the unit does about it: `/behalf 市科经局 same`, `/behalf fix 12`."""

    SAME = auto()
    FIX = auto()
    OBJECT = auto()
    SEND = auto()


class Step(StrEnum):
    """What comes next in reporting step by step: `/report task 5.2`."""

    PAGE = auto()
    TASK = auto()
    TARGET = auto()
    FIGURE = auto()
    FORM = auto()
    SAME = auto()
    SAY = auto()
    """A report in words that was offered for one that was unclear."""


ALL = "all"
"""Behind a form's step: of every target, not only of those that are still to be reported."""


class RecordVerb(StrEnum):
    """What is done with what is recorded: `/pending accept 7`, `/evidence see 7`."""

    ACCEPT = auto()
    RETURN = auto()
    ALL = auto()
    ONE = auto()
    """The first from that number on, by itself: `/approve one 7`."""
    LAST = auto()
    """The one that the person made last: `/withdraw last`."""
    WRONG = auto()
    """The same, to be corrected or withdrawn."""
    SEE = auto()
    PAGE = auto()
    CONFIRM = auto()
    """What was shown is done: `/return 7 confirm 口径不对`."""
    KEEP = auto()
    """It is not: the report stays as it is."""
    SETTLE = auto()
    HOW = auto()
    REOPEN = auto()
    UNDO = auto()
    PUT = auto()
    """A file goes with a report or a draft: `/evidence put 3 report 7`."""
    MOVE = auto()
    """It belongs elsewhere."""
    DROP = auto()
