"""The answer to one question as a value, in the contract's shape; sentences are made elsewhere."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from knowledge.entities.choice import Choice
from knowledge.plan.model import Target, Task
from knowledge.questions.query import Query, UnitRole
from knowledge.standing.values import Standing


class Outcome(StrEnum):
    ANSWERED = "answered"
    CLARIFY = "clarify"
    DECLINED = "declined"


class Why(StrEnum):
    """Why a question is declined or asked back, or what an answer must own up to."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NO_SUCH_UNIT = "no_such_unit"
    OTHER_PLACE = "other_place"
    NO_SUCH_TASK = "no_such_task"
    BEYOND_LIST = "beyond_list"
    NOT_IN_PLAN = "not_in_plan"
    NOT_IN_TASKS = "not_in_tasks"
    """Stands in the document, but in no task and no clause."""
    ONLY_MENTIONED = "only_mentioned"
    """A word of the text that names nothing of which it could be asked."""
    NOT_STATED = "not_stated"
    """Asks of what the plan names for something that no plan states: what it means, who that is in person."""
    NO_SUCH_FIGURE = "no_such_figure"
    UNKNOWN_NOUN = "unknown_noun"
    """What is asked for was not understood, whatever was named beside it."""
    NOT_OF_YEAR = "not_of_year"
    UNREAD = "unread"
    NOTHING_BEFORE = "nothing_before"
    NO_OWN_UNIT = "no_own_unit"
    REPORT = "report"
    ORDER = "order"
    """Wants the plan changed."""
    OPINION = "opinion"
    """Asks the bot what it thinks, or of itself."""
    WHICH_UNIT = "which_unit"
    WHICH_TOPIC = "which_topic"
    WHICH_PLAN = "which_plan"
    WHAT_ABOUT = "what_about"
    UNUSED = "unused"
    """A name, number or operator of the question is not in what was understood, which is only offered."""
    NONE_MEANT = "none_meant"
    """None of what was offered or answered is what was asked for."""
    NO_PROGRESS = "no_progress"
    NO_SUCH_DAY = "no_such_day"
    REMINDER = "reminder"
    """Asks to be reminded: no question, and nothing that the command line can do."""


@dataclass(frozen=True, slots=True)
class About:
    units: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """Only what the question asks for; None is a key that was not asked for."""

    tasks: tuple[str, ...] | None = None
    units: tuple[str, ...] | None = None
    targets: tuple[Target, ...] | None = None
    clauses: tuple[str, ...] | None = None
    count: int | None = None
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A task in the answer with the part that `unit` has in it."""

    task: Task
    role: UnitRole


@dataclass(frozen=True, slots=True)
class Heard:
    """A name that was not said literally: `said` was read as `meant`."""

    said: str
    meant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    question: str
    outcome: Outcome
    query: Query | None = None
    about: About = About()
    content: Content = Content()
    choices: tuple[Choice, ...] = ()
    parts: tuple["Answer", ...] = ()
    heard: tuple[Heard, ...] = ()
    unused: tuple[str, ...] = ()
    """Parts of the message that may say something of what is asked, and were not used."""
    why: Why | None = None
    standings: tuple[Standing, ...] | None = None
    """Where what is answered stands; None where the asker may not see it, or nothing is recorded anywhere."""
    detail: dict[str, Any] = field(default_factory=dict)
    """What the sentences need besides: see handlers/texts."""


def number(value: Decimal) -> int | float:
    """A Decimal as JSON writes it best."""
    return int(value) if value == value.to_integral_value() else float(value)
