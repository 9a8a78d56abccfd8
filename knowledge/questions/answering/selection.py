"""What a query picks from the plans: the entries that its topic names, the tasks and clauses that satisfy it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from knowledge.entities.library import Library
from knowledge.entities.phrases import FoundPhrase
from knowledge.entities.topic_index import Entry
from knowledge.plan.key import EntryKind, TaskKey
from knowledge.plan.model import Target, Task
from knowledge.questions.answering.members import found_in, is_named_by, satisfies, stands_in
from knowledge.questions.query import Query
from knowledge.questions.understand.topic_linker import resolve, tasks_of


@dataclass(frozen=True, slots=True)
class Selected:
    """What a query picks: the entries that its topic names, their tasks and clauses, and the tasks that satisfy it."""

    entries: tuple[Entry, ...]
    owners: tuple[TaskKey, ...]
    tasks: tuple[TaskKey, ...]
    narrowed: bool
    """Whether it names anything at all."""


def select(query: Query, library: Library) -> Selected:
    picked = Selection(query, library)
    narrowed = picked.has_topic() or bool(query.terms)
    return Selected(picked.entries, picked.topic_owners(), picked.selected(), narrowed)


class Selection:
    """One query over the plans."""

    def __init__(self, query: Query, library: Library) -> None:
        self.query, self.library = query, library
        self.entries = resolve(query.topic, library)

    def topic_owners(self) -> tuple[TaskKey, ...]:
        """The tasks and clauses that the query names by topic or number."""
        keys: dict[TaskKey, None] = {}
        for entry in self.entries:
            if entry.kind is EntryKind.SECTION:
                keys.update(dict.fromkeys(tasks_of((entry,), self.library)))
            elif entry.kind is not EntryKind.PLAN and entry.owner.id:
                keys[entry.owner] = None
        for id_ in self.query.ids:
            plan, _, own = id_.rpartition("/")
            for key in (*self.library.tasks, *self.library.clauses):
                if key.id == own and plan in {"", key.plan}:
                    keys[key] = None
        for key, task in self.library.tasks.items():
            if task.section in self.query.sections:
                keys[key] = None
        if self.query.phrases:
            named = keys or dict.fromkeys(self.library.order if not self.is_narrowed() else ())
            keys = {key: None for key in named if self.holds_phrases(key)}
        return tuple(sorted(keys, key=lambda k: self.library.order.get(k, 0)))

    def topic_tasks(self) -> tuple[TaskKey, ...]:
        return tuple(key for key in self.topic_owners() if key in self.library.tasks)

    def has_topic(self) -> bool:
        return self.is_narrowed() or bool(self.query.phrases)

    def is_narrowed(self) -> bool:
        """Whether it names some of the plan's tasks or clauses, by topic or number."""
        about_plan = bool(self.entries) and all(e.kind is EntryKind.PLAN for e in self.entries)
        return bool(self.entries or self.query.ids or self.query.sections) and not about_plan

    def is_named(self) -> bool:
        """Whether the tasks are named themselves, not only the section that they stand in."""
        named = any(entry.kind is not EntryKind.SECTION for entry in self.entries)
        return bool(self.topic_tasks()) and (named or bool(self.query.ids))

    def selected(self) -> tuple[TaskKey, ...]:
        """The tasks that satisfy the whole query."""
        library = self.library
        keys: Iterable[TaskKey] = self.topic_tasks() if self.has_topic() else library.tasks
        return tuple(
            key for key in keys if all(satisfies(library.tasks[key], term, library) for term in self.query.terms)
        )

    @cached_property
    def found(self) -> tuple[tuple[FoundPhrase, ...], ...]:
        """Where each way to say each phrase of the query stands."""
        return tuple(found_in(self.library, phrase) for phrase in self.query.phrases)

    def holds_phrases(self, key: TaskKey) -> bool:
        """Whether the own text of a task or clause holds all phrases that are asked after."""
        phrases = zip(self.query.phrases, self.found, strict=True)
        return all(stands_in(key, phrase, found, self.library) for phrase, found in phrases)

    def is_named_so(self, target: Target) -> bool:
        """Whether a target's own words hold all phrases that are said of targets."""
        phrases = zip(self.query.phrases, self.found, strict=True)
        return all(is_named_by(target, phrase, found) for phrase, found in phrases if phrase.of_targets)

    def uncertain(self) -> tuple[Task, ...]:
        """Tasks of undetermined collectives, which may or may not include a town that is asked about."""
        kinds = {self.library.towns[u] for u in self.query.units if u in self.library.towns}
        open_ = {n for n, (kind, certain) in self.library.collectives.items() if not certain and kind in kinds}
        return tuple(t for t in self.library.tasks.values() if open_ & set(t.units)) if kinds else ()
