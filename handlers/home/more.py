"""/more and /help of who has a role: all that they may do."""

from handlers.access.policy import Action, may
from handlers.access.responsibility import targets_of_unit
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.home import texts_more as texts
from handlers.home.codes import MoreGroup
from handlers.home.home import own_desks
from handlers.home.texts import desk_name
from handlers.texts.plan import number_text


def show_more(context: Context, rest: str) -> Call:
    """`/more`, and `/more people` all of one part."""
    actor, desks = context.actor, own_desks(context)
    allowed = [one for one in texts.SENTENCES if one.action is None or may(actor, one.action)]
    if rest in {*MoreGroup}:
        return say(context, texts.group_page(MoreGroup(rest), (one for one in allowed if one.group == rest)))
    whose = "、".join(map(desk_name, desks))
    return say(context, texts.overview(whose, allowed, context.library, report=_report(context)))


def _report(context: Context) -> str:
    """A report that the person could make: 5G基站建成620个."""
    desk = next(iter(own_desks(context)), None)
    if desk is None or desk.unit is None or not may(context.actor, Action.REPORT):
        return ""
    own = targets_of_unit(desk.unit, desk.plan, context.library, context.cards(desk.plan))
    return next((f"{one.name}{number_text(one.value)}{one.unit or ''}" for _, one in own), "")
