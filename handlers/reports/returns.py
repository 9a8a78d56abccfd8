"""Returning a report with a reason (退回): asked for, shown, and told to the unit."""

import re
from dataclasses import replace

from handlers.access.policy import Action, Actor
from handlers.access.responsibility import target_of
from handlers.broadcast.direct import tell
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.reports import texts_lifecycle as texts
from handlers.reports.checks import waiting_to_be_checked
from handlers.reports.codes import RecordVerb
from handlers.reports.guided import figure_command
from handlers.reports.records import accepted_in, acted_on, figures_named, people_of, record_of, targets_of
from handlers.reports.unit_figures import without
from handlers.services.unit_lookup import find_units
from knowledge.standing.report import Status
from storage import report_status
from storage.report_row import Record

_NUMBERED = re.compile(r"#?([0-9]{1,18})(?:[:,，：\s]+(.*))?", re.DOTALL)
_SEPARATOR = re.compile(r"[,，:：;；。\n]|(?<=[\u4e00-\u9fff个家项]) ")


def send_back(context: Context, rest: str) -> Call:
    """/return, the report's number and the reason, which is shown before the unit is told; or what it is of."""
    actor = context.actor
    if no := turned_away(context, actor, Action.RETURN):
        return no
    if numbered := _NUMBERED.fullmatch(rest):
        number, reason = numbered.groups("")
        return end(context, number, reason.strip(), Action.RETURN, "/return")
    named, _, reason = (part.strip() for part in _SEPARATOR.sub("\n", rest, count=1).partition("\n"))
    found = figures_named(context, actor, named, Status.ACCEPTED, Status.PENDING)
    if not found.records:
        found = replace(found, records=_of_unit(context, actor, named))
    if found.only:
        return end(context, str(found.only.number), reason, Action.RETURN, "/return")
    return say(context, texts.return_which(found.records, targets_of(context, found.records), reason))


def _of_unit(context: Context, actor: Actor, named: str) -> tuple[Record, ...]:
    """What waits to be checked of the unit that is named."""
    plan = plan_of(context, actor)
    units = find_units(context.services.question_service, plan, named)
    return tuple(one for one in waiting_to_be_checked(context, actor) if one.report.unit in units)


def end(context: Context, number: str, reason: str, action: Action, command: str) -> Call:
    """Return a report with a reason, asked for where it is missing, and shown before the unit is told."""
    actor = context.actor
    if (no := turned_away(context, actor, action)) or (member := actor.member) is None:
        return no or say(context, texts.return_which())
    record = record_of(context, number)
    if record is None:
        return say(context, texts.return_which())
    about = accepted_in if action is Action.ACCEPT else acted_on
    if no := turned_away(context, actor, action, about(context, record)):
        return no
    if action is Action.ACCEPT and record.report.status is not Status.PENDING:
        return say(context, texts.ended_already(record))
    if record.report.status not in {Status.PENDING, Status.ACCEPTED}:
        return say(context, texts.ended_already(record))
    target, line = target_of(record.report.subject, context.library), f"{command} {record.number}"
    verb, _, confirmed = reason.partition(" ")
    if verb == RecordVerb.KEEP:
        return settle(context, texts.not_returned(record, target))
    if not reason:
        return ask_for(context, texts.ask_reason(record, target, line), line)
    told, ends = people_of(context, record), without(context, record)
    if verb != RecordVerb.CONFIRM or not confirmed.strip():
        return say(context, texts.confirm_return(record, target, reason, told, ends, line))
    if not report_status.end(
        context.session, record.number, Status.RETURNED, by=member, now=context.now, reason=confirmed.strip()
    ):
        return say(context, texts.ended_already(record))
    note(context, actor, "return", f"report:{record.number}")
    again = figure_command(record.report.subject, context.library)
    notice = texts.returned_notice(record, target, confirmed.strip(), ends, again)
    tell(context, record.report.subject.plan, told, notice)
    return settle(context, texts.returned(record, target, confirmed.strip(), told, ends))
