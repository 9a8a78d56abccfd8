"""Reporting periods: their names, their days, and when their figures are due."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.plan.model import Frequency
from knowledge.reminders.defaults import RemindDefaults

_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}
_NEAR_END = timedelta(days=15)
"""A figure of a quarter or longer is one of its last days, or later."""


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """`first` and `last` are inside; `due` is the last day for its figures."""

    frequency: Frequency
    first: date
    last: date
    due: date

    @property
    def label(self) -> str:
        """2023-03, 2023-Q1, 2023-H1, 2023: what tells one period from another."""
        year, month = self.last.year, self.last.month
        return {
            Frequency.MONTHLY: f"{year}-{month:02}",
            Frequency.QUARTERLY: f"{year}-Q{month // 3}",
            Frequency.HALF_YEARLY: f"{year}-H{month // 6}",
            Frequency.YEARLY: f"{year}",
        }[self.frequency]

    @property
    def counts_from(self) -> date:
        """From which day on a figure is one of this period."""
        return self.first if self.frequency is Frequency.MONTHLY else self.last - _NEAR_END


def due_months(frequency: Frequency) -> str:
    """The months in which such figures are due, as cron writes them."""
    if frequency is Frequency.MONTHLY:
        return "*"
    return ",".join(str(month) for month in range(1, 13, _MONTHS[frequency]))


def due_day(frequency: Frequency, defaults: RemindDefaults) -> int:
    """The day of the month: of the month itself, or of the month after the period."""
    return defaults.monthly_due_day if frequency is Frequency.MONTHLY else defaults.quarterly_due_day


def period_due_on(frequency: Frequency, due: date) -> ReportingPeriod:
    """The period whose figures are due on that day."""
    if frequency is Frequency.MONTHLY:
        last = due.replace(day=monthrange(due.year, due.month)[1])
    else:
        last = due.replace(day=1) - timedelta(days=1)
    months = _MONTHS[frequency]
    first_month = last.month - months + 1
    return ReportingPeriod(frequency, date(last.year, first_month, 1), last, due)


def period_of(label: str, defaults: RemindDefaults) -> ReportingPeriod:
    """The period that a label names."""
    year, _, rest = label.partition("-")
    frequency = _FREQUENCIES[rest[:1] if rest[:1] in {"Q", "H"} else bool(rest)]
    number = int(rest.lstrip("QH") or 1)
    last_month = number * _MONTHS[frequency]
    day = due_day(frequency, defaults)
    if frequency is Frequency.MONTHLY:
        return period_due_on(frequency, date(int(year), last_month, day))
    after = date(int(year), last_month, 28) + timedelta(days=4)
    return period_due_on(frequency, after.replace(day=day))


_FREQUENCIES: dict[str | bool, Frequency] = {
    "Q": Frequency.QUARTERLY,
    "H": Frequency.HALF_YEARLY,
    True: Frequency.MONTHLY,
    False: Frequency.YEARLY,
}
"""By what a label has behind its year: a letter, a month or nothing."""
