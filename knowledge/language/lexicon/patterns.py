"""Patterns of words: `哪{一?}{家|个}{body}` stands for every word that can be made of it.

A slot in braces holds alternatives parted by |, each the name of a class or characters as they stand; with ? behind
the last it may be left out. Classes hold words and patterns, of other classes too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product

_SLOT = re.compile(r"\{([^{}]+)\}")


class Patterns:
    """The classes of one file, and what is made of them."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._classes = classes
        self._of_class = cache(self._class)

    def words(self, rows: Iterable[str]) -> tuple[str, ...]:
        """Every word that the rows stand for, in their order, each once. Raises KeyError for a class there is not."""
        return tuple(dict.fromkeys(word for row in rows for pattern in row.split() for word in self._made_of(pattern)))

    def _class(self, name: str) -> tuple[str, ...]:
        return self.words([self._classes[name]])

    def _made_of(self, pattern: str) -> Iterator[str]:
        pieces = _SLOT.split(pattern)  # characters and slots by turns
        yield from map("".join, product(*(self._slot(p) if n % 2 else (p,) for n, p in enumerate(pieces))))

    def _slot(self, slot: str) -> tuple[str, ...]:
        names = slot.removesuffix("?").split("|")
        words = (word for name in names for word in (self._of_class(name) if name.isascii() else (name,)))
        return (*words, "") if slot.endswith("?") else tuple(words)
