"""Updates of every kind, made from a table: each field of Update and of Message once, and what is known to have hurt.

Where DUBAN_BOT_API_SCHEMA names the Bot API's schema the values are true to it (and then damaged); otherwise the fields
are those that python-telegram-bot knows, with values of any kind.
"""

from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

from bot_api_schema import read_schema
from telegram import Message, Update

Json = dict[str, Any]
DEEPEST = 4
_STRANGE: tuple[Any, ...] = (
    None,
    "",
    0,
    -1,
    2**63,
    1e308,
    True,
    [],
    {},
    "\x00",
    "\ud83d",
    "\u202e\u200b",
    [[]],
    {"a": 1},
)


@cache
def _types() -> Json | None:
    schema = read_schema()
    return schema.types if schema else None


@cache
def table() -> tuple[tuple[str, str], ...]:
    """(type, field) of each row: what an update can hold, and what a message can."""
    types = _types()
    if types is None:
        fields = {"Update": Update.ALL_TYPES, "Message": [one for one in Message.__slots__ if one[0] != "_"]}
    else:
        fields = {name: [field["name"] for field in types[name]["fields"]] for name in ("Update", "Message")}
    kept = {"update_id", "message_id", "date", "chat"}
    return tuple((name, field) for name in fields for field in fields[name] if field not in kept)


def strange_update(chance: Random, message: Json, word: Callable[[], str]) -> tuple[Json, bool]:
    """Some update without its number, and whether it is true to the schema, or known: so that nothing may fail.

    `message` is where it comes from, `word` makes what people write.
    """
    if chance.random() < 0.3:
        return chance.choice(KNOWN)(message, word()), True
    name, field = chance.choice(table())
    value = _value(name, field, chance, message, word)
    update = {"message": {**message, field: value}} if name == "Message" else {field: value}
    if chance.random() < 0.4:
        return _damaged(update, chance), False
    return update, _types() is not None


def _value(name: str, field: str, chance: Random, message: Json, word: Callable[[], str]) -> Any:
    types = _types()
    if types is None:
        return chance.choice((message, message["from"], {}, [], word(), 7, True))
    kinds = next(one["types"] for one in types[name]["fields"] if one["name"] == field)
    return _sample(chance.choice(kinds), types, chance, message, word, 0)


def _sample(kind: str, types: Json, chance: Random, message: Json, word: Callable[[], str], depth: int) -> Any:
    """A value of a type of the schema; people and chats are those of `message`."""
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        return [_sample(inner, types, chance, message, word, depth + 1) for _ in range(chance.randrange(3))]
    match kind:
        case "Integer":
            return chance.choice((0, 1, 10**9, chance.randrange(2**52)))
        case "Float":
            return chance.uniform(-90, 90)
        case "String":
            return word()
        case "Boolean" | "True":
            return True
        case "User":
            return message["from"]
        case "Chat":
            return message["chat"]
    described = types[kind]
    if described.get("subtypes"):
        return _sample(chance.choice(described["subtypes"]), types, chance, message, word, depth)
    made = {
        one["name"]: _sample(chance.choice(one["types"]), types, chance, message, word, depth + 1)
        for one in described.get("fields", [])
        if one["required"] or (depth < DEEPEST and chance.random() < 0.1)
    }
    return {**message, **made, "chat": message["chat"]} if kind == "Message" and depth == 0 else made


def _damaged(value: Any, chance: Random) -> Any:
    """The same with one thing missing, or of another kind, somewhere inside."""
    if not isinstance(value, dict) or not value:
        return chance.choice(_STRANGE)
    name = chance.choice(list(value))
    if name in {"message", "chat", "from"} or (isinstance(value[name], dict) and chance.random() < 0.7):
        return {**value, name: _damaged(value[name], chance)}
    if chance.random() < 0.5:
        return {key: inner for key, inner in value.items() if key != name}
    return {**value, name: chance.choice(_STRANGE)}


def _forward(message: Json, word: str) -> Json:
    return {"message": {**message, "text": word, "forward_origin": {"type": "hidden_user", "date": 1}}}


def _poll(_: Json, word: str) -> Json:
    return {"poll": {"id": "1", "question": word, "options": [], "total_voter_count": 0, "is_closed": False}}


def _no_name(message: Json, word: str) -> Json:
    return {"message": {**message, "from": {**message["from"], "first_name": ""}, "text": word}}


def _no_chat(message: Json, word: str) -> Json:
    return {"message": {**message, "chat": {"id": None, "type": "private"}, "text": word}}


def _no_sender(message: Json, word: str) -> Json:
    return {"message": {key: value for key, value in message.items() if key != "from"} | {"text": word}}


def _half_characters(message: Json, word: str) -> Json:
    return {"message": {**message, "text": f"{word}\ud83d\x00\udc00", "caption": "\ud800"}}


def _entities_beyond(message: Json, word: str) -> Json:
    ends = [{"type": kind, "offset": 0, "length": 9999} for kind in ("bot_command", "mention", "text_mention")]
    return {"message": {**message, "text": f"/{word}", "entities": ends}}


def _moved(message: Json, _: str) -> Json:
    return {"message": {**message, "migrate_to_chat_id": -(10**12) - message["message_id"]}}


def _left(message: Json, word: str) -> Json:
    user = {**message["from"], "first_name": word}
    change = {"date": 1, "old_chat_member": {"user": user, "status": "left"}}
    kicked = {"user": user, "status": "kicked", "until_date": 0}
    return {"my_chat_member": {**change, "chat": message["chat"], "from": user, "new_chat_member": kicked}}


def _tap_on_nothing(message: Json, word: str) -> Json:
    return {"callback_query": {"id": word, "from": message["from"], "chat_instance": "1", "inline_message_id": word}}


def _tap_on_the_inaccessible(message: Json, word: str) -> Json:
    under = {"chat": message["chat"], "message_id": 1, "date": 0}
    return {
        "callback_query": {"id": word, "from": message["from"], "chat_instance": "1", "message": under, "data": "2:1:0"}
    }


def _channel_post(message: Json, word: str) -> Json:
    channel = {"id": -1000000000777, "type": "channel", "title": word}
    return {"channel_post": {"message_id": message["message_id"], "date": 1, "chat": channel, "text": word}}


def _edit_of_the_unknown(message: Json, word: str) -> Json:
    return {"edited_message": {**message, "edit_date": message["date"], "caption": word}}


def _of_a_later_time(message: Json, word: str) -> Json:
    return {"kind_of_the_year_2040": {**message, "text": word}}


def _nothing(_: Json, __: str) -> Json:
    return {}


def _null(_: Json, __: str) -> Json:
    return {"message": None}


def _long(message: Json, word: str) -> Json:
    return {"message": {**message, "text": word * 400}}


KNOWN: tuple[Callable[[Json, str], Json], ...] = (
    _forward,
    _poll,
    _no_name,
    _no_chat,
    _no_sender,
    _half_characters,
    _entities_beyond,
    _moved,
    _left,
    _tap_on_nothing,
    _tap_on_the_inaccessible,
    _channel_post,
    _edit_of_the_unknown,
    _of_a_later_time,
    _nothing,
    _null,
    _long,
)
"""Made by hand: what has hurt once, or what no schema allows."""
