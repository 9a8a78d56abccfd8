"""What the ledger of burdens is made of: what was told on a run of plan days, and what was reported; no words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge.reports.model import UpdateKind
from knowledge.standing.report import Status
from storage.outbox import OutboxKind, OutboxRow, OutboxState
from storage.report_row import ReportRow
from storage.schedule_items import ItemRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredItem:
    """An item that reached its member."""

    rule: str
    subject: str
    occurrence: str
    member: int
    message: int
    at: datetime
    """Machine time."""


def delivered_items(
    session: Session, plan: str, rules: Collection[str], *, first: date, last: date
) -> tuple[DeliveredItem, ...]:
    """Of some rules, those whose message was sent on these plan days."""
    rows = session.execute(
        select(ItemRow.rule, ItemRow.subject, ItemRow.occurrence, ItemRow.member_id, OutboxRow.id, OutboxRow.sent_at)
        .join(OutboxRow, OutboxRow.id == ItemRow.message_id)
        .where(
            OutboxRow.plan == plan,
            OutboxRow.state == OutboxState.SENT,
            OutboxRow.sent_day.between(first, last),
            ItemRow.rule.in_(rules),
        )
        .order_by(ItemRow.id)
    )
    return tuple(
        DeliveredItem(rule=rule, subject=subject, occurrence=occurrence, member=member, message=message, at=at)
        for rule, subject, occurrence, member, message, at in rows
        if at is not None
    )


def sent_by_kind(session: Session, plan: str, *, first: date, last: date) -> dict[OutboxKind, int]:
    """How many messages of each kind were sent on these plan days."""
    rows = session.execute(
        select(OutboxRow.kind, func.count())
        .where(
            OutboxRow.plan == plan,
            OutboxRow.state == OutboxState.SENT,
            OutboxRow.sent_day.between(first, last),
        )
        .group_by(OutboxRow.kind)
    )
    counts: dict[OutboxKind, int] = dict(rows.all())
    return counts


def reports_received(session: Session, plan: str, *, since: datetime, until: datetime) -> dict[UpdateKind, int]:
    """How many reports that still stand arrived from `since` up to, not with, `until` (machine time), by kind."""
    rows = session.execute(
        select(ReportRow.kind, func.count())
        .where(
            ReportRow.plan == plan,
            ReportRow.status.in_((Status.ACCEPTED, Status.PENDING)),
            ReportRow.received_at >= since,
            ReportRow.received_at < until,
        )
        .group_by(ReportRow.kind)
    )
    counts: dict[UpdateKind, int] = dict(rows.all())
    return counts
