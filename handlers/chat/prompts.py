"""Asking for something to be typed: the person's next message goes on with the command that asked, or leaves it."""

from datetime import timedelta

from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.old_lines import current
from handlers.chat.outgoing import Call, Edit, Send
from handlers.texts.reply import Reply
from storage.prompts import Prompt, prompt_of, set_prompt, take_prompt

LIFE = timedelta(minutes=10)


def ask_for(context: Context, reply: Reply, command: str) -> Call:
    """Say what is to be typed; `command` is what it completes, as `/invite liaison`. Private chats only.

    Alone the command asks for it again.
    """
    call = say(context, reply)
    context.ask_back()
    set_prompt(
        context.session,
        chat_id=context.chat,
        person_id=context.person,
        command=command,
        turn=call.turn if isinstance(call, Send | Edit) else None,
        expires_at=context.now + LIFE,
    )
    return call


def taken_prompt(context: Context) -> Prompt | None:
    """What was asked for, if anything: it is asked for no more, whether the message at hand answers it or not."""
    if not context.conversation.prompted or context.group:
        return None
    prompt = take_prompt(context.session, chat_id=context.chat, person_id=context.person)
    return prompt and Prompt(current(prompt.command), prompt.turn, prompt.expires_at)


def open_prompt(context: Context) -> Prompt | None:
    """What is asked for now; it stays."""
    if not context.conversation.prompted or context.group:
        return None
    return prompt_of(context.session, chat_id=context.chat, person_id=context.person, now=context.now)
