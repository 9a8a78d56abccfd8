"""How the bot is doing, and what of it is not well. `duban status`, /healthz and the alert all say this."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from handlers.services.clock import PlanClock, machine_now
from storage.backup import revision_of
from storage.database import open_database
from storage.health import Figures, figures
from storage.lease import LeaseTakenError, keep_bots_away
from storage.migrate import head
from storage.outbox import TROUBLED

UNANSWERED_LONGEST = timedelta(minutes=5)
LAG_LONGEST = timedelta(minutes=30)
"""A person's outage of the network is not an operator's; a longer one is."""
TROUBLED_MOST = 20
HEARTBEAT_LONGEST = timedelta(minutes=5)
"""Without a heartbeat the process hangs; it is written once a minute."""
POLL_LONGEST = timedelta(minutes=10)
TICK_LONGEST = timedelta(minutes=10)
FREE_LEAST = 500_000_000
"""Bytes that must be free where the database and the evidence lie."""


class Ailment(StrEnum):
    """What is not well; the keys of `problems` in the JSON."""

    SCHEMA = "schema"
    NOT_RUNNING = "not_running"
    HANGS = "hangs"
    UNANSWERED = "unanswered"
    SET_ASIDE = "set_aside"
    LAG = "outbox_lag"
    TROUBLED = "outbox_troubled"
    POLL = "poll"
    TICK = "tick"
    DISK = "disk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    at: datetime
    revision: str | None
    """The database's last migration; None: it has no tables."""
    leased: bool
    """Whether a bot is at work on the database."""
    free: int
    """Bytes, of the fuller disk."""
    figures: Figures | None
    """None: the database is of another version, so that nothing is read from it."""

    @property
    def current(self) -> bool:
        return self.revision == head()

    @property
    def ailments(self) -> tuple[Ailment, ...]:
        return tuple(self._ailments())

    def _ailments(self) -> Iterator[Ailment]:
        if not self.current:
            yield Ailment.SCHEMA
        if not self.leased:
            yield Ailment.NOT_RUNNING
        if self.free < FREE_LEAST:
            yield Ailment.DISK
        if self.figures is not None:
            yield from self._of_figures(self.figures)

    def _of_figures(self, found: Figures) -> Iterator[Ailment]:
        if found.unanswered is not None and found.unanswered > UNANSWERED_LONGEST:
            yield Ailment.UNANSWERED
        if found.set_aside:
            yield Ailment.SET_ASIDE
        if found.outbox_lag > LAG_LONGEST:
            yield Ailment.LAG
        if sum(found.outbox[state] for state in TROUBLED) > TROUBLED_MOST:
            yield Ailment.TROUBLED
        if not self.leased or found.heartbeat is None:
            return
        if self.at - found.heartbeat.at > HEARTBEAT_LONGEST:
            yield Ailment.HANGS
            return
        if self.at - found.heartbeat.polled_at > POLL_LONGEST:
            yield Ailment.POLL
        if found.heartbeat.ticked_at is not None and self.at - found.heartbeat.ticked_at > TICK_LONGEST:
            yield Ailment.TICK


def examine(url: str, files: Path) -> Health:
    """Look at the database at a URL, without changing anything, and the folder of evidence.

    Raises what opening a database raises.
    """
    revision, now = revision_of(url), machine_now()
    found: Figures | None = None
    if revision == head():
        database = open_database(url)
        try:
            with database.read() as session:
                found = figures(session, now=now, plan_now=PlanClock().now())
        finally:
            database.close()
    return Health(at=now, revision=revision, leased=_leased(url), free=free_bytes(url, files), figures=found)


def free_bytes(url: str, files: Path) -> int:
    """Of the fuller of the disks that evidence and an SQLite file lie on."""
    target = make_url(url)
    places = [files, *([Path(target.database or "")] if target.get_backend_name() == "sqlite" else [])]
    return min(shutil.disk_usage(_existing(place)).free for place in places)


def as_json(health: Health) -> dict[str, Any]:
    """The keys are documented in docs/guide/operator.md and stay."""
    found = health.figures
    heartbeat = found.heartbeat if found else None
    return {
        "well": not health.ailments,
        "problems": [ailment.value for ailment in health.ailments],
        "version": version("duban"),
        "at": health.at.isoformat(),
        "running": health.leased,
        "schema": {"revision": health.revision, "current": health.current},
        "disk_free_bytes": health.free,
        "database_bytes": found.size if found else None,
        "unanswered_seconds": int(found.unanswered.total_seconds()) if found and found.unanswered is not None else None,
        "set_aside": found.set_aside if found else None,
        "outbox": {state.value: count for state, count in found.outbox.items()} if found else None,
        "outbox_lag_seconds": int(found.outbox_lag.total_seconds()) if found else None,
        "heartbeat_at": heartbeat.at.isoformat() if heartbeat else None,
        "polled_at": heartbeat.polled_at.isoformat() if heartbeat else None,
        "ticked_at": heartbeat.ticked_at.isoformat() if heartbeat and heartbeat.ticked_at else None,
    }


def _leased(url: str) -> bool:
    try:
        with keep_bots_away(url):
            return False
    except LeaseTakenError:
        return True


def _existing(place: Path) -> Path:
    """The place itself, or the nearest folder above that is there."""
    return next(one for one in (place.absolute(), *place.absolute().parents) if one.exists())
