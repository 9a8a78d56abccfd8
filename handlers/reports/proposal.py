"""A report in words: read, and shown to be confirmed."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from handlers.access.policy import Action, Actor
from handlers.access.responsibility import own_plan, own_unit, projects_of
from handlers.chat.authorize import turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.questions.handler import ask
from handlers.reports import drafts, texts
from handlers.reports.batch_form import filled
from handlers.reports.card import show
from handlers.reports.codes import Step
from handlers.reports.drafts import Draft, DraftItem, correcting, item_of, storable
from handlers.reports.owed_items import LATELY, owed_periods
from handlers.services.question_service import QuestionService
from handlers.services.red_lines import reminds
from handlers.services.report_reader import reader_of
from handlers.texts import report_words as update_texts
from handlers.texts.reply import Button, Reply
from knowledge.entities.choice import Choice
from knowledge.language.normalize import clean
from knowledge.plan.key import EntryKey
from knowledge.reports.corrections import Restatement, restatement
from knowledge.reports.model import Unclear, Understanding, Update, UpdateKind, UpdateOutcome
from knowledge.reports.reader import UpdateReader
from knowledge.reports.speech_acts import CORRECTION
from storage.report_row import Record
from storage.reports import last_by, live_by

_LOOKED_AT = 60
"""Of a person's own reports, to find the one with the number that is said to be wrong."""


def hear_report(context: Context, text: str) -> Call:
    """What follows /report, or was chosen by a button; a question is answered here too."""
    actor, service = context.actor, context.services.question_service
    if no := turned_away(context, actor, Action.REPORT):
        return no
    today = context.services.clock.today()
    understood = read_report(text, service, actor, today, partial(last_subject, context, text))
    if understood.outcome is UpdateOutcome.NOT_UPDATE:
        return ask(context, text)
    return propose(context, text, understood)


def propose(context: Context, text: str, understood: Understanding, *, corrected: Collection[Record] = ()) -> Call:
    """Show what a report was understood to say, to be confirmed, or ask back."""
    if understood.outcome is UpdateOutcome.CLARIFY and not understood.updates:
        return say(context, _asked_back(understood))
    periods = _asked_periods(context, text)
    items = tuple(_item(context, text, update, corrected, periods) for update in understood.updates)
    if not storable(items):
        return say(context, texts.too_large())
    if len(items) == 1 and items[0].says is UpdateKind.PROBLEM:
        items = (replace(items[0], said=text.strip()),)
    draft = Draft(items=items, text=text)
    lead = texts.unclear_besides(understood) if understood.outcome is UpdateOutcome.CLARIFY else ""
    return show(context, context.actor, drafts.begin(context, draft), draft, lead=lead, reminds=reminds(text))


def read_report(
    text: str, question_service: QuestionService, actor: Actor, today: date, last: Callable[[], EntryKey | None]
) -> Understanding:
    """A filled-in form is read line by line, anything else as a whole; `last` is what 说错了 corrects."""
    library = question_service.library
    plan = own_plan(actor, library) if actor.grants else ""
    form, reader = filled(text, plan, library), reader_of(question_service)
    words = text if form is None else form
    read = reader.read(words, today=today, unit=own_unit(actor, plan), last=last)
    projects = projects_of(actor, plan)
    names_other = read.updates or any(one.full for one in reader.subjects.names.find(clean(text)))
    return read if not projects or names_other else _of_projects(text, read, projects, reader, today)


def _of_projects(
    text: str, read: Understanding, projects: Collection[str], reader: UpdateReader, today: date
) -> Understanding:
    """What names nothing, as said of the only project that its contact reports on; of several, which."""
    said = {one: reader.read(f"{one}{text}", today=today) for one in projects}
    if any(one.outcome is not UpdateOutcome.UNDERSTOOD or not _tells(name, one) for name, one in said.items()):
        return read
    if len(said) == 1:
        return next(iter(said.values()))
    choices = tuple(Choice(one, f"{one}{text}") for one in projects)
    return Understanding(outcome=UpdateOutcome.CLARIFY, choices=choices, unclear=Unclear.WHICH, said=text)


def _tells(project: str, read: Understanding) -> bool:
    """Whether it is of the project, and more than a note."""
    return all(one.subject.name == project and one.kind is not UpdateKind.NOTE for one in read.updates)


def last_subject(context: Context, text: str = "") -> EntryKey | None:
    """Of what the wrong number of `text` was reported, else what is being asked about or the person reported last."""
    if context.actor.member is None:
        return None
    if told := restatement(text):
        return _restated_subject(context, context.actor.member, told)
    if open_one := drafts.current(context):
        return open_one[1].item.subject
    last = last_by(context.session, context.actor.member)
    return last.report.subject if last else None


def _restated_subject(context: Context, member: int, told: Restatement) -> EntryKey | None:
    """Of the open card with the wrong number, else of the person's last report of it."""
    made = live_by(context.session, member, since=context.now - LATELY, limit=_LOOKED_AT)
    held = (
        *((one.subject, one.value) for one in _shown(context)),
        *((one.report.subject, one.report.value) for one in made),
    )
    return next((subject for subject, value in held if told.was_of(value)), None)


def _asked_periods(context: Context, text: str) -> Mapping[EntryKey, str]:
    """Of what a form that was filled in had asked for; nothing was asked for by other words."""
    plan = own_plan(context.actor, context.library)
    if filled(text, plan, context.library) is None:
        return {}
    return owed_periods(context, own_unit(context.actor, plan), plan)


def _item(
    context: Context, text: str, update: Update, corrected: Collection[Record], periods: Mapping[EntryKey, str]
) -> DraftItem:
    """With the report that it takes the place of: the edited message's own, or the last one that 说错了 means. The
    card that is still open for it gives its day and period."""
    today = context.services.clock.today()
    held = next((record for record in reversed(tuple(corrected)) if record.report.subject == update.subject), None)
    told, member = restatement(text), context.actor.member
    if held is None and member is not None and (told or CORRECTION.shows(text)):
        shown = _on_card(context, update.subject, told)
        if shown is not None:
            day, period = shown.day(today), None if update.as_of else shown.for_period
            return item_of(update, today=day, corrects=shown.corrects, for_period=period)
        held = _taken_back(context, member, update.subject, told)
    return correcting(update, held) if held else item_of(update, today=today, for_period=periods.get(update.subject))


def _on_card(context: Context, subject: EntryKey, told: Restatement | None) -> DraftItem | None:
    """What an open card says of the subject, with the wrong number if one is told."""
    items = (item for item in _shown(context) if item.subject == subject)
    return next((item for item in items if told is None or told.was_of(item.value)), None)


def _shown(context: Context) -> Iterator[DraftItem]:
    """What the person's own open cards show."""
    return (item for _, draft in drafts.open_ones(context) if draft.behalf is None for item in draft.items)


def _taken_back(context: Context, member: int, subject: EntryKey, told: Restatement | None) -> Record | None:
    """The person's report with the wrong number, else the last one of the subject."""
    if told is not None:
        made = live_by(context.session, member, since=context.now - LATELY, limit=_LOOKED_AT)
        same = (one for one in made if one.report.subject == subject and told.was_of(one.report.value))
        if found := next(same, None):
            return found
    return last_by(context.session, member, subject)


def _asked_back(understood: Understanding) -> Reply:
    """The choices as buttons: a chosen one is heard as a report."""
    reply = update_texts.result(understood)
    return Reply(
        head=reply.head,
        blocks=(*reply.blocks, *([texts.OR_NAMED] if understood.unclear is Unclear.WHICH else [])),
        buttons=tuple(_button(choice) for choice in understood.choices[:6]),
    )


def _button(choice: Choice) -> Button:
    return Button(choice.label, f"/report {Step.SAY} {choice.message}")
