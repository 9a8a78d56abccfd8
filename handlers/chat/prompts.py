"""Asking for something to be typed: the person's next message goes on with the command that asked."""

from datetime import timedelta

from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.old_lines import current
from handlers.chat.outgoing import Call
from handlers.texts.reply import Reply
from storage.prompts import set_prompt, take_prompt

LIFE = timedelta(minutes=10)


def ask_for(context: Context, reply: Reply, command: str) -> Call:
    """Say what is to be typed; `command` is what it completes, as `/invite liaison`. Private chats only."""
    set_prompt(
        context.session, chat_id=context.chat, person_id=context.person, command=command, expires_at=context.now + LIFE
    )
    return say(context, reply)


def taken_prompt(context: Context) -> str | None:
    """The command that this message goes on with, whatever it is: a prompt serves once."""
    command = take_prompt(context.session, chat_id=context.chat, person_id=context.person, now=context.now)
    return None if command is None else current(command)
