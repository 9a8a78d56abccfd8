"""What people do in their chats, as a Telegram app would: write, edit, attach, tap, block."""

import mimetypes
import time
from typing import Any

from bot.playground.api_errors import bad_request
from bot.playground.chat_methods import LONGEST_TEXT
from bot.playground.markup import plain, units, with_found
from bot.playground.world import OpenQuery, World
from handlers.services.json_input import Json

LONGEST_CALLBACK_DATA_BYTES = 64
_STAND_IN_PHOTO = b"\xff\xd8\xff\xe0" + bytes(2044)
_STAND_IN_DOCUMENT = b"%PDF-1.4\n%%EOF\n"


def say(world: World, person: int, chat: int, text: str, reply_to: int | None = None) -> None:
    """Write a message; one that is too long goes out in parts, as Telegram's apps do it."""
    _must_be_in(world, person, chat)
    for part in _parts(plain(text)[0]):
        entities = with_found(part, [])
        content: Json = {"text": part, **({"entities": entities} if entities else {})}
        _deliver(world, "message", world.new_message(chat, person, content, reply_to))


def edit(world: World, person: int, chat: int, message_id: int, text: str) -> None:
    """Change one's own text message."""
    _must_be_in(world, person, chat)
    message = world.book.message(chat, message_id)
    new = plain(text)[0]
    if not message or message["from"]["id"] != person or "text" not in message or not 0 < units(new) <= LONGEST_TEXT:
        raise bad_request("MESSAGE_EDIT_INVALID")
    if new == message["text"]:
        return
    entities = with_found(new, [])
    message |= {"text": new, "entities": entities, "edit_date": int(time.time())}
    if not entities:
        del message["entities"]
    world.change_message(message)
    _deliver(world, "edited_message", message)


def attach(world: World, person: int, chat: int, kind: str) -> None:
    """Send a stand-in for a photo, a voice message and so on; `kind` is a key of the table below."""
    _must_be_in(world, person, chat)
    if kind == "photo":
        send_photo(world, person, chat, _STAND_IN_PHOTO)
        return
    if kind == "document":
        send_document(world, person, chat, "附件.pdf", _STAND_IN_DOCUMENT)
        return
    number = world.book.next_number()
    file = {"file_id": f"playground-{kind}-{number}", "file_unique_id": f"p{number}", "file_size": 2048}
    contents: dict[str, Json] = {
        "voice": {"voice": {**file, "duration": 4, "mime_type": "audio/ogg"}},
        "sticker": {
            "sticker": {
                **file,
                "type": "regular",
                "width": 512,
                "height": 512,
                "is_animated": False,
                "is_video": False,
                "emoji": "👍",
            }
        },
        "location": {"location": {"latitude": 29.85, "longitude": 115.56}},
        "forward": {
            "text": world.cast.forwarded_text,
            "forward_origin": {
                "type": "hidden_user",
                "date": int(time.time()) - 3600,
                "sender_user_name": world.cast.forwarded_from,
            },
        },
    }
    if kind not in contents:
        raise bad_request("unknown kind of attachment")
    _deliver(world, "message", world.new_message(chat, person, contents[kind]))


def send_photo(world: World, person: int, chat: int, content: bytes, caption: str = "", album: str = "") -> None:
    """Send a picture; pictures of one `album` are shown together."""
    _must_be_in(world, person, chat)
    kept = world.keep_file("", content)
    size = {name: kept[name] for name in ("file_id", "file_unique_id", "file_size")} | {"width": 800, "height": 600}
    _send_file(world, person, chat, {"photo": [size]}, caption, album)


def send_document(
    world: World, person: int, chat: int, name: str, content: bytes, caption: str = "", album: str = ""
) -> None:
    _must_be_in(world, person, chat)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    _send_file(world, person, chat, {"document": world.keep_file(name, content, kind)}, caption, album)


def _send_file(world: World, person: int, chat: int, content: Json, caption: str, album: str) -> None:
    said = {"caption": caption} if caption else {}
    together = {"media_group_id": album} if album else {}
    _deliver(world, "message", world.new_message(chat, person, {**content, **said, **together}))


def tap(world: World, person: int, chat: int, message_id: int, data: str, name: str) -> None:
    """Tap a button; `name` comes back to the page with the bot's answer. The button may be gone by now."""
    _must_be_in(world, person, chat)
    message = world.book.message(chat, message_id)
    if not message or message["from"]["id"] != world.cast.bot_id:
        raise bad_request("MESSAGE_ID_INVALID")
    if not 0 < len(data.encode()) <= LONGEST_CALLBACK_DATA_BYTES:
        raise bad_request("DATA_INVALID")
    query = str(world.book.next_number())
    world.queries[query] = OpenQuery(asked=time.monotonic(), person=person, tap=name)
    world.mailbox.put(
        "callback_query",
        {
            "id": query,
            "from": world.cast.user(person),
            "message": message,
            "chat_instance": str(chat),
            "data": data,
        },
    )


def block(world: World, person: int, *, blocked: bool) -> None:
    """Block the bot in one's private chat, or let it speak again; the bot is told."""
    if blocked == world.is_blocked(person):
        return
    others = [one for one in world.book.fact("blocked", []) if one != person]
    world.book.set_fact("blocked", [*others, person] if blocked else others)
    me = world.cast.user(world.cast.bot_id)
    member: Json = {"user": me, "status": "member"}
    banned: Json = {"user": me, "status": "kicked", "until_date": 0}
    world.mailbox.put(
        "my_chat_member",
        {
            "chat": world.cast.chat(person),
            "from": world.cast.user(person),
            "date": int(time.time()),
            "old_chat_member": member if blocked else banned,
            "new_chat_member": banned if blocked else member,
        },
    )
    world.feed.tell({"kind": "blocked", "person": person, "blocked": blocked})


def deactivate(world: World, person: int) -> None:
    """Delete one's Telegram account; nobody is told."""
    world.book.set_fact("deactivated", [*world.book.fact("deactivated", []), person])


def _deliver(world: World, kind: str, message: Json) -> None:
    if world.meant_for_bot(message):
        world.mailbox.put(kind, message)


def _must_be_in(world: World, person: int, chat: int) -> None:
    if person not in world.cast.everyone or (chat != person and not _may_speak(world, person, chat)):
        raise bad_request("PEER_ID_INVALID")
    if chat == person and world.is_blocked(person):
        raise bad_request("YOU_BLOCKED_USER")


def _may_speak(world: World, person: int, group: int) -> bool:
    return person in world.cast.people and group in world.cast.groups


def _parts(text: str) -> list[str]:
    parts: list[Any] = []
    while units(text) > LONGEST_TEXT:
        cut = LONGEST_TEXT - sum(character > "\uffff" for character in text[:LONGEST_TEXT])
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text] if text else parts
