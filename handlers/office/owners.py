"""/owners: how far the owners of the targets are settled, and the office's next step."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.access.policy import Action, Actor, Resource, may
from handlers.broadcast.direct import holders, tell
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.office import texts_owners as texts
from handlers.office.card_changes import changed_at_once, set_cards
from handlers.office.card_targets import exact_target
from handlers.office.codes import Field, OwnerVerb, UndoFault
from handlers.office.owner_proposals import drop_proposal, propose_all, propose_one, send_proposals
from handlers.office.owner_states import in_state, owned_target, owned_targets
from handlers.office.owner_table import confirm_unopposed, enter_table, preview_table
from knowledge.standing.owners import OwnerState, concerned
from storage.cards import cards_of
from storage.people import Role

_LOOKS = {
    "": Action.SEE_GAPS,
    OwnerVerb.LIST: Action.SEE_GAPS,
    OwnerVerb.ANSWERS: Action.SEE_GAPS,
    OwnerVerb.OF: Action.SEE_GAPS,
    OwnerVerb.WHO: Action.SEE_PROGRESS,
}
"""What needs less than the right to change a card."""


def show_owners(context: Context, rest: str) -> Call:
    """Who oversees may look; only the office does anything."""
    actor = context.actor
    plan = plan_of(context, actor)
    verb, _, said = rest.partition(" ")
    action = _LOOKS.get(verb, Action.EDIT_CARD)
    if no := turned_away(context, actor, action, Resource(plan=plan)):
        return no
    return _STEPS.get(verb, _overview)(context, actor, plan, said.strip())


def _overview(context: Context, actor: Actor, plan: str, _said: str) -> Call:
    sets = may(actor, Action.EDIT_CARD, Resource(plan=plan))
    return say(replace(context, line="/owners"), texts.overview(owned_targets(context, plan), sets=sets))


def _list(context: Context, _actor: Actor, plan: str, said: str) -> Call:
    state = OwnerState(said) if said in {*OwnerState} else OwnerState.OPEN
    line = f"/owners {OwnerVerb.LIST} {state}"
    targets = in_state(owned_targets(context, plan), state)
    return say(replace(context, line=line), texts.listed(state, targets, context.services.clock.today()))


def _answers(context: Context, _actor: Actor, plan: str, _said: str) -> Call:
    targets = owned_targets(context, plan)
    today = context.services.clock.today()
    return say(replace(context, line=f"/owners {OwnerVerb.ANSWERS}"), texts.answers(targets, today))


def _one(context: Context, actor: Actor, plan: str, said: str) -> Call:
    target, _ = exact_target(context, plan, said)
    if target is None:
        return say(context, texts.no_such())
    sets = may(actor, Action.EDIT_CARD, Resource(plan=plan))
    return say(context, texts.one(owned_target(context, plan, target), context.services.clock.today(), sets=sets))


def _who(context: Context, _actor: Actor, plan: str, said: str) -> Call:
    """Who the owner is, for whoever may see a card."""
    target, _ = exact_target(context, plan, said)
    if target is None:
        return say(context, texts.no_such())
    return say(context, texts.who(owned_target(context, plan, target)))


def _undo(context: Context, actor: Actor, plan: str, said: str) -> Call:
    """What was changed at once, from the change of that number on, unless something of it was changed since."""
    targets = changed_at_once(context, plan, said)
    if isinstance(targets, UndoFault):
        return say(context, texts.changed_since() if targets is UndoFault.CHANGED_SINCE else texts.too_late())
    now, held = cards_of(context.session, plan), cards_of(context.session, plan, before=int(said))
    set_cards(context, actor, plan, Field.OWNER, [(one, held.of(one), held.since(one)) for one in targets])
    cards = [(one, now.of(one), held.of(one)) for one in targets]
    units = dict.fromkeys(unit for _, *both in cards for card in both for unit in concerned(card))
    for unit in units:
        rows = [row for row in cards if any(unit in concerned(card) for card in row[1:])]
        heads = holders(context.session, plan, Role.LIAISON, Role.HEAD, units=frozenset({unit}))
        tell(context, plan, heads, texts.undone_for(unit, rows))
    return settle(context, texts.undone(cards, tuple(units)))


_STEPS: Mapping[str, Callable[[Context, Actor, str, str], Call]] = {
    OwnerVerb.LIST: _list,
    OwnerVerb.ANSWERS: _answers,
    OwnerVerb.OF: _one,
    OwnerVerb.WHO: _who,
    OwnerVerb.PROPOSE: propose_all,
    OwnerVerb.SEND: send_proposals,
    OwnerVerb.SET: propose_one,
    OwnerVerb.DROP: drop_proposal,
    OwnerVerb.TABLE: preview_table,
    OwnerVerb.ENTER: enter_table,
    OwnerVerb.PAPER: confirm_unopposed,
    OwnerVerb.UNDO: _undo,
}
