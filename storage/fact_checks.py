"""The facts of a bulletin, checked by the units that its figures are of (核对): a row for each unit that is asked.

A unit that has not answered by the last day is taken to find its lines right. What it finds wrong is kept in its own
words and stands beside the frozen figure, which stays.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Select, UniqueConstraint, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.reports.model import AnswerSource
from storage.base import NEVER_AGAIN, Base, RowId, add, table_of
from storage.bulletin_steps import BulletinStepRow
from storage.people import MemberRow


class FactAnswer(StrEnum):
    RIGHT = "right"
    DIFFERS = "differs"


class FactCheckRow(Base):
    __tablename__ = "fact_checks"

    id: Mapped[RowId]
    step_id: Mapped[int] = mapped_column(ForeignKey(BulletinStepRow.id), comment="that asked")
    unit: Mapped[str]
    asked: Mapped[int] = mapped_column(comment="people of the unit who were written to")
    answer: Mapped[FactAnswer | None]
    source: Mapped[AnswerSource | None] = mapped_column(comment="null: the unit answered here itself")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id))

    __table_args__ = (UniqueConstraint("step_id", "unit"), NEVER_AGAIN)


class FactCorrectionRow(Base):
    __tablename__ = "fact_corrections"

    id: Mapped[RowId]
    check_id: Mapped[int] = mapped_column(ForeignKey(FactCheckRow.id), index=True)
    entry: Mapped[int | None] = mapped_column(comment="the snapshot's entry, from 0; null: all of the unit's")
    words: Mapped[str]
    written_at: Mapped[datetime]
    written_by: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))

    __table_args__ = (NEVER_AGAIN,)


@dataclass(frozen=True, slots=True)
class FactCorrection:
    """What a unit finds wrong, in its words; `entry` is the snapshot's, None is all of the unit's."""

    entry: int | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCheck:
    id: int
    step: int
    unit: str
    asked: int
    answer: FactAnswer | None = None
    source: AnswerSource | None = None
    corrections: tuple[FactCorrection, ...] = ()


def add_checks(session: Session, step: int, asked: Mapping[str, int]) -> Mapping[str, int]:
    """The numbers of the new checks by unit; `asked` counts by unit who is written to."""
    rows = [{"step_id": step, "unit": unit, "asked": count} for unit, count in asked.items()]
    if not rows:
        return {}
    added = session.execute(insert(FactCheckRow).returning(FactCheckRow.unit, FactCheckRow.id), rows)
    return {row.unit: row.id for row in added}


def checks_of(session: Session, steps: Collection[int]) -> Mapping[int, tuple[FactCheck, ...]]:
    """By step its checks, in the order in which they were asked."""
    found: dict[int, list[FactCheck]] = defaultdict(list)
    for check in _checks(session, select(FactCheckRow).where(FactCheckRow.step_id.in_(steps))):
        found[check.step].append(check)
    return {step: tuple(checks) for step, checks in found.items()}


def get_check(session: Session, number: int) -> FactCheck | None:
    return next(iter(_checks(session, select(FactCheckRow).where(FactCheckRow.id == number))), None)


def answer_right(session: Session, check: int, *, by: int, now: datetime, source: AnswerSource | None = None) -> None:
    """The unit's lines are right; what it wrote before is withdrawn."""
    session.execute(delete(FactCorrectionRow).where(FactCorrectionRow.check_id == check))
    _answer(session, check, FactAnswer.RIGHT, by, now, source)


def add_correction(
    session: Session,
    check: int,
    correction: FactCorrection,
    *,
    by: int,
    now: datetime,
    source: AnswerSource | None = None,
) -> None:
    """Of each entry the last word of the unit holds."""
    session.execute(
        delete(FactCorrectionRow).where(
            FactCorrectionRow.check_id == check, FactCorrectionRow.entry.is_not_distinct_from(correction.entry)
        )
    )
    row = {
        "check_id": check,
        "entry": correction.entry,
        "words": correction.words,
        "written_at": now,
        "written_by": by,
    }
    add(session, FactCorrectionRow, row)
    _answer(session, check, FactAnswer.DIFFERS, by, now, source)


def _answer(
    session: Session, check: int, answer: FactAnswer, by: int, now: datetime, source: AnswerSource | None
) -> None:
    values = {"answer": answer, "answered_at": now, "answered_by": by, "source": source}
    session.execute(update(FactCheckRow).where(FactCheckRow.id == check).values(values))


def _checks(session: Session, wanted: Select[FactCheckRow]) -> tuple[FactCheck, ...]:
    rows = session.scalars(wanted.order_by(FactCheckRow.id).execution_options(populate_existing=True)).all()
    written = table_of(FactCorrectionRow)
    said: dict[int, list[FactCorrection]] = defaultdict(list)
    for one in session.execute(
        select(written).where(written.c.check_id.in_([row.id for row in rows])).order_by(written.c.id)
    ):
        said[one.check_id].append(FactCorrection(one.entry, one.words))
    return tuple(
        FactCheck(
            id=row.id,
            step=row.step_id,
            unit=row.unit,
            asked=row.asked,
            answer=row.answer,
            source=row.source,
            corrections=tuple(said[row.id]),
        )
        for row in rows
    )
