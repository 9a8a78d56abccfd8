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
from bothouse import GROUP, VISITOR, StubDesk, Talk, bot_at_work
from telegram.request import HTTPXRequest, RequestData

from bot.playground import people
from bot.playground.methods import METHODS
from bot.playground.server import Site, serve
from storage.database import open_database
from storage.migrate import migrate

Json = dict[str, Any]


class Schema:
    """What a value must be, by the schema; `problems` says where it is not."""

    def __init__(self, read: Json) -> None:
        self.methods: dict[str, Json] = read["methods"]
        self.types: dict[str, Json] = read["types"]

    def problems(self, value: Any, kinds: list[str], where: str) -> list[str]:
        """The problems of the kind that fits best; none where one fits."""
        return min((self._against(value, kind, where) for kind in kinds), key=len)

    def _against(self, value: Any, kind: str, where: str) -> list[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where} is no array"] * 99
            inner = kind.removeprefix("Array of ")
            return [found for at, one in enumerate(value) for found in self._against(one, inner, f"{where}[{at}]")]
        plain = {"Integer": int, "Float": (int, float), "String": str, "Boolean": bool}.get(kind)
        if plain:
            fits = isinstance(value, plain) and (kind == "Boolean" or not isinstance(value, bool))  # type: ignore[arg-type]
            return [] if fits else [f"{where} is no {kind}: {value!r}"] * 99
        described = self.types[kind]
        if described.get("subtypes"):
            return self.problems(value, described["subtypes"], where)
        return self.fields(value, described.get("fields", []), f"{where}:{kind}")

    def fields(self, value: Any, fields: list[Json], where: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{where} is no object: {value!r}"] * 99
        known = {field["name"]: field for field in fields}
        found = [f"{where} has no field {name}" for name in value if name not in known]
        found += [f"{where} lacks {name}" for name, field in known.items() if field["required"] and name not in value]
        for name in value.keys() & known.keys():
            found += self.problems(value[name], known[name]["types"], f"{where}.{name}")
        return found

    def method(self, name: str) -> Json:
        return next(one for key, one in self.methods.items() if key.lower() == name.lower())

    def call(self, method: str, params: dict[str, str]) -> list[str]:
        """The problems of a call whose parameters were sent as a form."""
        fields = self.method(method).get("fields", [])  # getMe has none
        kinds = {field["name"]: field["types"] for field in fields}
        return self.fields({name: _sent(text, kinds.get(name, [])) for name, text in params.items()}, fields, method)

    def result(self, method: str, result: Any) -> list[str]:
        return self.problems(result, self.method(method)["returns"], method)


def _sent(text: str, kinds: list[str]) -> Any:
    """A form's value as the kind it is sent for: texts as they are, the rest as JSON."""
    if kinds == ["String"]:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


@pytest.fixture(scope="session")
def schema() -> Schema:
    path = os.environ.get("DUBAN_BOT_API_SCHEMA")
    if not path:
        message = "DUBAN_BOT_API_SCHEMA does not name the Bot API's schema, so nothing is held against it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return Schema(json.loads(Path(path).read_text(encoding="utf-8")))


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serve() as running:
        yield running


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, Json, Json]]]:
    """Every call that python-telegram-bot makes: method, parameters as sent, the server's answer."""
    made: list[tuple[str, Json, Json]] = []
    do_request = HTTPXRequest.do_request

    async def recorded(
        self: HTTPXRequest, url: str, method: str, request_data: RequestData | None = None, **more: Any
    ) -> tuple[int, bytes]:
        code, answer = await do_request(self, url, method, request_data, **more)
        sent = request_data.json_parameters if request_data else {}
        made.append((url.rpartition("/")[2], sent, json.loads(answer)))
        return code, answer

    monkeypatch.setattr(HTTPXRequest, "do_request", recorded)
    yield made
    assert made


async def test_what_the_bot_says_and_hears_in_a_lively_chat_is_true_to_the_schema(
    site: Site, schema: Schema, calls: list[tuple[str, Json, Json]], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/duban.sqlite"
    migrate(url)
    database = open_database(url)
    with site.world.feed.listening() as events:
        async with bot_at_work(site, database, StubDesk()):
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
    root = Path(__file__).parents[1]
    sources = [path for folder in ("bot", "handlers") for path in (root / folder).rglob("*.py")]
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
