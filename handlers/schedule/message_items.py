"""A message of reminders: what it tells of, where it is one told again later, and what of it is still to be done."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from sqlalchemy.orm import Session

from handlers.services.clock import PLAN_ZONE
from handlers.services.question_service import QuestionService
from handlers.services.report_reader import reader_of
from knowledge.language.normalize import clean
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.recipients import PlanSnapshot, SkipReason, still_due, target_key
from knowledge.reminders.rules import PRESSED, RANK, ReminderRule, RuleKind, rules_from
from knowledge.reports.merge import subject_of
from knowledge.standing.periods import ReportingPeriod, period_of
from knowledge.standing.values import Standing
from storage.personal_reminders import Personal, get_personal
from storage.schedule_items import StoredItem, items_of_messages, told_of_periods

ASKING = (*RANK, PRESSED)
"""Rules that ask for a period's figures."""


FiguresKey = tuple[str, str]
"""(plan, the period's label)."""


@dataclass(frozen=True, slots=True)
class LastTelling:
    """What a person was last told of a period's figures."""

    day: date
    subjects: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageContent:
    number: int
    """The item by which its buttons name the message."""
    items: tuple[StoredItem, ...]
    """What it tells of; of a message told again later, what the first one told."""
    personal: Mapping[int, Personal]
    """The reminders that people made for themselves among the items, by number."""
    before: Mapping[FiguresKey, LastTelling]
    """When the same figures were asked for before, and which."""

    def still_due(self, snapshots: Mapping[str, PlanSnapshot], defaults: RemindDefaults) -> Self:
        needless = needless_in(snapshots, defaults)
        return replace(self, items=tuple(item for item in self.items if needless(item) is None))


def contents_of(session: Session, messages: Sequence[Sequence[StoredItem]]) -> tuple[MessageContent, ...]:
    """What messages of these items tell of; at most four statements, however many they are."""
    made = personal_in(session, [item for items in messages for item in items])
    firsts = {one.item for one in made.values() if one.item is not None}
    first = items_of_messages(session, firsts) if firsts else {}
    personal = made | personal_in(session, [item for items in first.values() for item in items])
    told = [tuple(dict.fromkeys(one for item in items for one in _first(item, personal, first))) for items in messages]
    asked = [item for items in told for item in items if item.rule in ASKING]
    earlier = told_of_periods(session, {one.plan for one in asked}, ASKING, {one.label for one in asked})
    return tuple(
        MessageContent(
            number=own[0].id,
            items=items,
            personal=personal,
            before=last_tellings(items, earlier, again=items != tuple(own)),
        )
        for own, items in zip(messages, told, strict=True)
    )


def last_tellings(
    items: Sequence[StoredItem], earlier: Iterable[StoredItem], *, again: bool
) -> dict[FiguresKey, LastTelling]:
    """The last time before these items; of what is told `again` that is when they were told themselves."""
    found: dict[FiguresKey, list[StoredItem]] = defaultdict(list)
    mine = {(one.plan, one.label, one.member): one.planned for one in items if one.rule in ASKING}
    for one in items if again else earlier:
        at = mine.get((one.plan, one.label, one.member)) if one.rule in ASKING else None
        if at is not None and (again or one.planned < at):
            found[one.plan, one.label].append(one)
    return {key: _last(told) for key, told in found.items()}


def _last(told: Sequence[StoredItem]) -> LastTelling:
    at = max(one.planned for one in told)
    subjects = frozenset(one.subject for one in told if one.planned == at)
    return LastTelling(at.astimezone(PLAN_ZONE).date(), subjects)


def _first(
    item: StoredItem, personal: Mapping[int, Personal], first: Mapping[int, tuple[StoredItem, ...]]
) -> tuple[StoredItem, ...]:
    own = own_reminder(item, personal)
    return first.get(own.item, ()) if own is not None and own.item is not None else (item,)


def own_reminder(item: StoredItem, personal: Mapping[int, Personal]) -> Personal | None:
    """The reminder that its reader made, where the item is one."""
    return personal.get(int(item.subject)) if item.rule == "personal" else None


def repeated_items(session: Session, personal: Iterable[Personal]) -> dict[str, tuple[StoredItem, ...]]:
    """What those of the reminders tell that tell a message again, by the subject of their items."""
    first = {str(one.id): one.item for one in personal if one.item is not None}
    told = items_of_messages(session, set(first.values())) if first else {}
    return {subject: told.get(item, ()) for subject, item in first.items()}


def personal_in(session: Session, items: Iterable[StoredItem]) -> dict[int, Personal]:
    """The reminders that people made for themselves among the items, by number."""
    numbers = {int(item.subject) for item in items if item.rule == "personal"}
    return get_personal(session, numbers) if numbers else {}


def needless_in(
    snapshots: Mapping[str, PlanSnapshot], defaults: RemindDefaults
) -> Callable[[StoredItem], SkipReason | None]:
    """Says of an item why it need not be told any more."""
    rules = rules_from(defaults)

    def needless(item: StoredItem) -> SkipReason | None:
        snapshot, rule = snapshots.get(item.plan), rules.get(item.rule)
        if snapshot is None or rule is None:
            return SkipReason.PAST
        period, deadline = period_in(item, rule, defaults), deadline_in(item, rule)
        return still_due(rule, item.subject, item.member, snapshot, period=period, deadline=deadline)

    return needless


def period_in(item: StoredItem, rule: ReminderRule, defaults: RemindDefaults) -> ReportingPeriod | None:
    return period_of(item.occurrence.partition("/")[0], defaults.due_days) if rule.kind is RuleKind.PERIOD else None


def deadline_in(item: StoredItem, rule: ReminderRule) -> date | None:
    return date.fromisoformat(item.occurrence[:10]) if rule.kind is RuleKind.TARGET else None


def standing_in(
    item: StoredItem, own: Personal | None, snapshot: PlanSnapshot, question_service: QuestionService
) -> Standing | None:
    """Of the target that the item is about; of a person's own words, of one of their unit that is named there."""
    if own is None:
        return snapshot.standing(item.subject)
    named = target_named(question_service, item.plan, own.words)
    standing = snapshot.standing(target_key(named.task, named.name)) if named else None
    units = {post.unit for post in snapshot.posts if post.member == item.member}
    answers = standing is not None and (standing.owner in units if standing.owner else bool(units & {*standing.units}))
    return standing if answers else None


def target_named(question_service: QuestionService, plan: str, text: str) -> EntryKey | None:
    """The target that a text names in full."""
    found = reader_of(question_service).subjects.names.find(clean(text))
    subject = subject_of(found[0].entry.key) if found and found[0].full else None
    return subject if subject and subject.kind is EntryKind.TARGET and subject.plan == plan else None
