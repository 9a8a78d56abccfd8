"""The words of a plan's own text, place by place: content words to read, and a filter of all its strings.

The filter holds a hash of every string of one to eight characters of each place, and no sentence: what it does not hold
stands nowhere in the text, and what it holds stands there but for one chance in millions. Words of Latin letters and
digits are whole: 5G holds no G, and 6.7亿斤 no 7亿斤.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from typing import Protocol

from knowledge.language.content_words import content_words, runs
from knowledge.plan.model import Plan

_LONGEST = 8
_PLACE_BITS = 16
_HASH_BYTES = 6


class TextKind(StrEnum):
    """What part of the document a place is."""

    DOCUMENT = "document"
    """What stands outside all others: the title, what it rests on, headings of parts."""
    SECTION = "section"
    """A section's heading."""
    TASK = "task"
    """A task's title and paragraph."""
    UNITS = "units"
    """A task's list of responsible units."""
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class TextPlace:
    kind: TextKind
    id: str = ""
    """Of the task, clause or section."""


class PlanText(Protocol):
    """What can be asked of a plan's text."""

    @property
    def whole(self) -> bool:
        """Whether it is the document's own text, so that what is not found stands nowhere."""

    def places_of(self, phrase: str) -> frozenset[TextPlace]:
        """Where all of a phrase stands, as it is written; punctuation in it may be any."""

    def words_at(self, place: TextPlace) -> Iterable[str]:
        """The content words of a place."""


@dataclass(frozen=True)
class TextIndex:
    """The index of a document; `strings` are hashes with the number of their place in the lowest bits, in order."""

    places: tuple[TextPlace, ...]
    words: tuple[tuple[str, ...], ...]
    """Of each place, in the order of their characters."""
    strings: "array[int]"

    @property
    def whole(self) -> bool:
        return True

    def places_of(self, phrase: str) -> frozenset[TextPlace]:
        windows = [window for run in runs(phrase) for window in _windows(run)]
        held: set[int] = set(range(len(self.places))) if windows else set()
        for window in windows:
            held &= self._numbers(window)
            if not held:
                break
        return frozenset(self.places[number] for number in held)

    def _numbers(self, string: str) -> set[int]:
        first = _hash(string) << _PLACE_BITS
        start = bisect_left(self.strings, first)
        end = bisect_left(self.strings, first + (1 << _PLACE_BITS), start)
        return {entry - first for entry in self.strings[start:end]}

    def words_at(self, place: TextPlace) -> Iterable[str]:
        return self.words[self.places.index(place)] if place in self.places else ()


@dataclass(frozen=True)
class RegisterText:
    """What a register holds of a plan whose document is not indexed: names and phrases, but not all of its words."""

    plan: Plan

    @property
    def whole(self) -> bool:
        return False

    def places_of(self, phrase: str) -> frozenset[TextPlace]:
        wanted = tuple(runs(phrase))
        return frozenset(
            place
            for place, text in self._runs.items()
            if wanted and all(any(_stands_in(w, run) for run in text) for w in wanted)
        )

    def words_at(self, place: TextPlace) -> Iterable[str]:
        return sorted({word for run in self._runs.get(place, ()) for word in content_words(run)})

    @cached_property
    def _runs(self) -> dict[TextPlace, tuple[str, ...]]:
        return {place: tuple(run for text in texts for run in runs(text)) for place, texts in _written(self.plan)}


def _written(plan: Plan) -> Iterator[tuple[TextPlace, list[str]]]:
    yield TextPlace(TextKind.DOCUMENT), [plan.title, *(fact.says for fact in plan.facts)]
    for section in plan.sections:
        yield TextPlace(TextKind.SECTION, str(section.no)), [section.title]
    for task in plan.tasks:
        own = [task.title, *(t.name for t in task.targets), *(a.phrase for a in task.actions)]
        yield TextPlace(TextKind.TASK, task.id), [*own, *(named.name for named in task.named)]
        yield TextPlace(TextKind.UNITS, task.id), list(task.units)
    for clause in plan.clauses:
        yield TextPlace(TextKind.CLAUSE, clause.id), [clause.title, *(f.says for f in clause.facts)]


def build_index(parts: Iterable[tuple[TextPlace, str]]) -> TextIndex:
    """The index of a document that was cut into parts, in its order; a place may come in several of them.

    What stands at the edge of two parts belongs to the document as well, so that no string that holds it is lost.
    """
    texts: dict[TextPlace, list[str]] = {_DOCUMENT: []}
    edges: list[str] = []
    before = ""
    for place, text in parts:
        texts.setdefault(place, []).append(text)
        edges.append(before[1 - _LONGEST :] + text[: _LONGEST - 1])
        before = text
    words = tuple(tuple(sorted(frozenset().union(*map(content_words, held)))) for held in texts.values())
    strings: set[int] = set()
    for number, (place, held) in enumerate(texts.items()):
        found = {string for text in (*held, *(edges if place == _DOCUMENT else ())) for string in _strings(text)}
        strings.update(_hash(string) << _PLACE_BITS | number for string in found)
    return TextIndex(tuple(texts), words, array("Q", sorted(strings)))


_DOCUMENT = TextPlace(TextKind.DOCUMENT)


def _strings(text: str) -> Iterator[str]:
    """A longest string may begin or end inside a word: it is a part of a longer one that is looked for."""
    for run in runs(text):
        inside = {at for word in _WORD.finditer(run) for at in range(word.start() + 1, word.end())}
        for start in range(len(run)):
            for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
                if end - start == _LONGEST or not (start in inside or end in inside):
                    yield run[start:end]


_WORD = re.compile(r"[a-z\d.]+", re.ASCII)


def _stands_in(string: str, run: str) -> bool:
    """Whether a string stands in a run, and cuts no word."""
    before = r"(?<![a-z\d.])" if _WORD.match(string[0]) else ""
    after = r"(?![a-z\d.])" if _WORD.match(string[-1]) else ""
    return string in run and re.search(f"{before}{re.escape(string)}{after}", run, re.ASCII) is not None


def _windows(run: str) -> Iterator[str]:
    """A run itself, or all of its longest strings."""
    for start in range(max(1, len(run) - _LONGEST + 1)):
        yield run[start : start + _LONGEST]


def _hash(string: str) -> int:
    return int.from_bytes(blake2b(string.encode(), digest_size=_HASH_BYTES).digest())
