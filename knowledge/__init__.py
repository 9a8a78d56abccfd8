"""What the plan says and what a message means: pure values, no database, network, clock or Telegram.

Here are the names that a newcomer begins with:

    library = Library(find_plans())
    (reading,) = read("5G基站由谁负责", QuestionContext(library, Memory(), unit=None, today=date(2023, 3, 1)))
    answer = answer_query(reading.meant, library, question=reading.text, today=date(2023, 3, 1))
    understood = UpdateReader(library).read("5G基站建成620个", today=date(2023, 3, 1))

A module is imported when one of its names is asked for, so that nobody waits for what they do not need. The program
itself imports from the modules.
"""

from importlib import import_module
from typing import Any

_MODULES = {
    "EntryKey": "plan.key",
    "Library": "entities.library",
    "Memory": "questions.dialogue.state",
    "Plan": "plan.model",
    "Query": "questions.query",
    "QuestionContext": "questions.context",
    "Standing": "standing.values",
    "Target": "plan.model",
    "Task": "plan.model",
    "UpdateReader": "reports.reader",
    "answer_query": "questions.answering.plan_answers",
    "find_plans": "plan.shipped",
    "read": "questions.understand.pipeline",
    "standing_of": "standing.compute",
}

__all__ = tuple(_MODULES)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
