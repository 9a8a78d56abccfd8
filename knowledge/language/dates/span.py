"""What a text says of days, as values: a span of days where it stands, and what is written like a day and is none."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum


class Tense(StrEnum):
    """Which way what is left open is looked for: 星期五, 25日, 12月31日 without its year."""

    PAST = "past"
    """What has been: the figures of a report."""
    FUTURE = "future"
    """What is to come: reminders, absences, deadlines."""
    NEXT = "next"
    """On the day itself or behind it: the second day of a range."""


class Grain(StrEnum):
    """How exactly it was said."""

    DAY = "day"
    TEN_DAYS = "ten days"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    HOLIDAY = "holiday"
    WITHIN = "within"
    """So many days from today, or up to today: 两周内, 近3个月."""


class Cycle(StrEnum):
    """What comes round again, and was not said: of 25日 the month, of 3月 the year, of 星期五 the week."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Relation(StrEnum):
    AT = "at"
    UNTIL = "until"
    """截至, 截止, 为止: the state of that day."""
    BEFORE = "before"
    AFTER = "after"
    SINCE = "since"


_DAY = timedelta(days=1)
_BEGUN = frozenset([Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.HOLIDAY])
"""国庆前 and 下周前 are over when it begins; 25日前, 上半年前 when it ends."""


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both inside; `point` is the one day that is meant, where there is one."""

    first: date
    last: date
    grain: Grain
    point: date | None = None
    open: Cycle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days at `start`..`end` of a text, the words for their relation and the time of day with them."""

    start: int
    end: int
    days: Days
    relation: Relation = Relation.AT
    at: time | None = None
    odd: bool = False
    """Whether another weekday is written beside the day."""

    @property
    def first(self) -> date:
        return self.days.first

    @property
    def last(self) -> date:
        return self.days.last

    @property
    def is_day(self) -> bool:
        return self.days.grain is Grain.DAY and self.days.first == self.days.last

    @property
    def until(self) -> date:
        """The last day of what is to be before it."""
        return self.first - _DAY if self.days.grain in _BEGUN else self.last

    @property
    def day(self) -> date | None:
        """The one day that is meant: 月底 is its last, 下周 its first, 国庆前 the day before; None of 上半年."""
        if self.days.grain is Grain.HOLIDAY:
            return {Relation.BEFORE: self.until, Relation.AFTER: self.last + _DAY}.get(self.relation, self.first)
        return self.days.point


@dataclass(frozen=True, slots=True)
class Unreal:
    """What is written like a day and is none: 2月30日, 13月, 下个月31日."""

    start: int
    end: int
    said: str


@dataclass(frozen=True, slots=True)
class Dates:
    """All that a text says of days, in order; `repeated` is what comes again and again: 每周三, 隔天."""

    spans: tuple[Span, ...] = ()
    unreal: tuple[Unreal, ...] = ()
    repeated: tuple[str, ...] = ()
