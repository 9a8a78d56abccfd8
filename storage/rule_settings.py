"""What the office changed in the rules of reminding: an overlay of the configured ones, one row a change."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.reminders.rules import RuleChange
from storage.base import NEVER_AGAIN, Base, RowId
from storage.people import MemberRow


class RuleSettingRow(Base):
    __tablename__ = "rule_settings"

    id: Mapped[RowId]
    plan: Mapped[str]
    rule: Mapped[str]
    on: Mapped[bool]
    numbers: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True), comment="null: as configured")
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))

    __table_args__ = (Index(None, "plan", "rule"), NEVER_AGAIN)


def rule_changes(session: Session, plan: str) -> dict[str, RuleChange]:
    """What holds now, by the rule's key."""
    rows = session.scalars(select(RuleSettingRow).where(RuleSettingRow.plan == plan).order_by(RuleSettingRow.id))
    return {row.rule: RuleChange(row.on, None if row.numbers is None else tuple(row.numbers)) for row in rows}


_DUE_DAY = "due_day"
"""In a rule's place: the day of the month on which figures are due."""


def due_day_set(session: Session) -> int | None:
    """The day that the office set last; None where it goes by the configuration."""
    rows = select(RuleSettingRow.numbers).where(RuleSettingRow.rule == _DUE_DAY).order_by(RuleSettingRow.id.desc())
    numbers = session.scalars(rows.limit(1)).first()
    return numbers[0] if numbers else None


def set_due_day(session: Session, plan: str, day: int | None, *, by: int, now: datetime) -> None:
    change = RuleChange(on=True, numbers=None if day is None else (day,))
    change_rule(session, plan, _DUE_DAY, change, by=by, now=now)


def change_rule(session: Session, plan: str, rule: str, change: RuleChange, *, by: int, now: datetime) -> None:
    numbers = None if change.numbers is None else list(change.numbers)
    session.add(RuleSettingRow(plan=plan, rule=rule, on=change.on, numbers=numbers, set_at=now, set_by=by))
    session.flush()
