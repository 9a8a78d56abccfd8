"""A Bot API server that keeps Telegram's limits, for one bot: `python -m benchmarks.telegram SPEED` prints its port.

It asks one question each of its seconds, of another person every time, once the bot has begun to send, and counts
what it takes and what it refuses. Its time runs SPEED times faster than the machine's. GET /stats tells the counts.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

from bot.playground.api_errors import ApiError
from bot.playground.limits import FloodGate

ASKERS = 8_000_000_000
"""Chats from this number on belong to those who ask; below it they get what nobody asked for."""
QUESTION = "5G基站谁负责"
_ME = {"id": 1, "is_bot": True, "first_name": "督办助手", "username": "bench_bot"}


@dataclass
class Server:
    speed: float
    gate: FloodGate = field(init=False)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    taken: list[tuple[float, bool]] = field(default_factory=list)
    """Of each message: when it was taken, in the server's seconds, and whether it answers a question."""
    refused: int = 0
    asked: dict[int, float] = field(default_factory=dict)
    """By chat, when the question was there to be fetched, in the machine's seconds."""
    latencies: list[float] = field(default_factory=list)
    questions: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate = FloodGate(lambda: time.monotonic() * self.speed)

    async def ask(self) -> None:
        await self.begun.wait()
        for asker in count(ASKERS):
            await asyncio.sleep(1 / self.speed)
            self.asked[asker] = time.monotonic()
            self.questions.put_nowait(asker)

    async def get_updates(self, values: dict[str, str]) -> list[dict[str, Any]]:
        try:
            asker = await asyncio.wait_for(self.questions.get(), int(values.get("timeout", 0)))
        except TimeoutError:
            return []
        user = {"id": asker, "is_bot": False, "first_name": "问"}
        message = {
            "message_id": next(self.numbers),
            "date": int(time.time()),
            "from": user,
            "chat": {"id": asker, "type": "private", "first_name": "问"},
            "text": QUESTION,
        }
        return [{"update_id": next(self.numbers), "message": message}]

    def send_message(self, values: dict[str, str]) -> dict[str, Any]:
        chat = int(values["chat_id"])
        try:
            self.gate.pass_one(chat)
        except ApiError:
            self.refused += 1
            raise
        self.begun.set()
        self.taken.append((time.monotonic() * self.speed, chat >= ASKERS))
        if asked := self.asked.pop(chat, None):
            self.latencies.append(time.monotonic() - asked)
        return {
            "message_id": next(self.numbers),
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "收"},
            "text": "收",
        }

    async def serve(self, request: web.Request) -> web.Response:
        values = {key: str(value) for key, value in (await request.post()).items()}
        methods: dict[str, Callable[[dict[str, str]], Any]] = {
            "getMe": lambda _: _ME,
            "getUpdates": self.get_updates,
            "sendMessage": self.send_message,
        }
        try:
            result = methods.get(request.match_info["method"], _agree)(values)
            if asyncio.iscoroutine(result):
                result = await result
        except ApiError as no:
            answer = {"ok": False, "error_code": no.code, "description": no.description, "parameters": no.parameters}
            return web.json_response(answer, status=no.code)
        return web.json_response({"ok": True, "result": result})

    async def stats(self, _: web.Request) -> web.Response:
        found = {"taken": self.taken, "refused": self.refused, "latencies": self.latencies}
        return web.json_response(text=json.dumps(found))


def _agree(_: dict[str, str]) -> bool:
    return True


async def main(speed: float) -> None:
    server = Server(speed)
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", server.serve)
    app.router.add_get("/stats", server.stats)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await server.ask()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
