"""A bulletin is drafted when its time comes; what is told of it names the draft."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from handlers.broadcast.bulletin_drafts import draft_bulletin
from handlers.chat.context import Services
from knowledge.plan.model import Frequency
from knowledge.reminders.recipients import Occasion, PlanSnapshot
from knowledge.standing.bulletin import BulletinKind, told_at_meeting
from storage.bulletins import bulletin_of

_KINDS = {
    Frequency.MONTHLY: BulletinKind.MONTHLY,
    Frequency.QUARTERLY: BulletinKind.QUARTERLY,
    Frequency.HALF_YEARLY: BulletinKind.HALF_YEAR,
    Frequency.YEARLY: BulletinKind.ANNUAL,
}


def draft(
    session: Session, services: Services, snapshot: PlanSnapshot, occasion: Occasion, now: datetime
) -> int | None:
    """The draft's number, or that of the bulletin which the period has already; None where none is due."""
    kind, label = bulletin_period(occasion)
    if label is None:
        return None
    library = services.question_service.library
    number = draft_bulletin(
        session,
        library,
        services.remind,
        snapshot.plan,
        kind,
        label,
        as_of=snapshot.today,
        today=snapshot.today,
        by=None,
        now=now,
    )
    return number or bulletin_of(session, snapshot.plan, kind, label)


def bulletin_period(occasion: Occasion) -> tuple[BulletinKind, str | None]:
    """The bulletin's kind and period: the one that closes, or what is told at a meeting, if anything is."""
    if occasion.period is not None:
        return _KINDS[occasion.period.frequency], occasion.period.label
    return BulletinKind.MONTHLY, told_at_meeting(date.fromisoformat(occasion.label))
