"""Which of a task's units is evidently meant to answer for a target: by what bodies are in charge of everywhere.

A suggestion only. Nobody is suggested where the words tell of two bodies or of none, and never a unit that the plan
does not list for the task.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.entities.library import Library
from knowledge.entities.unit_forms import branch_of
from knowledge.entities.unit_names import short_forms
from knowledge.language.lexicon import BodyDuty, bodies_called, duties
from knowledge.language.normalize import clean
from knowledge.plan.key import TaskKey
from knowledge.plan.model import Target


@dataclass(frozen=True, slots=True)
class OwnerSuggestion:
    """Whom a target's own words, or its task's title, mean; `first` is the unit that the plan lists first."""

    first: str | None
    """None: the plan lists no unit."""
    unit: str | None = None
    words: tuple[str, ...] = ()
    """What tells it."""
    of_title: bool = False
    """Only the title of the task tells it."""
    unlisted: str | None = None
    """The unit whose duty it is, but which the plan does not list for the task; then there is no `unit`."""


def suggest_owner(target: Target, plan: str, library: Library) -> OwnerSuggestion:
    task = library.tasks.get(TaskKey(plan, target.task))
    if task is None or not task.units:
        return OwnerSuggestion(first=None)
    first = task.units[0]
    for of_title, text in enumerate((target.name, task.title)):
        found, duty = _duty_in(text)
        words = tuple(_as_written(word, text) for word in found)
        if not words:
            continue
        listed = _in_charge(duty, task.units, plan, library) if duty else ()
        if len(listed) == 1:
            return OwnerSuggestion(first, listed[0], words, of_title=bool(of_title))
        if of_title or not duty or listed:
            return OwnerSuggestion(first)
        elsewhere = _in_charge(duty, _units_of(plan, library), plan, library)
        return OwnerSuggestion(first, words=words, unlisted=elsewhere[0] if len(elsewhere) == 1 else None)
    return OwnerSuggestion(first)


def _duty_in(text: str) -> tuple[tuple[str, ...], BodyDuty | None]:
    """The words of duties, the longest where one holds another; and whose they all are, where it is one body."""
    cleaned = clean(text)
    held = [word for word in duties() if word in cleaned]
    found = [(one.start(), one.end(), word) for word in held for one in re.finditer(re.escape(word), cleaned)]
    longest = [
        one for one in found if not any(a <= one[0] and one[1] <= b and b - a > len(one[2]) for a, b, _ in found)
    ]
    words = tuple(dict.fromkeys(word for _, _, word in sorted(longest)))
    whose = {duty for word in words for duty in duties()[word]}
    return words, whose.pop() if len(whose) == 1 else None


def _as_written(word: str, text: str) -> str:
    at = text.lower().find(word)
    return text[at : at + len(word)] if at >= 0 else word


def _in_charge(duty: BodyDuty, units: tuple[str, ...], plan: str, library: Library) -> tuple[str, ...]:
    home = clean(library.gazetteer_of(plan).home)
    own = (unit for unit in dict.fromkeys(units) if unit not in library.collectives)
    return tuple(unit for unit in own if not duty.bodies.isdisjoint(_called(unit, home)))


@lru_cache(maxsize=1024)
def _called(unit: str, home: str) -> frozenset[str]:
    """The unit's names without its place, and those of the bodies that were joined to make it."""
    branch = branch_of(unit)
    bare = branch["bureau"] if branch else [*short_forms(clean(unit), home)][-1]
    joined = bodies_called().get(bare, ())
    return frozenset({bare}).union(*((*body.names, *body.also, *body.former) for body in joined))


def _units_of(plan: str, library: Library) -> tuple[str, ...]:
    tasks = (task for key, task in library.tasks.items() if key.plan == plan)
    return tuple(dict.fromkeys(unit for task in tasks for unit in task.units))
