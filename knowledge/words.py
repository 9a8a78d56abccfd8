"""The vocabulary of one reading: every word that means something, found by its characters, its sound or a slip away.

A `Word` has one sense; one spelling may carry several words. Look-ups walk a tree of characters (and one of folded
syllables) from each place of the text, so their cost does not grow with the number of words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.sound import sounds, spoken
from knowledge.text import is_han


class Sense(StrEnum):
    UNIT = "unit"
    """A responsible unit of the plan, a town or a collective; `key` is its name in the plan or gazetteer."""
    STEM = "stem"
    """A unit without its ending (交通), which may as well be a topic."""
    OUTSIDER = "outsider"
    """A body that is no unit of the plan."""
    ASK_BACK = "ask_back"
    ELSEWHERE = "elsewhere"
    """Another place, or one above."""
    HOME = "home"
    TOPIC = "topic"
    SAYING = "saying"
    """Everyday wording; `key` is the formal wording it means."""
    CUE = "cue"
    """A word that tells what is asked; `key` is its class."""
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    sense: Sense
    key: str
    literal: bool = False
    """Whether only its very characters count, not its sound."""


class How(StrEnum):
    """How a span was recognised, best first."""

    EXACT = "exact"
    SOUND = "sound"
    SLIP = "slip"


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the text: a character, or a pinyin syllable typed in letters."""

    text: str
    sounds: tuple[str, ...]
    start: int
    typed: bool
    """Whether it is a syllable in letters, which has no character of its own."""


@dataclass(frozen=True, slots=True)
class Match:
    """Cells `start`..`end` (exclusive) read as one of `words`, all of the same spelling."""

    start: int
    end: int
    words: tuple[Word, ...]
    how: How
    score: float

    @property
    def text(self) -> str:
        return self.words[0].text


class _Node:
    __slots__ = ("next", "words")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.words: tuple[Word, ...] = ()

    def grow(self, path: Iterable[str], word: Word) -> None:
        node = self
        for step in path:
            node = node.next.setdefault(step, _Node())
        if word not in node.words:
            node.words = (*node.words, word)


# What one cell is worth when found so; a segment costs a little, so that one long word beats two short ones.
# 科经剧牵头: by sound 科经局 (3 cells) must beat 经 alone; 技该项目: by sound 技改项目 must beat an exact 项目.
_WORTH = {How.EXACT: 1.0, How.SOUND: 0.85, How.SLIP: 0.75}
_SEGMENT = 0.4
_FILLER = 0.8
_LONGEST = 24
_MIN_SLIP = 4  # 市体育局 is not a slip of 市教育局: shorter names are nothing but their characters
# 是要建 is not 食药监: what would decline a question must stand there to the letter.
_ONLY_EXACT = {Sense.OUTSIDER, Sense.ELSEWHERE, Sense.HOME, Sense.FILLER}
_SLIPPING = {Sense.UNIT, Sense.TOPIC}


def _is_heard(word: Word) -> bool:
    """Whether a word is also found by its sound; short ones only where a keyboard really garbles them (迁头, 负则)."""
    if word.literal or word.sense in _ONLY_EXACT:
        return False
    return len(word.text) > 2 or (len(word.text) == 2 and word.sense in {Sense.UNIT, Sense.CUE})


class Vocabulary:
    """Words to look for; immutable once built."""

    def __init__(self, words: Iterable[Word], shapes: Iterable[str] = ()) -> None:
        self._written, self._heard, self._typed = _Node(), _Node(), _Node()
        self._latin: set[str] = set()
        self._shapes: dict[str, set[str]] = {}
        for group in shapes:
            for char in group:
                self._shapes.setdefault(char, set()).update(group)
        for word in words:
            self._written.grow(word.text, word)
            if len(word.text) > 1:
                sound = spoken(word.text)
                self._typed.grow(sound, word)
                if _is_heard(word):
                    self._heard.grow(sound, word)
            if word.text.isascii():
                self._latin.add(word.text)

    def knows(self, text: str) -> bool:
        return bool(self.lookup(text))

    def lookup(self, text: str) -> tuple[Word, ...]:
        node: _Node | None = self._written
        for char in text:
            node = node.next.get(char) if node else None
        return node.words if node else ()

    def is_latin_word(self, run: str) -> bool:
        return run in self._latin

    def matches(self, cells: tuple[Cell, ...], *, slips: bool) -> Iterator[Match]:
        """Every word found anywhere; with `slips` also those one explainable slip away."""
        for start in range(len(cells)):
            yield from self._exact(cells, start)
            yield from self._by_sound(cells, start)
            if slips:
                yield from self._by_slip(cells, start)

    def _exact(self, cells: tuple[Cell, ...], start: int) -> Iterator[Match]:
        node = self._written
        for end in range(start, min(len(cells), start + _LONGEST)):
            found = node.next.get(cells[end].text)
            if found is None:
                return
            node = found
            if node.words:
                yield _match(start, end + 1, node.words, How.EXACT)

    def _by_sound(self, cells: tuple[Cell, ...], start: int) -> Iterator[Match]:
        typed = cells[start].typed
        nodes = [self._typed if typed else self._heard]
        for end in range(start, min(len(cells), start + _LONGEST)):
            nodes = [n.next[s] for n in nodes for s in cells[end].sounds if s in n.next]
            if not nodes:
                return
            if typed and not cells[end].typed:
                return
            words = tuple(w for n in nodes for w in n.words)
            if words and end > start:
                yield _match(start, end + 1, words, How.SOUND)

    def _by_slip(self, cells: tuple[Cell, ...], start: int) -> Iterator[Match]:
        """Names with one character dropped, doubled, swapped with its neighbour, or mistaken for a look-alike."""
        if cells[start].text not in self._written.next:
            first = [m for m in self._shapes.get(cells[start].text, ()) if m in self._written.next]
            stack = [(start + 1, self._written.next[m], True) for m in first]
        else:
            stack = [(start + 1, self._written.next[cells[start].text], False)]
        while stack:
            at, node, slipped = stack.pop()
            if slipped and len(node.words) > 0 and at - start >= _MIN_SLIP - 1:
                long = tuple(w for w in node.words if w.sense in _SLIPPING and sum(map(is_han, w.text)) >= _MIN_SLIP)
                long = tuple(w for w in long if w.sense is not Sense.UNIT or at - start >= _MIN_SLIP)
                if long:
                    yield _match(start, at, long, How.SLIP)
            if at - start > _LONGEST:
                continue
            char = cells[at].text if at < len(cells) else ""
            if char in node.next:
                stack.append((at + 1, node.next[char], slipped))
            if slipped:
                continue
            for wrong in self._shapes.get(char, ()):
                if wrong != char and wrong in node.next:
                    stack.append((at + 1, node.next[wrong], True))
            if char and char == cells[at - 1].text:
                stack.append((at + 1, node, True))
            after = cells[at + 1].text if at + 1 < len(cells) else ""
            if after and after in node.next and char in node.next[after].next:
                stack.append((at + 2, node.next[after].next[char], True))
            for dropped in node.next.values():
                if char in dropped.next:
                    stack.append((at, dropped, True))


def _match(start: int, end: int, words: tuple[Word, ...], how: How) -> Match:
    worth = _WORTH[how] if words[0].sense is not Sense.FILLER else _FILLER
    return Match(start, end, words, how, (end - start) * worth - _SEGMENT)


def best_cover(cells: tuple[Cell, ...], matches: Iterable[Match]) -> tuple[Match, ...]:
    """The non-overlapping matches that explain most of the text, in order; uncovered cells are worth nothing."""
    ending: dict[int, list[Match]] = {}
    for match in matches:
        ending.setdefault(match.end, []).append(match)
    best: list[tuple[float, Match | None]] = [(0.0, None)]
    for end in range(1, len(cells) + 1):
        held: tuple[float, Match | None] = (best[end - 1][0], None)
        for match in ending.get(end, ()):
            score = best[match.start][0] + match.score
            if score > held[0]:
                held = (score, match)
        best.append(held)
    chosen: list[Match] = []
    at = len(cells)
    while at > 0:
        found = best[at][1]
        if found is None:
            at -= 1
        else:
            chosen.append(found)
            at = found.start
    return tuple(reversed(chosen))


def cells_of(text: str, *, pinyin: dict[tuple[int, int], tuple[str, ...]]) -> tuple[Cell, ...]:
    """`text` cut into cells; `pinyin` gives the spans of letters that are to be read as syllables."""
    cells: list[Cell] = []
    at = 0
    starts = {start: (end, syllables) for (start, end), syllables in pinyin.items()}
    while at < len(text):
        if at in starts:
            end, syllables = starts[at]
            cells.extend(Cell(s, (s,), at, typed=True) for s in syllables)
            at = end
        else:
            if text[at] != " ":
                cells.append(Cell(text[at], sounds(text[at]), at, typed=False))
            at += 1
    return tuple(cells)
