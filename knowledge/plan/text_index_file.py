"""An index of a plan's words as two files: content words in YAML, for people too, and the bytes of the filter."""

import sys
from array import array
from dataclasses import dataclass

import yaml

from knowledge.plan.model import Plan
from knowledge.plan.problems import Code, Problem
from knowledge.plan.text_index import TextIndex, TextKind, TextPlace
from knowledge.plan.yaml_file import Sheet

_HEADING = """\
# The content words of the document, place by place, as `duban index` made them; the filter of all its strings stands
# beside, and numbers the places in this order. Do not edit: after a change of the document or of the ids, make it anew.
"""
_WORD = 8  # bytes of a number in the filter


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlaceWords:
    kind: TextKind
    id: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    places: tuple[_PlaceWords, ...]


def dump_index(index: TextIndex) -> tuple[str, bytes]:
    """The two files' contents."""
    places = [
        {"kind": place.kind.value, **({"id": place.id} if place.id else {}), "words": list(words)}
        for place, words in zip(index.places, index.words, strict=True)
    ]
    written = yaml.safe_dump(
        {"places": places}, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None
    )
    return _HEADING + written, _in_file_order(index.strings).tobytes()


def read_index(
    text: str, strings: bytes, *, file: str, plan: Plan | None
) -> tuple[TextIndex | None, tuple[Problem, ...]]:
    """Read an index; None where anything is wrong. With the plan, every place must be in that plan."""
    sheet = Sheet(text, file=file)
    held = sheet.shaped(_Words) if sheet.root else None
    if held is None:
        return None, sheet.in_order()
    known = _places_of(plan) if plan else set()
    places = tuple(TextPlace(one.kind, one.id or "") for one in held.places)
    for number, place in enumerate(places):
        if plan and place not in known:
            sheet.complain(Code.UNKNOWN_NAME, ("places", number), place.id or place.kind)
    numbers = array("Q", strings) if not len(strings) % _WORD else None
    if numbers is None or max((n & 0xFFFF for n in _in_file_order(numbers)), default=0) >= len(places):
        sheet.complain(Code.NOT_TOGETHER)
    if sheet.problems or numbers is None:
        return None, sheet.in_order()
    return TextIndex(places, tuple(one.words for one in held.places), _in_file_order(numbers)), ()


def _in_file_order(numbers: "array[int]") -> "array[int]":
    """Bytes stand in the file with the lowest first, whatever the machine's order."""
    if sys.byteorder == "big":
        numbers = array("Q", numbers)
        numbers.byteswap()
    return numbers


def _places_of(plan: Plan) -> set[TextPlace]:
    return {
        TextPlace(TextKind.DOCUMENT),
        *(TextPlace(TextKind.SECTION, str(section.no)) for section in plan.sections),
        *(TextPlace(kind, task.id) for task in plan.tasks for kind in (TextKind.TASK, TextKind.UNITS)),
        *(TextPlace(TextKind.CLAUSE, clause.id) for clause in plan.clauses),
    }
