"""Which part of a plan a clause speaks of: target, project, action or task, by how much of its name was said.

Preference, best first: what is named in full before what is named in part; the longer name; what the message already
speaks of; a plan's key projects; the sender's own tasks. What is still level is left open.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from knowledge.library import Library
from knowledge.model import Kind, Named
from knowledge.names import body_words
from knowledge.sound import spoken
from knowledge.text import is_han
from knowledge.topics import Entry, Hit, Topic, TopicIndex, pairs
from knowledge.words import Sense

_REPORTABLE = {Topic.TASK, Topic.TARGET, Topic.ACTION, Topic.NAMED}
_ORDER = (Topic.NAMED, Topic.TARGET, Topic.ACTION, Topic.TASK)

FULL = 0.85  # 牛关机综合码头 (one slip) is the name in full, 综合码头 is not
NEAR = 0.93  # 覆盖率: 普惠园覆盖率 and 数字校园覆盖率 are level; 规上企业 in full and in 规上服务业企业 are not
EXPLAINED = 0.6  # of the words that are not grammar, so much must belong to a name that is not said in full

_NUMERAL = re.compile(r"[\d零一二两三四五六七八九十百千]")
# What reports say around any name; it neither names nor contradicts a subject.
_PLAIN = re.compile(
    r"已经|已|目前|现在|现|累计|共计|总计|合计|总共|一共|共有|共|大约|约|完成率|完成|建成|建好|建设|新建|新增加|新增|新发展|新|增加|增长|发展|培育|创建|创成|实施|编制|达到|达|到|为|"
    r"实现|提升|提高|同比|比重|数量|总数|数|规模|水平|全市|全省|我市|我局|我们|我镇|本局|本市|全年|年度|任务|目标|工作|项目|情况|进展|进度|[的了在等有是及和与把将被从由比较个家座处率]|突破|超过|接近|左右|"
    r"稳定|保持|维持|认定|顺利|推进|其中|分别|又|再|还|汇报一下|汇报|报告|领导|截至|更正|应为|应该|应|说错|刚才|实际|计划|全部|全面|基本|开工|竣工|投产|完工|停工|[:,.、()\-\s]"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with the weight of what was said of it (`covered`) and how much of its own name that is (`own`, 0–1)."""

    entry: Entry
    covered: float
    own: float
    surface: str

    @property
    def full(self) -> bool:
        return self.own >= FULL

    @property
    def strength(self) -> float:
        return self.covered * (0.7 + 0.3 * self.own)


@dataclass(frozen=True, slots=True)
class Context:
    """What decides between level subjects: the subject and tasks the message speaks of, and the sender's tasks."""

    current: Entry | None = None
    tasks: frozenset[tuple[str, str]] = frozenset()
    own: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """The subject that was meant, or several that may be (`open`, best first), or neither."""

    one: Candidate | None = None
    open: tuple[Candidate, ...] = ()


@dataclass
class Subjects:
    """Everything of a library that can be reported on, ready to be found. Build once."""

    library: Library
    index: TopicIndex = field(init=False)

    def __post_init__(self) -> None:
        self.index = TopicIndex(e for e in self.library.index.entries if e.kind in _REPORTABLE)
        self._numbered: dict[str, list[str]] = defaultdict(list)
        for entry in self.index.entries:
            for surface in entry.surfaces:
                if _NUMERAL.search(surface) and not surface.isdigit():
                    self._numbered[surface[0]].append(surface)
        self._bodies: set[str] = set()
        for plan, gazetteer in self.library.shelves:
            self._bodies |= {w.text for w in body_words(plan, gazetteer) if w.sense is Sense.UNIT and len(w.text) > 2}
        self._lengths = sorted({len(body) for body in self._bodies}, reverse=True)

    def names_with_numbers(self, text: str) -> list[tuple[int, int]]:
        """Where names that hold a number stand, so that it is not taken for a value (5g基站, 10亿元以上重点项目)."""
        return [
            (at, at + len(surface))
            for at, char in enumerate(text)
            for surface in self._numbered.get(char, ())
            if text.startswith(surface, at)
        ]

    def without_bodies(self, text: str) -> str:
        """`text` with the names of units blanked out: 需要市住建局协调 speaks of no 住建."""
        at = 0
        while at < len(text):
            length = next((n for n in self._lengths if text[at : at + n] in self._bodies), 0)
            if length:
                text = text[:at] + " " * length + text[at + length :]
            at += length or 1
        return text

    def candidates(self, text: str) -> tuple[Candidate, ...]:
        """Entries that share words with `text`, strongest first."""
        whole = self.index.weight(text.replace(" ", ""))
        hits: Iterable[Hit] = self.index.search(tuple(text.split()), most=60) if whole else ()
        found = (Candidate(h.entry, h.said * whole, h.own, h.surface) for h in hits)
        return tuple(sorted(found, key=lambda c: -c.strength))

    def places(self, text: str, surface: str) -> list[int]:
        """Which characters of `text` belong to `surface`, as written or as heard."""
        own = set(pairs(surface))
        heard = {spoken(pair) for pair in own}
        covered: set[int] = set()
        for at, pair in enumerate(pairs(text)):
            unknown = is_han(pair[0]) and is_han(pair[1]) and not self.index.knows_pair(pair)
            if pair in own or (unknown and spoken(pair) in heard):
                covered |= {at, at + 1}
        return sorted(covered)

    def link(
        self,
        text: str,
        context: Context,
        *,
        fits: Callable[[Entry], bool] = lambda _: True,
        rivals: float = 0.0,
    ) -> Link:
        """Which entry that `fits` the text speaks of; one that does not fit but is named much better forbids it."""
        everything = self.candidates(text)
        fitting = [c for c in everything if fits(c.entry)]
        if not fitting:
            return Link()
        best = fitting[0].strength
        if everything[0].covered * rivals > fitting[0].covered and not fitting[0].full:
            return Link()
        near = [c for c in fitting if c.strength >= best * NEAR]
        near = [c for c in near if c.full] or near
        near = [c for c in near if c.full and len(c.surface) > 2 or self._explains(c, text)]
        return self._decide(near, context)

    def _explains(self, candidate: Candidate, text: str) -> bool:
        covered = set(self.places(text, candidate.surface))
        rest = "".join(c if at not in covered else " " for at, c in enumerate(text))
        residue = self.index.weight(_PLAIN.sub("", rest).replace(" ", ""))
        return candidate.covered >= EXPLAINED * (candidate.covered + residue)

    def residue(self, text: str) -> str:
        """What of a text is neither grammar nor usual in reports."""
        return _PLAIN.sub("", text)

    def _decide(self, near: list[Candidate], context: Context) -> Link:
        if not near:
            return Link()
        for keep in self._preferences(context):
            kept = [c for c in near if keep(c)]
            near = kept or near
            if one := _single(near):
                return Link(one)
        return Link(open=tuple(near))

    def _preferences(self, context: Context) -> tuple[Callable[[Candidate], bool], ...]:
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
    for kind in _ORDER:
        alike = [c for c in near if c.entry.kind is kind]
        if len(alike) == 1 or (alike and alike[0].full and not alike[1].full):
            return alike[0]
        if alike:
            return alike[0] if kind in {Topic.ACTION, Topic.TASK} else None
    return None


def is_work(entry: Entry) -> bool:
    """Whether an entry can be begun and finished: not a company, a product, a place or a brand."""
    return not isinstance(entry.thing, Named) or entry.thing.kind in {Kind.PROJECT, Kind.PROGRAMME}
