"""A message of reminders as it was sent: what it asked for, and what of that is still unreported."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handlers.access.policy import Actor
from handlers.access.responsibility import speaker_of
from handlers.chat.context import Context
from handlers.schedule.message_items import MessageContent, contents_of, needless_in, own_reminder, standing_in
from handlers.schedule.snapshot import plan_snapshots
from knowledge.plan.key import EntryKey
from knowledge.reminders.recipients import PlanSnapshot
from knowledge.reminders.rules import RuleKind, rules_from
from knowledge.standing.history import WORDLESS
from storage.receipts import made_at
from storage.schedule_items import StoredItem, items_of_message


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedTarget:
    """A target that the message asks for; `item` is what names it in a command."""

    item: int
    subject: EntryKey
    unit: str
    """For which the reader reports it."""
    period: str | None
    """The label of the reporting period that it is asked for; None where it is asked for a deadline or by oneself."""
    unreported: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMessage:
    actor: Actor
    content: MessageContent
    made: tuple[StoredItem, ...]
    """The items of the message itself, where it is one told again."""
    snapshots: Mapping[str, PlanSnapshot]
    rest: str
    """What the command says besides."""

    @property
    def number(self) -> int:
        return self.content.number

    @property
    def received(self) -> bool:
        """Whether its reader has said so, or acted on it."""
        return all(item.acknowledged_at is not None for item in self.made)

    @property
    def messages(self) -> set[int]:
        return {item.message for item in (*self.made, *self.content.items) if item.message is not None}


def find_message(context: Context, actor: Actor, number: int, *, rest: str = "") -> StoredMessage | None:
    """None where no such message was sent to the person."""
    items = items_of_message(context.session, number, actor.member) if actor.member is not None else ()
    if not items:
        return None
    (content,) = contents_of(context.session, [sorted(items, key=lambda item: item.id != number)])
    if not content.items:
        return None
    snapshots = plan_snapshots(context.session, context.services, {item.plan for item in content.items})
    return StoredMessage(actor=actor, content=content, made=items, snapshots=snapshots, rest=rest)


def requested_targets(context: Context, message: StoredMessage) -> tuple[RequestedTarget, ...]:
    """The targets that the message asks for and the reader may report, each once, in its order."""
    found: dict[EntryKey, RequestedTarget] = {}
    for one in _asked(context, message):
        found.setdefault(one.subject, one)
    return tuple(found.values())


def unreported_targets(context: Context, message: StoredMessage) -> tuple[RequestedTarget, ...]:
    return tuple(one for one in requested_targets(context, message) if one.unreported)


def _asked(context: Context, message: StoredMessage) -> Iterator[RequestedTarget]:
    services, content, rules = context.services, message.content, rules_from(context.services.remind)
    needless = needless_in(message.snapshots, services.remind)
    since = made_at(context.session, min(item.message for item in content.items if item.message is not None))
    for item in sorted(content.items, key=lambda one: rules[one.rule].kind is not RuleKind.PERIOD):
        rule, snapshot = rules[item.rule], message.snapshots.get(item.plan)
        asks = rule.kind is RuleKind.PERSONAL or (rule.asks and rule.kind is not RuleKind.PROJECT)
        if snapshot is None or not asks:
            continue
        standing = standing_in(item, own_reminder(item, content.personal), snapshot, services.question_service)
        if standing is None:
            continue
        speaker = speaker_of(
            message.actor, standing.subject, services.question_service.library, context.cards(item.plan)
        )
        if speaker is None or not speaker.responsible:
            continue
        said = any(
            report.unit == speaker.unit and report.kind not in WORDLESS
            for report in snapshot.picture.said(standing.subject)
            if report.received_at > since
        )
        yield RequestedTarget(
            item=item.id,
            subject=standing.subject,
            unit=speaker.unit,
            period=item.occurrence.partition("/")[0] if rule.kind is RuleKind.PERIOD else None,
            unreported=needless(item) is None and not (said and rule.kind is not RuleKind.PERIOD),
        )
