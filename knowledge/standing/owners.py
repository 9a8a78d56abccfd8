"""How far the owner of each target is settled: one definition, for pages, lists and answers alike."""

from datetime import date
from enum import StrEnum

from knowledge.plan.model import Card, OwnerOpinion


class OwnerState(StrEnum):
    CONFIRMED = "confirmed"
    SEVERAL = "several"
    """Each responsible unit reports its part: nobody need be the owner."""
    UNOPPOSED = "unopposed"
    """The unit agreed, or its days are over; only the office's confirmation makes it the owner."""
    ASKED = "asked"
    OPPOSED = "opposed"
    PROPOSED = "proposed"
    OPEN = "open"


UNSETTLED = frozenset({*OwnerState} - {OwnerState.CONFIRMED, OwnerState.SEVERAL})
"""Where the office owes the confirmation."""


def concerned(card: Card) -> tuple[str, ...]:
    """The units that a change of such a card's owner concerns: the owner, or who was asked to be."""
    held = card.proposed
    asked = held.unit if held and (held.until or held.opinion) else None
    return tuple(unit for unit in (card.owner, asked) if unit)


def owner_state(card: Card, today: date) -> OwnerState:
    proposed = card.proposed
    if card.owner:
        return OwnerState.CONFIRMED
    if card.summed:
        return OwnerState.SEVERAL
    if proposed is None:
        return OwnerState.OPEN
    if proposed.opinion is not None:
        return OwnerState.UNOPPOSED if proposed.opinion is OwnerOpinion.AGREES else OwnerState.OPPOSED
    if proposed.until is None:
        return OwnerState.PROPOSED
    return OwnerState.ASKED if today <= proposed.until else OwnerState.UNOPPOSED
