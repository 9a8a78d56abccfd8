"""A way of saying something: a pattern with the sentences that it is for beside it. The sentences run as tests."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """Found where `pattern` is and `unless` is not, in cleaned text."""

    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    others: tuple[str, ...] = ()
    """Sentences that must not show the sign."""
    unless: re.Pattern[str] | None = None

    def find(self, text: str) -> re.Match[str] | None:
        found = self.pattern.search(text)
        return None if found and self.unless and self.unless.search(text) else found

    def all(self, text: str) -> tuple[re.Match[str], ...]:
        """Every place where it is found."""
        return tuple(self.pattern.finditer(text)) if self.find(text) else ()

    def shows(self, text: str) -> bool:
        return self.find(text) is not None


def sign(pattern: str, *examples: str, others: tuple[str, ...] = (), unless: str = "") -> Sign:
    """Patterns are written with white space between their parts, which counts for nothing."""
    return Sign(re.compile(pattern, re.VERBOSE), examples, others, re.compile(unless, re.VERBOSE) if unless else None)
