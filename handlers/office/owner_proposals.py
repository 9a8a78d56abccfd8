"""Proposing owners (拟定), of all targets at once by duty or of one by hand; and asking the units what they say."""

from dataclasses import replace

from handlers.access.policy import Actor
from handlers.access.responsibility import members_of, unsupervised_in
from handlers.broadcast.direct import holders, tell
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_owner_opinions, texts_owners
from handlers.office import texts_owner_proposals as texts
from handlers.office.card_targets import exact_target
from handlers.office.codes import OwnerVerb
from handlers.office.owner_states import (
    OwnedTarget,
    by_proposed_unit,
    in_state,
    owned_target,
    owned_targets,
    store_proposals,
)
from handlers.office.texts_cards import key
from handlers.services.unit_lookup import find_units
from knowledge.plan.key import TaskKey
from knowledge.plan.model import OwnerBasis, ProposedOwner
from knowledge.standing.owners import OwnerState
from storage.cards import last_change
from storage.chats import reachable
from storage.holidays import workdays_of
from storage.people import Member, Role

DAYS_TO_ANSWER = 3
"""Working days that a unit has for its opinion."""


def propose_all(context: Context, actor: Actor, plan: str, said: str) -> Call:
    """Of all targets that have nobody: `confirm 17` where the last change of the plan's cards is still the 17th."""
    targets = in_state(owned_targets(context, plan), OwnerState.OPEN)
    spared = unsupervised_in(plan, context.library, context.cards(plan))
    found = {
        one.target: ProposedOwner(unit=one.suggestion.unit, basis=OwnerBasis.DUTY)
        for one in targets
        if one.suggestion.unit and one.suggestion.unit not in spared
    }
    number = str(last_change(context.session, plan))
    if not found or said != f"{OwnerVerb.CONFIRM} {number}":
        reply = texts.confirm_all(targets, found, number)
        return say(replace(context, line=f"/owners {OwnerVerb.PROPOSE}"), reply)
    return settle(context, texts.proposed(found, store_proposals(context, actor, plan, found)))


def propose_one(context: Context, actor: Actor, plan: str, said: str) -> Call:
    """`5.2 数字校园覆盖率 市教育局` is shown; `confirm 17 5.2 数字校园覆盖率 市教育局` makes it."""
    number, said = _confirmed(said)
    target, name = exact_target(context, plan, said)
    if target is None:
        return say(context, texts_owners.no_such())
    line = f"/owners {OwnerVerb.SET} {key(target)}"
    if not name:
        return ask_for(context, texts.ask_unit(target), line)
    units = find_units(context.services.question_service, plan, name)
    if len(units) != 1:
        return ask_for(context, texts.unit_unread(target, name), line)
    held = owned_target(context, plan, target)
    if held.state is OwnerState.CONFIRMED:
        return say(context, texts.already_confirmed(held))
    new = ProposedOwner(unit=units[0], basis=_basis(held, units[0]))
    now = str(last_change(context.session, plan, target))
    if number != now:
        return say(context, texts.confirm_one(held, new, _listed(context, plan, held), now))
    first = store_proposals(context, actor, plan, {target: new})
    _tell_called_off(context, plan, held)
    return settle(context, texts.set_one(held, new, first))


def drop_proposal(context: Context, actor: Actor, plan: str, said: str) -> Call:
    number, said = _confirmed(said)
    target, _ = exact_target(context, plan, said)
    if target is None:
        return say(context, texts_owners.no_such())
    held = owned_target(context, plan, target)
    if held.card.proposed is None:
        return say(context, texts_owners.changed_since())
    now = str(last_change(context.session, plan, target))
    if number != now:
        return say(context, texts.confirm_drop(held, now))
    first = store_proposals(context, actor, plan, {target: None})
    _tell_called_off(context, plan, held)
    return settle(context, texts.dropped(held, first))


def send_proposals(context: Context, actor: Actor, plan: str, said: str) -> Call:
    """To the heads of the proposed units, each of all that its unit is proposed for, in one message.

    A unit that cannot be written to has not been asked: its silence means nothing.
    """
    found = in_state(owned_targets(context, plan), OwnerState.PROPOSED)
    if not found:
        return say(context, texts.nothing_to_send())
    today = context.services.clock.today()
    until = workdays_of(context.session).add(today, DAYS_TO_ANSWER)
    asked = by_proposed_unit(found)
    heads = {unit: heads_of(context, plan, unit) for unit in asked}
    reached = [one for unit, own in asked.items() if heads[unit] for one in own]
    number = str(last_change(context.session, plan))
    if not reached or said != f"{OwnerVerb.CONFIRM} {number}":
        reply = texts.confirm_sending(asked, heads, until, today, number)
        return say(replace(context, line=f"/owners {OwnerVerb.SEND}"), reply)
    new = {one.target: replace(one.card.proposed, until=until) for one in reached if one.card.proposed}
    first = store_proposals(context, actor, plan, new)
    for unit, now in by_proposed_unit(in_state(owned_targets(context, plan), OwnerState.ASKED)).items():
        if heads.get(unit):
            paged = replace(context, line=f"/ownership {unit}")
            tell(paged, plan, heads[unit], texts_owner_opinions.asks_unit(unit, now, today))
    return settle(context, texts.sent(asked, heads, until, today, first))


def heads_of(context: Context, plan: str, unit: str) -> tuple[Member, ...]:
    """Who speaks for the unit and can be written to; a liaison does not."""
    heads = holders(context.session, plan, Role.HEAD, units=frozenset({unit}))
    chats = reachable(context.session, [one.telegram_id for one in heads if one.telegram_id is not None])
    return tuple(one for one in heads if one.telegram_id in chats and not one.locked)


def _confirmed(said: str) -> tuple[str, str]:
    """The number of the last change that was shown, and the rest."""
    verb, _, rest = said.partition(" ")
    if verb != OwnerVerb.CONFIRM:
        return "", said
    number, _, rest = rest.partition(" ")
    return number, rest


def _basis(held: OwnedTarget, unit: str) -> OwnerBasis:
    if unit == held.suggestion.unit:
        return OwnerBasis.DUTY
    return OwnerBasis.FIRST if unit == held.suggestion.first else OwnerBasis.HAND


def _listed(context: Context, plan: str, held: OwnedTarget) -> frozenset[str]:
    """The units that the plan lists for the target's task; none for a clause."""
    task = context.library.tasks.get(TaskKey(plan, held.target.task))
    return frozenset(members_of(task.units, context.library)) if task else frozenset()


def _tell_called_off(context: Context, plan: str, held: OwnedTarget) -> None:
    """Who was asked need not answer any more."""
    proposed = held.card.proposed
    if proposed and proposed.until:
        tell(context, plan, heads_of(context, plan, proposed.unit), texts_owner_opinions.called_off(held))
