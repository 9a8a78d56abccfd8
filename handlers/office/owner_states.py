"""The targets of a plan with how far the owner of each is settled, and what is changed of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from handlers.access.policy import Actor
from handlers.chat.context import Context
from handlers.office.card_changes import set_cards
from handlers.office.card_targets import targets_of_plan
from handlers.office.codes import Field
from knowledge.entities.duties import OwnerSuggestion, suggest_owner
from knowledge.plan.model import Card, ProposedOwner, Target
from knowledge.standing.owners import OwnerState, owner_state
from storage.cards import cards_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedTarget:
    target: Target
    card: Card
    state: OwnerState
    suggestion: OwnerSuggestion
    """Whom the plan's own words mean."""


def owned_targets(context: Context, plan: str) -> tuple[OwnedTarget, ...]:
    """Every target of the plan, in its order, as it stands now."""
    held, today = cards_of(context.session, plan), context.services.clock.today()
    return tuple(
        OwnedTarget(
            target=target,
            card=(card := held.of(target)),
            state=owner_state(card, today),
            suggestion=suggest_owner(target, plan, context.library),
        )
        for target in targets_of_plan(context, plan)
    )


def in_state(targets: Iterable[OwnedTarget], state: OwnerState) -> tuple[OwnedTarget, ...]:
    return tuple(one for one in targets if one.state is state)


def owned_target(context: Context, plan: str, target: Target) -> OwnedTarget:
    return next(one for one in owned_targets(context, plan) if one.target == target)


def by_proposed_unit(targets: Iterable[OwnedTarget]) -> dict[str, tuple[OwnedTarget, ...]]:
    found: dict[str, tuple[OwnedTarget, ...]] = {}
    for one in targets:
        if one.card.proposed:
            found[one.card.proposed.unit] = (*found.get(one.card.proposed.unit, ()), one)
    return found


def store_proposals(context: Context, actor: Actor, plan: str, proposals: Mapping[Target, ProposedOwner | None]) -> int:
    """The number of the first change; who reports, and since when, is untouched."""
    held = cards_of(context.session, plan)
    changes = [(one, replace(held.of(one), proposed=new), held.since(one)) for one, new in proposals.items()]
    return set_cards(context, actor, plan, Field.OWNER, changes)
