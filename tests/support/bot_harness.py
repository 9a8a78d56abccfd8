"""A bot at work against the playground's server, with a door between them that can be shut."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import aiohttp
from aiohttp import web
from typing_extensions import override
from web_client import WebSite

from bot.app import serve
from bot.connection import Connect
from bot.model_client import ModelClient
from bot.pace import LOOPBACK
from bot.playground import people
from bot.playground.server import Site
from bot.telegram.connection import telegram
from bot.telegram.incoming import address as telegram_address
from bot.web.accounts import address as web_address
from bot.web.connection import web as web_connection
from handlers.access.service import CLOSED, Service
from handlers.questions.texts import render
from handlers.services.clock import PlanClock
from handlers.services.question_service import AnsweredQuestion, Asker, QuestionService
from handlers.texts.reply import Button, Reply
from knowledge.entities.library import Library
from knowledge.questions.answer import Answer, Outcome
from storage.chats import Address
from storage.database import Database
from storage.rich_text import TextMark, marked

Json = dict[str, Any]
VISITOR, TRAFFIC, GROUP = 510001, 510002, -4100001
PATIENCE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedAnswer(Answer):
    """An answer whose reply is settled."""

    reply: Reply


@render.register
def _worded(answer: WordedAnswer, _library: Library) -> Reply:
    return answer.reply


class StubService(QuestionService):
    """Answers with the question and what came before it, so that a test sees both."""

    def __init__(self) -> None:
        super().__init__(Library(()))
        self.asked: list[str] = []

    @override
    def ask(self, question: str, *, memory: str, asker: Asker, cleaned: str | None = None) -> AnsweredQuestion:
        self.asked.append(question)
        if "坏" in question:
            raise ValueError(f"broken on purpose: {question}")
        items = tuple(f"第{number}项" for number in range(1, 31)) if "很多" in question else ()
        reply = Reply(
            head=marked(f"答：{question}", TextMark.BOLD),
            blocks=(f"前文：{memory or '无'}", *items),
            buttons=(Button("牵头的", "其中牵头的呢"), Button("目标", "目标呢")),
        )
        answer = WordedAnswer(question=question, outcome=Outcome.ANSWERED, reply=reply)
        return AnsweredQuestion(answer, self.library, memory=question)


class Door:
    """An HTTP relay between a bot and the server; what it does not let through fails as the network does."""

    def __init__(self) -> None:
        self.shut = False
        """Nothing passes."""
        self.deaf: set[str] = set()
        """Methods that do not reach the server."""
        self.mute: set[str] = set()
        """Methods whose answer does not come back, once each."""
        self.instead: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {}
        """By method, what is answered in the server's place; "file" is the download of any file."""
        self.knocked = asyncio.Event()
        """Something was turned away."""

    @asynccontextmanager
    async def before(self, site: Site) -> AsyncIterator[str]:
        """The base URL of the relay."""
        async with aiohttp.ClientSession() as onwards:

            async def relay(request: web.Request) -> web.StreamResponse:
                method = request.path.rpartition("/")[2]
                if self.shut or method in self.deaf:
                    return self._fail(request)
                if answer_instead := self.instead.get("file" if request.path.startswith("/file/") else method):
                    return await answer_instead(request)
                body = await request.read()
                headers = {"Content-Type": request.headers["Content-Type"]} if body else {}
                address = f"http://127.0.0.1:{site.port}{request.path_qs}"
                async with onwards.request(request.method, address, data=body, headers=headers) as answer:
                    found = await answer.read()
                if self.shut or method in self.mute:
                    self.mute.discard(method)
                    return self._fail(request)
                return web.Response(status=answer.status, body=found, content_type="application/json")

            app = web.Application()
            app.router.add_route("*", "/{path:.*}", relay)
            runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
            await runner.setup()
            try:
                listener = web.TCPSite(runner, "127.0.0.1", 0)
                await listener.start()
                yield f"http://127.0.0.1:{runner.addresses[0][1]}"
            finally:
                await runner.cleanup()

    def _fail(self, request: web.Request) -> web.StreamResponse:
        self.knocked.set()
        assert request.transport is not None
        request.transport.abort()
        return web.Response()


@asynccontextmanager
async def bot_at_work(
    site: Site,
    database: Database,
    question_service: QuestionService,
    *,
    server: str | None = None,
    per_minute: int = 600,
    today: date = date(2023, 3, 1),
    service: Service = CLOSED,
    files: Path | None = None,
    clock: PlanClock | None = None,
    operator: int | None = None,
    assistant: ModelClient | None = None,
) -> AsyncIterator[None]:
    """A bot that polls `server` (default: the site itself) until the block ends; `files` None: kept nowhere long.

    `clock` is given where the test moves it.
    """
    folder = TemporaryDirectory()
    if clock is None:
        clock = PlanClock()
        clock.shift_to_time(today, clock.now().time())
    stop = asyncio.Event()
    connect = _connect(site, server)
    task = asyncio.create_task(
        serve(
            connect,
            database=database,
            question_service=question_service,
            clock=clock,
            per_minute=per_minute,
            stop=stop,
            files=files or Path(folder.name),
            operator=operator,
            service=service,
            pace=LOOPBACK,
            assistant=assistant,
        )
    )
    polled = asyncio.create_task(_until_up(site))
    await asyncio.wait((task, polled), return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
    polled.cancel()
    try:
        yield
    finally:
        stop.set()
        await task
        folder.cleanup()


def _connect(site: Site, server: str | None) -> Connect:
    if isinstance(site, WebSite):
        return web_connection(site.channel, secret=site.world.token, came_up=site.world.bot_comes_up)
    address = server or f"http://127.0.0.1:{site.port}"
    return telegram(token=site.world.token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot", proxy=None)


def address_in(site: Site) -> Callable[[int], Address]:
    """Where the channel of the site finds its people."""
    return web_address if isinstance(site, WebSite) else telegram_address


async def _until_up(site: Site) -> None:
    if not isinstance(site, WebSite):
        await site.world.mailbox.polled.wait()
        return
    while site.channel.arrivals is None:  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.01)


@dataclass(slots=True)
class Talk:
    """What one person does in one chat, and what the bot says there."""

    site: Site
    events: asyncio.Queue[Json | None]
    person: int = VISITOR
    chat: int = VISITOR
    toasts: list[str] = field(default_factory=list)

    def say(self, text: str, *, reply_to: int | None = None) -> None:
        if isinstance(self.site, WebSite):
            self.site.client.post("say", person=self.person, chat=self.chat, text=text, reply_to=reply_to)
        else:
            people.say(self.site.world, self.person, self.chat, text, reply_to)

    async def ask(self, text: str, *, reply_to: int | None = None) -> Json:
        """Say something and return the bot's answer."""
        self.say(text, reply_to=reply_to)
        return await self.heard()

    async def heard(self) -> Json:
        """The bot's next message or edit in this chat."""
        return await self._next(self._of_bot)

    async def tap(self, message: Json, label: str, *, by: int | None = None) -> str:
        """Tap a button; the text of the toast."""
        keys = [key for row in message["reply_markup"]["inline_keyboard"] for key in row]
        data = next(key["callback_data"] for key in keys if key["text"] == label)
        return await self.tap_data(message, data, by=by)

    async def tap_data(self, message: Json, data: str, *, by: int | None = None) -> str:
        name, person = uuid4().hex, by or self.person
        if isinstance(self.site, WebSite):
            told = {"person": person, "chat": self.chat, "message": message["message_id"], "data": data}
            self.site.client.post("tap", key=name, **told)
        else:
            people.tap(self.site.world, person, self.chat, message["message_id"], data, name)
        event = await self._next(lambda event: event if event["kind"] == "answer" and event["tap"] == name else None)
        self.toasts.append(event["text"])
        return str(event["text"])

    def question(self) -> Json:
        """The person's last message."""
        mine = [one for one in self.messages() if one["from"]["id"] == self.person]
        return mine[-1]

    def messages(self) -> list[Json]:
        """All messages of the chat, oldest first."""
        return [shown["message"] for shown in self.site.world.book.messages(self.chat, limit=1000)]

    def answers(self) -> list[str]:
        """The texts of all the bot's messages in this chat."""
        me = self.site.world.cast.bot_id
        return [one["text"] for one in self.messages() if one["from"]["id"] == me]

    def _of_bot(self, event: Json) -> Json | None:
        if event["kind"] not in {"message", "changed"}:
            return None
        message: Json = event["message"]
        mine = message["from"]["id"] == self.site.world.cast.bot_id and message["chat"]["id"] == self.chat
        return message if mine else None

    async def _next(self, wanted: Callable[[Json], Json | None]) -> Json:
        async with asyncio.timeout(PATIENCE):
            while True:
                event = await self.events.get()
                if event is not None and (found := wanted(event)) is not None:
                    return found


def labels(message: Json) -> list[str]:
    """The buttons under a message, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [key["text"] for row in rows for key in row]


async def confirmed(chat: Talk, text: str) -> Json:
    """Say what is to be changed, and confirm what is shown; what the bot says then."""
    return await press(chat, await chat.ask(text), "确认")


async def press(chat: Talk, message: Json, label: str) -> Json:
    """Tap a button and return what the bot then says."""
    assert await chat.tap(message, label) == ""
    return await chat.heard()
