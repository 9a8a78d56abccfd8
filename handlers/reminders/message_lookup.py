"""A reminder that its reader acts on, perhaps much later: what it asked for, and what of that is still unreported."""

import re

from handlers.access.policy import Action
from handlers.chat.authorize import turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.reminders import texts_buttons as texts
from handlers.schedule.stored_message import StoredMessage, find_message
from storage.receipts import acknowledge

_LINE = re.compile(r"([0-9]{1,18})(?: (.*))?", re.DOTALL)


def find_own_message(context: Context, line: str) -> StoredMessage | Call:
    """The message that a command names by one of its items; a refusal for whoever it was not sent to."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SUBSCRIBE):
        return no
    found = _LINE.fullmatch(line)
    message = find_message(context, actor, int(found[1]), rest=(found[2] or "").strip()) if found else None
    return message or say(context, texts.not_yours())


def mark_received(context: Context, message: StoredMessage) -> bool:
    """Whoever acts on a message has received it; False if they had said so before."""
    return acknowledge(context.session, message.messages, now=context.now)
