"""我报了什么: what a person has reported lately, with what became of each."""

from datetime import timedelta

from handlers.access.policy import Action
from handlers.access.responsibility import target_of
from handlers.chat.authorize import enters_reports, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.reports import texts_own_reports as texts
from handlers.reports.unit_figures import WITHDRAWABLE, totals_of
from storage.reports import made_by

LATELY, MOST = timedelta(days=92), 60


def show_own(context: Context, _rest: str) -> Call:
    """/mine: the newest first."""
    actor = context.actor
    if not enters_reports(actor) and (no := turned_away(context, actor, Action.REPORT)):
        return no
    if actor.member is None:
        return say(context, texts.none())
    made = made_by(context.session, actor.member, since=context.now - LATELY, limit=MOST)
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
