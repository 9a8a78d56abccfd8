"""Items that are due to one person become one message: a digest a day, and a few urgent ones besides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from handlers.clock import PLAN_ZONE
from handlers.place import House
from handlers.remind.digest import compose
from handlers.remind.scene import load_scene
from handlers.screen import BUTTONS, screen
from knowledge.rhythm.expand import Reason, Scene, still_due
from knowledge.rhythm.periods import period_of
from knowledge.rhythm.rules import Kind, Rule, rules_from
from storage.chats import reachable
from storage.dialogs import NewTurn, open_turns
from storage.outbox import Letter, OutboxKind, enqueue_all, known_keys
from storage.people import Member, get_members
from storage.personal import Personal, get_personal
from storage.schedule import StoredItem, join_items, postpone_items, skip_items, waiting_items
from storage.subscriptions import AS_CONFIGURED, Subscription, subscriptions_of

EXPIRES = timedelta(days=1)
"""A reminder that could not be delivered for so long is of no use: the next one is near."""
RANK = ("opens", "due", "late", "late_unit")
"""Of one figure of one period only the last of these is told."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Items that go out to one person as one message."""

    kind: OutboxKind
    occurrence: str
    member: Member
    items: tuple[StoredItem, ...]

    def letter(self, html: str = "") -> Letter:
        return Letter(
            kind=self.kind,
            occurrence=self.occurrence,
            plan=self.items[0].plan,
            member=self.member.id,
            chat=self.member.telegram_id or 0,
            html=html,
        )


@dataclass(slots=True)
class Sorted:
    """What becomes of the items that wait."""

    parcels: list[Parcel] = field(default_factory=list)
    skipped: dict[int, Reason] = field(default_factory=dict)
    postponed: dict[int, datetime] = field(default_factory=dict)


def join_waiting(session: Session, house: House, *, now: datetime) -> bool:
    """Put what is due by now into the outbox, one message a person; True where there was any."""
    waiting = waiting_items(session, house.clock.now())
    if not waiting:
        return False
    scenes = {
        plan.name: load_scene(session, house.desk.library, plan, today=house.clock.today(), now=now)
        for plan in house.desk.library.plans
        if any(item.plan == plan.name for item in waiting)
    }
    members = {member.id: member for member in get_members(session, {item.member for item in waiting})}
    chats = reachable(session, [member.telegram_id for member in members.values() if member.telegram_id])
    result, rules = Sorted(), rules_from(house.remind)
    by_member: dict[int, list[StoredItem]] = defaultdict(list)
    for item in _without_superseded(waiting, result):
        reason = _needless(item, scenes, rules, house)
        if reason is None and (members[item.member].locked or members[item.member].telegram_id not in chats):
            reason = Reason.UNREACHABLE
        if reason:
            result.skipped[item.id] = reason
        else:
            by_member[item.member].append(item)
    _parcel_all(session, house, [(members[number], items) for number, items in by_member.items()], result)
    skip_items(session, result.skipped)
    postpone_items(session, result.postponed)
    _send(session, house, result.parcels, scenes, now)
    return True


def personal_in(session: Session, items: Iterable[StoredItem]) -> dict[int, Personal]:
    """The reminders that people made for themselves among the items, by number."""
    return get_personal(session, {int(item.subject) for item in items if item.rule == "personal"})


def _without_superseded(waiting: Sequence[StoredItem], result: Sorted) -> list[StoredItem]:
    best: dict[tuple[object, ...], StoredItem] = {}
    for item in waiting:
        if item.rule in RANK:
            about = (item.member, item.plan, item.subject, item.occurrence.partition("/")[0])
            held = best.get(about)
            if held is None or RANK.index(held.rule) < RANK.index(item.rule):
                best[about] = item
    kept = {item.id for item in best.values()}
    result.skipped |= {one.id: Reason.SUPERSEDED for one in waiting if one.rule in RANK and one.id not in kept}
    return [item for item in waiting if item.id not in result.skipped]


def _needless(item: StoredItem, scenes: Mapping[str, Scene], rules: Mapping[str, Rule], house: House) -> Reason | None:
    scene, rule = scenes.get(item.plan), rules.get(item.rule)
    if scene is None or rule is None:
        return Reason.PAST
    label = item.occurrence
    period = period_of(label.partition("/")[0], house.remind) if rule.kind is Kind.PERIOD else None
    deadline = date.fromisoformat(label[:10]) if rule.kind is Kind.TARGET else None
    return still_due(rule, item.subject, scene, period=period, deadline=deadline)


def _parcel_all(
    session: Session, house: House, waiting: Sequence[tuple[Member, list[StoredItem]]], result: Sorted
) -> None:
    """By rule there is one digest a day and at most a few urgent messages; the rest waits for the next day's digest."""
    today = house.clock.today()
    digests = {member.id: Parcel(OutboxKind.DIGEST, str(today), member, tuple(items)) for member, items in waiting}
    urgent = {
        member.id: [
            Parcel(OutboxKind.REMINDER, f"{today}/{number}", member, tuple(items))
            for number in range(1, house.remind.urgent_per_day + 1)
        ]
        for member, items in waiting
    }
    keys = [one.letter().key for ones in (digests.values(), *urgent.values()) for one in ones]
    used = known_keys(session, keys)
    wishes = subscriptions_of(session, digests.keys())
    tomorrow = datetime.combine(today + timedelta(days=1), house.remind.at, tzinfo=PLAN_ZONE)
    for member, items in waiting:
        chosen = wishes.get(member.id, AS_CONFIGURED)
        alone, rest = _alone(member, items, chosen)
        result.parcels += alone
        if rest and digests[member.id].letter().key not in used:
            result.parcels.append(replace(digests[member.id], items=tuple(rest)))
            continue
        free = (one for one in urgent[member.id] if one.letter().key not in used)
        pressing = tuple(item for item in rest if item.urgent)
        if pressing and (parcel := next(free, None)):
            result.parcels.append(replace(parcel, items=pressing))
            rest = [item for item in rest if not item.urgent]
        result.postponed |= {item.id: tomorrow for item in rest}


def _alone(member: Member, items: list[StoredItem], wishes: Subscription) -> tuple[list[Parcel], list[StoredItem]]:
    """Messages of their own: what a person asked for, and everything where they want it so."""
    parcels = [
        Parcel(OutboxKind.PERSONAL, f"item {item.id}", member, (item,)) for item in items if item.rule == "personal"
    ]
    rest = [item for item in items if item.rule != "personal"]
    if not wishes.single:
        return parcels, rest
    events: dict[tuple[str, str, str], list[StoredItem]] = defaultdict(list)
    for item in rest:
        events[item.plan, item.rule, item.occurrence].append(item)
    parcels += [Parcel(OutboxKind.REMINDER, f"item {own[0].id}", member, tuple(own)) for own in events.values()]
    return parcels, []


def _send(
    session: Session, house: House, parcels: Sequence[Parcel], scenes: Mapping[str, Scene], now: datetime
) -> None:
    """Render the messages and put them into the outbox, a statement for all of them."""
    personal = personal_in(session, [item for parcel in parcels for item in parcel.items])
    replies = [compose(parcel.items, scenes, house, personal) for parcel in parcels]
    turns = open_turns(
        session,
        [
            NewTurn(
                person_id=parcel.member.telegram_id or 0,
                question=f"/digest {parcel.items[0].id}",
                buttons=tuple(button.question for button in reply.buttons[:BUTTONS]),
            )
            for parcel, reply in zip(parcels, replies, strict=True)
        ],
        now=now,
    )
    letters = []
    for parcel, reply, turn in zip(parcels, replies, turns, strict=True):
        html, keyboard = screen(reply, turn=turn)
        letters.append(
            replace(
                parcel.letter(html),
                keyboard=keyboard,
                turn=turn,
                not_before=house.clock.now(),
                expires_at=now + EXPIRES,
            )
        )
    numbers = enqueue_all(session, letters, now=now)
    told = zip(parcels, numbers, strict=True)
    join_items(session, {item.id: number for parcel, number in told if number for item in parcel.items})
