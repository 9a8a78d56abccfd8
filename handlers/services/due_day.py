"""The day of the month on which figures are due, where the office has set it; one for all that a bot answers with."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from storage.rule_settings import due_day_set


@dataclass
class OfficeDueDay:
    day: int | None = None
    """None: as it is configured."""

    def refresh(self, session: Session) -> None:
        """As it is in the database now."""
        self.day = due_day_set(session)
