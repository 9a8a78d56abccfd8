"""What a question picks among: the tasks that a unit leads, how many of what it names."""

from dataclasses import replace

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.language.measures import units_asked
from knowledge.plan.key import EntryKind
from knowledge.plan.model import Target
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, UnitRole
from knowledge.questions.understand.intent_rule import IntentRule, RuleId
from knowledge.questions.understand.topic_linker import TopicLink


def narrowed(piece: Piece, query: Query, rule: IntentRule | None) -> Query:
    """The query of the tasks that its unit leads, where those are meant."""
    if rule and rule.id is RuleId.HELPERS_OF_UNIT:
        role = UnitRole.ASSIST if CueTag.ASSIST in piece.tags else UnitRole.ANY
        query = replace(query, role=role, terms=tuple(replace(term, role=UnitRole.LEAD) for term in query.terms))
    return query


def counts_a_task(piece: Piece, link: TopicLink) -> bool:
    """特色小镇建几个: how many of what only a task is called."""
    only_tasks = bool(link.entries) and all(entry.kind is EntryKind.TASK for entry in link.entries)
    return (
        only_tasks
        and bool(piece.tags & {CueTag.HOW_MANY, CueTag.AMOUNT})
        and CueTag.TARGET not in piece.tags
        and not piece.mentions
    )


def counted(query: Query, piece: Piece, link: TopicLink, library: Library) -> Query:
    """The task's targets that are called as it was said, or measured as it is asked; else none at all."""
    owners = {entry.owner for entry in link.entries}
    inside = [entry for owner, targets in library.targets_of.items() if owner in owners for entry in targets]
    units = units_asked(piece.text)
    heard = {hit.entry for hit in library.index.search(piece.topic) if hit.said >= _COVERED}
    own = [entry for entry in inside if entry in heard or any(link.said in surface for surface in entry.surfaces)]
    if not own and not units & _COUNTING:
        own = [entry for entry in inside if isinstance(entry.thing, Target) and entry.thing.unit in units]
    return replace(query, topic=tuple(entry.key for entry in own)) if own else replace(query, uncounted=link.said)


_COVERED = 0.97  # 顶尖人才引进几名: all that was said stands in 引进顶尖人才, in another order
_COUNTING = {"家", "个"}  # of these a task may hold many that are something else
