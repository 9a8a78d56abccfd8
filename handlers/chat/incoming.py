"""What comes from a channel, as values: who said, tapped, filed or edited what, and where.

A channel makes them of its own updates. Whatever a person wrote across a red line is not in them any more, only its
mark (handlers.services.red_lines), and of an invitation's code only its digest.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.services.red_lines import RedLine
from storage.chats import Address, ChatKind


class Addressee(StrEnum):
    """Whom a message in a group is meant for."""

    BOT = "bot"
    """It names the bot, or answers one of its messages."""
    UNSAID = "unsaid"
    """It is a command that names nobody."""
    OTHERS = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One update of one person in one chat."""

    key: str
    """Unique for whoever received it."""
    chat: Address
    kind: ChatKind
    title: str | None = None
    """Of a group or channel."""
    thread: int | None = None
    """The forum topic that it stands in."""
    person: Address
    name: str = ""
    """As the person shows it there."""

    @property
    def group(self) -> bool:
        return self.kind in {ChatKind.GROUP, ChatKind.SUPERGROUP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A group is another chat from now on: a larger one, in which it goes on."""

    chat: Address
    to: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Incoming):
    """The bot may write there from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Incoming):
    """The bot may not write there any more: it was removed or blocked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped(Incoming):
    """A button was tapped."""

    tap: str
    """What the channel calls the tap, to answer it."""
    message: int | None
    """The message that the button stands under; None where it is not known any more."""
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Incoming):
    """A message, as the channel numbers them in its chat."""

    message: int
    at: datetime
    """When it was written or last edited; aware."""
    addressee: Addressee = Addressee.BOT
    """BOT in a private chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Written):
    """Words, without the bot's name."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Written):
    """Words that were other words before."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread(Written):
    """What no conversation reads; `instead` is what its sender is told to do."""

    instead: str
    withheld: RedLine | None = None
    """Why what was written with it is not there any more."""
    album: str | None = None
    """What was sent as one has the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Unread):
    """A picture or a document, for those who may file it; for all others it is what nobody reads."""

    file: str
    """What the channel calls it, to fetch it."""
    picture: bool
    file_name: str | None = None
    media_type: str = ""
    size: int | None = None
    """In bytes, as the channel says."""
    caption: str = ""
