"""What people want to know of the outbox: what waits and since when, what did not arrive, whom the bot can't reach."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from storage.chats import ChatRow
from storage.outbox import TROUBLED, OutboxKind, OutboxRow, OutboxState, in_state
from storage.people import GrantRow, MemberRow
from storage.rich_text import Text

MOST = 500
"""Troubled rows that are shown, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    counts: dict[OutboxState, int]
    """Of what is not finished, all; of what is, since the day asked for."""
    lag: timedelta
    """How long ago the oldest row that still waits should have been sent; zero where none is late."""
    repeated: int
    """Messages, since the day asked for, that were sent again because their fate was unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubled:
    """A row that failed or is uncertain."""

    id: int
    plan: str
    kind: OutboxKind
    member: int | None
    text: Text
    created_at: datetime
    state: OutboxState
    reason: str | None


def overview(session: Session, plan: str | None, *, since: datetime, now: datetime, plan_now: datetime) -> Overview:
    """Of one plan or of all; finished rows count from `since` (machine time, like `now`) on."""
    ours = _of(plan)
    finished = in_state(OutboxState.SENT, OutboxState.EXPIRED, OutboxState.SKIPPED)
    found = session.execute(
        select(OutboxRow.state, func.count())
        .where(ours, ~finished | (OutboxRow.created_at >= since))
        .group_by(OutboxRow.state)
    )
    repeated = select(func.count()).where(ours, OutboxRow.repeats > 0, OutboxRow.created_at >= since)
    return Overview(
        counts=dict(found.all()),
        lag=_lag(session, ours, now, plan_now),
        repeated=session.scalar(repeated.select_from(OutboxRow)) or 0,
    )


def list_troubled(session: Session, plan: str | None = None) -> tuple[Troubled, ...]:
    """What a person may send again or give up, the oldest first."""
    statement = select(OutboxRow).where(_of(plan), in_state(*TROUBLED)).order_by(OutboxRow.id).limit(MOST)
    return tuple(
        Troubled(
            id=row.id,
            plan=row.plan,
            kind=row.kind,
            member=row.member_id,
            text=row.text,
            created_at=row.created_at,
            state=row.state,
            reason=row.reason,
        )
        for row in session.scalars(statement.execution_options(populate_existing=True))
    )


def unreachable(session: Session, plan: str | None = None) -> tuple[int, ...]:
    """The members with a role in the plan whom the bot may not write to: they stopped it, or never began."""
    held = select(GrantRow.member_id).where(GrantRow.until.is_(None))
    if plan is not None:
        held = held.where(GrantRow.plan == plan)
    statement = (
        select(MemberRow.id)
        .outerjoin(ChatRow, ChatRow.id == MemberRow.telegram_id)
        .where(MemberRow.id.in_(held), MemberRow.locked_at.is_(None), ChatRow.blocked.is_not(False))
        .order_by(MemberRow.id)
    )
    return tuple(session.scalars(statement))


def _lag(session: Session, ours: ColumnElement[bool], now: datetime, plan_now: datetime) -> timedelta:
    """Plan times are few, so the oldest row of each is looked at; both clocks run alike."""
    waiting = session.execute(
        select(OutboxRow.not_before, func.min(OutboxRow.created_at))
        .where(ours, in_state(OutboxState.QUEUED, OutboxState.SENDING))
        .group_by(OutboxRow.not_before)
    )
    since = (max(created, created if due is None else due - plan_now + now) for due, created in waiting)
    return max((now - one for one in since if one <= now), default=timedelta(0))


def _of(plan: str | None) -> ColumnElement[bool]:
    return true() if plan is None else OutboxRow.plan == plan
