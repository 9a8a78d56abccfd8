"""What speaks against a reading, as counts, and what each weighs: weights.yaml, fitted by benchmarks/fit_weights.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any

import yaml

FILE = files(__package__) / "weights.yaml"


class Feature(StrEnum):
    """What speaks against a reading; each is a count of at most three."""

    ASKED_NOUN = "asked_noun"
    """Words that a question word governs, and what is answered of does not know (罚款多少, 老板是谁),"""
    ASKED_NEAR = "asked_near"
    """and such as it does know, though what it is called does not (招商引资奖励多少)."""
    UNKNOWN = "unknown"
    """Other words that the reading does not hold, and what it answers of does not know."""
    BESIDE = "beside"
    """Words that the reading does not hold, but that stand with what it answers of."""
    UNANSWERED = "unanswered"
    """Question words that ask for something else than is answered (财政局还有多少钱: its tasks)."""
    PARTLY_NAMED = "partly_named"
    """Sixths of what was said that the linked name does not hold."""
    HEARD = "heard"
    """Names that are not written to the letter."""
    UNUSED = "unused"
    """Clauses left out that may say something of what is asked."""


@dataclass(frozen=True, slots=True)
class Objections:
    """What speaks against a reading, and how much in all."""

    counts: Mapping[Feature, int]
    asked_noun: str = ""
    """The unknown word that is asked for."""
    unused: tuple[str, ...] = ()
    """Clauses that may say something of what is asked, and are not used."""

    @property
    def cost(self) -> int:
        return sum(WEIGHTS[feature] * count for feature, count in self.counts.items())

    def unread(self, unknown: int) -> bool:
        """Whether what is asked for is not read, or a clause, or more than so many words beside it."""
        asked = {Feature.ASKED_NOUN, Feature.UNANSWERED} & self.counts.keys()
        return bool(asked or self.unused) or self.counts.get(Feature.UNKNOWN, 0) > unknown

    @property
    def answers(self) -> bool:
        return self.cost <= ANSWERED_TO


def _table() -> tuple[int, dict[Feature, int]]:
    table: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return int(table["answered_to"]), {Feature(name): int(weight) for name, weight in table["weights"].items()}


ANSWERED_TO, WEIGHTS = _table()
"""The most that may speak against a reading which is answered, and what each sign weighs."""
