"""What a bulletin went through before its release, each step registered with who and when; a step undone stays known.

    draft --> check --> review --> sign

`storage.fact_checks` holds what the units answer to a check. A new draft begins anew: the steps of the draft before it
count no more, and what that one held is kept beside its own first step.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.standing.bulletin import Snapshot, dump_snapshot, load_snapshot
from storage.base import NEVER_AGAIN, Base, JsonObject, RowId, add, table_of
from storage.bulletins import Bulletin, BulletinRow, replace_content
from storage.people import MemberRow


class BulletinStep(StrEnum):
    DRAFT = "draft"
    CHECK = "check"
    """The units concerned are asked whether their lines are right (核对)."""
    REVIEW = "review"
    """The head of the supervisors' office has read it (核稿)."""
    SIGN = "sign"
    """The leader in charge has signed it, on paper (审定)."""


class BulletinStepRow(Base):
    __tablename__ = "bulletin_steps"

    id: Mapped[RowId]
    bulletin_id: Mapped[int] = mapped_column(ForeignKey(BulletinRow.id), index=True)
    step: Mapped[BulletinStep]
    registered_on: Mapped[date] = mapped_column(comment="plan day")
    registered_at: Mapped[datetime]
    registered_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id), comment="null: by rule")
    until: Mapped[date | None] = mapped_column(comment="of a check: the last plan day on which units answer")
    name: Mapped[str | None] = mapped_column(comment="who reviewed or signed")
    post: Mapped[str | None]
    signed_on: Mapped[date | None] = mapped_column(comment="the day of the review or the signature")
    paper: Mapped[str | None] = mapped_column(comment="the number of the paper that it rests on")
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id))

    __table_args__ = (NEVER_AGAIN,)


class OldDraftRow(Base):
    __tablename__ = "bulletin_old_drafts"

    step_id: Mapped[int] = mapped_column(ForeignKey(BulletinStepRow.id), primary_key=True, comment="that drafted it")
    as_of: Mapped[date]
    content: Mapped[JsonObject]
    title: Mapped[str | None]
    remark: Mapped[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who reviewed or signed, outside the bot; a review names no paper."""

    name: str
    post: str
    day: date
    paper: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredStep:
    id: int
    step: BulletinStep
    day: date
    """Plan day on which it was registered."""
    at: datetime
    """Machine time, of the same moment."""
    by: int | None
    """None: by rule."""
    until: date | None = None
    signature: Signature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OldDraft:
    step: int
    snapshot: Snapshot
    title: str | None
    remark: str | None


def add_step(
    session: Session,
    bulletin: int,
    step: BulletinStep,
    *,
    by: int | None,
    day: date,
    now: datetime,
    until: date | None = None,
    signature: Signature | None = None,
) -> int:
    """Register a step, `day` in plan time; its number."""
    signed: dict[str, object] = {}
    if signature:
        signed = {
            "name": signature.name,
            "post": signature.post,
            "signed_on": signature.day,
            "paper": signature.paper,
        }
    row = {
        "bulletin_id": bulletin,
        "step": step,
        "registered_on": day,
        "registered_at": now,
        "registered_by": by,
        "until": until,
        **signed,
    }
    return add(session, BulletinStepRow, row)


def undo_step(session: Session, number: int, *, by: int, now: datetime) -> None:
    session.execute(
        update(BulletinStepRow)
        .where(BulletinStepRow.id == number, BulletinStepRow.undone_at.is_(None))
        .values(undone_at=now, undone_by=by)
    )


def steps_of(session: Session, bulletins: Collection[int]) -> Mapping[int, tuple[RegisteredStep, ...]]:
    """By bulletin the steps of its present draft that are not undone, in order."""
    wanted = select(BulletinStepRow).where(
        BulletinStepRow.bulletin_id.in_(bulletins), BulletinStepRow.undone_at.is_(None)
    )
    found: dict[int, list[RegisteredStep]] = defaultdict(list)
    for row in session.scalars(wanted.order_by(BulletinStepRow.id)):
        if row.step is BulletinStep.DRAFT:
            found[row.bulletin_id] = []
        found[row.bulletin_id].append(_registered(row))
    return {bulletin: tuple(steps) for bulletin, steps in found.items()}


def bulletin_of_step(session: Session, number: int) -> int | None:
    """The bulletin of a step of its present draft that is not undone."""
    bulletin = session.scalar(select(BulletinStepRow.bulletin_id).where(BulletinStepRow.id == number))
    if bulletin is None:
        return None
    return bulletin if any(one.id == number for one in steps_of(session, [bulletin]).get(bulletin, ())) else None


def redraft(session: Session, bulletin: Bulletin, snapshot: Snapshot, *, by: int, day: date, now: datetime) -> bool:
    """Keep what the present draft holds, and draft anew; False where the bulletin is no draft any more."""
    if not replace_content(session, bulletin.id, snapshot):
        return False
    drafted = next(one for one in steps_of(session, [bulletin.id])[bulletin.id] if one.step is BulletinStep.DRAFT)
    session.execute(
        table_of(OldDraftRow)
        .insert()
        .values(
            step_id=drafted.id,
            as_of=bulletin.snapshot.as_of,
            content=dump_snapshot(bulletin.snapshot),
            title=bulletin.title,
            remark=bulletin.remark,
        )
    )
    add_step(session, bulletin.id, BulletinStep.DRAFT, by=by, day=day, now=now)
    return True


def old_drafts(session: Session, bulletin: int) -> tuple[OldDraft, ...]:
    """What the earlier drafts held, the oldest first."""
    wanted = (
        select(OldDraftRow)
        .join(BulletinStepRow, BulletinStepRow.id == OldDraftRow.step_id)
        .where(BulletinStepRow.bulletin_id == bulletin)
        .order_by(OldDraftRow.step_id)
    )
    return tuple(
        OldDraft(step=row.step_id, snapshot=load_snapshot(row.content), title=row.title, remark=row.remark)
        for row in session.scalars(wanted)
    )


def _registered(row: BulletinStepRow) -> RegisteredStep:
    signature = None
    if row.name is not None and row.post is not None and row.signed_on is not None:
        signature = Signature(name=row.name, post=row.post, day=row.signed_on, paper=row.paper)
    return RegisteredStep(
        id=row.id,
        step=row.step,
        day=row.registered_on,
        at=row.registered_at,
        by=row.registered_by,
        until=row.until,
        signature=signature,
    )
