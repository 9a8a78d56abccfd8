"""Which task or clause everyday words come nearest to, where they name none: BM25 over characters and pairs of them.

A place is ranked by its names and by the content words of its text. How it was chosen, and against what:
docs/decisions/0011-everyday-words-are-ranked.md.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.plan.key import TaskKey

_SATURATION = 1.2
_BY_LENGTH = 0.6
_ALONE = 0.5
"""What a single character tells, of what a pair as rare does."""
_EVERYDAY = 0.3
"""What everyday words for a term count, of what the place's own words do,"""
_LENT = 0.5
"""and what only they hold as evidence: 路灯 alone is not 绿化亮化, though with 晚上黑 it is."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A task or clause as near to what was said as any behind it."""

    owner: TaskKey
    score: float
    explained: float
    """The share of what was said that the place knows (0-1), each part of it by its rarity."""
    pairs: float
    """How many pairs of neighbouring characters it knows; of everyday words for its terms each counts half."""
    knows_last: bool
    """Whether it knows the last pair, where the noun stands that is asked about."""


class PlaceRanking:
    """The tasks and clauses of a plan by their words; immutable once built."""

    def __init__(self, places: Mapping[TaskKey, Iterable[str]], everyday: Mapping[TaskKey, Iterable[str]]) -> None:
        """`places` by their own words, `everyday` by how people speak of what stands there."""
        self._places = tuple(places)
        self._numbers = {place: number for number, place in enumerate(self._places)}
        own = [Counter(parts(words)) for words in places.values()]
        lengths = [sum(found.values()) for found in own]
        mean = sum(lengths) / max(1, len(lengths)) or 1.0
        lent = [Counter(parts(everyday.get(place, ()))) for place in places]
        held: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(own):
            for part in found:
                held[part].append(number)
        self._own = {part: len(where) for part, where in held.items()}
        """In how many places a part is one of their own words; those stand first in `_in`."""
        for number, found in enumerate(lent):
            for part in found.keys() - own[number].keys():
                held[part].append(number)
        self._in: dict[str, bytes | array[int]] = {part: array("H", where) for part, where in held.items()}
        self._worth: dict[str, array[float]] = {}
        for part, where in held.items():
            rarity = self._rarity(len(where))
            dampers = (_SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * lengths[number] / mean) for number in where)
            said = [own[number][part] + _EVERYDAY * lent[number][part] for number in where]
            self._worth[part] = array(
                "f", (rarity * n * (_SATURATION + 1) / (n + damper) for n, damper in zip(said, dampers, strict=True))
            )

    def _rarity(self, places: int) -> float:
        return math.log(1 + (len(self._places) - places + 0.5) / (places + 0.5))

    def weight(self, part: str) -> float:
        """How much a character or a pair tells; what the plan does not know tells most."""
        return _of_its_length(part) * self._rarity(len(self._in.get(part, ())))

    def nearest(self, runs: Sequence[str]) -> tuple[Ranked, ...]:
        """The places that know anything of `runs` (runs of content characters), nearest first."""
        said = tuple(dict.fromkeys(parts(runs)))
        whole = sum(map(self.weight, said)) or 1.0
        last = runs[-1][-2:] if runs else ""
        scores: dict[int, float] = defaultdict(float)
        known: dict[int, list[str]] = defaultdict(list)
        pairs: dict[int, float] = defaultdict(float)
        for part in said:
            own = self._own.get(part, 0)
            for at, (number, worth) in enumerate(zip(self._in.get(part, ()), self._worth.get(part, ()), strict=True)):
                scores[number] += _of_its_length(part) * worth
                known[number].append(part)
                pairs[number] += (len(part) > 1) * (1.0 if at < own else _LENT)
        found = (
            Ranked(
                owner=self._places[number],
                score=score,
                explained=sum(map(self.weight, known[number])) / whole,
                pairs=pairs[number],
                knows_last=len(last) > 1 and last in known[number],
            )
            for number, score in sorted(scores.items())
        )
        return tuple(sorted(found, key=lambda one: -one.score))

    def knows(self, owner: TaskKey, word: str) -> bool:
        """Whether a place knows at least half of a word's pairs."""
        number = self._numbers.get(owner)
        asked = [word[at : at + 2] for at in range(len(word) - 1)]
        return 2 * sum(number in self._in.get(part, ()) for part in asked) >= len(asked)

    def share(self, runs: Sequence[str], names: Collection[str], everyday: Collection[str] = ()) -> float:
        """How much of what was said some names hold, or everyday words for them (0-1), each part by its rarity."""
        said = tuple(dict.fromkeys(parts(runs)))
        own = {part for part in said if any(part in name for name in names)}
        lent = {part for part in said if part not in own and any(part in word for word in everyday)}
        held = sum(map(self.weight, own)) + _EVERYDAY * sum(map(self.weight, lent))
        return held / (sum(map(self.weight, said)) or 1.0)


def _of_its_length(part: str) -> float:
    return _ALONE if len(part) == 1 else 1.0


def parts(runs: Iterable[str]) -> Iterator[str]:
    """The characters of each run, and its pairs of neighbours."""
    for run in runs:
        yield from run
        for at in range(len(run) - 1):
            yield run[at : at + 2]
