"""What the office sets of days, periods and meetings: the last word counts, on both databases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.holidays import OfficeDay, WorkDayRow, last_change, office_days, set_days, workdays_of
from storage.people import add_member
from storage.plan_settings import (
    Meeting,
    MeetingTime,
    PlanPeriod,
    add_meeting,
    cancel_meeting,
    change_meeting,
    get_meeting,
    meetings_of,
    period_of,
    set_period,
)

NOW = datetime(2023, 3, 1, 9, tzinfo=UTC)
SPRING = date(2027, 2, 6)


@pytest.fixture
def member(database: Database) -> int:
    with database.write() as session:
        return add_member(session, telegram_id=510001, name="办公室甲", now=NOW)


def test_the_last_word_on_a_day_counts_and_every_word_is_kept(database: Database, member: int) -> None:
    with database.write() as session:
        assert last_change(session) == 0
        set_days(session, {SPRING: OfficeDay(working=True, name="春节")}, by=member, now=NOW)
        set_days(session, {SPRING: OfficeDay(working=False)}, by=member, now=NOW)
        assert office_days(session) == {SPRING: OfficeDay(working=False)}
        first = last_change(session)
        set_days(session, {SPRING: None, date(2027, 1, 1): OfficeDay(working=False, name="元旦")}, by=member, now=NOW)
    with database.read() as session:
        assert last_change(session) > first
        assert office_days(session) == {date(2027, 1, 1): OfficeDay(working=False, name="元旦")}
        assert not workdays_of(session).is_workday(date(2027, 1, 1))
        assert workdays_of(session).doubtful(SPRING)
        assert session.scalar(select(func.count()).select_from(WorkDayRow)) == 4


def test_a_period_is_the_plans_own_and_can_be_cleared(database: Database, member: int) -> None:
    period = PlanPeriod(date(2021, 12, 31), date(2024, 12, 31))
    with database.write() as session:
        assert period_of(session, "p") is None
        set_period(session, "p", period, by=member, now=NOW)
        assert period_of(session, "p") == period
        assert period_of(session, "another") is None
        set_period(session, "p", None, by=member, now=NOW)
        assert period_of(session, "p") is None


def test_a_meeting_keeps_its_number_when_it_is_moved_and_is_held_again_after_a_cancelling(
    database: Database, member: int
) -> None:
    april, may = MeetingTime(date(2023, 4, 12), time(15), "三楼会议室"), MeetingTime(date(2023, 5, 12))
    moved = MeetingTime(date(2023, 4, 14), time(9, 30))
    with database.write() as session:
        late = add_meeting(session, "p", may, by=member, now=NOW)
        early = add_meeting(session, "p", april, by=member, now=NOW)
        assert meetings_of(session, "p", date(2023, 4, 12)) == (Meeting(early, april), Meeting(late, may))
        assert meetings_of(session, "p", date(2023, 4, 13)) == (Meeting(late, may),)
        assert meetings_of(session, "another", date.min) == ()
        change_meeting(session, "p", early, moved, by=member, now=NOW + timedelta(hours=1))
        cancel_meeting(session, "another", early, by=member, now=NOW)
    with database.write() as session:
        assert get_meeting(session, "p", early) == (Meeting(early, moved), True)
        assert get_meeting(session, "another", early) is None
        cancel_meeting(session, "p", early, by=member, now=NOW)
        assert get_meeting(session, "p", early) == (Meeting(early, moved), False)
        assert meetings_of(session, "p", date.min) == (Meeting(late, may),)
        change_meeting(session, "p", early, moved, by=member, now=NOW)
        assert [one.id for one in meetings_of(session, "p", date.min)] == [early, late]
