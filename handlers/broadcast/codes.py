"""The codes in the lines of buttons about bulletins and announcements."""

from enum import StrEnum, auto


class BulletinVerb(StrEnum):
    """What its releaser does with a bulletin: `/bulletin 3 release confirm`."""

    RELEASE = auto()
    TITLE = auto()
    REMARK = auto()
    DROP = auto()
    RESTORE = auto()
    CONFIRM = auto()
    DELETE = auto()
    """In the place of a remark: there is to be none."""


class AnnouncementVerb(StrEnum):
    """Who gets an announcement, and what is done with it: `/announce #3 units:市科经局 liaisons send`."""

    EVERYBODY = auto()
    UNITS = auto()
    SECTION = auto()
    ALL = auto()
    LIAISONS = auto()
    SEND = auto()
    DROP = auto()
    RECALL = auto()
    CONFIRM = auto()


class OutboxVerb(StrEnum):
    """What is done with a message that did not arrive, and the lists of them: `/outbox 3 again`."""

    AGAIN = auto()
    DROP = auto()
    NEXT = auto()
    CASES = auto()
    PEOPLE = auto()


OUTBOX_AUDITED = {OutboxVerb.AGAIN: "send_again", OutboxVerb.DROP: "give_up"}
"""How the audit calls it."""
