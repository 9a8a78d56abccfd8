"""A channel as the bot sees it: what it does, what it can do, and what may come of it.

What is safe to repeat, in which order and at what pace it is sent, and what is waited for: that is the same for every
channel, and stands in `bot.inbox`, `bot.delivery`, `bot.outbox`, `bot.attachments`, `bot.limiter` and `bot.pace`. A
channel makes one attempt, and says by these errors what became of it:

    ChannelError
     ├─ ThrottledError    it did not go out: the channel wants to be left alone for a while
     ├─ AwayError         no answer came; `unsent`: it certainly did not go out
     ├─ AccountError      the channel answers as if it did not know the bot's account
     ├─ MovedError        it did not go out: the chat is another one now
     └─ UndeliverableError      it did not go out and never will, for `reason`
         ├─ NothingLeftError  there is nothing to do any more: the message says so already, the tap is over
         └─ MessageGoneError  the message that was to be edited is not there
"""

from collections.abc import Sequence
from typing import Protocol

from handlers.chat.capabilities import Capabilities
from handlers.chat.incoming import Incoming, Moved
from handlers.reports.evidence_files import FileProblem
from storage.base import JsonObject
from storage.chats import Address
from storage.inbox import Received
from storage.outbox import DeliveryReason, Keyboard
from storage.rich_text import Text


class ChannelError(Exception):
    """An attempt did not succeed."""


class ThrottledError(ChannelError):
    def __init__(self, seconds: float) -> None:
        """`seconds` are the channel's own, which may run faster (bot.pace)."""
        super().__init__(seconds)
        self.seconds = seconds


class AwayError(ChannelError):
    def __init__(self, said: str = "", *, unsent: bool = False, wanted: float = 0.0) -> None:
        """`wanted` is how many seconds the server wants to be left alone, where it says so."""
        super().__init__(said)
        self.unsent = unsent
        self.wanted = wanted


class AccountError(ChannelError):
    pass


class MovedError(ChannelError):
    def __init__(self, chat: Address) -> None:
        super().__init__()
        self.chat = chat


class UndeliverableError(ChannelError):
    def __init__(self, reason: DeliveryReason) -> None:
        super().__init__(reason)
        self.reason = reason


class NothingLeftError(UndeliverableError):
    pass


class MessageGoneError(UndeliverableError):
    pass


class Channel(Protocol):
    """Every method makes one attempt, and raises a ChannelError where it does not succeed."""

    capabilities: Capabilities

    @property
    def receiver(self) -> str:
        """The channel and its account: telegram:123. What it receives is stored under this name."""

    def read(self, payload: JsonObject) -> Incoming | Moved | None:
        """A stored update as a value; None where nothing is to be done about it."""

    def link_to(self, code: str) -> str:
        """The address that leads to the bot and says the code of an invitation to it."""

    async def send(
        self,
        chat: int,
        text: Text,
        *,
        keyboard: Keyboard = (),
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """The new message's number."""

    async def edit(self, chat: int, message: int, text: Text, keyboard: Keyboard) -> None: ...

    async def delete(self, chat: int, message: int) -> bool:
        """Whether the message is gone; it may be too old to be deleted."""

    async def toast(self, tap: str, text: str) -> None: ...

    async def show_menu(self, chat: int, commands: Sequence[tuple[str, str]]) -> None:
        """(name, what it does); none: the chat's menu is everybody's. Nothing where the channel has no menus."""

    async def hand(self, chat: int, content: bytes, name: str) -> int:
        """Send a file; its message's number."""

    async def fetch(self, file: str, name: str) -> bytes | FileProblem:
        """What was filed."""


def thread_of(channel: Channel, row: Received) -> int | None:
    """The forum topic that the row's update stands in."""
    try:
        update = channel.read(row.payload or {})
    except Exception:  # it may be why the row failed
        return None
    return update.thread if isinstance(update, Incoming) else None
