"""Plan time: the clock that decides lights, periods and reminders."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

PLAN_ZONE = ZoneInfo("Asia/Shanghai")


def machine_now() -> datetime:
    """Machine time, aware UTC: leases, retries, rate limits, expiry and audit go by it, never by plan time."""
    return datetime.now(UTC)


class PlanClock:
    """Machine time plus an offset of whole days that keeps running; safe to read from any thread.

    The real bot never shifts it. The playground does, so that a plan that is long over can be tried as on its day.
    """

    def __init__(self, offset: timedelta = timedelta(0), machine: Callable[[], datetime] = machine_now) -> None:
        self.offset = offset
        self._machine = machine

    def now(self) -> datetime:
        """Plan time, aware, in the plan's zone."""
        return (self._machine() + self.offset).astimezone(PLAN_ZONE)

    def today(self) -> date:
        return self.now().date()

    def shift_to(self, day: date) -> None:
        """Let today be `day` from now on; the time of day stays the machine's."""
        self.offset = timedelta(days=(day - self._machine().astimezone(PLAN_ZONE).date()).days)
