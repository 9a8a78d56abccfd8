"""How many messages a stranger may send: a bucket of tokens a person, in memory, so a restart forgives all."""

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto
from threading import Lock

CAPACITY = 20
"""Messages in a burst; nobody reads answers faster."""
REFILL = 2.0
"""Seconds until one more is allowed."""
PEOPLE = 10_000
"""People remembered; the one silent for longest is forgotten first."""


class Verdict(Enum):
    ALLOWED = auto()
    REFUSED = auto()
    """The first refusal, to be said; those that follow stay silent until a message is allowed again."""
    SILENT = auto()


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    told: bool = False


class Limiter:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()
        self._lock = Lock()

    def take(self, person: int, now: float) -> Verdict:
        """Count one message of `person` at `now` (seconds of any clock that does not run backwards)."""
        with self._lock:
            bucket = self._buckets.setdefault(person, _Bucket(CAPACITY, now))
            self._buckets.move_to_end(person)
            if len(self._buckets) > PEOPLE:
                self._buckets.popitem(last=False)
            bucket.tokens = min(CAPACITY, bucket.tokens + max(0.0, now - bucket.at) / REFILL)
            bucket.at = now
            if bucket.tokens >= 1:
                bucket.tokens -= 1
                bucket.told = False
                return Verdict.ALLOWED
            verdict = Verdict.SILENT if bucket.told else Verdict.REFUSED
            bucket.told = True
            return verdict
