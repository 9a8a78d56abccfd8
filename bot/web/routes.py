"""The routes that the page reads and posts to. They belong behind a guard that lets in the server's own page only.

    GET  /web/api/state      the last message of each chat, and the menus of commands
    GET  /web/api/messages   of a `chat`, the latest, or those `before` a number
    GET  /web/api/events     server-sent events, after Last-Event-ID where it is given
    GET  /web/api/file/1     a file of a chat, to be saved
    POST /web/api/post       one post as JSON (bot.web.posts); the same key again changes nothing
    POST /web/api/file       a file as it is, its post in the query

A post is answered once it is stored. Where nothing can be stored just now the answer is 503: post it again.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from aiohttp import web

from bot.arrivals import Arrival
from bot.web.accounts import address
from bot.web.channel import Web
from bot.web.posts import EditPost, FilePost, PagePost, SayPost, TapPost, dump_post, load_file_post, load_post
from bot.web.store import PageEvent, PageStore
from handlers.routing.menus import everybodys
from handlers.services.json_input import read_json
from storage.base import JsonObject
from storage.database import UNAVAILABLE

MESSAGES_AT_ONCE = 60
HEARTBEAT_SECONDS = 15.0
"""How often a stream says that it is still there."""


def routes(channel: Web) -> list[web.AbstractRouteDef]:
    """Every route of the channel."""
    return [
        web.get("/web/api/state", _bound(channel, _state)),
        web.get("/web/api/messages", _bound(channel, _messages)),
        web.get("/web/api/events", _bound(channel, _events)),
        web.get("/web/api/file/{file}", _bound(channel, _file)),
        web.post("/web/api/post", _bound(channel, _post)),
        web.post("/web/api/file", _bound(channel, _post_file)),
    ]


def _bound(
    channel: Web, handle: Callable[[Web, web.Request], Awaitable[web.StreamResponse]]
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        return await handle(channel, request)

    return handler


async def _state(channel: Web, _: web.Request) -> web.Response:
    accounts = channel.accounts
    chats = [*accounts.people, *accounts.groups]
    last = await channel.look_up(PageStore.last_of, chats)
    own = await channel.look_up(PageStore.menus)
    menus = {
        str(chat): [
            {"command": name, "description": about}
            for name, about in own.get(chat) or everybodys(groups=chat not in accounts.people)
        ]
        for chat in chats
    }
    return web.json_response({"last": last, "commands": menus, "online": channel.arrivals is not None})


async def _messages(channel: Web, request: web.Request) -> web.Response:
    try:
        chat, before = int(request.query["chat"]), int(request.query.get("before", 0))
        found = await channel.look_up(PageStore.messages, chat, limit=MESSAGES_AT_ONCE, before=before or None)
    except (KeyError, ValueError, OverflowError):
        raise web.HTTPBadRequest from None
    return web.json_response(found)


async def _file(channel: Web, request: web.Request) -> web.Response:
    """Whatever is in it, no page is made of it."""
    content = await channel.look_up(PageStore.file, request.match_info["file"])
    if content is None:
        raise web.HTTPNotFound
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=content, content_type="application/octet-stream", headers=headers)


async def _events(channel: Web, request: web.Request) -> web.StreamResponse:
    """What happens, as it happens; `anew` says that something was missed, and everything must be read again."""
    seen = request.headers.get("Last-Event-ID", "")
    after = int(seen) if seen.isascii() and seen.isdecimal() else await channel.look_up(PageStore.last_event)
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await stream.prepare(request)
    await stream.write(b"retry: 1000\n\n")
    while not channel.closed:
        news = channel.news
        found = await channel.look_up(PageStore.events, after=after)
        if found is None:
            found = (PageEvent(await channel.look_up(PageStore.last_event), {"kind": "anew"}),)
        for event in found:
            after = event.number
            await stream.write(f"id: {after}\ndata: {json.dumps(event.body, ensure_ascii=False)}\n\n".encode())
        if not found:
            await _wait(news, stream)
    return stream


async def _wait(news: asyncio.Event, stream: web.StreamResponse) -> None:
    try:
        await asyncio.wait_for(news.wait(), HEARTBEAT_SECONDS)
    except TimeoutError:
        await stream.write(b": here\n\n")


async def _post(channel: Web, request: web.Request) -> web.Response:
    """Only JSON is taken: another site's form cannot send it without asking first, and is then refused."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        post = load_post(read_json(await request.text()))
    except ValueError:
        return _refused("malformed")
    return await _take(channel, post)


async def _post_file(channel: Web, request: web.Request) -> web.Response:
    if request.content_type != "application/octet-stream":
        raise web.HTTPUnsupportedMediaType
    told = request.query
    try:
        asked = {name: int(told[name]) for name in ("person", "chat")}
        about = {name: told[name] for name in ("key", "name", "caption") if name in told}
        post = load_file_post({**asked, **about, "picture": told.get("picture") == "true"})
    except (ValueError, KeyError):
        return _refused("malformed")
    content = await request.read()
    file = await channel.look_up(PageStore.keep_file, content)
    return await _take(channel, replace(post, file=file, size=len(content)))


async def _take(channel: Web, post: PagePost) -> web.Response:
    """Show what was written, and store it for the bot."""
    if not channel.accounts.may_write(post.person, post.chat):
        return _refused("unknown person or chat")
    if channel.arrivals is None:
        raise web.HTTPServiceUnavailable
    shown = await _shown(channel, replace(post, at=datetime.now(UTC)))
    if shown is None:
        return _refused("no such message")
    try:
        await channel.arrivals.keep(_arrival(channel, shown))
    except UNAVAILABLE:
        raise web.HTTPServiceUnavailable from None
    return web.json_response({})


async def _shown(channel: Web, post: PagePost) -> PagePost | None:
    """The post with what the record says of its message; None where it is about none of those that it may be about."""
    match post:
        case SayPost():
            to_bot = await _is_of_bot(channel, post, post.reply_to)
            reply = {"reply_to": post.reply_to} if post.reply_to else {}
            number = await _write(channel, post, {"spans": [[post.text, None]], **reply})
            return replace(post, message=number, to_bot=to_bot)
        case FilePost():
            file = {"id": post.file, "name": post.name, "size": post.size, "picture": post.picture}
            spans = [[post.caption, None]] if post.caption else []
            return replace(post, message=await _write(channel, post, {"spans": spans, "file": file}))
        case EditPost():
            found = await channel.look_up(PageStore.message, post.chat, post.message)
            if found is None or found["person"] != post.person or "file" in found:
                return None
            changed = {"spans": [[post.text, None]], "edited": True}
            await channel.change(PageStore.change, post.chat, post.message, changed)
            return replace(post, to_bot=await _is_of_bot(channel, post, found.get("reply_to")))
        case TapPost():
            return post if await _is_of_bot(channel, post, post.message) else None


async def _is_of_bot(channel: Web, post: PagePost, message: object) -> bool:
    """Whether the number is that of a message of the bot's in the chat of the post."""
    if not isinstance(message, int):
        return False
    found = await channel.look_up(PageStore.message, post.chat, message)
    return found is not None and found["person"] is None


async def _write(channel: Web, post: PagePost, content: JsonObject) -> int:
    message = {"chat": post.chat, "person": post.person, **channel.shown_now(), **content}
    return await channel.change(PageStore.add, message, key=post.stored_key)


def _arrival(channel: Web, post: PagePost) -> Arrival:
    payload = dump_post(post)
    return Arrival(
        key=post.stored_key,
        kind=post.kind,
        chat=address(post.chat).number,
        private=post.chat == post.person,
        waits=True,
        payload=payload,
        update=channel.read(payload),
    )


def _refused(why: str) -> web.Response:
    return web.json_response({"error": why}, status=400)
