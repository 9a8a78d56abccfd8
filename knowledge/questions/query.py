"""A question as a value: what is asked for, of which tasks or targets. A small algebra, the same for chat and shell.

The tasks a query speaks of are those that satisfy *all* of its terms, and its topic, ids, sections and conditions.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from knowledge.plan.key import EntryKey
from knowledge.plan.model import NamedKind, Period
from knowledge.standing.values import Light


class Want(StrEnum):
    """What is asked for; the key of `answer` that belongs to it is in contract order."""

    TASKS = "tasks"
    UNITS = "units"
    TARGETS = "targets"
    DEADLINE = "deadline"
    DAYS = "days"
    COUNT_TASKS = "count_tasks"
    COUNT_UNITS = "count_units"
    COUNT_TARGETS = "count_targets"
    SECTIONS = "sections"
    COUNT_SECTIONS = "count_sections"
    HOLDS = "holds"
    FIGURE = "figure"
    SAYS = "says"
    THINGS = "things"
    """What things the tasks name."""
    TOP_UNITS = "top_units"
    TOP_TASKS = "top_tasks"
    TOP_SECTIONS = "top_sections"
    COMPARE = "compare"
    PROGRESS = "progress"
    LIGHTS = "lights"
    BEHIND = "behind"
    RANKED = "ranked"
    UNREPORTED = "unreported"
    REPORTED = "reported"
    REASON = "reason"
    CARD = "card"
    HELLO = "hello"
    THANKS = "thanks"
    HELP = "help"


OF_PROGRESS = frozenset(
    [Want.PROGRESS, Want.LIGHTS, Want.BEHIND, Want.RANKED, Want.UNREPORTED, Want.REPORTED, Want.REASON]
)
"""What the plan alone cannot answer: it takes the reports."""


class UnitRole(StrEnum):
    ANY = "any"
    LEAD = "lead"
    ASSIST = "assist"


@dataclass(frozen=True, slots=True)
class Term:
    """Tasks that one of `units` has in `role`; with `negated` all the others."""

    units: tuple[str, ...]
    role: UnitRole = UnitRole.ANY
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a task's own text holds: any of `said`; with `negated` none of them."""

    said: tuple[str, ...]
    negated: bool = False
    titled: bool = False
    """Whether only its title is looked at."""
    of_targets: bool = False
    """Whether it is said of targets: what holds it are their own names."""


@dataclass(frozen=True, slots=True)
class ThingFilter:
    """Which things that tasks name: of these kinds, key ones, by how they end, or by the verb of their action."""

    said: str
    kinds: tuple[NamedKind, ...] = ()
    key: bool = False
    endings: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    """Of actions, words of which one must stand there: 国家, 省级."""
    names: tuple[str, ...] = ()
    """Just these: what the plan lists in one breath."""
    counted: bool = False
    """Whether it is asked how many there are."""


class Than(StrEnum):
    MORE = "more"
    AT_LEAST = "at_least"
    LESS = "less"
    AT_MOST = "at_most"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class QuantityFilter:
    """A quantity that was said: 100亿元 is 100 with 亿元; `than` how the plan's figures are compared with it."""

    value: Decimal
    unit: str
    than: Than = Than.SAME


class Kind(StrEnum):
    """What a set is of."""

    TASKS = "tasks"
    UNITS = "units"
    TARGETS = "targets"
    SECTIONS = "sections"


@dataclass(frozen=True, slots=True)
class Members:
    """Everything of one kind that all of the conditions hold of."""

    kind: Kind
    where: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedMember:
    """Is one of these: units as `bodies`; tasks by number, name or section, and then also what stands in them."""

    bodies: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    topic: tuple[EntryKey, ...] = ()
    sections: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """Has to do with some of `to`, with so many, or with `every` one.

    A unit by its part in tasks, a task by its units, a target by its task.
    """

    to: Members
    role: UnitRole = UnitRole.ANY
    number: QuantityFilter | None = None
    every: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Of a target: its period, the year of its deadline, whether it has one, what it is measured in, its figure."""

    period: Period | None = None
    year: int | None = None
    dated: bool | None = None
    unit: str | None = None
    amount: QuantityFilter | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """Has to do with more or fewer of `counted` than another of its kind, which is named, or with as many."""

    of: NamedMember
    counted: Kind
    than: Than
    role: UnitRole = UnitRole.ANY


@dataclass(frozen=True, slots=True)
class Not:
    condition: "Condition"


Condition = Term | NamedMember | Related | Matched | Marked | Phrase | Not
"""A term and a phrase hold of tasks, and of what stands in them."""


class Assertion(StrEnum):
    """What is asserted of `one` set, or of it and the `other`."""

    SOME = "some"
    NUMBER = "number"
    WITHIN = "within"
    """All of the one are of the other."""
    SAME = "same"
    EQUAL = "equal"
    """As many in the one as in the other."""
    LARGER = "larger"
    SMALLER = "smaller"


@dataclass(frozen=True, slots=True)
class SetClaim:
    """What a question for yes or no asserts of sets."""

    asserts: Assertion
    one: Members
    other: Members | None = None
    number: QuantityFilter | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """From `first` to `last`, both inside, in the words that were said: 12月底, 国庆前, 90天内."""

    first: date
    last: date
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    want: Want
    terms: tuple[Term, ...] = ()
    role: UnitRole = UnitRole.ANY
    """The role asked for when units are wanted."""
    topic: tuple[EntryKey, ...] = ()
    ids: tuple[str, ...] = ()
    """Tasks or clauses named by number."""
    sections: tuple[int, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    """Only tasks and clauses whose text holds all of these."""
    by_section: bool = False
    """With `phrases`: the sections in which they stand are asked for."""
    things: ThingFilter | None = None
    """With THINGS: which."""
    times: bool = False
    """With `phrases`: it was asked how often they stand there; the places are told."""
    unused: tuple[str, ...] = ()
    """With `phrases`: names of the plan that were said, too, but narrow nothing."""
    figure: QuantityFilter | None = None
    period: Period | None = None
    by: date | None = None
    """Targets with a deadline in the year that ends on this day."""
    due: Due | None = None
    """Targets with a deadline on these days, the next first."""
    first: str | None = None
    """With `due`: the unit whose targets come before the others."""
    measured_in: str | None = None
    """Only targets written in this unit."""
    extreme: bool = False
    """Only the largest of the targets, with `fewest` the smallest."""
    dated: bool | None = None
    """Only targets with (True) or without (False) a written deadline."""
    uncounted: str = ""
    """With TARGETS: what there are to be how many of, where that is itself no target (特色小镇建几个)."""
    fewest: bool = False
    """With TOP_* and RANKED: the least instead of the most."""
    top: int = 1
    """With TOP_* and RANKED: how many places of the ranking; below zero, only that place."""
    as_of: date | None = None
    """With a want of OF_PROGRESS: the day asked about; None is today. With REPORTED the last of the days."""
    since: date | None = None
    """With REPORTED: the first of the days."""
    lights: tuple[Light, ...] = ()
    listed: Want | None = None
    """With LIGHTS, BEHIND and RANKED: whether TASKS or TARGETS are asked for; None where neither is said."""
    mine: bool = False
    """`ids` are what the asker is in charge of."""
    members: Members | None = None
    """The set that is asked for, where the fields above cannot say it."""
    counted: Members | None = None
    """With TOP_*: of what those have most, or fewest, in `role`."""
    claim: SetClaim | None = None
    """With HOLDS: what is to hold of sets."""
    plan: str | None = None
    """Restricts the query to one of the loaded plans."""

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that the query names, in order."""
        return tuple(dict.fromkeys(u for term in self.terms for u in term.units))

    @property
    def of_work(self) -> bool:
        """Whether it names what is to be done: a topic, tasks by number, sections, words of their text."""
        return bool(self.topic or self.ids or self.sections or self.phrases)

    @property
    def has_subject(self) -> bool:
        of_set = self.claim is not None or (self.members is not None and self.counted is None)
        return bool(self.terms or self.things) or of_set or self.of_work
