"""The codes in the lines of buttons about people."""

from enum import StrEnum, auto


class PersonVerb(StrEnum):
    """What is done to a person: `/remove #7 confirm`."""

    CONFIRM = auto()
    BACK = auto()
    """Their absence ends: `/away #7 back`."""


class RosterVerb(StrEnum):
    """What is done with a list of people to invite: `/roster make 3`."""

    MAKE = auto()
    DROP = auto()
    REVOKE = auto()


class MarkVerb(StrEnum):
    """What a person is made: `/signer 市科经局 #7 confirm`, `/cityleader #7 on confirm`."""

    ON = auto()
    OFF = auto()
    CONFIRM = auto()
    NONE = auto()
    """In a signer's place: the heads sign."""


class ContactField(StrEnum):
    """What people keep of themselves: `/me phone`."""

    NAME = auto()
    PHONE = auto()
    MOBILE = auto()


UNBOUND = "unbound"
"""In the place of a unit: those in which nobody is bound."""
DELETE = "delete"
"""In the place of a field's content: it is to be empty."""
WHOLE_PLAN = "all"
"""In the place of a leader's sections and units."""


def ref(member: int) -> str:
    """How a line names a member."""
    return f"#{member}"
