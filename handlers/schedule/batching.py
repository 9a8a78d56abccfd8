"""What becomes of the items that wait at a moment, as values: what goes out together, what is put off, what is skipped.

A person gets one digest a day by rule and a few urgent messages besides; what a person asked for comes by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from handlers.schedule.preferences import after_quiet
from handlers.services.clock import PLAN_ZONE
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.recipients import SkipReason
from storage.outbox import Letter, OutboxKind
from storage.people import Member
from storage.schedule_items import StoredItem
from storage.subscriptions import AS_CONFIGURED, Subscription

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
            plan=self.items[0].plan if self.items else "",
            member=self.member.id,
            chat=self.member.telegram_id or 0,
            html=html,
        )

    @property
    def key(self) -> str:
        """Its message's, of which the outbox has one only."""
        return self.letter().key


@dataclass(slots=True)
class Sorted:
    """What becomes of the items that wait."""

    parcels: list[Parcel] = field(default_factory=list)
    skipped: dict[int, SkipReason] = field(default_factory=dict)
    postponed: dict[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """To whom items can go, and what they have had."""

    members: Mapping[int, Member]
    chats: Collection[int]
    """Those that can be written to."""
    wishes: Mapping[int, Subscription]
    used: Collection[str]
    """Keys of parcels that have gone out, of the day at least."""

    def reached(self, number: int) -> bool:
        member = self.members[number]
        return not member.locked and member.telegram_id in self.chats


def sort_out(
    waiting: Sequence[StoredItem],
    to: Recipients,
    defaults: RemindDefaults,
    *,
    needless: Callable[[StoredItem], SkipReason | None],
    again: Mapping[str, Sequence[StoredItem]] = MappingProxyType({}),
    moment: datetime,
) -> Sorted:
    """What is to be done at a moment (plan time) with all items that may be told by then.

    `needless` says why one need not be told any more; `again` is what a message tells that is told again, by its
    item's subject.
    """
    result = Sorted()
    by_member: dict[int, list[StoredItem]] = defaultdict(list)
    left: dict[int, list[StoredItem]] = {}
    for item in _without_superseded(waiting, result):
        reason = needless(item)
        if item.rule == "personal" and item.subject in again:
            reasons = [(one, needless(one)) for one in again[item.subject]]
            left[item.id] = [one for one, why in reasons if why is None]
            reason = None if left[item.id] else next((why for _, why in reasons), SkipReason.PAST)
        if reason is None and not to.reached(item.member):
            reason = SkipReason.UNREACHABLE
        if reason:
            result.skipped[item.id] = reason
        else:
            by_member[item.member].append(item)
    for number, items in by_member.items():
        parcels = _pack(to.members[number], items, to, defaults, moment, result)
        result.parcels += _without_repeated(parcels, left, result)
    return result


def daily_parcels(member: Member, today: date, defaults: RemindDefaults) -> tuple[Parcel, ...]:
    """What one person may get in a day by rule, the digest first; still empty."""
    urgent = (
        Parcel(OutboxKind.REMINDER, f"{today}/{number}", member, ()) for number in range(1, defaults.urgent_per_day + 1)
    )
    return Parcel(OutboxKind.DIGEST, str(today), member, ()), *urgent


def _without_superseded(waiting: Sequence[StoredItem], result: Sorted) -> list[StoredItem]:
    best: dict[tuple[object, ...], StoredItem] = {}
    for item in waiting:
        if item.rule in RANK:
            about = (item.member, item.plan, item.subject, item.occurrence.partition("/")[0])
            held = best.get(about)
            if held is None or RANK.index(held.rule) < RANK.index(item.rule):
                best[about] = item
    kept = {item.id for item in best.values()}
    result.skipped |= {one.id: SkipReason.SUPERSEDED for one in waiting if one.rule in RANK and one.id not in kept}
    return [item for item in waiting if item.id not in result.skipped]


def _without_repeated(
    parcels: Sequence[Parcel], left: Mapping[int, Sequence[StoredItem]], result: Sorted
) -> Iterator[Parcel]:
    """A message told again says nothing where the person is told all that is left of it at the same moment: by the
    rules, or by another one told again."""
    told = {_about(item) for parcel in parcels for item in parcel.items}
    for parcel in parcels:
        (first, *_) = parcel.items
        again = {_about(one) for one in left.get(first.id, ())}
        if again and again <= told:
            result.skipped[first.id] = SkipReason.SUPERSEDED
        else:
            told |= again
            yield parcel


def _about(item: StoredItem) -> tuple[str, ...]:
    """What an item asks for, whichever rule it is of: a period's figure, a target by its deadline."""
    if item.rule in RANK:
        return item.plan, item.subject, item.occurrence.partition("/")[0]
    if item.rule in ("deadline", "overdue"):
        return item.plan, item.subject, item.occurrence[: len("2023-12-31")]
    return item.plan, item.rule, item.subject, item.occurrence


def _pack(
    member: Member,
    items: Sequence[StoredItem],
    to: Recipients,
    defaults: RemindDefaults,
    moment: datetime,
    result: Sorted,
) -> list[Parcel]:
    """What finds no room today waits for the next day's digest, out of quiet hours."""
    wishes = to.wishes.get(member.id, AS_CONFIGURED)
    parcels, rest = _alone(member, items, wishes)
    digest, *urgent = daily_parcels(member, moment.date(), defaults)
    if rest and digest.key not in to.used:
        return [*parcels, replace(digest, items=tuple(rest))]
    pressing = tuple(item for item in rest if item.urgent)
    free = next((one for one in urgent if one.key not in to.used), None)
    if pressing and free:
        parcels.append(replace(free, items=pressing))
        rest = [item for item in rest if not item.urgent]
    tomorrow = datetime.combine(moment.date() + timedelta(days=1), defaults.at, tzinfo=PLAN_ZONE)
    result.postponed |= {item.id: after_quiet(tomorrow, wishes, defaults) for item in rest}
    return parcels


def _alone(member: Member, items: Sequence[StoredItem], wishes: Subscription) -> tuple[list[Parcel], list[StoredItem]]:
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
