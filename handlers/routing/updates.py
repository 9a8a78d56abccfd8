"""One update in, the calls to make out: a message is looked at in the order below."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256

from sqlalchemy.orm import Session

from handlers.chat.context import Context, Services, sentence
from handlers.chat.incoming import (
    Addressee,
    Edited,
    Filed,
    Incoming,
    Joined,
    Left,
    Moved,
    Said,
    Tapped,
    Unread,
    Written,
)
from handlers.chat.keyboard import read_tap
from handlers.chat.outgoing import Call, Send, Toast
from handlers.reports.evidence import keeps_files, take_file
from handlers.routing import texts_groups
from handlers.routing.callbacks import tapped
from handlers.routing.commands import MENU, run_line
from handlers.routing.free_text import hear, hear_again
from handlers.routing.intents import refuse
from handlers.routing.menus import new_menus
from handlers.routing.typed_confirmation import said_anew, typed_confirmation
from handlers.routing.utterance import command_in
from handlers.services.rate_limit import RateDecision
from handlers.services.red_lines import taken_out
from handlers.texts import errors
from storage.chats import mark_blocked, migrate_chat
from storage.conversations import ConversationState, see
from storage.dialogs import turn_of_message

_KNOWN = {command.name for command in MENU}
"""Commands that a group may mean us by without our name; others, like /lock, may be another bot's."""


def handle(update: Incoming | Moved, session: Session, services: Services, *, now: datetime) -> tuple[Call, ...]:
    """What to say to one update, at machine time `now`; every effect goes through `session`."""
    if isinstance(update, Moved):
        migrate_chat(session, old=update.chat.number, new=update.to, now=now)
        return ()
    if isinstance(update, Left):
        mark_blocked(session, update.chat.number)  # the chat has not written, it is lost
        return ()
    conversation = see(
        session,
        chat=update.chat,
        kind=update.kind,
        title=update.title,
        person=update.person,
        name=update.name,
        now=now,
    )
    match update:
        case Joined():
            return _on_joining(update, services)
        case Tapped():
            return _on_tap(update, session, services, conversation, now)
        case Edited():
            return _on_edit(update, _place(update, session, services, conversation, now))
        case Said() if tap := typed_confirmation(session, update):
            return tuple(said_anew(_on_tap(tap, session, services, conversation, now), tap))
        case Written():
            return _on_message(update, _place(update, session, services, conversation, now))
    return ()


def _on_joining(update: Joined, services: Services) -> tuple[Call, ...]:
    """Only being added to a group is answered."""
    if not update.group:
        return ()
    me = services.me
    return (Send(chat=update.chat.number, text=texts_groups.joined(me.username, me.link, reads_all=me.reads_all)),)


def _on_message(message: Written, context: Context) -> tuple[Call, ...]:
    answer = _answer_to(message, context)
    if answer is None:
        return ()
    album = message.album if isinstance(message, Unread) and not _keeps(message, context) else None
    verdict = context.services.limiter.take(context.person, context.now.timestamp(), album=album)
    if verdict is RateDecision.REFUSED:
        return (_too_fast(context),)
    if verdict is RateDecision.SILENT:
        return ()
    said = answer()
    made = tuple(context.besides) if said is None else (said, *context.besides)
    return (*made, *new_menus(context))


def _answer_to(message: Written, context: Context) -> Callable[[], Call | None] | None:
    """How to answer a message, or None where it is not meant for the bot."""
    if context.group and not _is_for_me(message):
        return None
    match message:
        case Said(text=text):
            return partial(hear, context, text)
        case Unread(withheld=reason) if reason:
            return partial(refuse, context, reason)
        case Filed() if keeps_files(context):
            return partial(take_file, context, message)
        case Unread(instead=instead):
            return partial(sentence, context, instead)
    return None


def _on_edit(message: Edited, context: Context) -> tuple[Call, ...]:
    """An edited question edits its answer; one that was never answered is answered now, in private chats."""
    turn = turn_of_message(context.session, chat_id=context.chat, message_id=message.message)
    if turn and turn.message_digest == context.digest:
        return ()  # a link's preview has come
    if reason := taken_out(message.text):
        return () if context.group else (refuse(context, reason),)
    command, question = command_in(message.text) or ("", message.text)
    if command not in {"", "ask"} or not question or (turn is None and context.group):
        return ()
    verdict = context.services.limiter.take(context.person, context.now.timestamp())
    if verdict is RateDecision.REFUSED:
        return (_too_fast(context),)
    if verdict is RateDecision.SILENT:
        return ()
    return hear_again(context, question, turn, asks=bool(command))


def _on_tap(
    update: Tapped, session: Session, services: Services, conversation: ConversationState, now: datetime
) -> tuple[Call, ...]:
    tap = read_tap(update.data)
    if tap is None or update.message is None:
        return (Toast(tap=update.tap, text=errors.NO_SUCH_BUTTON),)
    if services.limiter.take(update.person.number, now.timestamp()) is not RateDecision.ALLOWED:
        return (Toast(tap=update.tap, text=errors.TOO_FAST),)
    context = Context(
        session=session,
        services=services,
        chat=update.chat.number,
        person=update.person.number,
        group=update.group,
        message=None,
        reply_to=update.message if update.group else None,
        thread=update.thread,
        asked_at=now,
        now=now,
        conversation=conversation,
    )
    made = tapped(context, tap, query=update.tap, message=update.message, command=run_line)
    return (*made, *context.besides, *new_menus(context))


def _place(
    update: Written, session: Session, services: Services, conversation: ConversationState, now: datetime
) -> Context:
    return Context(
        session=session,
        services=services,
        chat=update.chat.number,
        person=update.person.number,
        group=update.group,
        message=update.message,
        reply_to=update.message if update.group else None,
        thread=update.thread,
        digest=_digest(update.text) if isinstance(update, Said | Edited) else None,
        asked_at=update.at,
        now=now,
        conversation=conversation,
    )


def _digest(text: str) -> str | None:
    return sha256(text.encode(errors="replace")).hexdigest()[:16] if text else None


def _is_for_me(message: Written) -> bool:
    """A command without the bot's name may be another bot's, so it must be one of ours."""
    if message.addressee is not Addressee.UNSAID:
        return message.addressee is Addressee.BOT
    name, _ = command_in(message.text) or ("", "") if isinstance(message, Said | Edited) else ("", "")
    return name in _KNOWN


def _keeps(message: Unread, context: Context) -> bool:
    """With a reporter all pictures of an album count, with others it is one message."""
    return isinstance(message, Filed) and keeps_files(context)


def _too_fast(context: Context) -> Call:
    return sentence(context, errors.too_fast(context.services.limiter.per_minute))
