"""Which unit, town or section a person means, where nothing but its name was asked for."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process

from handlers.services.question_service import QuestionService
from knowledge.entities.unit_names import body_words
from knowledge.language.lattice import Sense, best_cover, cells_of
from knowledge.language.normalize import clean
from knowledge.language.quantities.numerals import read_number
from knowledge.plan.model import Named, NamedKind

_NEAR = 50.0
_SECTION = re.compile(r"第?([一二三四五六七八九十\d]{1,3})(?:个?(?:大)?(?:部分|板块|方面))?")


@dataclass(frozen=True, slots=True)
class UnitMention:
    """Where in a text a unit is named; of a name that several share, all of them."""

    start: int
    end: int
    units: tuple[str, ...]


def units_of_plan(question_service: QuestionService, plan: str) -> tuple[str, ...]:
    """Every unit that people can belong to: the plan's own, without its collectives, and the towns."""
    library = question_service.library
    units = [
        unit for unit in library.units if unit not in library.collectives and _in_plan(question_service, plan, unit)
    ]
    towns = [town.name for town in library.gazetteer_of(plan).towns]
    return tuple(dict.fromkeys((*units, *towns)))


def find_units(question_service: QuestionService, plan: str, said: str) -> tuple[str, ...]:
    """The units that the words mean exactly, by any of their names; () where there is none."""
    known = set(units_of_plan(question_service, plan))
    return tuple(unit for unit in _names(question_service, plan).get(clean(said), ()) if unit in known)


def units_named(question_service: QuestionService, plan: str, cleaned: str) -> tuple[UnitMention, ...]:
    """Every mention of a unit in cleaned text, in order, by any of its names; no other name may hold it."""
    vocabulary = question_service.library.alone[plan].vocabulary
    cells = cells_of(cleaned, pinyin={})
    known = set(units_of_plan(question_service, plan))
    return tuple(
        UnitMention(cells[match.start].start, cells[match.end - 1].start + 1, units)
        for match in best_cover(cells, vocabulary.matches(cells, slips=False))
        if (units := tuple(word.key for word in match.words if word.sense is Sense.UNIT and word.key in known))
    )


def near_units(question_service: QuestionService, plan: str, said: str) -> tuple[str, ...]:
    """Up to three units with a name like it, best first."""
    names = _names(question_service, plan)
    hits = process.extract(clean(said), list(names), limit=8, score_cutoff=_NEAR)
    known = set(units_of_plan(question_service, plan))
    found = (unit for name, _, _ in hits for unit in names[name] if unit in known)
    return tuple(dict.fromkeys(found))[:3]


def find_project(question_service: QuestionService, plan: str, said: str) -> str | None:
    """The project of the plan that the words mean, by any of its names."""
    name = clean(said)
    return next(
        (one.name for one in _projects(question_service, plan) if name in map(clean, (one.name, *one.names))), None
    )


def near_projects(question_service: QuestionService, plan: str, said: str) -> tuple[str, ...]:
    """Up to three projects with a name like it, best first."""
    names = [one.name for one in _projects(question_service, plan)]
    hits = process.extract(clean(said), names, limit=3, score_cutoff=_NEAR)
    return tuple(name for name, _, _ in hits)


def _projects(question_service: QuestionService, plan: str) -> tuple[Named, ...]:
    (own,) = (one for one in question_service.library.plans if one.name == plan)
    return tuple(named for task in own.tasks for named in task.named if named.kind is NamedKind.PROJECT)


def find_section(question_service: QuestionService, plan: str, said: str) -> int | None:
    """The section that is named by its number or its title: 五, 第五部分, 乡村振兴."""
    name = clean(said)
    if number := _SECTION.fullmatch(name):
        no = int(read_number(number[1]) or 0)
        return no if (plan, no) in question_service.library.sections else None
    sections = (one for (own, _), one in question_service.library.sections.items() if own == plan)
    return next((one.no for one in sections if name in {clean(word) for word in (one.title, *one.names)}), None)


def _in_plan(question_service: QuestionService, plan: str, unit: str) -> bool:
    return any(key.plan == plan for key in question_service.library.tasks_of.get(unit, ()))


@lru_cache(maxsize=8)
def _names(question_service: QuestionService, plan: str) -> dict[str, tuple[str, ...]]:
    """Every way to say a unit of the plan → the units it means."""
    held: dict[str, dict[str, None]] = {}
    shelf = next(shelf for shelf in question_service.library.shelves if shelf[0].name == plan)
    for word in body_words(*shelf):
        if word.sense is Sense.UNIT:
            held.setdefault(word.text, {})[word.key] = None
    return {text: tuple(units) for text, units in held.items()}
