"""What a plan's own document is called by its kind: 这个计划, 本意见, as its title ends."""

import re
from collections.abc import Iterator

from knowledge.language.cues import CueTag
from knowledge.language.lattice import Sense, Word
from knowledge.language.lexicon import document_nouns, document_pointers
from knowledge.language.normalize import clean
from knowledge.plan.model import Plan

_BEHIND = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\]|[^\u4e00-\u9fff]+)$")
"""(2025-2027年), (试行)."""
_OF = "的"
_INSIDE = ("里", "里面", "里头", "中", "上")
_SPECIFIC = 4


def document_words(plan: Plan) -> Iterator[Word]:
    """The words that mean the whole document: 这个计划, 计划里; a long noun (行动计划) also as it stands."""
    for noun in kinds_of(plan.title):
        said = [pointer + noun for pointer in document_pointers()]
        said += [noun + inside for inside in _INSIDE]
        said += [noun] if len(noun) >= _SPECIFIC else []
        yield from (Word(word, Sense.CUE, CueTag.PLAN.value, literal=True) for word in said)


def kinds_of(title: str) -> tuple[str, ...]:
    """The nouns that a title ends in: 行动计划 and 计划, of 关于…若干措施的通知 also 若干措施 and 措施."""
    rest = _BEHIND.sub("", clean(title))
    found: dict[str, None] = {}
    while ends := [noun for noun in document_nouns() if rest.endswith(noun)]:
        found |= dict.fromkeys(ends)
        rest = rest.removesuffix(ends[0])
        if not rest.endswith(_OF):
            break
        rest = rest.removesuffix(_OF)
    return tuple(found)
