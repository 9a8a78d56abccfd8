"""A reminder that its reader acts on, perhaps much later: what it asked for, and what of that is still unreported."""

import re

from handlers.access.policy import Action
from handlers.chat.actor import actor_of
from handlers.chat.authorize import turned_away
from handlers.chat.context import Place
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.reminders import texts_buttons as texts
from handlers.schedule.reopen import Opened, find_message
from storage.receipts import acknowledge

_LINE = re.compile(r"([0-9]{1,18})(?: (.*))?", re.DOTALL)


def open_message(place: Place, line: str) -> Opened | Call:
    """The message that a command names by one of its items; a refusal for whoever it was not sent to."""
    actor = actor_of(place)
    if no := turned_away(place, actor, Action.SUBSCRIBE):
        return no
    found = _LINE.fullmatch(line)
    opened = find_message(place, actor, int(found[1]), rest=(found[2] or "").strip()) if found else None
    return opened or say(place, texts.not_yours())


def received(place: Place, opened: Opened) -> bool:
    """Whoever acts on a message has received it; False if they had said so before."""
    return acknowledge(place.session, opened.messages, now=place.now)
