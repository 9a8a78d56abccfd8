"""What a reading depends on, and what it yields: a query, or the trouble that stands in its way."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.entities.library import Library
from knowledge.entities.topic_index import Entry
from knowledge.questions.answer import Heard, Why
from knowledge.questions.dialogue.state import Memory
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query
from knowledge.questions.understand.intent_rule import IntentRule
from knowledge.questions.understand.topic_linker import TopicLink
from knowledge.questions.understand.weights import Objections


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a piece cannot be answered; `choices` are entries or unit names to offer."""

    why: Why
    detail: dict[str, Any] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    open: tuple[Entry, ...] = ()
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How one piece was understood: a query or a trouble, with what `duban explain` shows."""

    text: str
    meant: Query | Trouble
    heard: tuple[Heard, ...] = ()
    piece: Piece | None = None
    rule: IntentRule | None = None
    link: TopicLink | None = None
    of_set: bool = False
    """Whether it was read as a question for a set, by no rule."""
    evidence: Objections | None = None
    """What speaks against it, where it is a query."""
    runner_up: "Reading | None" = None
    """The reading that was next to be taken."""


@dataclass(frozen=True, slots=True)
class QuestionContext:
    """What a reading depends on besides the words."""

    library: Library
    memory: Memory
    unit: str | None
    today: date
    charge: tuple[str, ...] = ()
    """The tasks that the asker, as a leader, is in charge of."""
