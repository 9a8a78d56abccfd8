"""Every name that a report may use, found in a clause by its pairs of neighbouring characters, whole or in part.

A pair that no name holds is taken by its sound (5G机站), where the name is also there in writing. Characters weigh by
how rare they are among the plan's tasks; what reports say around any name (已建成, 达到) weighs little.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import mul

from knowledge.entities.topic_index import Entry, pairs
from knowledge.language.normalize import is_han
from knowledge.language.pinyin import spoken
from knowledge.plan.key import TaskKey

# What reports say around any name; it neither names nor contradicts a subject.
PLAIN = re.compile(
    r"为准|除了|数据|已经|已|只有|仅有|仅|只|估计|大概|大致|差不多|各项|都正常|正常|那个|这个|不对|实建|实有|实际|目前|现在|现|累计|共计|总计|合计|总共|一共|共有|共|大约|约|完成率|完成|建成|建好|建设|建(?=[\d了成好]|$)|新建|新增加|新增|新发展|新|增加|增长|增至|增速|发展|培育|创建|创成|实施|编制|达到|达|到|为|"
    r"实现|提升|提高|同比|环比|数量|总量|总额|总数|数|规模|水平|全市|全省|我市|我局|我们|我镇|本局|本市|全年|年度|任务|目标|工作|项目|情况|进展|进度|[的了在等有是均及和与把将被从由占个家座处]|突破|超过|接近|左右|改成|改为|"
    r"稳定|保持|维持|认定通过|通过认定|通过评审|评审通过|认定|顺利|推进|打造|建立|引进|不是|其中|分别|又|再|还|汇报一下|汇报|报告|领导|截至|更正|应为|应该|应|实为|才对|才是|正确|准确|[多少漏][写报打填]|之前报?的?|此前|原来|上次报?的?|报的|错了|说错|报错|写错|刚才|实际|计划|全部|全面|基本|开工|竣工|投产|完工|停工|昨天报|影响|建起来|搞起来|办起来|立起来|核实下来|统计下来|算下来|那么多|手头|手上|手里|添|这块|这边|以|吧|请|协调|[:,.、()\-\s\u3000]"
)
# Words that name nothing by themselves, whatever the register calls so: 资金到位, 投资总额.
_GENERIC = re.compile("资金|到位|到账|项目|投资|引进|规模|总额|工程|企业|产业|实际|[总钱额]")
_LIGHT = 0.25
_BY_SOUND = 0.9
_SHORT = 4
_DIGITS = re.compile(r"[\d.]+")


def names_something(words: str) -> bool:
    """Whether words say more than what any report says."""
    return bool(PLAIN.sub("", _GENERIC.sub("", words)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry named in a text: places and weight of the words that say so, and how much of the name they are (0–1)."""

    entry: Entry
    surface: str
    places: tuple[int, ...]
    covered: float
    own: float
    full: bool
    """Whether all of the name was said: 服务业增加值占比 is not 工业增加值占比, though only 工 is missing."""

    @property
    def strength(self) -> float:
        return self.covered * (0.7 + 0.3 * self.own)


@dataclass(frozen=True, slots=True)
class _Name:
    """One of the names of an entry."""

    entry: Entry
    surface: str
    weights: tuple[float, ...]
    """Of its characters."""
    weight: float
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in which names are looked for."""

    text: str
    worth: list[float]
    """What each character tells of a subject."""
    numbers: list[tuple[str, range]]
    """The whole numbers in it, and where they stand."""


class Names:
    """The names of some entries, ready to be found; immutable once built."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        holding: dict[str, list[int]] = defaultdict(list)
        owners: dict[str, set[TaskKey]] = defaultdict(set)
        names: list[tuple[Entry, str]] = []
        for entry in self.entries:
            for surface in filter(names_something, entry.surfaces):
                for pair in set(pairs(surface)):
                    holding[pair].append(len(names))
                names.append((entry, surface))
                for char in set(surface):
                    owners[char].add(entry.owner)
        self._holding = {pair: tuple(found) for pair, found in holding.items()}
        self._heard: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._sounds = {pair: spoken(pair) for pair in self._holding}
        for pair, sound in self._sounds.items():
            self._heard[sound].append(pair)
        total = max(2, len({e.owner for e in self.entries}))
        self._rarest = 1.0 + math.log(total)
        self._rarity = {char: 1.0 + math.log(total / len(where)) for char, where in owners.items()}
        self._names = [self._name(entry, surface) for entry, surface in names]
        self._all = frozenset(name.surface for name in self._names)
        self._longest = max(map(len, self._all), default=0)
        self.find = lru_cache(maxsize=256)(self._find)
        """What a text names; one clause is looked at several times."""

    def _name(self, entry: Entry, surface: str) -> _Name:
        weights = tuple(map(self._weight, surface))
        return _Name(entry, surface, weights, sum(weights), frozenset(_DIGITS.findall(surface)))

    def weight(self, text: str) -> float:
        return sum(map(self._weight, text))

    def _weight(self, char: str) -> float:
        return 0.0 if char.isspace() else self._rarity.get(char, self._rarest)

    def ends_with_name(self, text: str) -> bool:
        """Whether a whole name of three characters or more ends the text."""
        return any(text[-n:] in self._all for n in range(3, min(self._longest, len(text)) + 1))

    def begins_with_name(self, text: str, *, longer: int) -> bool:
        """Whether a name of more than `longer` characters begins the text."""
        return any(text[:n] in self._all for n in range(longer + 1, min(self._longest, len(text)) + 1))

    def _find(self, text: str) -> tuple[Candidate, ...]:
        """Entries that the text names, in whole or part, each by its best name; strongest first."""
        numbers = [(found[0], range(*found.span())) for found in _DIGITS.finditer(text)]
        said = _Text(text, self._worth(text), numbers)
        written: dict[int, set[int]] = defaultdict(set)
        heard: dict[int, dict[int, tuple[str, ...]]] = defaultdict(dict)
        for at, pair in enumerate(pairs(text)):
            if pair in self._holding:
                for name in self._holding[pair]:
                    written[name].add(at)
            elif (is_han(pair[0]) and is_han(pair[1])) or (pair.isalnum() and not pair.isascii()):
                sound = spoken(pair)
                for alike in self._heard.get(sound, ()):
                    for name in self._holding[alike]:
                        heard[name][at] = sound
        best: dict[int, Candidate] = {}
        for name, starts in written.items():
            candidate = self._candidate(self._names[name], starts, heard.get(name, {}), said)
            held = best.get(id(candidate.entry))
            best[id(candidate.entry)] = _better(candidate, held) if held else candidate
        return tuple(sorted((c for c in best.values() if c.covered), key=lambda c: -c.strength))

    def _candidate(self, name: _Name, starts: set[int], heard: dict[int, tuple[str, ...]], said: _Text) -> Candidate:
        """How well a name fits, of which the pairs that begin at `starts` are written and those of `heard` sound so."""
        text, surface = said.text, name.surface
        exact = {at + n for at in starts for n in (0, 1)}
        for number, places in said.numbers:
            if number not in name.numbers:  # digits count only where their whole number is in the name: 620 is not g220
                exact.difference_update(places)
        seen = {text[at : at + 2] for at in starts if {at, at + 1} <= exact}
        beside = _beside(exact, {at + n for at in heard for n in (0, 1)}) if heard else set()
        sounds = {sound for at, sound in heard.items() if {at, at + 1} <= beside | exact}
        held = [0.0] * len(surface)  # how much of each character of the name was said
        for at, pair in enumerate(pairs(surface)):
            if pair in seen:
                held[at] = held[at + 1] = 1.0
            elif sounds and self._sounds[pair] in sounds:
                held[at], held[at + 1] = max(held[at], _BY_SOUND), _BY_SOUND
        own = sum(map(mul, held, name.weights)) / max(1.0, name.weight)
        covered = sum(said.worth[at] for at in exact) + _BY_SOUND * sum(said.worth[at] for at in beside)
        if surface in text:  # grammar inside a name is not grammar: 万达, 新增高新技术企业
            covered = max(covered, name.weight)
        together = tuple(sorted(exact | beside))
        full = all(held) and (len(surface) > _SHORT or _together(text, together, surface))
        return Candidate(name.entry, surface, together, covered, min(1.0, own), full)

    def _worth(self, text: str) -> list[float]:
        """What each character of a text tells of a subject."""
        worth = [self._weight(char) for char in text]
        for found in PLAIN.finditer(text):
            for at in range(*found.span()):
                worth[at] *= _LIGHT
        return worth


def _better(one: Candidate, other: Candidate) -> Candidate:
    """The name of an entry that was said: one in full, with all that was said of the entry; else the stronger."""
    full = [c for c in (one, other) if c.full and len(c.surface) > 2]
    if len(full) == 1:
        places = tuple(sorted({*one.places, *other.places}))
        return replace(full[0], places=places, covered=max(one.covered, other.covered))
    return max(one, other, key=lambda c: c.strength)


def _together(text: str, places: tuple[int, ...], surface: str) -> bool:
    """Whether the characters of a short name stand in its order (扶持政策 is not 政策扶持)."""
    said = text[places[0] : places[-1] + 1] if places else ""
    return surface in text or (len(said) == len(surface) and said[0] == surface[0]) or spoken(said) == spoken(surface)


def _beside(exact: set[int], heard: set[int]) -> set[int]:
    """The heard places that go on from written ones: 组织…制度 is not 救助制度."""
    found: set[int] = set()
    while more := {at for at in heard - exact - found if {at - 1, at + 1} & (exact | found)}:
        found |= more
    return found


def stretch(text: str, surface: str) -> tuple[int, int]:
    """Where the longest part of a name that was said in one piece stands, as start and end."""
    best = (0, 0)
    for start in range(len(text)):
        end = start + max(1, best[1] - best[0])
        while end <= len(text) and text[start:end] in surface:
            best = max(best, (start, end), key=lambda span: span[1] - span[0])
            end += 1
    return best
