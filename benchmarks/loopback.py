"""A Bot API server that sends every bot the same at a steady pace: `python -m benchmarks.loopback` prints its port.

The messages to send are read from standard input, as JSON. POST /{token}/send/{count}/{pace} sends the next `count` of
them to the bot with this token, `pace` a second, and answers when all are answered, with how long each took; a tap on
确认 follows in the place of the next message once its card is there. /{token}/up answers when the bot begins to poll.
"""

import asyncio
import json
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

from benchmarks.mix import CONFIRM, Written

Json = dict[str, Any]
PATIENCE = 30.0
"""Seconds to wait for the last answers."""
_ME = {"id": 1, "is_bot": True, "first_name": "督办助手", "username": "bench_bot"}
_NUMBERS = count(1)


@dataclass
class Bot:
    """What one bot gets and says."""

    messages: deque[Written]
    up: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: deque[Json] = field(default_factory=deque)
    """Updates that are to be fetched."""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    taps: deque[Json] = field(default_factory=deque)
    """To be sent instead of the next messages."""
    asked: dict[int | str, tuple[float, bool]] = field(default_factory=dict)
    """By chat or tap what is not answered: since when, and whether the answer is tapped on."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    """Nothing is left to be answered."""
    took: list[float] = field(default_factory=list)
    unconfirmed: list[str] = field(default_factory=list)
    """Answers to reports that show no 确认."""

    async def send(self, number: int, pace: float) -> None:
        """Raises TimeoutError where the bot does not keep up."""
        began = time.monotonic()
        for place in range(number):
            await asyncio.sleep(began + place / pace - time.monotonic())
            self._send(self.taps.popleft() if self.taps else self._next())
        async with asyncio.timeout(PATIENCE):
            await self.answered.wait()

    def _next(self) -> Json:
        written = self.messages.popleft()
        self._ask(written.person, taps=written.taps)
        return {"message": {**_message(written.person), "from": _user(written.person), **written.content}}

    def _send(self, update: Json) -> None:
        if tap := update.get("callback_query"):
            self._ask(tap["id"])
        self.waiting.append({"update_id": next(_NUMBERS), **update})
        self.arrived.set()

    async def get_updates(self, values: Json) -> list[Json]:
        self.up.set()
        while self.waiting and self.waiting[0]["update_id"] < int(values.get("offset") or 0):
            self.waiting.popleft()
        if not self.waiting:
            self.arrived.clear()
            try:
                await asyncio.wait_for(self.arrived.wait(), int(values.get("timeout", 0)))
            except TimeoutError:
                return []
        return list(self.waiting)

    def said(self, values: Json) -> Json:
        """A message of the bot's."""
        chat = int(values["chat_id"])
        message = {**_message(chat), "from": _ME, "text": values["text"]}
        if self._answer(chat):
            self.taps.append(self._tap(message, values))
        return message

    def _tap(self, message: Json, values: Json) -> Json:
        keyboard = json.loads(values.get("reply_markup", '{"inline_keyboard": []}'))["inline_keyboard"]
        confirms = [key["callback_data"] for row in keyboard for key in row if key["text"] == CONFIRM]
        if not confirms:
            self.unconfirmed.append(values["text"])
        tap = {
            "id": str(next(_NUMBERS)),
            "from": _user(message["chat"]["id"]),
            "message": message,
            "chat_instance": "1",
            "data": confirms[0] if confirms else "1",
        }
        return {"callback_query": tap}

    def toasted(self, values: Json) -> bool:
        self._answer(values["callback_query_id"])
        return True

    def _ask(self, key: int | str, *, taps: bool = False) -> None:
        self.asked[key] = (time.monotonic(), taps)
        self.answered.clear()

    def _answer(self, key: int | str) -> bool:
        """Whether the answer is tapped on; what nobody waits for is no answer."""
        if key not in self.asked:
            return False
        began, taps = self.asked.pop(key)
        self.took.append(time.monotonic() - began)
        if not self.asked:
            self.answered.set()
        return taps


@dataclass
class Server:
    messages: tuple[Written, ...]
    bots: dict[str, Bot] = field(default_factory=dict)

    def bot(self, request: web.Request) -> Bot:
        return self.bots.setdefault(request.match_info["token"], Bot(deque(self.messages)))

    async def up(self, request: web.Request) -> web.Response:
        async with asyncio.timeout(PATIENCE):
            await self.bot(request).up.wait()
        return web.Response()

    async def send(self, request: web.Request) -> web.Response:
        bot = self.bot(request)
        bot.took.clear()
        await bot.send(int(request.match_info["count"]), float(request.match_info["pace"]))
        return web.json_response({"took": bot.took, "unconfirmed": bot.unconfirmed})

    async def serve(self, request: web.Request) -> web.Response:
        bot, values = self.bot(request), await _values(request)
        match request.match_info["method"].lower().replace("_", ""):
            case "getme":
                result: Any = _ME
            case "getupdates":
                result = await bot.get_updates(values)
            case "sendmessage" | "editmessagetext":
                result = bot.said(values)
            case "answercallbackquery":
                result = bot.toasted(values)
            case _:
                result = True
        return web.json_response({"ok": True, "result": result})


async def _values(request: web.Request) -> Json:
    return dict(await request.json() if request.content_type == "application/json" else await request.post())


def _user(person: int) -> Json:
    return {"id": person, "is_bot": False, "first_name": "武", "language_code": "zh-hans"}


def _message(chat: int) -> Json:
    return {
        "message_id": next(_NUMBERS),
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private", "first_name": "武"},
    }


async def main() -> None:
    server = Server(tuple(Written(**one) for one in json.load(sys.stdin)))
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", server.serve)
    app.router.add_post("/{token}/up", server.up)
    app.router.add_post("/{token}/send/{count}/{pace}", server.send)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
