"""这个月要报什么, 交通局报了吗: what a unit is to report now, and what it has."""

from dataclasses import replace

from handlers.access.policy import Action, may
from handlers.access.responsibility import own_unit, tasks_of_unit, unsupervised_in
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.people.texts import which_unit
from handlers.progress.pictures import picture_today
from handlers.questions.handler import ask
from handlers.questions.texts_unreported import unsupervised
from handlers.reports import texts_lifecycle, texts_owed
from handlers.reports.owed_items import owed_periods
from handlers.services.unit_lookup import find_units, near_units
from knowledge.plan.key import TaskKey


def show_owed(context: Context, rest: str) -> Call:
    """/owed of one's own unit, or of the one that is named; who is of no unit sees who has not reported."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SEE_PROGRESS):
        return no
    plan, question_service = plan_of(context, actor), context.services.question_service
    own = own_unit(actor, plan)
    named = find_units(question_service, plan, rest) if rest else ()
    if rest and len(named) != 1:
        return say(context, which_unit(rest, named or near_units(question_service, plan, rest), "/owed"))
    unit = named[0] if named else own
    if unit is None:
        return ask(context, texts_lifecycle.WHO_IS_SILENT)
    library = context.library
    if unit in unsupervised_in(plan, library, context.cards(plan)):
        return say(context, unsupervised([unit]))
    reply = texts_owed.owed_reply(
        unit,
        [one for one in picture_today(context, plan).current if one.unit == unit],
        [library.tasks[TaskKey(plan, id_)] for id_ in tasks_of_unit(unit, plan, library, context.cards(plan))],
        today=context.services.clock.today(),
        town=unit in library.towns,
        own=unit == own,
        presses=may(actor, Action.NUDGE),
    )
    return say(context, reply)


def show_own_unit(context: Context) -> Call:
    """我们局怎么样: how the unit's targets stand, and under it what it still has to report."""
    actor = context.actor
    plan = plan_of(context, actor)
    unit = own_unit(actor, plan)
    left = owed_periods(context, unit, plan) if unit and may(actor, Action.REPORT) else {}
    below = texts_owed.still_owed(len(left)) if left else context.below
    return ask(replace(context, below=below), texts_owed.OWN_PROGRESS)
