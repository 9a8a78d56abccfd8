"""/behalf (代录): a unit's word that came by telephone, on paper or by OA is written down for it, and the unit is told.

What is written down is a report of the unit: read, looked at, shown and confirmed as its own, and never a check.
"""

import re
from dataclasses import replace
from datetime import date

from handlers.access.policy import Action, Actor, Resource
from handlers.access.responsibility import target_of
from handlers.broadcast.direct import holders, tell
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.progress.pictures import picture_today
from handlers.reports import drafts
from handlers.reports import texts as report_texts
from handlers.reports import texts_on_behalf as texts
from handlers.reports.batch_form import filled
from handlers.reports.card import show
from handlers.reports.card_buttons import read_day
from handlers.reports.codes import BehalfVerb
from handlers.reports.drafts import Draft, DraftedFor, DraftItem, correcting, item_of, storable
from handlers.reports.guided import last_figures, subject_at, task_key, updates_of
from handlers.reports.owed_items import items_of_unit, owed_periods
from handlers.reports.records import record_of
from handlers.services.report_reader import reader_of
from handlers.services.unit_lookup import find_units, near_units
from handlers.texts.standing import NO_CHANGE_SAID
from knowledge.language.normalize import clean
from knowledge.plan.key import EntryKey
from knowledge.plan.model import Target
from knowledge.reports.model import AnswerSource, Recorder, Understanding, Update, UpdateKind, UpdateOutcome
from knowledge.reports.on_behalf import ALL_SAME, WrittenDown, written_down
from knowledge.reports.speech_acts import CORRECTION
from knowledge.standing.picture import owed, units_of
from storage.people import Role, get_member
from storage.report_row import Record
from storage.reports import last_by, reports_of

_OF_RECORD = re.compile(rf"({BehalfVerb.OBJECT}|{BehalfVerb.FIX}) ([0-9]{{1,18}})(?: (.+))?", re.DOTALL)
_RECORDERS = {Role.SUPERVISOR: Recorder.SUPERVISOR, Role.OFFICE: Recorder.OFFICE}


def behalf(context: Context, rest: str) -> Call:
    """/behalf, a unit and what it says; without these they are asked for. `object 12` and `fix 12` are the unit's."""
    if found := _OF_RECORD.fullmatch(rest):
        return _of_record(context, found[1], found[2], (found[3] or "").strip())
    actor = context.actor
    if no := turned_away(context, actor, Action.RECORD_ON_BEHALF):
        return no
    plan = plan_of(context, actor)
    if not rest:
        return _which_unit(context, plan)
    if parts := written_down(rest):
        return _of_words(context, plan, parts)
    named, _, what = rest.partition(" ")
    units = find_units(context.services.question_service, plan, named)
    if len(units) == 1:
        return _of_unit(context, plan, units[0], what.strip())
    return _no_such_unit(context, plan, named, "")


def _of_words(context: Context, plan: str, parts: WrittenDown) -> Call:
    units = find_units(context.services.question_service, plan, parts.unit)
    if len(units) != 1:
        return _no_such_unit(context, plan, parts.unit, texts.said_again(parts))
    if not parts.words:
        return _ask_what(context, plan, units[0])
    return _propose(context, plan, units[0], parts.words, source=parts.source, day=parts.day)


def _no_such_unit(context: Context, plan: str, said: str, words: str) -> Call:
    near = near_units(context.services.question_service, plan, said)
    return ask_for(context, texts.no_such_unit(said, near, words), "/behalf")


def _which_unit(context: Context, plan: str) -> Call:
    """Those that owe figures first."""
    left = owed(picture_today(context, plan).current)
    return ask_for(context, texts.which_unit(units_of(left)), "/behalf")


def _of_unit(context: Context, plan: str, unit: str, what: str) -> Call:
    key, _, typed = what.partition(" ")
    if not what:
        return _ask_what(context, plan, unit)
    if what == BehalfVerb.SAME:
        return _unchanged(context, plan, unit, None, "")
    if subject := subject_at(key, plan, context.library):
        return _figure(context, plan, unit, subject, typed.strip())
    return _propose(context, plan, unit, what)


def _ask_what(context: Context, plan: str, unit: str) -> Call:
    """What the unit owes, with what it said last."""
    today = context.services.clock.today()
    left = owed(items_of_unit(context, unit, plan))
    shown = [(task_key(one.subject, context.library), one) for one in left]
    return ask_for(context, texts.ask_what(unit, shown, today), f"/behalf {unit}")


def _figure(context: Context, plan: str, unit: str, subject: EntryKey, typed: str) -> Call:
    """Of one item: asked for, or read."""
    today, library = context.services.clock.today(), context.library
    command = f"/behalf {unit} {task_key(subject, library)}"
    if not typed:
        reports = reports_of(context.session, plan, targets=[(subject.task, subject.name)])
        last = last_figures(reports, unit, today).get((subject.task, subject.name))
        return ask_for(
            context, texts.ask_figure(unit, subject, target_of(subject, library), last, command, today), command
        )
    known = updates_of(context, unit, subject, typed)
    if not known:
        return ask_for(context, texts.unread(unit, subject), command)
    label = owed_periods(context, unit, plan).get(subject)
    items = tuple(item_of(update, today=today, for_period=label) for update in known)
    return _show(context, plan, unit, items)


def _propose(
    context: Context,
    plan: str,
    unit: str,
    words: str,
    *,
    source: AnswerSource | None = None,
    day: str = "",
) -> Call:
    """What the unit was understood to say, to be confirmed; or asked back."""
    if ALL_SAME.shows(clean(words)):
        return _unchanged(context, plan, unit, source, day)
    today = context.services.clock.today()
    form = filled(words, plan, context.library)
    understood = reader_of(context.services.question_service).read(
        words if form is None else form, today=today, unit=unit
    )
    if understood.outcome is UpdateOutcome.NOT_UPDATE:
        return ask_for(context, texts.unread(unit, None), f"/behalf {unit}")
    if not understood.updates:
        return say(context, texts.asked_back(understood, unit, source, day))
    periods = owed_periods(context, unit, plan) if form is not None else {}
    items = tuple(_item(context, unit, words, update, periods.get(update.subject)) for update in understood.updates)
    if len(items) == 1 and items[0].says is UpdateKind.PROBLEM:
        items = (replace(items[0], said=words),)
    return _show(context, plan, unit, items, source=source, day=day, understood=understood)


def _item(context: Context, unit: str, words: str, update: Update, period: str | None) -> DraftItem:
    """With the entry of the same person for the unit that 说错了 corrects."""
    today, member = context.services.clock.today(), context.actor.member
    last = last_by(context.session, member, update.subject) if member and CORRECTION.shows(words) else None
    if last is None or last.report.unit != unit or last.report.behalf is None:
        return item_of(update, today=today, for_period=period)
    return correcting(update, last)


def _unchanged(context: Context, plan: str, unit: str, source: AnswerSource | None, day: str) -> Call:
    """Nothing has changed of all that the unit owes now."""
    left = owed_periods(context, unit, plan)
    if not left:
        return say(context, texts.nothing_owed(unit))
    today = context.services.clock.today()
    items = tuple(
        DraftItem(
            kind=subject.kind,
            name=subject.name,
            plan=subject.plan,
            task=subject.task,
            says=UpdateKind.NO_CHANGE,
            as_of=today,
            said=NO_CHANGE_SAID,
            for_period=label,
        )
        for subject, label in left.items()
    )
    return _show(context, plan, unit, items, source=source, day=day)


def _show(
    context: Context,
    plan: str,
    unit: str,
    items: tuple[DraftItem, ...],
    *,
    source: AnswerSource | None = None,
    day: str = "",
    understood: Understanding | None = None,
) -> Call:
    if not storable(items):
        return say(context, report_texts.too_large())
    held = drafted_for(context.actor, plan, unit, source=source, on=_came_on(context, day))
    draft = Draft(items=items, behalf=held)
    unclear = understood is not None and understood.outcome is UpdateOutcome.CLARIFY
    lead = report_texts.unclear_besides(understood) if understood is not None and unclear else ""
    return show(context, context.actor, drafts.begin(context, draft), draft, lead=lead)


def drafted_for(actor: Actor, plan: str, unit: str, *, source: AnswerSource | None, on: date) -> DraftedFor:
    """In the role that lets the person write it down."""
    roles = [grant.role for grant in actor.grants if grant.plan == plan and grant.role in _RECORDERS]
    by = _RECORDERS[roles[0]] if roles else Recorder.OFFICE
    return DraftedFor(unit=unit, by=by, on=on, source=source)


def _came_on(context: Context, said: str) -> date:
    today = context.services.clock.today()
    day = read_day(said, today) if said else None
    return today if day is None or day > today else day


def _of_record(context: Context, verb: str, number: str, words: str) -> Call:
    """The unit finds wrong what was written down for it: another figure, or an objection."""
    record, actor = record_of(context, number), context.actor
    if record is None or record.report.behalf is None:
        return say(context, texts.no_such())
    of_unit = Resource(plan=record.report.subject.plan, units=frozenset({record.report.unit}))
    if no := turned_away(context, actor, Action.CORRECT, of_unit):
        return no
    return _fix(context, record, words) if verb == BehalfVerb.FIX else _object(context, record, words)


def _fix(context: Context, record: Record, typed: str) -> Call:
    """The unit's own figure takes the place of what was written down."""
    report, command = record.report, f"/behalf {BehalfVerb.FIX} {record.number}"
    if not typed:
        return ask_for(context, texts.ask_right(record, _target(context, record)), command)
    known = updates_of(context, report.unit, report.subject, typed)
    if not known:
        return ask_for(context, texts.unread(report.unit, report.subject), command)
    today = context.services.clock.today()
    items = tuple(
        item_of(
            update if update.as_of else replace(update, as_of=report.as_of),
            today=today,
            corrects=record.number,
            for_period=report.for_period,
        )
        for update in known
    )
    if not storable(items):
        return say(context, report_texts.too_large())
    draft = Draft(items=items, text=typed)
    return show(context, context.actor, drafts.begin(context, draft), draft)


def _object(context: Context, record: Record, words: str) -> Call:
    """In the unit's words, shown before who wrote it down and the supervisors read them."""
    plan, target = record.report.subject.plan, _target(context, record)
    command = f"/behalf {BehalfVerb.OBJECT} {record.number}"
    if not words:
        return ask_for(context, texts.ask_objection(record, target), command)
    verb, _, confirmed = words.partition(" ")
    if verb != BehalfVerb.SEND or not confirmed.strip():
        return say(context, texts.confirm_objection(record, target, words, command))
    note(context, context.actor, "object", f"report:{record.number}")
    author = get_member(context.session, record.author)
    supervisors = [one for one in holders(context.session, plan, Role.SUPERVISOR) if one.id != record.author]
    tell(context, plan, [author] if author else [], texts.objection(record, target, confirmed, own=True))
    tell(context, plan, supervisors, texts.objection(record, target, confirmed, own=False))
    return settle(context, texts.objected(record, target, confirmed))


def _target(context: Context, record: Record) -> Target | None:
    return target_of(record.report.subject, context.library)
