"""A change that was typed is shown before it is made: its card's button says the same line, and the tap makes it."""

from handlers.chat import texts_shown_first as texts
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.texts.reply import Reply


def shown_first(context: Context, change: Reply, line: str) -> Call | None:
    """The card of a change, before → after and whom it concerns; None where a button was tapped."""
    return None if context.tapped is not None else say(context, texts.to_confirm(change, line))


def keep(context: Context, _rest: str) -> Call:
    """/keep: what was shown is not done."""
    return settle(context, texts.kept())
