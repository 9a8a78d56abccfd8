"""What docs/reminders.md promises of a tick that fails, and of ticks side by side."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from threading import Barrier
from typing import Any

import pytest
from conftest import MigratedDatabase
from reminder_harness import BASE_STATION, OFFICE, SCIENCE, ReminderHarness
from sqlalchemy import func, select

from handlers.schedule import tick as ticking
from handlers.schedule.tick import TickResult, tick
from handlers.services.question_service import QuestionService
from knowledge.reminders.recipients import expand
from storage.database import UNAVAILABLE, Database
from storage.outbox import OutboxRow

WORDS = "what somebody wrote"
ASKED = date(2023, 3, 20)
"""The day on which the figures of March are asked for."""


@pytest.fixture
def harness(database: Database, question_service: QuestionService) -> ReminderHarness:
    """On 17 March 2023, with 5G基站 owned by 市科经局."""
    harness = ReminderHarness(database, question_service, date(2023, 3, 17))
    harness.own("市科经局", BASE_STATION)
    return harness


def tick_once(harness: ReminderHarness) -> TickResult:
    with harness.database.write() as session:
        return tick(session, harness.services, now=datetime.now(UTC))


def waiting(harness: ReminderHarness) -> int:
    with harness.database.read() as session:
        return session.scalar(select(func.count()).select_from(OutboxRow)) or 0


def test_groups_get_nothing_by_rule(harness: ReminderHarness) -> None:
    told = [chat for day in (ASKED, date(2023, 5, 12), date(2023, 12, 29)) for chat in harness.on(day)]
    assert len(told) > 3
    assert all(chat > 0 for chat in told)


def test_who_has_reported_is_not_asked(harness: ReminderHarness) -> None:
    harness.report(SCIENCE, "市科经局", BASE_STATION, 600, date(2023, 3, 17))
    assert harness.on(ASKED) == {}


def test_a_reminder_that_cannot_be_made_holds_up_no_other_and_is_tried_an_hour_later(
    harness: ReminderHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(occasion: Any, snapshot: Any) -> Any:
        if occasion.rule.key == "unowned":
            raise ValueError(WORDS)
        return expand(occasion, snapshot)

    monkeypatch.setattr(ticking, "expand", broken)
    harness.services.clock.shift_to_time(date(2023, 5, 4), time(9))
    failures = tick_once(harness).failures
    assert [failure["rule"] for failure in failures] == ["unowned"]
    assert WORDS not in str(failures)
    others = harness.tick()
    assert SCIENCE in others
    assert not any("待确认主责" in text for text in others.get(OFFICE, []))
    harness.services.clock.shift_to_time(date(2023, 5, 4), time(9, 59))
    assert tick_once(harness).failures == ()
    harness.services.clock.shift_to_time(date(2023, 5, 4), time(10, 1))
    assert [failure["rule"] for failure in tick_once(harness).failures] == ["unowned"]
    monkeypatch.setattr(ticking, "expand", expand)
    harness.on(date(2023, 5, 4), time(11, 2))
    (office,) = harness.on(date(2023, 5, 5))[OFFICE]
    assert "待确认主责" in office


@pytest.mark.both
def test_two_processes_that_tick_at_the_same_moment_tell_once(harness: ReminderHarness) -> None:
    harness.services.clock.shift_to_time(ASKED, time(9))
    together = Barrier(2)

    def process() -> None:
        together.wait()
        tick_once(harness)

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(process) for _ in range(2)]:
            done.result()
    assert set(harness.tick()) == {SCIENCE}
    assert waiting(harness) == 1


def fill_the_disk(database: Database) -> None:
    """The file may not grow, and what is free inside it is used up."""
    with database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("CREATE TABLE filler (page BLOB)")
        free = connection.exec_driver_sql("PRAGMA freelist_count").scalar_one()
        for _ in range(free):
            connection.exec_driver_sql("INSERT INTO filler VALUES (zeroblob(4000))")
    with database.write() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def clear_the_disk(database: Database) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
        session.connection().exec_driver_sql("DROP TABLE filler")


def test_on_a_full_disk_the_tick_waits_and_nothing_is_lost(
    migrated_sqlite: MigratedDatabase, question_service: QuestionService
) -> None:
    migrated_sqlite.restore()
    harness = ReminderHarness(Database(migrated_sqlite.engine), question_service, date(2023, 3, 17))
    harness.own("市科经局", BASE_STATION)
    fill_the_disk(harness.database)
    with pytest.raises(UNAVAILABLE):
        tick_through_the_year(harness)
    stored = waiting(harness)
    clear_the_disk(harness.database)
    harness.tick()
    assert waiting(harness) > stored


def tick_through_the_year(harness: ReminderHarness) -> None:
    """Until no page of the file has room left."""
    for month in range(3, 13):
        harness.services.clock.shift_to_time(date(2023, month, 20), time(9))
        tick_once(harness)
