"""What is typed for a field of an indicator card, as the card's content."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from handlers.chat.context import Context
from handlers.office.codes import EMPTY, NO, YES, Field
from handlers.services.unit_lookup import find_units, units_named
from knowledge.language.dates.grammar import find
from knowledge.language.dates.span import Tense
from knowledge.language.normalize import clean
from knowledge.plan.model import Benchmark, Card, Definition, Frequency, Node, Rigidity
from storage.cards import CardField

LONGEST = 200
_NODE = re.compile(r"[\s:,]*(?P<value>\d+(?:\.\d{1,6})?)[\s:,;、]*")
_AMOUNT = re.compile(r"(?P<value>-?\d{1,11}(?:\.\d{1,6})?)\s*(?P<unit>[^\d\s]{0,6})")
_PARTS = re.compile(r"分子[:：]?(?P<numerator>.+?)[,，;；\s]*分母[:：]?(?P<denominator>.+)")
_REFERENCE = re.compile(r"(?P<value>\d{1,11}(?:\.\d{1,6})?)\s*(?P<unit>[^\d\s]{0,6})\s+(?P<source>\S.*)")

_OWNER_AND_PAPER = re.compile(
    r"(?P<name>.*?)(?:(?:[\s,，、;；]+(?:依据|根据|按)?(?:文号)?[:：]?|[\s,，、;；]*(?:依据|根据)(?:文号)?[:：]?)(?P<paper>\S.*\d.*))?",
    re.DOTALL,
)

FIELDS: Mapping[Field, tuple[CardField, ...]] = {
    **{field: (CardField(field),) for field in Field if field is not Field.NODES},
    Field.OWNER: (CardField.OWNER, CardField.OWNER_PAPER, CardField.PROPOSED),
    Field.NODES: (CardField.YEARLY, CardField.QUARTERLY),
    Field.BASE: (CardField.BASE, CardField.BASE_UNIT),
}
"""What is set together."""


class FieldValueError(Exception):
    """What was typed is no content of the field."""


def with_field(context: Context, plan: str, held: Card, field: Field, said: str) -> Card:
    """The card with the field as it was typed; raises FieldValueError."""
    content = {} if said == EMPTY else _READ[field](context, plan, said)
    return replace(held, **{**{one.value: getattr(Card(), one.value) for one in FIELDS[field]}, **content})


def _owner(context: Context, plan: str, said: str) -> dict[str, Any]:
    """市科经局, or with the document that says so: 市科经局 武政办发〔2022〕3号."""
    name, paper = owner_and_paper(said)
    units = find_units(context.services.question_service, plan, name)
    if not units:
        units, paper = _beginning_with_unit(context, plan, said)
    if len(units) != 1:
        raise FieldValueError
    return {CardField.OWNER.value: units[0], CardField.OWNER_PAPER.value: _short(paper) if paper else None}


def _beginning_with_unit(context: Context, plan: str, said: str) -> tuple[tuple[str, ...], str]:
    """The unit and its document where nothing stands between: 市科经局武政办发〔2022〕3号."""
    text = clean(said)
    first = next(iter(units_named(context.services.question_service, plan, text)), None)
    paper = text[first.end :] if first and first.start == 0 else ""
    return (first.units, paper) if first and re.search(r"\d", paper) else ((), "")


def owner_and_paper(said: str) -> tuple[str, str]:
    """The unit's name, and the document after it; "" where none is named."""
    found = _OWNER_AND_PAPER.fullmatch(said.strip())
    assert found is not None  # noqa: S101 - it matches everything
    return found["name"].strip(), (found["paper"] or "").strip()


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
