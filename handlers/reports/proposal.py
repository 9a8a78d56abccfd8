"""A report in words: read, and shown to be confirmed."""

from collections.abc import Collection

from handlers.access.policy import Action, Actor
from handlers.access.responsibility import own_unit
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.questions.handler import ask
from handlers.reports import drafts, texts
from handlers.reports.batch_form import filled
from handlers.reports.card import show
from handlers.reports.codes import Step
from handlers.reports.drafts import Draft, DraftItem, item_of, storable
from handlers.services.red_lines import reminds
from handlers.services.report_reader import reader_of
from handlers.texts import report_words as update_texts
from handlers.texts.reply import Button, Reply
from knowledge.entities.choice import Choice
from knowledge.plan.key import EntryKey
from knowledge.reports.model import Unclear, Understanding, Update, UpdateOutcome
from knowledge.reports.speech_acts import CORRECTION
from storage.report_row import Record
from storage.reports import last_by


def hear_report(context: Context, text: str) -> Call:
    """What follows /report, or was chosen by a button; a question is answered here too."""
    actor = context.actor
    if no := turned_away(context, actor, Action.REPORT):
        return no
    return propose(context, actor, text, understanding_of(context, actor, text)) or ask(context, text)


def propose(
    context: Context, actor: Actor, text: str, understood: Understanding, *, corrected: Collection[Record] = ()
) -> Call | None:
    """Show what was understood, to be confirmed, or ask back; None where it is no report."""
    if understood.outcome is UpdateOutcome.NOT_UPDATE:
        return None
    if understood.outcome is UpdateOutcome.CLARIFY and not understood.updates:
        return say(context, _asked_back(understood))
    items = tuple(_item(context, actor, text, update, corrected) for update in understood.updates)
    if not storable(items):
        return say(context, texts.too_large())
    draft = Draft(items=items, text=text)
    lead = texts.unclear_besides(understood) if understood.outcome is UpdateOutcome.CLARIFY else ""
    return show(context, actor, drafts.begin(context, draft), draft, lead=lead, reminds=reminds(text))


def understanding_of(context: Context, actor: Actor, text: str) -> Understanding:
    """A filled-in form is read line by line, anything else as a whole."""
    question_service = context.services.question_service
    plan = plan_of(context, actor) if actor.grants else ""
    form = filled(text, plan, question_service.library)
    if form is not None:
        text = form
    return reader_of(question_service).read(
        text, today=context.services.clock.today(), unit=own_unit(actor, plan), last=_last_subject(context, actor)
    )


def _last_subject(context: Context, actor: Actor) -> EntryKey | None:
    """What 说错了 means: what is being asked about, else what the person reported last."""
    if actor.member is None:
        return None
    if open_one := drafts.current(context):
        return open_one[1].item.subject
    last = last_by(context.session, actor.member)
    return last.report.subject if last else None


def _item(context: Context, actor: Actor, text: str, update: Update, corrected: Collection[Record]) -> DraftItem:
    """With the report that it takes the place of: the edited message's own, or the last one that 说错了 means."""
    held = [record for record in corrected if record.report.subject == update.subject]
    if not held and actor.member is not None and CORRECTION.shows(text):
        last = last_by(context.session, actor.member, update.subject)
        held = [last] if last else []
    return item_of(update, corrects=held[-1].number if held else None)


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
