"""A name that the office wants to add: what it is for, and what speaks against it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.entities.library import Library
from knowledge.entities.topic_index import Entry
from knowledge.language.lattice import Sense
from knowledge.language.normalize import clean
from knowledge.plan.gazetteer import Alias
from knowledge.plan.key import WORK, EntryKind, TaskKey
from knowledge.questions.parse.parser import take_apart

_SHAPE = re.compile(r"(?=.*[\u3400-\u9fffa-z].*[\u3400-\u9fffa-z])[\u3400-\u9fffa-z0-9]{2,20}")
_NUMBERED = re.compile(r"(?P<id>[0-9]+(?:\.[0-9]+)*)(?:\s+(?P<name>.+))?")
_NAMEABLE = WORK | {EntryKind.CLAUSE}


class Against(StrEnum):
    SHAPE = "shape"
    """Too short, too long, or not made of characters."""
    KNOWN = "known"
    """It is understood already."""
    OTHER_UNIT = "other_unit"
    SEVERAL = "several"
    """A name of several meanings, which is asked back."""
    OUTSIDER = "outsider"
    PLACE = "place"
    COMMON = "common"
    """A word that questions are made of."""
    IN_PLAN = "in_plan"
    """The plan itself uses the words, for something else."""


@dataclass(frozen=True, slots=True)
class Objection:
    against: Against
    what: str = ""
    """What the words mean already."""


def objection(alias: Alias, library: Library, plan: str) -> Objection | None:
    """Why the alias would take away what is understood now, or None."""
    said = clean(alias.said)
    if not _SHAPE.fullmatch(said):
        return Objection(Against.SHAPE)
    return _taken(alias, said, library) or _of_plan(alias, said, library, plan) or _read_otherwise(alias, said, library)


_WORDS = {
    Sense.ASK_BACK: Against.SEVERAL,
    Sense.OUTSIDER: Against.OUTSIDER,
    Sense.ELSEWHERE: Against.PLACE,
    Sense.HOME: Against.PLACE,
    Sense.CUE: Against.COMMON,
    Sense.FILLER: Against.COMMON,
    Sense.SAYING: Against.KNOWN,
}


def _taken(alias: Alias, said: str, library: Library) -> Objection | None:
    """Whether the very words are known."""
    words = library.vocabulary.lookup(said)
    for word in words:
        if word.sense is Sense.UNIT:
            own = not alias.owner and word.key == alias.name
            return Objection(Against.KNOWN if own else Against.OTHER_UNIT, word.key)
    return next((Objection(_WORDS[word.sense], word.key) for word in words if word.sense in _WORDS), None)


def _of_plan(alias: Alias, said: str, library: Library, plan: str) -> Objection | None:
    """Whether the words stand in some name of the plan that is not the alias's own."""
    for entry in library.index.entries:
        own = entry.owner == (plan, alias.owner) and bool(alias.owner)
        if own and entry.name == alias.name and said in entry.surfaces:
            return Objection(Against.KNOWN, entry.name)
        if not own and any(said in surface for surface in entry.surfaces):
            return Objection(Against.IN_PLAN, f"{entry.owner.id} {entry.name}".strip())
    return None


def _read_otherwise(alias: Alias, said: str, library: Library) -> Objection | None:
    """Whether the words, read as a question is read, are another's name by their sound, or nothing at all."""
    piece = take_apart(said, library)
    if piece.foreign or piece.places:
        return Objection(Against.PLACE, (piece.foreign or piece.places)[0])
    if piece.topic or piece.strangers:
        return None
    if not piece.mentions:
        return Objection(Against.COMMON)
    unit = piece.mentions[0].units[0]
    return None if unit == alias.name else Objection(Against.OTHER_UNIT, unit)


def find_entries(said: str, library: Library, plan: str) -> tuple[Entry, ...]:
    """The entries of the plan that are called so (5.2, 5G基站 or 5.2 5G基站), one of each task or clause."""
    numbered = _NUMBERED.fullmatch(said.strip())
    owner, name = (numbered["id"], clean(numbered["name"] or "")) if numbered else ("", clean(said))
    found: dict[TaskKey, Entry] = {}
    for entry in library.index.entries:
        if entry.owner.plan != plan or entry.kind not in _NAMEABLE or (owner and entry.owner.id != owner):
            continue
        if name in entry.surfaces or (not name and entry.kind is EntryKind.TASK):
            found.setdefault(entry.owner, entry)
    return tuple(found.values())
