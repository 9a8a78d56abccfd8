"""Decimals and times come back as they went in, and sort and add up, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, delete, func, insert, make_url, select
from sqlalchemy.exc import StatementError

from storage.columns import AwareTime, ExactDecimal
from storage.database import open_engine

ROWS = Table(
    "rows", MetaData(), Column("id", Integer, primary_key=True), Column("value", ExactDecimal), Column("at", AwareTime)
)
VALUES = st.decimals(min_value=-(10**12) + 1, max_value=10**12 - 1, places=6)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2100, 1, 1), timezones=OFFSETS)  # noqa: DTZ001
each_example_rolls_back = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def connection(blank_url: str) -> Iterator[Connection]:
    engine = open_engine(make_url(blank_url))
    with engine.connect() as connection:
        ROWS.metadata.create_all(connection)
        yield connection
    engine.dispose()


@each_example_rolls_back
@given(values=st.lists(VALUES, min_size=1, max_size=8))
def test_decimals_are_exact_and_sort_and_add_up(connection: Connection, values: list[Decimal]) -> None:
    connection.execute(delete(ROWS))
    connection.execute(insert(ROWS), [{"value": value} for value in values])
    assert list(connection.scalars(select(ROWS.c.value).order_by(ROWS.c.value))) == sorted(values)
    assert connection.scalar(select(func.sum(ROWS.c.value))) == sum(values)
    assert connection.scalar(select(func.count()).where(ROWS.c.value >= values[0])) == sum(
        value >= values[0] for value in values
    )


@pytest.mark.parametrize(("put", "shown"), [("700", "700"), ("6.70", "6.7"), ("0.00", "0"), ("1E+3", "1000")])
def test_a_decimal_comes_back_as_a_person_writes_it(connection: Connection, put: str, shown: str) -> None:
    connection.execute(insert(ROWS).values(value=Decimal(put)))
    assert str(connection.scalar(select(ROWS.c.value))) == shown


@pytest.mark.parametrize("value", ["0.0000001", "1000000000000", "NaN", "Infinity"])
def test_a_decimal_that_does_not_fit_is_refused_not_rounded(connection: Connection, value: str) -> None:
    with pytest.raises(StatementError, match="not a decimal"):
        connection.execute(insert(ROWS).values(value=Decimal(value)))


@each_example_rolls_back
@given(times=st.lists(TIMES, min_size=1, max_size=8))
def test_times_come_back_as_the_same_moment_in_utc_and_sort(connection: Connection, times: list[datetime]) -> None:
    connection.execute(delete(ROWS))
    connection.execute(insert(ROWS), [{"at": time} for time in times])
    stored = list(connection.scalars(select(ROWS.c.at).order_by(ROWS.c.at)))
    assert stored == sorted(times)
    assert {time.tzinfo for time in stored} == {UTC}


def test_a_local_time_finds_the_moment_it_means(connection: Connection) -> None:
    connection.execute(insert(ROWS).values(at=datetime(2023, 2, 28, 16, 0, tzinfo=UTC)))
    midnight = datetime(2023, 3, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert connection.scalar(select(func.count()).where(ROWS.c.at == midnight)) == 1


def test_a_time_without_its_zone_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="without its zone"):
        connection.execute(insert(ROWS).values(at=datetime(2023, 3, 1)))  # noqa: DTZ001
