"""Working days: the State Council's, the office's over them, and the years that nobody knows yet."""

from datetime import date, time, timedelta

import pytest
from chinese_calendar import holidays
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.dates.state_calendar import is_arranged
from knowledge.language.dates.state_calendar import is_workday as arranged
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.workdays import WorkDays, special_days

days = st.dates(date(2015, 1, 1), date(2032, 12, 31))
calendars = st.dictionaries(days, st.booleans(), max_size=30).map(WorkDays)
LAST = max(holidays).year
UNKNOWN = LAST + 1


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2023, 3, 1), True),
        (date(2023, 3, 4), False),
        (date(2023, 1, 29), True),  # a Sunday, worked for the Spring Festival
        (date(2023, 10, 6), False),
        (date(2023, 12, 31), False),  # the shipped plan's deadline, a Sunday
        (date(2026, 2, 14), True),
        (date(2026, 10, 10), True),
    ],
)
def test_the_state_councils_days_hold(day: date, *, working: bool) -> None:
    assert WorkDays().is_workday(day) is working
    assert not WorkDays().doubtful(day)


def test_the_offices_days_win_over_the_state_councils() -> None:
    calendar = WorkDays({date(2023, 10, 5): True, date(2023, 10, 8): False})
    assert calendar.is_workday(date(2023, 10, 5))
    assert calendar.add(date(2023, 10, 7), 1) == date(2023, 10, 9)


def test_a_year_beyond_the_library_goes_by_weekdays_and_is_doubtful() -> None:
    calendar = WorkDays()
    assert not is_arranged(UNKNOWN)
    assert calendar.is_workday(date(2027, 10, 1))  # a Friday
    assert calendar.doubtful(date(UNKNOWN, 10, 1))
    assert calendar.doubtful_years(date(LAST - 1, 6, 1), date(UNKNOWN + 1, 1, 1)) == (UNKNOWN, UNKNOWN + 1)
    assert special_days(UNKNOWN) == ()


def test_one_day_set_does_not_make_a_year_known_the_fixed_holidays_do() -> None:
    one = WorkDays({date(UNKNOWN, 1, 1): False})
    assert not one.doubtful(date(UNKNOWN, 1, 1))
    assert one.doubtful(date(UNKNOWN, 2, 1))
    entered = WorkDays({date(UNKNOWN, month, 1): False for month in (1, 5, 10)})
    assert not entered.doubtful(date(UNKNOWN, 2, 1))
    assert entered.doubtful_years(date(UNKNOWN, 1, 1), date(UNKNOWN, 12, 31)) == ()


def test_the_special_days_of_a_year_have_their_chinese_names() -> None:
    found = special_days(2023)
    assert [one.day for one in found if one.working][:2] == [date(2023, 1, 28), date(2023, 1, 29)]
    assert {one.name for one in found} == {"元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆节"}
    assert all(arranged(one.day) is one.working for one in found)


def test_moving_by_no_days_stays_wherever_that_is() -> None:
    assert WorkDays().add(date(2023, 3, 4), 0) == date(2023, 3, 4)


def test_two_working_days_before_a_monday_is_the_thursday() -> None:
    assert WorkDays().add(date(2023, 3, 13), -2) == date(2023, 3, 9)


@given(calendars, days)
def test_the_nearest_working_days_lie_around_a_day(calendar: WorkDays, day: date) -> None:
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)
    assert before <= day <= after
    assert calendar.is_workday(before)
    assert calendar.is_workday(after)
    between = (before + timedelta(days=n) for n in range(1, (after - before).days))
    assert not any(map(calendar.is_workday, between))
    assert (before == after == day) is calendar.is_workday(day)


@given(calendars, days, st.integers(-40, 40))
def test_adding_counts_every_working_day_once(calendar: WorkDays, day: date, n: int) -> None:
    to = calendar.add(day, n)
    first, last = (day, to) if n >= 0 else (to - timedelta(days=1), day - timedelta(days=1))
    passed = (first + timedelta(days=one) for one in range(1, (last - first).days + 1))
    assert sum(map(calendar.is_workday, passed)) == abs(n)
    assert n == 0 or calendar.is_workday(to)


@given(calendars, days, st.integers(0, 20))
def test_going_back_as_far_comes_to_the_working_day_one_left(calendar: WorkDays, day: date, n: int) -> None:
    day = calendar.on_or_after(day)
    assert calendar.add(calendar.add(day, n), -n) == day


@given(calendars, days)
def test_no_day_is_doubtful_that_the_office_or_the_library_knows(calendar: WorkDays, day: date) -> None:
    if day in calendar.overrides or is_arranged(day.year):
        assert not calendar.doubtful(day)
    if calendar.doubtful(day):
        assert day.year in calendar.doubtful_years(day, day)
        assert calendar.is_workday(day) is (day.weekday() < 5)


def test_quiet_hours_run_through_midnight() -> None:
    remind = RemindDefaults()
    assert [remind.is_quiet(time(hour)) for hour in (7, 8, 19, 20, 0)] == [True, False, False, True, True]
    noon = RemindDefaults(quiet_from=time(12), quiet_to=time(14))
    assert [noon.is_quiet(time(hour)) for hour in (11, 12, 13, 14, 0)] == [False, True, True, False, False]
