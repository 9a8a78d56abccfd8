"""Which part of a plan a clause speaks of: target, project, action or task, by how much of its name was said.

Preference, best first: what is named in full before what is named in part; the longer name; what the message already
speaks of; a plan's key projects; the sender's own tasks. What is still level is left open.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial

from knowledge.entities.library import Library
from knowledge.entities.name_index import PLAIN, Candidate, Names, names_something, stretch
from knowledge.entities.topic_index import Entry
from knowledge.entities.unit_names import body_words
from knowledge.language.lattice import Sense
from knowledge.language.pinyin import spoken
from knowledge.language.spelling import respelled
from knowledge.plan.key import WORK, EntryKind, TaskKey
from knowledge.plan.model import Named, Target
from knowledge.reports.speech_acts import AGAIN, BY_NOW, CORRECTION, FINISHED, FRESH, HAVING, MISSING, TOTAL

_ORDER = ({EntryKind.PROJECT, EntryKind.NAMED}, {EntryKind.TARGET}, {EntryKind.ACTION}, {EntryKind.TASK})

NEAR_FULL = 0.9  # 规上企业 in full outranks 规上服务业企业 in part
OUTRANKS = 0.5  # 医共体建设 in full counts more than scattered pieces of 碳中和行动方案
NEAR_PART = 0.88  # 覆盖率, 示范村, 产业园: in part of several names, all level; 示范建成 too, 建成 being grammar
HINT = 0.35  # 正常生产80家 holds too little of 农产品生产基地 to be about it
EXPLAINED = 0.6  # of the words that are not grammar, so much must belong to a name that is not said in full

_SET_AGAINST = re.compile(r"[比较](?=\s|$)|(?:离|距离?)(?=\s|目标|任务)")
"""比…多了9个, 离…还差2亿, when the day or the goal between has been blanked out."""
_SAID = (MISSING, AGAIN, FRESH, TOTAL, FINISHED, BY_NOW, HAVING, CORRECTION)
_VERBS = (*(sign.pattern for sign in _SAID), _SET_AGAINST)
"""What is said of a number, whatever it counts: 基站开通655, 高企净增28家, 固投还欠35亿."""

_LETTERED = re.compile(r"(\d)([a-z])([\u4e00-\u9fff]{2,})")  # 5g基站
_NUMBERS_SAID = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_LETTERS_SAID = {"a": "ei", "b": "bi", "d": "di", "g": "ji", "p": "pi", "q": "qiu", "t": "ti"}
_NUMERAL = re.compile(r"[\d零一二两三四五六七八九十百千]")


@dataclass(frozen=True, slots=True)
class DiscourseContext:
    """What decides between level subjects: the subject and tasks the message speaks of, and the sender's tasks."""

    current: Entry | None = None
    tasks: frozenset[TaskKey] = frozenset()
    own: Collection[TaskKey] = ()


@dataclass(frozen=True, slots=True)
class SubjectLink:
    """The subject that was meant, or several that may be (`open`, best first), or neither."""

    one: Candidate | None = None
    open: tuple[Candidate, ...] = ()


@dataclass
class Subjects:
    """Everything of a library that can be reported on, ready to be found. Build once."""

    library: Library
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(e for e in self.library.index.entries if e.kind in WORK)
        self._numbered: dict[str, list[str]] = defaultdict(list)
        self._lettered: dict[tuple[str, str, tuple[str, ...]], str] = {}
        for entry in self.names.entries:
            for surface in entry.surfaces:
                if _NUMERAL.search(surface) and not surface.isdigit():
                    self._numbered[surface[0]].append(surface)
                if lettered := _LETTERED.fullmatch(surface):
                    self._lettered[lettered[1], lettered[2], spoken(lettered[3])] = surface
        self._bodies: set[str] = set()
        for plan, gazetteer in self.library.shelves:
            self._bodies |= {w.text for w in body_words(plan, gazetteer) if w.sense is Sense.UNIT and len(w.text) > 2}
        self._lengths = sorted({len(body) for body in self._bodies}, reverse=True)

    def numbered(self, text: str) -> list[tuple[int, int]]:
        """Where names that hold a number stand, so that it is not taken for a value (5g基站, 10亿元以上重点项目)."""
        return [
            (at, at + len(surface))
            for at, char in enumerate(text)
            for surface in self._numbered.get(char, ())
            if text.startswith(surface, at)
        ]

    def respelled(self, text: str) -> str:
        """`text` with what is written as it sounds put right: words (月分), a name's letter (5机站 is 5g基站)."""
        text = respelled(text, self.library.index.knows_pair)
        for (number, letter, sound), surface in self._lettered.items():
            for spelled in (rf"{letter}|[\u4e00-\u9fff]", ""):
                heard = f"(?<![\\d.])(?:{number}|{_NUMBERS_SAID[number]})({spelled})([\u4e00-\u9fff]{{{len(sound)}}})"
                text = re.sub(heard, partial(_if_heard, letter, sound, surface), text)
        return text

    def without_bodies(self, text: str) -> str:
        """`text` with the names of units blanked out, but for those that begin another name (开发区大项目)."""
        at = 0
        while at < len(text):
            length = next((n for n in self._lengths if text[at : at + n] in self._bodies), 0)
            if length and not self.names.begins_with_name(text[at:], longer=length):
                text = text[:at] + " " * length + text[at + length :]
            at += length or 1
        return text

    def named_in_full(self, text: str) -> list[tuple[Entry, int, int]]:
        """The entries that a text names in full by three characters or more, and where; the strongest first."""
        full = (c for c in self.names.find(text) if c.full and len(c.surface) > 2)
        return [(c.entry, *stretch(text, c.surface)) for c in full]

    def opening(self, text: str) -> Entry | None:
        """What a clause begins with, named in full (基站选址老百姓不让建): it is about that, whatever else it says."""
        begun = [c for c in self.names.find(text) if c.full and self._begins(text, c.surface)]
        longest = max((len(c.surface) for c in begun), default=0)
        entries = {id(c.entry): c.entry for c in begun if len(c.surface) == longest}
        return next(iter(entries.values())) if len(entries) == 1 else None

    def _begins(self, text: str, surface: str) -> bool:
        before, found, _ = text.partition(surface)
        return bool(found) and not self.residue(before)

    def link(
        self,
        text: str,
        context: DiscourseContext,
        *,
        fits: Callable[[Entry], bool] = lambda _: True,
        rivals: float = 0.0,
        enough: float = EXPLAINED,
    ) -> SubjectLink:
        """Which entry that `fits` the text speaks of; one that does not fit but is named much better forbids it.

        `enough` is the part of the words that a name of two characters must explain.
        """
        everything = self.names.find(text)
        fitting = [c for c in everything if fits(c.entry)]
        if not fitting:
            return SubjectLink()
        others = [c for c in everything if not fits(c.entry)]
        if not fitting[0].full and any(_rules_out(other, fitting[0], rivals) for other in others):
            return SubjectLink()
        link = self._decide(self._level(fitting, text, enough), context)
        one = link.one
        hinted = one is not None and not one.full and one.own < HINT and one.entry != context.current
        return SubjectLink() if hinted else link

    def _level(self, fitting: list[Candidate], text: str, enough: float) -> list[Candidate]:
        """The candidates between which the words do not decide."""
        best = next((c for c in fitting if c.full and len(c.surface) > 2), None) or _short(fitting)
        best = next((c for c in fitting if _is_named_work(c) and not set(c.places) & set(best.places)), best)
        if best.full and best.covered >= fitting[0].covered * OUTRANKS:
            near = [c for c in fitting if c.full and c.strength >= best.strength * NEAR_FULL]
            if _is_named_work(best):
                near = [c for c in near if set(c.places) & set(best.places)]
            near = [c for c in near if c.own > 0.99] or near
            near = [c for c in near if c.surface in text] or near
            return [c for c in near if len(c.surface) > 2 or self._explains(c, text, enough)]
        grammar = {at for found in PLAIN.finditer(text) for at in range(*found.span())}
        told = [self.names.weight("".join(text[at] for at in c.places if at not in grammar)) for c in fitting]
        near = [c for c, weight in zip(fitting, told, strict=True) if weight >= max(told) * NEAR_PART]
        return [c for c in near if self._explains(c, text, EXPLAINED)]

    def _explains(self, candidate: Candidate, text: str, enough: float) -> bool:
        said = "".join(text[at] for at in candidate.places)
        if not names_something(said):
            return False
        rest = "".join(c if at not in candidate.places else " " for at, c in enumerate(text))
        verbs = [found.span() for verb in _VERBS for found in verb.finditer(text)]
        if any({*candidate.places} <= {*range(*span)} for span in verbs):
            return False  # 拿到牌子的4家
        rest = self.residue(blank(rest, verbs))
        return candidate.covered >= enough * (candidate.covered + self.names.weight(rest))

    def residue(self, text: str) -> str:
        """What of a text is neither grammar nor usual in reports."""
        return PLAIN.sub("", text)

    def _decide(self, near: list[Candidate], context: DiscourseContext) -> SubjectLink:
        if not near:
            return SubjectLink()
        for keep in _preferences(context):
            near = [c for c in near if keep(c)] or near
            if one := _single(near):
                return SubjectLink(one)
        return SubjectLink(open=tuple(near))


def _if_heard(letter: str, sound: tuple[str, ...], surface: str, said: re.Match[str]) -> str:
    spelled = said[1] in {"", letter} or spoken(said[1]) == (_LETTERS_SAID.get(letter),)
    return surface if spelled and spoken(said[2]) == sound else said[0]


def _rules_out(other: Candidate, fitting: Candidate, rivals: float) -> bool:
    """GDP增长6.5% names the GDP, which is no rate, so it is not a rate with GDP in its name either."""
    if other.covered * rivals > fitting.covered and other.entry.kind is not EntryKind.ACTION:
        return True
    return bool(rivals) and isinstance(other.entry.thing, Target) and other.full and len(other.surface) > 2


def _is_named_work(candidate: Candidate) -> bool:
    """A project by its name is what a clause is about, whatever else it names (江北高速征地拆迁)."""
    return candidate.entry.kind is EntryKind.PROJECT and candidate.full and len(candidate.surface) > 2


def _short(fitting: list[Candidate]) -> Candidate:
    """A name of two characters that was said outright, unless more was said of another (万达资金缺口)."""
    return next((c for c in fitting if c.full and c.covered >= fitting[0].covered * 0.9), fitting[0])


def _preferences(context: DiscourseContext) -> tuple[Callable[[Candidate], bool], ...]:
    return (
        lambda _: True,
        lambda c: c.entry == context.current,
        lambda c: c.entry.owner in context.tasks,
        lambda c: context.current is not None and c.entry.owner == context.current.owner,
        lambda c: isinstance(c.entry.thing, Named) and c.entry.thing.key,
        lambda c: c.full and c.entry.owner in context.own,
    )


def _single(near: list[Candidate]) -> Candidate | None:
    """The one subject that several entries of one task are (a project and the action that builds it)."""
    if len({c.entry.owner for c in near}) > 1:
        return None
    for kinds in _ORDER:
        alike = [c for c in near if c.entry.kind in kinds]
        if len(alike) == 1 or (alike and kinds <= {EntryKind.ACTION, EntryKind.TASK}):
            return alike[0]
        if alike:
            return None
    return None


def is_work(entry: Entry) -> bool:
    """Whether an entry can be begun and finished: not a company, a product, a place or a brand."""
    return entry.kind is not EntryKind.NAMED


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with some places made spaces, so that all others stay where they are."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)
