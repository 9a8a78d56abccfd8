"""The question service that answers now, with the names that the office has added.

A service never changes: when the office's names have changed, a new one is built beside it and takes its place.
"""

from collections.abc import Iterable
from dataclasses import replace
from threading import Lock

from handlers.services.question_service import QuestionService
from knowledge.plan.gazetteer import Gazetteer, with_aliases
from knowledge.plan.model import Plan
from storage.aliases import Held, list_aliases
from storage.database import Database


class AliasOverlay:
    """Safe to share between threads."""

    def __init__(self, question_service: QuestionService) -> None:
        """`question_service` knows what the shipped files hold."""
        self.current = question_service
        self._library = question_service.library
        self._held: tuple[Held, ...] = ()
        self._lock = Lock()

    def refresh(self, database: Database) -> None:
        """Let `current` know the names as they are in the database now. Raises one of UNAVAILABLE."""
        with database.read() as session:
            held = list_aliases(session)
        self.know(held)

    def knows(self, held: tuple[Held, ...]) -> bool:
        """Whether `current` goes by these names of the office's."""
        return held == self._held

    def know(self, held: tuple[Held, ...]) -> None:
        """Build a new service if the names are others; slow, so in a worker thread and in no transaction."""
        with self._lock:
            if not self.knows(held):
                shelves = _overlaid(self._library.shelves, held)
                self.current = QuestionService(replace(self._library, shelves=shelves))
                self._held = held


def _overlaid(shelves: Iterable[tuple[Plan, Gazetteer]], held: tuple[Held, ...]) -> tuple[tuple[Plan, Gazetteer], ...]:
    return tuple(
        (plan, with_aliases(gazetteer, (one.alias for one in held if one.plan == plan.name)))
        for plan, gazetteer in shelves
    )
