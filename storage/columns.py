"""Column types that hold the same value on SQLite and PostgreSQL.

SQLite knows neither exact decimals nor time zones: left alone it rounds the one and drops the other.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Numeric
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

from storage.rich_text import RichText, Text, TextMark, TextSpan

PLACES = 6
DIGITS = 18
_MILLIONTH = Decimal(1).scaleb(-PLACES)
_LIMIT = Decimal(10) ** (DIGITS - PLACES)


class ExactDecimal(TypeDecorator[Decimal]):
    """An exact decimal below 10^12 with at most six places; sorts, compares and adds up as a number.

    NUMERIC on PostgreSQL, a whole number of millionths on SQLite. What does not fit is a ValueError, never
    rounded. Values come back without trailing zeros.
    """

    impl = Numeric
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Decimal] | TypeEngine[int]:
        return BigInteger() if dialect.name == "sqlite" else Numeric(DIGITS, PLACES)

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | int | None:
        if value is None:
            return None
        if not value.is_finite() or abs(value) >= _LIMIT or value != value.quantize(_MILLIONTH):
            raise ValueError(f"not a decimal below 10^{DIGITS - PLACES} with at most {PLACES} places")
        return int(value.scaleb(PLACES)) if dialect.name == "sqlite" else value

    @override
    def process_result_value(self, value: Decimal | int | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        exact = Decimal(value).scaleb(-PLACES) if dialect.name == "sqlite" else Decimal(value)
        whole = exact.to_integral_value()
        return whole if exact == whole else exact.normalize()


class AwareTime(TypeDecorator[datetime]):
    """An aware time in, the same moment in UTC out; a naive time is a ValueError."""

    impl = DateTime
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        return DateTime(timezone=dialect.name != "sqlite")

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class RichTextType(TypeDecorator[Text]):
    """JSON: a string, or an object with `spans`, each a text and its mark or null."""

    impl = JSON
    cache_ok = True

    @override
    def process_bind_param(self, value: Text | None, dialect: Dialect) -> Any:
        return {"spans": [list(span) for span in value.spans]} if isinstance(value, RichText) else value

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Text | None:
        if not isinstance(value, dict):
            return value if value is None else str(value)
        return RichText(tuple(TextSpan(text, TextMark(mark) if mark else None) for text, mark in value["spans"]))
