"""The tick: rows that are due become items, items due to one person become one message, and the rows move on.

All in one transaction, so that a crash or a second process neither loses nor repeats anything: what the transaction
did not commit is due still, and what it did is unique.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from traceback import format_tb

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from handlers.chat.context import Services
from handlers.schedule.bulletin_draft import draft
from handlers.schedule.due_items import DueOccasion, due_occasions, items_of, next_rows
from handlers.schedule.outbox_messages import enqueue_waiting
from handlers.schedule.plan_schedule import load_agenda, planned_in
from handlers.schedule.preferences import as_preferred
from handlers.schedule.snapshot import load_plan_snapshot
from knowledge.plan.model import Plan
from knowledge.reminders.recipients import PlanSnapshot, ReminderItem, expand
from knowledge.reminders.rules import DRAFTS
from storage.schedule import ScheduledRule, drop_rows, due_rows, hold_row, put_rows, take_the_tick
from storage.schedule_items import NewItem, add_items
from storage.subscriptions import AS_CONFIGURED, subscriptions_of

BATCH = 500
"""Rows in one transaction."""
PUT_OFF = timedelta(hours=1)
"""How long a row waits whose reminder could not be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TickResult:
    """What a tick came to: whether anything was done (more may be due), and the rows that could not be."""

    busy: bool
    failures: tuple[dict[str, str], ...] = ()


def tick(session: Session, services: Services, *, now: datetime) -> TickResult:
    """Do what is due by now (`now` is machine time; what is due goes by plan time).

    Nothing is told while the service is public. A row that raises is put off by an hour and reported; it holds up
    no other.
    """
    services.due_day.refresh(session)  # it was set before this process began, or by another
    if not services.service.internal or not take_the_tick(session):
        return TickResult(busy=False)
    rows = due_rows(session, services.clock.now(), limit=BATCH)
    plans = {plan.name: plan for plan in services.question_service.library.plans}
    failures: list[dict[str, str]] = []
    for name in dict.fromkeys(row.plan for row in rows):
        own = [row for row in rows if row.plan == name]
        if name in plans:
            failures += _expand_each(session, services, plans[name], own, now)
        else:
            drop_rows(session, [row.key for row in own])  # a plan that is no longer loaded tells nobody anything
    # what is due with the rest of the rows goes into the same message
    joined = len(rows) < BATCH and enqueue_waiting(session, services, now=now)
    return TickResult(busy=joined or bool(rows), failures=tuple(failures))


def _expand_each(
    session: Session, services: Services, plan: Plan, rows: Sequence[ScheduledRule], now: datetime
) -> list[dict[str, str]]:
    """All at once; where that raises, one by one, so that only what is broken waits."""
    try:
        with session.begin_nested():
            _expand(session, services, plan, rows, now)
    except DBAPIError:
        raise
    except Exception as error:
        if len(rows) == 1:
            hold_row(session, rows[0], services.clock.now() + PUT_OFF)
            at = "".join(format_tb(error.__traceback__)[-1:])
            return [{"rule": rows[0].rule, "plan": plan.name, "error": type(error).__name__, "at": at}]
        return [failure for row in rows for failure in _expand_each(session, services, plan, [row], now)]
    return []


def _expand(session: Session, services: Services, plan: Plan, rows: Sequence[ScheduledRule], now: datetime) -> None:
    """Items for what is due of a plan; its rows move on."""
    moment, today = services.clock.now(), services.clock.today()
    agenda = load_agenda(session, plan, services.remind, since=rows[0].next_due.date())
    planned = {one.rule_and_subject: one for one in planned_in(agenda)}
    snapshot = load_plan_snapshot(
        session, services.question_service.library, plan, today=today, due_days=services.remind.due_days
    )
    items: list[NewItem] = []
    for row in (row for row in rows if row.rule_and_subject in planned):
        for due_now in due_occasions(planned[row.rule_and_subject], agenda, row, moment):
            items += items_of(plan.name, due_now, _found(session, services, snapshot, due_now, now), moment)
    chosen = subscriptions_of(session, {item.member for item in items})
    add_items(session, (as_preferred(item, chosen.get(item.member, AS_CONFIGURED), services.remind) for item in items))
    ahead, gone = next_rows(rows, planned, agenda, moment)
    put_rows(session, ahead)
    drop_rows(session, [row.key for row in gone])


def _found(
    session: Session, services: Services, snapshot: PlanSnapshot, due_now: DueOccasion, now: datetime
) -> tuple[ReminderItem, ...]:
    found = expand(due_now.occasion, snapshot)
    if found and due_now.occasion.rule.key in DRAFTS and due_now.reason is None:
        number = draft(session, services, snapshot, due_now.occasion, now)
        found = tuple(replace(item, subject=str(number or "")) for item in found)
    return found
