"""数字校园我们接, 外贸凭啥归我: what a unit answers on owners in its own words, as the cards that are confirmed.

A sentence may hold several opinions: each clause that holds one begins it, and what follows is its reason.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from handlers.access.policy import Action, may
from handlers.broadcast.codes import OWN
from handlers.broadcast.direct import holders
from handlers.chat.authorize import plan_of
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.office import texts_owner_opinions as texts
from handlers.office.codes import ALL_TARGETS
from handlers.office.owner_opinions import asked_of_units, show_ownership
from handlers.office.owner_states import OwnedTarget
from handlers.office.texts_cards import key
from handlers.office.texts_spoken_opinions import FILLER, MARKS, OPINION
from handlers.services.report_reader import subjects_named
from knowledge.language.normalize import clean
from knowledge.plan.model import OwnerOpinion
from storage.people import Role

_MOST = 3
"""Cards at once; of more targets the page of all of them is shown."""
_LONGEST = 150
_CLAUSES = re.compile(r"[,，。;；!！\s]+")


@dataclass(frozen=True, slots=True)
class SpokenOpinion:
    opinion: OwnerOpinion
    targets: tuple[OwnedTarget, ...]
    clear: bool
    """Whether it is of these targets, or where there are none of all that the unit is asked about."""
    words: str


def holds_opinion(said: str, cleaned: str) -> bool:
    """Whether one is said, wherever a clause ends: at a space, too."""
    if len(said) > _LONGEST:
        return False
    return OPINION.shows(clean(_CLAUSES.sub(",", said)) if " " in said else cleaned)


def hear_opinion(context: Context, said: str) -> Call | None:
    """None where the speaker's unit is asked about nothing."""
    actor = context.actor
    asked = asked_of_units(context, plan_of(context, actor))
    held = [grant for grant in actor.grants if grant.unit in asked]
    unit = next((grant.unit for grant in held if grant.role is Role.HEAD), None)
    if unit is None or not may(actor, Action.ANSWER_OWNERSHIP):
        return _not_the_head(context, str(held[0].unit)) if held else None
    own = asked[unit]
    found = _read(context, said, own)
    cards = [line for one in found for line in _lines(unit, one, own)]
    if len(cards) > _MOST or any(one.targets == () and not one.clear for one in found):
        first = found[0]
        return say(context, texts.asks_which(unit, own, first.opinion, first.words, context.services.clock.today()))
    first_call, *others = (show_ownership(context, line) for line in cards)
    context.besides.extend(others)
    return first_call


def nothing_asked_of(context: Context) -> Call:
    return say(context, texts.nothing_asked())


def _not_the_head(context: Context, unit: str) -> Call:
    heads = holders(context.session, plan_of(context, context.actor), Role.HEAD, units=frozenset({unit}))
    return say(context, texts.of_no_head(unit, heads))


def _lines(unit: str, one: SpokenOpinion, own: Sequence[OwnedTarget]) -> list[str]:
    of_all = len(own) > 1 and len(one.targets) in (0, len(own))
    names = [ALL_TARGETS] if of_all else [key(each.target) for each in one.targets or own]
    return [f"{unit} {one.opinion} {OWN} {name} {one.words[: texts.LONGEST]}" for name in names]


def _read(context: Context, said: str, own: Sequence[OwnedTarget]) -> tuple[SpokenOpinion, ...]:
    found: list[SpokenOpinion] = []
    before: list[str] = []
    named_before: tuple[OwnedTarget, ...] = ()
    for clause in filter(None, _CLAUSES.split(said)):
        opinion = next((one for one, mark in MARKS if mark.search(clean(clause))), None)
        named = _named(context, clause, own)
        if found and (opinion is None or not named or (opinion is found[-1].opinion and not found[-1].targets)):
            found[-1] = replace(found[-1], words=f"{found[-1].words}，{clause}")
        elif opinion is None:
            before.append(clause)
            named_before = (*named_before, *named)
        else:
            targets = tuple(dict.fromkeys((*named_before, *named)))
            clear = len(own) == 1 or not FILLER.sub("", "".join(map(clean, (*before, clause))))
            found.append(SpokenOpinion(opinion, targets, clear, "，".join((*before, clause))))
            before, named_before = [], ()
    return tuple(found)


def _named(context: Context, clause: str, own: Sequence[OwnedTarget]) -> tuple[OwnedTarget, ...]:
    """Those of the unit's own that the words name, else those whose name has most in common with them."""
    text = clean(clause)
    names = {(one.task, one.name) for one in subjects_named(context.services.question_service, text)}
    if exact := tuple(one for one in own if (one.target.task, one.target.name) in names):
        return exact
    rest = FILLER.sub(" ", text)
    shared = [SequenceMatcher(None, rest, clean(one.target.name)).find_longest_match().size for one in own]
    most = max(shared, default=0)
    return tuple(one for one, size in zip(own, shared, strict=True) if size == most) if most > 1 else ()
