"""What people suggest to the office: by role and unit, never by name; a row goes once the office has dealt with it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, RowId


class SuggestionRow(Base):
    __tablename__ = "suggestions"

    id: Mapped[RowId]
    plan: Mapped[str]
    said_on: Mapped[date] = mapped_column(comment="plan day")
    said_by: Mapped[str] = mapped_column(comment="role and unit in words, without a name")
    text: Mapped[str]

    __table_args__ = (NEVER_AGAIN,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    id: int
    said_on: date
    said_by: str
    text: str


def add_suggestion(session: Session, plan: str, *, said_by: str, text: str, day: date) -> None:
    session.add(SuggestionRow(plan=plan, said_on=day, said_by=said_by, text=text))
    session.flush()


def list_suggestions(session: Session, plan: str) -> tuple[Suggestion, ...]:
    """Those that the office has not dealt with, the first said first."""
    rows = session.scalars(select(SuggestionRow).where(SuggestionRow.plan == plan).order_by(SuggestionRow.id))
    return tuple(Suggestion(id=row.id, said_on=row.said_on, said_by=row.said_by, text=row.text) for row in rows)


def count_suggestions(session: Session, plan: str) -> int:
    return session.scalar(select(func.count()).select_from(SuggestionRow).where(SuggestionRow.plan == plan)) or 0


def drop_suggestion(session: Session, plan: str, number: int) -> bool:
    """The office has dealt with it; False where it is not there any more."""
    gone = delete(SuggestionRow).where(SuggestionRow.id == number, SuggestionRow.plan == plan)
    return session.scalar(gone.returning(SuggestionRow.id)) is not None
