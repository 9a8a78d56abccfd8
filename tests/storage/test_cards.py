"""Cards kept in chat lie over the register's, field by field, and nothing of what they were is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from knowledge.plan.model import Benchmark, Card, Definition, Frequency, Node, Rigidity, Target
from storage.cards import CardField, cards_of, changes_of, set_field
from storage.database import Database
from storage.people import add_member

NOW = datetime(2023, 3, 1, 9, tzinfo=UTC)
TARGET = Target(
    task="5.2", name="5G基站", value=Decimal(700), unit="个", place="三(五)2", card=Card(certifier="市统计局")
)
FULL = Card(
    owner="市科经局",
    certifier="市通管办",
    definition=Definition(numerator="建成的基站", denominator="规划的基站"),
    base=Decimal("1.25"),
    base_unit="亿元",
    yearly=(Node(day=date(2022, 12, 31), value=Decimal(350)),),
    quarterly=(Node(day=date(2023, 3, 31), value=Decimal("400.5")),),
    frequency=Frequency.QUARTERLY,
    lag=15,
    rigidity=Rigidity.STRIVE,
    reference=Benchmark(value=Decimal("2.3"), unit=None, source="省统计局公报"),
    summed=False,
    source="武政办发〔2022〕1号",
    evidence=True,
)


@pytest.fixture
def member(database: Database) -> int:
    with database.write() as session:
        return add_member(session, telegram_id=510001, name="办公室甲", now=NOW)


def test_a_field_that_nobody_touched_is_the_registers(database: Database, member: int) -> None:
    with database.write() as session:
        set_field(session, "p", TARGET, CardField.OWNER, FULL, by=member, now=NOW, today=NOW.date())
    with database.read() as session:
        assert cards_of(session, "p").of(TARGET) == Card(owner="市科经局", certifier="市统计局")
        assert cards_of(session, "another").of(TARGET) == TARGET.card


def test_every_field_comes_back_as_it_was_set(database: Database, member: int) -> None:
    with database.write() as session:
        for name in CardField:
            set_field(session, "p", TARGET, name, FULL, by=member, now=NOW, today=NOW.date())
    with database.read() as session:
        assert cards_of(session, "p").of(TARGET) == FULL


def test_an_emptied_field_is_empty_and_the_history_keeps_what_it_was(database: Database, member: int) -> None:
    with database.write() as session:
        set_field(session, "p", TARGET, CardField.YEARLY, FULL, by=member, now=NOW, today=NOW.date())
        set_field(
            session, "p", TARGET, CardField.YEARLY, Card(), by=member, now=NOW + timedelta(hours=1), today=NOW.date()
        )
        set_field(
            session, "p", TARGET, CardField.CERTIFIER, Card(), by=member, now=NOW + timedelta(hours=2), today=NOW.date()
        )
    with database.read() as session:
        assert cards_of(session, "p").of(TARGET) == replace(TARGET.card, certifier=None)
        changes = changes_of(session, "p", TARGET)
    assert [(one.field, one.value) for one in changes] == [
        (CardField.CERTIFIER, None),
        (CardField.YEARLY, ()),
        (CardField.YEARLY, FULL.yearly),
    ]
    assert {one.by for one in changes} == {member}
    assert changes[-1].at == NOW
