"""Names that the office added: an overlay of the plans' gazetteers. A row never changes but once, when it ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.plan.gazetteer import Alias
from storage.base import NEVER_AGAIN, Base, RowId, insert, table_of
from storage.people import MemberRow


class AliasRow(Base):
    __tablename__ = "aliases"

    id: Mapped[RowId]
    plan: Mapped[str]
    owner: Mapped[str] = mapped_column(comment="id of the task or clause that the name stands in; empty for a unit")
    name: Mapped[str] = mapped_column(comment="as the plan writes it")
    said: Mapped[str] = mapped_column(comment="what else people call it")
    added_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id), comment="null: on the command line")
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_aliases_held",
            "plan",
            "said",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        NEVER_AGAIN,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An alias that counts."""

    id: int
    plan: str
    alias: Alias


def add_alias(session: Session, plan: str, alias: Alias, *, by: int | None, now: datetime) -> int | None:
    """The new alias's number; None where the words are somebody's alias already."""
    statement = insert(session, AliasRow).values(
        plan=plan, owner=alias.owner, name=alias.name, said=alias.said, added_by=by, added_at=now
    )
    return session.scalar(
        statement.on_conflict_do_nothing(
            index_elements=["plan", "said"], index_where=text("ended_at IS NULL")
        ).returning(AliasRow.id)
    )


def end_alias(session: Session, number: int, *, plan: str, now: datetime) -> Held | None:
    """Let the alias count no more; None where there is none to end."""
    held = _held(session, _COUNTING.where(_ALIASES.c.id == number, _ALIASES.c.plan == plan))
    session.execute(update(_ALIASES).where(_ALIASES.c.id.in_([one.id for one in held])).values(ended_at=now))
    return held[0] if held else None


def list_aliases(session: Session) -> tuple[Held, ...]:
    """All that count, in the order they were added."""
    return _held(session, _COUNTING)


_ALIASES = table_of(AliasRow)
_COUNTING = select(_ALIASES).where(_ALIASES.c.ended_at.is_(None)).order_by(_ALIASES.c.id)


def _held(session: Session, statement: Select[*tuple[Any, ...]]) -> tuple[Held, ...]:
    return tuple(
        Held(id=row.id, plan=row.plan, alias=Alias(name=row.name, said=row.said, owner=row.owner))
        for row in session.execute(statement)
    )
