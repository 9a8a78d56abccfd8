"""What a handler wants said: calls of the Bot API as values, so that they can be stored, repeated and tested.

`bot/delivery.py` makes them. A stored `Effect` is JSON; the shapes below are its schema, so a field may be added
with a default but not renamed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

Keyboard = tuple[tuple[tuple[str, str], ...], ...]
"""Rows of (label, callback data)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """A new message. With `turn`, its message id is kept as that turn's answer."""

    chat: int
    html: str
    keyboard: Keyboard = ()
    reply_to: int | None = None
    turn: int | None = None
    kind: Literal["send"] = "send"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """New text and buttons for a message of ours; with `turn`, sent anew if that message is gone."""

    chat: int
    message: int
    html: str
    keyboard: Keyboard = ()
    turn: int | None = None
    kind: Literal["edit"] = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """The answer to a tap: ends its spinner, with a line of text where there is something to say (at most 200)."""

    tap: str
    text: str = ""
    kind: Literal["toast"] = "toast"


Call = Annotated[Send | Edit | Toast, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything one update makes the bot say, in order."""

    asked_at: datetime
    """When the person spoke (aware), which decides whether the answer is late."""
    calls: tuple[Call, ...] = ()


_EFFECTS: TypeAdapter[Effect] = TypeAdapter(Effect)


def dump_effect(effect: Effect) -> str:
    return _EFFECTS.dump_json(effect).decode()


def load_effect(text: str) -> Effect:
    return _EFFECTS.validate_json(text)
