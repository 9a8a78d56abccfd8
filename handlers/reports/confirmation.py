"""Confirming a draft's reports: stored as they were shown, one, or all of a card that look right."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.access.policy import Action, Actor, Resource
from handlers.access.responsibility import answering_for, project_of, target_in_force
from handlers.broadcast.direct import holders, tell
from handlers.chat.authorize import note, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import settle
from handlers.chat.outgoing import Call
from handlers.reports import drafts, texts, texts_on_behalf
from handlers.reports.card import ConfirmationCard, look, look_at_all, plain_of, show, shown_together
from handlers.reports.drafts import Draft, DraftItem
from handlers.schedule.stored_message import find_message, unreported_targets
from handlers.texts.reply import Reply
from knowledge.standing.report import Status
from storage import evidence
from storage.base import JsonObject
from storage.drafts import Kept, close_draft
from storage.people import Member, Role
from storage.reports import NewReport, add_report
from storage.rich_text import Text, joined


def confirm(context: Context, actor: Actor, kept: Kept, draft: Draft, _typed: str) -> Call:
    """Store the report asked about; it counts at once where the unit is responsible.

    确认 typed under a card of several is its button, which stores all.
    """
    if context.tapped is None and shown_together(context, actor, draft):
        return confirm_all(context, actor, kept, draft, "")
    asked = look(context, actor, draft)
    if (
        asked is None
        or actor.member is None
        or _asks_source(draft)
        or draft.item.day(context.services.clock.today()) > context.services.clock.today()
    ):
        return show(context, actor, kept, draft, over=context.tapped)
    if asked.compared.wants_reason(draft.item) or asked.compared.wants_total:
        return show(context, actor, kept, draft, over=context.tapped)
    if draft.item.corrects is not None and draft.behalf is None:
        subject = draft.item.subject
        own = Resource(plan=subject.plan, units=frozenset({asked.speaker.unit}), project=project_of(subject))
        if no := turned_away(context, actor, Action.CORRECT, own):
            return no
    number, told = _store(context, actor, actor.member, kept, asked)
    _tell_unit(context, draft, [(number, asked)])
    left = draft.rest(done=True)
    if left.items:
        return show(context, actor, drafts.change(context, kept, left), left, lead=told, over=context.tapped)
    return _settled(context, actor, kept, draft, [(number, told)])


def confirm_all(context: Context, actor: Actor, kept: Kept, draft: Draft, _typed: str) -> Call:
    """Store all that look right; the others are shown one after the other."""
    plain = plain_of(look_at_all(context, actor, draft))
    if actor.member is None or _asks_source(draft) or not plain:
        return show(context, actor, kept, draft, over=context.tapped)
    stored = [_store(context, actor, actor.member, kept, one) for one in plain]
    _tell_unit(context, draft, [(number, one) for (number, _), one in zip(stored, plain, strict=True)])
    items = {one.draft.item for one in plain}
    left = replace(
        draft, items=tuple(one for one in draft.items if one not in items), done=draft.done + len(plain), each=True
    )
    if left.items:
        lead = joined(told for _, told in stored)
        return show(context, actor, drafts.change(context, kept, left), left, lead=lead, over=context.tapped)
    return _settled(context, actor, kept, draft, stored)


def _asks_source(draft: Draft) -> bool:
    """It is still to be said how a unit's word came: 确认 may be typed before."""
    return draft.behalf is not None and draft.behalf.source is None


def _settled(context: Context, actor: Actor, kept: Kept, draft: Draft, stored: Sequence[tuple[int, Text]]) -> Call:
    """The card as what became of it; `stored` are (number, what is said of it)."""
    close_draft(context.session, kept)
    message = find_message(context, actor, draft.told) if draft.told is not None else None
    unreported = unreported_targets(context, message) if message else ()
    files = evidence.count_of_draft(context.session, kept.id)
    if draft.behalf is not None:
        people = people_of_unit(context, draft.item.plan, draft.behalf.unit)
        return settle(context, texts_on_behalf.done(stored, draft.behalf, people, files=files))
    return settle(context, texts.done(stored, files=files, told=draft.told, left=len(unreported)))


def _store(context: Context, actor: Actor, author: int, kept: Kept, asked: ConfirmationCard) -> tuple[int, Text]:
    """(the report's number, what is said about it)."""
    item, speaker, today = asked.draft.item, asked.speaker, context.services.clock.today()
    status = Status.ACCEPTED if speaker.responsible else Status.PENDING
    number = add_report(
        context.session,
        NewReport(
            subject=item.subject,
            unit=speaker.unit,
            kind=item.says,
            value=item.value,
            measure=item.measure,
            approx=item.approx,
            state=item.state,
            note=item.note,
            said=item.said,
            as_of=item.day(today),
            for_period=asked.period.label,
            author=author,
            status=status,
            corrects=item.corrects,
            draft=kept.id,
            behalf=asked.draft.behalf.as_stored if asked.draft.behalf else None,
        ),
        now=context.now,
    )
    detail: JsonObject = {"status": status.value, "corrects": item.corrects}
    if asked.draft.behalf is not None:
        detail |= {"behalf": asked.draft.behalf.unit}
    note(context, actor, "report", f"report:{number}", detail)
    amount = _amount(asked)
    if not speaker.responsible:
        _tell_owner(context, item, texts.pending_notice(item, speaker, amount, number, today))
    by = f"，{texts_on_behalf.by_whom(asked.draft.behalf, today)}" if asked.draft.behalf else ""
    return number, texts.recorded(item, speaker, amount, asked.period, today, by=by)


def _tell_unit(context: Context, draft: Draft, stored: Sequence[tuple[int, ConfirmationCard]]) -> None:
    """What was written down for it, and what to do where that is wrong."""
    if draft.behalf is None or not stored:
        return
    today = context.services.clock.today()
    lines = [(number, texts.recorded_line(one.draft.item, _amount(one), one.period, today)) for number, one in stored]
    people = people_of_unit(context, draft.item.plan, draft.behalf.unit)
    tell(context, draft.item.plan, people, texts_on_behalf.notice(draft.behalf, lines, today))


def people_of_unit(context: Context, plan: str, unit: str) -> tuple[Member, ...]:
    """The unit's liaisons and head that are bound."""
    return holders(context.session, plan, Role.LIAISON, Role.HEAD, units=frozenset({unit}))


def _amount(asked: ConfirmationCard) -> str:
    after = asked.compared.after
    return texts.said(after) if after else texts.told(asked.draft.item)


def _tell_owner(context: Context, item: DraftItem, reply: Reply) -> None:
    """The owner's people where the office confirmed an owner, else the office."""
    library = context.library
    cards = context.cards(item.plan)
    target = target_in_force(item.subject, library, cards)
    units = answering_for(item.subject, library, cards) if target and target.card.owner else frozenset()
    people = holders(context.session, item.plan, Role.LIAISON, Role.HEAD, units=units)
    tell(context, item.plan, people or holders(context.session, item.plan, Role.OFFICE), reply)
