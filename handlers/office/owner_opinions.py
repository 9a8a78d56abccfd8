"""/ownership: the head of a unit says whether it takes what it is proposed for; or the office writes that down for it.

A button carries whose word it is (`/ownership 市教育局 agrees own all`): `own` is the unit's own. A liaison has no say.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.access.policy import Action, Actor, Resource
from handlers.broadcast.codes import OWN
from handlers.broadcast.direct import holders, tell
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_owner_opinions as texts
from handlers.office.card_targets import exact_target
from handlers.office.codes import ALL_TARGETS, OpinionVerb
from handlers.office.owner_states import OwnedTarget, by_proposed_unit, owned_targets, store_proposals
from handlers.office.texts_cards import key
from knowledge.language.dates.grammar import find
from knowledge.language.dates.span import Tense
from knowledge.language.normalize import clean
from knowledge.plan.model import OwnerOpinion
from knowledge.reports.model import AnswerSource
from storage.people import Role

_DAY = re.compile(
    r"(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}-\d{1,2}-\d{1,2}|今天|昨天|前天)[,，、:：\s]*(?P<words>.*)",
    re.DOTALL,
)


def show_ownership(context: Context, rest: str) -> Call:
    """Alone: what the person's own units are asked."""
    actor = context.actor
    plan = plan_of(context, actor)
    unit, _, said = rest.partition(" ")
    verb, _, said = said.partition(" ")
    source, _, said = said.partition(" ")
    opinion = ""
    if verb == OpinionVerb.SEND:
        opinion, _, said = said.partition(" ")
    by_hand = verb == OpinionVerb.BEHALF or source in {*AnswerSource}
    action = Action.EDIT_CARD if by_hand else Action.ANSWER_OWNERSHIP
    about = Resource(plan=plan, units=frozenset({unit})) if unit else None
    if no := turned_away(context, actor, action, about):
        return no
    asked = asked_of_units(context, plan, by_hand=by_hand)
    if not unit:
        units = [grant.unit for grant in actor.grants if grant.role is Role.HEAD and grant.unit in asked]
        if not units:
            return say(context, texts.nothing_asked())
        unit = str(units[0])
    own = asked.get(unit, ())
    if not own:
        return say(context, texts.nothing_asked())
    today = context.services.clock.today()
    if verb == OpinionVerb.BEHALF:
        return say(replace(context, line=f"/ownership {unit} {verb}"), texts.ask_behalf(unit, own, today))
    which, words = _which(context, plan, own, said)
    if verb == OpinionVerb.OF and len(which) == 1:
        return say(context, texts.asks_one(unit, which[0], source, today))
    if not which or (verb not in {*OwnerOpinion} and opinion not in {*OwnerOpinion}):
        return say(replace(context, line=f"/ownership {unit}"), texts.asks_unit(unit, own, today))
    if verb == OpinionVerb.SEND:
        return _answer(context, actor, plan, unit, which, OwnerOpinion(opinion), source, words)
    if verb == OwnerOpinion.AGREES and not by_hand and not words.strip():
        return _answer(context, actor, plan, unit, which, OwnerOpinion.AGREES, source, "")
    name = ALL_TARGETS if len(which) == len(own) > 1 else key(which[0].target)
    words = " ".join(words.split())
    if not words or len(words) > texts.LONGEST:
        line = f"/ownership {unit} {verb} {source} {name}"
        return ask_for(context, texts.ask_words(unit, which, OwnerOpinion(verb), source), line)
    day, words = _dated(words, today) if by_hand else (today, words)
    line = f"/ownership {unit} {OpinionVerb.SEND} {source} {verb} {name} {day.isoformat()} {words}"
    return say(context, texts.confirm_words(unit, which, OwnerOpinion(verb), source, day, words, line))


def asked_of_units(context: Context, plan: str, *, by_hand: bool = False) -> dict[str, tuple[OwnedTarget, ...]]:
    """By unit what it was asked here; the office may have asked it elsewhere."""
    targets = owned_targets(context, plan)
    return by_proposed_unit(
        one for one in targets if (held := one.card.proposed) and (by_hand or held.until or held.opinion)
    )


def _which(context: Context, plan: str, own: Sequence[OwnedTarget], said: str) -> tuple[tuple[OwnedTarget, ...], str]:
    """All that the unit is asked about, or one of it; and what follows."""
    first, _, words = said.partition(" ")
    if first == ALL_TARGETS:
        return tuple(own), words
    target, words = exact_target(context, plan, said)
    return tuple(one for one in own if one.target == target), words


def _answer(
    context: Context,
    actor: Actor,
    plan: str,
    unit: str,
    which: Sequence[OwnedTarget],
    opinion: OwnerOpinion,
    source: str,
    said: str,
) -> Call:
    """The office is told of what is opposed, and when all units have answered."""
    today = context.services.clock.today()
    day, words = _dated(said, today)
    by_hand = source != OWN
    kept = {
        one.target: replace(
            one.card.proposed,
            opinion=opinion,
            words=words,
            said_on=day,
            source=source if by_hand else None,
        )
        for one in which
        if one.card.proposed
    }
    store_proposals(context, actor, plan, kept)
    now = [one for one in owned_targets(context, plan) if one.target in kept]
    waiting = texts.still_asked(owned_targets(context, plan))
    office = holders(context.session, plan, Role.OFFICE)
    if not by_hand and (opinion is not OwnerOpinion.AGREES or not waiting):
        tell(context, plan, office, texts.told_office(unit, now, waiting))
    if by_hand:
        heads = holders(context.session, plan, Role.HEAD, units=frozenset({unit}))
        tell(context, plan, heads, texts.written_down(unit, now, today))
    return settle(context, texts.answered(unit, now, today, by_hand=by_hand))


def _dated(words: str, today: date) -> tuple[date, str]:
    """The day that the words begin with, else today; and the words after it."""
    found = _DAY.fullmatch(words)
    spans = find(clean(found["day"]), today, Tense.PAST).spans if found else ()
    if found is None or not spans or not spans[0].day or spans[0].day > today:
        return today, words
    return spans[0].day, found["words"].strip()
