"""How many messages a stranger may send: a bucket of tokens a person, in memory, so a restart forgives all."""

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto
from threading import Lock

PEOPLE = 10_000
"""People remembered; the one silent for longest is forgotten first."""


class RateDecision(Enum):
    ALLOWED = auto()
    REFUSED = auto()
    """The first refusal, to be said; those that follow stay silent until a message is allowed again."""
    SILENT = auto()


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    told: bool = False
    album: str | None = None


class Limiter:
    """Safe to share between threads."""

    def __init__(self, per_minute: int) -> None:
        """`per_minute` messages in a burst, and as many a minute after it."""
        self.per_minute = per_minute
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()
        self._lock = Lock()

    def take(self, person: int, now: float, *, album: str | None = None) -> RateDecision:
        """Count one message of `person` at `now` (seconds); of the pictures of one album only the first is answered."""
        with self._lock:
            bucket = self._buckets.setdefault(person, _Bucket(self.per_minute, now))
            self._buckets.move_to_end(person)
            if len(self._buckets) > PEOPLE:
                self._buckets.popitem(last=False)
            bucket.tokens = min(self.per_minute, bucket.tokens + max(0.0, now - bucket.at) * self.per_minute / 60)
            bucket.at = now
            if album is not None and album == bucket.album:
                return RateDecision.SILENT
            bucket.album = album
            if bucket.tokens >= 1:
                bucket.tokens -= 1
                bucket.told = False
                return RateDecision.ALLOWED
            verdict = RateDecision.SILENT if bucket.told else RateDecision.REFUSED
            bucket.told = True
            return verdict
