"""The codes in the lines of buttons about progress."""

from enum import StrEnum, auto


class BriefList(StrEnum):
    """One of the lists of the page before a meeting, as a whole: `/brief 五 red`."""

    RED = auto()
    STUCK = auto()
    RAISED = auto()
