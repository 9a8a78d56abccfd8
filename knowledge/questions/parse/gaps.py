"""Spaces that a speaker puts for commas: 5G基站谁负责 我写材料用.

Cleaning drops the spaces beside Chinese characters, since within a question they mean nothing (5G 基站 谁 负责). So
they are looked at before that: one is a stop where what stands at its side surely only stands around a question.
"""

import re
from itertools import pairwise

from knowledge.entities.library import Library
from knowledge.language.normalize import clean, is_han
from knowledge.questions.parse.clauses import asks, is_aside, is_polite
from knowledge.questions.parse.parser import take_apart

_NUMBERED = re.compile(r"(?:^|(?<=\s))[1-9一二三四五六七八九][.、．)）](?=[^\W\d])")
"""1.税务局有哪些任务 2.危废整治谁牵头: questions in a list."""
_GAP = re.compile(r"(?<=\S)[ \t\u3000]+(?=\S)")
_BOUND = re.compile(r"[,，:：;；。!！?？…~～]")
_MOST = 8
_LONGEST = 300
_SHORTEST = 3


def with_stops(text: str, library: Library) -> str:
    """`text` with a stop for each space beside an aside and each number of a list; as it is where it has none."""
    text = _NUMBERED.sub("\n", text) if len(_NUMBERED.findall(text)) > 1 else text
    if len(text) > _LONGEST or len(_GAP.findall(text)) > _MOST:
        return text
    return "\n".join(_line(line, library) for line in text.split("\n"))


def _line(line: str, library: Library) -> str:
    parts = _GAP.split(line)
    if len(parts) == 1 or not any(asks(take_apart(clean(part), library)) for part in parts):
        return line  # 市交通局 座机号: what stands alone may be what is asked for
    said = parts[0]
    for before, after in pairwise(parts):
        stops = _is_around(_BOUND.split(before)[-1], library) or _is_around(_BOUND.split(after)[0], library)
        said += ("," if stops else " ") + after
    return said


def _is_around(words: str, library: Library) -> bool:
    cleaned = clean(words)
    return is_polite(cleaned) or (sum(map(is_han, cleaned)) >= _SHORTEST and is_aside(cleaned, library))
