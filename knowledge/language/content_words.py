"""Text as runs of characters between punctuation, and the content words in them."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.language.lexicon import plan_joints, plan_tails
from knowledge.language.normalize import clean, cleaned_as_cased

_RUN = re.compile(r"(?:[^\W_]|(?<=\d)\.(?=\d)|%)+")
_LONGEST = 16
"""Characters of a content word; a longer run without joints is a sentence."""


def runs(text: str) -> Iterator[str]:
    """The stretches of `text`, cleaned, that no punctuation parts."""
    yield from _RUN.findall(clean(text))


def content_words(text: str) -> frozenset[str]:
    """What a text speaks of, cut at the words that every plan is made of: 加快农村电网建设 is 农村电网."""
    pieces = (
        piece
        for run in _RUN.findall(cleaned_as_cased(text))
        for piece in _joints().sub(lambda m: m["whole"] or " ", run).split()
    )
    return frozenset(piece for piece in pieces if 1 < len(piece) <= _LONGEST and any(map(str.isalpha, piece)))


def without_tails(phrase: str) -> str:
    """A phrase without the words that close it and name nothing: 农村电网 of 农村电网改造."""
    while (shorter := _tails().sub("", phrase)) != phrase:
        phrase = shorter
    return phrase


def without_joints(phrase: str) -> str:
    """A phrase without the words that it begins with and that name nothing: 省级森林城市 of 争创省级森林城市."""
    while (found := _joints().match(phrase)) and not found["whole"] and found.end() < len(phrase):
        phrase = phrase[found.end() :]
    return phrase


@cache
def _joints() -> re.Pattern[str]:
    joints, whole = map(_one_of, plan_joints())
    return re.compile(f"(?P<whole>{whole})|{joints}")


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(f"(?<=..)(?:的|{_one_of(plan_tails())})$")


def _one_of(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
