"""A language model's server: it answers as it is told to, and keeps what it was asked."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.config import AssistantSettings

NOTHING = {"act": "none", "entry": "none", "unit": "none", "year": "none"}


@dataclass
class ModelServer:
    """`says` is what it chooses, or the very text that it answers with; the trial gets nothing chosen."""

    says: dict[str, str] | str = field(default_factory=lambda: dict(NOTHING))
    trial: str = field(default_factory=lambda: json.dumps(NOTHING))
    seconds: float = 0.0
    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    @property
    def questions(self) -> list[str]:
        """What it was asked but for the trial."""
        asked = (one["messages"][-1]["content"].partition("提问\n")[2] for one in self.asked)
        return [one for one in asked if "介绍一下你自己" not in one]

    def settings(self, **more: Any) -> AssistantSettings:
        return AssistantSettings(url=self.url, model="模型", approval="省数据局统一接口", **more)


@asynccontextmanager
async def model_server() -> AsyncIterator[ModelServer]:
    server = ModelServer()

    async def answer(request: web.Request) -> web.StreamResponse:
        body = await request.json()
        server.asked.append(body)
        await asyncio.sleep(server.seconds)
        chosen = server.says if isinstance(server.says, str) else json.dumps({**NOTHING, **server.says})
        trial = "介绍一下你自己" in body["messages"][-1]["content"]
        said = {"choices": [{"message": {"role": "assistant", "content": server.trial if trial else chosen}}]}
        return web.json_response(said, status=server.status)

    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        listener = web.TCPSite(runner, "127.0.0.1", 0)
        await listener.start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        yield server
    finally:
        await runner.cleanup()
