"""我报了什么: what a person has reported lately, with what became of each; and what of the unit's was returned."""

from handlers.access.policy import Action, Actor, may
from handlers.access.responsibility import own_unit, target_of
from handlers.chat.authorize import enters_reports, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.reports import texts_own_reports as texts
from handlers.reports.codes import RecordVerb
from handlers.reports.guided import figure_command
from handlers.reports.owed_items import LATELY, returned_to
from handlers.reports.records import targets_of
from handlers.reports.unit_figures import WITHDRAWABLE, totals_of
from storage.reports import made_by

MOST = 60


def show_own(context: Context, rest: str) -> Call:
    """/mine: the newest first; `/mine return`: what of the unit's was returned and not reported again."""
    actor = context.actor
    if not enters_reports(actor) and (no := turned_away(context, actor, Action.REPORT)):
        return no
    if rest == RecordVerb.RETURN:
        return _show_returned(context, actor)
    made = made_by(context.session, actor.member, since=context.now - LATELY, limit=MOST) if actor.member else ()
    if not made:
        return say(context, texts.none(reports=may(actor, Action.REPORT)))
    targets = {one.report.subject: target_of(one.report.subject, context.library) for one in made}
    shown = texts.own(
        made,
        targets,
        totals_of(context, made),
        today=context.services.clock.today(),
        withdrawable=context.now - WITHDRAWABLE,
        most=MOST,
    )
    return say(context, shown)


def _show_returned(context: Context, actor: Actor) -> Call:
    plan, today = plan_of(context, actor), context.services.clock.today()
    unit = own_unit(actor, plan) or ""
    found = returned_to(context, unit, plan)
    again = {one.report.subject: figure_command(one.report.subject, context.library) for one in found}
    return say(context, texts.returned(unit, found, targets_of(context, found), again, today))
