"""The units and tasks that a query names, and the query with others in their place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from knowledge.questions.query import Condition, Matched, Members, NamedMember, Not, Query, Related, Term

Name = str | NamedMember
"""A unit, or one task or section."""


def names_of(query: Query) -> tuple[Name, ...]:
    """Each once, in the order in which they stand."""
    claim = query.claim
    held = (query.members, query.counted, *((claim.one, claim.other) if claim else ()))
    where = (*query.terms, _named(query), *(one for members in held if members for one in members.where))
    return tuple(dict.fromkeys(name for condition in where for name in _names(condition)))


def _named(query: Query) -> NamedMember:
    return NamedMember(ids=query.ids, topic=query.topic, sections=query.sections)


def _names(condition: Condition) -> Iterator[Name]:
    match condition:
        case Term():
            yield from condition.units
        case NamedMember():
            yield from condition.bodies
            yield from (NamedMember(ids=(id_,)) for id_ in condition.ids)
            yield from (NamedMember(topic=(key,)) for key in condition.topic)
            yield from (NamedMember(sections=(no,)) for no in condition.sections)
        case Related():
            yield from (name for inner in condition.to.where for name in _names(inner))
        case Matched():
            yield from _names(condition.of)
        case Not():
            yield from _names(condition.condition)


def renamed(query: Query, others: Mapping[Name, Name]) -> Query:
    claim, named = query.claim, _as_one(others.get(name, name) for name in _names(_named(query)))
    if claim:
        claim = replace(claim, one=_members(claim.one, others), other=claim.other and _members(claim.other, others))
    return replace(
        query,
        terms=tuple(replace(term, units=_units(term.units, others)) for term in query.terms),
        ids=named.ids,
        topic=named.topic,
        sections=named.sections,
        members=query.members and _members(query.members, others),
        counted=query.counted and _members(query.counted, others),
        claim=claim,
    )


def _members(members: Members, others: Mapping[Name, Name]) -> Members:
    return replace(members, where=tuple(_condition(one, others) for one in members.where))


def _condition(condition: Condition, others: Mapping[Name, Name]) -> Condition:
    match condition:
        case Term():
            return replace(condition, units=_units(condition.units, others))
        case NamedMember():
            return _as_one(others.get(name, name) for name in _names(condition))
        case Related():
            return replace(condition, to=_members(condition.to, others))
        case Matched():
            return replace(condition, of=_as_one(others.get(name, name) for name in _names(condition.of)))
        case Not():
            return Not(_condition(condition.condition, others))
        case _:
            return condition


def _units(units: tuple[str, ...], others: Mapping[Name, Name]) -> tuple[str, ...]:
    return tuple(name for unit in units if isinstance(name := others.get(unit, unit), str))


def _as_one(names: Iterable[Name]) -> NamedMember:
    held = tuple(names)
    parts = [name for name in held if isinstance(name, NamedMember)]
    return NamedMember(
        bodies=tuple(name for name in held if isinstance(name, str)),
        ids=tuple(id_ for one in parts for id_ in one.ids),
        topic=tuple(key for one in parts for key in one.topic),
        sections=tuple(no for one in parts for no in one.sections),
    )
