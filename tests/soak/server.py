"""A small Bot API server of its own: it hands out any JSON as updates, and fails by a seeded dice.

It is not the playground's, so that what both sides of the project take for granted is not taken for granted here. What
arrived stands in `arrived`, with whether its sender can know that it did.
"""

import asyncio
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from html import unescape
from random import Random
from typing import Any

from aiohttp import web

Json = dict[str, Any]
TOKEN = "710000001:" + "Soak_" * 7
ME: Json = {"id": 710000001, "is_bot": True, "first_name": "督办助手", "username": "soak_duban_bot"}
OK = 200
BATCH = 20
POLL_SECONDS = 1.0
"""How long a poll waits for updates: shorter than it asks for, so that a stopped bot is not waited for."""
LATE_SECONDS = 0.5
LATEST_SECONDS = 6.0
"""Longer than the bot waits for an answer."""


class Fault(StrEnum):
    """What can become of a call. After the effect nobody tells the bot that there was one."""

    FLOOD = "flood"
    BROKEN = "500"
    GATEWAY = "502"
    RESET = "reset"
    SLOW = "slow"
    BROKEN_AFTER = "500 after"
    RESET_AFTER = "reset after"
    HALF = "half"
    EMPTY = "empty"
    STALLED = "stalled"


WEIGHTS = {Fault.STALLED: 0.2, Fault.EMPTY: 0.5}
AFTER = {Fault.BROKEN_AFTER, Fault.RESET_AFTER, Fault.HALF, Fault.EMPTY, Fault.STALLED}


class Fetching(StrEnum):
    """What becomes of a file that is asked for."""

    WHOLE = "whole"
    CUT = "cut"
    """The first download breaks off."""
    NO_PATH = "no path"
    """getFile answers 404."""
    NO_FILE = "no file"
    """The download answers 404."""
    EXPIRED = "expired"
    """getFile answers 400."""


@dataclass(slots=True)
class Arrival:
    """A message, or an edit of one, as the chat shows it."""

    chat: int
    number: int
    text: str
    keyboard: list[list[Json]]
    thread: int | None
    reply_to: int | None
    unsure: bool = False
    """Its sender does not know of it, and may well send it again."""

    def data(self, label: str) -> str | None:
        keys = (key for row in self.keyboard for key in row)
        return next((key["callback_data"] for key in keys if key["text"] == label), None)


@dataclass(slots=True)
class Server:
    """Belongs to one event loop. `faults` is the share of calls that fail."""

    seed: int
    faults: float
    updates: list[Json] = field(default_factory=list)
    """Waiting; the server does not look at what they are."""
    arrived: defaultdict[int, list[Arrival]] = field(default_factory=lambda: defaultdict(list))
    toasts: Counter[str] = field(default_factory=Counter)
    files: dict[str, tuple[bytes, Fetching]] = field(default_factory=dict)
    refused: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Chats to which every message is refused: with which status and words."""
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    handed: Counter[int] = field(default_factory=Counter)
    """How often each update was handed out."""
    base_url: str = ""
    _killed: int = 0
    _dead: bool = False
    """Since a kill no bot has called getMe, which is what it begins with: what still comes is the dead one's."""
    _numbers: int = 1000
    _last_update: int = 5000
    _dice: Counter[str] = field(default_factory=Counter)
    _cut: set[str] = field(default_factory=set)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _said: asyncio.Condition = field(default_factory=asyncio.Condition)

    # ---- the people's side ------------------------------------------------------------------------------------------

    def number(self) -> int:
        """For the next message, of whomever."""
        self._numbers += 1
        return self._numbers

    def hand_out(self, update: Json) -> int:
        """Give the bot an update, under the next number; the number."""
        self._last_update += 1
        self.again({**update, "update_id": self._last_update})
        return self._last_update

    def again(self, update: Json) -> None:
        """Give the bot an update under the number that it has."""
        self.updates.append(update)
        self._news.set()

    async def heard(self, chat: int, since: int, wanted: Callable[[Arrival], bool], seconds: float) -> Arrival | None:
        """The first arrival in the chat from place `since` on that is wanted; None where none comes in time."""

        def found() -> Arrival | None:
            return next((one for one in self.arrived[chat][since:] if wanted(one)), None)

        try:
            async with asyncio.timeout(seconds), self._said:
                await self._said.wait_for(lambda: found() is not None)
        except TimeoutError:
            return None
        return found()

    def forget_what_it_knows(self) -> None:
        """The bot was killed: what it did last in each chat it may do again."""
        self._killed += 1
        self._dead = True
        for arrivals in self.arrived.values():
            for one in arrivals[-3:]:
                one.unsure = True

    # ---- the bot's side ---------------------------------------------------------------------------------------------

    async def call(self, request: web.Request) -> web.StreamResponse:
        method, killed = request.match_info["method"], self._killed
        self._dead = self._dead and method != "getMe"
        dead = self._dead
        params = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        self.calls.append((method, {name: str(value) for name, value in (await request.post()).items()}))
        fault = self._fault(f"{method} {params.get('chat_id', '')}")
        if fault is not None:
            self.failed[fault] += 1
        match fault:
            case Fault.FLOOD:
                return _refusal(429, "Too Many Requests: retry after 1", parameters={"retry_after": 1})
            case Fault.BROKEN:
                return _refusal(500, "Internal Server Error")
            case Fault.GATEWAY:
                return web.Response(status=502, text="<html>502 Bad Gateway</html>", content_type="text/html")
            case Fault.RESET:
                return _reset(request)
            case Fault.SLOW:
                await asyncio.sleep(LATE_SECONDS)
        unsure = fault in AFTER or dead or killed != self._killed
        status, answer = await self._answer(method, params, unsure=unsure)
        body = json.dumps(answer).encode()
        match fault:
            case Fault.BROKEN_AFTER:
                return _refusal(500, "Internal Server Error")
            case Fault.RESET_AFTER:
                return _reset(request)
            case Fault.STALLED:
                await asyncio.sleep(LATEST_SECONDS)
            case Fault.HALF if status == OK:
                body = body[: len(body) * 2 // 3]
            case Fault.EMPTY if status == OK:
                body = b'{"ok": true, "result": null}'
        return web.Response(status=status, body=body, content_type="application/json")

    def _fault(self, what: str) -> Fault | None:
        """By the seed, what is called and how often it was: not by when."""
        self._dice[what] += 1
        dice = Random(f"{self.seed} {what} {self._dice[what]}")  # noqa: S311 - no secret
        if dice.random() >= self.faults:
            return None
        return dice.choices(list(Fault), [WEIGHTS.get(one, 1.0) for one in Fault])[0]

    async def _answer(self, method: str, params: dict[str, str], *, unsure: bool) -> tuple[int, Json]:
        if refused := self.refused.get(int(params.get("chat_id", 0))):
            status, words = refused
            return status, {"ok": False, "error_code": status, "description": words}
        match method:
            case "getUpdates":
                return OK, _ok(await self._poll(int(params.get("offset", 0))))
            case "getMe":
                return OK, _ok({**ME, "can_join_groups": True, "can_read_all_group_messages": False})
            case "sendMessage" | "editMessageText" | "sendDocument":
                return OK, _ok(await self._say(method, params, unsure=unsure))
            case "answerCallbackQuery":
                self.toasts[params["callback_query_id"]] += 1
            case "getFile":
                return self._path(params["file_id"])
        return OK, _ok(result=True)

    async def _poll(self, offset: int) -> list[Json]:
        self.updates = [one for one in self.updates if one["update_id"] >= offset]
        if not self.updates:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), POLL_SECONDS)
            except TimeoutError:
                return []
        batch = self.updates[:BATCH]
        self.handed.update(one["update_id"] for one in batch)
        return batch

    async def _say(self, method: str, params: dict[str, str], *, unsure: bool) -> Json:
        chat = int(params["chat_id"])
        markup = json.loads(params.get("reply_markup", "{}"))
        hangs = json.loads(params.get("reply_parameters", "{}"))
        arrival = Arrival(
            chat=chat,
            number=int(params["message_id"]) if method == "editMessageText" else self.number(),
            text=unescape(re.sub("<[^>]*>", "", params.get("text", ""))),
            keyboard=markup.get("inline_keyboard", []),
            thread=int(params["message_thread_id"]) if "message_thread_id" in params else None,
            reply_to=hangs.get("message_id"),
            unsure=unsure,
        )
        self.arrived[chat].append(arrival)
        async with self._said:
            self._said.notify_all()
        kind = "private" if chat > 0 else "supergroup"
        return {
            "message_id": arrival.number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": kind, "first_name": "甲", "title": "群"},
            "from": ME,
            "text": arrival.text,
        }

    def _path(self, file: str) -> tuple[int, Json]:
        content, fetching = self.files[file]
        if fetching is Fetching.NO_PATH:
            return 404, {"ok": False, "error_code": 404, "description": "Not Found"}
        if fetching is Fetching.EXPIRED:
            return 400, {"ok": False, "error_code": 400, "description": "Bad Request: wrong file_id or expired"}
        found = {"file_id": file, "file_unique_id": file, "file_size": len(content), "file_path": f"documents/{file}"}
        return OK, _ok(found)

    async def download(self, request: web.Request) -> web.StreamResponse:
        file = request.match_info["path"].rpartition("/")[2]
        content, fetching = self.files[file]
        if fetching is Fetching.NO_FILE:
            return _refusal(404, "Not Found")
        if fetching is Fetching.CUT and file not in self._cut:
            self._cut.add(file)
            response = web.StreamResponse(headers={"Content-Length": str(len(content))})
            await response.prepare(request)
            await response.write(content[: len(content) // 2])
            return _reset(request)
        return web.Response(body=content)

    def words(self) -> Iterable[str]:
        """All that was said, by whomever."""
        return (one.text for arrivals in self.arrived.values() for one in arrivals)


@asynccontextmanager
async def serving(server: Server) -> AsyncIterator[None]:
    """The server on a port of loopback; its address then stands in `base_url`."""
    app = web.Application(client_max_size=50 * 1024**2)
    app.router.add_route("*", f"/bot{TOKEN}/{{method}}", server.call)
    app.router.add_route("*", f"/file/bot{TOKEN}/{{path:.*}}", server.download)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        listener = web.TCPSite(runner, "127.0.0.1", 0)
        await listener.start()
        server.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield
    finally:
        await runner.cleanup()


def _ok(result: Any) -> Json:
    return {"ok": True, "result": result}


def _refusal(status: int, words: str, **more: Any) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, "description": words, **more}, status=status)


def _reset(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
