"""Groups: which messages are meant for the bot, and what is said when it is added."""

from collections.abc import Container

from sqlalchemy.orm import Session
from telegram import ChatMemberUpdated, Message, MessageEntity
from telegram.constants import ChatMemberStatus

from handlers.chat.context import Me
from handlers.chat.outgoing import Call, Send
from handlers.routing import texts_groups as texts
from storage.chats import mark_blocked

_PRESENT = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}


def is_for_me(message: Message, me: Me, commands: Container[str]) -> bool:
    """Whether a group's message is meant for the bot: a command, a mention, or a reply to it.

    A command without the bot's name may be another bot's, so it must be one of ours.
    """
    first = message.entities[0] if message.entities else None
    if first and first.type == MessageEntity.BOT_COMMAND and first.offset == 0:
        name, _, addressee = message.parse_entity(first)[1:].lower().partition("@")
        return addressee == me.username.lower() if addressee else name in commands
    return any(_is_me(message, part, me) for part in message.entities) or (
        message.reply_to_message is not None and _written_by(message.reply_to_message, me)
    )


def without_mention(message: Message, me: Me) -> str:
    """The message's text without the bot's name, and without what stands between that and the rest."""
    text = message.text or ""
    named = [part for part in message.entities if _is_me(message, part, me)]
    for part in reversed(named):
        start, end = _span(text, part)
        text = f"{text[:start]} {text[end:]}"
    return text.strip(" \n，,：:") if named else text.strip()


def membership(session: Session, change: ChatMemberUpdated, me: Me) -> tuple[Call, ...]:
    """The bot was added, removed, blocked or unblocked; only being added to a group is answered."""
    chat = change.chat
    if is_gone(change):
        mark_blocked(session, chat.id)
        return ()
    if chat.type in (chat.GROUP, chat.SUPERGROUP) and not _present(change.old_chat_member.status):
        return (Send(chat=chat.id, text=texts.joined(me.username, reads_all=me.reads_all)),)
    return ()


def is_gone(change: ChatMemberUpdated) -> bool:
    """The bot may not write there any more."""
    return not _present(change.new_chat_member.status)


def _present(status: str) -> bool:
    return status in _PRESENT


def _is_me(message: Message, part: MessageEntity, me: Me) -> bool:
    if part.type == MessageEntity.TEXT_MENTION:
        return part.user is not None and part.user.id == me.id
    return part.type == MessageEntity.MENTION and message.parse_entity(part).lower() == f"@{me.username.lower()}"


def _written_by(message: Message, me: Me) -> bool:
    return message.from_user is not None and message.from_user.id == me.id


def _span(text: str, part: MessageEntity) -> tuple[int, int]:
    """Where the entity stands in a Python string; Telegram counts UTF-16 code units."""
    encoded = text.encode("utf-16-le")
    start = len(encoded[: part.offset * 2].decode("utf-16-le"))
    return start, start + len(encoded[part.offset * 2 : (part.offset + part.length) * 2].decode("utf-16-le"))
