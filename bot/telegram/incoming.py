"""A Telegram update as the value that conversations read."""

from collections.abc import Mapping
from typing import Any

from telegram import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    MaybeInaccessibleMessage,
    Message,
    MessageEntity,
    Update,
    User,
)
from telegram.constants import ChatMemberStatus

from bot.telegram.texts_kinds import MESSAGES, UNKNOWN, UPDATES, Answered, Part, Sentence, Treatment
from handlers.chat.context import Me
from handlers.chat.incoming import Addressee, Edited, Filed, Incoming, Joined, Left, Moved, Said, Tapped, Unread
from handlers.services.red_lines import RedLine, stored, taken_out
from storage.chats import Address, ChatKind

CHANNEL = "telegram"
ANSWERED = tuple(kind for kind, treatment in UPDATES.items() if isinstance(treatment, Answered))
"""The kinds of update that are asked of Telegram; it does not send the others."""

_CHATS = frozenset(map(str, ChatKind))
_PRESENT = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}
_WRITTEN = ("text", "caption", "file_name")
"""The fields that hold what a person wrote."""


def without_red_lines(payload: Mapping[str, Any]) -> dict[str, Any]:
    """An update as it may be stored: whatever a person wrote across a red line is replaced by the reason."""
    return {name: _passed(name, value) for name, value in payload.items()}


def read(update: Update, me: Me) -> Incoming | Moved | None:
    """None where nothing is to be done about it."""
    chat, person, message = update.effective_chat, update.effective_user, update.message
    if message and (message.migrate_to_chat_id or message.migrate_from_chat_id):
        old, new = message.migrate_from_chat_id or message.chat.id, message.migrate_to_chat_id or message.chat.id
        return Moved(chat=address(old), to=address(new))  # announced in both
    if chat is None or person is None or str(chat.type) not in _CHATS:
        return None
    about = {
        "key": str(update.update_id),
        "chat": address(chat.id),
        "kind": ChatKind(chat.type),
        "title": chat.title,
        "person": address(person.id),
        "name": person.full_name or "",
    }
    if change := update.my_chat_member:
        return _membership(change, about)
    if tap := update.callback_query:
        return _tapped(tap, about)
    if chat.type == Chat.CHANNEL or _is_bot(update.effective_message):
        return None
    if message:
        return _written(message, me, {**about, **_about(message, me)})
    if edited := update.edited_message:
        return _edited(edited, me, {**about, **_about(edited, me)})
    return None


def address(number: int) -> Address:
    """Telegram's own numbers stand for its chats and people."""
    return Address(number=number, channel=CHANNEL, outside=str(number))


def topic_of(message: MaybeInaccessibleMessage | None) -> int | None:
    """The forum topic that the message stands in; elsewhere a thread is only a chain of replies."""
    return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None


def _passed(name: str, value: Any) -> Any:
    if isinstance(value, str) and name in _WRITTEN:
        return stored(value)
    if isinstance(value, dict):
        return without_red_lines(value)
    if isinstance(value, list | tuple):
        return [_passed("", inner) for inner in value]
    return value


def _membership(change: ChatMemberUpdated, about: Mapping[str, Any]) -> Incoming | None:
    """The bot was added, removed, blocked or unblocked; another office in the chat is nothing to it."""
    if change.new_chat_member.status not in _PRESENT:
        return Left(**about)
    return None if change.old_chat_member.status in _PRESENT else Joined(**about)


def _tapped(tap: CallbackQuery, about: Mapping[str, Any]) -> Tapped:
    number = tap.message.message_id if tap.message else None
    return Tapped(**about, tap=tap.id, message=number, data=tap.data or "", thread=topic_of(tap.message))


def _about(message: Message, me: Me) -> dict[str, Any]:
    return {
        "thread": topic_of(message),
        "message": message.message_id,
        "at": message.edit_date or message.date,
        "addressee": _addressee(message, me),
    }


def _written(message: Message, me: Me, about: Mapping[str, Any]) -> Incoming | None:
    treatment = _treatment(message)
    if message.text and not isinstance(treatment, Sentence):
        return Said(**about, text=_without_mention(message, me))
    if treatment is None and message.chat.type == Chat.PRIVATE:
        treatment = Sentence(UNKNOWN)
    if not isinstance(treatment, Sentence):
        return None
    about = {**about, "instead": treatment.text, "withheld": _withheld(message), "album": message.media_group_id}
    if not (message.photo or message.document) or message.forward_origin:
        return Unread(**about)
    return Filed(**about, **_file(message), caption=message.caption or "")


def _file(message: Message) -> dict[str, Any]:
    """Of a photo its largest size."""
    if document := message.document:
        named = {"file_name": document.file_name, "media_type": document.mime_type or ""}
        return {"file": document.file_id, "picture": False, "size": document.file_size, **named}
    largest = message.photo[-1]
    return {"file": largest.file_id, "picture": True, "size": largest.file_size}


def _edited(message: Message, me: Me, about: Mapping[str, Any]) -> Edited | None:
    if message.text is None or message.forward_origin:
        return None
    return Edited(**about, text=_without_mention(message, me))


def _withheld(message: Message) -> RedLine | None:
    written = (message.text, message.caption, message.document and message.document.file_name)
    return next(filter(None, (taken_out(one) for one in written if one)), None)


def _is_bot(message: Message | None) -> bool:
    """Bots are not answered; an anonymous admin of a group has a bot's account but writes for the chat."""
    return bool(message and message.from_user and message.from_user.is_bot and message.sender_chat is None)


def _treatment(message: Message) -> Treatment | None:
    """What the table says of the message; None where it has nothing but what a newer server may know."""
    kinds = (row for row in MESSAGES.items() if not isinstance(row[1], Part))
    return next((treatment for field, treatment in kinds if _has(message, field)), None)


def _has(message: Message, field: str) -> bool:
    return bool(getattr(message, field, None) or message.api_kwargs.get(field))


def _addressee(message: Message, me: Me) -> Addressee:
    if message.chat.type == Chat.PRIVATE:
        return Addressee.BOT
    first = message.entities[0] if message.entities else None
    if first and first.type == MessageEntity.BOT_COMMAND and first.offset == 0:
        _, _, named = message.parse_entity(first).lower().partition("@")
        if not named:
            return Addressee.UNSAID
        return Addressee.BOT if named == me.username.lower() else Addressee.OTHERS
    answered = message.reply_to_message
    to_me = any(_is_me(message, part, me) for part in message.entities) or (
        answered is not None and _is(answered.from_user, me)
    )
    return Addressee.BOT if to_me else Addressee.OTHERS


def _without_mention(message: Message, me: Me) -> str:
    """The message's text without the bot's name, and without what stands between that and the rest."""
    text = message.text or ""
    named = [part for part in message.entities if _is_me(message, part, me)]
    for part in reversed(named):
        start, end = _span(text, part)
        text = f"{text[:start]} {text[end:]}"
    return text.strip(" \n，,：:") if named else text.strip()


def _is_me(message: Message, part: MessageEntity, me: Me) -> bool:
    if part.type == MessageEntity.TEXT_MENTION:
        return _is(part.user, me)
    return part.type == MessageEntity.MENTION and message.parse_entity(part).lower() == f"@{me.username.lower()}"


def _is(user: User | None, me: Me) -> bool:
    return user is not None and user.id == me.id


def _span(text: str, part: MessageEntity) -> tuple[int, int]:
    """Where the entity stands in a Python string; Telegram counts UTF-16 code units."""
    encoded = text.encode("utf-16-le")
    start = len(encoded[: part.offset * 2].decode("utf-16-le"))
    return start, start + len(encoded[part.offset * 2 : (part.offset + part.length) * 2].decode("utf-16-le"))
