"""The chat page's own routes. They act for the people; the bot never uses them."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.playground import people
from bot.playground.api_errors import ApiError
from bot.playground.bot_methods import commands_in
from bot.playground.world import MORNING, World
from handlers.services.json_input import Json, read_json

ASSETS = Path(__file__).parent / "assets"
MESSAGES_AT_ONCE = 60
LONGEST_WALK = 31
"""Days."""
_HEARTBEAT_SECONDS = 30


def routes(world: World) -> list[web.AbstractRouteDef]:
    """Every route of the page, bound to a world."""
    return [
        web.get("/", _index),
        web.static("/assets", ASSETS),
        web.get("/play/api/state", _get(world, _state)),
        web.get("/play/api/messages", _get(world, _messages)),
        web.get("/play/api/file/{file}", _file(world)),
        web.get("/play/api/events", _events(world)),
        web.post("/play/api/say", _post(world, _say)),
        web.post("/play/api/edit", _post(world, _edit)),
        web.post("/play/api/attach", _post(world, _attach)),
        web.post("/play/api/tap", _post(world, _tap)),
        web.post("/play/api/block", _post(world, _block)),
        web.post("/play/api/clock", _post(world, _clock)),
        web.post("/play/api/walk", _post(world, _walk)),
        web.post("/play/api/settings", _post(world, _settings)),
    ]


async def _index(_: web.Request) -> web.FileResponse:
    return web.FileResponse(ASSETS / "index.html", headers={"Cache-Control": "no-cache"})


def _get(world: World, read: Callable[[World, web.Request], Any]) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        return web.json_response(read(world, request))

    return handle


def _file(world: World) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        """A document of the chat, to be saved: whatever is in it, no page is made of it."""
        content = world.book.file(request.match_info["file"])
        if content is None:
            raise web.HTTPNotFound
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=content, content_type="application/octet-stream", headers=headers)

    return handle


def _post(world: World, act: Callable[[World, Json], Awaitable[None] | None]) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        """Only JSON is taken: another site's form cannot send it without asking first, and is then refused."""
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            acting = act(world, read_json(await request.text()))
            if acting is not None:
                await acting
        except ApiError as refused:
            return web.json_response({"error": refused.description}, status=refused.code)
        except (ValueError, KeyError, TypeError, OverflowError):
            return web.json_response({"error": "malformed"}, status=400)
        return web.json_response({})

    return handle


def _events(world: World) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        """What happens, as it happens, over a web socket; until the page or the playground goes."""
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT_SECONDS)
        with world.feed.listening() as events:
            await socket.prepare(request)
            gone = asyncio.create_task(socket.receive())  # the page says nothing: it can only go
            while True:
                happened = asyncio.create_task(events.get())
                await asyncio.wait({gone, happened}, return_when=asyncio.FIRST_COMPLETED)
                if not happened.done() or (event := happened.result()) is None:
                    happened.cancel()
                    break
                if socket.closed:
                    break
                await socket.send_str(json.dumps(event, ensure_ascii=False))
            gone.cancel()
        await socket.close()
        return socket

    return handle


# what the page reads


def _state(world: World, _: web.Request) -> Json:
    cast = world.cast
    chats = [*cast.everyone, *cast.groups]
    return {
        "channel": world.channel,
        "bot": {"id": cast.bot_id, "name": cast.bot_name, "username": cast.bot_username, "description": _about(world)},
        "people": [_member(world, one) for one in cast.people.values()],
        "others": [_member(world, one) for one in cast.others.values()],
        "groups": [_member(world, one) for one in cast.groups.values()],
        "samples": cast.samples,
        "commands": {str(chat): commands_in(world, chat) for chat in chats},
        "last": {str(chat): last[0] for chat in chats if (last := world.book.messages(chat, limit=1))},
        "clock": world.clock_shown(),
        "online": world.up.is_set(),
        "opening": asdict(world.opening),
        "settings": world.settings,
    }


def _about(world: World) -> str:
    facts = [world.book.fact(f"description/{language}") for language in ("zh", "")]
    return next((one for one in facts if one), "")


def _member(world: World, member: Any) -> Json:
    return {
        "id": member.id,
        "name": member.name,
        "about": member.about,
        "mark": member.mark,
        "role": member.role,
        "blocked": world.is_blocked(member.id),
    }


def _messages(world: World, request: web.Request) -> list[Json]:
    try:
        chat, before = int(request.query["chat"]), int(request.query.get("before", 0))
        return world.book.messages(chat, limit=MESSAGES_AT_ONCE, before=before or None)
    except (KeyError, ValueError, OverflowError):
        raise web.HTTPBadRequest from None


# what the people do


def _say(world: World, told: Json) -> None:
    people.say(world, told["person"], told["chat"], str(told["text"]), told.get("reply_to"))


def _edit(world: World, told: Json) -> None:
    people.edit(world, told["person"], told["chat"], told["message"], str(told["text"]))


def _attach(world: World, told: Json) -> None:
    people.attach(world, told["person"], told["chat"], told["kind"])


def _tap(world: World, told: Json) -> None:
    people.tap(world, told["person"], told["chat"], told["message"], str(told["data"]), str(told["tap"]))


def _block(world: World, told: Json) -> None:
    people.block(world, told["person"], blocked=bool(told["blocked"]))


async def _clock(world: World, told: Json) -> None:
    """Let today be a date, or the machine's own day again where none is given."""
    if told["date"] is None:
        world.clock.offset = timedelta(0)
    else:
        world.clock.shift_to_time(date.fromisoformat(told["date"]), MORNING)
    world.keep_clock()
    await world.clock.announce()


async def _walk(world: World, told: Json) -> None:
    """Days on: reminders arrive as they would have, one day after the other."""
    days = int(told["days"])
    if not 1 <= days <= LONGEST_WALK:
        raise ValueError
    await world.walk(days)


def _settings(world: World, told: Json) -> None:
    kept = world.settings | {name: bool(told[name]) for name in world.settings if name in told}
    world.book.set_fact("settings", kept)
    world.feed.tell({"kind": "settings", **kept})
