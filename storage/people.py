"""Who is bound to the plan: members, the roles they hold with their scope, and who stands in for whom.

A member's number is a pseudonym: records name it and nothing else of a person, so that a member can be forgotten and
the records stay whole. A role is never deleted, it ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, bindparam, false, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, LongInteger, RowId, table_of


class Role(StrEnum):
    LIAISON = "liaison"
    HEAD = "head"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    OFFICE = "office"
    SIGNER = "signer"
    """Whom a unit has named to sign its figures; while there is none, its heads do."""
    PROJECTS = "projects"
    """Keeps the ledger of the plan's projects."""
    CONTACT = "contact"
    """Reports for one project."""
    AIDE = "aide"
    """Reads what a leader is in charge of."""


class MemberRow(Base):
    __tablename__ = "members"

    id: Mapped[RowId]
    telegram_id: Mapped[LongInteger | None] = mapped_column(unique=True, comment="null once forgotten")
    name: Mapped[str | None] = mapped_column(comment="as colleagues know the person; null once forgotten")
    office_phone: Mapped[str | None]
    mobile: Mapped[str | None] = mapped_column(comment="only where the person gave it to be shown to colleagues")
    joined_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None] = mapped_column(comment="when the last role ended; null while there is one")

    __table_args__ = (NEVER_AGAIN,)


class GrantRow(Base):
    __tablename__ = "grants"

    id: Mapped[RowId]
    member_id: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))
    role: Mapped[Role]
    plan: Mapped[str]
    unit: Mapped[str | None] = mapped_column(comment="null with a null section: the whole plan")
    section: Mapped[int | None]
    since: Mapped[datetime]
    until: Mapped[datetime | None] = mapped_column(comment="null while it is held")
    project: Mapped[str | None] = mapped_column(comment="of a project's contact: its name")
    not_pushed: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="a head who is a city leader too: nothing is pushed to them"
    )

    __table_args__ = (
        Index(None, "member_id"),
        Index(
            "ix_grants_held",
            "plan",
            "unit",
            "role",
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        NEVER_AGAIN,
    )


class AbsenceRow(Base):
    __tablename__ = "absences"

    id: Mapped[RowId]
    member_id: Mapped[int] = mapped_column(ForeignKey(MemberRow.id), index=True)
    stand_in_id: Mapped[int] = mapped_column(ForeignKey(MemberRow.id), index=True)
    first: Mapped[date] = mapped_column(comment="plan day")
    last: Mapped[date] = mapped_column(comment="plan day, still absent")
    ended_at: Mapped[datetime | None] = mapped_column(comment="called off before its last day")

    __table_args__ = (NEVER_AGAIN,)


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """A role with its scope: one unit, one section, one project (for which its contact speaks in the unit's name), or
    (all None) the whole plan."""

    role: Role
    plan: str
    unit: str | None = None
    section: int | None = None
    project: str | None = None
    not_pushed: bool = field(default=False, compare=False)
    """A mark, and no part of what the role is: a head who is a city leader too (兼任市领导); nothing is pushed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    id: int
    telegram_id: int | None
    name: str | None
    office_phone: str | None
    mobile: str | None
    locked: bool
    grants: tuple[Grant, ...] = ()
    """Held now, without those of absent colleagues."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account that is bound to a member."""

    member: int
    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    member: int
    stand_in: int
    first: date
    last: date


def find_member(session: Session, telegram_id: int) -> Member | None:
    """Who writes from this account; kept from changing until the transaction ends, so that rights read now still hold
    when their effect is stored."""
    found = _members(session, _BY_ACCOUNT, {"account": telegram_id})
    return found[0] if found else None


def get_member(session: Session, member_id: int) -> Member | None:
    found = get_members(session, [member_id])
    return found[0] if found else None


def known_member(session: Session, member_id: int) -> Member:
    """The member of a number that a row of this database gave."""
    (found,) = get_members(session, [member_id])
    return found


def get_members(session: Session, member_ids: Iterable[int]) -> tuple[Member, ...]:
    """Those of the numbers that exist, by number; the forgotten ones are nameless."""
    return _members(session, _BY_NUMBER, {"numbers": set(member_ids)})


def members_of_plan(session: Session, plan: str) -> tuple[Member, ...]:
    """Everyone who holds a role in the plan, by number; `grants` are all that they hold."""
    return _members(session, select(_MEMBERS).where(_MEMBERS.c.id.in_(_holders(plan))))


def members_of_unit(session: Session, plan: str, unit: str) -> tuple[Member, ...]:
    """Everyone who holds a role for the unit, by number."""
    return _members(session, select(_MEMBERS).where(_MEMBERS.c.id.in_(_holders(plan).where(GrantRow.unit == unit))))


def add_member(session: Session, *, telegram_id: int, name: str, now: datetime) -> int:
    row = MemberRow(telegram_id=telegram_id, name=name, joined_at=now)
    session.add(row)
    session.flush()
    return row.id


def lock_row(session: Session, member_id: int) -> None:
    """Wait until no other transaction rests on the rights of this member; before any change of them."""
    session.execute(select(MemberRow.id).where(MemberRow.id == member_id).with_for_update())


def give(session: Session, member_id: int, grants: Iterable[Grant], *, now: datetime) -> tuple[Grant, ...]:
    """Let the member hold these roles; returns those that are new."""
    lock_row(session, member_id)
    held = {_grant(row) for row in session.scalars(_held(member_id))}
    new = tuple(grant for grant in dict.fromkeys(grants) if grant not in held)
    for grant in new:
        session.add(
            GrantRow(
                member_id=member_id,
                role=grant.role,
                plan=grant.plan,
                unit=grant.unit,
                section=grant.section,
                project=grant.project,
                since=now,
            )
        )
    session.execute(update(MemberRow).where(MemberRow.id == member_id).values(left_at=None))
    session.flush()
    return new


def end(session: Session, member_id: int, *, now: datetime, only: Sequence[Grant] | None = None) -> tuple[Grant, ...]:
    """End the member's roles, all or `only` these; returns those that were held."""
    lock_row(session, member_id)
    rows = list(session.scalars(_held(member_id)))
    ending = [row for row in rows if only is None or _grant(row) in only]
    for row in ending:
        row.until = now
    if len(ending) == len(rows):
        session.execute(update(MemberRow).where(MemberRow.id == member_id).values(left_at=now))
    session.flush()
    return tuple(map(_grant, ending))


def set_pushed(session: Session, member_id: int, grant: Grant, *, pushed: bool) -> None:
    """Whether anything is pushed to the member in this role."""
    lock_row(session, member_id)
    for row in session.scalars(_held(member_id)):
        if _grant(row) == grant:
            row.not_pushed = not pushed
    session.flush()


def set_contact(session: Session, member_id: int, **values: str | None) -> None:
    """`name`, `office_phone` or `mobile`."""
    session.execute(update(MemberRow).where(MemberRow.id == member_id).values(values))


def set_locked(session: Session, member_id: int, at: datetime | None) -> None:
    """Lock the account, or with None unlock it."""
    lock_row(session, member_id)
    session.execute(update(MemberRow).where(MemberRow.id == member_id).values(locked_at=at))


def set_absence(session: Session, member_id: int, *, stand_in: int, first: date, last: date, now: datetime) -> None:
    """The member is away on these plan days; an earlier absence that is not over yet is replaced."""
    end_absence(session, member_id, now=now)
    session.add(AbsenceRow(member_id=member_id, stand_in_id=stand_in, first=first, last=last))
    session.flush()


def end_absence(session: Session, member_id: int, *, now: datetime) -> None:
    session.execute(
        update(AbsenceRow).where(AbsenceRow.member_id == member_id, AbsenceRow.ended_at.is_(None)).values(ended_at=now)
    )


def absence_of(session: Session, member_id: int, today: date) -> Absence | None:
    """The member's absence that is on or still to come."""
    row = session.scalar(
        select(AbsenceRow).where(
            AbsenceRow.member_id == member_id, AbsenceRow.ended_at.is_(None), AbsenceRow.last >= today
        )
    )
    return None if row is None else _absence(row)


def absences_on(session: Session, day: date) -> tuple[Absence, ...]:
    """Everybody who is away on a plan day."""
    return tuple(map(_absence, session.execute(_AWAY, {"day": day})))


def absences_from(session: Session, day: date) -> tuple[Absence, ...]:
    """Everybody's absences that are on on a plan day or begin later, by number."""
    rows = select(AbsenceRow).where(AbsenceRow.last >= day, AbsenceRow.ended_at.is_(None)).order_by(AbsenceRow.id)
    return tuple(map(_absence, session.scalars(rows)))


_MEMBERS, _GRANTS, _ABSENCES = table_of(MemberRow), table_of(GrantRow), table_of(AbsenceRow)
_BY_ACCOUNT = select(_MEMBERS).where(_MEMBERS.c.telegram_id == bindparam("account")).with_for_update(read=True)
_BY_NUMBER = select(_MEMBERS).where(_MEMBERS.c.id.in_(bindparam("numbers", expanding=True)))
_AWAY = select(_ABSENCES).where(
    _ABSENCES.c.first <= bindparam("day"), _ABSENCES.c.last >= bindparam("day"), _ABSENCES.c.ended_at.is_(None)
)
_STOOD_IN_FOR = (
    _AWAY.join(_MEMBERS, _MEMBERS.c.id == _ABSENCES.c.member_id)
    .where(_ABSENCES.c.stand_in_id == bindparam("member"), _MEMBERS.c.locked_at.is_(None))
    .with_only_columns(_ABSENCES.c.member_id)
)
_RIGHTS = (
    select(_GRANTS)
    .where(
        _GRANTS.c.member_id.in_(select(bindparam("member", type_=_GRANTS.c.member_id.type)).union_all(_STOOD_IN_FOR)),
        _GRANTS.c.until.is_(None),
    )
    .order_by(_GRANTS.c.member_id, _GRANTS.c.id)
)
_HELD = (
    select(_GRANTS)
    .where(_GRANTS.c.member_id.in_(bindparam("members", expanding=True)), _GRANTS.c.until.is_(None))
    .order_by(_GRANTS.c.id)
)


def rights_of(session: Session, member_id: int, day: date) -> tuple[tuple[Grant, ...], tuple[Grant, ...]]:
    """The member's own roles, and those of the members who are away on a plan day and named this one."""
    own: list[Grant] = []
    lent: list[Grant] = []
    for row in session.execute(_RIGHTS, {"member": member_id, "day": day}):
        (own if row.member_id == member_id else lent).append(_grant(row))
    return tuple(own), tuple(lent)


def _held(member_id: int) -> Select[GrantRow]:
    return select(GrantRow).where(GrantRow.member_id == member_id, GrantRow.until.is_(None)).order_by(GrantRow.id)


def _holders(plan: str) -> Select[int]:
    return select(GrantRow.member_id).where(GrantRow.plan == plan, GrantRow.until.is_(None))


def _members(
    session: Session, statement: Select[*tuple[Any, ...]], values: Mapping[str, object] | None = None
) -> tuple[Member, ...]:
    """The members that a statement finds, by number, with their roles: two statements however many they are."""
    rows = sorted(session.execute(statement, values), key=lambda row: row.id)
    if not rows:
        return ()
    grants: dict[int, list[Grant]] = {row.id: [] for row in rows}
    for grant in session.execute(_HELD, {"members": list(grants)}):
        grants[grant.member_id].append(_grant(grant))
    return tuple(
        Member(
            id=row.id,
            telegram_id=row.telegram_id,
            name=row.name,
            office_phone=row.office_phone,
            mobile=row.mobile,
            locked=row.locked_at is not None,
            grants=tuple(grants[row.id]),
        )
        for row in rows
    )


def _grant(row: Any) -> Grant:
    return Grant(row.role, row.plan, row.unit, row.section, row.project, row.not_pushed)


def _absence(row: Any) -> Absence:
    return Absence(member=row.member_id, stand_in=row.stand_in_id, first=row.first, last=row.last)
