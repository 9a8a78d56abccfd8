"""The vocabulary of one reading: every word that means something, found by its characters, its sound or a slip away.

A `Word` has one sense; one spelling may carry several words.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain, islice, product
from sys import intern
from typing import TypeVar

from knowledge.language.normalize import is_han
from knowledge.language.pinyin import sounds, ways_to_say


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


JOINT = "|"
"""Between the units of one key; it stands in no cleaned text, as 、 may in a unit's name (各县〔市、区〕政府)."""


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


# What one cell is worth when found so; a segment costs a little, so that one long word beats two short ones.
# 科经剧牵头: by sound 科经局 (3 cells) must beat 经 alone; 技该项目: by sound 技改项目 must beat an exact 项目.
_TYPED = 0.85  # a syllable in letters
_SLIPPED = 1.0  # what a slip costs, however long the name: 水利和湖伯局 is one, not 水利 beside a damaged 和湖泊局
SEGMENT = 0.4
_FILLER = 0.8
_READINGS = 16  # of a span with many polyphones, no more readings are tried
_NO_CHARACTER = "\0"
_MIN_SLIP = 4  # 市体育局 is not a slip of 市教育局: shorter names are nothing but their characters
# 是要建 is not 食药监: what would decline a question must stand there to the letter.
_ONLY_EXACT = {Sense.OUTSIDER, Sense.ELSEWHERE, Sense.HOME, Sense.FILLER}
_NAMING = {Sense.SAYING, Sense.STEM, Sense.TOPIC, Sense.UNIT}
_SLIPPING = {Sense.UNIT, Sense.TOPIC}
_PAIR = 2
_SHORT = 3
_ASKING = frozenset("谁哪")  # 大会谁来办 asks, and is no 谁来督办


def _is_heard(word: Word) -> bool:
    """Whether a word is also found by its sound; short ones only where a keyboard really garbles them (迁头, 负则)."""
    if word.literal or word.sense in _ONLY_EXACT:
        return False
    return len(word.text) > 2 or (len(word.text) == 2 and word.sense in {Sense.UNIT, Sense.CUE})


def _is_heard_in(word: Word, span: tuple[Cell, ...]) -> bool:
    """Of a short name a character must stand there: 是要建 is no 食药监, 单念 no 残联 (名单念一下), 人物 no 任务."""
    short = word.sense in {Sense.UNIT, Sense.CUE} and len(word.text) == len(span) <= _SHORT
    if short and not any(cell.text == char for cell, char in zip(span, word.text, strict=True)):
        return False
    return _is_heard(word)


class Vocabulary:
    """Words to look for; immutable once built.

    Words are looked up whole, by the lengths that begin with the same two characters (or sounds): building is cheap,
    and a look-up does not grow with the number of words. `beside` is another vocabulary to look in, after this one.
    `pairs` are words of two characters in which no name may end.
    """

    def __init__(
        self,
        words: Iterable[Word],
        shapes: Iterable[str] = (),
        *,
        beside: "Vocabulary | None" = None,
        pairs: Collection[str] = (),
    ) -> None:
        self._pairs = pairs
        written: dict[str, dict[Word, None]] = {}
        heard: dict[tuple[str, ...], dict[Word, None]] = {}
        for word in words:
            written.setdefault(word.text, {})[word] = None
            if len(word.text) > 1:
                for sound in ways_to_say(word.text):
                    heard.setdefault(sound, {})[word] = None
        self._written = {text: tuple(found) for text, found in written.items()}
        self._heard = {sound: tuple(found) for sound, found in heard.items()}
        self._lengths = _lengths(self._written)
        self._heard_lengths = _lengths(self._heard)
        self._beside = beside
        shaped: dict[str, set[str]] = {}
        for group in shapes:
            for char in group:
                shaped.setdefault(char, set()).update(group)
        self._shapes = {char: "".join(sorted(alike)) for char, alike in shaped.items()}

    def prepare(self) -> None:
        """Build what only damaged questions need, so that the first of them does not wait."""
        self._onward.get("")

    def lookup(self, text: str) -> tuple[Word, ...]:
        """The words of exactly this spelling."""
        own = self._written.get(text, ())
        return own + self._beside.lookup(text) if self._beside else own

    def is_latin_word(self, run: str) -> bool:
        return bool(self.lookup(run))

    def matches(self, cells: tuple[Cell, ...], *, slips: bool) -> Iterator[Match]:
        """Every word found anywhere; with `slips` also those one explainable slip away."""
        text = "".join(cell.text if not cell.typed else _NO_CHARACTER for cell in cells)
        for start in range(len(cells)):
            exact = (match for match in self._exact(text, start) if not _is_in_a_word(match, cells))
            found = chain(exact, self._by_sound(cells, start))
            yield from (match for match in found if not self._cuts_a_word(match, text))
            if slips:
                yield from self._by_slip(cells, start)
        if self._beside:
            yield from self._beside.matches(cells, slips=False)

    def _exact(self, text: str, start: int) -> Iterator[Match]:
        for length in (1, *self._lengths.get(text[start : start + 2], ())):
            words = self._written.get(text[start : start + length])
            if words:
                yield _match(start, start + length, words, How.EXACT)

    def _cuts_a_word(self, match: Match, text: str) -> bool:
        """Whether a name ends within a word: 村里的路灯 holds no 村里的路, unless a name begins with 灯 there."""
        end = match.end
        if match.words[0].sense not in _NAMING or text[end - 1 : end + 1] not in self._pairs:
            return False
        return not any(one.end > end + 1 for one in self._exact(text, end))

    def _by_sound(self, cells: tuple[Cell, ...], start: int) -> Iterator[Match]:
        typed = cells[start].typed
        for first in product(*(cell.sounds for cell in cells[start : start + 2])):
            for length in self._heard_lengths.get(first, ()):
                span = cells[start : start + length]
                if (
                    len(span) < length
                    or (typed and not all(cell.typed for cell in span))
                    or _cuts_a_number(cells, start + length)
                ):
                    continue
                for rest in islice(product(*(cell.sounds for cell in span[2:])), _READINGS):
                    words = tuple(w for w in self._heard.get(first + rest, ()) if typed or _is_heard_in(w, span))
                    if words:
                        yield _heard(start, _most_alike(words, span), span)

    @cached_property
    def _onward(self) -> dict[str, tuple[str, ...]]:
        """Of each beginning of a name that a slip may have changed, which characters go on from it; only damaged
        questions need it."""
        onward: dict[str, tuple[str, ...]] = {"": ()}
        for text in filter(self._slipping, self._written):
            for at, char in enumerate(map(intern, text)):
                known = onward.get(text[:at], ())
                if char not in known:
                    onward[text[:at]] = (*known, char)
            onward.setdefault(text, ())
        return onward

    def _slipping(self, text: str) -> tuple[Word, ...]:
        """The names of this spelling that a slip may have changed; a question word in one stands there for itself."""
        if _ASKING & set(text):
            return ()
        words = tuple(word for word in self._written.get(text, ()) if word.sense in _SLIPPING)
        return words if words and sum(map(is_han, text)) >= _MIN_SLIP else ()

    def _by_slip(self, cells: tuple[Cell, ...], start: int) -> Iterator[Match]:
        """Names with one character dropped, doubled, swapped with its neighbour, or mistaken for a look-alike."""
        first = cells[start].text
        if first in self._onward[""]:
            stack = [(start + 1, first, False)]
        else:
            alike = [char for char in self._shapes.get(first, "") if char in self._onward[""]]
            stack = [(start + 1, char, True) for char in alike]
        while stack:
            at, said, slipped = stack.pop()
            if slipped and at - start >= _MIN_SLIP - 1:
                found = self._slipping(said)
                words = tuple(w for w in found if w.sense is not Sense.UNIT or at - start >= _MIN_SLIP)
                if words:
                    yield _match(start, at, words, How.SLIP)
            char = cells[at].text if at < len(cells) else ""
            if char in self._onward[said]:
                stack.append((at + 1, said + char, slipped))
            if not slipped:
                stack.extend(self._slips(cells, at, said))

    def _slips(self, cells: tuple[Cell, ...], at: int, said: str) -> Iterator[tuple[int, str, bool]]:
        char = cells[at].text if at < len(cells) else ""
        onward = self._onward[said]
        for alike in self._shapes.get(char, ""):
            if alike != char and alike in onward:
                yield at + 1, said + alike, True
        if char and char == cells[at - 1].text:
            yield at + 1, said, True
        after = cells[at + 1].text if at + 1 < len(cells) else ""
        if after in onward and char in self._onward[said + after]:
            yield at + 2, said + after + char, True
        for dropped in onward:
            if char in self._onward[said + dropped]:
                yield at, said + dropped, True


def _is_in_a_word(match: Match, cells: tuple[Cell, ...]) -> bool:
    """Whether letters were found within longer ones: ba is no word of base."""

    def goes_on(at: int) -> bool:
        pair = cells[at : at + 2]
        return len(pair) == _PAIR and pair[0].start + 1 == pair[1].start and all(_is_letter(c.text) for c in pair)

    if not _is_letter(match.text[0]) and not _is_letter(match.text[-1]):
        return False
    return (match.start > 0 and goes_on(match.start - 1)) or goes_on(match.end - 1)


def _cuts_a_number(cells: tuple[Cell, ...], end: int) -> bool:
    """到七百亿 holds no 到期."""
    return all(cell.text in _NUMERALS for cell in cells[end - 1 : end + 1]) and end < len(cells)


_NUMERALS = frozenset("一二两三四五六七八九十百千万亿")


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _most_alike(words: tuple[Word, ...], span: tuple[Cell, ...]) -> tuple[Word, ...]:
    """Of words that sound the same, those that share most characters with what stands there: 税物局 is no 水务局."""
    if len(words) == 1:
        return words
    shared = [sum(cell.text == char for cell, char in zip(span, word.text, strict=True)) for word in words]
    return tuple(word for word, same in zip(words, shared, strict=True) if same == max(shared))


_Spelling = TypeVar("_Spelling", str, tuple[str, ...])


def _lengths(keys: Iterable[_Spelling]) -> dict[_Spelling, tuple[int, ...]]:
    """How long the words are that begin with each pair, longest first."""
    found: dict[_Spelling, set[int]] = {}
    for key in keys:
        if len(key) > 1:
            found.setdefault(key[:2], set()).add(len(key))
    return {pair: tuple(sorted(lengths, reverse=True)) for pair, lengths in found.items()}


def _match(start: int, end: int, words: tuple[Word, ...], how: How) -> Match:
    worth = (end - start) * (_FILLER if words[0].sense is Sense.FILLER else 1.0)
    return Match(start, end, words, how, worth - SEGMENT - (_SLIPPED if how is How.SLIP else 0.0))


_TO_THE_LETTER = 0.95  # of a word known by its sound, a character that stands there; one that only sounds like it:
_ALIKE = 0.75


def _heard(start: int, words: tuple[Word, ...], span: tuple[Cell, ...]) -> Match:
    """循还经济试验区 is one damaged name, not a damaged 循环经济 beside a 试验区: every letter that stands tells."""
    worth = sum(
        _TYPED if cell.typed else _TO_THE_LETTER if cell.text == char else _ALIKE
        for cell, char in zip(span, words[0].text, strict=True)
    )
    return Match(start, start + len(span), words, How.SOUND, worth - SEGMENT)


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


_LETTERS = re.compile("[a-z]+")


def as_typed(text: str, cells: tuple[Cell, ...], match: Match) -> str:
    """The stretch of `text` that a match stands for; pinyin in whole runs of letters."""
    first, last = cells[match.start], cells[match.end - 1]
    end = last.start + 1
    if last.typed:
        run = _LETTERS.match(text, last.start)
        end = run.end() if run else end
    return text[first.start : end]


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
