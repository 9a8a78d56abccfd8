"""The Bot API's methods, one function each, with the checks and the wording of Telegram's own server."""

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp.web import FileField

from bot.playground.api_errors import METHOD_NOT_FOUND, NOT_MODIFIED, QUERY_TOO_OLD, ApiError, bad_request, forbidden
from bot.playground.markup import parse_html, plain, units, with_found
from bot.playground.world import World
from handlers.services.json_input import Json, read_json

LONGEST_TEXT = 4096
LONGEST_CALLBACK_DATA_BYTES = 64
LARGEST_DOWNLOAD = 20 * 1024 * 1024
LONGEST_CALLBACK_ANSWER = 200
MOST_BUTTONS = 100
QUERY_LIFETIME_SECONDS = 15 * 60
DELETABLE_SECONDS = 48 * 3600
# The kinds of button that the playground can show, with the field that says what they do.
_BUTTON_ACTIONS = ("callback_data", "url", "switch_inline_query_current_chat", "copy_text")


class Params:
    """The parameters of a call. Query strings and forms carry everything as text, JSON bodies as it is."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        value = self._values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str) -> int:
        said = self.text(name)
        return int(said) if re.fullmatch("-?[0-9]{1,18}", said) else 0

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def file(self, name: str, world: World) -> tuple[str, bytes]:
        """A file that came with the call, or one that a message names: (its name, its content)."""
        value = self._values.get(name)
        if isinstance(value, FileField):
            return value.filename, value.file.read()
        if isinstance(value, str) and (content := world.book.file(value)) is not None:
            return value, content
        raise bad_request(f"there is no {name} in the request")

    def value(self, name: str, wanted: type[list[Any]] | type[Json]) -> Any:
        """An array or an object, whether it came as JSON or as text; None where it is absent."""
        value = self._values.get(name)
        if isinstance(value, str) and value:
            try:
                value = read_json(value)
            except ValueError:
                raise bad_request(f"can't parse {name} JSON object") from None
        if value in (None, ""):
            return None
        if not isinstance(value, wanted):
            raise bad_request(f"object expected as {name}")
        return value


async def call(world: World, method: str, params: Params) -> Any:
    """The `result` of a method, named in any case; ApiError where Telegram would refuse."""
    serve = METHODS.get(method.lower())
    if not serve:
        raise ApiError(*METHOD_NOT_FOUND)
    result = serve(world, params)
    return await result if isinstance(result, Awaitable) else result


# about the bot


def get_me(world: World, _: Params) -> Json:
    return {
        **world.cast.user(world.cast.bot_id),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.settings["privacy"],
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, params: Params) -> bool:
    commands = params.value("commands", list) or []
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]) or not 0 < len(one["description"]) <= 256:
            raise bad_request("BOT_COMMAND_INVALID")
    _keep_commands(world, params, commands)
    return True


def delete_my_commands(world: World, params: Params) -> bool:
    _keep_commands(world, params, [])
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    return list(world.book.fact("commands", {}).get(_commands_key(params), []))


def _keep_commands(world: World, params: Params, commands: list[Json]) -> None:
    kept = world.book.fact("commands", {}) | {_commands_key(params): commands}
    world.book.set_fact("commands", {key: value for key, value in kept.items() if value})
    world.feed.tell({"kind": "commands"})


def _commands_key(params: Params) -> str:
    scope = params.value("scope", dict) or {"type": "default"}
    whom = [str(scope[name]) for name in ("chat_id", "user_id") if name in scope]
    return "/".join([scope["type"], *whom, params.text("language_code")])


def commands_in(world: World, chat: int) -> list[Json]:
    """The menu that a person with a Chinese app sees in a chat: the narrowest scope that has one."""
    kept = world.book.fact("commands", {})
    group = "all_group_chats" if chat < 0 else "all_private_chats"
    scopes = [f"chat/{chat}", group, "default"]
    keys = [f"{scope}/{language}" for scope in scopes for language in ("zh", "")]
    return next((kept[key] for key in keys if key in kept), [])


def _text_about_bot(name: str, longest: int) -> tuple[Callable[[World, Params], bool], Callable[[World, Params], Json]]:
    def set_text(world: World, params: Params) -> bool:
        if len(params.text(name)) > longest:
            raise bad_request(f"{name} is too long")
        world.book.set_fact(f"{name}/{params.text('language_code')}", params.text(name))
        world.feed.tell({"kind": "about"})
        return True

    def get_text(world: World, params: Params) -> Json:
        default = world.book.fact(f"{name}/", world.cast.bot_name if name == "name" else "")
        return {name: world.book.fact(f"{name}/{params.text('language_code')}", default)}

    return set_text, get_text


# updates


async def get_updates(world: World, params: Params) -> list[Json]:
    if not world.bot_is_up:
        world.bot_is_up = True
        world.feed.tell({"kind": "ready"})
    return await world.mailbox.poll(
        offset=params.integer("offset"),
        limit=params.integer("limit"),
        timeout=params.integer("timeout"),
        allowed=params.value("allowed_updates", list),
    )


def set_webhook(world: World, params: Params) -> bool:
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.mailbox.set_webhook(
        url, allowed=params.value("allowed_updates", list), drop_pending=params.flag("drop_pending_updates")
    )
    return True


def delete_webhook(world: World, params: Params) -> bool:
    world.mailbox.set_webhook("", allowed=None, drop_pending=params.flag("drop_pending_updates"))
    return True


def get_webhook_info(world: World, _: Params) -> Json:
    return world.mailbox.webhook_info()


def acknowledge(_world: World, _params: Params) -> bool:
    """`logOut` and `close` end a session that the playground does not keep."""
    return True


# chats


def get_chat(world: World, params: Params) -> Json:
    chat = _chat(world, params)
    return {
        **world.cast.chat(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }


def get_chat_member(world: World, params: Params) -> Json:
    chat, user = _chat(world, params), params.integer("user_id")
    if user not in {world.cast.bot_id, chat} and (chat > 0 or user not in world.cast.people):
        raise bad_request("user not found")
    return {"status": "member", "user": world.cast.user(user)}


def send_chat_action(world: World, params: Params) -> bool:
    chat = _writable_chat(world, params)
    world.feed.tell({"kind": "typing", "chat": chat})
    return True


# messages


def send_message(world: World, params: Params) -> Json:
    chat = _writable_chat(world, params)
    content = _text_content(params, too_long="message is too long")
    markup = _inline_keyboard(params)
    reply_to = _reply_to(world, chat, params)
    _pass_gate(world, chat)
    return world.new_message(chat, world.cast.bot_id, {**content, **markup}, reply_to)


def send_document(world: World, params: Params) -> Json:
    chat = _writable_chat(world, params)
    name, content = params.file("document", world)
    _pass_gate(world, chat)
    document = world.keep_file(name, content)
    return world.new_message(chat, world.cast.bot_id, {"document": document})


def get_file(world: World, params: Params) -> Json:
    file = params.text("file_id")
    content = world.book.file(file)
    if content is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {"file_id": file, "file_unique_id": file, "file_size": len(content), "file_path": file}


def edit_message_text(world: World, params: Params) -> Json:
    message = _own_message(world, params)
    content = _text_content(params, too_long="MESSAGE_TOO_LONG")
    return _edited(world, message, {**content, **_inline_keyboard(params)})


def edit_message_reply_markup(world: World, params: Params) -> Json:
    message = _own_message(world, params)
    kept: Json = {name: message[name] for name in ("text", "entities") if name in message}
    return _edited(world, message, kept | _inline_keyboard(params))


def delete_message(world: World, params: Params) -> bool:
    chat = _chat(world, params)
    message = world.book.message(chat, params.integer("message_id"))
    if not message:
        raise bad_request("message to delete not found")
    if message["from"]["id"] != world.cast.bot_id and chat < 0:
        raise bad_request("message can't be deleted")
    if time.time() - message["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    world.book.drop_message(chat, message["message_id"])
    world.feed.tell({"kind": "deleted", "chat": chat, "message_id": message["message_id"]})
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    query = world.queries.pop(params.text("callback_query_id"), None)
    if not query or time.monotonic() - query.asked > QUERY_LIFETIME_SECONDS:
        raise bad_request(QUERY_TOO_OLD)
    text = params.text("text")
    if len(text) > LONGEST_CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    world.feed.tell({"kind": "answer", "tap": query.tap, "text": text, "alert": params.flag("show_alert")})
    return True


# what the methods share


def _chat(world: World, params: Params) -> int:
    if not params.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = params.integer("chat_id")
    if not world.knows_chat(chat):
        raise bad_request("chat not found")
    return chat


def _writable_chat(world: World, params: Params) -> int:
    chat = _chat(world, params)
    if world.is_deactivated(chat):
        raise forbidden("user is deactivated")
    if world.is_blocked(chat):
        raise forbidden("bot was blocked by the user")
    if not world.has_begun(chat):
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def _pass_gate(world: World, chat: int) -> None:
    if world.settings["limits"]:
        world.gate.pass_one(chat)


def _text_content(params: Params, *, too_long: str) -> Json:
    source = params.text("text")
    mode = params.text("parse_mode").lower()
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    text, marked = parse_html(source) if mode else plain(source)
    if not mode:
        marked = params.value("entities", list) or []
    if not text:
        raise bad_request("message text is empty")
    if units(text) > LONGEST_TEXT:
        raise bad_request(too_long)
    entities = with_found(text, marked)
    return {"text": text, **({"entities": entities} if entities else {})}


def _inline_keyboard(params: Params) -> Json:
    """The content field `reply_markup`. Other kinds of keyboard are for people's apps and no part of a message."""
    rows = (params.value("reply_markup", dict) or {}).get("inline_keyboard")
    if not rows:
        return {}
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"reply_markup": {"inline_keyboard": [[_button(one) for one in row] for row in rows if row]}}


def _button(button: Json) -> Json:
    action = next((name for name in _BUTTON_ACTIONS if name in button), None)
    if not button.get("text") or not action:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if action == "callback_data" and not 0 < len(button[action].encode()) <= LONGEST_CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return {"text": button["text"], action: button[action]}


def _reply_to(world: World, chat: int, params: Params) -> int | None:
    wanted = params.value("reply_parameters", dict)
    if not wanted:
        return None
    if world.book.message(chat, wanted["message_id"]):
        return int(wanted["message_id"])
    if wanted.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _own_message(world: World, params: Params) -> Json:
    chat = _writable_chat(world, params)
    message = world.book.message(chat, params.integer("message_id"))
    if not message:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.cast.bot_id:
        raise bad_request("message can't be edited")
    return message


def _edited(world: World, message: Json, content: Json) -> Json:
    names = ("text", "entities", "reply_markup")
    if content == {name: message[name] for name in names if name in message}:
        raise bad_request(NOT_MODIFIED)
    if message["chat"]["id"] < 0:
        _pass_gate(world, message["chat"]["id"])  # in groups edits count, too
    edited = {name: value for name, value in message.items() if name not in names}
    edited |= content
    edited["edit_date"] = int(time.time())
    world.change_message(edited)
    return edited


_set_name, _get_name = _text_about_bot("name", 64)
_set_description, _get_description = _text_about_bot("description", 512)
_set_short_description, _get_short_description = _text_about_bot("short_description", 120)

METHODS: dict[str, Callable[[World, Params], Any]] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "logout": acknowledge,
    "close": acknowledge,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmyname": _set_name,
    "getmyname": _get_name,
    "setmydescription": _set_description,
    "getmydescription": _get_description,
    "setmyshortdescription": _set_short_description,
    "getmyshortdescription": _get_short_description,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "sendchataction": send_chat_action,
    "sendmessage": send_message,
    "senddocument": send_document,
    "getfile": get_file,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
}
