"""Showing a draft's next report: what was understood, before → after, what looks wrong, and what one can do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.access.policy import Action, Actor, Refusal, refusal
from handlers.access.responsibility import Speaker, acted, speaker_of, target_in_force
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.progress.pictures import time_in_force
from handlers.reports import texts
from handlers.reports.drafts import Draft, DraftItem
from handlers.reports.plausibility import Compared, compared
from handlers.texts.rights import refused
from knowledge.plan.model import Card, Target
from knowledge.reports.model import UpdateKind
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
    several = look_at_all(context, actor, draft) if len(draft.items) > 1 and not draft.each else ()
    if len(plain_of(several)) > 1:
        return _show_several(context, kept, draft, several, lead=lead, reminds=reminds, over=over)
    asked = look(context, actor, draft)
    if asked is None:
        close_draft(context.session, kept)
        why = _refusal(context, actor, draft.item)
        return say(context, texts.turned_away(lead, refused(why, context.services.me.link) if why else texts.NO_UNIT))
    key = f"/report #{kept.id}.{kept.version}"
    return say(
        context,
        texts.card(
            draft,
            asked.target,
            asked.speaker,
            asked.compared,
            asked.period,
            key=key,
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
        key=f"/report #{kept.id}.{kept.version}",
        today=context.services.clock.today(),
        lead=lead,
        reminds=reminds,
    )
    return say(context, reply, over=over)


def plain_of(several: Sequence[ConfirmationCard | None]) -> list[ConfirmationCard]:
    """Those that can be confirmed together: nothing about them looks wrong, and each is the only one of its subject."""
    found = [one for one in several if one is not None]
    subjects = Counter(one.draft.item.subject for one in found)
    return [one for one in found if one.is_plain and subjects[one.draft.item.subject] == 1]


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
    speaker = speaker_of(actor, item.subject, library, cards)
    if speaker is None or _refusal(context, actor, item):
        return None
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


def _refusal(context: Context, actor: Actor, item: DraftItem) -> Refusal | None:
    """A unit may report for another, but only those responsible raise a problem."""
    action = Action.RAISE_PROBLEM if item.says is UpdateKind.PROBLEM else Action.REPORT_FOR_OTHER
    about = acted(item.subject, context.library, context.cards(item.plan))
    return refusal(actor, action, about)
