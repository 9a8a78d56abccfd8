"""The tick: rows that are due become items, items due to one person become one message, and the rows move on.

All in one transaction, so that a crash or a second process neither loses nor repeats anything: what the transaction
did not commit is due still, and what it did is unique.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from traceback import format_tb

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from handlers.place import House
from handlers.remind.drafting import draft
from handlers.remind.joining import join_waiting
from handlers.remind.planned import Agenda, load_agenda, planned_in, row_of
from handlers.remind.scene import load_scene
from handlers.remind.times import Due, Planned, next_due, occasions
from handlers.remind.wishes import as_wished
from knowledge.model import Plan
from knowledge.rhythm.expand import Item, Occasion, Reason, Scene, expand, useful_until
from knowledge.rhythm.rules import DRAFTS
from storage.schedule import NewItem, Row, add_items, drop_rows, due_rows, hold_row, put_rows, take_the_tick
from storage.subscriptions import AS_CONFIGURED, subscriptions_of

BATCH = 500
"""Rows in one transaction."""
PUT_OFF = timedelta(hours=1)
"""How long a row waits whose reminder could not be made."""
LATE = timedelta(hours=1)
"""So long after its time a reminder says that it is late."""


@dataclass(frozen=True, slots=True)
class Missed:
    """An occasion whose time has come; `reason` says why it is not told any more."""

    due: Due
    occasion: Occasion
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """What a tick came to: whether anything was done (more may be due), and the rows that could not be."""

    busy: bool
    failures: tuple[dict[str, str], ...] = ()


def tick(session: Session, house: House, *, now: datetime) -> Ticked:
    """Do what is due by now (`now` is machine time; what is due goes by plan time).

    Nothing is told while the service is public. A row that raises is put off by an hour and reported; it holds up
    no other.
    """
    if not house.service.internal or not take_the_tick(session):
        return Ticked(busy=False)
    rows = due_rows(session, house.clock.now(), limit=BATCH)
    plans = {plan.name: plan for plan in house.desk.library.plans}
    failures: list[dict[str, str]] = []
    for name in dict.fromkeys(row.plan for row in rows):
        own = [row for row in rows if row.plan == name]
        if name in plans:
            failures += _expand_each(session, house, plans[name], own, now)
        else:
            drop_rows(session, [row.key for row in own])  # a plan that is no longer loaded tells nobody anything
    joined = join_waiting(session, house, now=now)
    return Ticked(busy=joined or bool(rows), failures=tuple(failures))


def _expand_each(
    session: Session, house: House, plan: Plan, rows: Sequence[Row], now: datetime
) -> list[dict[str, str]]:
    """All at once; where that raises, one by one, so that only what is broken waits."""
    try:
        with session.begin_nested():
            _expand(session, house, plan, rows, now)
    except DBAPIError:
        raise
    except Exception as error:
        if len(rows) == 1:
            hold_row(session, rows[0], house.clock.now() + PUT_OFF)
            at = "".join(format_tb(error.__traceback__)[-1:])
            return [{"rule": rows[0].rule, "plan": plan.name, "error": type(error).__name__, "at": at}]
        return [failure for row in rows for failure in _expand_each(session, house, plan, [row], now)]
    return []


def _expand(session: Session, house: House, plan: Plan, rows: Sequence[Row], now: datetime) -> None:
    """Items for what is due of a plan; its rows move on."""
    moment, today = house.clock.now(), house.clock.today()
    agenda = load_agenda(session, plan, house.remind, since=rows[0].next_due.date())
    planned = {one.rule_and_subject: one for one in planned_in(agenda)}
    scene = load_scene(session, house.desk.library, plan, today=today, now=now)
    items = [
        item
        for row in rows
        if row.rule_and_subject in planned
        for missed in _missed(planned[row.rule_and_subject], agenda, row, moment)
        for item in _items(session, house, scene, missed, moment, now)
    ]
    chosen = subscriptions_of(session, {item.member for item in items})
    add_items(session, (as_wished(item, chosen.get(item.member, AS_CONFIGURED), house.remind) for item in items))
    _move_on(session, rows, planned, agenda, moment)


def _missed(planned: Planned, agenda: Agenda, row: Row, moment: datetime) -> tuple[Missed, ...]:
    """The row's occasions up to now: the last is told, unless it is of no use any more; what was before it is not."""
    before = row.next_due - timedelta(microseconds=1)
    due = takewhile(lambda one: one[0].at <= moment, occasions(planned, agenda.calendar, after=before))
    missed = [Missed(*one, Reason.SUPERSEDED) for one in due]
    if missed:
        last, until = missed[-1], useful_until(missed[-1].occasion)
        missed[-1] = replace(last, reason=Reason.PAST if until is not None and moment.date() > until else None)
    return tuple(missed)


def _items(
    session: Session, house: House, scene: Scene, missed: Missed, moment: datetime, now: datetime
) -> Iterator[NewItem]:
    occasion = missed.occasion
    found = expand(occasion, scene)
    if found and occasion.rule.key in DRAFTS and missed.reason is None:
        number = draft(session, house, scene, occasion, now)
        found = tuple(replace(item, subject=str(number)) for item in found)
    for item in found:
        yield _new(scene.plan, occasion, missed, item, late=moment - missed.due.at > LATE)


def _new(plan: str, occasion: Occasion, missed: Missed, item: Item, *, late: bool) -> NewItem:
    return NewItem(
        plan=plan,
        rule=occasion.rule.key,
        subject=item.subject,
        member=item.member,
        occurrence=missed.due.label,
        task=item.task,
        urgent=item.urgent,
        due=missed.due.at,
        planned=missed.due.at,
        reason=missed.reason or item.skip,
        late=late,
    )


def _move_on(
    session: Session, rows: Iterable[Row], planned: dict[tuple[str, str], Planned], agenda: Agenda, moment: datetime
) -> None:
    ahead: list[Row] = []
    gone: list[tuple[str, str, str]] = []
    for row in rows:
        known = planned.get(row.rule_and_subject)
        due = known and next_due(known, agenda.calendar, after=moment)
        if due:
            ahead.append(row_of(row.key, due))
        else:
            gone.append(row.key)
    put_rows(session, ahead)
    drop_rows(session, gone)
