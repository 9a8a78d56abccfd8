"""When reminders come: what holds of any rule, and the days that holidays move."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.schedule.next_times import Calendar, Planned, next_due, occasions
from handlers.services.clock import PLAN_ZONE
from knowledge.plan.model import Frequency
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.rules import OnRequest, RuleKind, rules_from
from knowledge.reminders.workdays import WorkDays

DEFAULTS = RemindDefaults()
RULES = rules_from(DEFAULTS)
CALENDAR = Calendar(workdays=WorkDays(), defaults=DEFAULTS)
DEADLINE = date(2023, 12, 31)
"""A Sunday, and the second of three days off: the last working day before it is Friday the 29th."""


def at(day: date) -> datetime:
    return datetime.combine(day, DEFAULTS.at, tzinfo=PLAN_ZONE)


def planned(key: str, **what: object) -> Planned:
    return Planned(rule=RULES[key], subject="x", **what)  # type: ignore[arg-type]


def told(key: str, calendar: Calendar = CALENDAR, *, after: str, count: int = 9, **what: object) -> list[str]:
    """The days on which the rule tells, each with the occasion's label."""
    found = occasions(planned(key, **what), calendar, after=datetime.fromisoformat(f"{after}T00:00+08:00"))
    return [f"{due.at:%m-%d} {due.label}" for due, _ in islice(found, count)]


def test_reminders_before_a_deadline_move_to_the_working_day_before() -> None:
    assert told("deadline", after="2023-09-01", deadlines=(DEADLINE,)) == [
        "09-28 2023-12-31-90",  # 10-02 is a holiday, and the 29th of September is one too
        "12-01 2023-12-31-30",
        "12-15 2023-12-31-14",  # the 17th is a Sunday
        "12-22 2023-12-31-7",
        "12-28 2023-12-31-3",
        "12-29 2023-12-31-0",
    ]


def test_offsets_that_fall_on_one_day_are_told_once_and_all_named() -> None:
    *_, (due, occasion) = occasions(planned("deadline", deadlines=(DEADLINE,)), CALENDAR, after=at(date(2023, 12, 28)))
    assert due.at == at(date(2023, 12, 29))
    assert occasion.leads == (1, 0)


def test_what_is_overdue_moves_to_the_next_working_day() -> None:
    assert told("overdue", after="2023-12-31", deadlines=(DEADLINE,)) == [
        "01-08 2023-12-31+1",
        "01-15 2023-12-31+2",
        "01-22 2023-12-31+3",
        "01-29 2023-12-31+4",
        "02-04 2023-12-31+5",  # a Sunday that is worked for the Spring Festival
        "02-18 2023-12-31+7",  # the sixth week's day is in the festival, and comes to the seventh's
        "02-26 2023-12-31+8",
    ]
    assert told("given_up", after="2023-12-31", deadlines=(DEADLINE,)) == ["03-04 2023-12-31+9"]


def test_a_report_due_in_the_spring_festival_is_asked_for_before_it_and_is_late_after_it() -> None:
    quarterly = {"frequency": Frequency.QUARTERLY, "after": "2023-01-15", "count": 1}  # off: 21 to 27 January
    calendar = replace(CALENDAR, defaults=RemindDefaults(quarterly_due_day=25))
    assert told("opens", calendar, **quarterly) == ["01-20 2022-Q4/5"]  # type: ignore[arg-type]
    assert told("due", calendar, **quarterly) == ["01-20 2022-Q4/0"]  # type: ignore[arg-type]
    assert told("late", calendar, **quarterly) == ["01-28 2022-Q4/1"]  # type: ignore[arg-type]  # a worked Saturday


def test_january_is_reported_with_february() -> None:
    monthly = {"frequency": Frequency.MONTHLY, "after": "2023-01-01", "count": 2}
    assert told("due", **monthly) == ["02-24 2023-01~02/0", "03-24 2023-03/0"]  # type: ignore[arg-type]


def test_figures_of_a_quarter_are_asked_for_in_the_month_after_it() -> None:
    quarterly = {"frequency": Frequency.QUARTERLY, "after": "2023-03-01", "count": 2}
    assert told("due", **quarterly) == ["04-20 2023-Q1/0", "07-20 2023-Q2/0"]  # type: ignore[arg-type]


def test_a_personal_reminder_comes_at_its_time_and_once() -> None:
    moment = datetime(2023, 3, 25, 21, 30, tzinfo=PLAN_ZONE)  # a Saturday night: the person said so
    one = planned("personal", at=moment, member=1)
    due = next_due(one, CALENDAR, after=at(date(2023, 3, 1)))
    assert due is not None
    assert due.at == moment
    assert next_due(one, CALENDAR, after=moment) is None


ANY_DAY = st.dates(date(2022, 1, 1), date(2024, 12, 31))
KEYS = [key for key, rule in RULES.items() if not isinstance(rule.when, OnRequest)]


DEADLINES = ANY_DAY.map(lambda day: (day,)) | st.just(tuple(date(year, 12, 31) for year in range(2021, 2025)))
"""A target has one deadline, or one a year."""


@st.composite
def rows(draw: st.DrawFn) -> Planned:
    rule = RULES[draw(st.sampled_from(KEYS))]
    return Planned(
        rule=rule,
        subject="x",
        deadlines=draw(DEADLINES) if rule.kind is RuleKind.TARGET else (),
        frequency=draw(st.sampled_from(Frequency)) if rule.kind is RuleKind.PERIOD else None,
        meeting=draw(ANY_DAY) if rule.kind is RuleKind.MEETING else None,
        until=draw(st.none() | ANY_DAY),
    )


MOMENTS = st.datetimes(datetime(2022, 1, 1), datetime(2024, 12, 31)).map(  # noqa: DTZ001
    lambda one: one.replace(tzinfo=PLAN_ZONE)
)


@given(rows(), MOMENTS)
def test_occasions_ascend_come_after_the_moment_and_on_working_days(row: Planned, after: datetime) -> None:
    found = [due for due, _ in islice(occasions(row, CALENDAR, after=after), 12)]
    assert all(due.at > after for due in found)
    assert [due.at for due in found] == sorted({due.at for due in found})
    assert len({due.label for due in found}) == len(found)
    assert all(
        CALENDAR.workdays.is_workday(due.at.date()) and due.at.timetz() == at(DEADLINE).timetz() for due in found
    )


@given(rows(), MOMENTS, st.timedeltas(timedelta(0), timedelta(days=90)))
def test_the_next_time_is_the_same_from_wherever_one_looks_before_it(
    row: Planned, after: datetime, step: timedelta
) -> None:
    due = next_due(row, CALENDAR, after=after)
    if due is not None and after + step < due.at:
        assert next_due(row, CALENDAR, after=after + step) == due


@pytest.mark.parametrize("key", KEYS)
def test_no_rule_tells_before_its_hour(key: str) -> None:
    row = Planned(
        rule=RULES[key],
        subject="x",
        deadlines=(DEADLINE,) if RULES[key].kind is RuleKind.TARGET else (),
        frequency=Frequency.QUARTERLY if RULES[key].kind is RuleKind.PERIOD else None,
        meeting=date(2023, 4, 12) if RULES[key].kind is RuleKind.MEETING else None,
    )
    due = next_due(row, CALENDAR, after=at(date(2023, 3, 1)))
    assert due is not None
    assert due.at.time() == time(9)
