"""Taking rows off the outbox to send them, and saying what became of them. The states are drawn in `storage.outbox`.

Everything here is a statement or two, however many rows it is about. A row belongs to the worker that claimed it until
that worker says what became of it, or is dead.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from storage.chats import ChatRow
from storage.columns import AwareTime
from storage.outbox import (
    EMPTIED,
    MANNERS,
    TROUBLED,
    UNREPEATABLE,
    DeliveryReason,
    Keyboard,
    OutboxKind,
    OutboxRow,
    OutboxState,
    in_state,
    note_enqueued,
)
from storage.people import GrantRow, MemberRow
from storage.rich_text import Text

Time = datetime | ColumnElement[datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A row that this worker is to send."""

    id: int
    kind: OutboxKind
    plan: str
    member: int | None
    chat: int
    text: Text
    keyboard: Keyboard
    turn: int | None
    target: int | None
    thread: int | None
    attempts: int
    """This one included."""
    expires_at: datetime | None

    @property
    def rank(self) -> tuple[int, int]:
        """In this order they are claimed and sent."""
        return MANNERS[self.kind].priority, self.id


class Recipient(NamedTuple):
    plan: str
    member: int


@dataclass(frozen=True, slots=True)
class Batch:
    claims: tuple[Claim, ...]
    taken: int
    """How many left the queue, those skipped included; fewer than asked for: no more is to be sent now."""
    unreachable: frozenset[Recipient] = frozenset()
    """Members who were skipped because their chat is blocked."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """What became of rows whose fate is unknown."""

    repeated: tuple[int, ...] = ()
    """Rows that are queued again."""
    uncertain: tuple[tuple[str, int], ...] = ()
    """(plan, row) that a person must decide on."""


def claim(
    session: Session,
    *,
    worker: int,
    limit: int,
    now: datetime,
    plan_now: datetime,
    busy: Collection[int] = (),
    only: Collection[int] | None = None,
) -> Batch:
    """Take up to `limit` rows that may be sent, the most urgent first; none to the chats that are `busy`.

    `only` are the chats that something may be sent to; None: all.

    Rows to people who meanwhile must not be written to are skipped in the same statement.
    """
    given = {"worker": worker, "limit": limit, "now": now, "plan_now": plan_now, "busy": tuple(busy)}
    if only is not None:
        given["only"] = tuple(only)
    taken = session.scalars(_claiming(everybody=only is None), given).all()
    claims = [_value(row) for row in taken if row.state is OutboxState.SENDING]
    if len(claims) < len(taken):
        _set(session, OutboxRow.id.in_(row.id for row in taken if row.state is OutboxState.SKIPPED), **EMPTIED)
    blocked = {
        Recipient(row.plan, row.member_id)
        for row in taken
        if row.reason == DeliveryReason.BLOCKED and row.state is OutboxState.SKIPPED and row.member_id is not None
    }
    return Batch(tuple(sorted(claims, key=lambda one: one.rank)), len(taken), frozenset(blocked))


def expire(session: Session, *, now: datetime) -> int:
    """Give up what is of no use any more by machine time `now`; how many."""
    return _count(session, out_of_date(now), state=OutboxState.EXPIRED, **EMPTIED)


def mark_sent(session: Session, sent: Mapping[int, int | None], *, now: datetime, day: date) -> None:
    """They arrived, each as the message with this id; None for a recall that deleted one, and for what took several.
    `day` is the plan's.

    This holds whoever the row belongs to by now: a message that arrived is not sent again.
    """
    ids = {number: message for number, message in sent.items() if message is not None}
    _set(
        session,
        OutboxRow.id.in_(sent) & (OutboxRow.state != OutboxState.SENT),
        state=OutboxState.SENT,
        message_id=case(ids, value=OutboxRow.id) if ids else null(),
        sent_at=now,
        sent_day=day,
        reason=None,
        **EMPTIED,
    )


def retry(session: Session, claims: Mapping[int, datetime]) -> None:
    """They certainly did not go out: send each at its machine time or later."""
    if claims:
        at = case({number: literal(time, AwareTime()) for number, time in claims.items()}, value=OutboxRow.id)
        _set(session, _sending(claims), state=OutboxState.QUEUED, next_try=at)


def bring_forward(session: Session, *, now: datetime) -> None:
    """The machine's clock was set back to `now`: what was to be tried at the old time is tried now."""
    _set(session, in_state(OutboxState.QUEUED) & (OutboxRow.next_try > now), next_try=now)


def fail(session: Session, claims: Collection[int], *, reason: DeliveryReason) -> None:
    """They will not arrive; a person may send them again or give them up."""
    _set(session, _sending(claims), state=OutboxState.FAILED, reason=reason)


def doubt(session: Session, claims: Collection[int], *, at: datetime) -> Doubtful:
    """Nobody knows whether they arrived. What is safe to repeat is sent again at machine time `at` or later."""
    return _doubt(session, _sending(claims), DeliveryReason.NO_ANSWER, at)


def recover(session: Session, dead: ColumnElement[bool], *, now: datetime) -> Doubtful:
    """Take over what workers left behind that are `dead`, a condition (storage.workers) on OutboxRow.worker."""
    return _doubt(session, in_state(OutboxState.SENDING) & dead, DeliveryReason.DIED, now)


def put_back(session: Session, *, worker: int, held: Collection[int]) -> None:
    """A worker claimed rows and never heard of it, its database went away just then: nothing of these was sent."""
    lost = in_state(OutboxState.SENDING) & (OutboxRow.worker == worker) & OutboxRow.id.not_in(held)
    _set(session, lost, state=OutboxState.QUEUED)


def adopt(session: Session, *, old: Collection[int], new: int) -> None:
    """A worker goes on under another number: what it is sending is still its own."""
    _set(session, in_state(OutboxState.SENDING) & OutboxRow.worker.in_(old), worker=new)


def send_again(session: Session, row_id: int, *, plan: str | None, now: datetime) -> bool:
    """A person wants it sent all the same, whatever it expired at; False if it is neither failed nor uncertain."""
    doubtful = in_state(OutboxState.UNCERTAIN)
    note_enqueued(session)
    return _by_a_person(
        session,
        row_id,
        plan,
        state=OutboxState.QUEUED,
        repeats=OutboxRow.repeats + case((doubtful, 1), else_=0),
        attempts=0,
        next_try=now,
        expires_at=None,
        reason=None,
    )


def give_up(session: Session, row_id: int, *, plan: str | None) -> bool:
    """A person wants it forgotten; False if it is neither failed nor uncertain."""
    return _by_a_person(session, row_id, plan, state=OutboxState.SKIPPED, reason=DeliveryReason.GIVEN_UP, **EMPTIED)


def give_up_old(session: Session, *, before: datetime) -> int:
    """Nobody decided about what was enqueued `before`: its words need not be kept for ever. How many."""
    old = in_state(*TROUBLED) & (OutboxRow.created_at < before)
    return _count(session, old, state=OutboxState.SKIPPED, reason=DeliveryReason.GIVEN_UP, **EMPTIED)


def next_due(session: Session, *, now: datetime, plan_now: datetime) -> tuple[datetime | None, datetime | None]:
    """When a row that waits may next be sent: (by machine time, by plan time); None where none waits for that clock."""
    waiting = in_state(OutboxState.QUEUED)
    machine = select(func.min(OutboxRow.next_try)).where(waiting, OutboxRow.next_try > now)
    plan = select(func.min(OutboxRow.not_before)).where(waiting, OutboxRow.not_before > plan_now)
    return session.scalar(machine), session.scalar(plan)


@cache
def _claiming(*, everybody: bool) -> ReturningUpdate[OutboxRow]:
    """The statement, built once: it takes longer to build than to execute."""
    now, plan_now = bindparam("now", type_=AwareTime()), bindparam("plan_now", type_=AwareTime())
    whom = () if everybody else (OutboxRow.chat_id.in_(bindparam("only", expanding=True)),)
    picked = (
        select(OutboxRow.id)
        .where(waiting_now(now, plan_now), *whom, OutboxRow.chat_id.not_in(bindparam("busy", expanding=True)))
        .order_by(OutboxRow.priority, OutboxRow.id)
        .limit(bindparam("limit", type_=Integer()))
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    why = _why_not()
    return (
        update(OutboxRow)
        .where(OutboxRow.id.in_(select(picked.c.id)))
        .values(
            state=case((why.is_(None), OutboxState.SENDING), else_=OutboxState.SKIPPED),
            reason=why,
            attempts=OutboxRow.attempts + 1,
            worker=bindparam("worker"),
        )
        .returning(OutboxRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


def waiting_now(now: Time, plan_now: Time) -> ColumnElement[bool]:
    """The condition of a row that should be sent now."""
    return and_(
        in_state(OutboxState.QUEUED),
        OutboxRow.next_try <= now,
        or_(OutboxRow.not_before.is_(None), OutboxRow.not_before <= plan_now),
        or_(OutboxRow.expires_at.is_(None), OutboxRow.expires_at > now),
    )


def out_of_date(now: datetime) -> ColumnElement[bool]:
    return in_state(OutboxState.QUEUED) & (OutboxRow.expires_at <= now)


def _why_not() -> ColumnElement[str | None]:
    """The reason why the row's recipient is not written to now, null where there is none."""
    member = select(MemberRow.id).where(MemberRow.id == OutboxRow.member_id)
    grant = exists().where(
        GrantRow.member_id == OutboxRow.member_id, GrantRow.plan == OutboxRow.plan, GrantRow.until.is_(None)
    )
    chat = exists().where(ChatRow.id == OutboxRow.chat_id)
    return case(
        (_any(member.where(MemberRow.telegram_id.is_(None))), DeliveryReason.FORGOTTEN),
        (_any(member.where(MemberRow.locked_at.is_not(None))), DeliveryReason.LOCKED),
        (OutboxRow.member_id.is_not(None) & ~grant, DeliveryReason.UNBOUND),
        (OutboxRow.member_id.is_not(None) & ~chat, DeliveryReason.NEVER_WROTE),
        (chat.where(ChatRow.blocked), DeliveryReason.BLOCKED),
        else_=null(),
    )


def _any(rows: Select[int]) -> ColumnElement[bool]:
    return rows.correlate(OutboxRow).exists()


def _sending(claims: Collection[int]) -> ColumnElement[bool]:
    return in_state(OutboxState.SENDING) & OutboxRow.id.in_(claims)


def _doubt(session: Session, which: ColumnElement[bool], reason: DeliveryReason, at: datetime) -> Doubtful:
    """Rows that another process has just taken over are left to it."""
    picked = select(OutboxRow.id).where(which).with_for_update(skip_locked=True).cte("picked")
    lost = OutboxRow.kind.in_(UNREPEATABLE)
    found = session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(select(picked.c.id)))
        .values(
            state=case((lost, OutboxState.UNCERTAIN), else_=OutboxState.QUEUED),
            reason=case((lost, reason), else_=null()),
            repeats=OutboxRow.repeats + case((lost, 0), else_=1),
            next_try=at,
        )
        .returning(OutboxRow.id, OutboxRow.plan, OutboxRow.state)
        .execution_options(synchronize_session=False)
    ).all()
    repeated = tuple(sorted(number for number, _, state in found if state is OutboxState.QUEUED))
    return Doubtful(
        repeated, tuple(sorted((plan, number) for number, plan, state in found if state is OutboxState.UNCERTAIN))
    )


def _by_a_person(session: Session, row_id: int, plan: str | None, **values: object) -> bool:
    which = in_state(*TROUBLED) & (OutboxRow.id == row_id)
    return _count(session, which if plan is None else which & (OutboxRow.plan == plan), **values) > 0


def _count(session: Session, which: ColumnElement[bool], **values: object) -> int:
    return len(session.scalars(_update(which, values).returning(OutboxRow.id)).all())


def _set(session: Session, which: ColumnElement[bool], **values: object) -> None:
    session.execute(_update(which, values))


def _update(which: ColumnElement[bool], values: Mapping[str, object]) -> Update:
    return update(OutboxRow).where(which).values(values).execution_options(synchronize_session=False)


def _value(row: OutboxRow) -> Claim:
    return Claim(
        id=row.id,
        kind=row.kind,
        plan=row.plan,
        member=row.member_id,
        chat=row.chat_id,
        text=row.text,
        keyboard=tuple(tuple((label, data) for label, data in keys) for keys in row.keyboard or ()),
        turn=row.turn_id,
        target=row.target_message_id,
        thread=row.thread_id,
        attempts=row.attempts,
        expires_at=row.expires_at,
    )
