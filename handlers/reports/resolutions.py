"""What ends the matter of a report: a problem is settled (销号), a project's stop is found excused (客观原因认定)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from handlers.access.policy import Action, Resource, may
from handlers.access.responsibility import project_of
from handlers.broadcast.direct import holders, tell
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.progress.pictures import picture_today
from handlers.reports import texts_resolutions as texts
from handlers.reports.codes import RecordVerb
from handlers.services.report_reader import subject_called
from handlers.services.unit_lookup import find_units
from handlers.texts.reply import Reply
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reports.model import State, UpdateKind
from knowledge.standing.picture import OpenProblem
from knowledge.standing.report import Report, Status
from knowledge.standing.values import LightCause
from storage.people import Role, get_member
from storage.report_row import Record
from storage.report_status import reopen, resolve
from storage.reports import get_record, words_of

_LINE = re.compile(rf"(?P<number>[0-9]{{1,18}})(?: (?P<verb>{'|'.join(RecordVerb)}))?(?: (?P<how>.+))?", re.DOTALL)


def show_problems(context: Context, rest: str) -> Call:
    """/problems: what is open, of the unit or the target that is named if any; with a report's number that one, and
    what is done with it."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SEE_PROGRESS):
        return no
    return _of_line(context, rest, texts.OF_PROBLEM, Action.SETTLE_PROBLEM) or _listed_of(context, rest)


def hear_settled(context: Context, what: str) -> Call | None:
    """5G基站的问题解决了: the one that is meant is shown to be confirmed, of several each can be chosen.

    None where what is named has no problem that the person may settle: it may be progress that is told so.
    """
    actor = context.actor
    if no := turned_away(context, actor, Action.SETTLE_PROBLEM):
        return no
    subject = subject_called(context.services.question_service, what)
    mine = [one for one in _open(context) if may(actor, Action.SETTLE_PROBLEM, _about(context, one.report))]
    meant = [one for one in mine if subject in {None, one.report.subject}]
    if len(meant) == 1:
        return show_problems(context, f"{meant[0].report.id} {RecordVerb.SETTLE}")
    if subject is not None and not meant:
        return None
    return _listed(context, tuple(meant)) if meant else say(context, texts.none_to_settle())


def none_to_settle(context: Context) -> Call:
    return say(context, texts.none_to_settle())


def excuse(context: Context, rest: str) -> Call:
    """/excuse: projects that stand still; with the number of the report that says so, who found it excused, on which
    paper."""
    actor = context.actor
    if no := turned_away(context, actor, Action.EXCUSE):
        return no
    listed = replace(context, line="/excuse")
    return _of_line(context, rest, texts.OF_STOP, Action.EXCUSE) or say(listed, texts.stops(_stopped(context)))


def _of_line(context: Context, rest: str, words: texts.ResolutionWords, action: Action) -> Call | None:
    """None where no report is named."""
    found = _LINE.fullmatch(rest)
    record = get_record(context.session, int(found["number"])) if found else None
    if found is None or record is None or not _is_matter(record.report, action):
        return None
    if found["verb"] is None and not found["how"] and action is Action.SETTLE_PROBLEM:
        return _one(context, record)
    if no := turned_away(context, context.actor, action, _about(context, record.report)):
        return no
    how = (found["how"] or "").strip()
    return _DONE.get(found["verb"] or "", _propose)(context, record, how, words)


def _is_matter(report: Report, action: Action) -> bool:
    if action is Action.SETTLE_PROBLEM:
        return report.kind is UpdateKind.PROBLEM
    return report.state is State.BLOCKED and report.subject.kind is EntryKind.PROJECT


def _one(context: Context, record: Record) -> Call:
    report, actor = record.report, context.actor
    able = report.status is Status.ACCEPTED and may(actor, Action.SETTLE_PROBLEM, _about(context, report))
    picture = picture_today(context, report.subject.plan)
    standing = picture.standing(report.subject) if report.subject in picture.subjects else None
    return say(context, texts.one(record, standing, today=picture.day, able=able))


def _propose(context: Context, record: Record, how: str, words: texts.ResolutionWords) -> Call:
    """Before → after, who is told; a finding always has its paper."""
    if record.report.status is not Status.ACCEPTED or record.report.resolved:
        return say(context, texts.done_already(record, words))
    if words.needs_how and not how:
        return _ask(context, record, how, words)
    return say(context, texts.confirm(record, how, words, today=context.services.clock.today()))


def _ask(context: Context, record: Record, _how: str, words: texts.ResolutionWords) -> Call:
    command = f"{words.command} {record.number}" + ("" if words.needs_how else f" {RecordVerb.SETTLE}")
    return ask_for(context, texts.ask_how(record, words), command)


def _confirm(context: Context, record: Record, how: str, words: texts.ResolutionWords) -> Call:
    if (words.needs_how and not how) or not resolve(
        context.session, record.number, on=context.services.clock.today(), how=how
    ):
        return settle(context, texts.done_already(record, words))
    note(context, context.actor, words.noted, f"report:{record.number}")
    _tell(context, record, texts.notice(record, how, words))
    return settle(context, texts.done(record, how, words))


def _reopen(context: Context, record: Record, _how: str, words: texts.ResolutionWords) -> Call:
    if not reopen(context.session, record.number):
        return say(context, texts.open_already(record, words))
    note(context, context.actor, f"un{words.noted}", f"report:{record.number}")
    _tell(context, record, texts.reopened_notice(record, words))
    return settle(context, texts.reopened(record, words))


def _keep(context: Context, record: Record, _how: str, words: texts.ResolutionWords) -> Call:
    return settle(context, texts.kept(record, words))


_DONE: dict[str, Callable[[Context, Record, str, texts.ResolutionWords], Call]] = {
    RecordVerb.SETTLE: _propose,
    RecordVerb.HOW: _ask,
    RecordVerb.CONFIRM: _confirm,
    RecordVerb.KEEP: _keep,
    RecordVerb.REOPEN: _reopen,
}


def _tell(context: Context, record: Record, reply: Reply) -> None:
    """Who said it, and the supervisors; nobody of what they do themselves."""
    plan, author = record.report.subject.plan, get_member(context.session, record.author)
    told = (*([author] if author else []), *holders(context.session, plan, Role.SUPERVISOR))
    tell(context, plan, {one.id: one for one in told}.values(), reply)


def _listed_of(context: Context, named: str) -> Call:
    question_service = context.services.question_service
    units = find_units(question_service, plan_of(context, context.actor), named) if named else ()
    subject = subject_called(question_service, named) if not units else None
    of = next(iter(units), subject.name if subject else "")
    found = [one for one in _open(context) if of in {"", one.report.unit} or one.report.subject == subject]
    return _listed(context, tuple(found), of)


def _listed(context: Context, problems: tuple[OpenProblem, ...], of: str = "") -> Call:
    words = words_of(context.session, [int(one.report.id) for one in problems])
    shown = replace(context, line=f"/problems {of}".strip())
    return say(shown, texts.problems(problems, words, of, today=context.services.clock.today()))


def _open(context: Context) -> tuple[OpenProblem, ...]:
    return picture_today(context, plan_of(context, context.actor)).problems


def _stopped(context: Context) -> Iterator[tuple[EntryKey, Report]]:
    """Projects that are red for their stop, with what says so."""
    for one in picture_today(context, plan_of(context, context.actor)).standings:
        if one.reason.why is LightCause.BLOCKED and one.figure:
            yield one.subject, one.figure.report


def _about(context: Context, report: Report) -> Resource:
    """A problem is its unit's own, whoever else answers for the subject."""
    task = context.library.tasks.get(report.subject.owner)
    section = task.section if task else None
    project = project_of(report.subject)
    return Resource(plan=report.subject.plan, units=frozenset({report.unit}), section=section, project=project)
