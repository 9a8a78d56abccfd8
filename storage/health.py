"""What the database says of how the bot is doing: counts and times, nobody's words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from storage.heartbeats import Heartbeat, last_heartbeat
from storage.inbox import UNFINISHED, InboxRow, InboxState
from storage.outbox import OutboxRow, OutboxState
from storage.outbox_view import overview
from storage.schedule import ScheduleRow

FINISHED = timedelta(days=7)
"""How far back messages are counted that are finished."""
SET_ASIDE = timedelta(days=1)
"""What was set aside earlier is history, and has been told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    unanswered: timedelta | None
    """How long the oldest update waits for its answer; None: none does."""
    set_aside: int
    """Updates that were set aside lately."""
    outbox: dict[OutboxState, int]
    """Of what is not finished, all; of what is, lately."""
    outbox_lag: timedelta
    heartbeat: Heartbeat | None
    size: int
    """Bytes of the database."""


def figures(session: Session, *, now: datetime, plan_now: datetime) -> Figures:
    oldest = session.scalar(select(func.min(InboxRow.received_at)).where(InboxRow.state.in_(UNFINISHED)))
    aside = select(func.count()).where(
        InboxRow.state == InboxState.QUARANTINED, InboxRow.received_at >= now - SET_ASIDE
    )
    found = overview(session, None, since=now - FINISHED, now=now, plan_now=plan_now)
    return Figures(
        unanswered=None if oldest is None else max(now - oldest, timedelta(0)),
        set_aside=session.scalar(aside) or 0,
        outbox={state: found.counts.get(state, 0) for state in OutboxState},
        outbox_lag=found.lag,
        heartbeat=last_heartbeat(session),
        size=_size(session),
    )


def is_at_rest(session: Session, plan_now: datetime) -> bool:
    """Whether every update is answered, and all that was due by then in plan time is sent."""
    sending = (OutboxRow.state == OutboxState.SENDING) | (
        (OutboxRow.state == OutboxState.QUEUED) & (OutboxRow.not_before.is_(None) | (OutboxRow.not_before <= plan_now))
    )
    waiting = (
        select(InboxRow.id).where(InboxRow.state.in_(UNFINISHED)),
        select(OutboxRow.id).where(sending),
        select(ScheduleRow.id).where(ScheduleRow.next_due <= plan_now),
    )
    return not any(session.scalar(select(one.exists())) for one in waiting)


def _size(session: Session) -> int:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        file = Path(connection.engine.url.database or "")
        return sum(one.stat().st_size for one in (file, file.with_name(f"{file.name}-wal")) if one.exists())
    return session.scalar(text("SELECT pg_database_size(current_database())")) or 0
