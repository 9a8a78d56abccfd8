"""Indicator cards, kept by the office: /card and a target, then a field and what it is to be; and /gaps."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from handlers.access.policy import Action, Actor, Resource
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_cards as texts
from handlers.office.codes import EMPTY, MORE, NO, YES, Field
from handlers.schedule.changes import schedule_changed
from handlers.services.question_service import Asker
from handlers.services.unit_lookup import find_units
from knowledge.language.dates.grammar import find
from knowledge.language.dates.span import Tense
from knowledge.language.normalize import clean
from knowledge.plan.model import Benchmark, Card, Definition, Frequency, Node, Rigidity, Target
from storage.cards import CardField, cards_of, changes_of, set_field

LONGEST = 200
_NODE = re.compile(r"[\s:,]*(?P<value>\d+(?:\.\d{1,6})?)[\s:,;、]*")
_AMOUNT = re.compile(r"(?P<value>-?\d{1,11}(?:\.\d{1,6})?)\s*(?P<unit>[^\d\s]{0,6})")
_PARTS = re.compile(r"分子[:：]?(?P<numerator>.+?)[,，;；\s]*分母[:：]?(?P<denominator>.+)")
_REFERENCE = re.compile(r"(?P<value>\d{1,11}(?:\.\d{1,6})?)\s*(?P<unit>[^\d\s]{0,6})\s+(?P<source>\S.*)")

_FIELDS: dict[Field, tuple[CardField, ...]] = {
    **{field: (CardField(field),) for field in Field if field is not Field.NODES},
    Field.NODES: (CardField.YEARLY, CardField.QUARTERLY),
    Field.BASE: (CardField.BASE, CardField.BASE_UNIT),
}
"""What is set together."""


class FieldValueError(Exception):
    """What was typed is no content of the field."""


def show_card(context: Context, rest: str) -> Call:
    """/card 5G基站, or `/card 5.2 5G基站 owner 市科经局`."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.EDIT_CARD, Resource(plan=plan)):
        return no
    if not rest:
        return ask_for(context, texts.which(), "/card")
    target, after = _exactly(context, plan, rest)
    if target is None:
        said, after = _split(rest)
        found = _asked_for(context, said)
        if len(found) != 1:
            return say(context, texts.choose(said, found))
        target = found[0]
    name, _, value = after.partition(" ")
    if name not in {*Field}:
        return _shown(context, plan, target, more=name == MORE)
    field = Field(name)
    if not value.strip():
        reply = texts.asks(target, field)
        return (
            say(context, reply)
            if field in texts.CHOICES
            else ask_for(context, reply, f"/card {texts.key(target)} {field}")
        )
    return _set(context, actor, plan, target, field, value.strip())


def _shown(context: Context, plan: str, target: Target, *, more: bool) -> Call:
    card = cards_of(context.session, plan).of(target)
    changes = changes_of(context.session, plan, target) if more else ()
    return say(context, texts.card(target, card, changes, context.services.clock.today(), more=more))


def _set(context: Context, actor: Actor, plan: str, target: Target, field: Field, value: str) -> Call:
    held = cards_of(context.session, plan).of(target)
    try:
        changed = {} if value == EMPTY else _READ[field](context, plan, value)
    except FieldValueError:
        return ask_for(context, texts.unread(target, field), f"/card {texts.key(target)} {field}")
    card = replace(held, **{**{one.value: getattr(Card(), one.value) for one in _FIELDS[field]}, **changed})
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    changes = [one for one in _FIELDS[field] if getattr(card, one.value) != getattr(held, one.value)]
    for one in changes:
        today = context.services.clock.today()
        set_field(context.session, plan, target, one, card, by=actor.member, now=context.now, today=today)
        note(context, actor, "set_card", f"target:{plan}/{texts.key(target)}", {"field": one.value})
    if changes:
        schedule_changed(context, plan)
    return say(context, texts.was_set(target, card, field))


def show_gaps(context: Context, _rest: str) -> Call:
    """/gaps: targets without a confirmed owner, and duties of which the plan names no usual body."""
    actor = context.actor
    name = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SEE_GAPS, Resource(plan=name)):
        return no
    library = context.library
    cards = cards_of(context.session, name)
    bare = [target for plan, target in library.targets if plan == name and cards.of(target).owner is None]
    return say(context, texts.gaps(bare, library.gazetteer_of(name).duty_gaps))


def _exactly(context: Context, plan: str, said: str) -> tuple[Target | None, str]:
    """The target that buttons name, `5.2 5G基站 …`, and what follows it."""
    library = context.library
    found = [one for own, one in library.targets if own == plan and f"{said} ".startswith(f"{texts.key(one)} ")]
    target = max(found, key=lambda one: len(one.name), default=None)
    return target, said[len(texts.key(target)) :].strip() if target else ""


def _split(said: str) -> tuple[str, str]:
    """What a person calls the target, and what follows: the first word that is a field begins it."""
    words = said.split(" ")
    at = next((at for at, word in enumerate(words[1:], 1) if word in {*Field, MORE}), len(words))
    return " ".join(words[:at]), " ".join(words[at:])


def _asked_for(context: Context, said: str) -> tuple[Target, ...]:
    """The targets that the words mean, as in a question."""
    asked = context.services.question_service.ask(
        f"{said}的目标是多少", memory="", asker=Asker(context.services.clock.today())
    )
    return asked.answer.content.targets or ()


def _owner(context: Context, plan: str, said: str) -> dict[str, Any]:
    units = find_units(context.services.question_service, plan, said)
    if len(units) != 1:
        raise FieldValueError
    return {CardField.OWNER.value: units[0]}


def _certifier(_place: Context, _plan: str, said: str) -> dict[str, Any]:
    return {CardField.CERTIFIER.value: _short(said)}


def _source(_place: Context, _plan: str, said: str) -> dict[str, Any]:
    return {CardField.SOURCE.value: _short(said)}


def _definition(_place: Context, _plan: str, said: str) -> dict[str, Any]:
    parts = _PARTS.fullmatch(_short(said))
    one = (
        Definition(numerator=parts["numerator"], denominator=parts["denominator"])
        if parts
        else Definition(numerator=said)
    )
    return {CardField.DEFINITION.value: one}


def _base(_place: Context, _plan: str, said: str) -> dict[str, Any]:
    found = _matched(_AMOUNT, said)
    return {CardField.BASE.value: _number(found["value"]), CardField.BASE_UNIT.value: found["unit"] or None}


def _nodes(context: Context, _plan: str, said: str) -> dict[str, Any]:
    """Each day with its number; those of a 31 December are yearly, the others quarterly."""
    text = clean(said)
    spans = find(text, context.services.clock.today(), Tense.FUTURE).spans
    found: list[Node] = []
    end = 0
    for span in spans:
        value = _NODE.match(text, span.end)
        if span.start != end or not span.is_day or value is None:
            raise FieldValueError
        found.append(Node(day=span.first, value=_number(value["value"])))
        end = value.end()
    if not found or end != len(text):
        raise FieldValueError
    nodes = sorted(found, key=lambda node: node.day)
    yearly = tuple(node for node in nodes if (node.day.month, node.day.day) == (12, 31))
    return {
        CardField.YEARLY.value: yearly,
        CardField.QUARTERLY.value: tuple(node for node in nodes if node not in yearly),
    }


def _frequency(_place: Context, _plan: str, said: str) -> dict[str, Any]:
    return {CardField.FREQUENCY.value: _one_of({one.value: one for one in Frequency}, said)}


def _lag(_place: Context, _plan: str, said: str) -> dict[str, Any]:
    days = _matched(re.compile(r"(?P<days>\d{1,3})\s*天?"), said)
    return {CardField.LAG.value: int(days["days"])}


def _rigidity(_place: Context, _plan: str, said: str) -> dict[str, Any]:
    return {CardField.RIGIDITY.value: _one_of({one.name.lower(): one for one in Rigidity}, said)}


def _summed(_place: Context, _plan: str, said: str) -> dict[str, Any]:
    return {CardField.SUMMED.value: _one_of({YES: True, NO: False}, said)}


def _reference(_place: Context, _plan: str, said: str) -> dict[str, Any]:
    found = _matched(_REFERENCE, said)
    one = Benchmark(value=_number(found["value"]), unit=found["unit"] or None, source=_short(found["source"]))
    return {CardField.REFERENCE.value: one}


def _evidence(_place: Context, _plan: str, said: str) -> dict[str, Any]:
    return {CardField.EVIDENCE.value: _one_of({YES: True, NO: False}, said)}


_READ: dict[Field, Callable[[Context, str, str], dict[str, Any]]] = {
    Field.OWNER: _owner,
    Field.CERTIFIER: _certifier,
    Field.DEFINITION: _definition,
    Field.BASE: _base,
    Field.NODES: _nodes,
    Field.FREQUENCY: _frequency,
    Field.LAG: _lag,
    Field.RIGIDITY: _rigidity,
    Field.SUMMED: _summed,
    Field.REFERENCE: _reference,
    Field.SOURCE: _source,
    Field.EVIDENCE: _evidence,
}


def _short(said: str) -> str:
    if len(said) > LONGEST:
        raise FieldValueError
    return said


def _matched(pattern: re.Pattern[str], said: str) -> re.Match[str]:
    found = pattern.fullmatch(said)
    if found is None:
        raise FieldValueError
    return found


def _number(said: str) -> Decimal:
    try:
        return Decimal(said)
    except InvalidOperation:
        raise FieldValueError from None


def _one_of(values: dict[str, Any], said: str) -> Any:
    if said not in values:
        raise FieldValueError
    return values[said]
