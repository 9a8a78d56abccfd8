"""How likely words are each of the things that a message can be, by weights fitted on sentences that people wrote.

Multinomial logistic regression over the characters and pairs of characters of a sentence, in which what is named is
masked: so a unit, a target or a number says what kind of thing it is and not which one, and another plan's reads alike.
`python -m benchmarks.fit_orders` fits order_weights.json on tests/handlers/orders.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.language.lattice import Sense, Vocabulary

WEIGHTS = Path(__file__).parent / "order_weights.json"
"""{label: {part: weight}}; under "" stands what is so whatever is said."""
UNIT, TOPIC, NUMBER = "U", "T", "N"
"""What stands for what is named; no cleaned text has capital letters."""
_LONGEST_NAME = 16
_SHORTEST_TOPIC = 3
"""项目, 任务 and other words of two characters are topics and order words alike."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*%?|[一二三四五六七八九十百千万]{2,}")


@dataclass(frozen=True, slots=True)
class Likelihood:
    label: str
    probability: float
    """From 0 to 1; those of all labels make 1."""


def likelihoods(cleaned: str, vocabulary: Vocabulary) -> tuple[Likelihood, ...]:
    """Of each label, the likeliest first."""
    found = parts(masked(cleaned, vocabulary))
    share = 1 / math.sqrt(len(found))
    names, constants, weights = _model()
    sums = list(constants)
    for part in found:
        for label, weight in weights.get(part, ()):
            sums[label] += weight * share
    highest = max(sums)
    powers = [math.exp(one - highest) for one in sums]
    whole = sum(powers)
    return tuple(
        Likelihood(label, power / whole)
        for label, power in sorted(zip(names, powers, strict=True), key=lambda one: -one[1])
    )


def labels() -> frozenset[str]:
    return frozenset(_model()[0])


def parts(sentence: str) -> frozenset[str]:
    """The characters and the pairs of characters, with where it begins and ends; never none."""
    bounded = f"^{sentence}$"
    return frozenset((*bounded, *(bounded[at : at + 2] for at in range(len(bounded) - 1))))


def masked(cleaned: str, vocabulary: Vocabulary) -> str:
    return "".join(_masked(cleaned, vocabulary))


def _masked(cleaned: str, vocabulary: Vocabulary) -> Iterator[str]:
    at = 0
    while at < len(cleaned):
        length, mask = _name_at(cleaned, at, vocabulary)
        yield mask
        at += length


def _name_at(cleaned: str, at: int, vocabulary: Vocabulary) -> tuple[int, str]:
    """How long the longest name is that begins there, with its mask; of what is none, the character itself."""
    for length in range(min(_LONGEST_NAME, len(cleaned) - at), 1, -1):
        senses = {word.sense for word in vocabulary.lookup(cleaned[at : at + length])}
        if Sense.UNIT in senses:
            return length, UNIT
        if Sense.TOPIC in senses and length >= _SHORTEST_TOPIC:
            return length, TOPIC
    found = _NUMBER.match(cleaned, at)
    return (len(found[0]), NUMBER) if found else (1, cleaned[at])


@cache
def _model() -> tuple[tuple[str, ...], tuple[float, ...], dict[str, tuple[tuple[int, float], ...]]]:
    """The labels, what speaks for each whatever is said, and of each part for which labels it speaks how much."""
    rows = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    weights: dict[str, list[tuple[int, float]]] = {}
    for label, row in enumerate(rows.values()):
        for part, weight in row.items():
            if part:
                weights.setdefault(part, []).append((label, weight))
    constants = tuple(float(row[""]) for row in rows.values())
    return tuple(rows), constants, {part: tuple(found) for part, found in weights.items()}
