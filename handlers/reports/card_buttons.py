"""/report: what the buttons of a draft do. Each step asks for the rights again, for the person as they are now.

A draft's command is `/report #<draft>.<version> <verb> <what was typed>`; /report with other words begins one.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from handlers.access.policy import Action, Actor, may
from handlers.access.responsibility import own_plan, own_unit, target_of, targets_of_unit
from handlers.chat.authorize import turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.reports import drafts, guided, texts
from handlers.reports.card import show
from handlers.reports.codes import CardVerb, Step
from handlers.reports.confirmation import confirm, confirm_all
from handlers.reports.drafts import Draft, DraftItem, item_of, storable
from handlers.reports.proposal import hear_report
from handlers.reports.texts_lifecycle import line
from handlers.services.report_reader import reader_of
from handlers.texts.reply import Reply
from handlers.texts.standing import NO_CHANGE_SAID
from knowledge.language.normalize import clean
from knowledge.reports.days import overall, stated_days
from knowledge.reports.model import AnswerSource, Update, UpdateKind, UpdateOutcome
from storage import evidence
from storage.drafts import Kept, close_draft
from storage.reports import of_draft
from storage.rich_text import Text, joined

_DRAFT = re.compile(r"#([0-9]{1,18})\.([0-9]{1,9}) (\S+) ?(.*)", re.DOTALL)
_OTHERS = 5


def report(context: Context, rest: str) -> Call:
    """/report and what follows it."""
    actor = context.actor
    found = _DRAFT.fullmatch(rest)
    writes_down = found is not None and may(actor, Action.RECORD_ON_BEHALF)
    if not writes_down and (no := turned_away(context, actor, Action.REPORT)):
        return no
    if found is None:
        said = NO_CHANGE_SAID if rest == Step.SAME else rest.removeprefix(f"{Step.SAY} ")
        return guided.step(context, actor, rest) or hear_report(context, said)
    held = drafts.taken(context, int(found[1]), int(found[2]))
    verb = _VERBS.get(found[3])
    if held is None or verb is None:
        return _what_became(context, actor, int(found[1]))
    return verb(context, actor, *held, found[4].strip())


def _what_became(context: Context, actor: Actor, number: int) -> Call:
    """A button of a card that is settled or was changed: what has happened to it meanwhile."""
    if (latest := drafts.current(context)) is not None and latest[0].id == number:
        return show(context, actor, *latest, lead=texts.changed_since())
    own = [one for one in of_draft(context.session, number) if one.author == actor.member]
    if not own:
        return say(context, texts.GONE)
    library = context.library
    lines = [line(one, target_of(one.report.subject, library)) for one in own]
    return say(context, texts.recorded_before(lines, own[-1].number))


def _each(context: Context, actor: Actor, kept: Kept, draft: Draft, _typed: str) -> Call:
    one_by_one = replace(draft, each=True)
    return show(context, actor, drafts.change(context, kept, one_by_one), one_by_one, over=context.tapped)


def _cancel(context: Context, _actor: Actor, kept: Kept, draft: Draft, _typed: str) -> Call:
    close_draft(context.session, kept)
    if not draft.done:
        evidence.drop_of_draft(context.session, kept.id)
    return settle(context, texts.cancelled(draft.text))


def _skip(context: Context, actor: Actor, kept: Kept, draft: Draft, _typed: str) -> Call:
    left = draft.rest(done=False)
    if not left.items:
        return _cancel(context, actor, kept, draft, "")
    changed = drafts.change(context, kept, left)
    return show(context, actor, changed, left, lead=texts.skipped(draft.item), over=context.tapped)


def _change_number(context: Context, actor: Actor, kept: Kept, draft: Draft, typed: str) -> Call:
    item = draft.item
    if not typed:
        return ask_for(context, texts.ask_number(item), _key(kept, CardVerb.NUMBER))
    read = read_about(context, actor, item, typed)
    if read is None:
        return _again(context, texts.unread("数"), texts.ask_number(item), _key(kept, CardVerb.NUMBER))
    new = item_of(
        read,
        today=item.day(context.services.clock.today()),
        corrects=item.corrects,
        for_period=item.for_period,
    )
    new = replace(new, note=new.note or item.note)
    if not storable([new]):
        return say(context, texts.too_large())
    return _changed(context, actor, kept, draft, new)


def _change_day(context: Context, actor: Actor, kept: Kept, draft: Draft, typed: str) -> Call:
    if not typed:
        return ask_for(context, texts.ask_day(draft.item), _key(kept, CardVerb.DAY))
    day = read_day(typed, context.services.clock.today())
    if day is None:
        return _again(context, texts.unread("日期"), texts.ask_day(draft.item), _key(kept, CardVerb.DAY))
    return _changed(context, actor, kept, draft, replace(draft.item, as_of=day))


def _date_today(context: Context, actor: Actor, kept: Kept, draft: Draft, _typed: str) -> Call:
    return _changed(context, actor, kept, draft, replace(draft.item, as_of=context.services.clock.today()))


def _set_source(context: Context, actor: Actor, kept: Kept, draft: Draft, typed: str) -> Call:
    """How the word came that is written down for a unit."""
    source = next((one for one in AnswerSource if one == typed), None)
    if draft.behalf is None or source is None:
        return show(context, actor, kept, draft, over=context.tapped)
    new = replace(draft, behalf=replace(draft.behalf, source=source))
    return show(context, actor, drafts.change(context, kept, new), new, over=context.tapped)


def _add_note(context: Context, actor: Actor, kept: Kept, draft: Draft, typed: str) -> Call:
    if not typed:
        return ask_for(context, texts.ask_note(draft.item, reason=False), _key(kept, CardVerb.NOTE))
    joined = "；".join(filter(None, (draft.item.note, typed)))
    return _changed(context, actor, kept, draft, replace(draft.item, note=joined))


def _anyway(context: Context, actor: Actor, kept: Kept, draft: Draft, typed: str) -> Call:
    """What looks wrong and is meant: with its reason, shown first, it can be confirmed."""
    if not typed:
        return ask_for(context, texts.ask_note(draft.item, reason=True), _key(kept, CardVerb.ANYWAY))
    return _add_note(context, actor, kept, draft, typed)


def _other(context: Context, actor: Actor, kept: Kept, draft: Draft, _typed: str) -> Call:
    """Ask which one was meant: first what the same number fits in the person's own tasks."""
    item, library = draft.item, context.library
    measure = item.measure or getattr(target_of(item.subject, library), "unit", None)
    unit = draft.behalf.unit if draft.behalf else own_unit(actor, item.plan)
    own = targets_of_unit(unit, item.plan, library, context.cards(item.plan)) if unit else ()
    fitting = sorted(
        (target for subject, target in own if subject != item.subject),
        key=lambda target: (target.task != item.task, target.unit != measure),
    )
    others = [
        (f"{target.task} {target.name}", f"{_key(kept, CardVerb.MOVE)} {target.task} {target.name}")
        for target in fitting[:_OTHERS]
    ]
    return ask_for(context, texts.ask_other(item, others), _key(kept, CardVerb.MOVE))


def _move(context: Context, actor: Actor, kept: Kept, draft: Draft, typed: str) -> Call:
    """The same words, of the subject that was named."""
    item = draft.item
    read = _read(context, actor, f"{typed}，{item.said}") or _read(context, actor, f"{typed}{item.said}")
    if read is None or read.subject == item.subject:
        return _other(context, actor, kept, draft, "")
    moved = item_of(read, today=item.day(context.services.clock.today()))
    moved = replace(moved, as_of=item.as_of, note=item.note)
    return _changed(context, actor, kept, draft, moved) if storable([moved]) else say(context, texts.too_large())


def _changed(context: Context, actor: Actor, kept: Kept, draft: Draft, item: DraftItem) -> Call:
    new = draft.with_item(item)
    return show(context, actor, drafts.change(context, kept, new), new, over=context.tapped)


def _again(context: Context, sentence: Text, question: Reply, command: str) -> Call:
    """Ask once more."""
    return ask_for(context, replace(question, head=joined((sentence, question.head))), command)


def _key(kept: Kept, verb: str) -> str:
    return f"/report #{kept.id}.{kept.version} {verb}"


def read_about(context: Context, actor: Actor, item: DraftItem, typed: str) -> Update | None:
    """A number or a state, typed where the subject is known; None where it says no such thing of it."""
    prefix = f"{item.task} {item.name}"
    for text in (typed, f"{prefix}{typed}", f"{prefix}，{typed}"):
        read = _read(context, actor, text)
        if read is not None and read.subject == item.subject and read.kind is not UpdateKind.NOTE:
            return replace(read, said=typed)
    return None


def read_day(typed: str, today: date) -> date | None:
    """A day, as 3月31日 or 昨天."""
    day, _ = overall(stated_days(clean(typed), today))
    return day


def _read(context: Context, actor: Actor, text: str) -> Update | None:
    """What a text reports, where it is one thing."""
    plan = own_plan(actor, context.library)
    found = reader_of(context.services.question_service).read(
        text, today=context.services.clock.today(), unit=own_unit(actor, plan)
    )
    return found.updates[0] if found.outcome is UpdateOutcome.UNDERSTOOD and len(found.updates) == 1 else None


_VERBS: dict[str, Callable[[Context, Actor, Kept, Draft, str], Call]] = {
    CardVerb.CONFIRM: confirm,
    CardVerb.ALL: confirm_all,
    CardVerb.EACH: _each,
    CardVerb.NUMBER: _change_number,
    CardVerb.DAY: _change_day,
    CardVerb.TODAY: _date_today,
    CardVerb.OTHER: _other,
    CardVerb.SOURCE: _set_source,
    CardVerb.MOVE: _move,
    CardVerb.NOTE: _add_note,
    CardVerb.ANYWAY: _anyway,
    CardVerb.SKIP: _skip,
    CardVerb.CANCEL: _cancel,
}
