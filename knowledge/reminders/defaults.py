"""What reminders go by until the office sets it otherwise; config.example.toml explains each in Chinese."""

from dataclasses import dataclass
from datetime import time

from knowledge.standing.periods import DueDays


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindDefaults:
    at: time = time(9)
    """When, on its day, a reminder goes out."""
    deadline_days: tuple[int, ...] = (90, 30, 14, 7, 3, 1, 0)
    """Calendar days before a deadline, the farthest first; 0 is the day itself."""
    overdue_weeks: int = 8
    """How long what is overdue is reminded of, once a week; then it goes to the supervisor's list."""
    monthly_due_day: int = 25
    """The day of a month on which its figures are due."""
    quarterly_due_day: int = 20
    """The day of the month after a quarter on which the quarter's figures are due."""
    opens_days: int = 5
    """Calendar days before it is due that a reporting period opens."""
    escalate_days: tuple[int, ...] = (1, 2, 3)
    """Working days after it was due: the liaison again, all of the unit's people, its head by the supervisor's tap."""
    closes_days: int = 5
    """Working days after it was due that a reporting period closes."""
    snapshot_days: int = 2
    """Working days before the monthly meeting that the data are held as they are."""
    quiet_from: time = time(20)
    quiet_to: time = time(8)
    """From the one to before the other, through midnight where need be, nothing is sent by rule."""
    urgent_per_day: int = 2
    """How many urgent messages besides the digest a person gets in a day, by rule."""

    @property
    def due_days(self) -> DueDays:
        return DueDays(monthly=self.monthly_due_day, later=self.quarterly_due_day)

    def is_quiet(self, at: time) -> bool:
        return within(at, self.quiet_from, self.quiet_to)


def within(at: time, start: time, end: time) -> bool:
    """Whether a time is in hours from `start` up to `end`, over midnight if that is before; hours that begin when they
    end are none."""
    return start <= at < end if start <= end else at >= start or at < end


DEFAULTS = RemindDefaults()
