"""The codes in the lines of buttons about bulletins and announcements."""

from enum import StrEnum, auto


class BulletinVerb(StrEnum):
    """What its releaser does with a bulletin: `/bulletin 3 release confirm`, `/bulletin draft monthly 2023-03`."""

    DRAFT = auto()
    TEXT = auto()
    ANNEX = auto()
    MORE = auto()
    """The buttons that its card has no room for."""
    REDRAFT = auto()
    OLD = auto()
    """Its earlier drafts."""
    CHECK = auto()
    CHECKS = auto()
    """What the units have answered."""
    REVIEW = auto()
    SIGN = auto()
    UNDO = auto()
    """The last step."""
    RELEASE = auto()
    TITLE = auto()
    REMARK = auto()
    DROP = auto()
    RESTORE = auto()
    CONFIRM = auto()
    DELETE = auto()
    """In the place of a remark: there is to be none."""


class FactVerb(StrEnum):
    """What is answered to a check, and whose word it is: `/facts 7 differs own 2 少算了10个`."""

    RIGHT = auto()
    DIFFERS = auto()
    SEND = auto()
    BEHALF = auto()
    """Somebody else writes it down for the unit."""


OWN, ALL_LINES = "own", "all"
"""In the place of a source, that the unit says it itself; in the place of an entry, all of the unit's."""


class AnnouncementVerb(StrEnum):
    """Who gets an announcement, and what is done with it: `/announce #3 units:市科经局 liaisons send`; with those whom
    it is for said before its text, `/announce to everybody liaisons` and the text."""

    TO = auto()
    ASK = auto()
    """In the place of the people: all of them, or the liaisons?"""
    EVERYBODY = auto()
    UNITS = auto()
    SECTION = auto()
    ALL = auto()
    LIAISONS = auto()
    SEND = auto()
    DROP = auto()
    RECALL = auto()
    CONFIRM = auto()


class Addressed(StrEnum):
    """Whom an announcement is for, where no unit is named."""

    EVERYBODY = auto()
    REPORTING = auto()
    """The units that are to report figures now."""
    SILENT = auto()
    """Those of them that have not."""
    TOWNS = auto()
    LATER = auto()
    """To be asked for."""


class OutboxVerb(StrEnum):
    """What is done with a message that did not arrive, and the lists of them: `/outbox 3 again`."""

    AGAIN = auto()
    DROP = auto()
    NEXT = auto()
    CASES = auto()
    PEOPLE = auto()


OUTBOX_AUDITED = {OutboxVerb.AGAIN: "send_again", OutboxVerb.DROP: "give_up"}
"""How the audit calls it."""
