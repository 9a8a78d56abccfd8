"""How characters sound, with the sounds that people and keyboards mix up folded into one.

Folded: zh/z, ch/c, sh/s, n/l at the front; ing/in, eng/en at the end. A syllable is a short string without tone.
"""

import re
from functools import cache

from pypinyin import Style, lazy_pinyin, pinyin

from knowledge.text import is_han

_FRONT = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_END = re.compile(r"(?<=[ei])ng$")
_READINGS = 2  # rarer readings are dictionary curiosities: 达 as ti


def fold(syllable: str) -> str:
    """The class of sounds that `syllable` (toneless) belongs to."""
    syllable = syllable.replace("ü", "v")
    for said, heard in _FRONT:
        if syllable.startswith(said):
            syllable = heard + syllable[len(said) :]
            break
    return _END.sub("n", syllable)


@cache
def sounds(char: str) -> tuple[str, ...]:
    """Every folded syllable a character can have, the usual one first; a letter or digit is its own sound."""
    if not is_han(char):
        return (char,)
    readings = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(fold(r) for r in readings[:_READINGS]))


def spoken(name: str) -> tuple[str, ...]:
    """A name's folded syllables, one for each character, polyphones read in context."""
    return tuple(fold(s) for s in lazy_pinyin(name, errors=lambda other: list(other)))


def initials(name: str) -> str:
    """The first letters of a name's syllables: 交通局 is `jtj`."""
    return "".join(s[0] for s in lazy_pinyin(name, errors=lambda other: list(other)))


@cache
def _syllables() -> frozenset[str]:
    common = (bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return frozenset(
        reading.replace("ü", "v")
        for char in common
        if char
        for reading in pinyin(char, style=Style.NORMAL, heteronym=True)[0]
        if len(reading) > 1 or reading in "aeo"
    )


def split_pinyin(run: str) -> tuple[str, ...] | None:
    """Latin letters cut into the fewest pinyin syllables, folded; None where they are no pinyin."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
    known = _syllables()
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - 6), end):
            head = best[start]
            if head is not None and run[start:end] in known:
                shorter = (*head, fold(run[start:end]))
                held = best[end]
                if held is None or len(shorter) < len(held):
                    best[end] = shorter
    return best[len(run)] or None
