"""The desk that answers now, with the names that the office has added.

A desk never changes: when the office's names have changed, a new one is built beside it and takes its place.
"""

from collections.abc import Iterable
from threading import Lock

from handlers.ask import AskDesk
from knowledge.gazetteer import Gazetteer, with_aliases
from knowledge.library import Library
from knowledge.model import Plan
from storage.aliases import Held, list_aliases
from storage.database import Database


class Desks:
    """Safe to share between threads."""

    def __init__(self, desk: AskDesk) -> None:
        """`desk` knows what the shipped files hold."""
        self.current = desk
        self._shelves = desk.library.shelves
        self._held: tuple[Held, ...] = ()
        self._lock = Lock()

    def refresh(self, database: Database) -> None:
        """Let `current` know the names as they are in the database: one short read, and a new desk where they changed.

        Called before an update's transaction, in its worker thread, so that nothing waits for the new desk but those
        who ask meanwhile. Raises one of UNAVAILABLE.
        """
        with self._lock:
            with database.read() as session:
                held = list_aliases(session)
            if held != self._held:
                self.current = AskDesk(Library(_overlaid(self._shelves, held)))
                self._held = held


def _overlaid(shelves: Iterable[tuple[Plan, Gazetteer]], held: tuple[Held, ...]) -> tuple[tuple[Plan, Gazetteer], ...]:
    return tuple(
        (plan, with_aliases(gazetteer, (one.alias for one in held if one.plan == plan.name)))
        for plan, gazetteer in shelves
    )
