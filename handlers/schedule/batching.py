"""What becomes of the items that wait at a moment, as values: what goes out together, what is put off, what is skipped.

A person gets one digest a day by rule and a few urgent messages besides; what a person asked for comes by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from handlers.schedule.preferences import after_quiet
from handlers.services.clock import PLAN_ZONE
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.recipients import SkipReason
from knowledge.reminders.rules import RANK
from storage.outbox import Letter, OutboxKind
from storage.people import Member
from storage.rich_text import Text
from storage.schedule_items import StoredItem
from storage.subscriptions import AS_CONFIGURED, Subscription


@dataclass(frozen=True, slots=True)
class ReminderBatch:
    """Items that go out to one person as one message."""

    kind: OutboxKind
    occurrence: str
    member: Member
    items: tuple[StoredItem, ...]

    def letter(self, text: Text = "") -> Letter:
        return Letter(
            kind=self.kind,
            occurrence=self.occurrence,
            plan=self.items[0].plan if self.items else "",
            member=self.member.id,
            chat=self.member.telegram_id or 0,
            text=text,
        )

    @property
    def key(self) -> str:
        """Its message's, of which the outbox has one only."""
        return self.letter().key


@dataclass(frozen=True, slots=True, kw_only=True)
class Batching:
    """What becomes of the items that wait; the skipped and postponed ones by their numbers."""

    batches: tuple[ReminderBatch, ...]
    skipped: Mapping[int, SkipReason]
    postponed: Mapping[int, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """To whom items can go, and what they have had."""

    members: Mapping[int, Member]
    chats: Collection[int]
    """Those that can be written to."""
    preferences: Mapping[int, Subscription]
    used: Collection[str]
    """Keys of batches that have gone out, of the day at least."""

    def reached(self, number: int) -> bool:
        member = self.members[number]
        return not member.locked and member.telegram_id in self.chats


def batch_items(
    waiting: Sequence[StoredItem],
    to: Recipients,
    defaults: RemindDefaults,
    *,
    needless: Callable[[StoredItem], SkipReason | None],
    again: Mapping[str, Sequence[StoredItem]] = MappingProxyType({}),
    moment: datetime,
) -> Batching:
    """What is to be done at a moment (plan time) with all items that may be told by then.

    `needless` says why one need not be told any more; `again` is what a message tells that is told again, by its
    item's subject.
    """
    superseded = _superseded(waiting)
    skipped = dict.fromkeys(superseded, SkipReason.SUPERSEDED)
    by_member: dict[int, list[StoredItem]] = defaultdict(list)
    left: dict[int, list[StoredItem]] = {}
    for item in (one for one in waiting if one.id not in superseded):
        reason = needless(item)
        if item.rule == "personal" and item.subject in again:
            reasons = [(one, needless(one)) for one in again[item.subject]]
            left[item.id] = [one for one, why in reasons if why is None]
            reason = None if left[item.id] else next((why for _, why in reasons), SkipReason.PAST)
        if reason is None and not to.reached(item.member):
            reason = SkipReason.UNREACHABLE
        if reason:
            skipped[item.id] = reason
        else:
            by_member[item.member].append(item)
    batches: list[ReminderBatch] = []
    postponed: dict[int, datetime] = {}
    for number, items in by_member.items():
        packed, put_off = _packed(to.members[number], items, to, defaults, moment)
        repeated = _repeated(packed, left)
        batches += (one for one in packed if one.items[0].id not in repeated)
        skipped |= dict.fromkeys(repeated, SkipReason.SUPERSEDED)
        postponed |= put_off
    return Batching(batches=tuple(batches), skipped=skipped, postponed=postponed)


def daily_batches(member: Member, today: date, defaults: RemindDefaults) -> tuple[ReminderBatch, ...]:
    """What one person may get in a day by rule, the digest first; still empty."""
    urgent = (
        ReminderBatch(OutboxKind.REMINDER, f"{today}/{number}", member, ())
        for number in range(1, defaults.urgent_per_day + 1)
    )
    return ReminderBatch(OutboxKind.DIGEST, str(today), member, ()), *urgent


def _superseded(waiting: Sequence[StoredItem]) -> frozenset[int]:
    """The items of a period's figure that a later one of the same figure stands for."""
    best: dict[tuple[object, ...], StoredItem] = {}
    for item in waiting:
        if item.rule in RANK:
            about = (item.member, item.plan, item.subject, item.occurrence.partition("/")[0])
            held = best.get(about)
            if held is None or RANK.index(held.rule) < RANK.index(item.rule):
                best[about] = item
    kept = {item.id for item in best.values()}
    return frozenset(one.id for one in waiting if one.rule in RANK and one.id not in kept)


def _repeated(batches: Sequence[ReminderBatch], left: Mapping[int, Sequence[StoredItem]]) -> frozenset[int]:
    """The items that tell a message again of which the person is told all that is left at the same moment: by the
    rules, or by another one told again."""
    repeated: set[int] = set()
    told = {_about(item) for batch in batches for item in batch.items}
    for batch in batches:
        (first, *_) = batch.items
        again = {_about(one) for one in left.get(first.id, ())}
        if again and again <= told:
            repeated.add(first.id)
        else:
            told |= again
    return frozenset(repeated)


def _about(item: StoredItem) -> tuple[str, ...]:
    """What an item asks for, whichever rule it is of: a period's figure, a target by its deadline."""
    if item.rule in RANK:
        return item.plan, item.subject, item.occurrence.partition("/")[0]
    if item.rule in ("deadline", "overdue"):
        return item.plan, item.subject, item.occurrence[: len("2023-12-31")]
    return item.plan, item.rule, item.subject, item.occurrence


def _packed(
    member: Member,
    items: Sequence[StoredItem],
    to: Recipients,
    defaults: RemindDefaults,
    moment: datetime,
) -> tuple[list[ReminderBatch], dict[int, datetime]]:
    """With when the items are due again that find no room today: with the next day's digest, out of quiet hours."""
    preferences = to.preferences.get(member.id, AS_CONFIGURED)
    batches, rest = _alone(member, items, preferences)
    digest, *urgent = daily_batches(member, moment.date(), defaults)
    if rest and digest.key not in to.used:
        return [*batches, replace(digest, items=tuple(rest))], {}
    pressing = tuple(item for item in rest if item.urgent)
    free = next((one for one in urgent if one.key not in to.used), None)
    if pressing and free:
        batches.append(replace(free, items=pressing))
        rest = [item for item in rest if not item.urgent]
    tomorrow = datetime.combine(moment.date() + timedelta(days=1), defaults.at, tzinfo=PLAN_ZONE)
    return batches, {item.id: after_quiet(tomorrow, preferences, defaults) for item in rest}


def _alone(
    member: Member, items: Sequence[StoredItem], preferences: Subscription
) -> tuple[list[ReminderBatch], list[StoredItem]]:
    """Messages of their own: what a person asked for, and everything where they want it so."""
    batches = [
        ReminderBatch(OutboxKind.PERSONAL, f"item {item.id}", member, (item,))
        for item in items
        if item.rule == "personal"
    ]
    rest = [item for item in items if item.rule != "personal"]
    if not preferences.single:
        return batches, rest
    events: dict[tuple[str, str, str], list[StoredItem]] = defaultdict(list)
    for item in rest:
        events[item.plan, item.rule, item.occurrence].append(item)
    batches += [ReminderBatch(OutboxKind.REMINDER, f"item {own[0].id}", member, tuple(own)) for own in events.values()]
    return batches, []
