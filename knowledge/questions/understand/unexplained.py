"""What a sentence says that its reading does not hold: consumed, or not answered.

A content word is consumed where it belongs to a name that the reading holds, to a word that asks, or to the closed
lists of words that name nothing. A name of the plan that the reading does not hold is left over like any other word.
"""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from knowledge.entities.library import Library
from knowledge.entities.topic_index import pairs, sound_of
from knowledge.language.cues import CueTag
from knowledge.language.lattice import Match, Sense
from knowledge.language.lexicon import doing_words, set_words, vague_nouns
from knowledge.language.normalize import is_han
from knowledge.plan.key import TaskKey
from knowledge.plan.model import Target
from knowledge.questions.context import Reading
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query
from knowledge.questions.understand.intents import ASKING

_PARTICLES = frozenset(
    "的了呀啊阿哦噢嘞呗哈嗯呃额吗呢嘛吧么和与跟及是有在就也都还又再才要把被给让我你您他她它这那谁哪几"
)


@dataclass(frozen=True, slots=True)
class LeftWord:
    """A run of characters that a reading does not hold."""

    text: str
    asked: bool
    """Whether a question word governs it; of what is near, only one that stands behind it (化学式是什么)."""
    near: bool
    """Whether the task or clause that is answered of knows it, or it stands in a clause that asks nothing."""


def left_over(reading: Reading, library: Library) -> tuple[LeftWord, ...]:
    """The content words of a reading's sentence that it does not hold."""
    piece, query = reading.piece, reading.meant
    if piece is None or not isinstance(query, Query) or (query.things and query.things.names):
        return ()  # a list is found by how much of what is said its words explain
    known = _consumed(piece, query, reading, library)
    owners = {key.owner for key in query.topic}
    owners |= {TaskKey(plan.name, id_) for id_ in query.ids for plan in library.plans}
    found: list[LeftWord] = []
    around = places_around(piece)
    for start, end in _runs(known):
        word = "".join(cell.text for cell in piece.cells[start:end])
        aside = piece.cells[start].start in around
        before, behind = (False, False) if aside else _asked(piece, start, end)
        which = piece.text[: piece.cells[start].start].endswith(_WHICH)  # 哪个村: there it is they that are asked for
        if _is_made_of(word, doing_words() if which else doing_words() | vague_nouns()):
            continue
        words = _words(piece, start, end)
        if _COUNTS.fullmatch(word) or word in library.measures or any(one in doing_words() for one in words):
            continue
        bare = end == start + 1 and not (behind or query.topic)  # 市工商联钓任务: a slip, where no name says more
        there = (library.ranking.knows(owner, one) for owner in owners for one in words)
        near = aside or bare or any(there)
        found.append(LeftWord(word, before or (behind and not near), near))
    return tuple(found)


def _words(piece: Piece, start: int, end: int) -> tuple[str, ...]:
    """A run as it is known by; a single character with its neighbours: 督 of 督查考核, but not 赔 of 谁赔."""
    word = "".join(cell.text for cell in piece.cells[start:end])
    if len(word) > 1:
        return (word,)
    around = piece.text[max(0, piece.cells[start].start - 1) : piece.cells[start].start + 2]
    return tuple(pairs(around))


def places_around(piece: Piece) -> Set[int]:
    """The places of clauses that ask nothing, where another one asks."""
    clauses = [range(*found.span()) for found in _CLAUSE.finditer(piece.text)]
    asking = {cue.start for cue in piece.cues if cue.tags & ASKING}
    around = [clause for clause in clauses if asking.isdisjoint(clause)]
    return {at for clause in around for at in clause} if len(around) < len(clauses) else set()


_CLAUSE = re.compile("[^,;:()?!。]+")
_WHICH = ("哪个", "哪", "哪条", "哪家")
_COUNTS = re.compile(r"[一二两三四五六七八九十\d]+[位个家项条样类种]?|.完")
"""两位, 画完: how many are meant, and a verb with its end."""


def _consumed(piece: Piece, query: Query, reading: Reading, library: Library) -> list[bool | None]:
    """For each cell whether it is consumed; None where only a filler of one character covers it."""
    cells = piece.cells
    known: list[bool | None] = [not is_han(cell.text) for cell in cells]
    names = tuple(_names(query, reading, library))
    held = {pair for name in names for pair in pairs(name)} - {"多少"}
    for match in piece.cover:
        if _is_held(match, held, names) or (reading.of_set and match.words[0].sense in _NAMES):
            alone = match.end - match.start == 1 and match.words[0].sense is Sense.FILLER
            small = alone and cells[match.start].text not in _PARTICLES
            known[match.start : match.end] = [None if small else True] * (match.end - match.start)
    spans = [(amount.start, amount.end) for amount in piece.figures]
    spans += [(one.start, one.end) for one in piece.numbered]
    spans += [(mention.start, mention.start + len(mention.said)) for mention in piece.mentions]
    spans += [found.span() for found in _operators(of_set=reading.of_set).finditer(piece.text)]
    written = [at for at, cell in enumerate(cells) if cell.text.isalnum()]  # punctuation is no part of a name
    heard = {sound_of(pair) for pair in held} if False in known else set[tuple[str, ...]]()
    named = -1
    for one, two in pairwise(written):
        pair = cells[one].text + cells[two].text
        if pair in held or (not (known[one] and known[two]) and sound_of(pair) in heard):
            known[one] = known[two] = True
            if one > 2 and named == one - 2:  # one character of a name that was mistyped
                known[one - 1] = True
            named = two
    for at, cell in enumerate(cells):
        if any(start <= cell.start < end for start, end in spans):
            known[at] = True
    return known


@cache
def _operators(*, of_set: bool) -> re.Pattern[str]:
    """Words that join or narrow sets, or say what part a unit has (免不了, 沾到); of a set, also 剩 and 独."""
    words = (word for word in set_words() if of_set or len(word) > 1)
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


_NAMES = {Sense.TOPIC, Sense.SAYING, Sense.STEM, Sense.OUTSIDER, Sense.ELSEWHERE}


def _names(query: Query, reading: Reading, library: Library) -> Iterator[str]:
    """Every name that a reading holds, as the plan or its office writes it."""
    for key in (*query.topic, *(entry.key for entry in (reading.link.entries if reading.link else ()))):
        if entry := library.entry_of.get(key):
            yield from entry.surfaces
            yield (entry.thing.relative_to or "") if isinstance(entry.thing, Target) else ""
    for id_ in query.ids:
        for plan in library.plans:
            if whole := library.whole_of.get(TaskKey(plan.name, id_)):
                yield from whole.surfaces
    yield from query.units
    for phrase in query.phrases:
        yield from phrase.said
    if query.things:
        yield from (query.things.said, *query.things.endings, *query.things.verbs)


def _is_held(match: Match, held: Set[str], names: Iterable[str]) -> bool:
    """Whether what a word means is part of the reading; what asks and what only fills always is."""
    senses = {word.sense for word in match.words}
    if not senses & _NAMES:
        return True
    if Sense.STEM in senses and any(word.key in names for word in match.words):
        return True
    meant = [match.text, *(word.key for word in match.words if word.sense is Sense.SAYING)]
    return any(set(pairs(one)) <= held if len(one) > 1 else one in "".join(names) for one in meant)


def _runs(known: list[bool | None]) -> Iterator[tuple[int, int]]:
    """Stretches that are not explained, with the fillers of one character inside and beside them."""
    at = 0
    while at < len(known):
        end = at
        while end < len(known) and not known[end]:
            end += 1
        if False in known[at:end]:
            yield at, end
        at = max(end, at + 1)


def _is_made_of(word: str, light: Set[str]) -> bool:
    """Whether a run is made of words that name nothing: 培育出来, 冲到."""
    reach = [True] + [False] * len(word)
    for at in range(len(word)):
        if reach[at]:
            for end in range(at + 1, len(word) + 1):
                reach[end] = reach[end] or word[at:end] in light or (end == at + 1 and word[at] in _PARTICLES)
    return reach[-1]


_LINKS = re.compile("的?(?:依据|条件)?(?:一共|总共|到底|究竟|分别|具体|规定|[给定])?的?[是有要到达在]?")
"""What may stand between a noun and the question word that governs it: 罚款是多少."""
_BEFORE = {CueTag.AMOUNT, CueTag.HOW_MANY, CueTag.WHAT, CueTag.WHICH}
_BEHIND = {CueTag.AMOUNT, CueTag.HOW_MANY, CueTag.WHICH, CueTag.WHAT, CueTag.WHO, CueTag.WHERE}
_HOW = re.compile("(?:怎么|如何|咋|怎样|[到去]哪里?)[挂开办上去做打]?$")
"""怎么挂号: the verb is asked for, also where its first character is known as one that says nothing."""


_HOLDER = re.compile("(?:单位|部门|机构)(?:都?[是有叫]|$)")
"""What stands before these makes them another noun: 中标单位是谁."""


def _asked(piece: Piece, start: int, end: int) -> tuple[bool, bool]:
    """Whether a question word governs a word that it stands behind (罚款多少), or before (多少员工, 哪个路口, 谁赔)."""
    cells = piece.cells
    first, last = cells[start].start, cells[end - 1].start + len(cells[end - 1].text)
    asking = (cue for cue in piece.cues if cue.tags & _BEFORE and CueTag.TASK not in cue.tags)
    nouns = {cue.start for cue in asking} | {found.start() for found in _HOLDER.finditer(piece.text)}
    before = any(at >= last and _LINKS.fullmatch(piece.text, last, at) for at in nouns)
    behind = any(cue.tags & _BEHIND and cue.start + len(cue.text) == first for cue in piece.cues)
    return before, behind or bool(_HOW.search(piece.text[:first]))
