"""A Bot API server that says what it is told to, however wrong, and writes down what it is asked."""

import asyncio
import json
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from typing import Any

from aiohttp import web
from bot_harness import PATIENCE, StubService

from bot.app import serve
from bot.pace import LOOPBACK
from bot.telegram.connection import telegram
from handlers.access.service import CLOSED, Service
from handlers.services.clock import PlanClock
from handlers.services.question_service import QuestionService
from storage.database import Database

Json = dict[str, Any]
BOT_ID = 12345
TOKEN = f"{BOT_ID}:{'x' * 35}"
ME: Json = {"id": BOT_ID, "is_bot": True, "first_name": "督办", "username": "duban_raw_bot"}
PERSON, GROUP = 7001, -1007001


class RawServer:
    """Updates are given out until the offset has passed them, as Telegram does."""

    def __init__(self) -> None:
        self.url = ""
        self.pending: list[Any] = []
        """What getUpdates brings; entries that have no number are brought again each time."""
        self.polls: deque[bytes] = deque()
        """Bodies that the next polls get instead."""
        self.calls: list[tuple[str, Json]] = []
        self.refuses: Callable[[str, Json], tuple[int, Json] | None] = lambda _method, _params: None
        """What answers a call with an error: the status and what the body has besides."""
        self._number = 0
        self._changed = asyncio.Condition()

    async def send(self, *updates: Any) -> None:
        self.pending += updates
        await self._tell()

    async def answer_poll(self, *bodies: bytes) -> None:
        self.polls += bodies
        await self._tell()

    def update(self, kind: str, body: Json) -> Json:
        self._number += 1
        return {"update_id": self._number, kind: body}

    def message(self, content: Json | str, *, person: int = PERSON, chat: int | None = None, **more: Any) -> Json:
        """An update with a message; without `chat` in the person's private chat."""
        return self.update("message", self.body(content, person=person, chat=chat, **more))

    def body(self, content: Json | str, *, person: int = PERSON, chat: int | None = None, **more: Any) -> Json:
        self._number += 1
        where = {"id": person, "type": "private", "first_name": "甲"}
        return {
            "message_id": self._number,
            "date": int(time()),
            "chat": where if chat is None else {"id": chat, "type": "supergroup", "title": "群"},
            "from": {"id": person, "is_bot": False, "first_name": "甲"},
            **({"text": content} if isinstance(content, str) else content),
            **more,
        }

    def said(self, chat: int = PERSON) -> list[str]:
        """What arrived in a chat."""
        return [params["text"] for params in self.sent(chat)]

    def sent(self, chat: int = PERSON) -> list[Json]:
        return [params for name, params in self.calls if name == "sendMessage" and params.get("chat_id") == chat]

    def count(self, method: str) -> int:
        return Counter(name for name, _ in self.calls)[method]

    async def until(self, happened: Callable[[], Any]) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(happened)

    async def heard(self, words: str, chat: int = PERSON) -> str:
        """The message that arrives in a chat with these words in it."""
        await self.until(lambda: any(words in text for text in self.said(chat)))
        return next(text for text in self.said(chat) if words in text)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def handle(self, request: web.Request) -> web.Response:
        method = request.path.rpartition("/")[2]
        params = {name: _value(text) for name, text in (await request.post()).items()}
        error = self.refuses(method, params)
        if method == "getUpdates" and error is None:
            return await self._poll(params)
        self.calls.append(("refused " * bool(error) + method, params))
        await self._tell()
        if error:
            status, more = error
            return _json({"ok": False, "error_code": status, **more}, status)
        return _json({"ok": True, "result": self._result(method, params)})

    async def _poll(self, params: Json) -> web.Response:
        self.calls.append(("getUpdates", params))
        await self._tell()
        offset = params.get("offset", 0)

        def waiting() -> list[Any]:
            return [one for one in self.pending if not _passed(one, offset)]

        async with self._changed:
            try:
                async with asyncio.timeout(params["timeout"]):
                    await self._changed.wait_for(lambda: self.polls or waiting())
            except TimeoutError:
                pass
        if self.polls:
            return web.Response(body=self.polls.popleft(), content_type="application/json")
        return _json({"ok": True, "result": waiting()[:100]})

    def _result(self, method: str, params: Json) -> Any:
        if method == "getMe":
            return ME
        if method in {"sendMessage", "editMessageText"}:
            self._number += 1
            chat = {"id": params["chat_id"], "type": "private"}
            return {"message_id": self._number, "date": 1, "chat": chat, "from": ME, "text": params["text"]}
        return True


def _passed(update: Any, offset: int) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int) and update["update_id"] < offset


def _value(text: Any) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _json(body: Json, status: int = 200) -> web.Response:
    # with \u escapes, so that a lone surrogate can go over the wire
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")


@asynccontextmanager
async def raw_server() -> AsyncIterator[RawServer]:
    server = RawServer()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    try:
        listener = web.TCPSite(runner, "127.0.0.1", 0)
        await listener.start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield server
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw_bot(
    server: RawServer, database: Database, question_service: QuestionService | None = None, *, service: Service = CLOSED
) -> AsyncIterator[None]:
    """A bot that polls the server until the block ends."""
    stop = asyncio.Event()
    with TemporaryDirectory() as folder:
        task = asyncio.create_task(
            serve(
                telegram(
                    token=TOKEN,
                    base_url=f"{server.url}/bot",
                    base_file_url=f"{server.url}/file/bot",
                    proxy=None,
                ),
                database=database,
                question_service=question_service or StubService(),
                clock=PlanClock(),
                per_minute=600,
                stop=stop,
                files=Path(folder),
                service=service,
                pace=LOOPBACK,
            )
        )
        try:
            yield
        finally:
            stop.set()
            await task
