"""Who writes or taps, loaded from the people that are bound."""

from datetime import date

from sqlalchemy.orm import Session

from handlers.access.policy import Actor
from handlers.access.service import Service
from storage.people import Grant, Member, find_member, stood_in_for


def load_actor(session: Session, telegram_id: int, *, today: date, service: Service, private: bool = True) -> Actor:
    """`today` is the plan's day: it decides which absences are on."""
    member = find_member(session, telegram_id)
    if member is None:
        return Actor(member=None, private=private, service=service)
    absent = stood_in_for(session, member.id, today)
    lent = tuple(grant for one in absent for grant in one.grants if may_stand_in(member, grant))
    return Actor(
        member=member.id,
        grants=tuple(dict.fromkeys((*member.grants, *lent))),
        locked=member.locked,
        private=private,
        service=service,
    )


def may_stand_in(member: Member, grant: Grant) -> bool:
    """A stand-in takes over what belongs to the same unit, or to a role held already; never more."""
    return any(
        (own.plan, own.unit) == (grant.plan, grant.unit)
        if grant.unit
        else (own.plan, own.role) == (grant.plan, grant.role)
        for own in member.grants
    )
