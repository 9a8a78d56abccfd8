"""What the buttons of a reminder do. Each names the message by one of its items and asks for the rights again, so that
it works late, twice, after a restart, and says so where everything has been done meanwhile.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from handlers.chat.context import Place
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call, Toast
from handlers.reminders import texts_buttons as texts
from handlers.reminders import texts_personal as personal_texts
from handlers.reminders.personal_store import RULE, call_off, call_off_again, remind_at
from handlers.reminders.reopen import open_message, received
from handlers.reports import drafts, guided
from handlers.reports.card import show
from handlers.reports.drafts import Draft, Item
from handlers.reports.texts_guided import Steps
from handlers.schedule.message import compose, things
from handlers.schedule.message_items import own_words
from handlers.schedule.reopen import Asked, Opened, asked_in, left_in
from handlers.services.clock import PLAN_ZONE
from knowledge.reminders.workdays import WorkDays
from knowledge.reports.model import State, SubjectKind, UpdateKind
from storage.workdays import workdays_of

Act = Callable[[Place, Opened], Call]


def _acting(act: Act) -> Callable[[Place, str], Call]:
    """A command that begins with the number of one of the message's items."""

    def command(place: Place, line: str) -> Call:
        opened = open_message(place, line)
        return act(place, opened) if isinstance(opened, Opened) else opened

    return command


def _show(place: Place, opened: Opened) -> Call:
    """The message's text as it is now; its pages are turned by this."""
    told = opened.told.still_due(opened.scenes, place.house.remind)
    if not told.items:
        return say(place, texts.nothing_left())
    return say(place, compose(told.items, opened.scenes, place.house, told.personal, number=told.number))


def _acknowledge(place: Place, opened: Opened) -> Call:
    return Toast(tap="", text=texts.RECEIVED if received(place, opened) else texts.RECEIVED_BEFORE)


def _fill(place: Place, opened: Opened) -> Call:
    """Ask for the figure of the one target that is left, offer the several, or go on with the one that was chosen."""
    received(place, opened)
    asked = asked_in(place, opened)
    left = tuple(one for one in asked if one.left)
    verb, _, typed = opened.rest.partition(" ")
    if verb == texts.PAGE:
        return _choose(place, opened, left, int(typed) if typed.isdecimal() else 1)
    if verb:
        chosen = next((one for one in asked if str(one.item) == verb), None)
        if chosen is None:
            return say(place, texts.nothing_asked())
        if not chosen.left and not typed:
            return say(place, texts.reported_already(chosen.subject, opened.number, len(left)))
        return _figure(place, opened, chosen, typed.strip())
    if not left:
        return say(place, texts.nothing_left() if asked else texts.nothing_asked())
    return _figure(place, opened, left[0], "") if len(left) == 1 else _choose(place, opened, left, 1)


def _choose(place: Place, opened: Opened, left: tuple[Asked, ...], page: int) -> Call:
    if not left:
        return say(place, texts.nothing_left())
    size = texts.SHOWN + (len(left) == texts.SHOWN + 1)
    pages = -(-len(left) // size)
    page = (page - 1) % pages + 1
    shown = [(one.item, one.subject) for one in left[(page - 1) * size : page * size]]
    return say(place, texts.choose(opened.number, shown, page=page, pages=pages))


def _figure(place: Place, opened: Opened, one: Asked, typed: str) -> Call:
    steps = Steps(
        figure=f"/fill {opened.number} {one.item}",
        same=f"/same {opened.number} {one.item}",
        back=f"/fill {opened.number}",
        told=opened.number,
    )
    return guided.figure(place, opened.actor, one.unit, one.subject, typed, steps)


def _same(place: Place, opened: Opened) -> Call:
    """本期无变化: of all that the message asks for of a period, or of the one target that was chosen."""
    received(place, opened)
    left = left_in(place, opened)
    wanted = [one.subject for one in left if (str(one.item) == opened.rest if opened.rest else one.of_period)]
    stored = guided.store_no_change(place, opened.actor, wanted)
    return say(place, texts.unchanged(opened.number, stored, len(left) - len(stored)))


def _later(place: Place, opened: Opened) -> Call:
    """Tell what is still due again at a time that the person chooses; a second choice moves it."""
    left = opened.told.still_due(opened.scenes, place.house.remind).items
    due = things(left, opened.scenes, place.house)
    if not due or opened.actor.member is None:
        return say(place, texts.nothing_left())
    now = place.house.clock.now()
    offers = later_times(now, workdays_of(place.session), place.house.remind.at)
    at = next((at for _, said, at in offers if said == opened.rest), None)
    if at is None:
        return say(place, texts.when_again(opened.number, offers, today=now.date()))
    received(place, opened)
    first = min(opened.told.items, key=lambda item: item.id)
    moved = call_off_again(place, first.plan, opened.actor.member, first.id)
    own = own_words(first, opened.told.personal)
    words = own.words if own else texts.again_title(first.planned.astimezone(PLAN_ZONE), len(due))
    number = remind_at(place, first.plan, opened.actor.member, words, at, item=first.id)
    if number is None:
        return say(place, personal_texts.too_many())
    return say(place, texts.again_at(number, at, len(due), moved=moved, today=now.date()))


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


def _done(place: Place, opened: Opened) -> Call:
    """A reminder of one's own ends; of a target 已完成 is proposed as any other report."""
    if opened.actor.member is None:
        return say(place, texts.nothing_left())
    received(place, opened)
    first = min(opened.told.items, key=lambda item: item.id)
    if first.rule == RULE:
        call_off_again(place, first.plan, opened.actor.member, first.id)
        words = call_off(place, first.plan, opened.actor.member, int(first.subject))
        return say(place, texts.ended_before() if words is None else texts.ended(words))
    asked = asked_in(place, opened)
    if not asked:
        return say(place, texts.nothing_asked())
    subject = asked[0].subject
    item = Item(
        kind=SubjectKind.TARGET,
        name=subject.name,
        plan=subject.plan,
        task=subject.task,
        says=UpdateKind.STATE,
        state=State.DONE,
        said=texts.DONE_SAID,
    )
    draft = Draft(items=(item,), told=opened.number)
    return show(place, opened.actor, drafts.begin(place, draft), draft)


show_digest = _acting(_show)
acknowledge = _acting(_acknowledge)
fill = _acting(_fill)
same = _acting(_same)
later = _acting(_later)
done = _acting(_done)
