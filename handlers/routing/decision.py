"""Deciding what a message is: gates in their order, then whichever intent has the highest score.

The gates of the table are asked of the whole message, the first that finds something decides. What passes them is
parted into its requests, and each part is decided by itself: by the gates of a part, then by the intents. The highest
score wins, the order of the table breaks ties only, and of two that come near each other the speaker is asked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from handlers.chat.context import Context
from handlers.chat.outgoing import Call
from handlers.routing.utterance import Utterance

NEAR = 5
"""Scores that differ by less than this leave it open which was meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What is so or not, whatever else the words may mean."""

    name: str
    find: Callable[[Utterance], Any]
    """What it finds, for `run`; None where it is not so."""
    run: Callable[[Context, Utterance, Any], Call]
    samples: tuple[str, ...] = ()
    """Sentences that it takes; they run as tests."""
    again: Callable[[Context, Utterance, Any], Call | None] | None = None
    """For an edited message; None where it is asked as a question."""
    groups: bool = True
    """Whether it is there for groups, too."""
    of_prompt: bool = False
    """Whether it is for what the bot has asked for: any other leaves that."""
    surely: Callable[[Utterance], bool] = lambda _said: False
    """Of a gate of parts: whether the words are this even while something else is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What the words may mean, with how much speaks for it."""

    name: str
    score: Callable[[Utterance], int]
    """From 0, which is not at all, to 100."""
    run: Callable[[Context, Utterance], Call]
    line: Callable[[Utterance], str]
    """The command that means just this: what a button says where it is asked which was meant."""
    samples: tuple[str, ...]
    """Sentences that it wins; they run as tests."""
    again: Callable[[Context, Utterance], Call | None] | None = None
    """For an edited message; None where it is asked as a question."""
    groups: bool = False
    surely: Callable[[Utterance], bool] = lambda _said: False
    """Whether the words are this even while something else is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentTable:
    gates: tuple[Gate, ...]
    """Of a whole message."""
    part_gates: tuple[Gate, ...]
    """Of each of its parts."""
    intents: tuple[Intent, ...]


Findings = tuple[tuple[Gate, Any], ...]
"""The gates that were asked, in order, with what they found: only the last may have found anything."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a message, or a part of it, is."""

    utterance: Utterance
    gates: Findings
    scores: tuple[tuple[Intent, int], ...] = ()
    """The best first; empty where a gate has taken it."""

    @property
    def winner(self) -> Gate | Intent:
        return self.scores[0][0] if self.scores else self.gates[-1][0]

    @property
    def runner_up(self) -> Intent | None:
        """The second best, if anything speaks for it."""
        return next((intent for intent, score in self.scores[1:2] if score), None)

    @property
    def between(self) -> tuple[Intent, Intent] | None:
        """The two that come too near each other to choose."""
        if self.runner_up is None:
            return None
        (first, best), (second, next_best) = self.scores[:2]
        return (first, second) if 0 < best - next_best < NEAR else None

    @property
    def leaves_prompt(self) -> bool:
        """Whether what the bot has asked for is left: the words are something else."""
        return not (isinstance(self.winner, Gate) and self.winner.of_prompt)

    def run(self, context: Context) -> Call:
        """Do it."""
        if self.scores:
            return self.scores[0][0].run(context, self.utterance)
        gate, found = self.gates[-1]
        return gate.run(context, self.utterance, found)

    def run_again(self, context: Context) -> Call | None:
        """Do it for an edited message, in the place of what was done; None where it is asked as a question."""
        if self.scores:
            again = self.scores[0][0].again
            return again(context, self.utterance) if again else None
        gate, found = self.gates[-1]
        return gate.again(context, self.utterance, found) if gate.again else None


def decide(whole: Utterance, table: IntentTable) -> tuple[Decision, ...]:
    """What each part of a message is, in order; a message that a gate takes is one part."""
    asked = _ask(table.gates, whole)
    if _taken(asked):
        return (Decision(whole, asked),)
    return tuple(decide_part(part, table, asked) for part in whole.parts)


def decide_part(part: Utterance, table: IntentTable, passed: Findings = ()) -> Decision:
    """What words are that are one request; the whole message has `passed` these gates."""
    asked = (*passed, *_ask(table.part_gates, part))
    if _taken(asked):
        return Decision(part, asked)
    scores = [(one, one.score(part)) for one in table.intents if one.groups or part.actor.private]
    return Decision(part, asked, tuple(sorted(scores, key=lambda scored: -scored[1])))


def _ask(gates: Iterable[Gate], said: Utterance) -> Findings:
    """The gates with what they find, up to the first that finds something."""
    asked: list[tuple[Gate, Any]] = []
    for gate in gates:
        asked.append((gate, gate.find(said) if gate.groups or said.actor.private else None))
        if _taken(tuple(asked)):
            break
    return tuple(asked)


def _taken(asked: Findings) -> bool:
    return bool(asked) and asked[-1][1] is not None
