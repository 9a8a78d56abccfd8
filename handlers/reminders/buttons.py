"""What the buttons of a reminder do. Each names the message by one of its items and asks for the rights again, so that
it works late, twice, after a restart, and says so where everything has been done meanwhile.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.reminders import texts_buttons as texts
from handlers.reminders import texts_personal as personal_texts
from handlers.reminders.codes import PAGE, SnoozeTime
from handlers.reminders.message_lookup import find_own_message, mark_received
from handlers.reminders.personal_store import RULE, call_off, call_off_again, remind_at
from handlers.reports import drafts, guided
from handlers.reports.card import show
from handlers.reports.drafts import Draft, DraftItem
from handlers.reports.texts_guided import Steps
from handlers.schedule.message import compose, grouped
from handlers.schedule.message_items import own_reminder
from handlers.schedule.stored_message import RequestedTarget, StoredMessage, requested_targets, unreported_targets
from handlers.services.clock import PLAN_ZONE
from handlers.texts.reply import Reply
from knowledge.plan.key import EntryKind
from knowledge.reminders.workdays import WorkDays
from knowledge.reports.model import State, UpdateKind
from storage.holidays import workdays_of

Act = Callable[[Context, StoredMessage], Call]


def _acting(act: Act) -> Callable[[Context, str], Call]:
    """A command that begins with the number of one of the message's items."""

    def command(context: Context, line: str) -> Call:
        message = find_own_message(context, line)
        return act(context, message) if isinstance(message, StoredMessage) else message

    return command


def _show(context: Context, message: StoredMessage) -> Call:
    """The message's text as it is now; its pages are turned by this."""
    return say(context, _as_now(context, message, received=message.received))


def _acknowledge(context: Context, message: StoredMessage) -> Call:
    """The message says that it was received, and its button goes."""
    mark_received(context, message)
    turned_by = replace(context, line=f"/digest {message.number}")
    return settle(turned_by, _as_now(context, message, received=True))


def _as_now(context: Context, message: StoredMessage, *, received: bool) -> Reply:
    told = message.content.still_due(message.snapshots, context.services.remind)
    if not told.items:
        return texts.nothing_left()
    return compose(
        told.items,
        message.snapshots,
        context.services,
        told.personal,
        number=told.number,
        before=told.before,
        received=received,
    )


def _fill(context: Context, message: StoredMessage) -> Call:
    """Ask for the figure of the one target that is left, offer the several, or go on with the one that was chosen."""
    mark_received(context, message)
    asked = requested_targets(context, message)
    left = tuple(one for one in asked if one.unreported)
    verb, _, typed = message.rest.partition(" ")
    if verb == PAGE:
        return _choose(context, message, left, int(typed) if typed.isdecimal() else 1)
    if verb:
        chosen = next((one for one in asked if str(one.item) == verb), None)
        if chosen is None:
            return say(context, texts.nothing_asked())
        if not chosen.unreported and not typed:
            return say(context, texts.reported_already(chosen.subject, message.number, len(left)))
        return _figure(context, message, chosen, typed.strip())
    if not left:
        return say(context, texts.nothing_left() if asked else texts.nothing_asked())
    return _figure(context, message, left[0], "") if len(left) == 1 else _choose(context, message, left, 1)


def _choose(context: Context, message: StoredMessage, left: tuple[RequestedTarget, ...], page: int) -> Call:
    if not left:
        return say(context, texts.nothing_left())
    size = texts.SHOWN + (len(left) == texts.SHOWN + 1)
    pages = -(-len(left) // size)
    page = (page - 1) % pages + 1
    shown = [(one.item, one.subject) for one in left[(page - 1) * size : page * size]]
    return say(context, texts.choose(message.number, shown, page=page, pages=pages))


def _figure(context: Context, message: StoredMessage, one: RequestedTarget, typed: str) -> Call:
    steps = Steps(
        figure=f"/fill {message.number} {one.item}",
        same=f"/same {message.number} {one.item}",
        back=f"/fill {message.number}",
        told=message.number,
        for_period=one.period,
    )
    return guided.figure(context, message.actor, one.unit, one.subject, typed, steps)


def _same(context: Context, message: StoredMessage) -> Call:
    """本期无变化: of all that the message asks for of a period, or of the one target that was chosen."""
    mark_received(context, message)
    left = unreported_targets(context, message)
    wanted = [
        (one.subject, one.period)
        for one in left
        if (str(one.item) == message.rest if message.rest else one.period is not None)
    ]
    stored = guided.store_no_change(context, message.actor, wanted)
    return say(context, texts.unchanged(message.number, stored, len(left) - len(stored)))


def _later(context: Context, message: StoredMessage) -> Call:
    """Tell what is still due again at a time that the person chooses; a second choice moves it."""
    left = message.content.still_due(message.snapshots, context.services.remind).items
    due = grouped(left, message.snapshots, context.services)
    if not due or message.actor.member is None:
        return say(context, texts.nothing_left())
    now = context.services.clock.now()
    offers = later_times(now, workdays_of(context.session), context.services.remind.at)
    at = next((at for _, said, at in offers if said == message.rest), None)
    if at is None:
        return say(context, texts.when_again(message.number, offers, today=now.date()))
    mark_received(context, message)
    first = min(message.content.items, key=lambda item: item.id)
    moved = call_off_again(context, first.plan, message.actor.member, first.id)
    own = own_reminder(first, message.content.personal)
    words = own.words if own else texts.again_title(first.planned.astimezone(PLAN_ZONE), len(due))
    number = remind_at(context, first.plan, message.actor.member, words, at, item=first.id)
    if number is None:
        return say(context, personal_texts.too_many())
    return say(context, texts.again_at(number, at, len(due), moved=moved, today=now.date()))


def later_times(now: datetime, workdays: WorkDays, hour: time) -> tuple[tuple[str, str, datetime], ...]:
    """(label, what the command says, when): an hour on, the next working morning, and that of next Monday."""
    today = now.date()
    next_day = workdays.on_or_after(today + timedelta(days=1))
    monday = workdays.on_or_after(today + timedelta(days=7 - today.weekday()))

    def morning(day: date) -> datetime:
        return datetime.combine(day, hour, tzinfo=PLAN_ZONE)

    label = texts.TOMORROW if next_day == today + timedelta(days=1) else texts.NEXT_DAY
    offers = (
        (texts.HOUR, SnoozeTime.HOUR, now.replace(second=0, microsecond=0) + timedelta(hours=1)),
        (label, SnoozeTime.WORKDAY, morning(next_day)),
        (texts.MONDAY, SnoozeTime.MONDAY, morning(monday)),
    )
    return offers[:2] if monday == next_day else offers


def _done(context: Context, message: StoredMessage) -> Call:
    """A reminder of one's own ends; of a target 已完成 is proposed as any other report."""
    if message.actor.member is None:
        return say(context, texts.nothing_left())
    mark_received(context, message)
    first = min(message.content.items, key=lambda item: item.id)
    if first.rule == RULE:
        call_off_again(context, first.plan, message.actor.member, first.id)
        words = call_off(context, first.plan, message.actor.member, int(first.subject))
        return say(context, texts.ended_before() if words is None else texts.ended(words))
    asked = requested_targets(context, message)
    if not asked:
        return say(context, texts.nothing_asked())
    subject = asked[0].subject
    item = DraftItem(
        kind=EntryKind.TARGET,
        name=subject.name,
        plan=subject.plan,
        task=subject.task,
        says=UpdateKind.STATE,
        state=State.DONE,
        as_of=context.services.clock.today(),
        said=texts.DONE_SAID,
    )
    draft = Draft(items=(item,), told=message.number)
    return show(context, message.actor, drafts.begin(context, draft), draft)


show_digest = _acting(_show)
acknowledge = _acting(_acknowledge)
fill = _acting(_fill)
same = _acting(_same)
later = _acting(_later)
done = _acting(_done)
