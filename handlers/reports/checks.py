"""/check: what waits to be checked (核实), one report or all of the list after a card, and taking that back."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.access.policy import Action, Actor, may
from handlers.access.responsibility import target_in_force
from handlers.chat.authorize import note_each, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.reports import texts_checks as texts
from handlers.reports.codes import RecordVerb
from handlers.reports.records import acted_on, figures_named, record_of, targets_of
from handlers.reports.texts_lifecycle import ended_already, no_such
from handlers.reports.unit_figures import totals_of
from knowledge.standing.report import Status
from storage import evidence, report_status
from storage.people import get_members
from storage.report_row import Record

UNDOABLE = timedelta(hours=texts.UNDOABLE_HOURS)


def check(context: Context, rest: str) -> Call:
    """/check: what waits; with a report's number or what it is of, its card. Nothing is checked before a tap.

    `all` shows every one, `all 20` those up to that number; `confirm 12`, `confirm all 20` and `undo 12` are what cards
    say.
    """
    actor = context.actor
    if no := turned_away(context, actor, Action.CHECK):
        return no
    verb, _, what = rest.partition(" ")
    match verb:
        case "":
            return _list(context, actor)
        case RecordVerb.ALL:
            return _all(context, actor, what)
        case RecordVerb.CONFIRM:
            return _confirm(context, actor, what)
        case RecordVerb.UNDO:
            return _undo(context, actor, what)
    if record := record_of(context, rest.removeprefix("#")):
        return _show(context, actor, record)
    found = figures_named(context, actor, rest, Status.ACCEPTED)
    if found.only:
        return _show(context, actor, found.only)
    records = found.records
    return say(context, texts.which(records, targets_of(context, records)) if records else no_such())


def _list(context: Context, actor: Actor) -> Call:
    waiting = waiting_to_be_checked(context, actor)
    today = context.services.clock.today()
    return say(context, texts.waiting(waiting, targets_of(context, waiting), totals_of(context, waiting), today))


def waiting_to_be_checked(context: Context, actor: Actor, *, up_to: int | None = None) -> tuple[Record, ...]:
    """What the person may check and nobody has, the oldest first; of what was shown, up to the last number."""
    found = report_status.unchecked_of(context.session, plan_of(context, actor))
    return tuple(
        one
        for one in found
        if (up_to is None or one.number <= up_to) and may(actor, Action.CHECK, acted_on(context, one))
    )


def _of_others(actor: Actor, records: Sequence[Record]) -> tuple[Record, ...]:
    return tuple(one for one in records if not _is_own_entry(actor, one))


def _is_own_entry(actor: Actor, record: Record) -> bool:
    """Whether the person wrote it down for the unit: to write down is not to check."""
    return record.report.behalf is not None and record.author == actor.member


def _show(context: Context, actor: Actor, record: Record) -> Call:
    if no := turned_away(context, actor, Action.CHECK, acted_on(context, record)):
        return no
    if record.report.status is not Status.ACCEPTED:
        return say(context, ended_already(record))
    subject = record.report.subject
    target = target_in_force(subject, context.library, context.cards(subject.plan))
    people = {one.id: one for one in get_members(context.session, {record.author})}
    files = len(evidence.evidence_of(context.session, record))
    checked = record.report.checked
    undoable = checked is not None and context.now - checked.at <= UNDOABLE
    card = texts.card(
        record,
        target,
        totals_of(context, [record]).get(record.number),
        people.get(record.author),
        files,
        undoable=undoable,
        own=_is_own_entry(actor, record),
        today=context.services.clock.today(),
    )
    return say(context, card)


def _all(context: Context, actor: Actor, what: str) -> Call:
    """The card of a check of all that the list has shown; what the person wrote down is checked by itself."""
    waiting = _of_others(actor, waiting_to_be_checked(context, actor, up_to=_number(what) if what else None))
    today = context.services.clock.today()
    return say(context, texts.confirm_all(waiting, targets_of(context, waiting), today))


def _confirm(context: Context, actor: Actor, what: str) -> Call:
    which, _, last = what.rpartition(" ")
    if which == RecordVerb.ALL:
        return _store(context, actor, _of_others(actor, waiting_to_be_checked(context, actor, up_to=_number(last))))
    record = record_of(context, what)
    if record is None:
        return say(context, no_such())
    if no := turned_away(context, actor, Action.CHECK, acted_on(context, record)):
        return no
    return _store(context, actor, [record])


def _store(context: Context, actor: Actor, records: Sequence[Record]) -> Call:
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    numbers = report_status.check(context.session, [one.number for one in records], by=actor.member, now=context.now)
    done = [one for one in records if one.number in numbers]
    if not done:
        return say(context, ended_already(records[0]) if records else texts.nothing_waits())
    for own in (False, True):
        subjects = [f"report:{one.number}" for one in done if _is_own_entry(actor, one) is own]
        note_each(context, actor, "check", subjects, {"own_entry": True} if own else None)
    return settle(context, texts.checked(done, targets_of(context, done)))


def _undo(context: Context, actor: Actor, what: str) -> Call:
    numbers = [int(one) for one in what.split(",") if one.isdecimal() and len(one) <= len(str(2**62))]
    found = [record for number in numbers if (record := record_of(context, str(number)))]
    for record in found:
        if no := turned_away(context, actor, Action.CHECK, acted_on(context, record)):
            return no
    undone = report_status.uncheck(context.session, numbers, since=context.now - UNDOABLE)
    if not undone:
        return say(context, texts.not_undone())
    note_each(context, actor, "uncheck", [f"report:{number}" for number in undone])
    back = [one for one in found if one.number in undone]
    return settle(context, texts.undone(back, targets_of(context, back)))


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) <= len(str(2**62)) else 0
