"""What Telegram would hold: chats, messages, waiting updates; shared by the Bot API's side and the people's."""

import asyncio
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import time, timedelta
from pathlib import Path
from time import monotonic
from time import time as now

from bot.playground import PageChannel
from bot.playground.limits import FloodGate
from bot.playground.personas import load_cast
from bot.playground.store import Book
from bot.playground.update_queue import Mailbox
from handlers.services.clock import PlanClock
from handlers.services.json_input import Json

MORNING = time(9, 1)
"""Of the days that a person walks through: reminders that are sent at nine have their time."""


class Feed:
    """Sends what happens to every open page; an event is `{"kind": …, …}`."""

    def __init__(self) -> None:
        self._pages: set[asyncio.Queue[Json | None]] = set()

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Json | None]]:
        """A queue of the events from now on; None says that there will be no more."""
        page: asyncio.Queue[Json | None] = asyncio.Queue()
        self._pages.add(page)
        try:
            yield page
        finally:
            self._pages.discard(page)

    def tell(self, event: Json | None) -> None:
        for page in self._pages:
            page.put_nowait(event)


@dataclass(frozen=True, slots=True)
class OpeningState:
    """How far the playground's opening has been played."""

    done: int
    """Turns."""
    of: int
    """Turns; 0: as many have been played as ever will be."""
    until: int = 0
    """The number of its last message; 0: none was played."""


@dataclass(frozen=True, slots=True)
class OpenQuery:
    """A tap that the bot has not answered yet; `tap` is the page's own name of it."""

    asked: float
    person: int
    tap: str


class World:
    """The state of the stand-in. Everything that must survive a restart is in the book; use it from one event loop."""

    def __init__(
        self, path: Path | None, clock: PlanClock, *, channel: PageChannel = PageChannel.TELEGRAM, turns: int = 0
    ) -> None:
        """Open the world kept in the file at `path` (None: in memory) and set the clock as it was left, if it was.

        A new one has an opening of so many `turns` before it.
        """
        self.channel = channel
        self.cast = load_cast()
        self.book = Book(path)
        self.mailbox = Mailbox(self.book)
        self.feed = Feed()
        self.clock = clock
        self.gate = FloodGate(monotonic)
        self.queries: dict[str, OpenQuery] = {}
        self._walking = asyncio.Lock()
        self.up = asyncio.Event()
        """Set once a bot is at work."""
        if not self.book.fact("token"):
            self.book.set_fact("opening", asdict(OpeningState(0, turns)))
            self.book.set_fact("token", f"{self.cast.bot_id}:{secrets.token_urlsafe(26)}")
        clock.offset = timedelta(seconds=self.book.fact("clock", clock.offset.total_seconds()))
        self.keep_clock()

    def bot_comes_up(self) -> None:
        if not self.up.is_set():
            self.up.set()
            self.feed.tell({"kind": "ready"})

    @property
    def opening(self) -> OpeningState:
        return OpeningState(**self.book.fact("opening", {"done": 0, "of": 0}))

    def opening_goes_on(self) -> None:
        """One more turn has been played."""
        self._keep_opening(replace(self.opening, done=self.opening.done + 1))

    def opening_ends(self, until: int) -> None:
        """With the message of this number."""
        self._keep_opening(OpeningState(self.opening.done, 0, until))

    def _keep_opening(self, opening: OpeningState) -> None:
        self.book.set_fact("opening", asdict(opening))
        self.feed.tell({"kind": "opening", **asdict(opening)})

    @property
    def token(self) -> str:
        return str(self.book.fact("token"))

    @property
    def settings(self) -> dict[str, bool]:
        """`privacy`: in groups the bot sees only what is meant for it; `limits`: too many messages are refused."""
        return {"privacy": True, "limits": False, **self.book.fact("settings", {})}

    def keep_clock(self) -> None:
        """The clock was set: remember it and show it."""
        self.book.set_fact("clock", self.clock.offset.total_seconds())
        self.feed.tell({"kind": "clock", **self.clock_shown()})

    async def walk(self, days: int) -> None:
        """Go on day by day, each at the hour at which reminders go out, and let each day's messages come."""
        async with self._walking:
            for _ in range(days):
                self.clock.shift_to_time(self.clock.today() + timedelta(days=1), MORNING)
                self.keep_clock()
                await self.clock.announce()

    def clock_shown(self) -> Json:
        return {"today": self.clock.today().isoformat(), "shifted": bool(self.clock.offset)}

    def knows_chat(self, chat: int) -> bool:
        return chat in self.cast.everyone or chat in self.cast.groups

    def has_begun(self, chat: int) -> bool:
        """Whether somebody wrote there: a bot cannot begin. Those with a role did when they came in by their link."""
        if chat in self.cast.everyone and self.cast.everyone[chat].role is None:
            return bool(self.book.messages(chat, limit=1))
        return True

    def is_blocked(self, person: int) -> bool:
        return person in self.book.fact("blocked", [])

    def is_deactivated(self, person: int) -> bool:
        """Whether the person's Telegram account is gone."""
        return person in self.book.fact("deactivated", [])

    def new_message(self, chat: int, sender: int, content: Json, reply_to: int | None = None) -> Json:
        """Store a Message with the given content fields, and show it."""
        message: Json = {
            "message_id": self.book.next_number(),
            "from": self.cast.user(sender),
            "chat": self.cast.chat(chat),
            "date": int(now()),
        }
        answered = self.book.message(chat, reply_to) if reply_to else None
        if answered:
            message["reply_to_message"] = {key: value for key, value in answered.items() if key != "reply_to_message"}
        message |= content
        shown_at = self.clock.now().isoformat(timespec="seconds")
        self.book.put_message(message, shown_at)
        self.feed.tell({"kind": "message", "message": message, "shown_at": shown_at})
        return message

    def keep_file(self, name: str, content: bytes, kind: str = "application/octet-stream") -> Json:
        """Keep a file and return it as a Document."""
        number = self.book.next_number()
        file = f"file-{number}"
        self.book.put_file(file, content)
        return {
            "file_id": file,
            "file_unique_id": f"p{number}",
            "file_name": name,
            "mime_type": kind,
            "file_size": len(content),
        }

    def change_message(self, message: Json) -> None:
        """Store and show a message that has changed."""
        self.book.put_message(message, self.clock.now().isoformat(timespec="seconds"))
        self.feed.tell({"kind": "changed", "message": message})

    def meant_for_bot(self, message: Json) -> bool:
        """Telegram's privacy mode: of a group's talk the bot gets commands, mentions of it and replies to it."""
        if message["chat"]["type"] == "private" or not self.settings["privacy"]:
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == self.cast.bot_id:
            return True
        me = f"@{self.cast.bot_username}".lower()
        text = message.get("text", "")
        command = re.match(r"/\w+(@\w+)?", text, re.ASCII)
        return me in text.lower() or bool(command and not command[1])

    def close(self) -> None:
        """End the waiting poll and the open pages, and close the file."""
        self.mailbox.wake()
        self.feed.tell(None)
