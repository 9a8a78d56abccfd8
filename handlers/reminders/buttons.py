"""What the buttons of a reminder do. Each names the message by one of its items and asks for the rights again, so that
it works late, twice, after a restart, and says so where everything has been done meanwhile.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call, Toast
from handlers.reminders import texts_buttons as texts
from handlers.reminders import texts_personal as personal_texts
from handlers.reminders.personal_store import RULE, call_off, call_off_again, remind_at
from handlers.reminders.reopen import open_message, received
from handlers.reports import drafts, guided
from handlers.reports.card import show
from handlers.reports.drafts import Draft, DraftItem
from handlers.reports.texts_guided import Steps
from handlers.schedule.message import compose, grouped
from handlers.schedule.message_items import own_words
from handlers.schedule.reopen import Opened, RequestedTarget, asked_in, left_in
from handlers.services.clock import PLAN_ZONE
from knowledge.plan.key import EntryKind
from knowledge.reminders.workdays import WorkDays
from knowledge.reports.model import State, UpdateKind
from storage.holidays import workdays_of

Act = Callable[[Context, Opened], Call]


def _acting(act: Act) -> Callable[[Context, str], Call]:
    """A command that begins with the number of one of the message's items."""

    def command(context: Context, line: str) -> Call:
        opened = open_message(context, line)
        return act(context, opened) if isinstance(opened, Opened) else opened

    return command


def _show(context: Context, opened: Opened) -> Call:
    """The message's text as it is now; its pages are turned by this."""
    told = opened.told.still_due(opened.snapshots, context.services.remind)
    if not told.items:
        return say(context, texts.nothing_left())
    return say(context, compose(told.items, opened.snapshots, context.services, told.personal, number=told.number))


def _acknowledge(context: Context, opened: Opened) -> Call:
    return Toast(tap="", text=texts.RECEIVED if received(context, opened) else texts.RECEIVED_BEFORE)


def _fill(context: Context, opened: Opened) -> Call:
    """Ask for the figure of the one target that is left, offer the several, or go on with the one that was chosen."""
    received(context, opened)
    asked = asked_in(context, opened)
    left = tuple(one for one in asked if one.left)
    verb, _, typed = opened.rest.partition(" ")
    if verb == texts.PAGE:
        return _choose(context, opened, left, int(typed) if typed.isdecimal() else 1)
    if verb:
        chosen = next((one for one in asked if str(one.item) == verb), None)
        if chosen is None:
            return say(context, texts.nothing_asked())
        if not chosen.left and not typed:
            return say(context, texts.reported_already(chosen.subject, opened.number, len(left)))
        return _figure(context, opened, chosen, typed.strip())
    if not left:
        return say(context, texts.nothing_left() if asked else texts.nothing_asked())
    return _figure(context, opened, left[0], "") if len(left) == 1 else _choose(context, opened, left, 1)


def _choose(context: Context, opened: Opened, left: tuple[RequestedTarget, ...], page: int) -> Call:
    if not left:
        return say(context, texts.nothing_left())
    size = texts.SHOWN + (len(left) == texts.SHOWN + 1)
    pages = -(-len(left) // size)
    page = (page - 1) % pages + 1
    shown = [(one.item, one.subject) for one in left[(page - 1) * size : page * size]]
    return say(context, texts.choose(opened.number, shown, page=page, pages=pages))


def _figure(context: Context, opened: Opened, one: RequestedTarget, typed: str) -> Call:
    steps = Steps(
        figure=f"/fill {opened.number} {one.item}",
        same=f"/same {opened.number} {one.item}",
        back=f"/fill {opened.number}",
        told=opened.number,
    )
    return guided.figure(context, opened.actor, one.unit, one.subject, typed, steps)


def _same(context: Context, opened: Opened) -> Call:
    """本期无变化: of all that the message asks for of a period, or of the one target that was chosen."""
    received(context, opened)
    left = left_in(context, opened)
    wanted = [one.subject for one in left if (str(one.item) == opened.rest if opened.rest else one.of_period)]
    stored = guided.store_no_change(context, opened.actor, wanted)
    return say(context, texts.unchanged(opened.number, stored, len(left) - len(stored)))


def _later(context: Context, opened: Opened) -> Call:
    """Tell what is still due again at a time that the person chooses; a second choice moves it."""
    left = opened.told.still_due(opened.snapshots, context.services.remind).items
    due = grouped(left, opened.snapshots, context.services)
    if not due or opened.actor.member is None:
        return say(context, texts.nothing_left())
    now = context.services.clock.now()
    offers = later_times(now, workdays_of(context.session), context.services.remind.at)
    at = next((at for _, said, at in offers if said == opened.rest), None)
    if at is None:
        return say(context, texts.when_again(opened.number, offers, today=now.date()))
    received(context, opened)
    first = min(opened.told.items, key=lambda item: item.id)
    moved = call_off_again(context, first.plan, opened.actor.member, first.id)
    own = own_words(first, opened.told.personal)
    words = own.words if own else texts.again_title(first.planned.astimezone(PLAN_ZONE), len(due))
    number = remind_at(context, first.plan, opened.actor.member, words, at, item=first.id)
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
        (texts.HOUR, texts.HOUR, now.replace(second=0, microsecond=0) + timedelta(hours=1)),
        (label, texts.NEXT_DAY, morning(next_day)),
        (texts.MONDAY, texts.MONDAY, morning(monday)),
    )
    return offers[:2] if monday == next_day else offers


def _done(context: Context, opened: Opened) -> Call:
    """A reminder of one's own ends; of a target 已完成 is proposed as any other report."""
    if opened.actor.member is None:
        return say(context, texts.nothing_left())
    received(context, opened)
    first = min(opened.told.items, key=lambda item: item.id)
    if first.rule == RULE:
        call_off_again(context, first.plan, opened.actor.member, first.id)
        words = call_off(context, first.plan, opened.actor.member, int(first.subject))
        return say(context, texts.ended_before() if words is None else texts.ended(words))
    asked = asked_in(context, opened)
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
        said=texts.DONE_SAID,
    )
    draft = Draft(items=(item,), told=opened.number)
    return show(context, opened.actor, drafts.begin(context, draft), draft)


show_digest = _acting(_show)
acknowledge = _acting(_acknowledge)
fill = _acting(_fill)
same = _acting(_same)
later = _acting(_later)
done = _acting(_done)
