"""Asking for something to be typed: the person's next message goes on with the command that asked."""

from datetime import timedelta

from handlers.chat.context import Place
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.texts.reply import Reply
from storage.prompts import set_prompt, take_prompt

LIFE = timedelta(minutes=10)


def ask_for(place: Place, reply: Reply, command: str) -> Call:
    """Say what is to be typed; `command` is what it completes, as `/invite liaison`. Private chats only."""
    set_prompt(place.session, chat_id=place.chat, person_id=place.person, command=command, expires_at=place.now + LIFE)
    return say(place, reply)


def taken_prompt(place: Place) -> str | None:
    """The command that this message goes on with. Asked of every message: another command calls the prompt off."""
    return take_prompt(place.session, chat_id=place.chat, person_id=place.person, now=place.now)
