"""What a handler answers: what is to be done in a channel, as values that can be stored, repeated and tested.

`bot/delivery.py` makes them; whatever is said to somebody else goes through the outbox instead
(handlers.broadcast.direct). They are stored as JSON; the shapes below are its schema, so a field may be added with a
default but not renamed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from storage.outbox import Keyboard
from storage.rich_text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """A new message. With `turn`, its message id is kept as that turn's answer.

    `code` is the number of an invitation's code (handlers.services.invite_codes) that is filled into the text as it is
    sent.
    """

    chat: int
    text: Text
    asked_at: datetime | None = None
    """When the person asked (aware): an answer that comes late says so."""
    keyboard: Keyboard = ()
    reply_to: int | None = None
    thread: int | None = None
    """The forum topic that it goes into."""
    turn: int | None = None
    code: str = ""
    kind: Literal["send"] = "send"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """New text and buttons for a message of ours; sent anew, as the answer of `turn`, where that message is gone."""

    chat: int
    message: int
    text: Text
    keyboard: Keyboard = ()
    thread: int | None = None
    """The topic to send it into where that message is gone."""
    turn: int
    kind: Literal["edit"] = "edit"

    def anew(self) -> Send:
        """The same as a new message."""
        return Send(chat=self.chat, text=self.text, keyboard=self.keyboard, turn=self.turn, thread=self.thread)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """The answer to a tap: ends its spinner, with a line of text where there is something to say (at most 200)."""

    tap: str
    text: str = ""
    kind: Literal["toast"] = "toast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """A file that was sent is fetched and kept as the evidence of that number; who sent it hears if it is not."""

    chat: int
    file: str
    """What the channel calls the file."""
    evidence: int
    name: str
    kept: Annotated[Send | Edit, Field(discriminator="kind")] | None = None
    """What is said once it is kept, or said anew."""
    only_sheet: bool = False
    """It goes with nothing, and is kept only to be read: `kept` is what is said where it is no monthly sheet."""
    kind: Literal["fetch"] = "fetch"

    @property
    def turn(self) -> int | None:
        return self.kept.turn if self.kept else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A kept file goes to a chat, under its name."""

    chat: int
    sha256: str
    name: str
    kind: Literal["hand"] = "hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A piece of paper for one person."""

    title: str
    lines: tuple[str, ...]
    code: str
    """The number of an invitation's code, as a message has it; it is filled into the lines as the file is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A small file made for this answer goes to a chat; its text is kept with the call."""

    chat: int
    name: str
    text: str
    encoded: bool = False
    """Whether the text is base64 of what is no text."""
    slips: tuple[Slip, ...] = ()
    """In the text's stead: a page to be printed and cut."""
    kind: Literal["document"] = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """The commands that the chat's menu shows: (name, what it does); none: those of everybody."""

    chat: int
    commands: tuple[tuple[str, str], ...]
    kind: Literal["menu"] = "menu"


Call = Annotated[Send | Edit | Toast | Fetch | Hand | Document | Menu, Field(discriminator="kind")]

_CALLS: TypeAdapter[tuple[Call, ...]] = TypeAdapter(tuple[Call, ...])


def dump_calls(calls: tuple[Call, ...]) -> list[dict[str, object]]:
    """JSON objects, one a call."""
    dumped: list[dict[str, object]] = _CALLS.dump_python(calls, mode="json")
    return dumped


def load_calls(stored: list[dict[str, object]]) -> tuple[Call, ...]:
    return _CALLS.validate_python(stored)
