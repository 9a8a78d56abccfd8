"""请负责人督促: by a supervisor's tap the heads of the units that still owe figures are told; leaders never are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from handlers.access.policy import Action, Resource, may
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.questions.codes import EVERYBODY
from handlers.reminders import texts_escalation as texts
from handlers.reminders.codes import PressVerb
from handlers.reminders.message_lookup import find_own_message, mark_received
from handlers.reminders.texts_escalation import Heads
from handlers.schedule.batching import ReminderBatch
from handlers.schedule.message_items import period_in
from handlers.schedule.outbox_messages import enqueue
from handlers.schedule.snapshot import plan_snapshots
from handlers.schedule.stored_message import StoredMessage
from handlers.texts.reply import Reply
from knowledge.reminders.recipients import Occasion, PlanSnapshot, ReminderItem, expand, owed_in, subject_of_item
from knowledge.reminders.rules import rules_from
from knowledge.standing.periods import ReportingPeriod
from knowledge.standing.picture import PeriodItem, owed, units_of
from storage.chats import reachable
from storage.outbox import OutboxKind
from storage.people import Member, get_members
from storage.receipts import members_reminded
from storage.schedule_items import NewItem, StoredItem, add_new_items

RULE, LIST = "pressed", "late_head"


def press(context: Context, line: str) -> Call:
    """/press and an item of the list for supervisors."""
    message = find_own_message(context, line)
    if not isinstance(message, StoredMessage):
        return message
    if no := turned_away(context, message.actor, Action.NUDGE):
        return no
    mark_received(context, message)
    listed = [item for item in message.content.items if item.rule == LIST and item.plan in message.snapshots]
    if not listed:
        return say(context, texts.nothing_owed())
    rules = rules_from(context.services.remind)
    # a message has one list, or one for each kind of period that was due on that day
    periods = [period for item in listed if (period := period_in(item, rules[item.rule], context.services.remind))]
    snapshot = message.snapshots[listed[0].plan]
    pressing = _pressing(context, snapshot, [one for period in periods for one in owed_in(snapshot, period)])
    return say(context, _press(context, pressing) if pressing.items else texts.nothing_owed())


def urge(context: Context, rest: str) -> Call:
    """/urge and a unit, several with 、 between, or all: who would be told what of what is owed today; then `confirm`
    tells them."""
    actor = context.actor
    if no := turned_away(context, actor, Action.NUDGE):
        return no
    said, _, verb = rest.partition(" ")
    plan = plan_of(context, actor)
    snapshot = plan_snapshots(context.session, context.services, {plan})[plan]
    if said in snapshot.picture.unsupervised:
        return settle(context, texts.not_supervised(said))
    pressing = _pressing(context, snapshot, owed(snapshot.picture.current))
    if said != EVERYBODY:
        units = said.split("、")
        pressing = replace(pressing, items=tuple(one for one in pressing.items if one.unit in units))
    if not pressing.items:
        return settle(context, texts.nothing_owed())
    match verb:
        case PressVerb.CONFIRM:
            return settle(context, _press(context, pressing))
        case PressVerb.KEEP:
            return settle(context, texts.not_pressed())
    return say(context, texts.preview(pressing.items, _heads(context, pressing), said, today=snapshot.today))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """What is owed, within the supervisor's reach."""

    snapshot: PlanSnapshot
    items: tuple[PeriodItem, ...]

    @property
    def periods(self) -> tuple[ReportingPeriod, ...]:
        return tuple(dict.fromkeys(one.period for one in self.items))

    @property
    def occurrences(self) -> dict[ReportingPeriod, str]:
        return {period: f"{period.label}/press" for period in self.periods}


def _pressing(context: Context, snapshot: PlanSnapshot, items: Iterable[PeriodItem]) -> Pressing:
    library = context.library

    def within_reach(one: PeriodItem) -> bool:
        task = library.tasks.get(one.subject.owner)
        about = Resource(plan=snapshot.plan, units=frozenset({one.unit}), section=task.section if task else None)
        return may(context.actor, Action.NUDGE, about)

    return Pressing(snapshot=snapshot, items=tuple(filter(within_reach, items)))


def _heads(context: Context, pressing: Pressing) -> Heads:
    units = set(units_of(pressing.items))
    posts = (post for post in pressing.snapshot.posts if post.role == "head" and post.unit in units)
    heads = get_members(context.session, {post.member for post in posts})
    chats = reachable(context.session, [head.telegram_id for head in heads if head.telegram_id])
    known = members_reminded(context.session, pressing.snapshot.plan, RULE, pressing.occurrences.values())
    return Heads(
        fresh=tuple(head for head in heads if head.telegram_id in chats and head.id not in known),
        before=tuple(head for head in heads if head.id in known),
        unreachable=tuple(head for head in heads if head.telegram_id not in chats),
    )


def _press(context: Context, pressing: Pressing) -> Reply:
    """Tell the heads who have not been told of the periods before, and say whom."""
    heads = _heads(context, pressing)
    told = _tell(context, pressing, heads.fresh)
    units = units_of(pressing.items)
    note(context, context.actor, "press", ",".join(one.label for one in pressing.periods), {"heads": len(told)})
    return texts.pressed(units, replace(heads, fresh=told))


def _tell(context: Context, pressing: Pressing, heads: Iterable[Member]) -> tuple[Member, ...]:
    """Those of the heads who are told now."""
    snapshot, fresh = pressing.snapshot, {head.id: head for head in heads}
    subjects: dict[int, set[str]] = defaultdict(set)
    for post in snapshot.posts:
        if post.role == "head" and post.member in fresh:
            subjects[post.member] |= {subject_of_item(one) for one in pressing.items if one.unit == post.unit}
    wanted = [
        _new(context, snapshot, label, item)
        for period, label in pressing.occurrences.items()
        for item in expand(_occasion(context, snapshot, period, label), snapshot)
        if item.subject in subjects[item.member]
    ]
    by_head: dict[int, list[StoredItem]] = defaultdict(list)
    for item in add_new_items(context.session, wanted):
        by_head[item.member].append(item)
    names = "+".join(sorted(period.label for period in pressing.periods))
    batches = [
        ReminderBatch(OutboxKind.REMINDER, f"press {names}", fresh[number], tuple(items))
        for number, items in by_head.items()
    ]
    enqueue(context.session, context.services, batches, {snapshot.plan: snapshot}, context.now)
    return tuple(fresh[number] for number in by_head)


def _occasion(context: Context, snapshot: PlanSnapshot, period: ReportingPeriod, label: str) -> Occasion:
    rule = rules_from(context.services.remind)[RULE]
    return Occasion(rule=rule, subject=period.frequency.value, label=label, day=snapshot.today, period=period)


def _new(context: Context, snapshot: PlanSnapshot, label: str, item: ReminderItem) -> NewItem:
    now = context.services.clock.now()
    return NewItem(
        plan=snapshot.plan,
        rule=RULE,
        subject=item.subject,
        member=item.member,
        occurrence=label,
        task=item.task,
        urgent=True,
        due=now,
        planned=now,
    )
