"""Standings as they were last computed, kept while nothing about them is reported, marked or set otherwise.

A standing costs a look at everything ever said of its subject; most questions come after the last report. What is kept
is only ever used with the version, the card and the plan's time that it was computed from.
"""

from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from knowledge.plan.key import EntryKey
from knowledge.plan.model import Card, Target
from knowledge.standing.compute import PlanTime
from knowledge.standing.values import Standing
from storage.versions import Version

_MOST = 8192
"""Standings; some kilobytes each."""


@dataclass(frozen=True, slots=True)
class StandingInputs:
    """What a standing was computed from, besides the day."""

    version: Version
    card: Card | None
    target: Target | None
    time: PlanTime


@dataclass(slots=True)
class Remembered:
    """Of one database; safe to share between threads."""

    _held: dict[tuple[EntryKey, date], tuple[StandingInputs, Standing]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, subject: EntryKey, day: date, basis: StandingInputs) -> Standing | None:
        held = self._held.get((subject, day))
        return held[1] if held and held[0] == basis else None

    def put(self, subject: EntryKey, day: date, basis: StandingInputs, standing: Standing) -> None:
        with self._lock:
            if len(self._held) >= _MOST:
                self._held.clear()
            self._held[subject, day] = basis, standing


_BY_DATABASE: WeakKeyDictionary[object, Remembered] = WeakKeyDictionary()
_LOCK = Lock()


def remembered(session: Session) -> Remembered:
    """What is remembered of the session's database."""
    pool = session.get_bind().engine.pool  # the same for reading and for writing
    with _LOCK:
        return _BY_DATABASE.setdefault(pool, Remembered())
