"""Reporting periods (报送期): their names, their days, when their figures are due, and which of them a day is in.

January and February are reported together, so that a year has eleven monthly periods. Each report counts for exactly
one period, by its label; a label stays what it is when the office changes how often a figure is due.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from knowledge.plan.model import Frequency

_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}
_NEAR_END = timedelta(days=15)
"""A figure of a quarter or longer is asked for from its last days on."""
_MERGED = "01~02"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDays:
    """Days of the month on which figures are due: a month's in the month itself, others' in the month after it."""

    monthly: int = 25
    later: int = 20

    def of(self, frequency: Frequency) -> int:
        return self.monthly if frequency is Frequency.MONTHLY else self.later


DEFAULT_DUE_DAYS = DueDays()


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """`first` and `last` are inside; `due` is the last day for its figures."""

    frequency: Frequency
    first: date
    last: date
    due: date

    @property
    def label(self) -> str:
        """2023-01~02, 2023-03, 2023-Q1, 2023-H1, 2023: what tells one period from another."""
        year, month = self.last.year, self.last.month
        return {
            Frequency.MONTHLY: month_label(self.last),
            Frequency.QUARTERLY: f"{year}-Q{month // 3}",
            Frequency.HALF_YEARLY: f"{year}-H{month // 6}",
            Frequency.YEARLY: f"{year}",
        }[self.frequency]

    @property
    def asked_from(self) -> date:
        """From which day on its figures can be asked for."""
        return self.first if self.frequency is Frequency.MONTHLY else self.last - _NEAR_END

    def covers(self, label: str) -> bool:
        """Whether what is for the period of that label counts for this one: the one ends in the other, so that a
        report keeps counting when the office changes the frequency."""
        return label == self.label or (bool(label) and self.first <= _last_day(label) <= self.last)


def month_label(day: date) -> str:
    """The label of the monthly period that a day lies in."""
    return f"{day.year}-{_MERGED if day.month <= 2 else f'{day.month:02}'}"


def due_months(frequency: Frequency) -> str:
    """The months in which such figures are due, as cron writes them."""
    if frequency is Frequency.MONTHLY:
        return "2-12"
    return ",".join(str(month) for month in range(1, 13, _MONTHS[frequency]))


def period_due_on(frequency: Frequency, due: date) -> ReportingPeriod:
    """The period whose figures are due on that day."""
    return _ending(frequency, due if frequency is Frequency.MONTHLY else due.replace(day=1) - timedelta(days=1), due)


def period_of(label: str, due_days: DueDays) -> ReportingPeriod:
    """The period that a label names; `2023-01` and `2023-02`, as they were written once, are the two together."""
    year, _, rest = label.partition("-")
    frequency = _FREQUENCIES[rest[:1] if rest[:1] in {"Q", "H"} else bool(rest)]
    number = int(rest.rpartition("~")[2].lstrip("QH") or 1)
    return _with_month(frequency, date(int(year), number * _MONTHS[frequency], 1), due_days)


def period_on(frequency: Frequency, day: date, due_days: DueDays) -> ReportingPeriod:
    """The period that a figure of that day is for: the one that has ended and is not past its due day, else the one
    that the day lies in."""
    lies_in = _with_month(frequency, day, due_days)
    ended = _with_month(frequency, lies_in.first - timedelta(days=1), due_days)
    return ended if day <= ended.due else lies_in


def period_asked(frequency: Frequency, day: date, due_days: DueDays) -> ReportingPeriod:
    """The latest period whose figures can be asked for on that day: it stays so, late or not, until the next one is."""
    lies_in = _with_month(frequency, day, due_days)
    return lies_in if lies_in.asked_from <= day else _with_month(frequency, lies_in.first - timedelta(days=1), due_days)


def period_ended(frequency: Frequency, day: date, due_days: DueDays) -> ReportingPeriod:
    """The latest period that was over by the end of that day."""
    lies_in = _with_month(frequency, day, due_days)
    return lies_in if lies_in.last <= day else _with_month(frequency, lies_in.first - timedelta(days=1), due_days)


def _with_month(frequency: Frequency, day: date, due_days: DueDays) -> ReportingPeriod:
    """The period that the day's month belongs to."""
    months = _MONTHS[frequency]
    month = max(-(-day.month // months) * months, 2)
    last = date(day.year, month, monthrange(day.year, month)[1])
    after = last if frequency is Frequency.MONTHLY else last + timedelta(days=1)
    return _ending(frequency, last, after.replace(day=due_days.of(frequency)))


def _ending(frequency: Frequency, day: date, due: date) -> ReportingPeriod:
    """The period that ends with the month of a day."""
    last = day.replace(day=monthrange(day.year, day.month)[1])
    first = last.month - _MONTHS[frequency] + 1
    merged = frequency is Frequency.MONTHLY and last.month == 2
    return ReportingPeriod(frequency, date(last.year, 1 if merged else first, 1), last, due)


@lru_cache(maxsize=512)
def _last_day(label: str) -> date:
    return period_of(label, DEFAULT_DUE_DAYS).last


_FREQUENCIES: dict[str | bool, Frequency] = {
    "Q": Frequency.QUARTERLY,
    "H": Frequency.HALF_YEARLY,
    True: Frequency.MONTHLY,
    False: Frequency.YEARLY,
}
"""By what a label has behind its year: a letter, a month or nothing."""
