"""The two clocks. Plan time decides lights, periods and reminders; machine time leases, retries, limits and audit."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PLAN_ZONE = ZoneInfo("Asia/Shanghai")


def machine_now() -> datetime:
    """Machine time, aware UTC."""
    return datetime.now(UTC)


class PlanClock:
    """Plan time: machine time plus an offset that keeps running; safe to read from any thread.

    The real bot never shifts it. The playground does, so that a plan that is long over can be tried as on its day.
    """

    def __init__(self, offset: timedelta = timedelta(0), machine: Callable[[], datetime] = machine_now) -> None:
        self.offset = offset
        self._machine = machine
        self._watchers: list[Callable[[], Awaitable[object]]] = []

    @property
    def shifted(self) -> bool:
        """Whether messages must show the date: it is not the machine's."""
        return bool(self.offset)

    def now(self) -> datetime:
        """Plan time, aware, in the plan's zone."""
        return (self._machine() + self.offset).astimezone(PLAN_ZONE)

    def today(self) -> date:
        return self.now().date()

    def shift_to_time(self, day: date, at: time) -> None:
        """Let it be this moment of plan time now."""
        self.offset = datetime.combine(day, at, tzinfo=PLAN_ZONE) - self._machine()

    def watch(self, watcher: Callable[[], Awaitable[object]]) -> None:
        """`watcher` is called and waited for whenever somebody announces a shift."""
        self._watchers.append(watcher)

    async def announce(self) -> None:
        """Let everything that goes by plan time catch up with a shift that was just made."""
        for watcher in self._watchers:
            await watcher()
