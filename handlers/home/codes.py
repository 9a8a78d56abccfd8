"""The codes in the lines of buttons about homes."""

from enum import StrEnum, auto


class HomeVerb(StrEnum):
    CHOOSE = auto()
    """Which of one's roles the home is of: `/home choose`."""


class MoreGroup(StrEnum):
    """The parts of the page of all that a person may do: `/more people`."""

    REPORTS = auto()
    LOOKS = auto()
    MEETINGS = auto()
    TELLS = auto()
    PEOPLE = auto()
    SETTINGS = auto()
