"""What things the tasks name: projects, companies, products, parks, what is striven for, each with where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.entities.library import Library
from knowledge.language.content_words import without_joints
from knowledge.language.normalize import clean
from knowledge.plan.key import TaskKey
from knowledge.plan.model import Named, Task
from knowledge.questions.answer import About, Answer, Content, Outcome
from knowledge.questions.answering.selection import Selection
from knowledge.questions.query import Query, ThingFilter

_STAGE = re.compile("(?:第?[一二三四五]期|系列项目|项目)$")
"""碳酸钙产业园二期 is a 产业园, too."""


@dataclass(frozen=True, slots=True)
class NamedThings:
    """The things of one task or clause, as the plan writes them."""

    key: TaskKey
    names: tuple[str, ...]


def answer_things(query: Query, library: Library, *, question: str) -> Answer:
    """All things of the kind that is asked for, task by task."""
    picked = Selection(query, library)
    assert query.things is not None  # noqa: S101 - a query for things says which
    found = things_of(query.things, picked)
    names = dict.fromkeys(name for one in found for name in one.names)
    tasks = tuple(_id(one.key, library) for one in found if one.key in library.tasks)
    clauses = tuple(_id(one.key, library) for one in found if one.key in library.clauses)
    return Answer(
        question=question,
        outcome=Outcome.ANSWERED,
        query=query,
        about=About(query.units, query.ids),
        content=Content(
            tasks=tasks if tasks or not clauses else None,
            clauses=clauses or None,
            count=len(names) if query.things.counted else None,
        ),
        detail={"things": found},
    )


def _id(key: TaskKey, library: Library) -> str:
    return f"{key.plan}/{key.id}" if library.mixed else key.id


def things_of(asked: ThingFilter, picked: Selection) -> tuple[NamedThings, ...]:
    """Those of the tasks that the query picks; where it asks after words, only what is called so."""
    if asked.names:
        listed = ((one.key.owner, one.listing.items) for one in picked.library.lists)
        return tuple(NamedThings(key, asked.names) for key in picked.topic_owners() if (key, asked.names) in listed)
    words = [phrase.said for phrase in picked.query.phrases if not phrase.negated]
    found = []
    for key in picked.selected():
        names = dict.fromkeys(_names(asked, picked.library.tasks[key]))
        called = tuple(n for n in names if all(any(word in clean(n) for word in said) for said in words))
        found.append(NamedThings(key, called))
    return tuple(one for one in found if one.names)


def _names(asked: ThingFilter, task: Task) -> Iterator[str]:
    named = [one.name for one in task.named if _is_asked(asked, one)]
    yield from named
    for action in task.actions:
        phrase = clean(action.phrase)
        strives = any(verb in phrase for verb in asked.verbs)
        strives = strives and (not asked.levels or any(level in phrase for level in asked.levels))
        if strives or (phrase.endswith(asked.endings or ("\0",)) and not any(clean(name) in phrase for name in named)):
            yield action.phrase if strives else without_joints(action.phrase)


def _is_asked(asked: ThingFilter, named: Named) -> bool:
    if asked.key or asked.kinds:
        return named.key if asked.key else named.kind in asked.kinds
    return bool(asked.endings) and any(
        _STAGE.sub("", clean(n)).endswith(asked.endings) for n in (named.name, *named.names)
    )
