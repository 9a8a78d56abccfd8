"""The Bot API's methods about chats and their messages, with the checks and the wording of Telegram's own server."""

import time

from bot.playground.api_errors import NOT_MODIFIED, QUERY_TOO_OLD, bad_request, forbidden
from bot.playground.markup import parse_html, plain, units, with_found
from bot.playground.params import Params
from bot.playground.world import World
from handlers.services.json_input import Json

LONGEST_TEXT = 4096


LONGEST_CALLBACK_DATA_BYTES = 64


LARGEST_DOWNLOAD = 20 * 1024 * 1024


LONGEST_CALLBACK_ANSWER = 200


MOST_BUTTONS = 100


QUERY_LIFETIME_SECONDS = 15 * 60


DELETABLE_SECONDS = 48 * 3600


# The kinds of button that the playground can show, with the field that says what they do.
_BUTTON_ACTIONS = ("callback_data", "url", "switch_inline_query_current_chat", "copy_text")


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
