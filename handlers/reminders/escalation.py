"""请负责人督促: by a supervisor's tap the heads of the units that still owe figures are told; leaders never are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from handlers.access.policy import Action, Resource, may
from handlers.chat.authorize import note, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.reminders import texts_escalation as texts
from handlers.reminders.message_lookup import find_own_message, mark_received
from handlers.schedule.batching import ReminderBatch
from handlers.schedule.message_items import period_in
from handlers.schedule.outbox_messages import enqueue
from handlers.schedule.stored_message import StoredMessage
from knowledge.reminders.recipients import Occasion, PlanSnapshot, ReminderItem, expand, owed_in, subject_of_item
from knowledge.reminders.rules import rules_from
from knowledge.standing.periods import ReportingPeriod
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
    owed = _owed(context, message, snapshot, periods)
    if not owed:
        return say(context, texts.nothing_owed())
    told, before, unreachable = _tell(context, snapshot, periods, owed)
    headed = {grant.unit for head in (*told, *before, *unreachable) for grant in head.grants}
    note(context, message.actor, "press", ",".join(period.label for period in periods), {"heads": len(told)})
    bare = [unit for unit in owed if unit not in headed]
    return say(context, texts.pressed(list(owed), told, before, unreachable, bare))


def _owed(
    context: Context, message: StoredMessage, snapshot: PlanSnapshot, periods: Iterable[ReportingPeriod]
) -> dict[str, set[str]]:
    """The units that owe figures, within the supervisor's reach; with the targets."""
    found: dict[str, set[str]] = defaultdict(set)
    library = context.library
    for period in periods:
        for one in owed_in(snapshot, period):
            task = library.tasks.get(one.subject.owner)
            about = Resource(plan=snapshot.plan, units=frozenset({one.unit}), section=task.section if task else None)
            if may(message.actor, Action.NUDGE, about):
                found[one.unit].add(subject_of_item(one))
    return found


def _tell(
    context: Context, snapshot: PlanSnapshot, periods: Sequence[ReportingPeriod], owed: dict[str, set[str]]
) -> tuple[list[Member], list[Member], list[Member]]:
    """The heads who are told now, who had been told of this before, and who have no chat with the bot."""
    subjects: dict[int, set[str]] = defaultdict(set)
    for post in snapshot.posts:
        if post.role == "head" and post.unit in owed:
            subjects[post.member] |= owed[post.unit]
    heads = get_members(context.session, subjects)
    chats = reachable(context.session, [head.telegram_id for head in heads if head.telegram_id])
    occurrences = {period: f"{period.label}/press" for period in periods}
    known = members_reminded(context.session, snapshot.plan, RULE, occurrences.values())
    fresh = {head.id: head for head in heads if head.telegram_id in chats and head.id not in known}
    wanted = [
        _new(context, snapshot, label, item)
        for period, label in occurrences.items()
        for item in expand(_occasion(context, snapshot, period, label), snapshot)
        if item.member in fresh and item.subject in subjects[item.member]
    ]
    by_head: dict[int, list[StoredItem]] = defaultdict(list)
    for item in add_new_items(context.session, wanted):
        by_head[item.member].append(item)
    names = "+".join(sorted(period.label for period in periods))
    batches = [
        ReminderBatch(OutboxKind.REMINDER, f"press {names}", fresh[number], tuple(items))
        for number, items in by_head.items()
    ]
    enqueue(context.session, context.services, batches, {snapshot.plan: snapshot}, context.now)
    before = [head for head in heads if head.id in known]
    return [fresh[number] for number in by_head], before, [head for head in heads if head.telegram_id not in chats]


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
