"""The page as a channel of its own, and a client that speaks to it over HTTP as the page does.

What comes down is put into the playground's record and feed in the shapes of the Bot API, so that a conversation of the
tests is heard and compared in the same way whatever its channel.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp

from bot.playground import PageChannel
from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from bot.playground.web import open_web, web_routes
from bot.telegram.incoming import address as telegram_address
from bot.web.accounts import address as web_address
from bot.web.channel import Web
from bot.web.store import PageStore
from handlers.services.clock import PlanClock
from storage.chats import Address

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageClient:
    """Posts one after the other, in the order in which it was told to."""

    session: aiohttp.ClientSession
    posts: "asyncio.Queue[tuple[str, Json, bytes | None]]" = field(default_factory=asyncio.Queue)

    def post(self, kind: str, key: str | None = None, **told: Any) -> None:
        self.posts.put_nowait((kind, {"key": key or uuid4().hex, **told}, None))

    def post_file(self, content: bytes, **told: Any) -> None:
        self.posts.put_nowait(("file", {"key": uuid4().hex, **told}, content))

    async def send_posts(self) -> None:
        while True:
            kind, told, content = await self.posts.get()
            while not await self._sent(kind, told, content):  # noqa: ASYNC110 - the page, too, only tries again
                await asyncio.sleep(0.02)

    async def _sent(self, kind: str, told: Json, content: bytes | None) -> bool:
        if content is None:
            asked = self.session.post("/web/api/post", json={"kind": kind, **told})
        else:
            headers = {"Content-Type": "application/octet-stream"}
            asked = self.session.post("/web/api/file", params=told, data=content, headers=headers)
        async with asked as answer:
            assert answer.status in {200, 503}, await answer.text()
            return answer.status == 200


@dataclass(frozen=True, slots=True)
class WebSite(Site):
    """A playground whose page is the channel."""

    channel: Web
    client: PageClient


@asynccontextmanager
async def serve_web(
    clock: PlanClock | None = None, *, record: Path | None = None, hears: bool = True, turns: int = 0
) -> AsyncIterator[WebSite]:
    """`hears` is for tests without a browser, whose page would be told everything twice."""
    clock = clock or PlanClock()
    channel = open_web(record, clock)
    try:
        async with serve_playground(clock=clock, web=web_routes(channel), turns=turns) as site:
            channel.page_url = site.page_url
            async with aiohttp.ClientSession(site.page_url) as session:
                client, seen = PageClient(session), await channel.look_up(PageStore.last_event)
                running = WebSite(site.world, site.port, channel, client)
                tasks = [asyncio.create_task(client.send_posts())]
                if hears:
                    tasks.append(asyncio.create_task(_hear(running, seen)))
                yield running
                for task in tasks:
                    task.cancel()
                for task in tasks:
                    with suppress(asyncio.CancelledError):
                        await task
    finally:
        channel.close()


CHANNEL = {"name": PageChannel.TELEGRAM}
"""The channel of the conversations that do not say theirs; `--channel` of pytest sets it."""


def found_at(person: int) -> Address:
    """Where that channel finds a person."""
    return (web_address if CHANNEL["name"] == PageChannel.WEB else telegram_address)(person)


def serve_channel() -> AbstractAsyncContextManager[Site]:
    """A playground with the channel that was asked for."""
    return serve_web() if CHANNEL["name"] == PageChannel.WEB else serve_playground()


async def page_events(
    session: aiohttp.ClientSession, after: int | None = None
) -> AsyncGenerator[tuple[int, Json], None]:
    """(An event's number, the event), for as long as the stream goes on."""
    headers = {} if after is None else {"Last-Event-ID": str(after)}
    patience = aiohttp.ClientTimeout(total=None, sock_read=60)
    async with session.get("/web/api/events", headers=headers, timeout=patience) as stream:
        assert stream.content_type == "text/event-stream"
        number = 0
        async for line in stream.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name == "id":
                number = int(value)
            elif name == "data":
                yield number, json.loads(value)


async def _hear(site: WebSite, seen: int) -> None:
    """Tell the playground's feed what comes down."""
    async for _, event in page_events(site.client.session, after=seen):
        world = site.world
        if event["kind"] == "toast":
            world.feed.tell({"kind": "answer", "tap": event["tap"].partition(":")[2], "text": event["text"]})
        elif event["kind"] == "deleted":
            world.book.drop_message(event["chat"], event["id"])
        elif event["kind"] in {"message", "changed"}:
            message = as_in_telegram(site, event["message"])
            world.book.put_message(message, event["message"]["shown_at"])
            world.feed.tell({"kind": event["kind"], "message": message})


def as_in_telegram(site: WebSite, shown: Json) -> Json:
    """A message of the page in the shape of the Bot API."""
    cast, text, entities = site.world.cast, "", []
    for words, mark in shown.get("spans", []):
        if mark:
            entities.append({"type": mark, "offset": _units(text), "length": _units(words)})
        text += words
    keyboard = [[{"text": label, "callback_data": data} for label, data in row] for row in shown.get("keyboard", [])]
    message: Json = {
        "message_id": shown["id"],
        "from": cast.user(cast.bot_id if shown["person"] is None else shown["person"]),
        "chat": cast.chat(shown["chat"]),
    }
    if text:
        message["text"] = text
    if entities:
        message["entities"] = entities
    if keyboard:
        message["reply_markup"] = {"inline_keyboard": keyboard}
    if file := shown.get("file"):
        message["document"] = {"file_id": file["id"], "file_name": file["name"], "file_size": file["size"]}
    if shown.get("reply_to"):
        message["reply_to_message"] = {"message_id": shown["reply_to"]}
    return message


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
