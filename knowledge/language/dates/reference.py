"""The day that a text is read on: it says which 25日, which 星期五 and which 12月31日 is meant."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.language.dates.span import Cycle, Days, Grain, Tense
from knowledge.language.dates.state_calendar import is_workday

IsWorkday = Callable[[date], bool]
_BACK = {Tense.PAST: 273, Tense.FUTURE: 182, Tense.NEXT: 0}
"""Days of the past in which a day of a year that was not said may lie; the rest of its year lies ahead."""


@dataclass(frozen=True, slots=True)
class Reference:
    """`is_workday` is the office's calendar, where it has one of its own."""

    today: date
    tense: Tense
    is_workday: IsWorkday = is_workday

    @property
    def monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())

    def in_year(self, said: int | None, month: int, day: int, make: Callable[[int], Days]) -> Days:
        """What `make` makes of the year said, or else of the one in which that day is meant."""
        if said is not None:
            return make(said)
        this, past = self.today.year, self.tense is Tense.PAST
        floor = self.today - timedelta(days=_BACK[self.tense])
        years = (this - past, this, this + 1)
        year = next(year for year in years if date(year, month, min(day, month_days(year, month))) >= floor)
        try:
            days = make(year)
        except ValueError:
            if past:
                raise
            days = make(year + 1)  # 2月29日
        runs = past and days.last < self.today and (now := make(this)).first <= self.today <= now.last
        return opened(now if runs else days, Cycle.YEAR)

    def of_month(self, day: int) -> Days:
        """25日: the last such day, or the next; 31日 in May is no day of the past, for April has none."""
        if not 1 <= day <= 31:
            raise ValueError(day)
        if self.tense is Tense.PAST:
            back = day > self.today.day
            return opened(one_day(date(*months_on(self.today, -back), day)), Cycle.MONTH)
        found = (months_on(self.today, ahead) for ahead in range(4))
        days = (date(*month, day) for month in found if day <= month_days(*month))
        return opened(one_day(next(one for one in days if one >= self.today)), Cycle.MONTH)

    def of_week(self, nth: int) -> Days:
        """星期五: the last or the next one, today included."""
        ahead = (nth - self.today.weekday()) % 7
        back = 7 if self.tense is Tense.PAST and ahead else 0
        return opened(one_day(self.today + timedelta(days=ahead - back)), Cycle.WEEK)


def opened(days: Days, cycle: Cycle) -> Days:
    return replace(days, open=cycle)


def one_day(day: date) -> Days:
    return Days(day, day, Grain.DAY, day)


def month_days(year: int, month: int) -> int:
    """How many days a month has; a ValueError where there is no such month."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    return monthrange(year, month)[1]


def month_end(year: int, month: int) -> date:
    return date(year, month, month_days(year, month))


def months_on(day: date, months: int) -> tuple[int, int]:
    """The year and the month so many months on."""
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1


def same_day_on(day: date, months: int) -> date:
    """The same day so many months on, or that month's last."""
    year, month = months_on(day, months)
    return date(year, month, min(day.day, month_days(year, month)))
