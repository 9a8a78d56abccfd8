"""The standing of one part of the plan as a value, and the words for it: lights, reasons, tags.

Shares and points are percent, rounded to one decimal as they are shown, so that a light never contradicts the
figures beside it; values and goals are exact.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from knowledge.plan.key import EntryKey
from knowledge.plan.model import Card, Target
from knowledge.reports.model import State
from knowledge.standing.report import Published, Report, Resolution


class Light(StrEnum):
    """From the one that needs most attention to the one that needs none."""

    RED = "red"
    GREY_OVERDUE = "grey_overdue"
    AMBER = "amber"
    GREEN = "green"
    GREY_UNREPORTED = "grey_unreported"
    GREY_NO_DATA = "grey_no_data"
    GREY_NO_BASE = "grey_no_base"
    LIGHT_BLUE = "light_blue"
    BLUE = "blue"


GREYS = frozenset([Light.GREY_OVERDUE, Light.GREY_UNREPORTED, Light.GREY_NO_DATA, Light.GREY_NO_BASE])
DONE = frozenset({Light.LIGHT_BLUE, Light.BLUE})
"""Reached: by a unit's own word, or checked."""


class LightCause(StrEnum):
    """What decided a light."""

    CHECKED = "checked"  # reached, and somebody else has checked it
    REPORTED = "reported"  # reached, by the unit's own word
    ON_PACE = "on_pace"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    KEPT = "kept"  # a target to be kept was met at its evaluation
    NOT_KEPT = "not_kept"
    EXCEEDED = "exceeded"  # over a ceiling
    NOT_EVALUATED = "not_evaluated"  # a target to be kept, before its evaluation
    UNREPORTED = "unreported"
    OVERDUE_UNREPORTED = "overdue_unreported"
    NO_DATA = "no_data"  # the certifying unit has published nothing yet
    FINAL_MISSING = "final_missing"  # nor its figure for the deadline, though that is due
    BEFORE_FIRST_NODE = "before_first_node"
    NO_BASE = "no_base"
    NO_MULTIPLE_BASE = "no_multiple_base"  # 倍增 without what is to be doubled
    NO_REFERENCE = "no_reference"
    NO_QUANTITY = "no_quantity"  # a state without a number
    BLOCKED = "blocked"  # a project that stands still
    EXCUSED = "excused"  # one that does so for reasons that were found to be beyond its unit
    UNSUPERVISED = "unsupervised"  # only units that are no object of supervision answer for it


class Tag(StrEnum):
    """Whose word a figure is; what the plan says is never one of them."""

    REPORTED = "填报"
    APPROVED = "审签"
    CHECKED = "核实"


class Basis(StrEnum):
    """What the share due by now rests on; all but a node's own day is 推算."""

    NODE = "node"
    BETWEEN_NODES = "between_nodes"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Where lights change. Points are percentage points against the share due."""

    green_from: Decimal = Decimal(-5)
    amber_from: Decimal = Decimal(-15)
    soon_days: int = 7
    stale_days: int = 31
    """Without a frequency on the card, a figure is old after as many days."""
    about_within: Decimal = Decimal(5)
    """左右: reached from as many percent below the value."""


DEFAULT_THRESHOLDS = Thresholds()

_WIDE = Context(prec=100)  # a mistyped value may give a share that the usual 28 digits cannot hold to one place


@dataclass(frozen=True, slots=True, kw_only=True)
class LightReason:
    why: LightCause
    points: Decimal | None = None
    """The share done less the share due."""
    days: int | None = None
    """To the deadline; negative when past."""
    softened: bool = False
    """It would be red, but 力争 and 争创 never are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    light: Light
    reason: LightReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Where the units stand by their own word on a day: one unit, or those whose readings are added up."""

    units: tuple[str, ...]
    value: Decimal | None
    """None where only a percent or a state was said."""
    measure: str | None
    percent: Decimal | None = None
    """The share of the target done, as said."""
    state: State | None = None
    day: date
    checked: bool = False
    approved: bool = False
    approx: bool = False
    report: Report
    """The latest of those that it rests on."""

    @property
    def tag(self) -> Tag:
        if self.checked:
            return Tag.CHECKED
        return Tag.APPROVED if self.approved else Tag.REPORTED

    @property
    def published(self) -> Published | None:
        return self.report.published


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """The deadline was moved to `to`, decided on `decided`; `basis` is the paper that says so."""

    to: date
    decided: date
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFrame:
    """The time a target has; both days inside it. Linear progress is 0 at `start` and 1 at `deadline`."""

    start: date
    deadline: date
    first: date | None = None
    """The first deadline, where it was extended."""
    default: bool = False
    """The document writes no deadline: the plan's own end serves."""

    def elapsed(self, day: date) -> Decimal:
        """The share of the time gone by the end of `day`, 0 to 1."""
        whole = (self.deadline - self.start).days
        if whole <= 0:
            return Decimal(day >= self.deadline)
        return min(max(Decimal((day - self.start).days) / whole, Decimal(0)), Decimal(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """Where the present pace leads by `day`; `gap` is what is then missing of the goal, negative when over."""

    day: date
    value: Decimal
    gap: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Against the figure `before` of an earlier `day`."""

    day: date
    before: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One unit's figure and how it stands, where the office has confirmed no owner."""

    figure: Figure
    share: Decimal | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A yearly target in one year."""

    year: int
    figure: Figure | None
    share: Decimal | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a target stands on `today`; or, with `target` None, a task, project or action without a number."""

    subject: EntryKey
    target: Target | None
    units: tuple[str, ...]
    """The responsible units of its task, in the plan's order."""
    card: Card
    """The one in force; of what has no number an empty one."""
    today: date
    span: TimeFrame
    goal: Decimal | None
    light: Light
    reason: LightReason
    figure: Figure | None = None
    """None where nothing counts, or where several units stand side by side."""
    checked: Figure | None = None
    """The latest figure that somebody has checked."""
    beside: tuple[Line, ...] = ()
    """Several units' figures, where no owner says which holds."""
    parts: tuple[Figure, ...] = ()
    """What was added up."""
    silent: tuple[str, ...] = ()
    """Responsible units without a figure, where each has to give its part."""
    others: tuple[Figure, ...] = ()
    """What other units say beside the owner or the certifying unit."""
    share: Decimal | None = None
    expected: Decimal | None = None
    basis: Basis | None = None
    difference: Decimal | None = None
    late: bool = False
    """Reached after its deadline, extended after it, or past it and not reached: that stays."""
    days_old: int | None = None
    stale: bool = False
    unchanged: date | None = None
    """The day of the last 本期无变化 after the figure."""
    projection: Projection | None = None
    """By the deadline."""
    year_end: Projection | None = None
    """By the end of this year, where the deadline is later."""
    month_change: Change | None = None
    year_change: Change | None = None
    years: tuple[Year, ...] = ()
    heard: bool = True
    """Whether its owner, or anybody while there is none, has ever reported on it, in whatever year or measure."""
    problems: tuple[Report, ...] = ()
    """The open ones, the oldest first: raised, and neither settled nor withdrawn; none of what is done."""
    excuse: Resolution | None = None
    """Of a project that stands still: who found that it is excused, and on which paper."""

    @property
    def owner(self) -> str | None:
        """None while the office has confirmed none."""
        return self.card.owner

    @property
    def has_figure(self) -> bool:
        return self.figure is not None or bool(self.beside)

    @property
    def unconfirmed(self) -> bool:
        """Whether the office owes the confirmation of an owner: where units' readings are added up none is needed."""
        return self.target is not None and self.owner is None and not self.card.summed

    @property
    def value(self) -> Decimal | None:
        return self.figure.value if self.figure else None

    @property
    def unit(self) -> str | None:
        return self.figure.measure if self.figure else self.target.unit if self.target else None


def rounded(percent: Decimal | None) -> Decimal | None:
    """A share or points as shown: one decimal, halves away from zero."""
    return None if percent is None else percent.quantize(Decimal("0.1"), ROUND_HALF_UP, _WIDE) + 0
