"""All that was reported on one subject, prepared once for every day: a day's standing and items then cost a look."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.plan.key import EntryKey
from knowledge.plan.model import Card, Target
from knowledge.reports.model import UpdateKind
from knowledge.standing.report import Report, Status, counted
from knowledge.standing.timeline import Timelines, timelines

WORDLESS = frozenset({UpdateKind.NOTE, UpdateKind.PROBLEM})
"""Kinds that report nothing for a period."""
FIGURES = frozenset({UpdateKind.READING, UpdateKind.INCREMENT, UpdateKind.PERCENT, UpdateKind.STATE})
"""Kinds that say where something stands: what is checked, approved and compared."""
_ENDED = frozenset({Status.RETURNED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    subject: EntryKey
    target: Target | None
    card: Card
    """The one in force; of what has no number an empty one."""
    reports: tuple[Report, ...]
    """All of them, in order of arrival and whatever became of them."""
    counted: tuple[Report, ...]
    """What counts, of any day, by day and then by arrival."""
    ended: tuple[Report, ...]
    """What was returned or withdrawn, in order of arrival."""
    lines: Timelines
    _words: Mapping[str, tuple[Report, ...]]

    def until(self, day: date) -> tuple[Report, ...]:
        """What counts of the days up to one."""
        return _until(self.counted, day)

    def heard(self, unit: str | None, day: date) -> bool:
        """Whether the unit, or anybody where none is named, has reported anything of the days up to one."""
        return bool(self.words(self._words if unit is None else (unit,), day))

    def problems(self, day: date) -> tuple[Report, ...]:
        """What was raised up to the day and is not settled by then, the oldest first."""
        raised = (one for one in self.until(day) if one.kind is UpdateKind.PROBLEM)
        return tuple(one for one in raised if not one.resolved_by(day))

    def words(self, units: Collection[str], day: date) -> tuple[Report, ...]:
        """What reports something for a period, of some units and the days up to one, by day."""
        found = [report for unit in units for report in _until(self._words.get(unit, ()), day)]
        return tuple(found if len(units) == 1 else sorted(found, key=lambda one: (one.day, one.received_at)))


def history_of(
    subject: EntryKey, target: Target | None, card: Card, reports: Iterable[Report], *, known_at: datetime | None = None
) -> History:
    """`reports` are those about the subject, in order of arrival and of any status."""
    reports = tuple(reports)
    counting = counted(reports, known_at=known_at)
    words: dict[str, list[Report]] = defaultdict(list)
    for report in counting:
        if report.kind not in WORDLESS:
            words[report.unit].append(report)
    return History(
        subject=subject,
        target=target,
        card=card,
        reports=reports,
        counted=counting,
        ended=tuple(one for one in reports if one.status in _ENDED and one.kind not in WORDLESS),
        lines=timelines(counting, target, card, known_at=known_at),
        _words={unit: tuple(said) for unit, said in words.items()},
    )


def _until(reports: tuple[Report, ...], day: date) -> tuple[Report, ...]:
    return reports[: bisect_right(reports, day, key=lambda report: report.day)]
