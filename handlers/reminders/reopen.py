"""A reminder that its reader acts on, perhaps much later: what it asked for, and what of that is still unreported."""

import re

from handlers.access.policy import Action
from handlers.chat.authorize import turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.reminders import texts_buttons as texts
from handlers.schedule.reopen import Opened, find_message
from storage.receipts import acknowledge

_LINE = re.compile(r"([0-9]{1,18})(?: (.*))?", re.DOTALL)


def open_message(context: Context, line: str) -> Opened | Call:
    """The message that a command names by one of its items; a refusal for whoever it was not sent to."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SUBSCRIBE):
        return no
    found = _LINE.fullmatch(line)
    opened = find_message(context, actor, int(found[1]), rest=(found[2] or "").strip()) if found else None
    return opened or say(context, texts.not_yours())


def received(context: Context, opened: Opened) -> bool:
    """Whoever acts on a message has received it; False if they had said so before."""
    return acknowledge(context.session, opened.messages, now=context.now)
