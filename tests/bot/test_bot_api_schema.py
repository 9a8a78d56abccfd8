"""The bot's calls and the playground's answers both keep to the Bot API's schema.

The schema is a file outside the repository (methods and types with their fields); DUBAN_BOT_API_SCHEMA names it.
"""

import json
import os
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import telegram
from bot_api_schema import Schema, read_schema
from bot_harness import GROUP, VISITOR, StubService, Talk, bot_at_work
from folders import ROOT
from telegram.request import RequestData

from bot.playground import people
from bot.playground.methods import METHODS
from bot.playground.server import Site, serve
from bot.telegram.transport import Transport
from storage.database import open_database
from storage.migrate import migrate

Json = dict[str, Any]


@pytest.fixture(scope="session")
def schema() -> Schema:
    found = read_schema()
    if found is None:
        message = "DUBAN_BOT_API_SCHEMA does not name the Bot API's schema, so nothing is held against it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serve() as running:
        yield running


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, Json, Json]]]:
    """Every call that the bot makes: method, parameters as sent, the server's answer."""
    made: list[tuple[str, Json, Json]] = []
    do_request = Transport.do_request

    async def recorded(
        self: Transport, url: str, method: str, request_data: RequestData | None = None, *more: Any, **others: Any
    ) -> tuple[int, bytes]:
        code, answer = await do_request(self, url, method, request_data, *more, **others)
        sent = request_data.json_parameters if request_data else {}
        made.append((url.rpartition("/")[2], sent, json.loads(answer)))
        return code, answer

    monkeypatch.setattr(Transport, "do_request", recorded)
    yield made
    assert made


async def test_what_the_bot_says_and_hears_in_a_lively_chat_is_true_to_the_schema(
    site: Site, schema: Schema, calls: list[tuple[str, Json, Json]], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/duban.sqlite"
    migrate(url)
    database = open_database(url)
    with site.world.feed.listening() as events:
        async with bot_at_work(site, database, StubService()):
            talk = Talk(site, events)
            for text in ("/start", "/help", "/nothing", "坏"):
                await talk.ask(text)
            pages = await talk.ask("很多")
            await talk.tap(pages, "下一页")
            await talk.heard()
            answer = await talk.ask("市交通局负责哪些任务")
            await talk.tap(answer, "牵头的")
            await talk.heard()
            await talk.tap_data(answer, "not ours")
            people.edit(site.world, VISITOR, VISITOR, talk.question()["message_id"], "市财政局负责哪些任务")
            await talk.heard()
            for kind in ("photo", "voice", "sticker", "document", "location", "forward"):
                people.attach(site.world, VISITOR, VISITOR, kind)
                await talk.heard()
            group = Talk(site, events, chat=GROUP)
            await group.ask(f"@{site.world.cast.bot_username} 长江大保护谁牵头")
            people.block(site.world, VISITOR, blocked=True)
            people.block(site.world, VISITOR, blocked=False)
            await talk.ask("你好")
    database.close()

    heard = {kind for method, _, answer in calls if method == "getUpdates" for one in answer["result"] for kind in one}
    assert heard == {"update_id", "message", "edited_message", "callback_query", "my_chat_member"}
    problems = [found for method, sent, _ in calls for found in schema.call(method, sent)]
    problems += [
        found for method, _, answer in calls if answer["ok"] for found in schema.result(method, answer["result"])
    ]
    assert problems == []


async def test_every_method_that_is_served_answers_by_the_schema(site: Site, schema: Schema) -> None:
    people.say(site.world, VISITOR, VISITOR, "你好")
    keyboard = {
        "inline_keyboard": [[{"text": "详情", "callback_data": "1"}, {"text": "网", "url": "https://example.org"}]]
    }
    chat = {"chat_id": VISITOR}
    async with httpx.AsyncClient(base_url=f"{site.base_url}{site.world.token}/") as client:

        async def result(method: str, params: Json) -> Any:
            answer = (await client.post(method, json=params)).json()
            assert answer["ok"], (method, answer)
            assert schema.result(method, answer["result"]) == []
            return answer["result"]

        sent = await result(
            "sendMessage", {**chat, "text": "<b>答</b>", "parse_mode": "HTML", "reply_markup": keyboard}
        )
        message = {**chat, "message_id": sent["message_id"]}
        people.tap(site.world, VISITOR, VISITOR, sent["message_id"], "1", "tap")
        (query,) = site.world.queries
        kept = site.world.keep_file("附件.pdf", b"%PDF-1.4")
        params: dict[str, Json] = {
            "sendmessage": {**chat, "text": "又"},
            "senddocument": {**chat, "document": kept["file_id"]},
            "getfile": {"file_id": kept["file_id"]},
            "editmessagetext": {**message, "text": "改", "reply_markup": keyboard},
            "editmessagereplymarkup": message,
            "deletemessage": message,
            "answercallbackquery": {"callback_query_id": query},
            "sendchataction": {**chat, "action": "typing"},
            "getchat": chat,
            "getchatmember": {**chat, "user_id": VISITOR},
            "setmycommands": {"commands": [{"command": "help", "description": "怎么用"}]},
            "setmyname": {"name": "督办助手"},
            "setmydescription": {"description": "问方案"},
            "setmyshortdescription": {"short_description": "督办"},
            "setwebhook": {"url": ""},
        }
        for method in METHODS:
            await result(method, params.get(method, {}))


async def test_nothing_that_is_sent_is_unknown_to_the_library(site: Site) -> None:
    """python-telegram-bot knows an older Bot API than the schema's: what it does not know ends in `api_kwargs`."""
    people.say(site.world, VISITOR, VISITOR, "/start")
    people.attach(site.world, VISITOR, VISITOR, "forward")
    async with telegram.Bot(site.world.token, base_url=site.base_url) as bot:
        answers: list[telegram.TelegramObject] = [*await bot.get_updates(), await bot.get_me()]
        answers += [await bot.get_chat(VISITOR), await bot.send_message(VISITOR, "好"), await bot.get_webhook_info()]
        for answer in answers:
            assert "api_kwargs=" not in repr(answer)


def test_every_method_that_the_program_calls_is_served() -> None:
    sources = [path for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py")]
    found = {
        name
        for path in sources
        if "playground" not in path.parts
        for name in re.findall(r"(?:\b|_)bot\.([a-z_]+)\(", path.read_text(encoding="utf-8"))
        if hasattr(telegram.Bot, name) and name not in {"initialize", "shutdown", "do_api_request"}
    }
    assert {"send_message", "answer_callback_query"} <= found
    assert {name.replace("_", "") for name in found} <= METHODS.keys()


def test_the_schema_finds_what_is_wrong(schema: Schema) -> None:
    user = {"id": 1, "is_bot": False, "first_name": "访客"}
    assert schema.problems(user, ["User"], "it") == []
    assert schema.problems({**user, "mood": "好"}, ["User"], "it") == ["it:User has no field mood"]
    assert schema.problems({**user, "id": "1"}, ["User"], "it") != []
    assert schema.problems({"id": 1, "is_bot": False}, ["User"], "it") == ["it:User lacks first_name"]
    assert schema.call("sendMessage", {"chat_id": "1"}) == ["sendMessage lacks text"]
    assert schema.call("sendMessage", {"chat_id": "1", "text": "7"}) == []
