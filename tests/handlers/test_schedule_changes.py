"""Rows follow what they hang on, in the transaction that changes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from reminder_harness import OFFICE, PLAN, ReminderHarness
from sqlalchemy.orm import Session

from handlers.chat.context import Context
from handlers.schedule.changes import schedule_changed, schedules_changed
from handlers.services.clock import PLAN_ZONE, machine_now
from handlers.services.question_service import QuestionService
from knowledge.reminders.rules import RuleChange
from storage.conversations import ConversationState
from storage.database import Database
from storage.holidays import OfficeDay, set_days
from storage.people import Account, find_member
from storage.plan_settings import MeetingTime, add_meeting
from storage.rule_settings import change_rule
from storage.schedule import rows_of


@pytest.fixture
def harness(database: Database, question_service: QuestionService) -> ReminderHarness:
    harness = ReminderHarness(database, question_service, date(2023, 3, 1))
    harness.rebuild()
    return harness


@contextmanager
def office(harness: ReminderHarness) -> Iterator[tuple[Context, int]]:
    """A transaction of the office's, and its number."""
    with harness.database.write() as session:
        member = find_member(session, OFFICE)
        assert member is not None
        yield context(harness, session, Account(member.id, locked=False)), member.id


def context(harness: ReminderHarness, session: Session, account: Account) -> Context:
    now = machine_now()
    return Context(
        session=session,
        services=harness.services,
        chat=OFFICE,
        person=OFFICE,
        group=False,
        message=None,
        reply_to=None,
        asked_at=now,
        now=now,
        conversation=ConversationState(memory="", prompted=False, account=account),
    )


def days(harness: ReminderHarness, rule: str) -> dict[str, date]:
    """The rule's next days by subject."""
    with harness.database.read() as session:
        rows = rows_of(session, PLAN).values()
    return {row.subject: row.next_due.astimezone(PLAN_ZONE).date() for row in rows if row.rule == rule}


def test_a_day_off_moves_what_would_have_been_told_on_it(harness: ReminderHarness) -> None:
    assert days(harness, "due")["monthly"] == date(2023, 3, 24)
    with office(harness) as (own, number):
        set_days(own.session, {date(2023, 3, 24): OfficeDay(working=False)}, by=number, now=own.now)
        schedules_changed(own)
    assert days(harness, "due")["monthly"] == date(2023, 3, 23)


def test_a_meeting_brings_its_snapshot(harness: ReminderHarness) -> None:
    assert days(harness, "snapshot") == {}
    with office(harness) as (own, number):
        add_meeting(own.session, PLAN, MeetingTime(date(2023, 3, 15)), by=number, now=own.now)
        schedule_changed(own, PLAN)
    assert list(days(harness, "snapshot").values()) == [date(2023, 3, 13)]


def test_a_plan_that_is_not_loaded_changes_nothing(harness: ReminderHarness) -> None:
    with office(harness) as (own, number):
        change_rule(own.session, PLAN, "due", RuleChange(on=False), by=number, now=own.now)
        schedule_changed(own, "another")
    assert "monthly" in days(harness, "due")
