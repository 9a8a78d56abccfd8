"""A piece of a message as signs, a letter for each name, number and operator; the forms of sets are read in them.

Signs of names: U units, T tasks, S sections, N so many (of units, tasks or targets), M an amount that targets are
measured in, P a mark of targets (每年, 没写期限, 2025年底, 亿元), F a place in a ranking. Those of operators stand in
lexicon/set_words.yaml. What nothing explains is `?`, and no form holds it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.language.lattice import JOINT, How, Sense, as_typed
from knowledge.language.lexicon import fillers, set_words, social_words
from knowledge.language.quantities.amounts import amounts
from knowledge.language.quantities.numerals import read_number
from knowledge.plan.key import PARTS, WORK, EntryKind
from knowledge.plan.model import Period
from knowledge.questions.parse.utterance import Cue, Mention, Piece
from knowledge.questions.parse.years import years_of
from knowledge.questions.query import Marked, NamedMember, QuantityFilter, Want
from knowledge.questions.understand.topic_linker import link_topic

UNKNOWN = "?"
UNFIT = "!"
"""A number of names that is not how many are named; no form holds it either."""


@dataclass(frozen=True, slots=True)
class Group:
    """Names joined by 和, 、 or 或."""

    units: tuple[str, ...] = ()
    named: tuple[NamedMember, ...] = ()
    either: bool = False
    of_parts: bool = False
    """Whether one of them is only a part of a task (5G基站), by which its task is meant."""

    def __len__(self) -> int:
        return len(self.units) + len(self.named)


@dataclass(frozen=True, slots=True)
class Count:
    """So many, or from so many `until` so many; `of` is the sign of what is counted, where its measure tells."""

    amount: QuantityFilter
    of: str
    until: QuantityFilter | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Words that may name something of the plan, and are not looked up yet."""

    text: str


@dataclass(frozen=True, slots=True)
class SetSign:
    letter: str
    start: int
    value: Group | Count | QuantityFilter | Marked | Words | int | str | None = None
    """What the sign stands for; of an operator its word."""


def signs_of(piece: Piece, mentions: list[Mention], library: Library, today: date) -> tuple[SetSign, ...]:
    """Every sign of the piece from left to right; what may name a task is still as it was said."""
    signs = list(_Signs(piece, mentions, library, today).all())
    if len(signs) > 1 and _closes(signs, piece.text):
        signs[-1] = replace(signs[-1], letter="Y")
    return tuple(signs)


def linked(signs: tuple[SetSign, ...], piece: Piece, library: Library) -> tuple[SetSign, ...]:
    """The signs with what their words name: tasks or sections; anything else is not understood here."""
    found = (_linked(sign, piece, library) if isinstance(sign.value, Words) else sign for sign in signs)
    return tuple(sign for sign in found if sign is not None)


def _linked(sign: SetSign, piece: Piece, library: Library) -> SetSign | None:
    """None for the plan's own name, which everything is in."""
    assert isinstance(sign.value, Words)  # noqa: S101 - the caller has looked
    run = sign.value.text
    own = Piece(run, topic=(run,), sayings=piece.sayings, named=piece.named)
    entries = link_topic(own, library, want=Want.UNITS).entries
    kinds = {entry.kind for entry in entries}
    if kinds and kinds <= {*WORK, EntryKind.SECTION}:
        group = Group(named=(NamedMember(topic=tuple(entry.key for entry in entries)),), of_parts=bool(kinds & PARTS))
        return SetSign("S" if kinds == {EntryKind.SECTION} else "T", sign.start, group)
    return None if kinds == {EntryKind.PLAN} else SetSign(UNKNOWN, sign.start)


def places_of(text: str) -> Iterator[tuple[int, int, int]]:
    """Where places of a ranking are said, and how many of them (前三), or below zero only that one (第二多)."""
    for found in _PLACE.finditer(text):
        number = read_number(found["first"] or found["nth"])
        if number is not None:
            yield *found.span(), int(number) * (-1 if found["nth"] else 1)


_PLACE = re.compile(
    r"(?:排名?)?(?<![牵领带打挑当之以])[前头](?P<first>[一二两三四五六七八九十\d]+)[名位家个项]?"
    r"|(?:排名?)?第(?P<nth>[二三四五六七八九十\d]+)[名位多]?"
)


def _closes(signs: list[SetSign], text: str) -> bool:
    """城管局参加没有: a negation at the very end asks; not so in 哪些单位8.1有、8.2没有, 是不是一项都没有."""
    last, before = signs[-1], "".join(sign.letter for sign in signs[:-1])
    ends = last.letter == "n" and text.rstrip(_PARTICLES).endswith(str(last.value), last.start)
    return ends and not _OPEN.search(before)


_OPEN = re.compile("[qkjY]|[hO],")
_PARTICLES = "咯啊呢哦嘞呀哟嘛了"

_COUNTED = {"家": "i", "项": "t", "条": "t", "件": "t", "个": "", "": ""}
_NAMES = {Sense.TOPIC, Sense.SAYING, Sense.STEM}
_PERIODS = {
    CueTag.YEARLY: Marked(period=Period.YEARLY),
    CueTag.AVERAGE: Marked(period=Period.YEARLY_AVERAGE),
    CueTag.MAINTAIN: Marked(period=Period.MAINTAIN),
    CueTag.DATED: Marked(dated=True),
    CueTag.UNDATED: Marked(dated=False),
}
_ROLES = {CueTag.LEAD: "L", CueTag.ASSIST: "A", CueTag.OWN: "O"}
_NO_QUESTION = {*set_words(), "是不"}  # 哪些是不由财政局牵头的


class _Signs:
    """The signs of one piece; each `_take` holds what stands at a place, and what is left is read word by word."""

    def __init__(self, piece: Piece, mentions: list[Mention], library: Library, today: date) -> None:
        self.piece, self.library = piece, library
        self.text = piece.text
        self.held: dict[int, tuple[int, tuple[SetSign, ...]]] = {}
        self.taken = [False] * len(self.text)
        self.of_name = [False] * len(self.text)
        self.of_topic = [False] * len(self.text)
        self.heard: dict[int, tuple[int, str]] = {}
        for mention in mentions:
            units = tuple(mention.units[0].split(JOINT))
            end = self._end_of(mention)
            self._hold(mention.start, end, SetSign("U", mention.start, Group(units)))
            self.of_name[mention.start : end] = [True] * (end - mention.start)
        for place in piece.numbered:
            named = (
                *(NamedMember(ids=(id_,)) for id_ in place.ids),
                *(NamedMember(sections=(no,)) for no in place.sections),
            )
            self.of_name[place.start : place.end] = [True] * (place.end - place.start)
            self._hold(place.start, place.end, SetSign("T" if place.ids else "S", place.start, Group(named=named)))
        self._take_cover()
        for cue in piece.cues:
            self._take_cue(cue, today)
        self._take_numbers()

    def _hold(self, start: int, end: int, *signs: SetSign) -> None:
        self.held[start] = (end, signs)
        self.taken[start:end] = [True] * (end - start)

    def _end_of(self, mention: Mention) -> int:
        """Where a unit's name ends; 它 stands for one."""
        cue = next((cue for cue in self.piece.cues if cue.start == mention.start), None)
        said = mention.said if self.text.startswith(mention.said, mention.start) or cue is None else cue.text
        return mention.start + len(said)

    def _take_cover(self) -> None:
        """What the plan calls things, and operators that were not typed as they are written."""
        for match in self.piece.cover:
            start = self.piece.cells[match.start].start
            end = start + len(as_typed(self.text, self.piece.cells, match))
            senses = {word.sense for word in match.words}
            if any(self.taken[start:end]):
                continue
            if senses & _NAMES:
                self.of_topic[start:end] = [True] * (end - start)
            elif Sense.HOME in senses:  # 全市, which everything is in
                self._hold(start, end)
            elif Sense.CUE in senses and match.how is not How.EXACT and self.text[start:end] not in set_words():
                self.heard[start] = (end, match.text)

    def _take_cue(self, cue: Cue, today: date) -> None:
        """每年, 没写期限, 2025年底; 参不参与, 要不要, 牵没牵头, each with the part that it asks for."""
        start, end = cue.start, cue.start + len(cue.text)
        if not self.text.startswith(cue.text, start) or any(self.taken[start:end]):
            return
        mark = next((mark for tag, mark in _PERIODS.items() if tag in cue.tags), None)
        if CueTag.YEAR_END in cue.tags:
            years = years_of(Piece(self.text, cues=[cue]), today)
            mark = Marked(year=years[0]) if len(years) == 1 else None
        if mark is not None:
            self._hold(start, end, SetSign("P", start, mark))
        elif CueTag.YES_NO in cue.tags and cue.text not in _NO_QUESTION:
            roles = (SetSign(letter, start) for tag, letter in _ROLES.items() if tag in cue.tags)
            self._hold(start, end, SetSign("Y", start), *roles)

    def _take_numbers(self) -> None:
        free = (" " if t or n else c for c, t, n in zip(self.text, self.taken, self.of_topic, strict=True))
        text = "".join(free)
        for start, end, place in places_of(text):
            self._hold(start, end, SetSign("F", start, place))
        for amount in amounts(text, self.library.measures):
            if any(self.taken[amount.start : amount.end]):
                continue
            if amount.unit in _COUNTED:
                count = Count(QuantityFilter(amount.value, ""), _COUNTED[amount.unit])
                self._hold(amount.start, amount.end, SetSign("N", amount.start, count))
            else:
                self._hold(
                    amount.start, amount.end, SetSign("M", amount.start, QuantityFilter(amount.value, amount.unit))
                )

    def all(self) -> Iterator[SetSign]:
        at, words = 0, set_words()
        while at < len(self.text):
            if at in self.held:
                at, signs = self.held[at]
                yield from signs
                continue
            measure = "" if self.of_topic[at] else self._measure_at(at)
            if measure:
                yield SetSign("P", at, Marked(unit=measure))
                at += len(measure)
                continue
            end, word = self.heard.get(at) or self._word_at(at)
            if self.of_topic[at] or not word:
                end = self._end_of_words(at)
                said = self.text[at:end]
                if any(map(str.isalnum, said)):
                    yield SetSign("T" if any(self.of_topic[at:end]) else UNKNOWN, at, Words(said))
            else:
                yield from (SetSign(letter, at, word) for letter in words.get(word, ""))
            at = end

    def _word_at(self, at: int) -> tuple[int, str]:
        """The longest operator or filler that stands here outside the names; an empty one where there is none."""
        for word in _words().get(self.text[at], ()):
            end = at + len(word)
            if self.text.startswith(word, at) and not any(self.of_name[at:end]):  # 有没有人社局, 除开放那部分外
                return end, word
        return at + 1, "" if self.text[at].isalnum() else self.text[at]

    def _measure_at(self, at: int) -> str:
        """What targets are measured in: 亿元 of 亿元目标."""
        found = (one for one in self.library.written_measures if self.text.startswith(one, at) and one not in _COUNTED)
        return max(found, key=len, default="")

    def _end_of_words(self, at: int) -> int:
        end = at
        while end < len(self.text) and end not in self.held and (self.of_topic[end] or not self._word_at(end)[1]):
            end += 1
        return end


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Operators and fillers by their first character, the longest first."""
    social = (word for word in social_words() if len(word) > 1)
    held: dict[str, list[str]] = {}
    for word in {*set_words(), *fillers(), *social}:
        held.setdefault(word[0], []).append(word)
    return {first: tuple(sorted(words, key=len, reverse=True)) for first, words in held.items()}
