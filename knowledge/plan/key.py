"""What names a task of a plan, and anything that the plan speaks of, whatever asks for it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class TaskKey(NamedTuple):
    """A task or a clause by its id in `plan`; of a section its number, of the plan itself ""."""

    plan: str
    id: str


class EntryKind(StrEnum):
    PLAN = "plan"
    SECTION = "section"
    CLAUSE = "clause"
    FACT = "fact"
    TASK = "task"
    TARGET = "target"
    ACTION = "action"
    PROJECT = "project"
    """What is built or run, of what a task names."""
    NAMED = "named"
    """A company, product, place or brand that a task names."""


PARTS = frozenset([EntryKind.TARGET, EntryKind.ACTION, EntryKind.PROJECT, EntryKind.NAMED])
"""What stands in a task."""
UNCOUNTED = PARTS - {EntryKind.TARGET}
"""Parts without a number of their own."""
WORK = PARTS | {EntryKind.TASK}
"""What there is to do, and its parts."""


@dataclass(frozen=True, slots=True)
class EntryKey:
    """An entry of a plan by its name; `task` is the id of the task or clause that it stands in."""

    kind: EntryKind
    name: str
    plan: str
    task: str

    @property
    def owner(self) -> TaskKey:
        return TaskKey(self.plan, self.task)
