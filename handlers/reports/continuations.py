"""又多了20: a report that names nothing goes on about what was spoken of last, else is of what is owed."""

import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum, auto
from itertools import islice

from handlers.access.responsibility import own_plan, own_unit
from handlers.chat.context import Context
from handlers.questions.handler import MEMORY_LIFE, subject_spoken_of
from handlers.reports import drafts
from handlers.reports.owed_items import owed_periods, returned_to
from knowledge.entities.choice import Choice
from knowledge.language.quantities.quantity import quantities
from knowledge.plan.key import EntryKey
from knowledge.reports.model import Unclear, Understanding, Update, UpdateKind, UpdateOutcome
from knowledge.reports.speech_acts import BY_NOW, QUESTION
from knowledge.reports.whole_and_part import as_fraction
from knowledge.reports.work_states import state_of
from storage.reports import live_by

_NUMBERS = {UpdateKind.READING, UpdateKind.INCREMENT, UpdateKind.PERCENT}
_MOST, _TWO = 6, 2
_MORE_BEFORE = re.compile(r"(?:又|再)[^,，\d要将会想得]{0,4}$")
_MORE_BEHIND = re.compile(r"[^\d,，。;；]?(?:了|吧)?(?=$|[,，。;；])")
Reads = Callable[[str], Understanding]
SubjectsOf = Callable[[], tuple[EntryKey, ...]]


class GoesOn(StrEnum):
    """How words without a subject tell that they go on about one."""

    MORE = auto()
    """又多了20."""
    NEWER = auto()
    """上月底8个,这会儿9个."""
    PART = auto()
    """64所成了60所."""


def goes_on(read: Understanding, cleaned: str) -> GoesOn | None:
    """None where something was read, or nothing of the kind is said."""
    asked = read.outcome is UpdateOutcome.CLARIFY and read.unclear is Unclear.WHICH
    if read.updates or not (asked or read.outcome is UpdateOutcome.NOT_UPDATE) or QUESTION.shows(cleaned):
        return None
    figures = [one for one in quantities(cleaned) if one.is_certain]
    if as_fraction(cleaned) is not None:
        return GoesOn.PART
    if len(figures) >= _TWO and BY_NOW.shows(cleaned):
        return GoesOn.NEWER
    more = any(_MORE_BEFORE.search(cleaned[: one.start]) and _MORE_BEHIND.match(cleaned, one.end) for one in figures)
    return GoesOn.MORE if more else None


def tells_of_nothing(read: Understanding, cleaned: str) -> bool:
    """Whether there is a figure or a state, and nothing that it is of."""
    told = any(one.is_certain for one in quantities(cleaned)) or state_of(cleaned) is not None
    return told and read.outcome is UpdateOutcome.NOT_UPDATE and not QUESTION.shows(cleaned)


def continued(
    text: str, read: Understanding, how: GoesOn | None, reads: Reads, lately: SubjectsOf, owed: SubjectsOf
) -> Understanding:
    """As told of the one thing spoken of lately, else of the one that is owed; else it is asked which, those first.
    What was named in part is only one of the choices that were read; without a word of going on none is taken."""
    found: dict[EntryKey, Understanding] = {}
    for subjects in (lately, owed):
        told = {one: it for one in subjects() if _may_be(one, read) and (it := _told_of(one, text, how, reads))}
        if len(told) == 1 and how is not None and not found:
            return next(iter(told.values()))
        found |= told
    own = tuple(Choice(f"{one.task} {one.name}", f"{_name(one)}{text}") for one in found)
    rest = tuple(choice for choice in read.choices if choice.label not in {one.label for one in own})
    choices = tuple(islice((*own, *rest), _MOST))
    return Understanding(outcome=UpdateOutcome.CLARIFY, choices=choices, unclear=Unclear.WHICH, said=text.strip())


def _may_be(subject: EntryKey, read: Understanding) -> bool:
    return not read.choices or any(one.label == f"{subject.task} {subject.name}" for one in read.choices)


def _told_of(subject: EntryKey, text: str, how: GoesOn | None, reads: Reads) -> Understanding | None:
    """The words with the subject's name before them, if they then tell a figure or a state of it alone."""
    name = _name(subject)
    told = reads(f"{name}{text}")
    if told.outcome is not UpdateOutcome.UNDERSTOOD or len(told.updates) != 1:
        return None
    (update,) = told.updates
    if update.subject != subject or not _tells(update, how):
        return None
    as_typed = replace(update, said=update.said.replace(name, ""), note=update.note.replace(name, ""))
    return replace(told, updates=(as_typed,))


def _tells(update: Update, how: GoesOn | None) -> bool:
    if how is GoesOn.MORE:
        return update.kind is UpdateKind.INCREMENT
    if how is GoesOn.PART:
        return update.kind is UpdateKind.READING and update.unit == "%"
    return update.kind in _NUMBERS or (how is None and update.kind is UpdateKind.STATE)


def _name(subject: EntryKey) -> str:
    return f"{subject.task} {subject.name}"


def spoken_of_lately(context: Context) -> tuple[EntryKey, ...]:
    """What the open card is of, else what was reported last and what was asked about last, if they are not long ago."""
    member = context.actor.member
    if member is None:
        return ()
    if held := drafts.current(context):
        return (held[1].item.subject,)
    made = live_by(context.session, member, since=context.now - MEMORY_LIFE, limit=1)
    asked = subject_spoken_of(context.memory, context.library)
    return tuple(dict.fromkeys((*(one.report.subject for one in made), *((asked,) if asked else ()))))


def owed_subjects(context: Context) -> tuple[EntryKey, ...]:
    """What was returned to the person's unit and what it still owes."""
    plan = own_plan(context.actor, context.library)
    unit = own_unit(context.actor, plan)
    if unit is None:
        return ()
    returned = (one.report.subject for one in returned_to(context, unit, plan))
    return tuple(dict.fromkeys((*returned, *owed_periods(context, unit, plan))))
