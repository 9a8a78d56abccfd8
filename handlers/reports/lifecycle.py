"""What becomes of a report: its history, withdrawing, returning, accepting, checking, and a head's approval."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from handlers.access.policy import Action, Actor, may
from handlers.access.responsibility import (
    acted,
    needs_evidence,
    own_unit,
    target_in_force,
    target_of,
    tasks_of_unit,
)
from handlers.broadcast.direct import holders, tell
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.chat.shown_first import shown_first
from handlers.progress.pictures import picture_today
from handlers.questions.handler import ask
from handlers.reports import drafts, texts_on_behalf
from handlers.reports import texts_lifecycle as texts
from handlers.reports import texts_own_reports as own_texts
from handlers.reports.batch_withdrawal import withdraw_batch
from handlers.reports.card import show
from handlers.reports.codes import RecordVerb
from handlers.reports.guided import figure_command, task_key
from handlers.reports.records import accepted_in, acted_on, record_of, subject_named, targets_of
from handlers.reports.returns import end
from handlers.reports.unit_figures import WITHDRAWABLE, without
from handlers.texts.reply import Reply
from knowledge.plan.key import TaskKey
from knowledge.plan.model import Target
from knowledge.standing.report import Status
from storage import evidence, report_status, reports
from storage.people import Role, get_member, get_members
from storage.report_row import Record

ON_A_PAGE, ROWS, TASKS = 5, 9, 4
"""Reports of a history, rows of a list and tasks with their units on a page: a page is one message."""
T = TypeVar("T")
_PAGE = re.compile(rf"(.*?)\s*(?:第|{RecordVerb.PAGE} )([0-9]{{1,4}})页?")


def history(context: Context, rest: str) -> Call:
    """/history and what of: a report's number (#7), `task/n`, or a name; alone: the person's last report."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SEE_HISTORY):
        return no
    paged = _PAGE.fullmatch(rest)
    what, page = (paged[1], int(paged[2])) if paged else (rest, 1)
    subject = subject_named(context, actor, what)
    if subject is None:
        return say(context, texts.history_of_what())
    library, cards = context.library, context.cards(subject.plan)
    if no := turned_away(context, actor, Action.SEE_HISTORY, acted(subject, library, cards)):
        return no
    page = max(1, page)
    found = reports.history_of(context.session, subject, limit=ON_A_PAGE + 1, offset=(page - 1) * ON_A_PAGE)
    shown = found[:ON_A_PAGE]
    target = target_in_force(subject, library, cards)
    people = {one.id: one for one in get_members(context.session, {record.author for record in shown})}
    newest = shown[0] if shown else None
    may_return = newest is not None and may(actor, Action.RETURN, acted_on(context, newest))
    return say(
        context,
        texts.history(
            subject,
            target,
            shown,
            people,
            _unproven(context, target, shown),
            today=context.services.clock.today(),
            page=page,
            more=len(found) > ON_A_PAGE,
            supervises=may_return,
        ),
    )


def _unproven(context: Context, target: Target | None, records: Iterable[Record]) -> frozenset[int]:
    """The numbers of those that the office wants 佐证 with and that have none yet."""
    live = {Status.ACCEPTED, Status.PENDING}
    wanting = [one for one in records if one.report.status in live and needs_evidence(target, one.report.kind)]
    numbers = frozenset(one.number for one in wanting)
    return numbers - evidence.with_evidence(context.session, wanting) if wanting else numbers


def withdraw(context: Context, rest: str) -> Call:
    """/withdraw and the report's number: its author, for 24 hours; `confirm 7` is what a card that shows it says.

    Alone: which ones may be; `last`: the one made last, and `wrong`: that one, to be corrected or withdrawn;
    `all 7`: all that were confirmed with that one. What is named by its task and name is the newest of it.
    """
    actor = context.actor
    if (no := turned_away(context, actor, Action.WITHDRAW)) or (member := actor.member) is None:
        return no or say(context, texts.no_such())
    if not rest:
        mine = reports.live_by(context.session, member, since=context.now - WITHDRAWABLE, limit=ON_A_PAGE)
        return say(context, texts.withdraw_which(mine, targets_of(context, mine)))
    if rest in {RecordVerb.LAST, RecordVerb.WRONG}:
        return _last(context, actor, member, corrects=rest == RecordVerb.WRONG)
    verb, _, number = rest.rpartition(" ")
    record = record_of(context, number.removeprefix("#"))
    if record is None and " " in rest and not number.removeprefix("#").isdecimal():
        named = _own_of(context, member, rest)
        return withdraw(context, str(named.number) if named else "")
    if record is None:
        return say(context, texts.no_such())
    if no := turned_away(context, actor, Action.WITHDRAW, acted_on(context, record)):
        return no
    target = target_of(record.report.subject, context.library)
    if verb.endswith(RecordVerb.ALL):
        return withdraw_batch(context, actor, member, record, confirmed=verb.startswith(RecordVerb.CONFIRM))
    if verb == RecordVerb.KEEP:
        return settle(context, texts.not_withdrawn(record, target))
    if context.now - record.report.received_at > WITHDRAWABLE:
        return say(context, texts.too_late(record))
    if record.report.status not in {Status.ACCEPTED, Status.PENDING}:
        return say(context, texts.ended_already(record))
    ends = without(context, record)
    if verb != RecordVerb.CONFIRM:
        return say(context, texts.confirm_withdrawal(record, target, ends, today=context.services.clock.today()))
    if not report_status.end(context.session, record.number, Status.WITHDRAWN, by=member, now=context.now):
        return say(context, texts.ended_already(record))
    note(context, actor, "withdraw", f"report:{record.number}")
    again = figure_command(record.report.subject, context.library)
    if record.report.behalf is not None:
        plan, unit = record.report.subject.plan, record.report.unit
        people = holders(context.session, plan, Role.LIAISON, Role.HEAD, units=frozenset({unit}))
        tell(context, plan, people, texts_on_behalf.withdrawn_notice(record, target))
        again = f"/behalf {unit} {task_key(record.report.subject, context.library)}".rstrip()
    return settle(context, texts.withdrawn(record, target, ends, again))


def _own_of(context: Context, member: int, named: str) -> Record | None:
    """The newest that may be withdrawn of what is named, as 5.2 5G基站."""
    mine = reports.live_by(context.session, member, since=context.now - WITHDRAWABLE, limit=ON_A_PAGE)
    return next((one for one in mine if f"{one.report.subject.task} {one.report.subject.name}" == named), None)


def _last(context: Context, actor: Actor, member: int, *, corrects: bool) -> Call:
    """What was reported last, which a number that is sent then `corrects`; a card that is still open itself."""
    if held := drafts.current(context):
        return show(context, actor, *held, lead=own_texts.not_recorded_yet())
    mine = reports.live_by(context.session, member, since=context.now - WITHDRAWABLE, limit=1)
    if not mine:
        return say(context, texts.withdraw_which((), {}))
    if not corrects:
        return withdraw(context, str(mine[0].number))
    reply = own_texts.wrong(
        mine[0], target_of(mine[0].report.subject, context.library), today=context.services.clock.today()
    )
    return ask_for(context, reply, own_texts.CORRECTING)


def pending(context: Context, rest: str) -> Call:
    """/pending: what waits for acceptance; or accept or return with a report's number."""
    actor = context.actor
    if no := turned_away(context, actor, Action.ACCEPT):
        return no
    verb, _, what = rest.partition(" ")
    number, _, reason = what.partition(" ")
    if verb == RecordVerb.RETURN:
        return end(context, number, reason.strip(), Action.ACCEPT, f"/pending {RecordVerb.RETURN}")
    if verb == RecordVerb.ACCEPT:
        return _accept(context, actor, number)
    waiting = waiting_to_be_accepted(context, actor)
    return say(context, texts.pending(waiting, targets_of(context, waiting), today=context.services.clock.today()))


def waiting_to_be_accepted(context: Context, actor: Actor) -> tuple[Record, ...]:
    """What the person may accept, the oldest first."""
    found = reports.pending_of(context.session, plan_of(context, actor))
    return tuple(one for one in found if may(actor, Action.ACCEPT, accepted_in(context, one)))


def _accept(context: Context, actor: Actor, number: str) -> Call:
    record = record_of(context, number)
    if record is None:
        return say(context, texts.no_such())
    if no := turned_away(context, actor, Action.ACCEPT, accepted_in(context, record)):
        return no
    subject = record.report.subject
    target = target_in_force(subject, context.library, context.cards(subject.plan))
    if record.report.status is Status.PENDING and (
        card := shown_first(context, texts.to_accept(record, target), f"/pending {RecordVerb.ACCEPT} {record.number}")
    ):
        return card
    if actor.member is None or not report_status.accept(
        context.session, record.number, by=actor.member, now=context.now
    ):
        return say(context, texts.ended_already(record))
    note(context, actor, "accept", f"report:{record.number}")
    _tell_author(context, record, texts.accepted_notice(record, target))
    return settle(context, texts.accepted(record, target))


def approve(context: Context, rest: str) -> Call:
    """/approve: the unit's figures since the last time, to be approved all together or one by one (单位审签)."""
    actor = context.actor
    if no := turned_away(context, actor, Action.APPROVE):
        return no
    grant = next(one for one in actor.grants if one.role in (Role.SIGNER, Role.HEAD) and one.unit)
    unit = grant.unit or ""
    verb, _, said = rest.partition(" ")
    number = int(said[:18]) if said.isdecimal() else 0
    if verb in {RecordVerb.ALL, RecordVerb.CONFIRM} and number and actor.member is not None:
        first = number if verb == RecordVerb.CONFIRM else 0
        count = report_status.approve(
            context.session, grant.plan, unit, by=actor.member, now=context.now, first=first, last=number
        )
        note(context, actor, "approve", f"unit:{unit}", {"count": count, "first": first, "last": number})
        return settle(context, texts.approved(unit, count, number if first else None))
    waiting = report_status.unapproved_of(context.session, grant.plan, unit)
    if verb == RecordVerb.ONE:
        found = next((one for one in waiting if one.number >= number), None)
        target = target_of(found.report.subject, context.library) if found else None
        return settle(context, texts.approve_one(unit, found, target, today=context.services.clock.today()))
    page, pages, shown = _page(waiting, rest, ROWS)
    return say(
        context,
        texts.to_approve(
            unit,
            waiting,
            shown,
            targets_of(context, shown),
            today=context.services.clock.today(),
            page=page,
            pages=pages,
        ),
    )


def contributions(context: Context, rest: str) -> Call:
    """/missing: for the tasks that the person's unit leads, the units that owe figures now.

    Who is of no unit sees the targets of the whole plan that nobody has reported.
    """
    actor = context.actor
    if no := turned_away(context, actor, Action.SEE_PROGRESS):
        return no
    if not may(actor, Action.REPORT):
        return ask(context, texts.WHO_IS_SILENT)
    plan, library = plan_of(context, actor), context.library
    unit, cards = own_unit(actor, plan), context.cards(plan)
    tasks = [library.tasks[TaskKey(plan, id_)] for id_ in tasks_of_unit(unit, plan, library, cards)] if unit else []
    led = [task for task in tasks if unit in (task.lead or task.units[:1])]
    items = picture_today(context, plan).current
    rows = [(task, [one for one in items if one.subject.task == task.id]) for task in led]
    page, pages, shown = _page(rows, rest, TASKS)
    return say(context, texts.silent(unit, shown, total=len(led), page=page, pages=pages))


def _page(rows: Sequence[T], typed: str, size: int) -> tuple[int, int, Sequence[T]]:
    """(this page, pages, its rows); beyond the last the first comes again."""
    pages = max(1, -(-len(rows) // size))
    page = (int(typed) - 1) % pages + 1 if re.fullmatch("[1-9][0-9]{0,3}", typed) else 1
    return page, pages, rows[(page - 1) * size : page * size]


def _tell_author(context: Context, record: Record, reply: Reply) -> None:
    author = get_member(context.session, record.author)
    if author is not None:
        tell(context, record.report.subject.plan, [author], reply)
