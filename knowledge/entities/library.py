"""Loaded plans with everything that can be computed once: vocabulary, topic index, look-ups by id and name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from knowledge.entities.collectives import collectives_of
from knowledge.entities.document_names import document_words
from knowledge.entities.listings import Listed, listings_of
from knowledge.entities.ranking import PlaceRanking
from knowledge.entities.topic_index import Entry, TopicIndex, entries_of
from knowledge.entities.unit_names import body_words, home_prefixes, unit_names, unit_prefixes
from knowledge.language.cues import cue_words
from knowledge.language.lattice import How, Sense, Vocabulary, Word, best_cover, cells_of
from knowledge.language.lexicon import general_bodies, general_places, look_alikes, sayings
from knowledge.language.normalize import clean
from knowledge.language.pinyin import initials
from knowledge.language.quantities.numerals import read_number
from knowledge.language.quantities.units import base_unit
from knowledge.language.thesaurus import everyday
from knowledge.plan.gazetteer import Gazetteer
from knowledge.plan.key import WORK, EntryKey, EntryKind, TaskKey
from knowledge.plan.model import Clause, Plan, Section, Target, Task
from knowledge.plan.text_index import PlanText, RegisterText, TextKind, TextPlace


@cache
def _general_words() -> Vocabulary:
    """The words that hold for every plan: what asks, bodies that exist, other places."""
    return Vocabulary(
        (
            *(Word(body, Sense.OUTSIDER, body) for body in sorted(general_bodies())),
            *(Word(place, Sense.ELSEWHERE, place) for place in sorted(general_places())),
            *cue_words(),
        )
    )


LONGEST_ENDING = 8
"""Characters of what names end in."""


@dataclass(frozen=True)
class Library:
    """Some plans, each with its gazetteer, ready for questions. Build it once; it never changes.

    Questions are read against one plan at a time: where several are loaded, `plan_of` says which one a message means,
    and `alone` is the library of that plan. So a question costs the same however many plans there are.
    """

    shelves: tuple[tuple[Plan, Gazetteer], ...]
    among_others: bool = False
    """Whether it is one of several libraries that are loaded together."""
    texts: Mapping[str, PlanText] = field(default_factory=dict, repr=False, hash=False)
    """The indexed documents, by plan; of other plans only the register's own words are known."""

    @property
    def mixed(self) -> bool:
        """Whether ids must name their plan (`plan/5.1`), because other plans are loaded beside."""
        return self.among_others or len(self.shelves) > 1

    @cached_property
    def index(self) -> TopicIndex:
        return TopicIndex(_called(entry, own) for plan, own in self.shelves for entry in entries_of(plan))

    @cached_property
    def lists(self) -> tuple[Listed, ...]:
        return tuple(listed for plan in self.plans for listed in listings_of(plan))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        pairs = {said for said, _ in sayings() if len(said) == 2}
        return Vocabulary(self._words(), look_alikes(), beside=_general_words(), pairs=pairs)

    def _words(self) -> Iterator[Word]:
        for plan, gazetteer in self.shelves:
            yield from body_words(plan, gazetteer)
            yield from document_words(plan)
        for entry in self.index.entries:
            for surface in entry.surfaces:
                if len(surface) > 1:
                    yield Word(surface, Sense.TOPIC, "")
        for said, formal in sayings():
            if self.index.speaks_of(formal):
                yield Word(said, Sense.SAYING, formal)

    @cached_property
    def alone(self) -> dict[str, "Library"]:
        """Each plan's own library, by the plan's name."""
        if len(self.shelves) == 1:
            return {self.plans[0].name: self}
        return {
            plan.name: Library(((plan, gazetteer),), among_others=True, texts=self.texts)
            for plan, gazetteer in self.shelves
        }

    def prepared(self) -> "Library":
        """Itself, with everything computed that the first question would have to wait for."""
        if len(self.shelves) > 1:
            self._signposts.lookup("")
            for library in self.alone.values():
                library.prepared()
        else:
            self.vocabulary.lookup("")
            if not self.mixed:  # of two hundred plans most are never asked about; theirs can wait
                self.vocabulary.prepare()
                self.ranking.nearest(())
                self.everyday_of.keys()
            self.by_initials.get("")
        return self

    @cached_property
    def _signposts(self) -> Vocabulary:
        """What tells plans apart: their places, their own names, and the projects and companies they name."""
        words: list[Word] = []
        for plan, gazetteer in self.shelves:
            names = [plan.title, *plan.names, *(p for p in home_prefixes(gazetteer) if len(p) > 1)]
            names += [named.name for task in plan.tasks for named in task.named]
            words += [Word(clean(name), Sense.HOME, plan.name) for name in names]
        return Vocabulary(word for word in words if len(word.text) > 1)

    def plan_of(self, cleaned: str, *, before: str | None, unit: str | None) -> "Library | None":
        """The library of the plan that a message, as `clean` leaves it, means; None where it may be any of several.

        `before` is the plan that the chat spoke of last, `unit` the asker's own.
        """
        if len(self.shelves) == 1:
            return self
        cells = cells_of(cleaned, pinyin={})
        cover = best_cover(cells, (m for m in self._signposts.matches(cells, slips=False) if m.how is How.EXACT))
        named = [{word.key for word in match.words} for match in cover]
        meant = set.intersection(*named) if named else set()
        if not meant and before in self.alone:
            meant = {before}
        if not meant and unit:
            meant = {plan.name for plan in self.plans if unit in unit_names(plan)}
        return self.alone[meant.pop()] if len(meant) == 1 else None

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        return tuple(plan for plan, _ in self.shelves)

    def own_unit(self, name: str) -> str | None:
        """The unit or town that an asker's own name for it means: 科经局 is 市科经局; None where there is none."""
        if name in self.tasks_of or name in self.towns:
            return name
        units = {word.key for word in self.vocabulary.lookup(clean(name)) if word.sense is Sense.UNIT}
        return units.pop() if len(units) == 1 else None

    def quotes(self, number: str) -> bool:
        """Whether a document's number (鄂发〔2021〕11号) is the plan's own or one that it goes by."""
        known = (text for plan in self.plans for text in (plan.number, *(fact.says for fact in plan.facts)))
        return any(clean(number) in clean(text) for text in known if text)

    @cached_property
    def home_prefixes(self) -> frozenset[str]:
        """Ways to say the plan's place before a unit's name: 市 included, and what is taken for it (巾)."""
        said = {prefix for _, gazetteer in self.shelves for prefix in unit_prefixes(gazetteer)}
        alike = {char for group in look_alikes() if said & set(group) for char in group}
        return frozenset(said | alike)

    @cached_property
    def tasks(self) -> dict[TaskKey, Task]:
        return {TaskKey(plan.name, task.id): task for plan in self.plans for task in plan.tasks}

    @cached_property
    def clauses(self) -> dict[TaskKey, Clause]:
        return {TaskKey(plan.name, clause.id): clause for plan in self.plans for clause in plan.clauses}

    @cached_property
    def sections(self) -> dict[tuple[str, int], Section]:
        return {(plan.name, section.no): section for plan in self.plans for section in plan.sections}

    @cached_property
    def order(self) -> dict[TaskKey, int]:
        """Tasks and clauses in the order of the document."""
        return {key: n for n, key in enumerate((*self.clauses, *self.tasks))}

    @cached_property
    def targets(self) -> tuple[tuple[str, Target], ...]:
        """Every target with its plan, tasks before clauses' last."""
        return tuple(
            (plan.name, target)
            for plan in self.plans
            for targets in (*(c.targets for c in plan.clauses), *(t.targets for t in plan.tasks))
            for target in targets
        )

    @cached_property
    def measures(self) -> frozenset[str]:
        """The units that targets are written in, without their scale: 千瓦 of 亿千瓦."""
        units = {base_unit(clean(target.unit)) for _, target in self.targets if target.unit}
        return frozenset(unit for unit in units if unit)

    @cached_property
    def written_measures(self) -> frozenset[str]:
        """The units that targets are written in, with their scale."""
        return frozenset(clean(target.unit) for _, target in self.targets if target.unit)

    @cached_property
    def targets_of(self) -> dict[TaskKey, tuple[Entry, ...]]:
        """The targets of each task and clause that has any, in the document's order."""
        held: dict[TaskKey, list[Entry]] = defaultdict(list)
        for entry in self.index.entries:
            if entry.kind is EntryKind.TARGET:
                held[entry.owner].append(entry)
        return {owner: tuple(entries) for owner, entries in held.items()}

    @cached_property
    def whole_of(self) -> dict[TaskKey, Entry]:
        """Each task and clause as a whole."""
        return {e.owner: e for e in self.index.entries if e.kind in {EntryKind.TASK, EntryKind.CLAUSE}}

    def versions(self, entry: Entry) -> tuple[Entry, ...]:
        """The target itself and those that set the same for other years: 2025年起降点 and 2027年起降点."""
        cores = _cores(entry)
        return tuple(one for one in self.targets_of[entry.owner] if one == entry or cores & _cores(one))

    @cached_property
    def name_endings(self) -> Counter[str]:
        """What names of projects, companies, places and the like end in, and how many of them do: 码头, 小镇."""
        things = (e for e in self.index.entries if e.kind in {EntryKind.PROJECT, EntryKind.NAMED})
        names = {surface for entry in things for surface in entry.surfaces}
        ends = (name[at:] for name in names for at in range(max(1, len(name) - LONGEST_ENDING), len(name)))
        return Counter({end: number for end, number in Counter(ends).items() if end not in names})

    @cached_property
    def tasks_of(self) -> dict[str, tuple[TaskKey, ...]]:
        """The tasks whose own list names a unit (or collective)."""
        held: dict[str, list[TaskKey]] = defaultdict(list)
        for key, task in self.tasks.items():
            for unit in task.units:
                held[unit].append(key)
        return {unit: tuple(keys) for unit, keys in held.items()}

    @cached_property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(unit for plan in self.plans for unit in unit_names(plan)))

    @cached_property
    def text(self) -> PlanText:
        """The text of the plan whose library this is; of several, of the first."""
        plan = self.plans[0]
        return self.texts.get(plan.name) or RegisterText(plan)

    @cached_property
    def ranking(self) -> PlaceRanking:
        """The tasks and clauses by all their names, the words of their text, and how people speak of these."""
        words: dict[TaskKey, list[str]] = {}
        for key in self.order:
            kind = TextKind.TASK if key in self.tasks else TextKind.CLAUSE
            words[key] = list(self.text.words_at(TextPlace(kind, key.id)))
        for entry in self.index.entries:
            if entry.owner in words:
                words[entry.owner] += entry.surfaces
        return PlaceRanking(words, {key: everyday(held) for key, held in words.items()})

    @cached_property
    def everyday_of(self) -> dict[EntryKey, tuple[str, ...]]:
        """How people speak of what the names of each target hold."""
        targets = (target for targets in self.targets_of.values() for target in targets)
        return {target.key: tuple(dict.fromkeys(everyday(target.surfaces))) for target in targets}

    @cached_property
    def collectives(self) -> dict[str, tuple[str, bool]]:
        """Collective → (kind of town, certain)."""
        held = (one for plan, gazetteer in self.shelves for one in collectives_of(plan, gazetteer))
        return {one.name: (one.kind, one.certain) for one in held}

    @cached_property
    def towns(self) -> dict[str, str]:
        """Town → its kind, as collectives have it; a unit that calls itself 镇 or 街道 is one, whoever lists them."""
        stated = {town.name: town.kind for _, gazetteer in self.shelves for town in gazetteer.towns}
        kinds = {kind for kind, _ in self.collectives.values()}
        named = ((unit, _TOWN.fullmatch(unit)) for unit in self.units if unit not in self.collectives)
        told = {unit: found[1] for unit, found in named if found}
        return {unit: _BOTH if kind in _BOTH and _BOTH in kinds else kind for unit, kind in told.items()} | stated

    @cached_property
    def unsupervised(self) -> dict[str, frozenset[str]]:
        """Of each plan the units that are no object of supervision: those that its gazetteer states, and whatever calls
        itself a commission for discipline or supervision (县纪委监委)."""
        return {
            plan.name: frozenset(
                (
                    *(one.unit for one in gazetteer.unsupervised),
                    *(unit for unit in unit_names(plan) if _OF_DISCIPLINE.search(unit)),
                )
            )
            for plan, gazetteer in self.shelves
        }

    @cached_property
    def places(self) -> dict[str, tuple[str, str]]:
        """Where a task, clause or section stands (三(五)2) → (kind, id); of the first plan that has it."""
        held: dict[str, tuple[str, str]] = {}
        for plan in self.plans:
            for task in plan.tasks:
                held.setdefault(clean(task.place), ("task", task.id))
            for clause in plan.clauses:
                held.setdefault(clean(clause.id), ("clause", clause.id))
            for section in plan.sections:
                held.setdefault(clean(section.place), ("section", str(section.no)))
        return held

    @cached_property
    def part(self) -> str:
        """The part of the document that all tasks stand in (三), or ""."""
        parts = {found[0] if (found := _PART.match(clean(task.place))) else "" for task in self.tasks.values()}
        return parts.pop() if len(parts) == 1 else ""

    @cached_property
    def articles(self) -> dict[int, str]:
        """Task by the number that its place ends in, where tasks are counted through (一(一) … 七(二十七))."""
        held: dict[int, str] = {}
        for task in self.tasks.values():
            found = _LAST_NUMBER.search(clean(task.place))
            number = int(read_number(found[1]) or 0) if found else 0
            if not number or number in held:
                return {}
            held[number] = task.id
        return held

    @cached_property
    def entry_of(self) -> dict[EntryKey, Entry]:
        """Every entry by its key; a project also as `named`, which chats' memories called it before."""
        held = {entry.key: entry for entry in self.index.entries}
        before = {
            replace(key, kind=EntryKind.NAMED): entry for key, entry in held.items() if key.kind is EntryKind.PROJECT
        }
        return before | held

    @cached_property
    def by_initials(self) -> dict[str, tuple[str, ...]]:
        """`jtj` → the units whose short name begins so."""
        held: dict[str, dict[str, None]] = defaultdict(dict)
        for plan, gazetteer in self.shelves:
            for word in body_words(plan, gazetteer):
                if word.sense is Sense.UNIT and len(word.text) >= 3:
                    held[initials(word.text)][word.key] = None
        return {letters: tuple(keys) for letters, keys in held.items()}

    def gazetteer_of(self, plan: str) -> Gazetteer:
        return next(gazetteer for one, gazetteer in self.shelves if one.name == plan)


_TOWN = re.compile("[^“”]{2,4}(街道|镇|乡)")
_BOTH = "乡镇"
_OF_DISCIPLINE = re.compile("(?:纪委|监委|纪检委|纪律检查委员会|监察委员会)$")
_OF_YEAR = re.compile(r"到?20\d\d年(?:年?底)?")
_PART = re.compile(r"[一二三四五六七八九十]+")
_LAST_NUMBER = re.compile(r"(\d+|[一二三四五六七八九十]+)[^\w]*[条款]?$")


def _cores(entry: Entry) -> frozenset[str]:
    """A target's names without a year."""
    return frozenset(_OF_YEAR.sub("", surface) for surface in entry.surfaces)


def _called(entry: Entry, gazetteer: Gazetteer) -> Entry:
    """The entry with the names that the office gave it."""
    said = [clean(a.said) for a in gazetteer.added if (a.owner, a.name) == (entry.owner.id, entry.name)]
    return replace(entry, surfaces=(*entry.surfaces, *said)) if said else entry


def is_task(entry: Entry) -> bool:
    return entry.kind in WORK
