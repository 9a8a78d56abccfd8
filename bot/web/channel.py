"""The page as a channel: one attempt at each thing that the bot does there."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from bot.arrivals import Arrivals
from bot.channel import MessageGoneError, NothingLeftError, UndeliverableError
from bot.pace import Pace, Window
from bot.web.accounts import CHANNEL, Accounts, account_of
from bot.web.posts import read
from bot.web.store import PageStore
from handlers.chat.capabilities import Capabilities
from handlers.chat.context import Me
from handlers.chat.incoming import Incoming
from handlers.reports.evidence_files import FileProblem, problem_before
from handlers.services.clock import PlanClock
from storage.base import JsonObject
from storage.outbox import DeliveryReason, Keyboard
from storage.rich_text import Text, spans_of

CAPABILITIES = Capabilities(
    message_bytes=1 << 16,
    buttons=True,
    edits=True,
    toasts=True,
    files=True,
    proactive=True,
)
PACE = Pace(overall=Window(100, 1.0), private=None, group=None)
"""Nobody but the machine itself limits it."""

P = ParamSpec("P")
T = TypeVar("T")


class Web:
    """A `bot.channel.Channel`, and what the page's routes read and write. Belongs to one event loop."""

    capabilities = CAPABILITIES

    def __init__(self, accounts: Accounts, clock: PlanClock, path: Path | None = None) -> None:
        """The record is kept in the file at `path` (None: in memory). Messages are shown with the clock's time."""
        self.accounts = accounts
        self._clock = clock
        self.page_url = "/"
        """The page's address, as soon as its server has one."""
        self._thread = ThreadPoolExecutor(1, "web")
        self._store = PageStore(path)
        self.news = asyncio.Event()
        """Set as soon as something happens; another event takes its place then."""
        self.arrivals: Arrivals | None = None
        """Where posts are stored; None while no bot is at work."""
        self.closed = False

    @property
    def receiver(self) -> str:
        return f"{CHANNEL}:{self.accounts.bot}"

    @property
    def me(self) -> Me:
        return Me(id=self.accounts.bot, username=self.accounts.username, link=self.page_url, reads_all=True)

    def end_streams(self) -> None:
        """Let the open pages go."""
        self.closed = True
        self.news.set()

    def close(self) -> None:
        self._thread.shutdown()
        self._store.close()

    async def look_up(self, work: Callable[Concatenate[PageStore, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read the page's record, outside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: work(self._store, *args, **kwargs)
        )

    async def change(self, work: Callable[Concatenate[PageStore, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Change it, and let the open pages know."""
        done = await self.look_up(work, *args, **kwargs)
        self.news.set()
        self.news = asyncio.Event()
        return done

    def shown_now(self) -> JsonObject:
        """The field of a message that says when it was written, as the page shows it."""
        return {"shown_at": self._clock.now().isoformat(timespec="seconds")}

    def read(self, payload: JsonObject) -> Incoming | None:
        return read(payload, self.accounts)

    def link_to(self, code: str) -> str:
        return f"{self.page_url}#start={code}"

    async def send(
        self,
        chat: int,
        text: Text,
        *,
        keyboard: Keyboard = (),
        thread: int | None = None,  # noqa: ARG002 - the page has no topics
        reply_to: int | None = None,
    ) -> int:
        return await self._say(chat, _content(text, keyboard), reply_to)

    async def edit(self, chat: int, message: int, text: Text, keyboard: Keyboard) -> None:
        account = account_of(chat)
        found = await self.look_up(PageStore.message, account, message)
        if found is None or found["person"] is not None:
            raise MessageGoneError(DeliveryReason.REFUSED)
        if not await self.change(PageStore.change, account, message, _content(text, keyboard)):
            raise NothingLeftError(DeliveryReason.REFUSED)

    async def delete(self, chat: int, message: int) -> bool:
        await self.change(PageStore.drop, account_of(chat), message)
        return True

    async def toast(self, tap: str, text: str) -> None:
        await self.change(PageStore.toast, tap, text)

    async def show_menu(self, chat: int, commands: Sequence[tuple[str, str]]) -> None:
        await self.change(PageStore.keep_menu, account_of(chat), commands)

    async def hand(self, chat: int, content: bytes, name: str) -> int:
        file = await self.look_up(PageStore.keep_file, content)
        return await self._say(chat, {"file": {"id": file, "name": name, "size": len(content), "picture": False}})

    async def fetch(self, file: str, name: str) -> bytes | FileProblem:
        content = await self.look_up(PageStore.file, file)
        if content is None:
            return FileProblem.GONE
        return problem_before(name, len(content)) or content

    async def _say(self, chat: int, content: JsonObject, reply_to: int | None = None) -> int:
        account = account_of(chat)
        if not self.accounts.has(account):
            raise UndeliverableError(DeliveryReason.NOT_FOUND)
        message = {"chat": account, "person": None, **self.shown_now(), **content}
        if reply_to is not None:
            message["reply_to"] = reply_to
        return await self.change(PageStore.add, message)


def _content(text: Text, keyboard: Keyboard) -> JsonObject:
    """The fields of a message that an edit changes; a span is its text and its mark, a key its label and its data."""
    return {
        "spans": [list(span) for span in spans_of(text)],
        "keyboard": [[list(key) for key in row] for row in keyboard],
    }
