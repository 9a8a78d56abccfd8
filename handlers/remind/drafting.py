"""A bulletin is drafted when its time comes; what is told of it names the draft."""

from datetime import datetime

from sqlalchemy.orm import Session

from handlers.place import House
from knowledge.rhythm.expand import Occasion, Scene


def draft(session: Session, house: House, scene: Scene, occasion: Occasion, now: datetime) -> int:
    """The draft's number."""
    return 0
