"""The codes in the lines of buttons about what the office keeps and sets."""

from enum import StrEnum, auto


class HolidayVerb(StrEnum):
    """What is done with days off and worked: `/holidays confirm 2023-10-09放假`."""

    SET = auto()
    CONFIRM = auto()
    UNDO = auto()
    CANCEL = auto()


class PeriodVerb(StrEnum):
    """What is done with a plan's period; CLEAR stands for none: `/period undo clear 2021-12-31至2024-12-31`."""

    SET = auto()
    CONFIRM = auto()
    UNDO = auto()
    KEEP = auto()
    CLEAR = auto()


class MeetingVerb(StrEnum):
    """What is done with a meeting: `/meeting cancel 3`."""

    SET = auto()
    CONFIRM = auto()
    UNDO = auto()
    KEEP = auto()
    CANCEL = auto()
    HOLD = auto()


class SupervisionVerb(StrEnum):
    """Whether a unit is an object of supervision: `/supervision off 市纪委监委 confirm`."""

    ON = auto()
    OFF = auto()
    CONFIRM = auto()


class RuleVerb(StrEnum):
    """What a rule of reminding is to be: `/rules deadline confirm off`."""

    CHANGE = auto()
    ON = auto()
    OFF = auto()
    DEFAULT = auto()
    CONFIRM = auto()
    DAY = auto()
    """The day of the month on which figures are due: `/rules due day 20`."""


class Field(StrEnum):
    """What is set together on an indicator card: `/card 5.2 5G基站 owner 市科经局`."""

    OWNER = auto()
    CERTIFIER = auto()
    DEFINITION = auto()
    NODES = auto()
    BASE = auto()
    FREQUENCY = auto()
    LAG = auto()
    RIGIDITY = auto()
    SUMMED = auto()
    REFERENCE = auto()
    SOURCE = auto()
    EVIDENCE = auto()


class ChangeVerb(StrEnum):
    """What is done with a change of a card that was shown: `/card 5.2 5G基站 owner confirm 17 市科经局`."""

    CONFIRM = auto()
    KEEP = auto()
    UNDO = auto()


class UndoFault(StrEnum):
    """Why what was changed at once cannot be taken back."""

    CHANGED_SINCE = auto()
    TOO_LATE = auto()


MORE = "more"
"""In the place of a field: the card's second page."""
EMPTY = "empty"
"""In the place of a field's content."""
YES, NO = "yes", "no"


class SuggestionVerb(StrEnum):
    """What is done with a suggestion: `/suggestions 3 done`."""

    DONE = auto()


class MissVerb(StrEnum):
    """What is done with what was not understood: `/misses 3 name 市交通局`."""

    NAME = auto()
    IGNORE = auto()
    NEXT = auto()
    NAMES = auto()


class OwnerVerb(StrEnum):
    """What is done about the owners of targets: `/owners set 5.2 数字校园覆盖率 市教育局`."""

    PROPOSE = auto()
    SEND = auto()
    LIST = auto()
    ANSWERS = auto()
    """Who has not answered, and who differs."""
    OF = auto()
    WHO = auto()
    SET = auto()
    DROP = auto()
    TABLE = auto()
    ENTER = auto()
    PAPER = auto()
    CONFIRM = auto()
    UNDO = auto()


class OpinionVerb(StrEnum):
    """What is done about a unit's opinion: `/ownership 市教育局 of own 5.2 数字校园覆盖率`; opinions are its own."""

    OF = auto()
    SEND = auto()
    BEHALF = auto()


ALL_TARGETS = "all"
"""In the place of a target: all that the unit is asked about."""
