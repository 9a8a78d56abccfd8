"""The plan as values: what the document says, keyed by (plan, id).

Conventions, said once:

* Ids are strings (`"5.1"`, `"四(一)"`); they belong to one plan. `"二"` and the like are clauses.
* `place` is where a fact stands, as `三(五)2`: clause or part, section, item.
* Numbers are `Decimal` in the unit as written; days are local dates, the deadline is inside the period.
* `names` are other ways people call the thing (the document's own words or plain everyday ones). They are
  used to recognise it, never shown as the document's text.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Bound(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    EXACTLY = "exactly"


class Period(StrEnum):
    BY_END = "by_end"
    YEARLY = "yearly"
    YEARLY_AVERAGE = "yearly_average"
    MAINTAIN = "maintain"


class Rigidity(StrEnum):
    """How binding the document makes a target."""

    BINDING = "约束"
    EXPECTED = "预期"
    STRIVE = "力争"
    ASPIRE = "争创"


class NamedKind(StrEnum):
    """What a named thing of a task is."""

    PROJECT = "project"
    COMPANY = "company"
    PRODUCT = "product"
    PLACE = "place"
    BRAND = "brand"
    PROGRAMME = "programme"


class Frequency(StrEnum):
    """How often a figure of a target is due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What is counted (口径); for a rate, what is divided by what."""

    numerator: str
    denominator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What must have been reached by the end of `day`, in the target's own unit."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """The benchmark of a relative target (全省平均水平), in `unit`; the margin counts downwards if `below` (低于)."""

    value: Decimal
    unit: str | None = None
    source: str
    below: bool = True


class OwnerBasis(StrEnum):
    """Why a unit is proposed: what it is in charge of, its place in the plan's list, or somebody's word."""

    DUTY = "duty"
    FIRST = "first"
    HAND = "hand"


class OwnerOpinion(StrEnum):
    """What a unit says to being proposed."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedOwner:
    """Who may become the owner (拟定): it counts for nothing until the office confirms it."""

    unit: str
    basis: OwnerBasis
    until: date | None = None
    """The last day on which the unit is asked to answer (征求意见); None: it has not been asked."""
    opinion: OwnerOpinion | None = None
    words: str = ""
    """The unit's own."""
    said_on: date | None = None
    source: str | None = None
    """How the opinion came that somebody else wrote down for the unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The indicator card of a target; what is None or empty is 待办公室确认."""

    owner: str | None = None
    """The unit that answers for the target and reports it (主责填报单位)."""
    owner_paper: str | None = None
    """The document by which it was confirmed (依据文号)."""
    proposed: ProposedOwner | None = None
    """Only while there is no owner."""
    certifier: str | None = None
    """The body whose published figures alone count (核定单位)."""
    definition: Definition | None = None
    base: Decimal | None = None
    """Where the target began (基期值), in its own unit; for 倍增, in `base_unit`."""
    base_unit: str | None = None
    yearly: tuple[Node, ...] = ()
    quarterly: tuple[Node, ...] = ()
    frequency: Frequency | None = None
    lag: int | None = None
    """Days from the end of a data period to its figures (数据滞后)."""
    rigidity: Rigidity | None = None
    reference: Benchmark | None = None
    summed: bool | None = None
    """Whether the units' readings are parts to be added up."""
    source: str | None = None
    """The document that the card rests on (来源文号)."""
    evidence: bool = False
    """Whether the office requires 佐证 with every report of progress; by default it is voluntary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One quantified commitment, such as 建设5G基站700个以上; `task` may be a clause's id."""

    task: str
    name: str
    value: Decimal
    unit: str | None = None
    bound: Bound = Bound.EXACTLY
    period: Period = Period.BY_END
    deadline: date | None = None
    relative_to: str | None = None
    place: str
    quote: str | None = None
    names: tuple[str, ...] = ()
    card: Card = Card()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAction:
    """One concrete commitment inside a task, as a short phrase."""

    phrase: str
    place: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A project, company, product, place, brand or programme that the task names."""

    name: str
    kind: NamedKind
    place: str
    names: tuple[str, ...] = ()
    key: bool = False
    """Whether the document lists it among its key projects (重点项目)."""

    @property
    def is_work(self) -> bool:
        """Whether it is built or run: a company, a product, a place or a brand is not."""
        return self.kind in {NamedKind.PROJECT, NamedKind.PROGRAMME}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the document names in one breath: `items`, each of them `of` this noun (A、B、C等小镇)."""

    of: str
    items: tuple[str, ...]
    """In full and in order, as the document writes them."""
    beside: str | None = None
    """The action, target or fact that they are listed for."""
    place: str
    names: tuple[str, ...] = ()
    """What else the items are called as a kind: 企业, 小镇."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    id: str
    section: int
    title: str
    place: str
    units: tuple[str, ...]
    """As the plan writes them, in its order, no repeats; the first is the lead where none is named."""
    lead: tuple[str, ...] = ()
    """Units that the document itself names as lead; empty where only the order implies it."""
    names: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    actions: tuple[TaskAction, ...] = ()
    named: tuple[Named, ...] = ()
    lists: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something a clause says: `says` of `about`."""

    about: str
    says: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A part of the plan that is not a task: 指导思想, 组织保障 ..."""

    id: str
    title: str
    place: str
    names: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    targets: tuple[Target, ...] = ()
    lists: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    no: int
    title: str
    place: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    name: str
    """The key of the plan: the register's file name without its ending."""
    title: str
    number: str | None = None
    issuer: str | None = None
    issued: date | None = None
    published: date | None = None
    home: str
    """The place whose plan it is (武穴市); a bare 市 means it."""
    names: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    """What the document says of itself, outside any clause: what it rests on, whom it is addressed to."""
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    clauses: tuple[Clause, ...] = ()
