"""A reply as a value, before it is cut into pages and sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.rich_text import Text

CALL_OFF = "算了"
"""The button of what asks for something to be typed."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button; a tap asks `question`, which needs nothing that was asked before, or does the command that it is."""

    label: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the bot says to one message.

    A page holds whole blocks only; the head opens the first page, the foot (where in the plan) closes the last.
    `whole`: one page, as long as a message may be. A page shows `buttons` and those of its own blocks.
    """

    head: Text
    blocks: tuple[Text, ...] = ()
    foot: Text = ""
    buttons: tuple[Button, ...] = ()
    opens: Mapping[int, Button] = field(default_factory=dict)
    """What blocks open that can be tapped, by their places, in their order."""
    whole: bool = False
