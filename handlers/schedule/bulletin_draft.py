"""A bulletin is drafted when its time comes; what is told of it names the draft."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from handlers.broadcast.bulletins import draft_bulletin
from handlers.chat.context import House
from knowledge.plan.model import Frequency
from knowledge.reminders.recipients import Occasion, Scene
from knowledge.standing.bulletin import BulletinKind, label_of
from storage.bulletins import bulletin_of

_KINDS = {
    Frequency.MONTHLY: BulletinKind.MONTHLY,
    Frequency.QUARTERLY: BulletinKind.QUARTERLY,
    Frequency.HALF_YEARLY: BulletinKind.HALF_YEAR,
    Frequency.YEARLY: BulletinKind.ANNUAL,
}
_FEBRUARY = 2


def draft(session: Session, house: House, scene: Scene, occasion: Occasion, now: datetime) -> int:
    """The draft's number, or that of the bulletin which the period has already."""
    kind, label = told_of(occasion)
    number = draft_bulletin(session, house.desk.library, scene.plan, kind, label, scene.today, now)
    number = number or bulletin_of(session, scene.plan, kind, label)
    assert number is not None  # noqa: S101 - one or the other is there
    return number


def told_of(occasion: Occasion) -> tuple[BulletinKind, str]:
    """The bulletin's kind and period: the one that closes, or the month before a meeting.

    January is told with February, unless there is a meeting between.
    """
    if occasion.period is not None:
        return _KINDS[occasion.period.frequency], occasion.period.label
    meeting = date.fromisoformat(occasion.label)
    if meeting.month == _FEBRUARY:
        return BulletinKind.MONTHLY, f"{meeting.year}-01"
    return BulletinKind.MONTHLY, label_of(BulletinKind.MONTHLY, meeting.replace(day=1) - timedelta(days=1))
