"""What a question leaves out or picks among: all but this task, who is not in it, how many of what it names."""

from dataclasses import replace

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.language.measures import units_asked
from knowledge.plan.key import WORK, EntryKind
from knowledge.plan.model import Target
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, UnitRole, Want
from knowledge.questions.understand.intent_rule import IntentRule, RuleId
from knowledge.questions.understand.topic_linker import TopicLink

_OF_LED = {RuleId.UNITS_OF_LED_TASK, RuleId.HELPERS_OF_UNIT}


def narrowed(piece: Piece, query: Query, rule: IntentRule | None) -> Query:
    """The query without what it excepts, or of the tasks that its unit leads."""
    tags = piece.tags
    if (
        tags & {CueTag.EXCEPT, CueTag.BESIDES}
        and CueTag.REST in tags
        and query.want is Want.TASKS
        and query.terms
        and _of_tasks(query)
    ):
        query = replace(query, without=tuple(key.task for key in query.topic), topic=())  # 除了招商引资还有什么任务
    if query.want is Want.UNITS and not query.terms and (query.ids or _of_tasks(query)) and _absent(piece):
        owners = tuple(dict.fromkeys((*query.ids, *(key.task for key in query.topic))))
        query = replace(query, without=owners, ids=(), topic=())
    if rule and rule.id in _OF_LED:
        role = UnitRole.ASSIST if CueTag.ASSIST in tags else UnitRole.ANY
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


def _of_tasks(query: Query) -> bool:
    """Whether the topic is nothing but tasks of the plan, or things in them."""
    return bool(query.topic) and all(key.kind in WORK for key in query.topic)


def _absent(piece: Piece) -> bool:
    """哪些单位没参加5.2: a negation before the verb, which does not ask yes or no."""
    verbs = {cue.start for cue in piece.cues if cue.tags & {CueTag.OWN, CueTag.LEAD}}
    ends = (cue for cue in piece.cues if CueTag.NOT in cue.tags)
    denied = any(len(cue.text) > _PLAIN_NOT or cue.start + len(cue.text) in verbs for cue in ends)
    return denied and CueTag.YES_NO not in piece.tags


_PLAIN_NOT = 2  # 没, 没有; a longer one holds its verb (没参与)
