"""An answer in the machine-readable shape of the contract: plain JSON values."""

from typing import Any

from handlers.reply import Reply
from handlers.texts.markup import plain
from knowledge.answer import Answer, Content, number
from knowledge.model import Target
from knowledge.standing.as_json import standings_json


def target_json(target: Target) -> dict[str, Any]:
    return {
        "task": target.task,
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


def _content_json(content: Content) -> dict[str, Any]:
    held = {key: getattr(content, key) for key in Content.__slots__}
    found = {
        key: list(value) if isinstance(value, tuple) else value for key, value in held.items() if value is not None
    }
    if content.targets is not None:
        found["targets"] = [target_json(target) for target in content.targets]
    return found


def answer_json(
    answer: Answer, reply: Reply | None, *, question: str, mixed: bool = False, ms: float | None = None
) -> dict[str, Any]:
    """One ANSWER; a part of another answer has no text of its own. `mixed`: tasks name their plan."""
    found: dict[str, Any] = {
        "question": question,
        "outcome": answer.outcome.value,
        "about": {
            "units": list(answer.about.units),
            "tasks": list(answer.about.tasks),
            "clauses": list(answer.about.clauses),
        },
        "answer": _content_json(answer.content),
        "choices": [{"label": choice.label, "question": choice.question} for choice in answer.choices],
    }
    if answer.parts:
        found["parts"] = [answer_json(part, None, question=question, mixed=mixed) for part in answer.parts]
    if answer.standings is not None:
        found["standings"] = standings_json(answer.standings, mixed=mixed)
    if reply is not None:
        found["text"] = plain(reply)
    if ms is not None:
        found["ms"] = round(ms, 3)
    return found
