"""A set of what stands in tasks whose text holds certain words: 提到5G的任务里财政局参与的, 提到5G的任务的牵头单位."""

from dataclasses import replace

from knowledge.questions.query import Condition, Kind, Members, Phrase, Query, Related
from knowledge.questions.sets.forms import tasks_in


def holding(query: Query, phrases: tuple[Phrase, ...]) -> Query | None:
    """The query with the phrases as conditions; None where it is open what they are meant of."""
    if not phrases:
        return query
    if query.claim is not None:
        return None
    if query.members is None:
        return replace(query, phrases=phrases)
    if query.counted and query.members.kind is not Kind.TASKS:
        return replace(query, counted=replace(query.counted, where=(*query.counted.where, *phrases)))
    where = _holding(query.members, phrases)
    return replace(query, members=replace(query.members, where=where)) if where != query.members.where else None


def _holding(members: Members, phrases: tuple[Phrase, ...]) -> tuple[Condition, ...]:
    """Sections are listed by the tasks themselves, elsewhere."""
    match members.kind:
        case Kind.TASKS | Kind.TARGETS:
            return *members.where, *phrases
        case Kind.UNITS:
            return tuple(_of_those(one, phrases) for one in members.where)
        case Kind.SECTIONS:
            return members.where


def _of_those(one: Condition, phrases: tuple[Phrase, ...]) -> Condition:
    return replace(one, to=tasks_in(*phrases)) if isinstance(one, Related) and one.to == tasks_in() else one
