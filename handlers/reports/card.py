"""Showing a draft's next report: what was understood, before → after, what looks wrong, and what one can do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.access.policy import Action, Actor, Refusal, Resource, may, refusal
from handlers.access.responsibility import (
    Speaker,
    acted,
    answering_for,
    awaiting_an_owner,
    speaker_for,
    speaker_of,
    target_in_force,
)
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.progress.pictures import time_in_force
from handlers.reports import texts, texts_on_behalf
from handlers.reports.drafts import Draft, DraftedFor, DraftItem
from handlers.reports.plausibility import Compared, compared
from handlers.texts.rights import refused
from knowledge.plan.key import EntryKey
from knowledge.plan.model import Card, Target
from knowledge.reports.model import UpdateKind
from knowledge.standing.history import FIGURES
from knowledge.standing.periods import ReportingPeriod, period_of, period_on
from knowledge.standing.picture import frequency_of
from knowledge.standing.report import Report
from storage.drafts import Kept, close_draft
from storage.reports import reports_of
from storage.rich_text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationCard:
    """A draft's next report with all that its card shows."""

    draft: Draft
    target: Target | None
    speaker: Speaker
    compared: Compared
    period: ReportingPeriod
    """That it counts for."""

    @property
    def is_plain(self) -> bool:
        """Whether nothing about it looks wrong, it corrects nothing, and it counts at once."""
        return not self.compared.odd and self.draft.item.corrects is None and self.speaker.responsible


def show(
    context: Context,
    actor: Actor,
    kept: Kept,
    draft: Draft,
    *,
    lead: Text = "",
    reminds: bool = False,
    over: int | None = None,
) -> Call:
    """The card of the draft's next report; a draft for which the person may not speak is closed and turned away.

    `over` is the card's own message, where one of its buttons was tapped.
    """
    if draft.behalf is not None and draft.behalf.source is None:
        return say(context, texts_on_behalf.ask_source(draft, draft.behalf, key=_key(kept), lead=lead), over=over)
    several = look_at_all(context, actor, draft) if len(draft.items) > 1 and not draft.each else ()
    if len(plain_of(several)) > 1:
        return _show_several(context, kept, draft, several, lead=lead, reminds=reminds, over=over)
    asked = look(context, actor, draft)
    if asked is None:
        close_draft(context.session, kept)
        return say(context, texts.turned_away(lead, _why_not(context, actor, draft)))
    return say(
        context,
        texts.card(
            draft,
            asked.target,
            asked.speaker,
            asked.compared,
            asked.period,
            key=_key(kept),
            today=context.services.clock.today(),
            lead=lead,
            reminds=reminds,
        ),
        over=over,
    )


def _show_several(
    context: Context,
    kept: Kept,
    draft: Draft,
    several: Sequence[ConfirmationCard | None],
    *,
    lead: Text,
    reminds: bool,
    over: int | None,
) -> Call:
    """All of a message on one card; what looks wrong, or may not be reported, is left to be looked at by itself."""
    plain = plain_of(several)
    rows = [
        texts.ReportLine(item, asked.compared if asked else None, asked.period if asked else None, plain=asked in plain)
        for item, asked in zip(draft.items, several, strict=True)
    ]
    reply = texts.several(
        rows,
        plain[0].speaker.unit,
        draft.behalf,
        key=_key(kept),
        today=context.services.clock.today(),
        lead=lead,
        reminds=reminds,
    )
    return say(context, reply, over=over)


def _key(kept: Kept) -> str:
    return f"/report #{kept.id}.{kept.version}"


def shown_together(context: Context, actor: Actor, draft: Draft) -> bool:
    """Whether the card shows several reports that can be confirmed at once."""
    return len(draft.items) > 1 and not draft.each and len(plain_of(look_at_all(context, actor, draft))) > 1


def plain_of(several: Sequence[ConfirmationCard | None]) -> list[ConfirmationCard]:
    """Those that can be confirmed together: nothing about them looks wrong, and each is the only one of its subject."""
    found = [one for one in several if one is not None]
    subjects = Counter(map(_told_of, found))
    return [one for one in found if one.is_plain and subjects[_told_of(one)] == 1]


def _told_of(one: ConfirmationCard) -> tuple[EntryKey, bool]:
    """A problem is told beside a figure of the same."""
    item = one.draft.item
    return item.subject, item.says is UpdateKind.PROBLEM


def look(context: Context, actor: Actor, draft: Draft) -> ConfirmationCard | None:
    """The draft's next report; None where the person may not report this."""
    return look_at_all(context, actor, replace(draft, items=draft.items[:1]))[0]


def look_at_all(context: Context, actor: Actor, draft: Draft) -> tuple[ConfirmationCard | None, ...]:
    """Each of the draft's reports as the only one of a draft; None where the person may not report it."""
    plans = {item.plan for item in draft.items}
    reports = {
        plan: reports_of(
            context.session, plan, targets=[(item.task, item.name) for item in draft.items if item.plan == plan]
        )
        for plan in plans
    }
    return tuple(_look(context, actor, replace(draft, items=(item,)), reports[item.plan]) for item in draft.items)


def _look(context: Context, actor: Actor, draft: Draft, reports: Sequence[Report]) -> ConfirmationCard | None:
    item, library = draft.item, context.library
    cards = context.cards(item.plan)
    if draft.behalf is not None:
        speaker: Speaker | None = speaker_for(draft.behalf.unit, item.subject, library, cards)
    else:
        speaker = speaker_of(actor, item.subject, library, cards)
    if speaker is None or _refusal(context, actor, item, draft.behalf):
        return None
    if draft.behalf is not None and not speaker.responsible:
        return None
    if draft.behalf is None and item.says in FIGURES:
        speaker = awaiting_an_owner(speaker, item.subject, library, cards)
    target = target_in_force(item.subject, library, cards)
    found = compared(
        item,
        target,
        time_in_force(context, item.plan),
        reports,
        unit=speaker.unit,
        today=context.services.clock.today(),
        now=context.now,
    )
    return ConfirmationCard(
        draft=draft, target=target, speaker=speaker, compared=found, period=_period(context, item, target)
    )


def _period(context: Context, item: DraftItem, target: Target | None) -> ReportingPeriod:
    """That of the reminder it answers or of what it corrects, else the one that its day is in."""
    due_days = context.services.remind.due_days
    if item.for_period is not None:
        return period_of(item.for_period, due_days)
    frequency = frequency_of(target.card if target else Card())
    return period_on(frequency, item.day(context.services.clock.today()), due_days)


def _why_not(context: Context, actor: Actor, draft: Draft) -> Text:
    """Why the report asked about may not be made."""
    item = draft.item
    if why := _refusal(context, actor, item, draft.behalf):
        return refused(why, context.services.me.link)
    if draft.behalf is None:
        return texts.NO_UNIT
    units = answering_for(item.subject, context.library, context.cards(item.plan))
    return texts_on_behalf.not_responsible(draft.behalf, item, sorted(units))


def _refusal(context: Context, actor: Actor, item: DraftItem, behalf: DraftedFor | None) -> Refusal | None:
    """A unit may report for another, but only those responsible raise a problem; a contact has one project."""
    if behalf is not None:
        section = acted(item.subject, context.library, context.cards(item.plan)).section
        of_unit = Resource(plan=item.plan, units=frozenset({behalf.unit}), section=section)
        return refusal(actor, Action.RECORD_ON_BEHALF, of_unit)
    about = acted(item.subject, context.library, context.cards(item.plan))
    if item.says is UpdateKind.PROBLEM:
        return refusal(actor, Action.RAISE_PROBLEM, about)
    if may(actor, Action.REPORT, about) or may(actor, Action.REPORT_FOR_OTHER, about):
        return None
    return refusal(actor, Action.REPORT if may(actor, Action.REPORT) else Action.REPORT_FOR_OTHER, about)
