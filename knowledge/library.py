"""Loaded plans with everything that can be computed once: vocabulary, topic index, look-ups by id and name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from knowledge.cues import cue_words
from knowledge.gazetteer import Gazetteer
from knowledge.lexicon import general_bodies, general_places, look_alikes, sayings
from knowledge.model import Clause, Plan, Section, Target, Task
from knowledge.names import body_words, home_prefixes, unit_names
from knowledge.query import Key
from knowledge.sound import initials
from knowledge.text import clean
from knowledge.topics import Entry, Topic, TopicIndex, entries_of
from knowledge.words import Sense, Vocabulary, Word


@dataclass(frozen=True)
class Library:
    """Some plans, each with its gazetteer, ready for questions. Build it once; it never changes."""

    shelves: tuple[tuple[Plan, Gazetteer], ...]
    index: TopicIndex = field(init=False)
    vocabulary: Vocabulary = field(init=False)

    def __post_init__(self) -> None:
        index = TopicIndex(_called(entry, own) for plan, own in self.shelves for entry in entries_of(plan))
        object.__setattr__(self, "index", index)
        object.__setattr__(self, "vocabulary", Vocabulary(self._words(index), look_alikes()))

    def _words(self, index: TopicIndex) -> Iterable[Word]:
        known: set[str] = set()
        for plan, gazetteer in self.shelves:
            for word in body_words(plan, gazetteer):
                known.add(word.text)
                yield word
        for entry in index.entries:
            for surface in entry.surfaces:
                if len(surface) > 1:
                    yield Word(surface, Sense.TOPIC, "")
        for said, formal in sayings():
            if index.speaks_of(formal):
                yield Word(said, Sense.SAYING, formal)
        homes = {p for _, gazetteer in self.shelves for p in home_prefixes(gazetteer)}
        for body in general_bodies():
            if body not in known and not index.speaks_of(body):
                yield Word(body, Sense.OUTSIDER, body)
                if not body.startswith("市"):
                    yield from (Word(home + body, Sense.OUTSIDER, body) for home in homes)
        for place in general_places():
            if place not in homes:
                yield Word(place, Sense.ELSEWHERE, place)
        yield from cue_words()

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        return tuple(plan for plan, _ in self.shelves)

    @cached_property
    def mixed(self) -> bool:
        """Whether ids must name their plan (`plan/5.1`)."""
        return len(self.shelves) > 1

    @cached_property
    def tasks(self) -> dict[tuple[str, str], Task]:
        return {(plan.name, task.id): task for plan in self.plans for task in plan.tasks}

    @cached_property
    def clauses(self) -> dict[tuple[str, str], Clause]:
        return {(plan.name, clause.id): clause for plan in self.plans for clause in plan.clauses}

    @cached_property
    def sections(self) -> dict[tuple[str, int], Section]:
        return {(plan.name, section.no): section for plan in self.plans for section in plan.sections}

    @cached_property
    def order(self) -> dict[tuple[str, str], int]:
        """Tasks and clauses in the order of the document."""
        return {key: n for n, key in enumerate((*self.clauses, *self.tasks))}

    @cached_property
    def targets(self) -> tuple[tuple[str, Target], ...]:
        """Every target with its plan, tasks before clauses' last."""
        return tuple(
            (plan.name, target)
            for plan in self.plans
            for targets in (*(c.targets for c in plan.clauses), *(t.targets for t in plan.tasks))
            for target in targets
        )

    @cached_property
    def tasks_of(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The tasks whose own list names a unit (or collective)."""
        held: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, task in self.tasks.items():
            for unit in task.units:
                held[unit].append(key)
        return {unit: tuple(keys) for unit, keys in held.items()}

    @cached_property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(unit for plan in self.plans for unit in unit_names(plan)))

    @cached_property
    def collectives(self) -> dict[str, tuple[str, bool]]:
        """Collective → (kind of town, certain)."""
        return {c.name: (c.kind, c.certain) for _, gazetteer in self.shelves for c in gazetteer.collectives}

    @cached_property
    def towns(self) -> dict[str, str]:
        return {town.name: town.kind for _, gazetteer in self.shelves for town in gazetteer.towns}

    @cached_property
    def places(self) -> dict[str, tuple[str, str]]:
        """Where a task, clause or section stands (三(五)2) → (kind, id); of the first plan that has it."""
        held: dict[str, tuple[str, str]] = {}
        for plan in self.plans:
            for task in plan.tasks:
                held.setdefault(clean(task.place), ("task", task.id))
            for clause in plan.clauses:
                held.setdefault(clean(clause.id), ("clause", clause.id))
            for section in plan.sections:
                held.setdefault(clean(section.place), ("section", str(section.no)))
        return held

    @cached_property
    def entry_of(self) -> dict[Key, Entry]:
        return {key_of(entry): entry for entry in self.index.entries}

    @cached_property
    def by_initials(self) -> dict[str, tuple[str, ...]]:
        """`jtj` → the units whose short name begins so."""
        held: dict[str, dict[str, None]] = defaultdict(dict)
        for plan, gazetteer in self.shelves:
            for word in body_words(plan, gazetteer):
                if word.sense is Sense.UNIT and len(word.text) >= 3:
                    held[initials(word.text)][word.key] = None
        return {letters: tuple(keys) for letters, keys in held.items()}

    def gazetteer_of(self, plan: str) -> Gazetteer:
        return next(gazetteer for one, gazetteer in self.shelves if one.name == plan)


def _called(entry: Entry, gazetteer: Gazetteer) -> Entry:
    """The entry with the names that the office gave it."""
    said = [clean(a.said) for a in gazetteer.added if (a.owner, a.name) == (entry.owner[1], entry.name)]
    return replace(entry, surfaces=(*entry.surfaces, *said)) if said else entry


def key_of(entry: Entry) -> Key:
    return Key(entry.kind.value, entry.owner[0], entry.owner[1], entry.name)


def is_task(entry: Entry) -> bool:
    return entry.kind in {Topic.TASK, Topic.TARGET, Topic.ACTION, Topic.NAMED}
