"""How characters sound, with the sounds that people and keyboards mix up folded into one.

Folded: zh/z, ch/c, sh/s, n/l at the front; ing/in, eng/en at the end. A syllable is a short string without tone.
"""

import re
from functools import cache
from itertools import islice, product

from knowledge.language.lexicon import readings, syllables
from knowledge.language.normalize import is_han

_FRONT = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_END = re.compile(r"(?<=[ei])ng$")


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
    return tuple(dict.fromkeys(map(fold, readings(char))))


_READINGS = 4  # a name with many polyphones is known by the first of them


def spoken(name: str) -> tuple[str, ...]:
    """A name's folded syllables, one for each character; polyphones as they are usually read."""
    return tuple(sounds(char)[0] for char in name)


def ways_to_say(name: str) -> tuple[tuple[str, ...], ...]:
    """Every reading of a name, the usual one first: 长江 is zan jian and can jian."""
    return tuple(islice(product(*map(sounds, name)), _READINGS))


def initials(name: str) -> str:
    """The first letters of a name's syllables: 交通局 is `jtj`."""
    return "".join(map(_initial, name))


@cache
def _initial(char: str) -> str:
    return readings(char)[0][0] if is_han(char) else char


_LONGEST_RUN = 80


def split_pinyin(run: str) -> tuple[str, ...] | None:
    """Latin letters cut into the fewest pinyin syllables, folded; None where they are no pinyin."""
    if len(run) > _LONGEST_RUN:
        return None
    known = syllables()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - 6), end):
            head = best[start]
            if head is not None and run[start:end] in known:
                shorter = (*head, fold(run[start:end]))
                held = best[end]
                if held is None or len(shorter) < len(held):
                    best[end] = shorter
    return best[len(run)] or None
