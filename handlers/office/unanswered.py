"""/misses: what was not understood, one at a time, and the name that would have helped. For the office only."""

from dataclasses import dataclass
from datetime import date

from handlers.access.policy import Action, Actor, Resource
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.chat.shown_first import shown_first
from handlers.office import texts_unanswered as texts
from handlers.office.aliases import NotNamedError, drop_alias, name_miss, read_alias, settle
from handlers.office.codes import MissVerb
from handlers.questions.texts_aliases import alias_line
from handlers.services.question_service import Asker, QuestionService
from handlers.services.unit_lookup import near_units
from knowledge.questions.answer import Outcome
from storage import audit
from storage.aliases import list_aliases
from storage.unanswered import Miss, MissState, get_miss, list_misses


@dataclass(frozen=True, slots=True)
class Look:
    """A missed sentence as it is read today: the words that name nothing, and what comes near them."""

    unknown: str
    near: tuple[str, ...]
    answered: bool
    """Whether the sentence would be answered now."""
    proposed: str = ""
    """What was picked of the offers, as a name's line takes it, where the unknown words can be a name of it."""


def look_at(question_service: QuestionService, miss: Miss, today: date) -> Look:
    answer = question_service.ask(miss.text, memory="", asker=Asker(today)).answer
    part = next((one for one in answer.parts if one.outcome is not Outcome.ANSWERED), answer)
    if part.outcome is Outcome.ANSWERED:
        return Look("", (), answered=True)
    unknown = str(part.detail.get("name", ""))
    units = near_units(question_service, miss.plan, unknown) if unknown else ()
    offered = (choice.label for choice in part.choices)
    return Look(
        unknown,
        tuple(dict.fromkeys((*units, *offered)))[:5],
        answered=False,
        proposed=_proposed(question_service, miss, unknown, today),
    )


def _proposed(question_service: QuestionService, miss: Miss, unknown: str, today: date) -> str:
    if not unknown or not miss.picked:
        return ""
    answer = question_service.ask(miss.picked, memory="", asker=Asker(today)).answer
    topics = [f"{key.task} {key.name}" for key in answer.query.topic] if answer.query else []
    named = topics or [*answer.about.units, *answer.about.tasks]
    if len(named) != 1:
        return ""
    try:
        read_alias(question_service, miss.plan, named[0], said=unknown)
    except NotNamedError:
        return ""
    return named[0]


def show_misses(context: Context, rest: str) -> Call:
    """/misses, or a miss's number and what to do about it."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.RESOLVE_MISSES, Resource(plan=plan)):
        return no
    word, _, what = rest.partition(" ")
    if word == MissVerb.NAMES:
        return _names(context, actor, plan, what)
    miss = get_miss(context.session, int(word)) if word.isdecimal() and len(word) < 10 else None
    if miss is None or miss.plan != plan:
        return _show(context, plan, 0)
    verb, _, said = what.partition(" ")
    match verb:
        case MissVerb.NAME:
            return _name(context, actor, miss, said)
        case MissVerb.IGNORE:
            if card := shown_first(context, texts.to_ignore(miss), f"/misses {miss.id} {MissVerb.IGNORE}"):
                return card
            position = _position(context, miss)
            settle(context.session, miss, MissState.IGNORED, actor=_who(actor), now=context.now)
            return _show(context, plan, position)
        case MissVerb.NEXT:
            return _show(context, plan, _position(context, miss) + 1)
    return _show(context, plan, _position(context, miss))


def _show(context: Context, plan: str, position: int) -> Call:
    """The open miss at a position of the list."""
    found = list_misses(context.session, plan=plan)
    if position >= len(found):
        return say(context, texts.no_more(len(found)))
    look = look_at(context.services.question_service, found[position], context.services.clock.today())
    return say(
        context,
        texts.card(found[position], look.unknown, look.near, proposed=look.proposed, place=(position + 1, len(found))),
    )


def _position(context: Context, miss: Miss) -> int:
    """Where the miss stands, or if it is not open any more would stand, among the open ones."""
    return sum(1 for one in list_misses(context.session, plan=miss.plan) if _rank(one) < _rank(miss))


def _rank(miss: Miss) -> tuple[int, int, int]:
    return -miss.count, -miss.day.toordinal(), miss.id


def _name(context: Context, actor: Actor, miss: Miss, line: str) -> Call:
    """Ask for the unit, then keep the unknown words as a name of it."""
    question_service = context.services.question_service
    look = look_at(question_service, miss, context.services.clock.today())
    command = f"/misses {miss.id} {MissVerb.NAME}"
    if not line:
        units = near_units(question_service, miss.plan, look.unknown) if look.unknown else ()
        return ask_for(context, texts.name_for(miss, look.unknown, units, command), command)
    try:
        alias = read_alias(question_service, miss.plan, line, said=look.unknown)
        if card := shown_first(context, texts.to_add(alias), f"{command} {line}"):
            return card
        number = name_miss(context.session, miss, alias, by=actor.member, actor=_who(actor), now=context.now)
    except NotNamedError as error:
        return ask_for(context, texts.not_named(str(error), miss), command)
    return say(context, texts.named(alias, number, miss))


def _names(context: Context, actor: Actor, plan: str, number: str) -> Call:
    """The names that were added; with a number, that one is taken back."""
    held = {one.id: alias_line(one.alias) for one in list_aliases(context.session) if one.plan == plan}
    if number.isdecimal() and len(number) < 10:
        if int(number) not in held:
            return say(context, texts.dropped(None))
        if card := shown_first(context, texts.to_drop(int(number)), f"/misses {MissVerb.NAMES} {number}"):
            return card
        dropped = drop_alias(context.session, plan, int(number), actor=_who(actor), now=context.now)
        return say(context, texts.dropped(dropped))
    return say(context, texts.names(list(held.items())))


def _who(actor: Actor) -> str:
    return audit.VISITOR if actor.member is None else audit.member(actor.member)
