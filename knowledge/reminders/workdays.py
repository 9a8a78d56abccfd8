"""Working days: the State Council's as the library knows them, under the days that the office set otherwise.

Of a year that the library does not know (it ends with its edition's) Monday to Friday are taken for working days, and
`doubtful` says so, that it can be said on. Such a year is known again once the office has set 1 January, 1 May and
1 October: every notice names these three, so that one day set alone does not hide that the rest is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from chinese_calendar import Holiday, holidays, workdays

from knowledge.language.dates.state_calendar import is_arranged, is_workday

_ALWAYS_OFF = ((1, 1), (5, 1), (10, 1))
_DAY = timedelta(days=1)
_NAMES: dict[str, str] = {one.value: one.chinese for one in Holiday}


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day of a holiday, or one that is worked for it; `name` is the holiday's, in Chinese."""

    day: date
    working: bool
    name: str


@dataclass(frozen=True, slots=True)
class WorkDays:
    """`overrides` are the days that the office set: whether they are worked."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        set_so = self.overrides.get(day)
        return is_workday(day) if set_so is None else set_so

    def on_or_before(self, day: date) -> date:
        """The day itself if it is worked, else the last working day before it."""
        while not self.is_workday(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the first working day after it."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, or before it where n is negative; with 0 `day` itself, worked or not."""
        step = _DAY if n > 0 else -_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_workday(day):
                day += step
        return day

    def doubtful(self, day: date) -> bool:
        """Whether the day is only taken to be worked or not, by its weekday."""
        return day not in self.overrides and not self._known(day.year)

    def doubtful_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years from one day to the other, both inside, whose arrangement nobody knows yet."""
        return tuple(year for year in range(first.year, last.year + 1) if not self._known(year))

    def _known(self, year: int) -> bool:
        return is_arranged(year) or all(date(year, *one) in self.overrides for one in _ALWAYS_OFF)


def special_days(year: int) -> tuple[SpecialDay, ...]:
    """The holidays of a year and the days that are worked for them, in order; none of a year not known."""
    found = [(day, name) for named in (holidays, workdays) for day, name in named.items() if day.year == year]
    return tuple(SpecialDay(day, is_workday(day), _NAMES[name]) for day, name in sorted(found))
