"""The updates that wait for the bot, and Telegram's rules for fetching them."""

import asyncio
import time
from typing import Any

from bot.playground.api_errors import OTHER_POLLER, WEBHOOK_ACTIVE, WEBHOOK_SET, ApiError
from bot.playground.store import Book
from handlers.services.json_input import Json

RETENTION_SECONDS = 24 * 3600
LONGEST_POLL_SECONDS = 50
# What Telegram keeps back from a bot that does not ask for it by name.
_ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


class Mailbox:
    """One poller at a time: a second one ends the first with 409 Conflict and takes its place."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._poll: asyncio.Future[None] | None = None
        self.polled = asyncio.Event()
        """Set while a poll waits, as a running bot's does nearly always."""

    def put(self, kind: str, body: Json) -> None:
        """Queue an update such as `("message", Message)`, unless the bot does not want its kind."""
        allowed = self._book.fact("allowed_updates", [])
        if kind not in allowed if allowed else kind in _ONLY_ON_REQUEST:
            return
        self._book.put_update({"update_id": self._book.next_number(), kind: body}, time.time())
        self.wake()

    async def poll(self, *, offset: int, limit: int, timeout: int, allowed: list[str] | None) -> list[Json]:  # noqa: ASYNC109 - the name and meaning are Telegram's
        """Telegram's getUpdates: confirms what is below `offset`, then waits up to `timeout` seconds for the rest."""
        if self._book.fact("webhook_url"):
            raise ApiError(*WEBHOOK_ACTIVE)
        self._end_poll(OTHER_POLLER)
        if allowed is not None:
            self._book.set_fact("allowed_updates", allowed)
        self._book.forget_updates(
            below=offset,
            older_than=time.time() - RETENTION_SECONDS,
            keep_last=-offset if offset < 0 else None,
        )
        if self._book.count_updates() == 0 and timeout > 0:
            await self._wait(min(timeout, LONGEST_POLL_SECONDS))
        return self._book.updates(limit if 1 <= limit <= 100 else 100)

    async def _wait(self, seconds: int) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        self.polled.set()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
                self.polled.clear()

    def set_webhook(self, url: str, *, allowed: list[str] | None, drop_pending: bool) -> None:
        """Set the webhook, or delete it with an empty `url`. The playground itself calls no webhook."""
        if url:
            self._end_poll(WEBHOOK_SET)
        if allowed is not None:
            self._book.set_fact("allowed_updates", allowed)
        if drop_pending:
            self._book.forget_updates(keep_last=0)
        self._book.set_fact("webhook_url", url)

    def webhook_info(self) -> dict[str, Any]:
        """The Bot API's WebhookInfo."""
        allowed = self._book.fact("allowed_updates", [])
        return {
            "url": self._book.fact("webhook_url", ""),
            "has_custom_certificate": False,
            "pending_update_count": self._book.count_updates(),
            **({"allowed_updates": allowed} if allowed else {}),
        }

    def wake(self) -> None:
        """Let the waiting poll answer with what there is."""
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def _end_poll(self, why: tuple[int, str]) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_exception(ApiError(*why))
