"""Who writes or taps, loaded from the people that are bound."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from handlers.access.desks import with_first
from handlers.access.policy import Actor
from handlers.access.service import Service
from storage.people import Account, Grant, rights_of


def load_actor(
    session: Session, account: Account | None, *, today: date, service: Service, private: bool = True, desk: str = ""
) -> Actor:
    """`today` is the plan's day: it decides which absences are on. `desk` is the one that was chosen of several."""
    if account is None:
        return Actor(member=None, private=private, service=service)
    own, lent = rights_of(session, account.member, today)
    return Actor(
        member=account.member,
        grants=with_first(dict.fromkeys((*own, *(grant for grant in lent if may_stand_in(own, grant)))), desk),
        locked=account.locked,
        private=private,
        service=service,
    )


def may_stand_in(held: Iterable[Grant], grant: Grant) -> bool:
    """A stand-in takes over what belongs to the same unit, or to a role held already; never more."""
    return any(
        (own.plan, own.unit) == (grant.plan, grant.unit)
        if grant.unit
        else (own.plan, own.role) == (grant.plan, grant.role)
        for own in held
    )
