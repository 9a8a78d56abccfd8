"""The tick: once whatever happens, caught up after an outage, again after the clock was set back, as people want."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from reminder_harness import BASE_STATION, OFFICE, PLAN, SCIENCE, SUPERVISOR, TRAFFIC, ReminderHarness
from sqlalchemy import func, select

from bot.tick import Rhythm
from handlers.schedule.plan_schedule import rebuild_all
from handlers.schedule.tick import TickResult
from handlers.services.clock import PLAN_ZONE, PlanClock, machine_now
from handlers.services.question_service import QuestionService
from storage.database import Database
from storage.outbox import OutboxRow, OutboxState
from storage.people import find_member, set_absence
from storage.personal_reminders import add_personal
from storage.schedule import rows_of
from storage.schedule_items import ItemRow, ItemState, rewind
from storage.subscriptions import Subscription, mute, save_subscription

TECHNICAL = ("1.1", "技改项目")


@pytest.fixture
def harness(database: Database, question_service: QuestionService) -> ReminderHarness:
    """On 17 March 2023, with 5G基站 owned by 市科经局."""
    harness = ReminderHarness(database, question_service, date(2023, 3, 17))
    harness.own("市科经局", BASE_STATION)
    return harness


def number_of(harness: ReminderHarness, person: int) -> int:
    with harness.database.write() as session:
        member = find_member(session, person)
        assert member is not None
        return member.id


def wish(harness: ReminderHarness, person: int, chosen: Subscription) -> None:
    with harness.database.write() as session:
        member = find_member(session, person)
        assert member is not None
        save_subscription(session, member.id, chosen)


def reasons(harness: ReminderHarness) -> list[str | None]:
    with harness.database.read() as session:
        return list(session.scalars(select(ItemRow.reason).where(ItemRow.state == ItemState.SKIPPED)))


def test_two_ticks_tell_once(harness: ReminderHarness) -> None:
    assert set(harness.on(date(2023, 3, 20))) == {SCIENCE}
    assert harness.tick() == {}


def test_recomputing_the_schedule_changes_nothing(harness: ReminderHarness) -> None:
    with harness.database.read() as session:
        before = rows_of(session, PLAN)
    harness.rebuild()
    harness.rebuild()
    with harness.database.read() as session:
        assert rows_of(session, PLAN) == before
    assert set(harness.on(date(2023, 3, 20))) == {SCIENCE}
    harness.rebuild()
    assert harness.tick() == {}


def test_what_was_missed_for_a_month_is_told_once_and_marked_late(harness: ReminderHarness) -> None:
    told = harness.on(date(2023, 5, 12))  # the machine was off since 17 March
    assert set(told) == {SCIENCE, SUPERVISOR, OFFICE}
    (science,), (office,) = told[SCIENCE], told[OFFICE]
    assert "4月报送已过截止日（4月25日），还有 1 个目标未报（迟发，应于4月27日发）" in science
    assert "3月报送" not in science
    assert office.count("待确认主责") == 1
    assert "（迟发，应于5月1日发）" in office or "（迟发，应于5月4日发）" in office
    assert "superseded" in reasons(harness)
    assert "past" in reasons(harness)  # the reports of March and April were due before it was on again
    assert harness.tick() == {}


def test_a_row_of_reports_goes_on_after_an_outage(harness: ReminderHarness) -> None:
    harness.on(date(2023, 5, 12))
    (text,) = harness.on(date(2023, 5, 19))[SCIENCE]
    assert "5月报送" in text
    assert "迟发" not in text


def test_a_clock_set_back_tells_again_what_is_to_come_again(harness: ReminderHarness) -> None:
    first = harness.on(date(2023, 3, 20))
    harness.on(date(2023, 3, 24))
    _set_back(harness, date(2023, 3, 18))
    assert harness.tick() == {}
    assert harness.on(date(2023, 3, 20)) == first
    assert set(harness.on(date(2023, 3, 24))) == {SCIENCE}


def test_what_waits_to_be_sent_of_days_to_come_again_is_not_sent(harness: ReminderHarness) -> None:
    harness.on(date(2023, 3, 20))
    _set_back(harness, date(2023, 3, 18))
    with harness.database.read() as session:
        assert set(session.scalars(select(OutboxRow.state))) == {OutboxState.SKIPPED}


def _set_back(harness: ReminderHarness, day: date) -> None:
    harness.services.clock.shift_to_time(day, time(8, 30))
    with harness.database.write() as session:
        rewind(session, harness.services.clock.now())
        rebuild_all(session, harness.services)


@pytest.mark.parametrize(("chosen", "told"), [((1,), True), ((0,), True), ((3,), False), ((), False)])
def test_of_lead_times_that_fall_on_one_day_one_chosen_is_enough(
    harness: ReminderHarness, chosen: tuple[int, ...], *, told: bool
) -> None:
    harness.on(date(2023, 12, 28))
    wish(harness, SCIENCE, Subscription(deadline_days=chosen))
    texts = harness.on(date(2023, 12, 29)).get(SCIENCE, [])
    assert any("还有 2 天到期" in text for text in texts) is told
    assert ("not_wanted" in reasons(harness)) is not told


def test_a_lead_time_missed_in_an_outage_is_caught_up_for_who_wants_it(harness: ReminderHarness) -> None:
    harness.on(date(2023, 11, 30))
    wish(harness, SCIENCE, Subscription(deadline_days=(30,)))
    (text,) = harness.on(date(2023, 12, 18))[SCIENCE]  # both 30 and 14 days before were missed
    assert "还有 13 天到期" in text


def test_single_messages_tell_each_thing_apart(harness: ReminderHarness) -> None:
    harness.own("市科经局", BASE_STATION, TECHNICAL)
    wish(harness, SCIENCE, Subscription(single=True))
    texts = harness.on(date(2023, 3, 20))[SCIENCE]
    assert len(texts) == 1
    assert "2 个目标未报" in texts[0]


def test_a_muted_task_is_not_told_of_until_the_day_after_its_last(harness: ReminderHarness) -> None:
    with harness.database.write() as session:
        member = find_member(session, SCIENCE)
        assert member is not None
        mute(session, member.id, PLAN, "5.2", date(2023, 3, 20), now=machine_now())
    assert harness.on(date(2023, 3, 20)) == {}
    assert set(harness.on(date(2023, 3, 24))) == {SCIENCE}


def test_quiet_hours_put_a_reminder_off_to_their_end(harness: ReminderHarness) -> None:
    wish(harness, SCIENCE, Subscription(quiet=(time(18), time(10))))
    assert harness.on(date(2023, 3, 20)) == {}
    assert harness.on(date(2023, 3, 20), time(9, 59)) == {}
    assert set(harness.on(date(2023, 3, 20), time(10))) == {SCIENCE}


@pytest.fixture
def remind_me(harness: ReminderHarness) -> Callable[[int, str, datetime], int]:
    def remind(person: int, words: str, at: datetime) -> int:
        with harness.database.write() as session:
            member = find_member(session, person)
            assert member is not None
            number = add_personal(session, plan=PLAN, member=member.id, words=words, at=at, now=machine_now())
        harness.rebuild()
        return number

    return remind


def test_a_reminder_of_ones_own_comes_at_night_and_during_leave(
    harness: ReminderHarness, remind_me: Callable[[int, str, datetime], int]
) -> None:
    """They said themselves when; who stands in gets the unit's reminders, not these."""
    remind_me(SCIENCE, "取材料", datetime(2023, 3, 18, 22, 30, tzinfo=PLAN_ZONE))
    with harness.database.write() as session:
        away, stand_in = find_member(session, SCIENCE), find_member(session, TRAFFIC)
        assert away is not None
        assert stand_in is not None
        set_absence(
            session,
            away.id,
            stand_in=stand_in.id,
            first=date(2023, 3, 18),
            last=date(2023, 3, 31),
            now=machine_now(),
        )
    told = harness.on(date(2023, 3, 18), time(22, 30))
    assert list(told) == [SCIENCE]
    assert "您要的提醒：取材料" in told[SCIENCE][0]


async def test_a_machine_whose_clock_jumps_back_tells_nothing_twice(harness: ReminderHarness) -> None:
    """Only who sets the plan's date back wants its days again."""
    machine = [datetime(2023, 3, 20, 9, tzinfo=PLAN_ZONE)]
    clock = PlanClock(machine=lambda: machine[0])
    rhythm = Rhythm(harness.database, replace(harness.services, clock=clock), enqueued=lambda: None)
    await rhythm.catch_up()
    machine[0] -= timedelta(minutes=10)
    await rhythm.catch_up()
    machine[0] += timedelta(hours=1)
    await rhythm.catch_up()
    with harness.database.read() as session:
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == 1


async def test_a_tick_that_fails_is_not_the_last(harness: ReminderHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks, went_on = iter([ValueError("broken on purpose"), KeyError("once more")]), asyncio.Event()

    def broken(*_: object, **__: object) -> TickResult:
        if error := next(ticks, None):
            raise error
        went_on.set()
        return TickResult(busy=False)

    monkeypatch.setattr("bot.tick.tick", broken)
    monkeypatch.setattr("bot.tick.SECONDS", 0.001)
    rhythm = Rhythm(harness.database, harness.services, enqueued=lambda: None)
    await rhythm.start()
    async with asyncio.timeout(20):
        await went_on.wait()
    await rhythm.stop()
    assert rhythm.ticked_at is not None


async def test_a_date_that_is_set_back_brings_its_days_again(harness: ReminderHarness) -> None:
    clock = harness.services.clock
    rhythm = Rhythm(harness.database, harness.services, enqueued=lambda: None)
    for day in (20, 18, 20):
        clock.shift_to_time(date(2023, 3, day), time(9))
        await rhythm.catch_up()
    with harness.database.read() as session:
        states = list(session.scalars(select(OutboxRow.state).order_by(OutboxRow.id)))
    assert states == [OutboxState.SKIPPED, OutboxState.QUEUED]
