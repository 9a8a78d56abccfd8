"""Which of the sentences that work (更多) come near to words that were read as nothing.

Each sentence has words of its own (nearest_words.yaml); a word that several sentences share says less, a long one more.
Nothing is done by them: the page or the prompt of a sentence is opened, or the sentence is offered.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from handlers.access.policy import Actor, may
from handlers.home.texts_more import SENTENCES, HomeSentence
from knowledge.language.normalize import clean

LIKELY, SURE, AHEAD = 5.0, 7.0, 2.5
"""What a sentence must score to be offered before all else; to be opened, and by how much more than the next. One word
that no other sentence has is worth 5.8 with two characters, 7.1 with three."""
MOST = 3
"""Sentences that are offered."""
_LONGEST = 4
"""Characters of a word that count."""


@dataclass(frozen=True, slots=True)
class Near:
    score: float
    sentence: HomeSentence


def nearest(cleaned: str, actor: Actor) -> tuple[Near, ...]:
    """All that come near, the nearest first: of what the actor may do, unless something else is much nearer."""
    found = sorted((one for one in _near(cleaned) if one.score), key=lambda one: -one.score)
    own = tuple(one for one in found if one.sentence.action is None or may(actor, one.sentence.action))
    return own if own and own[0].score >= max(LIKELY, found[0].score - AHEAD) else tuple(found)


def meant(found: Sequence[Near]) -> HomeSentence | None:
    """The one that is surely meant, if any is: one with a page of its own, that is."""
    first, second, *_ = (*found, None, None)
    if first is None or not first.sentence.line or first.score < SURE:
        return None
    return first.sentence if second is None or first.score - second.score >= AHEAD else None


def _near(cleaned: str) -> Iterator[Near]:
    return (Near(_score(words, cleaned), sentence) for sentence, words in _words())


def _score(words: tuple[tuple[str, float], ...], cleaned: str) -> float:
    said = [word for word, _ in words if word in cleaned]
    return sum(
        weight for word, weight in words if word in said and not any(word != one and word in one for one in said)
    )


@cache
def nearest_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each sentence of the menu with its words, as they are cleaned."""
    read = yaml.safe_load((Path(__file__).parent / "nearest_words.yaml").read_text(encoding="utf-8"))
    return tuple((said, tuple(dict.fromkeys(map(clean, words.split())))) for said, words in read.items())


@cache
def _words() -> tuple[tuple[HomeSentence, tuple[tuple[str, float], ...]], ...]:
    """Each sentence with its words and what they weigh."""
    own = dict(nearest_words())
    shared = Counter(word for words in own.values() for word in words)
    weights = {word: math.log(len(own) / count) * min(len(word), _LONGEST) ** 0.5 for word, count in shared.items()}
    return tuple((one, tuple((word, weights[word]) for word in own.get(one.said, ()))) for one in SENTENCES)
