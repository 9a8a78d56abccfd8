"""Who has received this week's reminders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.texts.marks import bold, typeset
from handlers.texts.reminder_rules import NAMES
from handlers.texts.reply import Reply
from handlers.texts.standing import day_text
from storage.receipts import Receipt

ABOUT_ACKS = "本周提醒谁收到了、谁没收到"
GONE = "已离岗"


@dataclass(frozen=True, slots=True)
class AcknowledgementCount:
    """A person and the messages of a rule: how many they were sent, acknowledged, and could not be delivered."""

    name: str
    sent: int
    acknowledged: int
    lost: int


def count_of(name: str | None, receipts: Sequence[Receipt]) -> AcknowledgementCount:
    messages = {one.message for one in receipts}
    open_ones = {one.message for one in receipts if not one.acknowledged}
    lost = {one.message for one in receipts if not one.arrived}
    return AcknowledgementCount(name or "（已注销）", len(messages), len(messages - open_ones), len(lost & open_ones))


def listed(
    rules: Sequence[tuple[str, Sequence[tuple[str, Sequence[AcknowledgementCount]]]]], *, monday: date, today: date
) -> Reply:
    """A block for each rule, a line for each unit."""
    since = f"{day_text(monday, today)}以来"
    if not rules:
        return Reply(head=bold(f"本周（{since}）还没有发过按规则的提醒。"))
    people = [one for _, units in rules for _, held in units for one in held]
    sent, got = sum(one.sent for one in people), sum(one.acknowledged for one in people)
    blocks = [line for rule, units in rules for line in _block(rule, units)]
    return Reply(
        head=bold(f"本周提醒（{since}）：{got} 次点了收到，{sent - got} 次没有"),
        blocks=tuple(map(typeset, blocks)),
        foot="点“收到”、填报或推迟都算收到；没点不等于没看到。",
    )


def _block(rule: str, units: Sequence[tuple[str, Sequence[AcknowledgementCount]]]) -> list[str]:
    return [NAMES[rule], *(f" {unit}：{'；'.join(_said(held))}" for unit, held in units)]


def _said(people: Sequence[AcknowledgementCount]) -> list[str]:
    got = [one.name for one in people if one.acknowledged == one.sent]
    lost = [one.name for one in people if one.lost]
    waiting = [_count(one) for one in people if one.acknowledged < one.sent and not one.lost]
    parts = (("已收到", got), ("未收到", waiting), ("没送到", lost))
    return [f"{word} {'、'.join(names)}" for word, names in parts if names]


def _count(one: AcknowledgementCount) -> str:
    return one.name if one.sent == 1 else f"{one.name}（{one.sent - one.acknowledged}/{one.sent} 条）"
