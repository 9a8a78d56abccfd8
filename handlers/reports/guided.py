"""/report step by step: my tasks → target → number; the batch form; and 本期无变化 in one tap.

A target is named in a button as `task/n`, the n-th of its task, counted from 1.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from handlers.access.policy import Actor
from handlers.access.responsibility import (
    own_unit,
    projects_of,
    speaker_of,
    target_in_force,
    target_of,
    targets_in,
    targets_of_unit,
    tasks_of_unit,
)
from handlers.chat.authorize import note_each, plan_of
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.reports import drafts
from handlers.reports import texts as report_texts
from handlers.reports import texts_guided as texts
from handlers.reports.batch_form import form
from handlers.reports.card import show
from handlers.reports.codes import ALL, Step
from handlers.reports.drafts import Draft, item_of, storable
from handlers.reports.owed_items import items_of_unit, owed_periods, returned_to
from handlers.reports.texts_owed import owed_row
from handlers.services.report_reader import reader_of
from handlers.texts.reply import Button
from handlers.texts.standing import NO_CHANGE_SAID
from knowledge.entities.library import Library
from knowledge.language.normalize import clean
from knowledge.plan.key import EntryKey, EntryKind, TaskKey
from knowledge.plan.model import Card, Target
from knowledge.reports.merge import subject_of
from knowledge.reports.model import Update, UpdateKind, UpdateOutcome
from knowledge.standing.history import FIGURES
from knowledge.standing.periods import period_asked
from knowledge.standing.picture import frequency_of, owed
from knowledge.standing.report import Report, Status, counted
from storage.reports import NewReport, add_reports, reports_of

TASKS, TARGETS, LINES = 3, 4, 9
"""Tasks, targets and lines of the form on a page: a page is one message."""


def step(context: Context, actor: Actor, rest: str) -> Call | None:
    """What a button of these conversations, or /report alone, asks for; None for any other words."""
    verb, _, what = rest.partition(" ")
    plan = plan_of(context, actor)
    unit = own_unit(actor, plan)
    if unit is None:
        projects = projects_of(actor, plan)
        if verb not in {"", *Step} or (projects and verb == Step.SAME):
            return None
        return say(context, texts.of_project(projects[0]) if projects else texts.no_unit())
    if not rest and (asked := _asked(context, unit, plan)):
        return asked
    if not rest or (verb == Step.PAGE and what.isdecimal()):
        return _tasks(context, unit, plan, _page(what))
    if verb == Step.FORM:
        return _form(context, unit, plan, what)
    if verb == Step.SAME:
        return _no_change(context, actor, unit, plan, what)
    if verb == Step.TASK:
        return _targets(context, unit, plan, *what.split(" ")[:2])
    if verb in {Step.TARGET, Step.FIGURE}:
        key, _, typed = what.partition(" ")
        subject = subject_at(key, plan, context.library)
        if subject is not None:
            return figure(context, actor, unit, subject, typed.strip(), _steps(subject, key))
    if named := _named(context, plan, rest):
        return figure(context, actor, unit, named[0], "", _steps(*named))
    return _targets(context, unit, plan, rest)


def _named(context: Context, plan: str, typed: str) -> tuple[EntryKey, str] | None:
    """The target that nothing but its name was typed of, with its key."""
    said = clean(typed)
    found = reader_of(context.services.question_service).subjects.names.find(said)
    if not found or not found[0].full or len(said) > len(found[0].surface) + 1:
        return None
    subject = subject_of(found[0].entry.key)
    key = task_key(subject, context.library)
    return (subject, key) if key and subject.plan == plan else None


def _page(typed: str) -> int:
    return int(typed) if re.fullmatch("[1-9][0-9]{0,3}", typed) else 1


def _asked(context: Context, unit: str, plan: str) -> Call | None:
    """What is still to be reported, what was sent back last, each one tap from its figure; None where nothing is."""
    items = items_of_unit(context, unit, plan)
    left = sorted(owed(items), key=lambda one: one.ended is not None)
    subjects = {one.subject for one in left}
    back = [one for one in returned_to(context, unit, plan) if one.report.subject not in subjects]
    rows = [(one.subject, owed_row(one, _today(context))) for one in left]
    rows += [(one.report.subject, texts.sent_back(one)) for one in back if one.report.subject.kind is EntryKind.TARGET]
    if not rows:
        return None
    shown = [(said, Button(subject.name, figure_command(subject, context.library))) for subject, said in rows]
    reply = texts.asked(unit, items, shown, today=_today(context))
    return ask_for(replace(context, line="/report"), reply, "/report")


def _tasks(context: Context, unit: str, plan: str, page: int) -> Call:
    library = context.library
    tasks = tasks_of_unit(unit, plan, library, context.cards(plan))
    pages = max(1, -(-len(tasks) // TASKS))
    page = (page - 1) % pages + 1
    shown = [library.tasks[TaskKey(plan, id_)] for id_ in tasks[(page - 1) * TASKS : page * TASKS]]
    targets = len(_own(context, unit, plan))
    items, today = items_of_unit(context, unit, plan), _today(context)
    reply = texts.tasks(unit, shown, items, total=len(tasks), targets=targets, today=today, page=page, pages=pages)
    return ask_for(context, reply, "/report")


def _form(context: Context, unit: str, plan: str, what: str) -> Call:
    """The form of what is still to be reported; where there is nothing, or with `all`, of every target."""
    which, _, page_typed = what.partition(" ") if what.startswith(ALL) else ("", "", what)
    own, asked = _own(context, unit, plan), owed_periods(context, unit, plan)
    left = [(subject, target) for subject, target in own if subject in asked] if which != ALL else []
    listed = left or own
    pages = max(1, -(-len(listed) // LINES))
    page = (_page(page_typed) - 1) % pages + 1
    shown = [target for _, target in listed[(page - 1) * LINES : page * LINES]]
    names = [(target.task, target.name) for target in shown]
    last = last_figures(reports_of(context.session, plan, targets=names), unit, _today(context))
    rows = [
        (target, texts.last_in_form(last.get((target.task, target.name)), target, _today(context))) for target in shown
    ]
    reply = texts.batch(form(rows), count=len(listed), owed=bool(left), page=page, pages=pages)
    return say(context, reply)


def _targets(context: Context, unit: str, plan: str, task: str, page: str = "1") -> Call | None:
    library = context.library
    found, key = targets_in(plan, task, library), TaskKey(plan, task)
    if key not in library.tasks and not found:
        return None
    pages = max(1, -(-len(found) // TARGETS))
    number = (int(page) - 1) % pages + 1 if page.isdecimal() else 1
    first = (number - 1) * TARGETS
    last = last_figures(
        reports_of(context.session, plan, targets=[(task, target.name) for target in found] or None),
        unit,
        _today(context),
    )
    rows = [
        (f"{task}/{at}", target, last.get((task, target.name)))
        for at, target in enumerate(found[first : first + TARGETS], first + 1)
    ]
    title = library.tasks[key].title if key in library.tasks else ""
    return say(context, texts.targets(task, title, rows, today=_today(context), page=number, pages=pages))


def _steps(subject: EntryKey, key: str) -> texts.Steps:
    return texts.Steps(
        figure=f"/report {Step.FIGURE} {key}",
        same=f"/report {Step.SAME} {key}",
        back=f"/report {Step.TASK} {subject.task}",
    )


def figure(context: Context, actor: Actor, unit: str, subject: EntryKey, typed: str, steps: texts.Steps) -> Call:
    """Ask for the number, showing what was reported last; or read what was typed."""
    library = context.library
    target = target_of(subject, library)
    if not typed:
        reports = reports_of(context.session, subject.plan, targets=[(subject.task, subject.name)])
        last = last_figures(reports, unit, _today(context)).get((subject.task, subject.name))
        return ask_for(context, texts.ask_figure(subject, target, last, steps, today=_today(context)), steps.figure)
    known = updates_of(context, unit, subject, typed)
    if not known:
        return ask_for(context, texts.unread_figure(subject, target, steps), steps.figure)
    period = steps.for_period or owed_periods(context, unit, subject.plan).get(subject)
    items = tuple(item_of(update, today=_today(context), for_period=period) for update in known)
    if not storable(items):
        return say(context, report_texts.too_large())
    draft = Draft(items=items, text=typed, told=steps.told)
    return show(context, actor, drafts.begin(context, draft), draft)


def updates_of(context: Context, unit: str, subject: EntryKey, typed: str) -> list[Update]:
    """What was typed of a subject, with or without its name."""
    reader = reader_of(context.services.question_service)
    for text in (typed, f"{subject.task} {subject.name}{typed}"):
        found = reader.read(text, today=_today(context), unit=unit)
        known = [update for update in found.updates if update.subject == subject]
        if found.outcome is UpdateOutcome.UNDERSTOOD and known:
            return known
    return []


def _no_change(context: Context, actor: Actor, unit: str, plan: str, what: str) -> Call:
    """Nothing has changed: of one target that is shown, or of all that the unit owes now, which are shown first."""
    one = subject_at(what, plan, context.library)
    left = owed_periods(context, unit, plan)
    if one is None and left and what != ALL:
        return say(context, texts.confirm_unchanged(unit, list(left)))
    wanted = [(one, left.get(one))] if one else list(left.items())
    return settle(context, texts.unchanged(unit, store_no_change(context, actor, wanted), single=one is not None))


def store_no_change(
    context: Context, actor: Actor, subjects: Iterable[tuple[EntryKey, str | None]]
) -> tuple[EntryKey, ...]:
    """Record that nothing has changed of those for which the person's unit is responsible; which these are.

    Each is for the one period with that label; None: the one that is asked for today.
    """
    spoken = [
        (subject, label, speaker_of(actor, subject, context.library, context.cards(subject.plan)))
        for subject, label in subjects
    ]
    stored = [
        (subject, label or _asked_today(context, subject), speaker.unit)
        for subject, label, speaker in spoken
        if speaker is not None and speaker.responsible
    ]
    if actor.member is None or not stored:
        return ()
    numbers = add_reports(
        context.session,
        [
            NewReport(
                subject=subject,
                unit=unit,
                kind=UpdateKind.NO_CHANGE,
                said=NO_CHANGE_SAID,
                as_of=_today(context),
                for_period=label,
                author=actor.member,
                status=Status.ACCEPTED,
            )
            for subject, label, unit in stored
        ],
        now=context.now,
    )
    note_each(context, actor, "report", [f"report:{number}" for number in numbers], {"status": Status.ACCEPTED.value})
    return tuple(subject for subject, _, _ in stored)


def _asked_today(context: Context, subject: EntryKey) -> str:
    """The label of the period whose figures of the subject are asked for."""
    target = target_in_force(subject, context.library, context.cards(subject.plan))
    frequency = frequency_of(target.card if target else Card())
    return period_asked(frequency, _today(context), context.services.remind.due_days).label


def _own(context: Context, unit: str, plan: str) -> tuple[tuple[EntryKey, Target], ...]:
    return targets_of_unit(unit, plan, context.library, context.cards(plan))


def last_figures(reports: tuple[Report, ...], unit: str, today: date) -> dict[tuple[str, str], Report]:
    """The unit's last counted report with a figure of each subject, by (task, name)."""
    return {
        (report.subject.task, report.subject.name): report
        for report in counted(reports, today=today)
        if report.unit == unit and report.kind in FIGURES
    }


def subject_at(key: str, plan: str, library: Library) -> EntryKey | None:
    """The target that a button names as `task/n`."""
    task, _, number = key.partition("/")
    found = targets_in(plan, task, library)
    if not number.isdecimal() or not 1 <= int(number) <= len(found):
        return None
    return EntryKey(EntryKind.TARGET, found[int(number) - 1].name, plan, task)


def task_key(subject: EntryKey, library: Library) -> str:
    """`task/n` of a target; empty of what is none."""
    if subject.kind is not EntryKind.TARGET:
        return ""
    names = [target.name for target in targets_in(subject.plan, subject.task, library)]
    return f"{subject.task}/{names.index(subject.name) + 1}" if subject.name in names else ""


def figure_command(subject: EntryKey, library: Library) -> str:
    """The command that asks for a figure of the subject; of what is no target, that of all."""
    key = task_key(subject, library)
    return f"/report {Step.FIGURE} {key}" if key else "/report"


def _today(context: Context) -> date:
    return context.services.clock.today()
