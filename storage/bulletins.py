"""Bulletins (通报): drafted from a frozen snapshot of the figures, and released, or not, by a person.

    draft --release--> released
      \\--drop--> dropped --restore--> draft

What a bulletin says is made of its `content` alone: what is reported afterwards does not change it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.standing.bulletin import BulletinKind, Snapshot, dump_snapshot, load_snapshot
from storage.base import NEVER_AGAIN, Base, JsonObject, RowId, insert
from storage.people import MemberRow


class BulletinState(StrEnum):
    DRAFT = "draft"
    RELEASED = "released"
    DROPPED = "dropped"


class BulletinRow(Base):
    __tablename__ = "bulletins"

    id: Mapped[RowId]
    plan: Mapped[str]
    kind: Mapped[BulletinKind]
    label: Mapped[str] = mapped_column(comment="of the period, as 2023-03 or 2023-Q1")
    as_of: Mapped[date] = mapped_column(comment="plan day of the snapshot")
    content: Mapped[JsonObject] = mapped_column(comment="the frozen figures, never changed")
    title: Mapped[str | None] = mapped_column(comment="null: the usual one")
    remark: Mapped[str | None] = mapped_column(comment="a sentence that a person added")
    state: Mapped[BulletinState]
    created_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id))

    __table_args__ = (UniqueConstraint("plan", "kind", "label"), NEVER_AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    id: int
    plan: str
    snapshot: Snapshot
    title: str | None
    remark: str | None
    state: BulletinState
    created_at: datetime
    released_at: datetime | None


def add_bulletin(session: Session, plan: str, snapshot: Snapshot, *, now: datetime) -> int | None:
    """The new draft's number; None where the period has its bulletin already."""
    statement = insert(session, BulletinRow).values(
        plan=plan,
        kind=snapshot.kind,
        label=snapshot.label,
        as_of=snapshot.as_of,
        content=dump_snapshot(snapshot),
        state=BulletinState.DRAFT,
        created_at=now,
    )
    return session.scalar(
        statement.on_conflict_do_nothing(index_elements=["plan", "kind", "label"]).returning(BulletinRow.id)
    )


def bulletin_of(session: Session, plan: str, kind: BulletinKind, label: str) -> int | None:
    """The number of the period's bulletin."""
    return session.scalar(
        select(BulletinRow.id).where(BulletinRow.plan == plan, BulletinRow.kind == kind, BulletinRow.label == label)
    )


def get_bulletin(session: Session, number: int) -> Bulletin | None:
    return next(iter(_bulletins(session, select(BulletinRow).where(BulletinRow.id == number))), None)


def list_bulletins(session: Session, plan: str, *states: BulletinState, limit: int) -> tuple[Bulletin, ...]:
    """Those in one of the states, the newest first."""
    wanted = select(BulletinRow).where(BulletinRow.plan == plan, BulletinRow.state.in_(states))
    return _bulletins(session, wanted.order_by(BulletinRow.id.desc()).limit(limit))


def last_released(session: Session, plan: str, kind: BulletinKind, *, before: date) -> Bulletin | None:
    """The released bulletin of the kind with the latest snapshot before a day."""
    wanted = select(BulletinRow).where(
        BulletinRow.plan == plan,
        BulletinRow.kind == kind,
        BulletinRow.state == BulletinState.RELEASED,
        BulletinRow.as_of < before,
    )
    return next(iter(_bulletins(session, wanted.order_by(BulletinRow.as_of.desc()).limit(1))), None)


def word(session: Session, number: int, **words: str | None) -> bool:
    """Give a draft another `title` or `remark`; False if it is no draft any more."""
    return _change(session, number, BulletinState.DRAFT, words)


def release(session: Session, number: int, *, by: int, now: datetime) -> bool:
    """False if it is no draft any more: it is released once."""
    released = {"state": BulletinState.RELEASED, "released_at": now, "released_by": by}
    return _change(session, number, BulletinState.DRAFT, released)


def drop(session: Session, number: int) -> bool:
    return _change(session, number, BulletinState.DRAFT, {"state": BulletinState.DROPPED})


def restore(session: Session, number: int) -> bool:
    return _change(session, number, BulletinState.DROPPED, {"state": BulletinState.DRAFT})


def _change(session: Session, number: int, state: BulletinState, values: Mapping[str, object]) -> bool:
    changed = session.execute(
        update(BulletinRow)
        .where(BulletinRow.id == number, BulletinRow.state == state)
        .values(values)
        .returning(BulletinRow.id)
    )
    return changed.first() is not None


def _bulletins(session: Session, statement: Select[BulletinRow]) -> tuple[Bulletin, ...]:
    return tuple(
        Bulletin(
            id=row.id,
            plan=row.plan,
            snapshot=load_snapshot(row.content),
            title=row.title,
            remark=row.remark,
            state=row.state,
            created_at=row.created_at,
            released_at=row.released_at,
        )
        for row in session.scalars(statement.execution_options(populate_existing=True))
    )
