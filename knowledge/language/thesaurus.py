"""How people speak of what is written in official terms: 打鱼 where 十年禁渔 stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from knowledge.language.lexicon import everyday_words, sayings


def everyday(texts: Iterable[str]) -> Iterator[str]:
    """The everyday words for each official term in some cleaned texts, as often as it stands there."""
    known = terms()
    for text in texts:
        for at in range(len(text) - 1):
            for term, said in known.get(text[at : at + 2], ()):
                if text.startswith(term, at):
                    yield from said


@cache
def terms() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The official terms, by the two characters that they begin with."""
    held: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for term, said in (*everyday_words(), *((formal, (said,)) for said, formal in sayings())):
        held[term[:2]].append((term, said))
    return {start: tuple(found) for start, found in held.items()}
