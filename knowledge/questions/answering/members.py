"""What is in a set: tasks, units, targets or sections, each tried against the conditions.

Units, targets and sections have to do with each other by the tasks that they share.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from knowledge.entities.library import Library
from knowledge.entities.phrases import FoundPhrase, find_phrase
from knowledge.language.measures import written_in
from knowledge.language.normalize import clean
from knowledge.plan.key import EntryKind, TaskKey
from knowledge.plan.model import Target, Task
from knowledge.plan.text_index import TextKind, TextPlace
from knowledge.questions.answering.comparison import compares, count_compares
from knowledge.questions.query import (
    Condition,
    Kind,
    Marked,
    Matched,
    Members,
    NamedMember,
    Not,
    Phrase,
    QuantityFilter,
    Related,
    Term,
    UnitRole,
)
from knowledge.questions.understand.topic_linker import resolve, tasks_of

PlanTarget = tuple[str, Target]
"""A target with its plan."""
PlanSection = tuple[str, int]
SetMember = TaskKey | str | PlanTarget | PlanSection


def lead_of(task: Task) -> tuple[str, ...]:
    return task.lead or task.units[:1]


def units_of(task: Task, role: UnitRole) -> tuple[str, ...]:
    """The units of a task that have this part in it."""
    if role is UnitRole.ANY:
        return task.units
    lead = lead_of(task)
    return lead if role is UnitRole.LEAD else tuple(unit for unit in task.units if unit not in lead)


def plays(unit: str, task: Task, role: UnitRole, library: Library) -> bool:
    """Whether a unit has this part in a task; a town also by the collectives that certainly include it."""
    if unit in task.units:
        return unit in units_of(task, role)
    kind = library.towns.get(unit)
    if kind is None or role is UnitRole.LEAD:
        return False
    return any(library.collectives.get(name) == (kind, True) for name in task.units)


def satisfies(task: Task, term: Term, library: Library) -> bool:
    return any(plays(unit, task, term.role, library) for unit in term.units) != term.negated


def found_in(library: Library, phrase: Phrase) -> tuple[FoundPhrase, ...]:
    """Where each way to say a phrase stands."""
    return tuple(find_phrase(one, library.text) for one in phrase.said)


def stands_in(key: TaskKey, phrase: Phrase, found: Iterable[FoundPhrase], library: Library) -> bool:
    """Whether the own text of a task or clause holds a phrase; `found` is where it stands."""
    clause = library.clauses.get(key)
    place = TextPlace(TextKind.CLAUSE if clause else TextKind.TASK, key.id)
    title = clean((clause or library.tasks[key]).title)
    if phrase.of_targets:
        return any(is_named_by(target, phrase, found) for target in (clause or library.tasks[key]).targets)
    held = (one in title for one in phrase.said) if phrase.titled else (place in one.places for one in found)
    return any(held) != phrase.negated


def is_named_by(target: Target, phrase: Phrase, found: Iterable[FoundPhrase]) -> bool:
    """Whether a target's own words hold a phrase that is said of targets."""
    written = clean(f"{target.name} {target.quote or ''}")
    return any(one.is_in(written) for one in found) != phrase.negated


def _is_marked(mark: Marked, one: SetMember) -> bool:
    if isinstance(one, str) or not isinstance(one[1], Target):
        return False
    target, deadline = one[1], one[1].deadline
    return (
        (mark.period is None or target.period is mark.period)
        and (mark.year is None or (deadline is not None and deadline.year == mark.year))
        and (mark.dated is None or (deadline is not None) == mark.dated)
        and (mark.unit is None or written_in(target.unit, mark.unit))
        and (mark.amount is None or compares(target, mark.amount))
    )


@dataclass(frozen=True)
class Sets:
    """The sets of one library; each is looked for once."""

    library: Library
    _held: dict[Members, tuple[SetMember, ...]] = field(default_factory=dict)
    _named: dict[NamedMember, frozenset[TaskKey]] = field(default_factory=dict)
    _found: dict[Phrase, tuple[FoundPhrase, ...]] = field(default_factory=dict)

    def of(self, members: Members) -> tuple[SetMember, ...]:
        """The members, in the order of the document."""
        found = self._held.get(members)
        if found is None:
            every = self._every(members.kind)
            found = tuple(one for one in every if all(self.holds(condition, one) for condition in members.where))
            self._held[members] = found
        return found

    def number(self, one: SetMember, counted: Members, role: UnitRole) -> int:
        """How many of `counted` a member has to do with."""
        return len(set(self._related(one, counted.kind, role)).intersection(self.of(counted)))

    def _every(self, kind: Kind) -> Iterable[SetMember]:
        library = self.library
        match kind:
            case Kind.TASKS:
                return library.tasks
            case Kind.UNITS:
                return library.tasks_of
            case Kind.TARGETS:
                return library.targets
            case Kind.SECTIONS:
                return library.sections

    def holds(self, condition: Condition, one: SetMember) -> bool:
        match condition:
            case Not():
                return not self.holds(condition.condition, one)
            case Term():
                return self._is_of_units(condition, one)
            case NamedMember():
                return self._is_named(condition, one)
            case Marked():
                return _is_marked(condition, one)
            case Related():
                return self._is_related(condition, one)
            case Matched():
                return self._is_matched(condition, one)
            case Phrase():
                return self._is_of_text(condition, one)

    def _is_of_units(self, condition: Term, one: SetMember) -> bool:
        tasks = (self.library.tasks[key] for key in self._tasks_of(one))
        plain = Term(condition.units, condition.role)
        return any(satisfies(task, plain, self.library) for task in tasks) != condition.negated

    def _is_of_text(self, phrase: Phrase, one: SetMember) -> bool:
        if phrase not in self._found:
            self._found[phrase] = found_in(self.library, phrase)
        if phrase.of_targets and not isinstance(one, str) and isinstance(one[1], Target):
            return is_named_by(one[1], phrase, self._found[phrase])
        return any(stands_in(key, phrase, self._found[phrase], self.library) for key in self._tasks_of(one))

    def _is_named(self, condition: NamedMember, one: SetMember) -> bool:
        if isinstance(one, str):
            return one in condition.bodies
        if isinstance(one, TaskKey):
            return one in self.owners(condition)
        if isinstance(one[1], Target):
            return TaskKey(one[0], one[1].task) in self.owners(condition)
        return one[1] in condition.sections

    def _is_related(self, condition: Related, one: SetMember) -> bool:
        number = self.number(one, condition.to, condition.role)
        if condition.every:
            return number == len(self.of(condition.to))
        return number > 0 if condition.number is None else count_compares(number, condition.number)

    def _is_matched(self, condition: Matched, one: SetMember) -> bool:
        counted, role = Members(condition.counted), condition.role
        kind = next(kind for kind in Kind if one in self._every(kind))
        others = self.of(Members(kind, (condition.of,)))
        if one in others or not others:
            return False
        number, theirs = self.number(one, counted, role), (self.number(other, counted, role) for other in others)
        return all(count_compares(number, QuantityFilter(Decimal(n), "", condition.than)) for n in theirs)

    def owners(self, named: NamedMember) -> frozenset[TaskKey]:
        """The tasks and clauses that are named by number, name or section."""
        if named not in self._named:
            self._named[named] = self._owners(named)
        return self._named[named]

    def _owners(self, named: NamedMember) -> frozenset[TaskKey]:
        library = self.library
        entries = resolve(named.topic, library)
        keys = {entry.owner for entry in entries if entry.kind is not EntryKind.SECTION}
        keys |= set(tasks_of((entry for entry in entries if entry.kind is EntryKind.SECTION), library))
        keys |= {key for key in (*library.tasks, *library.clauses) if key.id in named.ids}
        return frozenset(keys | {key for key, task in library.tasks.items() if task.section in named.sections})

    def _tasks_of(self, one: SetMember, role: UnitRole = UnitRole.ANY) -> tuple[TaskKey, ...]:
        """The tasks that a member is, has a part in, stands in or holds."""
        tasks = self.library.tasks
        if isinstance(one, TaskKey):
            return (one,)
        if isinstance(one, str):
            return tuple(key for key in self.library.tasks_of[one] if one in units_of(tasks[key], role))
        if isinstance(one[1], Target):
            key = TaskKey(one[0], one[1].task)
            return (key,) if key in tasks else ()
        return tuple(key for key, task in tasks.items() if (key.plan, task.section) == one)

    def _related(self, one: SetMember, kind: Kind, role: UnitRole) -> Iterable[SetMember]:
        """What of a kind a member has to do with; of two units `role` is the part of the one in their tasks."""
        keys = self._tasks_of(one, role)
        tasks = self.library.tasks
        match kind:
            case Kind.TASKS:
                return keys
            case Kind.UNITS:
                asked = UnitRole.ANY if isinstance(one, str) else role
                return (unit for key in keys for unit in units_of(tasks[key], asked) if unit != one)
            case Kind.TARGETS:
                return (target for target in self.library.targets if TaskKey(target[0], target[1].task) in keys)
            case Kind.SECTIONS:
                return ((key.plan, tasks[key].section) for key in keys)
