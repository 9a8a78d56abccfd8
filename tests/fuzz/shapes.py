"""The shapes of the contract, as values that refuse whatever else a door might say."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False)


Words = Annotated[str, Field(min_length=1)]
Number = int | FiniteFloat


class Choice(_Shape):
    label: Words
    question: Words


class About(_Shape):
    units: list[Words]
    tasks: list[Words]
    clauses: list[Words]


class Target(_Shape):
    task: Words
    name: Words
    value: Number
    unit: str | None
    bound: Literal["at_least", "at_most", "about", "exactly"]
    period: Literal["by_end", "yearly", "yearly_average", "maintain"]
    deadline: date | None
    relative_to: str | None
    place: Words
    quote: str | None


class Content(_Shape):
    tasks: list[Words] | None = None
    units: list[Words] | None = None
    targets: list[Target] | None = None
    clauses: list[Words] | None = None
    count: int | None = None
    holds: bool | None = None


class Answer(_Shape):
    question: str
    outcome: Literal["answered", "clarify", "declined"]
    about: About
    answer: Content
    choices: list[Choice]
    parts: list["Answer"] = []
    text: Words
    ms: Number


class Conversation(_Shape):
    id: Any
    answers: list[Answer]


class Subject(_Shape):
    kind: Literal["task", "target", "project", "action"]
    name: Words


class Update(_Shape):
    task: str | None
    subject: Subject
    target: str | None
    kind: Literal["reading", "increment", "percent", "state", "no_change", "note", "problem"]
    value: Number | None
    unit: str | None
    state: Literal["not_started", "in_progress", "done", "blocked"] | None
    as_of: date | None
    approx: bool
    said: str
    note: str | None


class Suggestion(_Shape):
    label: Words
    message: Words


class Understood(_Shape):
    id: Any
    outcome: Literal["understood", "clarify", "not_update"]
    updates: list[Update]
    choices: list[Suggestion]
    text: Words


def wrong_in_answer(answer: Answer) -> str | None:
    """What the contract rules out although the shape is right."""
    if not answer.question.strip() and answer.outcome != "declined":
        return "an empty turn is not declined"
    if answer.parts:  # the choices of them all
        return next(filter(None, map(wrong_in_answer, answer.parts)), None)
    if answer.outcome == "declined" and len(answer.choices) > 3:
        return "declined with more than three choices"
    if answer.outcome == "answered" and answer.choices:
        return "answered with choices"
    if answer.outcome == "declined" and answer.answer.model_dump(exclude_none=True):
        return "declined with an answer"
    return None


def wrong_in_update(found: Understood) -> str | None:
    if (found.outcome == "understood") != bool(found.updates) and found.outcome != "clarify":
        return f"{found.outcome} with {len(found.updates)} updates"
    for update in found.updates:
        if update.kind in {"reading", "increment", "percent"} and update.value is None:
            return f"a {update.kind} without a value"
        if update.kind == "state" and update.state is None:
            return "a state without a state"
    return None
