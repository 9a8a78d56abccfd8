"""What speaks against a reading, as counts, and what each weighs: weights.yaml, fitted by benchmarks/fit_weights.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

WEIGHTS = files(__package__) / "weights.yaml"


class Feature(StrEnum):
    """What speaks against a reading; each is a count of at most three."""

    ASKED_NOUN = "asked_noun"
    """Unknown words that a question word governs (罚款多少, 老板是谁)."""
    UNKNOWN = "unknown"
    """Other unknown words."""
    FORMLESS = "formless"
    """Nothing in it asks (给交通局发个通知)."""
    UNANSWERED = "unanswered"
    """Question words that ask for something else than is answered (财政局还有多少钱: its tasks)."""
    PARTLY_NAMED = "partly_named"
    """Sixths of what was said that the linked name does not hold."""
    HEARD = "heard"
    """Names that are not written to the letter."""
    THIN = "thin"
    """The name was linked by one character."""
    FRAME = "frame"
    """Only the plan itself is named."""
    LEFT_OUT = "left_out"
    """Clauses left out that only stand around the question."""
    UNUSED = "unused"
    """Clauses left out that name something of the plan."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks against a reading, and how much in all."""

    counts: Mapping[Feature, int]
    asked_noun: str = ""
    """The unknown word that is asked for."""
    unused: tuple[str, ...] = ()
    """Clauses that name something and are not used."""

    @property
    def cost(self) -> int:
        weights = _table()["weights"]
        return sum(weights[feature] * count for feature, count in self.counts.items())

    @property
    def answers(self) -> bool:
        return self.cost <= int(_table()["answered_to"])


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(WEIGHTS.read_text(encoding="utf-8"))
    return table
