"""收到: who has acknowledged the reminders that were sent, and since when a message was on its way."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.outbox import OutboxRow, OutboxState
from storage.schedule_items import ItemRow, ItemState

_LOST = (OutboxState.FAILED, OutboxState.EXPIRED, OutboxState.SKIPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One thing that a member was told, and whether they said so."""

    rule: str
    subject: str
    member: int
    message: int
    arrived: bool
    """False: the message could not be delivered."""
    acknowledged: bool


def acknowledge(session: Session, messages: Collection[int], *, now: datetime) -> bool:
    """收到, of all that these messages tell; False if that had been said of everything."""
    acknowledged = session.execute(
        update(ItemRow)
        .where(ItemRow.message_id.in_(messages), ItemRow.acknowledged_at.is_(None))
        .values(acknowledged_at=now)
        .returning(ItemRow.id)
    )
    return bool(acknowledged.all())


def made_at(session: Session, message: int) -> datetime:
    """When the message was put into the outbox, in machine time."""
    return session.scalars(select(OutboxRow.created_at).where(OutboxRow.id == message)).one()


def receipts_of(session: Session, plan: str, since: datetime) -> tuple[Receipt, ...]:
    """Everything told of the plan by messages from plan time `since` on, in the order of telling."""
    rows = session.execute(
        select(ItemRow, OutboxRow.state)
        .join(OutboxRow, OutboxRow.id == ItemRow.message_id)
        .where(ItemRow.plan == plan, ItemRow.state == ItemState.JOINED, OutboxRow.not_before >= since)
        .order_by(ItemRow.message_id, ItemRow.id)
    )
    return tuple(
        Receipt(
            rule=item.rule,
            subject=item.subject,
            member=item.member_id,
            message=item.message_id or 0,
            arrived=state not in _LOST,
            acknowledged=item.acknowledged_at is not None,
        )
        for item, state in rows
    )


def members_reminded(session: Session, plan: str, rule: str, occurrences: Collection[str]) -> frozenset[int]:
    """Who was told anything of these occasions of a rule."""
    found = select(ItemRow.member_id).where(
        ItemRow.plan == plan, ItemRow.rule == rule, ItemRow.occurrence.in_(occurrences)
    )
    return frozenset(session.scalars(found.distinct()))
