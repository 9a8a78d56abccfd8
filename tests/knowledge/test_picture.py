"""The day's picture by small examples: who owes what for which period, and why not; what is open, what has moved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Bound, Card, Frequency, Target
from knowledge.reports.model import UpdateKind
from knowledge.standing.compute import PlanTime
from knowledge.standing.history import history_of
from knowledge.standing.moves import moves_between
from knowledge.standing.periods import (
    DEFAULT_DUE_DAYS,
    ReportingPeriod,
    month_label,
    period_asked,
    period_ended,
    period_of,
    period_on,
)
from knowledge.standing.picture import (
    DayPicture,
    Duty,
    NotOwed,
    PictureSubject,
    by_unit,
    owed,
    reporters_of,
    units_of,
)
from knowledge.standing.report import Published, Report, Status
from knowledge.standing.values import Light

PLAN = "some"
TIME = PlanTime(start=date(2021, 12, 31), end=date(2023, 12, 31))
DAY = date(2023, 3, 22)
MARCH = period_of("2023-03", DEFAULT_DUE_DAYS)
UNITS = ("甲局", "乙局", "丙镇")
STATION = EntryKey(EntryKind.TARGET, "5G基站", PLAN, "5.2")
_NUMBERS = count(1)


def target(subject: EntryKey, **changes: Any) -> Target:
    one = Target(
        task=subject.task, name=subject.name, value=Decimal(700), unit="个", bound=Bound.AT_LEAST,
        deadline=date(2023, 12, 31), place="三(五)2",
    )  # fmt: skip
    return replace(one, **changes)


def report(day: date, unit: str = "甲局", value: int | None = 500, **changes: Any) -> Report:
    one = Report(
        id=str(next(_NUMBERS)),
        subject=STATION,
        unit=unit,
        kind=UpdateKind.READING if value is not None else UpdateKind.NO_CHANGE,
        value=None if value is None else Decimal(value),
        as_of=day,
        for_period=month_label(day),
        received_at=datetime.combine(day, time(8), UTC),
        author="p1",
    )
    return replace(one, **changes)


def picture(
    card: Card, *reports: Report, day: date = DAY, since: date | None = None, subject: EntryKey = STATION
) -> DayPicture:
    one = PictureSubject(
        history=history_of(subject, target(subject, card=card), card, reports),
        units=UNITS,
        reporters=reporters_of(card, UNITS),
        since=since,
    )
    return DayPicture(plan=PLAN, day=day, time=TIME, due_days=DEFAULT_DUE_DAYS, subjects={subject: one})


OWNED = Card(owner="甲局")


def duty(of: DayPicture, period: ReportingPeriod = MARCH) -> tuple[Duty, NotOwed | None]:
    (item,) = of.items(period)
    return item.duty, item.why


def test_a_confirmed_owner_owes_the_months_figure_until_it_reports() -> None:
    february = report(date(2023, 2, 28))
    assert duty(picture(OWNED, february)) == (Duty.OWED, None)
    assert duty(picture(OWNED, february, report(date(2023, 3, 10)))) == (Duty.REPORTED, None)
    (item,) = picture(OWNED, february).current
    assert (item.unit, item.due, item.late) == ("甲局", date(2023, 3, 25), False)
    (late,) = picture(OWNED, february, day=date(2023, 3, 27)).current
    assert late.late


def test_nothing_changed_counts_for_one_period() -> None:
    same = report(date(2023, 3, 10), value=None)
    held = picture(OWNED, same, day=date(2023, 4, 3))
    assert duty(held)[0] is Duty.REPORTED
    assert [one.period.label for one in owed(held.current)] == ["2023-04"]


def test_a_report_counts_for_the_period_it_says_and_for_no_other() -> None:
    answer = report(date(2023, 4, 3), for_period="2023-03")
    held = picture(OWNED, answer, day=date(2023, 4, 5))
    assert duty(held)[0] is Duty.REPORTED
    assert [one.duty for one in held.current] == [Duty.OWED]


@pytest.mark.parametrize("kind", [UpdateKind.NOTE, UpdateKind.PROBLEM])
def test_a_note_or_a_problem_reports_nothing(kind: UpdateKind) -> None:
    assert duty(picture(OWNED, report(date(2023, 3, 10), kind=kind, value=1)))[0] is Duty.OWED


def test_what_was_returned_or_withdrawn_is_owed_again_and_says_why() -> None:
    returned = report(date(2023, 3, 10), status=Status.RETURNED, reason="口径不对")
    (item,) = picture(OWNED, returned).current
    assert item.owed
    assert item.ended is returned
    (again,) = picture(OWNED, returned, report(date(2023, 3, 12))).current
    assert (again.duty, again.ended) == (Duty.REPORTED, None)


def test_a_correction_takes_the_place_of_what_it_corrects_and_counts_once() -> None:
    first = report(date(2023, 3, 10))
    correction = report(date(2023, 3, 10), corrects=first.id)
    (item,) = picture(OWNED, first, correction).current
    assert item.word is correction


def test_another_units_word_does_not_count_for_the_owner() -> None:
    assert duty(picture(OWNED, report(date(2023, 3, 10), unit="乙局")))[0] is Duty.OWED


def test_without_a_confirmed_owner_the_office_owes_the_confirmation_and_nobody_a_figure() -> None:
    held = picture(Card(), report(date(2023, 3, 10)))
    assert held.current == ()
    assert [one.subject for one in held.unconfirmed] == [STATION]
    assert picture(OWNED).unconfirmed == ()


def test_where_readings_are_added_up_each_unit_owes_its_part() -> None:
    held = picture(Card(summed=True), report(date(2023, 3, 10), unit="乙局"))
    assert units_of(owed(held.current)) == ("甲局", "丙镇")
    assert {unit: len(items) for unit, items in by_unit(held.current).items()} == dict.fromkeys(UNITS, 1)
    assert held.unconfirmed == ()


def test_certified_statistics_are_owed_from_their_data_day_on() -> None:
    card = Card(owner="甲局", certifier="市统计局", lag=18)
    before, after = (picture(card, day=date(2023, 4, day)) for day in (17, 18))
    assert duty(before) == (Duty.NOT_OWED, NotOwed.NO_DATA)
    assert duty(after) == (Duty.OWED, None)
    assert [one.period.label for one in before.current] == ["2023-01~02"]
    (item,) = after.current
    assert (item.period.label, item.due) == ("2023-03", date(2023, 4, 18))
    first, last = date(2023, 3, 1), date(2023, 3, 31)
    out = report(last, unit="市统计局", published=Published(first=first, last=last, on=date(2023, 4, 18)))
    assert duty(picture(card, out, day=date(2023, 4, 20)))[0] is Duty.REPORTED


def test_an_owner_confirmed_on_the_due_day_or_later_owes_nothing_for_it() -> None:
    assert duty(picture(OWNED, since=date(2023, 3, 24)))[0] is Duty.OWED
    held = picture(OWNED, since=date(2023, 3, 25), day=date(2023, 4, 3))
    assert duty(held) == (Duty.NOT_OWED, NotOwed.CONFIRMED_LATE)
    assert duty(held, period_of("2023-04", DEFAULT_DUE_DAYS))[0] is Duty.OWED


def test_what_is_reached_is_not_asked_for_any_more() -> None:
    assert duty(picture(OWNED, report(date(2023, 2, 20), value=700))) == (Duty.NOT_OWED, NotOwed.DONE)


def test_nothing_is_owed_before_it_is_asked_for_or_beyond_the_plan() -> None:
    held = picture(replace(OWNED, frequency=Frequency.QUARTERLY))
    assert duty(held, period_of("2023-Q2", DEFAULT_DUE_DAYS)) == (Duty.NOT_OWED, NotOwed.NOT_YET)
    assert duty(held, period_of("2023-Q1", DEFAULT_DUE_DAYS)) == (Duty.OWED, None)
    assert duty(picture(OWNED), period_of("2020-03", DEFAULT_DUE_DAYS)) == (Duty.NOT_OWED, NotOwed.OUT_OF_PLAN)
    late = picture(OWNED, day=date(2024, 6, 3))
    assert [one.why for one in late.current] == [NotOwed.OUT_OF_PLAN]


def test_never_reported_means_in_no_year() -> None:
    held = picture(OWNED, report(date(2022, 5, 4), unit="乙局"))
    assert held.last_word(STATION, "甲局") is None
    old = report(date(2022, 5, 4))
    assert picture(OWNED, old).last_word(STATION, "甲局") is old


def test_a_problem_is_open_until_it_is_withdrawn_or_its_subject_done() -> None:
    raised = report(date(2023, 3, 4), kind=UpdateKind.PROBLEM, value=None)
    assert [one.report for one in picture(OWNED, raised).problems] == [raised]
    assert picture(OWNED, replace(raised, status=Status.WITHDRAWN)).problems == ()
    assert picture(OWNED, raised, report(date(2023, 3, 10), value=700)).problems == ()
    assert picture(OWNED, raised, day=date(2023, 3, 3)).problems == ()


def test_a_picture_of_an_earlier_day_holds_what_was_true_then() -> None:
    held = picture(OWNED, report(date(2023, 3, 10)), report(date(2023, 3, 20), value=580))
    assert held.standing(STATION).value == 580
    assert held.on(date(2023, 3, 15)).standing(STATION).value == 500
    assert duty(held.on(date(2023, 3, 5)))[0] is Duty.OWED


def test_moves_go_by_the_order_of_the_lights() -> None:
    before = picture(OWNED, report(date(2023, 2, 28), value=500), day=date(2023, 2, 28))
    assert before.standing(STATION).light is Light.GREEN

    def moved(*reports: Report) -> list[bool]:
        return [one.better for one in moves_between(before.targets, picture(OWNED, *reports).targets)]

    assert moved(report(date(2023, 2, 28), value=500)) == []
    assert moved(report(date(2023, 3, 20), value=700)) == [True]
    assert moved(report(date(2023, 3, 20), value=10)) == [False]


@pytest.mark.parametrize(
    ("chosen", "frequency", "day", "label"),
    [
        (period_on, Frequency.MONTHLY, date(2023, 1, 5), "2023-01~02"),
        (period_on, Frequency.MONTHLY, date(2024, 2, 29), "2024-01~02"),
        (period_on, Frequency.MONTHLY, date(2023, 3, 31), "2023-03"),
        (period_on, Frequency.QUARTERLY, date(2023, 2, 10), "2023-Q1"),
        (period_on, Frequency.QUARTERLY, date(2023, 4, 20), "2023-Q1"),
        (period_on, Frequency.QUARTERLY, date(2023, 4, 21), "2023-Q2"),
        (period_on, Frequency.HALF_YEARLY, date(2023, 1, 20), "2022-H2"),
        (period_on, Frequency.YEARLY, date(2023, 11, 2), "2023"),
        (period_asked, Frequency.MONTHLY, date(2023, 3, 1), "2023-03"),
        (period_asked, Frequency.QUARTERLY, date(2023, 3, 15), "2022-Q4"),
        (period_asked, Frequency.QUARTERLY, date(2023, 3, 16), "2023-Q1"),
        (period_ended, Frequency.MONTHLY, date(2023, 3, 30), "2023-01~02"),
        (period_ended, Frequency.MONTHLY, date(2023, 3, 31), "2023-03"),
    ],
)
def test_a_day_is_in_one_period(
    chosen: Callable[..., ReportingPeriod], frequency: Frequency, day: date, label: str
) -> None:
    assert chosen(frequency, day, DEFAULT_DUE_DAYS).label == label


def test_labels_come_back_and_a_year_has_eleven_months() -> None:
    labels = {month_label(date(2023, 1, 1) + timedelta(days=n)) for n in range(365)}
    assert len(labels) == 11
    for label in (*labels, "2023-Q3", "2023-H2", "2022"):
        assert period_of(label, DEFAULT_DUE_DAYS).label == label
    assert period_of("2023-01", DEFAULT_DUE_DAYS) == period_of("2023-02", DEFAULT_DUE_DAYS)


def test_a_report_keeps_counting_when_the_frequency_changes() -> None:
    quarter = period_of("2023-Q1", DEFAULT_DUE_DAYS)
    assert quarter.covers("2023-03")
    assert quarter.covers("2023-01~02")
    assert not quarter.covers("2023-04")
    assert MARCH.covers("2023-Q1")
    assert not MARCH.covers("")
