"""Lists of people who are to be invited at once; the rows hold names, and go as soon as the invitations are made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, null, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, JsonObject, RowId
from storage.invitations import InvitationRow
from storage.people import MemberRow


class InvitationListRow(Base):
    __tablename__ = "invitation_lists"

    id: Mapped[RowId]
    made_by: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))
    made_at: Mapped[datetime]
    text: Mapped[str | None] = mapped_column(comment="as it was pasted; null: made, dropped or too old")
    invitations: Mapped[list[JsonObject] | None] = mapped_column(comment="the numbers of those made of it")

    __table_args__ = (NEVER_AGAIN,)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationList:
    id: int
    made_by: int
    text: str | None
    invitations: tuple[int, ...]


def keep_list(session: Session, *, by: int, text: str, now: datetime) -> int:
    """Keep a list until it is decided about; its number."""
    row = InvitationListRow(made_by=by, made_at=now, text=text)
    session.add(row)
    session.flush()
    return row.id


def get_list(session: Session, number: int) -> InvitationList | None:
    """Kept from being used twice until the transaction ends."""
    row = session.scalar(select(InvitationListRow).where(InvitationListRow.id == number).with_for_update())
    if row is None:
        return None
    numbers = tuple(int(str(one["number"])) for one in row.invitations or ())
    return InvitationList(id=row.id, made_by=row.made_by, text=row.text, invitations=numbers)


def close_list(session: Session, number: int, invitations: tuple[int, ...] = ()) -> None:
    """It is decided about: the names go."""
    made: list[JsonObject] = [{"number": one} for one in invitations]
    session.execute(update(InvitationListRow).where(InvitationListRow.id == number).values(text=None, invitations=made))


def forget_lists(session: Session, *, before: datetime) -> None:
    """The names of those that nobody decided about go."""
    old = (InvitationListRow.made_at < before) & InvitationListRow.text.is_not(None)
    session.execute(update(InvitationListRow).where(old).values(text=null()))


def revoke_list(session: Session, one: InvitationList, *, now: datetime) -> int:
    """Nobody may come in any more by what was made of the list and is not used; how many that are."""
    which = (
        InvitationRow.id.in_(one.invitations)
        & InvitationRow.used_at.is_(None)
        & InvitationRow.revoked_at.is_(None)
        & (InvitationRow.expires_at > now)
    )
    gone = update(InvitationRow).where(which).values(revoked_at=now).returning(InvitationRow.id)
    return len(session.scalars(gone).all())
