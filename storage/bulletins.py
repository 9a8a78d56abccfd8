"""Bulletins (月度进展情况、通报、小结): drafted from a frozen snapshot of the figures, released or not by a person.

    draft --release--> released
      \\--drop--> dropped --restore--> draft

What a bulletin says is made of its `content`: what is reported afterwards does not change it, only a new draft does.
`storage.bulletin_steps` holds what it goes through before its release.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Select, UniqueConstraint, func, select, update
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
    content: Mapped[JsonObject] = mapped_column(comment="the frozen figures of the present draft")
    title: Mapped[str | None] = mapped_column(comment="null: the usual one")
    remark: Mapped[str | None] = mapped_column(comment="a sentence that a person added")
    state: Mapped[BulletinState]
    created_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id))
    released_on: Mapped[date | None] = mapped_column(comment="plan day; null also where 0.1 released it")

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
    released_by: int | None
    released_on: date | None
    """Plan day; of what 0.1 released that of its snapshot."""


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


def lock_bulletin(session: Session, number: int) -> None:
    """Wait until no other transaction changes what became of it; before any step of it."""
    session.execute(select(BulletinRow.id).where(BulletinRow.id == number).with_for_update())


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


def released_since(session: Session, plan: str, kind: BulletinKind, day: date) -> Bulletin | None:
    """The last of the kind that was released on a plan day or later."""
    wanted = select(BulletinRow).where(
        BulletinRow.plan == plan,
        BulletinRow.kind == kind,
        BulletinRow.state == BulletinState.RELEASED,
        func.coalesce(BulletinRow.released_on, BulletinRow.as_of) >= day,
    )
    return next(iter(_bulletins(session, wanted.order_by(BulletinRow.id.desc()).limit(1))), None)


def word(session: Session, number: int, **words: str | None) -> bool:
    """Give a draft another `title` or `remark`; False if it is no draft any more."""
    return _change(session, number, BulletinState.DRAFT, words)


def replace_content(session: Session, number: int, snapshot: Snapshot) -> bool:
    """Give a draft other figures; False if it is no draft any more."""
    values = {"content": dump_snapshot(snapshot), "as_of": snapshot.as_of}
    return _change(session, number, BulletinState.DRAFT, values)


def release(session: Session, number: int, *, by: int, day: date, now: datetime) -> bool:
    """False if it is no draft any more: it is released once. `day` is in plan time."""
    released = {"state": BulletinState.RELEASED, "released_at": now, "released_by": by, "released_on": day}
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
            released_by=row.released_by,
            released_on=row.released_on or (row.as_of if row.state is BulletinState.RELEASED else None),
        )
        for row in session.scalars(statement.execution_options(populate_existing=True))
    )
