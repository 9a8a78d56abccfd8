"""An answer in the machine-readable shape of the contract: plain JSON values."""

from typing import Any

from handlers.questions.texts import render
from handlers.services.question_service import AnsweredQuestion
from handlers.texts.marks import plain
from handlers.texts.reply import Reply
from knowledge.entities.library import Library
from knowledge.plan.model import Target
from knowledge.questions.answer import Answer, Content, number
from knowledge.questions.standings_json import standings_json


def target_json(target: Target, *, plan: str | None = None) -> dict[str, Any]:
    """`plan` is written before the task where plans are mixed."""
    return {
        "task": f"{plan}/{target.task}" if plan else target.task,
        "name": target.name,
        "value": number(target.value),
        "unit": target.unit,
        "bound": target.bound.value,
        "period": target.period.value,
        "deadline": target.deadline.isoformat() if target.deadline else None,
        "relative_to": target.relative_to,
        "place": target.place,
        "quote": target.quote,
    }


def _content_json(answer: Answer, plan: str | None) -> dict[str, Any]:
    content = answer.content
    held = {key: getattr(content, key) for key in Content.__slots__}
    found = {
        key: list(value) if isinstance(value, tuple) else value for key, value in held.items() if value is not None
    }
    if content.targets is not None:
        found["targets"] = [target_json(target, plan=plan) for target in content.targets]
    return found


def answer_json(
    answered: AnsweredQuestion, reply: Reply, library: Library, *, question: str, ms: float
) -> dict[str, Any]:
    """What one turn was answered with; `library` holds every loaded plan."""
    return _answer_json(answered.answer, reply, library, question, round(ms, 3))


def _answer_json(answer: Answer, reply: Reply, library: Library, question: str, ms: float) -> dict[str, Any]:
    """A part of an answer has every field of its own; only the time is the turn's."""
    plan = _plan_of(answer) if library.mixed else None
    found: dict[str, Any] = {
        "question": question,
        "outcome": answer.outcome.value,
        "about": {
            "units": list(answer.about.units),
            "tasks": list(answer.about.tasks),
            "clauses": list(answer.about.clauses),
        },
        "answer": _content_json(answer, plan),
        "choices": [{"label": choice.label, "question": choice.message} for choice in answer.choices],
    }
    if answer.parts:
        own = library.alone[plan] if plan else library
        found["parts"] = [_answer_json(part, render(part, own), library, question, ms) for part in answer.parts]
    if answer.standings is not None:
        found["standings"] = standings_json(answer.standings, mixed=library.mixed)
    return {**found, "text": plain(reply), "ms": ms}


def _plan_of(answer: Answer) -> str | None:
    """The plan that a message was put to; one for all of its parts."""
    queries = (part.query for part in (answer, *answer.parts))
    return next((query.plan for query in queries if query is not None and query.plan), None)
