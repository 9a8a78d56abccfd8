"""A turn of a conversation: a question answered, its answer's buttons, and a later edit of the question.

A turn's row keeps the question and the memory before it, not the answer: asked again they give the same answer, so a
page is turned by asking again. Of its buttons it keeps the questions, which need no memory, and the commands.
"""

from dataclasses import replace

from handlers.chat.context import Context
from handlers.chat.keyboard import questions_of, screen
from handlers.chat.outgoing import Call, Edit, Send
from handlers.texts.reply import Reply
from storage.dialogs import open_turn
from storage.rich_text import joined


def say(
    context: Context,
    reply: Reply,
    *,
    question: str = "",
    memory: str = "",
    over: int | None = None,
    thumbs: bool = False,
) -> Call:
    """Open a turn with this reply; without a question or a command to repeat the turn only has buttons, and the reply
    one page: another could not be made again.
    """
    asked = question or context.line
    reply = reply if asked else replace(reply, whole=True)
    below = context.below
    if below is not None:
        reply = replace(reply, buttons=(*reply.buttons, *below.buttons))
    turn = open_turn(
        context.session,
        chat_id=context.chat,
        person_id=context.person,
        message_id=context.message,
        question=asked,
        memory_before=memory,
        buttons=questions_of(reply),
        now=context.now,
        answer_id=over,
        message_digest=context.digest,
    )
    text, keyboard = screen(reply, turn=turn, page=context.page, thumbs=thumbs)
    if below is not None:
        text = joined((text, below.head))
    if over is not None:
        return Edit(chat=context.chat, message=over, text=text, keyboard=keyboard, turn=turn, thread=context.thread)
    return Send(
        chat=context.chat,
        text=text,
        asked_at=context.asked_at,
        keyboard=keyboard,
        reply_to=context.reply_to,
        thread=context.thread,
        turn=turn,
    )


def settle(context: Context, reply: Reply) -> Call:
    """A card turns into what became of it: said in the place of the card that was tapped, and its buttons go."""
    return say(context, reply, over=context.tapped)
