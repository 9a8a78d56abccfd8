"""One-time invitations: a code binds an account to roles. Only the code's digest is ever stored."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, JsonObject, RowId
from storage.people import Grant, MemberRow, Role


class InvitationRow(Base):
    __tablename__ = "invitations"

    id: Mapped[RowId]
    digest: Mapped[str] = mapped_column(unique=True, comment="of the code, which is stored nowhere")
    grants: Mapped[list[JsonObject]] = mapped_column(comment="the roles that it gives")
    made_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id), comment="null: made on the command line")
    heir_of: Mapped[int | None] = mapped_column(
        ForeignKey(MemberRow.id), comment="whoever takes it up takes these roles over from this member"
    )
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_by: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id))
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (NEVER_AGAIN,)


class InvitationState(StrEnum):
    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    id: int
    grants: tuple[Grant, ...]
    made_by: int | None
    heir_of: int | None
    expires_at: datetime
    used_by: int | None
    state: InvitationState


def invite(
    session: Session,
    *,
    digest: str,
    grants: tuple[Grant, ...],
    made_by: int | None,
    now: datetime,
    expires_at: datetime,
    heir_of: int | None = None,
) -> int:
    """Keep an invitation; returns its number."""
    row = InvitationRow(
        digest=digest,
        grants=[
            {
                "role": grant.role.value,
                "plan": grant.plan,
                "unit": grant.unit,
                "section": grant.section,
                "project": grant.project,
            }
            for grant in grants
        ],
        made_by=made_by,
        heir_of=heir_of,
        made_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return row.id


def find_invitation(session: Session, digest: str, *, now: datetime) -> Invitation | None:
    """The invitation of a code; kept from being used twice until the transaction ends."""
    row = session.scalar(select(InvitationRow).where(InvitationRow.digest == digest).with_for_update())
    return None if row is None else _value(row, now)


def get_invitation(session: Session, number: int, *, now: datetime) -> Invitation | None:
    row = session.scalar(select(InvitationRow).where(InvitationRow.id == number).with_for_update())
    return None if row is None else _value(row, now)


def open_invitations(session: Session, *, now: datetime) -> tuple[Invitation, ...]:
    """Those that can still be used, newest first."""
    rows = session.scalars(
        select(InvitationRow)
        .where(InvitationRow.used_at.is_(None), InvitationRow.revoked_at.is_(None), InvitationRow.expires_at > now)
        .order_by(InvitationRow.id.desc())
    )
    return tuple(_value(row, now) for row in rows)


def mark_used(session: Session, number: int, *, by: int, now: datetime) -> None:
    session.execute(update(InvitationRow).where(InvitationRow.id == number).values(used_by=by, used_at=now))


def revoke(session: Session, number: int, *, now: datetime) -> None:
    session.execute(update(InvitationRow).where(InvitationRow.id == number).values(revoked_at=now))


def revoke_of_member(session: Session, member_id: int, *, now: datetime) -> None:
    """Nobody may come in any more by what this member made, or in this member's place."""
    session.execute(
        update(InvitationRow)
        .where(
            (InvitationRow.made_by == member_id) | (InvitationRow.heir_of == member_id),
            InvitationRow.used_at.is_(None),
            InvitationRow.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def _value(row: InvitationRow, now: datetime) -> Invitation:
    return Invitation(
        id=row.id,
        grants=tuple(_grant(one) for one in row.grants),
        made_by=row.made_by,
        heir_of=row.heir_of,
        expires_at=row.expires_at,
        used_by=row.used_by,
        state=_state(row, now),
    )


def _state(row: InvitationRow, now: datetime) -> InvitationState:
    if row.used_at:
        return InvitationState.USED
    if row.revoked_at:
        return InvitationState.REVOKED
    return InvitationState.OPEN if row.expires_at > now else InvitationState.EXPIRED


def _grant(stored: JsonObject) -> Grant:
    unit, section, project = stored["unit"], stored["section"], stored.get("project")
    return Grant(
        Role(str(stored["role"])),
        str(stored["plan"]),
        None if unit is None else str(unit),
        section if isinstance(section, int) else None,
        None if project is None else str(project),
    )
