"""Withdrawing all that was confirmed together, a form's or a sheet's reports, after they were shown."""

from handlers.access.policy import Action, Actor, may
from handlers.broadcast.direct import holders, tell
from handlers.chat.authorize import note_each
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.reports import texts_batch_withdrawal as texts
from handlers.reports.records import acted_on, targets_of
from handlers.reports.unit_figures import WITHDRAWABLE
from knowledge.standing.report import Status
from storage import report_status
from storage.people import Role
from storage.report_row import Record
from storage.reports import of_draft


def withdraw_batch(context: Context, actor: Actor, member: int, record: Record, *, confirmed: bool) -> Call:
    """All that was confirmed with `record` and can still be withdrawn by the person."""
    together = of_draft(context.session, record.draft) if record.draft is not None else (record,)
    left = [one for one in together if _can_be(context, actor, one)]
    targets = targets_of(context, left)
    if not left:
        return say(context, texts.none_left())
    if not confirmed:
        return say(context, texts.confirm_batch(left, targets, record.number))
    done = [
        one
        for one in left
        if report_status.end(context.session, one.number, Status.WITHDRAWN, by=member, now=context.now)
    ]
    note_each(context, actor, "withdraw", [f"report:{one.number}" for one in done])
    first = record.report
    if done and first.behalf is not None:
        people = holders(context.session, first.subject.plan, Role.LIAISON, Role.HEAD, units=frozenset({first.unit}))
        tell(context, first.subject.plan, people, texts.batch_notice(done, targets))
    return settle(context, texts.batch_withdrawn(done, targets))


def _can_be(context: Context, actor: Actor, one: Record) -> bool:
    live = one.report.status in {Status.ACCEPTED, Status.PENDING}
    recent = context.now - one.report.received_at <= WITHDRAWABLE
    return live and recent and may(actor, Action.WITHDRAW, acted_on(context, one))
