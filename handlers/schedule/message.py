"""A message of reminders: its items gathered into things to do, and what a person would do about them as buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from handlers.chat.context import Services
from handlers.schedule import texts
from handlers.schedule.event import ChangeSince, Event
from handlers.schedule.message_items import (
    FiguresKey,
    LastTelling,
    deadline_in,
    own_reminder,
    period_in,
    standing_in,
)
from handlers.services.clock import PLAN_ZONE
from handlers.texts.reply import Button, Reply
from knowledge.reminders.recipients import PlanSnapshot, has_liaison, owed_in, said_of_projects, subject_of_item
from knowledge.reminders.rules import DRAFTS, SIGNING, RuleKind, rules_from
from knowledge.standing.periods import ReportingPeriod
from knowledge.standing.picture import Duty, units_of
from storage.personal_reminders import Personal
from storage.schedule_items import StoredItem


def compose(
    items: Sequence[StoredItem],
    snapshots: Mapping[str, PlanSnapshot],
    services: Services,
    personal: Mapping[int, Personal],
    *,
    number: int | None = None,
    before: Mapping[FiguresKey, LastTelling] = MappingProxyType({}),
    received: bool = False,
) -> Reply:
    """What a person is told; `items` are theirs, `personal` the reminders that some of them stand for, by number.
    `received`: they have said so.

    The buttons name the message by the item `number`: its first one, but for a message that is told again. What was
    asked for `before` and has been reported since is told with what is left.
    """
    events = tuple(
        _event(own, snapshots[own[0].plan], services, personal, before.get((own[0].plan, own[0].label)))
        for own in grouped(items, snapshots, services)
    )
    snapshot = snapshots[items[0].plan]
    who = texts.reader(snapshot, items[0].member)
    reply = texts.message(who, events, today=snapshot.today, shifted=services.clock.shifted)
    buttons = _buttons(events, items[0].id if number is None else number, received=received)
    return replace(reply, foot=texts.RECEIVED if received else reply.foot, buttons=buttons)


def grouped(
    items: Sequence[StoredItem], snapshots: Mapping[str, PlanSnapshot], services: Services
) -> tuple[tuple[StoredItem, ...], ...]:
    """The items as things to do (件事), in the order in which they are told."""
    rules = list(rules_from(services.remind))
    places = {
        plan: {key: place for place, key in enumerate(snapshot.picture.named)} for plan, snapshot in snapshots.items()
    }

    def in_order(item: StoredItem) -> tuple[object, ...]:
        """By rule and time, then as the plan has it."""
        return rules.index(item.rule), item.planned, places[item.plan].get(_named(item), -1), item.id

    groups: dict[tuple[str, str, str], list[StoredItem]] = {}
    for item in sorted(items, key=in_order):
        about = item.subject if item.rule in {"personal", *DRAFTS} else ""
        groups.setdefault((item.plan, item.rule, f"{item.occurrence} {about}"), []).append(item)
    return tuple(map(tuple, groups.values()))


def _event(
    items: Sequence[StoredItem],
    snapshot: PlanSnapshot,
    services: Services,
    personal: Mapping[int, Personal],
    before: LastTelling | None,
) -> Event:
    first, rule = items[0], rules_from(services.remind)[items[0].rule]
    period, own = period_in(first, rule, services.remind), own_reminder(first, personal)
    missing = owed_in(snapshot, period) if not rule.asks else ()
    standings = tuple(
        one for item in items if (one := standing_in(item, own, snapshot, services.question_service)) is not None
    )
    return Event(
        rule=first.rule,
        subject=first.subject,
        label=first.occurrence,
        planned=first.planned.astimezone(PLAN_ZONE).date(),
        today=snapshot.today,
        late=any(item.late for item in items),
        asks=bool(standings) if own else rule.asks and rule.kind is not RuleKind.PROJECT,
        standings=standings,
        deadline=deadline_in(first, rule),
        period=period,
        missing=missing,
        without_liaison=frozenset(unit for unit in units_of(missing) if not has_liaison(snapshot, unit)),
        bare=snapshot.picture.unconfirmed if rule.key == "unowned" else (),
        said=said_of_projects(snapshot) if rule.key == "projects_list" else (),
        words=snapshot.words,
        projects=tuple(map(_named, items)) if rule.key == "projects_call" else (),
        text=own.words if own else "",
        since=_since(items, snapshot, before, period) if before and period and rule.asks else None,
    )


def _since(
    items: Sequence[StoredItem], snapshot: PlanSnapshot, before: LastTelling, period: ReportingPeriod
) -> ChangeSince:
    """What was asked for then and has been reported, in the plan's order; not what nobody is asked for any more."""
    gone = before.subjects - {item.subject for item in items}
    reported = (one for one in snapshot.picture.items(period) if one.duty is Duty.REPORTED)
    return ChangeSince(
        before.day, tuple(dict.fromkeys(one.standing for one in reported if subject_of_item(one) in gone))
    )


def _named(item: StoredItem) -> tuple[str, str]:
    task, _, name = item.subject.partition("/")
    return task, name


def _buttons(events: Sequence[Event], item: int, *, received: bool) -> tuple[Button, ...]:
    """At most six, the likeliest first; each names the message by one of its items."""
    asked = [event for event in events if event.asks]
    drafts = [event.subject for event in events if event.rule in DRAFTS and event.subject.isdecimal()]
    found = [Button(texts.SEE_DRAFT, f"/bulletin {number}") for number in drafts[:1]]
    if asked:
        found.append(Button(texts.FILL, f"/fill {item}"))
        if due := [one for event in asked if event.period for one in event.standings]:
            found.append(Button(texts.SAME if len(due) == 1 else texts.ALL_SAME, f"/same {item}"))
    if any(event.rule == "late_head" and event.missing for event in events):
        found.append(Button(texts.PRESS, f"/press {item}"))
    if any(event.rule == SIGNING for event in events):
        found.append(Button(texts.SIGN, "/approve"))
    if any(event.rule == "unowned" for event in events):
        found.append(Button(texts.GAPS, "/gaps"))
    if any(event.rule == "no_meeting" for event in events):
        found.append(Button(texts.SET_MEETING, "/meeting"))
    (first, *more) = events
    if not more and (first.rule == "personal" or (first.asks and first.deadline and len(first.standings) == 1)):
        found.append(Button(texts.DONE, f"/done {item}"))
    got = () if received else (Button(texts.GOT_IT, f"/ack {item}"),)
    return (*found[:4], Button(texts.LATER, f"/later {item}"), *got)
