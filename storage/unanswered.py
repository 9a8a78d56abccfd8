"""What was not understood or was found wrong: sentences with how often, and never by whom.

There is no chat, no person and no time finer than the day in it, and there must not be: people may ask anything here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Index, Select, UniqueConstraint, case, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, RowId, insert

DISLIKED = "disliked"
"""Why, where the sentence was answered and the answer was found wrong."""
NOTES = 300
"""Characters of a miss's notes; the newest stay."""


class MissState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    IGNORED = "ignored"


class MissRow(Base):
    __tablename__ = "misses"

    id: Mapped[RowId]
    plan: Mapped[str]
    text: Mapped[str] = mapped_column(comment="what was asked, cut, numbers masked")
    why: Mapped[str] = mapped_column(comment="why it was not answered, or disliked")
    count: Mapped[int]
    day: Mapped[date] = mapped_column(comment="plan day of the last time")
    note: Mapped[str | None] = mapped_column(comment="what people added to a thumb down, one a line")
    state: Mapped[MissState]
    picked: Mapped[str | None] = mapped_column(comment="what was tapped last of what was offered instead")

    __table_args__ = (
        UniqueConstraint("plan", "text", "why"),
        Index(None, "state"),
        NEVER_AGAIN,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    id: int
    plan: str
    text: str
    why: str
    count: int
    day: date
    note: str | None
    picked: str | None
    state: MissState


def count_miss(session: Session, *, plan: str, text: str, why: str, day: date) -> None:
    """The sentence was missed, once more if it is known; one that was resolved is open again, an ignored one is not."""
    statement = insert(session, MissRow).values(
        plan=plan, text=text, why=why, count=1, day=day, note=None, state=MissState.OPEN
    )
    again = case((MissRow.state == MissState.RESOLVED, MissState.OPEN.value), else_=MissRow.state)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["plan", "text", "why"],
            set_={"count": MissRow.count + 1, "day": statement.excluded["day"], "state": again},
        )
    )


def add_note(session: Session, *, plan: str, text: str, why: str, note: str) -> None:
    """Add what a person said to a miss that was counted before."""
    row = session.scalar(
        select(MissRow).where(MissRow.plan == plan, MissRow.text == text, MissRow.why == why).with_for_update()
    )
    if row is not None:
        row.note = "\n".join(filter(None, (row.note, note)))[-NOTES:]
        session.flush()


def note_picked(session: Session, *, text: str, picked: str) -> None:
    """Keep which of the buttons under a miss was tapped; nothing where the sentence was no miss."""
    session.execute(update(MissRow).where(MissRow.text == text, MissRow.why != DISLIKED).values(picked=picked))


def list_misses(session: Session, *, plan: str | None = None, every: bool = False) -> tuple[Miss, ...]:
    """The open ones, or every one, of a plan or of all: the most frequent first."""
    statement = select(MissRow).order_by(MissRow.count.desc(), MissRow.day.desc(), MissRow.id)
    if plan is not None:
        statement = statement.where(MissRow.plan == plan)
    return _misses(session, statement if every else statement.where(MissRow.state == MissState.OPEN))


def get_miss(session: Session, number: int) -> Miss | None:
    return next(iter(_misses(session, select(MissRow).where(MissRow.id == number))), None)


def set_state(session: Session, number: int, state: MissState) -> None:
    session.execute(update(MissRow).where(MissRow.id == number).values(state=state))


def forget_misses(session: Session, *, before: date) -> None:
    """Drop what was last missed before a day: the words are somebody's, and need not be kept for ever."""
    session.execute(delete(MissRow).where(MissRow.day < before))


def _misses(session: Session, statement: Select[MissRow]) -> tuple[Miss, ...]:
    return tuple(
        Miss(
            id=row.id,
            plan=row.plan,
            text=row.text,
            why=row.why,
            count=row.count,
            day=row.day,
            note=row.note,
            picked=row.picked,
            state=row.state,
        )
        for row in session.scalars(statement.execution_options(populate_existing=True))
    )
