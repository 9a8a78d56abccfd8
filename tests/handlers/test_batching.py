"""What is joined into one message, and what waits: faults that were found while looking ahead."""

from datetime import date, datetime, time, timedelta

import pytest
from reminder_harness import BASE_STATION, PLAN, SCIENCE, ReminderHarness
from sql_statements import statements
from sqlalchemy import insert, text

from handlers.schedule import tick as ticking
from handlers.schedule.batching import Recipients, batch_items, daily_batches
from handlers.services.clock import PLAN_ZONE
from handlers.services.question_service import QuestionService
from knowledge.reminders.defaults import RemindDefaults
from storage.database import Database
from storage.people import Member, find_member
from storage.schedule_items import ItemRow, ItemState, StoredItem, waiting_items
from storage.subscriptions import Subscription

NINE = datetime(2023, 3, 20, 9, tzinfo=PLAN_ZONE)
MEMBER = Member(id=7, telegram_id=70, name=None, office_phone=None, mobile=None, locked=False)


def item(number: int, *, urgent: bool = False, rule: str = "overdue") -> StoredItem:
    return StoredItem(
        id=number,
        plan=PLAN,
        rule=rule,
        subject="5.2/5G基站",
        member=MEMBER.id,
        occurrence=f"2022-12-31+{number}",
        task="5.2",
        urgent=urgent,
        due=NINE,
        planned=NINE,
        late=False,
    )


def to(*used: str, preferences: Subscription | None = None) -> Recipients:
    chosen = {MEMBER.id: preferences} if preferences else {}
    return Recipients(members={MEMBER.id: MEMBER}, chats={70}, preferences=chosen, used=used)


def test_a_second_digest_of_a_day_waits_for_the_end_of_the_next_days_quiet_hours() -> None:
    digest = daily_batches(MEMBER, NINE.date(), RemindDefaults())[0]
    late_riser = to(digest.key, preferences=Subscription(quiet=(time(20), time(10))))
    found = batch_items([item(1)], late_riser, RemindDefaults(), needless=lambda _: None, moment=NINE)
    assert found.postponed == {1: NINE + timedelta(days=1, hours=1)}
    assert found.batches == ()


def test_urgent_things_go_besides_the_digest_but_not_without_end() -> None:
    digest, first, second = daily_batches(MEMBER, NINE.date(), RemindDefaults())
    waiting = [item(1), item(2, urgent=True)]
    besides = batch_items(waiting, to(digest.key, first.key), RemindDefaults(), needless=lambda _: None, moment=NINE)
    assert [(one.key, one.items) for one in besides.batches] == [(second.key, (waiting[1],))]
    assert besides.postponed == {1: NINE + timedelta(days=1)}
    used_up = to(digest.key, first.key, second.key)
    full = batch_items(waiting, used_up, RemindDefaults(), needless=lambda _: None, moment=NINE)
    assert full.batches == ()
    assert set(full.postponed) == {1, 2}


def test_how_many_urgent_messages_a_day_has_is_configured() -> None:
    found = {most: len(daily_batches(MEMBER, NINE.date(), RemindDefaults(urgent_per_day=most))) for most in (0, 2, 5)}
    assert found == {0: 1, 2: 3, 5: 6}


def test_what_is_due_at_once_is_one_digest_however_many_rows_it_comes_from(
    database: Database, question_service: QuestionService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticking, "BATCH", 2)
    harness = ReminderHarness(database, question_service, date(2023, 12, 18))
    harness.own("市科经局", BASE_STATION, ("1.2", "园区新增规上企业"), ("1.3", "服务业增加值"))
    told = harness.on(date(2023, 12, 29))[SCIENCE]  # two, and one day before the deadline on a Sunday
    assert len(told) == 1
    assert "3 个目标还有 2 天到期" in told[0]


def test_a_look_at_what_waits_costs_the_same_however_much_was_told(
    database: Database, question_service: QuestionService
) -> None:
    """Told by the plan of the statement, which names the partial index."""
    ReminderHarness(database, question_service, date(2023, 3, 1))
    with database.write() as session:
        member = find_member(session, SCIENCE)
        assert member is not None
        done = {
            "plan": PLAN,
            "rule": "overdue",
            "member_id": member.id,
            "occurrence": "",
            "task": "",
            "urgent": False,
            "due": NINE,
            "planned": NINE,
            "state": ItemState.SKIPPED,
            "late": False,
        }
        session.execute(insert(ItemRow), [{**done, "subject": str(number)} for number in range(3000)])
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("ANALYZE items"))
        with statements() as said:
            assert waiting_items(session, NINE) == ()
        (statement,), (values,) = said.statements, said.values
        explain = "EXPLAIN QUERY PLAN" if session.get_bind().dialect.name == "sqlite" else "EXPLAIN"
        plan = session.connection().exec_driver_sql(f"{explain} {statement}", values)
        assert "ix_items_waiting" in "\n".join(map(str, plan))
