"""导出台账: nothing is exported yet, so who asks for it is told where the same rows are shown."""

from handlers.access.policy import Action
from handlers.chat.authorize import turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.questions import texts_list_export as texts


def show_where_lists_are(context: Context, _rest: str) -> Call:
    return turned_away(context, context.actor, Action.EXPORT) or say(context, texts.where_lists_are())
