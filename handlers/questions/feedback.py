"""A 👎: counted at once, with one sentence of why for those who like; the office never learns whose."""

from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.questions import texts_feedback as texts
from handlers.questions.codes import SKIP
from handlers.questions.unanswered_log import note_miss, note_more
from storage.dialogs import get_turn
from storage.unanswered import DISLIKED

COMMAND = "dislike"
"""What a 👎 and the sentence after it run; it is not typed."""


def dislike(context: Context, rest: str) -> Call:
    """The number of the turn whose answer is bad, then what is wrong with it."""
    number, _, sentence = rest.partition(" ")
    turn = get_turn(context.session, int(number))
    if turn is None or turn.chat_id != context.chat:
        return say(context, texts.SKIPPED)
    if sentence == SKIP:
        return say(context, texts.SKIPPED)
    if sentence:
        noted = note_more(context, turn.question, DISLIKED, sentence)
        return say(context, texts.noted(sentence) if noted else texts.NOT_KEPT)
    if not note_miss(context, turn.question, DISLIKED):
        return say(context, texts.NOT_KEPT)
    command = f"/{COMMAND} {turn.id}"
    return ask_for(context, texts.what_is_wrong(command), command)
