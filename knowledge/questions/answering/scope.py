"""What a question is about that can stand somewhere: the targets, tasks, projects and actions that it names."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from knowledge.entities.library import Library
from knowledge.entities.topic_index import kind_of
from knowledge.plan.key import PARTS, EntryKey, EntryKind, TaskKey
from knowledge.plan.model import Target
from knowledge.questions.answering.selection import select
from knowledge.questions.query import Query
from knowledge.reports.merge import subject_of


@dataclass(frozen=True, slots=True)
class Scope:
    targets: tuple[tuple[str, Target], ...]
    """With their plan."""
    subjects: tuple[EntryKey, ...]
    """What has no number."""


def scope_of(query: Query, library: Library) -> Scope:
    """The targets and other subjects that a query names; where it names none, all."""
    found = select(query, library)
    parts = tuple(entry for entry in found.entries if entry.kind in PARTS)
    if parts:
        targets = tuple((entry.owner.plan, entry.thing) for entry in parts if isinstance(entry.thing, Target))
        return Scope(targets, tuple(subject_of(entry.key) for entry in parts if entry.kind is not EntryKind.TARGET))
    clauses = found.owners if found.narrowed else tuple(library.clauses)
    return scope_of_keys((*found.tasks, *(key for key in clauses if key in library.clauses)), library)


def scope_of_keys(keys: Collection[TaskKey], library: Library) -> Scope:
    """Everything in some tasks and clauses that can stand somewhere."""
    return Scope(
        tuple(one for one in library.targets if (one[0], one[1].task) in keys),
        tuple(subject for key in keys if key in library.tasks for subject in _subjects(key, library)),
    )


def _subjects(key: TaskKey, library: Library) -> Iterator[EntryKey]:
    task = library.tasks[key]
    yield EntryKey(EntryKind.TASK, task.title, *key)
    for named in task.named:
        yield subject_of(EntryKey(kind_of(named), named.name, *key))
    for action in task.actions:
        yield EntryKey(EntryKind.ACTION, action.phrase, *key)
