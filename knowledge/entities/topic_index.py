"""What a plan speaks of, as an index: which entry (task, target, action, project, clause …) a few words mean.

Words are compared by pairs of neighbouring characters, by sound where the characters are unknown to the plan; what
counts is how much of what was *said* the entry explains, each character weighted by how rare it is in the plan. So word
order, dropped modifiers and homophones hardly matter, and a word that the plan does not know speaks strongly against
every entry.
"""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from knowledge.language.normalize import clean
from knowledge.language.pinyin import sounds
from knowledge.plan.key import EntryKey, EntryKind, TaskKey
from knowledge.plan.model import Clause, Fact, Named, Plan, Section, Target, Task, TaskAction

Thing = Task | Section | Clause | Fact | Target | TaskAction | Named | Plan


@dataclass(frozen=True)
class Entry:
    """One thing the plan speaks of."""

    key: EntryKey
    surfaces: tuple[str, ...]
    thing: Thing

    @cached_property
    def kind(self) -> EntryKind:
        return self.key.kind

    @cached_property
    def name(self) -> str:
        return self.key.name

    @cached_property
    def owner(self) -> TaskKey:
        """The task or clause that it stands in."""
        return self.key.owner


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that explains `said` (0–1) of the words, of whose own best surface `own` (0–1) was said."""

    entry: Entry
    said: float
    own: float
    surface: str

    @property
    def score(self) -> float:
        return self.said * (0.85 + 0.15 * self.own)


def _written(name: str) -> str:
    """A name as it is searched for: without punctuation, which people leave out."""
    return "".join(char for char in clean(name) if char.isalnum() or char in "%.")


def kind_of(named: Named) -> EntryKind:
    return EntryKind.PROJECT if named.is_work else EntryKind.NAMED


def entries_of(plan: Plan) -> Iterator[Entry]:
    """Every entry of a plan, in the document's order."""

    def entry(kind: EntryKind, id_: str, name: str, names: Iterable[str], thing: Thing) -> Entry:
        surfaces = tuple(dict.fromkeys(filter(None, (_written(n) for n in (name, *names)))))
        return Entry(EntryKey(kind, name, plan.name, id_), surfaces, thing)

    yield entry(EntryKind.PLAN, "", plan.title, plan.names, plan)
    for fact in plan.facts:
        yield entry(EntryKind.FACT, "", fact.about, fact.names, fact)
    for section in plan.sections:
        yield entry(EntryKind.SECTION, str(section.no), section.title, section.names, section)
    for task in plan.tasks:
        yield entry(EntryKind.TASK, task.id, task.title, task.names, task)
        for target in task.targets:
            yield entry(EntryKind.TARGET, task.id, target.name, target.names, target)
        for action in task.actions:
            yield entry(EntryKind.ACTION, task.id, action.phrase, action.names, action)
        for named in task.named:
            yield entry(kind_of(named), task.id, named.name, named.names, named)
    for clause in plan.clauses:
        yield entry(EntryKind.CLAUSE, clause.id, clause.title, clause.names, clause)
        for target in clause.targets:
            yield entry(EntryKind.TARGET, clause.id, target.name, target.names, target)
        for fact in clause.facts:
            yield entry(EntryKind.FACT, clause.id, fact.about, fact.names, fact)


_BY_SOUND = 0.9
# What only sounds alike must sound like a whole name and share a character with it: 机站 is 基站, but 石佛 no part of
# 上市服务, and 仲裁 not 种菜.
_WHOLE = 0.85
_MIXED = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]+", re.ASCII)
"""Letters and digits hold together: 4g is no near miss of 5g."""
_COMMON = 4000  # a pair in more surfaces than this tells nothing; only thousands of plans reach it


class TopicIndex:
    """All entries of some plans, ready to be asked; immutable once built."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._surfaces: list[tuple[int, str]] = []
        postings: dict[str, list[int]] = defaultdict(list)
        owners: dict[str, set[TaskKey]] = defaultdict(set)
        for number, entry in enumerate(self.entries):
            for surface in entry.surfaces:
                for pair in set(pairs(surface)):
                    postings[pair].append(len(self._surfaces))
                for char in set(surface):
                    owners[char].add(entry.owner)
                self._surfaces.append((number, surface))
        self._postings = {pair: tuple(found) for pair, found in postings.items()}
        self._heard: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for pair in self._postings:
            self._heard[sound_of(pair)].append(pair)
        total = max(2, len({e.owner for e in self.entries}))
        self._rarest = 1.0 + math.log(total)
        self._rarity = {char: 1.0 + math.log(total / len(where)) for char, where in owners.items()}
        self._weight_of_name = cache(self.weight)

    def rarity(self, char: str) -> float:
        """How much a character tells, from 1 (in every task) upwards; unknown ones tell most."""
        return self._rarity.get(char, self._rarest)

    def speaks_of(self, words: str) -> bool:
        """Whether some entry holds all neighbouring pairs of `words`, so that they may be its own words."""
        wanted = set(pairs(words))
        if not wanted <= self._postings.keys():
            return False
        rarest = min((self._postings[pair] for pair in wanted), key=len, default=())
        return any(words in self._surfaces[surface][1] for surface in rarest)

    def mostly_knows(self, words: str) -> bool:
        """Whether three in four neighbouring pairs stand in the plan: 领导小组的办公室 is its own, 编译局 is not."""
        known = [pair in self._postings for pair in pairs(words) if "的" not in pair]
        return len(known) > 2 and sum(known) >= 0.75 * len(known)

    def knows_pair(self, pair: str) -> bool:
        return pair in self._postings

    def weight(self, words: str) -> float:
        return sum(map(self.rarity, words))

    def search(self, pieces: tuple[str, ...], *, most: int = 40) -> tuple[Hit, ...]:
        """Entries by how well they explain the `pieces` (runs of content characters), best first."""
        text = " ".join(pieces)
        weights = self._weights(text)
        whole = sum(weights)
        if not whole:
            return ()
        where: dict[int, dict[int, float]] = defaultdict(dict)
        seen: set[int] = set()  # surfaces of which some pair stands there to the letter
        heard: dict[int, dict[int, str]] = defaultdict(dict)  # of each surface, the pairs that only sound alike
        for at, pair in enumerate(text[i : i + 2] for i in range(len(text) - 1)):
            if " " in pair:
                continue
            for known, worth in self._known(pair):
                for surface in self._postings[known]:
                    covered = where[surface]
                    if known != pair:
                        heard[surface][at] = known
                        continue
                    seen.add(surface)
                    for place in (at, at + 1):
                        covered[place] = max(covered.get(place, 0.0), worth * weights[place])
        for surface, alike in heard.items():
            own_text = self._surfaces[surface][1]
            for at, known in alike.items():
                if _goes_on(text, at, known, own_text, alike):
                    for place in (at, at + 1):
                        where[surface][place] = max(where[surface].get(place, 0.0), _BY_SOUND * weights[place])
        ranked: dict[int, Hit] = {}
        in_full: dict[int, dict[int, float]] = defaultdict(dict)  # of each entry, what all names said in full cover
        whole_words = [found.span() for found in _MIXED.finditer(text)]
        for surface, covered in where.items():
            number, own_text = self._surfaces[surface]
            for start, end in whole_words:
                if text[start:end] not in own_text:
                    covered = {at: weight for at, weight in covered.items() if not start <= at < end}
            if surface in seen and own_text in text:
                in_full[number].update(covered)
            said = sum(covered.values()) / whole
            held = ranked.get(number)
            if held and held.said > said + 0.05:
                continue
            own = min(1.0, sum(covered.values()) / max(1.0, self._weight_of_name(own_text)))
            if surface not in seen and (own < _WHOLE or not set(own_text) & set(text)):
                continue
            hit = Hit(self.entries[number], said, own, own_text)
            if held is None or hit.score > held.score:
                ranked[number] = hit
        for number, covered in in_full.items():  # 五保户特困人员集中养起来: three names of one target
            said = sum(covered.values()) / whole
            if said > ranked[number].said:
                ranked[number] = replace(ranked[number], said=said, own=1.0)
        return tuple(sorted(ranked.values(), key=lambda h: -h.score)[:most])

    def _weights(self, text: str) -> list[float]:
        """How much each character tells; one that makes another word of a known one (生 of 研究生) tells most."""
        known = [pair in self._postings for pair in pairs(text)]
        weights = [0.0 if char == " " else self.rarity(char) for char in text]
        for at in range(2, len(text)):
            follows = known[at - 2] and not known[at - 1] and text[at] != " "
            if follows and (text[at + 1 : at + 2] in {"", " "} or (not known[at] and known[at + 1 : at + 2] == [True])):
                weights[at] = self._rarest
        return weights

    def owners_of(self, pieces: tuple[str, ...]) -> dict[TaskKey, float]:
        """How much of the `pieces` each task or clause explains with all its entries together (0–1)."""
        text = " ".join(pieces)
        weights = self._weights(text)
        whole = sum(weights) or 1.0
        covered: dict[TaskKey, dict[int, float]] = defaultdict(dict)
        for at, pair in enumerate(text[i : i + 2] for i in range(len(text) - 1)):
            for owner in {self.entries[self._surfaces[s][0]].owner for s in self._postings.get(pair, ())}:
                covered[owner].update({place: weights[place] for place in (at, at + 1)})
        return {owner: sum(places.values()) / whole for owner, places in covered.items()}

    def _known(self, pair: str) -> Iterator[tuple[str, float]]:
        if pair in self._postings:
            if len(self._postings[pair]) <= _COMMON:
                yield pair, 1.0
            return
        for alike in self._heard.get(sound_of(pair), ()):
            yield alike, _BY_SOUND


def _goes_on(text: str, at: int, known: str, surface: str, alike: Collection[int]) -> bool:
    """Whether a character that only sounds right is followed by what follows it in the name, or ends it; so before it.

    研究生 is not 研究什么: what sounds like a part of a name does not begin inside one word and end inside another.
    """
    after, before = text[at + 1 : at + 3], text[max(0, at - 1) : at + 1]
    first, second = text[at] == known[0], text[at + 1] == known[1]
    return (second or surface.endswith(known) or at + 1 in alike or after in surface) and (
        first or surface.startswith(known) or at - 1 in alike or before in surface
    )


def sound_of(pair: str) -> tuple[str, ...]:
    return tuple(sounds(char)[0] for char in pair)


def pairs(text: str) -> Iterator[str]:
    for at in range(len(text) - 1):
        yield text[at : at + 2]
