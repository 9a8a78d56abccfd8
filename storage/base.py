"""What every table shares, and the statements that the ORM has no common word for.

What is said for every update is said over the tables, not over the mapped classes, and built once, with `bindparam`:
making such a statement takes several times as long as executing it.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, cast

from sqlalchemy import JSON, BigInteger, Enum, Integer, MetaData, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from storage.columns import AwareTime, ExactDecimal

JsonObject = dict[str, object]

RowId = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]
"""A number that the database gives (SQLite only to an INTEGER). A table with one has NEVER_AGAIN."""

NEVER_AGAIN = {"sqlite_autoincrement": True}
"""Without it SQLite gives a deleted row's number to the next one, and an old button would find a stranger's turn."""

LongInteger = Annotated[int, mapped_column(BigInteger)]
"""The number of a chat, a person or a message: up to 52 bits where it is Telegram's, negative for groups."""


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        datetime: AwareTime(),
        Decimal: ExactDecimal(),
        JsonObject: JSON(none_as_null=True),
        list[JsonObject]: JSON(none_as_null=True),
        list[str]: JSON(),
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            create_constraint=True,
            length=16,
            values_callable=lambda kinds: [*map(str, kinds)],
        ),
    }


def table_of(row: type[Base]) -> Table:
    """The table of a mapped class."""
    return cast(Table, row.__table__)


def add(session: Session, table: type[Base], row: Mapping[str, object]) -> int:
    """Add the row and return the number that the database gives it."""
    return int(session.execute(_add(table), row).scalar_one())


def add_new(session: Session, table: type[Base], row: Mapping[str, object], *, key: tuple[str, ...]) -> int | None:
    """Add the row and return its number; None where one with the same values in the columns of `key` is there."""
    return session.execute(_add_new(session.get_bind().dialect.name, table, key), row).scalar()


def insert(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say ON CONFLICT, in the words of the session's database."""
    return _insert(session.get_bind().dialect.name, table)


def upsert(session: Session, table: type[Base], row: dict[str, object], *, fresh: tuple[str, ...]) -> None:
    """Add the row; if its primary key is there, the columns named in `fresh` get the new values."""
    session.execute(_upsert(session.get_bind().dialect.name, table, fresh), row)


def _insert(dialect: str, table: type[Base] | Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def _add(table: type[Base]) -> ReturningInsert[int]:
    target = table_of(table)
    return target.insert().returning(target.c.id)


@cache
def _add_new(dialect: str, table: type[Base], key: tuple[str, ...]) -> ReturningInsert[int]:
    target = table_of(table)
    return _insert(dialect, target).on_conflict_do_nothing(index_elements=key).returning(target.c.id)


@cache
def _upsert(dialect: str, table: type[Base], fresh: tuple[str, ...]) -> sqlite.Insert | postgresql.Insert:
    target = table_of(table)
    statement = _insert(dialect, target)
    return statement.on_conflict_do_update(
        index_elements=[*target.primary_key], set_={name: statement.excluded[name] for name in fresh}
    )
