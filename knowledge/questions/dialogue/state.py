"""What a chat remembers: its last few questions as they were understood, with what was listed or offered."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from knowledge.entities.choice import Choice
from knowledge.plan.key import EntryKey
from knowledge.questions.answer import Outcome
from knowledge.questions.query import Query

_KEPT = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """A question; `tasks`, `units` and `targets` in the order they were shown.

    Of one that failed, `sought` is what was not found, or is open, and `offers` what was offered instead.
    """

    query: Query
    tasks: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    targets: tuple[EntryKey, ...] = ()
    outcome: Outcome = Outcome.ANSWERED
    offers: tuple[Choice, ...] = ()
    sought: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """The last turns, newest first."""

    turns: tuple[Turn, ...] = ()

    def with_turn(self, turn: Turn) -> "Memory":
        """One turn more; of several that failed one after another only the last is kept."""
        failed = bool(self.turns) and self.turns[0].outcome is not Outcome.ANSWERED is not turn.outcome
        return Memory((turn, *self.turns[failed:])[:_KEPT])

    def spoken(self, *, names: bool) -> tuple[Turn, ...]:
        """The turns that the next one goes on with.

        What was declined and left no subject still says what is asked of something that is named (卫健局呢). Where
        nothing is named, one goes on with what was spoken of before it. What was asked back stays open.
        """
        last = self.turns[0] if self.turns else None
        vain = last is not None and last.outcome is Outcome.DECLINED and not last.query.has_subject
        return self.turns[1:] if vain and not names and len(self.turns) > 1 else self.turns


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
