"""What a chat remembers: its last few questions as they were understood, with what was listed."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from knowledge.plan.key import EntryKey
from knowledge.questions.query import Query

_KEPT = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """An answered question; `tasks`, `units` and `targets` in the order they were shown."""

    query: Query
    tasks: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    targets: tuple[EntryKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """The last turns, newest first."""

    turns: tuple[Turn, ...] = ()

    def with_turn(self, turn: Turn) -> "Memory":
        return Memory((turn, *self.turns)[:_KEPT])


_RENAMED = ('"owner":', '"task":')
"""What an older version called the task in a key; no text holds it, for its quotes are written with a backslash."""
_ADAPTER = TypeAdapter(Memory)


def dump_memory(memory: Memory) -> str:
    return _ADAPTER.dump_json(memory, exclude_defaults=True).decode() if memory.turns else ""


def load_memory(text: str) -> Memory:
    """Memory as it was dumped; what an older version wrote and this one cannot read is forgotten."""
    try:
        return _ADAPTER.validate_json(text.replace(*_RENAMED)) if text else Memory()
    except ValueError:
        return Memory()
