"""Which units the office has marked as no object of supervision (不列督办对象), or unmarked: one row a change.

`storage.cards.cards_of` reads them with the cards: who answers for what hangs on both.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, RowId
from storage.people import MemberRow


class SupervisionRow(Base):
    __tablename__ = "supervision"

    id: Mapped[RowId]
    plan: Mapped[str]
    unit: Mapped[str]
    supervised: Mapped[bool]
    set_at: Mapped[datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))

    __table_args__ = (Index(None, "plan"), NEVER_AGAIN)


def set_supervised(session: Session, plan: str, unit: str, *, supervised: bool, by: int, now: datetime) -> int:
    """The number of the change."""
    row = SupervisionRow(plan=plan, unit=unit, supervised=supervised, set_at=now, set_by=by)
    session.add(row)
    session.flush()
    return row.id
