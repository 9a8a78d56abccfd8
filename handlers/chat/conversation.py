"""A turn of a conversation: a question answered, its answer's buttons, and a later edit of the question.

A turn's row keeps the question and the memory before it, not the answer: asked again they give the same answer, so a
page is turned, and a button answered, by asking again.
"""

from handlers.chat.context import Place
from handlers.chat.keyboard import BUTTONS, screen
from handlers.chat.outgoing import Call, Edit, Send
from handlers.texts.reply import Reply
from storage.dialogs import open_turn


def say(
    place: Place,
    reply: Reply,
    *,
    question: str = "",
    memory: str = "",
    over: int | None = None,
    thumbs: bool = False,
) -> Call:
    """Open a turn with this reply; without a question or a command to repeat the turn only has buttons."""
    turn = open_turn(
        place.session,
        chat_id=place.chat,
        person_id=place.person,
        message_id=place.message,
        question=question or place.line,
        memory_before=memory,
        buttons=[button.question for button in reply.buttons[:BUTTONS]],
        now=place.now,
        answer_id=over,
        message_digest=place.digest,
    )
    html, keyboard = screen(reply, turn=turn, page=place.page, thumbs=thumbs)
    if over is not None:
        return Edit(chat=place.chat, message=over, html=html, keyboard=keyboard, turn=turn, thread=place.thread)
    return Send(
        chat=place.chat,
        html=html,
        asked_at=place.asked_at,
        keyboard=keyboard,
        reply_to=place.reply_to,
        thread=place.thread,
        turn=turn,
    )
