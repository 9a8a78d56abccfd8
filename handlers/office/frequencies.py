"""/frequency: how often the figures of many targets are due, set at once: shown first, told, undone for a while."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.access.policy import Action, Actor, Resource
from handlers.broadcast.direct import holders, tell
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.office import texts_frequencies as texts
from handlers.office.card_changes import changed_at_once, set_cards
from handlers.office.card_targets import exact_target, targets_of_plan
from handlers.office.codes import ALL_TARGETS, ChangeVerb, Field, UndoFault
from handlers.office.indicator_cards import show_card
from handlers.office.texts_card_changes import Told
from handlers.office.texts_cards import key
from handlers.office.texts_frequencies import FrequencyChange
from handlers.people.texts import which_unit
from handlers.services.unit_lookup import find_units, near_units
from knowledge.plan.model import Frequency
from storage.cards import cards_of, last_change
from storage.people import Member, Role


def show_frequencies(context: Context, rest: str) -> Call:
    """/frequency: how many have which; `all monthly` or `市科经局 quarterly` is shown, `confirm 17 all monthly` stores
    it where the plan's last change is still the 17th, `undo 18` takes that change back."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.EDIT_CARD, Resource(plan=plan)):
        return no
    verb, _, what = rest.partition(" ")
    match verb:
        case ChangeVerb.KEEP:
            return settle(context, texts.kept())
        case ChangeVerb.UNDO:
            return _undo(context, actor, plan, what)
        case ChangeVerb.CONFIRM:
            number, _, wanted = what.partition(" ")
            current = number == str(last_change(context.session, plan))
            return _change(context, plan, wanted, confirmed_by=actor if current else None)
    return _change(context, plan, rest, confirmed_by=None) if rest else _overview(context, plan)


def _overview(context: Context, plan: str) -> Call:
    held = cards_of(context.session, plan)
    return say(context, texts.overview([held.of(target).frequency for target in targets_of_plan(context, plan)]))


def _change(context: Context, plan: str, wanted: str, *, confirmed_by: Actor | None) -> Call:
    whose, _, said = wanted.rpartition(" ")
    if said not in {*Frequency} or not whose:
        return _overview(context, plan)
    target, beyond = exact_target(context, plan, whose)
    if target is not None and not beyond:
        return show_card(context, f"{key(target)} {Field.FREQUENCY} {said}")
    targets = targets_of_plan(context, plan)
    held = cards_of(context.session, plan)
    if whose != ALL_TARGETS:
        units = find_units(context.services.question_service, plan, whose)
        if len(units) != 1:
            near = units or near_units(context.services.question_service, plan, whose)
            return say(context, which_unit(whose, near, "/owners"))
        (whose,) = units
        targets = tuple(target for target in targets if held.of(target).owner == whose)
    if not targets:
        return say(context, texts.owns_nothing(whose))
    frequency = Frequency(said)
    changes = [
        FrequencyChange(target, card, replace(card, frequency=frequency))
        for target in targets
        if (card := held.of(target)).frequency is not frequency
    ]
    if not changes:
        return say(context, texts.same(frequency, len(targets)))
    if confirmed_by is None:
        number = last_change(context.session, plan)
        return say(context, texts.confirm(changes, whose, frequency, _people(context, plan, changes), number))
    number = _set(context, confirmed_by, plan, changes)
    return settle(context, texts.was_set(changes, frequency, _told(context, plan, changes), number))


def _set(context: Context, actor: Actor, plan: str, changes: Iterable[FrequencyChange]) -> int:
    today = context.services.clock.today()
    return set_cards(context, actor, plan, Field.FREQUENCY, [(one.target, one.after, today) for one in changes])


def _undo(context: Context, actor: Actor, plan: str, said: str) -> Call:
    targets = changed_at_once(context, plan, said)
    if isinstance(targets, UndoFault):
        return say(context, texts.not_undone(targets))
    now, held = cards_of(context.session, plan), cards_of(context.session, plan, before=int(said))
    changes = [FrequencyChange(one, now.of(one), held.of(one)) for one in targets]
    set_cards(
        context, actor, plan, Field.FREQUENCY, [(one.target, one.after, held.since(one.target)) for one in changes]
    )
    return settle(context, texts.undone(changes, _told(context, plan, changes)))


def _told(context: Context, plan: str, changes: Iterable[FrequencyChange]) -> Told:
    """Those who answer for the targets, once they have been told."""
    people = _people(context, plan, changes)
    for unit, members in people.items():
        tell(context, plan, members, texts.notice([one for one in changes if one.after.owner == unit]))
    return people


def _people(context: Context, plan: str, changes: Iterable[FrequencyChange]) -> dict[str, tuple[Member, ...]]:
    """The people of each owner."""
    units: dict[str, None] = {one.after.owner: None for one in changes if one.after.owner}
    return {unit: holders(context.session, plan, Role.LIAISON, Role.HEAD, units=frozenset({unit})) for unit in units}
