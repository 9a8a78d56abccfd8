"""The desks of a person: each role that they hold or stand in for, for one unit or for a plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from storage.people import Grant, Role

_OF_UNITS = (Role.LIAISON, Role.HEAD, Role.SIGNER)


@dataclass(frozen=True, slots=True)
class Desk:
    """A role, and what it is for: the unit that it speaks for; None: what all of its scopes hold together."""

    role: Role
    plan: str
    unit: str | None = None

    @property
    def key(self) -> str:
        """How a line and the database name it: liaison wuxue-2021-26 市科经局."""
        return " ".join(filter(None, (self.role.value, self.plan, self.unit)))


def desk_of(grant: Grant) -> Desk:
    return Desk(grant.role, grant.plan, grant.unit if grant.role in _OF_UNITS else None)


def desks_of(grants: Iterable[Grant], plans: Iterable[str]) -> tuple[Desk, ...]:
    """Each once, of the plans that are loaded, in the order of the roles; a head who signs has one for both."""
    loaded = set(plans)
    found = dict.fromkeys(desk_of(grant) for grant in grants if grant.plan in loaded)
    return tuple(
        one for one in found if one.role is not Role.SIGNER or Desk(Role.HEAD, one.plan, one.unit) not in found
    )


def with_first(grants: Iterable[Grant], chosen: str) -> tuple[Grant, ...]:
    """The roles with those of the desk that was chosen before the others: what is asked of one role is asked of it."""
    return tuple(sorted(grants, key=lambda grant: desk_of(grant).key != chosen))
