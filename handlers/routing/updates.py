"""One update in, the calls to make out: a message is looked at in the order below."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256

from sqlalchemy.orm import Session
from telegram import CallbackQuery, Chat, Message, Update, User

from handlers.chat.context import Context, Services, sentence, topic_of
from handlers.chat.keyboard import read_tap
from handlers.chat.outgoing import Call, Toast
from handlers.reports.evidence import keeps_files, take_file
from handlers.routing.callbacks import tapped
from handlers.routing.commands import MENU, run_line
from handlers.routing.free_text import hear, hear_again
from handlers.routing.groups import is_for_me, is_gone, membership, without_mention
from handlers.routing.intents import refuse
from handlers.routing.texts_kinds import MESSAGES, UNKNOWN, UPDATES, Answered, Part, Sentence, Treatment
from handlers.routing.utterance import command_in
from handlers.services.rate_limit import RateDecision
from handlers.services.red_lines import refused_in
from handlers.texts import errors
from storage.chats import ChatKind, migrate_chat
from storage.conversations import ConversationState, see
from storage.dialogs import turn_of_message

ANSWERED = tuple(kind for kind, treatment in UPDATES.items() if isinstance(treatment, Answered))
"""The kinds of update that are asked of Telegram; it does not send the others."""

_CHATS = frozenset(map(str, ChatKind))
_GROUPS = (Chat.GROUP, Chat.SUPERGROUP)
_KNOWN = {command.name for command in MENU}
"""Commands that a group may mean us by without our name; others, like /lock, may be another bot's."""


def handle(update: Update, session: Session, services: Services, *, now: datetime) -> tuple[Call, ...]:
    """What to say to one update, at machine time `now`; every effect goes through `session`."""
    chat, person, message = update.effective_chat, update.effective_user, update.message
    if chat is None or str(chat.type) not in _CHATS or not any(getattr(update, kind) for kind in ANSWERED):
        return ()
    if message and (message.migrate_to_chat_id or message.migrate_from_chat_id):
        old, new = message.migrate_from_chat_id or chat.id, message.migrate_to_chat_id or chat.id
        migrate_chat(session, old=old, new=new, now=now)
        return ()
    if person is None:
        return ()
    if update.my_chat_member and is_gone(update.my_chat_member):
        return membership(session, update.my_chat_member, services.me)  # the chat has not written, it is lost
    conversation = see(
        session,
        chat_id=chat.id,
        kind=ChatKind(chat.type),
        title=chat.title,
        person_id=person.id,
        name=person.full_name or "",
        now=now,
    )
    if update.my_chat_member:
        return membership(session, update.my_chat_member, services.me)
    if update.callback_query:
        return _on_tap(update.callback_query, session, services, conversation, now)
    if chat.type == Chat.CHANNEL or _is_bot(update.effective_message):
        return ()
    if said := message or update.edited_message:
        context = _place(said, person, session, services, conversation, now)
        return _on_message(said, context) if message else _on_edit(said, context)
    return ()


def _on_message(message: Message, context: Context) -> tuple[Call, ...]:
    answer = _answer_to(message, context)
    if answer is None:
        return ()
    album = None if _is_file(message) and keeps_files(context) else message.media_group_id
    verdict = context.services.limiter.take(context.person, context.now.timestamp(), album=album)
    if verdict is RateDecision.REFUSED:
        return (_too_fast(context),)
    if verdict is RateDecision.SILENT:
        return ()
    said = answer()
    return tuple(context.besides) if said is None else (said, *context.besides)


def _answer_to(message: Message, context: Context) -> Callable[[], Call | None] | None:
    """How to answer a message, or None where it is not meant for the bot."""
    if context.group and not is_for_me(message, context.services.me, _KNOWN):
        return None
    treatment = _treatment(message)
    if message.text and not isinstance(treatment, Sentence):
        return partial(hear, context, without_mention(message, context.services.me))
    if reason := refused_in(message):
        return partial(refuse, context, reason)
    if _is_file(message) and keeps_files(context):
        return partial(take_file, context, message)
    if isinstance(treatment, Sentence):
        return partial(sentence, context, treatment.text)
    return partial(sentence, context, UNKNOWN) if treatment is None and not context.group else None


def _on_edit(message: Message, context: Context) -> tuple[Call, ...]:
    """An edited question edits its answer; one that was never answered is answered now, in private chats."""
    if message.text is None or message.forward_origin:
        return ()
    turn = turn_of_message(context.session, chat_id=context.chat, message_id=message.message_id)
    if turn and turn.message_digest == context.digest:
        return ()  # a link's preview has come
    if reason := refused_in(message):
        return () if context.group else (refuse(context, reason),)
    text = without_mention(message, context.services.me)
    command, question = command_in(text) or ("", text)
    if command not in {"", "ask"} or not question or (turn is None and context.group):
        return ()
    verdict = context.services.limiter.take(context.person, context.now.timestamp())
    if verdict is RateDecision.REFUSED:
        return (_too_fast(context),)
    if verdict is RateDecision.SILENT:
        return ()
    return hear_again(context, question, turn, asks=bool(command))


def _on_tap(
    query: CallbackQuery, session: Session, services: Services, conversation: ConversationState, now: datetime
) -> tuple[Call, ...]:
    tap = read_tap(query.data or "")
    if tap is None or query.message is None:
        return (Toast(tap=query.id, text=errors.NO_SUCH_BUTTON),)
    if services.limiter.take(query.from_user.id, now.timestamp()) is not RateDecision.ALLOWED:
        return (Toast(tap=query.id, text=errors.TOO_FAST),)
    chat = query.message.chat
    group = chat.type in _GROUPS
    context = Context(
        session=session,
        services=services,
        chat=chat.id,
        person=query.from_user.id,
        group=group,
        message=None,
        reply_to=query.message.message_id if group else None,
        thread=topic_of(query.message),
        asked_at=now,
        now=now,
        conversation=conversation,
    )
    made = tapped(context, tap, query=query.id, message=query.message.message_id, command=run_line)
    return (*made, *context.besides)


def _place(
    message: Message,
    person: User,
    session: Session,
    services: Services,
    conversation: ConversationState,
    now: datetime,
) -> Context:
    group = message.chat.type in _GROUPS
    return Context(
        session=session,
        services=services,
        chat=message.chat.id,
        person=person.id,
        group=group,
        message=message.message_id,
        reply_to=message.message_id if group else None,
        thread=topic_of(message),
        digest=_digest(message.text),
        asked_at=message.edit_date or message.date,
        now=now,
        conversation=conversation,
    )


def _digest(text: str | None) -> str | None:
    return sha256(text.encode(errors="replace")).hexdigest()[:16] if text else None


def _is_bot(message: Message | None) -> bool:
    """Bots are not answered; an anonymous admin of a group has a bot's account but writes for the chat."""
    return bool(message and message.from_user and message.from_user.is_bot and message.sender_chat is None)


def _is_file(message: Message) -> bool:
    """What can be evidence: with a reporter all pictures of an album count, with others it is one message."""
    return bool(message.photo or message.document) and message.forward_origin is None


def _too_fast(context: Context) -> Call:
    return sentence(context, errors.too_fast(context.services.limiter.per_minute))


def _treatment(message: Message) -> Treatment | None:
    """What the table says of the message; None where it has nothing but what a newer server may know."""
    kinds = (row for row in MESSAGES.items() if not isinstance(row[1], Part))
    return next((treatment for field, treatment in kinds if _has(message, field)), None)


def _has(message: Message, field: str) -> bool:
    return bool(getattr(message, field, None) or message.api_kwargs.get(field))
