"""Letters put into the outbox and taken off it, at times of the tests' own."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from storage import claims, outbox
from storage.claims import Batch
from storage.outbox import Letter, OutboxKind, OutboxRow, OutboxState

PLAN = "wuxue-2021-26"
NOW = datetime(2026, 3, 1, 1, tzinfo=UTC)


PLAN_NOW = datetime(2023, 3, 1, 1, tzinfo=UTC)


ME, OTHER = 11, 12


def letter(occurrence: str = "1", **fields: object) -> Letter:
    values = {"kind": OutboxKind.NOTICE, "plan": PLAN, "chat": 7, "text": "有进展", **fields}
    return Letter(occurrence=occurrence, **values)  # type: ignore[arg-type]


def put(session: Session, occurrence: str = "1", **fields: object) -> int:
    number = outbox.enqueue(session, letter(occurrence, **fields), now=NOW)
    assert number is not None
    return number


def take(
    session: Session, *, worker: int = ME, limit: int = 100, after: timedelta = timedelta(0), **more: object
) -> Batch:
    plan_now = PLAN_NOW + after
    return claims.claim(session, worker=worker, limit=limit, now=NOW + after, plan_now=plan_now, **more)  # type: ignore[arg-type]


def state(session: Session, number: int) -> tuple[OutboxState, str | None]:
    row = session.get_one(OutboxRow, number, populate_existing=True)
    return row.state, row.reason
