"""How long calls take, in the processor's time: what a free core would take, whoever else is at work on the machine."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

import jieba
from rank_bm25 import BM25Okapi
from rapidfuzz import fuzz, process
from typing_extensions import override

from knowledge.entities.library import Library


@dataclass(frozen=True)
class Times:
    """Milliseconds of each call, in order."""

    each: tuple[float, ...]

    @cached_property
    def median(self) -> float:
        return median(self.each)

    @cached_property
    def p99(self) -> float:
        return sorted(self.each)[int(len(self.each) * 0.99)]

    @override
    def __str__(self) -> str:
        return f"median {self.median:9.3f} ms   99th percentile {self.p99:9.3f} ms"


def timed(call: Callable[[str], object], inputs: Iterable[str]) -> Times:
    took = []
    for one in inputs:
        began = time.thread_time_ns()
        call(one)
        took.append((time.thread_time_ns() - began) / 1e6)
    return Times(tuple(took))


def wall(call: Callable[[str], object], inputs: Iterable[str]) -> Times:
    """By the clock: what a database's own process does counts too."""
    took = []
    for one in inputs:
        began = time.perf_counter()
        call(one)
        took.append((time.perf_counter() - began) * 1000)
    return Times(tuple(took))


# ---- baselines ------------------------------------------------------------------------------------------------------


def names_of(library: Library) -> tuple[str, ...]:
    """The name of everything that a question may be about."""
    entries = (entry.name for entry in library.index.entries)
    return tuple(dict.fromkeys((*library.units, *library.towns, *entries)))


def fuzzy(names: Sequence[str]) -> Callable[[str], object]:
    """The name most like the question, by rapidfuzz's WRatio."""
    return lambda question: process.extractOne(question, names, scorer=fuzz.WRatio)


def ranked_words(names: Sequence[str]) -> Callable[[str], object]:
    """The name that BM25 ranks first by the question's words, cut by jieba."""
    jieba.setLogLevel("WARNING")
    index = BM25Okapi([jieba.lcut(name) for name in names])
    return lambda question: index.get_scores(jieba.lcut(question)).argmax()
