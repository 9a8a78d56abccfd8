"""Questions for sets, answered: the members, how many they are, the first of a ranking, yes or no."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from knowledge.entities.library import Library
from knowledge.plan.key import TaskKey
from knowledge.plan.model import Target
from knowledge.questions.answer import About, Answer, Content, Outcome
from knowledge.questions.answering.comparison import count_compares
from knowledge.questions.answering.members import SetMember, Sets
from knowledge.questions.query import (
    Assertion,
    Condition,
    Kind,
    Matched,
    Members,
    NamedMember,
    Not,
    Query,
    Related,
    SetClaim,
    Term,
    UnitRole,
    Want,
)

_COUNTS = {Want.COUNT_TASKS, Want.COUNT_UNITS, Want.COUNT_TARGETS, Want.COUNT_SECTIONS}
_KINDS = {
    Want.TASKS: Kind.TASKS,
    Want.COUNT_TASKS: Kind.TASKS,
    Want.SAYS: Kind.TASKS,
    Want.UNITS: Kind.UNITS,
    Want.COUNT_UNITS: Kind.UNITS,
    Want.TARGETS: Kind.TARGETS,
    Want.COUNT_TARGETS: Kind.TARGETS,
    Want.DEADLINE: Kind.TARGETS,
    Want.SECTIONS: Kind.SECTIONS,
    Want.COUNT_SECTIONS: Kind.SECTIONS,
}


def answer_set(query: Query, library: Library, *, question: str) -> Answer:
    """Answer a query that has `members` or a `claim`."""
    sets = Sets(library)
    if query.claim is not None:
        content, detail = _claimed(query.claim, sets, counted=query.want in _COUNTS)
    elif query.counted is not None and query.members is not None:
        content, detail = _ranked(query, query.members, query.counted, sets)
    else:
        assert query.members is not None  # noqa: S101 - the caller has checked
        members = of_kind(query.members, _KINDS.get(query.want, query.members.kind), query.role)
        content, detail = _listed(members, sets, counted=query.want in _COUNTS)
    return Answer(
        question=question,
        outcome=Outcome.ANSWERED,
        query=query,
        about=_about(query, sets),
        content=content,
        detail=detail,
    )


def of_kind(members: Members, kind: Kind, role: UnitRole) -> Members:
    """The set itself, or what of another kind has to do with it: its units, after tasks were asked for."""
    return members if members.kind is kind else Members(kind, (Related(members, role),))


def _listed(members: Members, sets: Sets, *, counted: bool) -> tuple[Content, dict[str, Any]]:
    found = sets.of(members)
    if members.kind is Kind.UNITS and _are_absent(members):
        found = tuple(one for one in found if one not in sets.library.collectives)
    content = _content(members, found, sets)
    return replace(content, count=len(found) if counted else content.count), {"members": members, "found": found}


def _are_absent(members: Members) -> bool:
    """Whether units are asked for only by what they have no part in: 各镇 may have one where 沿江镇 is named."""
    related = [one for one in members.where if isinstance(one, Not | Related)]
    return any(isinstance(one, Not) and isinstance(one.condition, Related) for one in related) and not any(
        isinstance(one, Related) for one in related
    )


def _content(members: Members, found: Iterable[SetMember], sets: Sets) -> Content:
    """A section has no key of its own: the tasks that make it one of the set stand for it."""
    held = tuple(found)
    match members.kind:
        case Kind.TASKS:
            return Content(tasks=ids(held, sets.library))
        case Kind.UNITS:
            return Content(units=tuple(one for one in held if isinstance(one, str)))
        case Kind.TARGETS:
            return Content(targets=tuple(one[1] for one in held if isinstance(one[1], Target)))
        case Kind.SECTIONS:
            return Content(count=len(held))


def ids(keys: Iterable[SetMember], library: Library) -> tuple[str, ...]:
    return tuple("/".join(key) if library.mixed else key.id for key in keys if isinstance(key, TaskKey))


# -- the most and the fewest -----------------------------------------------------------------------------------------


def _ranked(query: Query, members: Members, counted: Members, sets: Sets) -> tuple[Content, dict[str, Any]]:
    """Units with nothing to count, and what stands for several units, take no place."""
    numbers = {one: sets.number(one, counted, query.role) for one in sets.of(members)}
    if members.kind is Kind.UNITS:
        numbers = {one: n for one, n in numbers.items() if n and one not in sets.library.collectives}
    ranking = sorted(numbers.items(), key=lambda item: item[1], reverse=not query.fewest)
    counts = [n for _, n in ranking]
    if query.top > 0:  # equals share a place and those after it are passed over: 前三 names no more than it must
        winners = tuple(one for one, n in ranking if counts.index(n) < query.top)
    else:
        levels = list(dict.fromkeys(counts))
        winners = tuple(one for one, n in ranking if n in levels[-query.top - 1 : -query.top])
    content = _content(members, winners, sets)
    one_place = query.top in {1, *range(-len(ranking), 0)}
    count = numbers[winners[0]] if winners and one_place else None
    detail = {"members": members, "counted": counted, "found": winners, "ranking": tuple(ranking)}
    return replace(content, count=count), detail


# -- yes and no ------------------------------------------------------------------------------------------------------


def _claimed(claim: SetClaim, sets: Sets, *, counted: bool) -> tuple[Content, dict[str, Any]]:
    """Whether it holds; where it is `counted`, by how many (below zero where it is the other way round)."""
    one = sets.of(claim.one)
    other = sets.of(claim.other) if claim.other else ()
    match claim.asserts:
        case Assertion.SOME:
            holds = bool(one)
        case Assertion.NUMBER:
            holds = claim.number is not None and count_compares(len(one), claim.number)
        case Assertion.WITHIN:
            holds = bool(one) and set(one) <= set(other)
        case Assertion.SAME:
            holds = set(one) == set(other)
        case Assertion.EQUAL:
            holds = len(one) == len(other)
        case Assertion.LARGER:
            holds = len(one) > len(other)
        case Assertion.SMALLER:
            holds = len(one) < len(other)
    detail = {"found": one, "others": other}
    if counted:
        more = len(one) - len(other)
        return Content(count=more if claim.asserts is Assertion.LARGER else -more), detail
    content = replace(_content(claim.one, one, sets), holds=holds, count=None, targets=None)
    if claim.asserts is not Assertion.SOME:
        content = replace(content, units=None)
    return content, detail


# -- what it speaks of -----------------------------------------------------------------------------------------------


def _about(query: Query, sets: Sets) -> About:
    claim = query.claim
    held = (query.members, query.counted, *((claim.one, claim.other) if claim else ()))
    parts = [part for members in held if members for part in _parts(members.where)]
    units = dict.fromkeys(u for part in parts for u in (part.units if isinstance(part, Term) else part.bodies))
    keys = {key for part in parts if isinstance(part, NamedMember) for key in sets.owners(part)}
    ordered = sorted(keys, key=lambda key: sets.library.order.get(key, 0))
    tasks = [key for key in ordered if key in sets.library.tasks]
    clauses = [key for key in ordered if key in sets.library.clauses]
    return About(tuple(units), ids(tasks, sets.library), ids(clauses, sets.library))


def _parts(where: Iterable[Condition]) -> Iterator[Term | NamedMember]:
    """Every name in the conditions."""
    for condition in where:
        if isinstance(condition, Not):
            yield from _parts((condition.condition,))
        elif isinstance(condition, Related):
            yield from _parts(condition.to.where)
        elif isinstance(condition, Matched):
            yield condition.of
        elif isinstance(condition, Term | NamedMember):
            yield condition
