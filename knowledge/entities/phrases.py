"""Where a phrase stands in a plan's text: to the letter, as the other word for the same thing, or word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.language.content_words import content_words, without_tails
from knowledge.language.lexicon import one_things
from knowledge.plan.text_index import PlanText, TextKind, TextPlace


@dataclass(frozen=True, slots=True)
class FoundPhrase:
    """`words` are what stood there: the phrase, the other word for it, or the words that stand there together."""

    said: str
    words: tuple[str, ...] = ()
    together: bool = False
    """Whether all of the words stand in each place, and not the phrase as a whole."""
    places: frozenset[TextPlace] = frozenset()

    @property
    def scattered(self) -> bool:
        """Whether several words stand there, each for itself."""
        return self.together and len(self.words) > 1

    def is_in(self, written: str) -> bool:
        """Whether some other text, cleaned, holds it as well."""
        return (all if self.together else any)(word in written for word in self.words or (self.said,))


OF_CONTENT = {TextKind.TASK, TextKind.CLAUSE}
"""What a question about the plan's words is after: units are asked for as units, headings of parts not at all."""


def find_phrase(said: str, text: PlanText) -> FoundPhrase:
    """The places of a phrase; where it stands nowhere whole, of its content words together, which may be none."""
    forms = {form: text.places_of(form) for form in _forms(said)}
    stood = {form: places for form, places in forms.items() if places}
    if stood:
        return FoundPhrase(said, tuple(stood), places=frozenset().union(*stood.values()))
    for words in _broken(said, text):
        places = frozenset.intersection(*map(text.places_of, words))
        if any(place.kind in OF_CONTENT for place in places):
            return FoundPhrase(said, words, together=True, places=places)
    return FoundPhrase(said)


def _forms(said: str) -> Iterator[str]:
    """The phrase, and the phrase with each word that has another for the same thing put in its place."""
    yield said
    for row in one_things():
        for word in row:
            whole = re.compile(rf"(?<![a-z\d]){word}(?![a-z\d])" if word.isascii() else word)
            if whole.search(said):
                yield from (whole.sub(other, said) for other in row if other not in said)


def _broken(said: str, text: PlanText) -> Iterator[tuple[str, ...]]:
    """Ways to take a phrase apart, the wholest first."""
    short = without_tails(said)
    if short != said:
        yield (short,)
    words = tuple(sorted(content_words(short), key=short.find))
    if len(words) > 1:
        yield words
    pieces = _pieces(short, text)
    if pieces:
        yield pieces


def _pieces(said: str, text: PlanText) -> tuple[str, ...]:
    """A phrase cut into the fewest words of the text, of two characters and more; none where it cannot be."""
    best: list[tuple[str, ...] | None] = [(), *[None] * len(said)]
    for end in range(2, len(said) + 1):
        for start in range(end - 1):
            held = best[start]
            if held is None or ((kept := best[end]) is not None and len(kept) <= len(held) + 1):
                continue
            if text.places_of(said[start:end]):
                best[end] = (*held, said[start:end])
    return best[-1] or ()
