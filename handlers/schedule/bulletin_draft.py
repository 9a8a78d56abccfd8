"""A bulletin is drafted when its time comes; what is told of it names the draft."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from handlers.chat.context import Services
from handlers.progress.standings import all_progress
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKind
from knowledge.plan.model import Frequency
from knowledge.questions.answering.scope import scope_of_keys
from knowledge.reminders.recipients import Occasion, PlanSnapshot
from knowledge.standing.bulletin import BulletinKind, label_of, period_of, snapshot_of
from knowledge.standing.overview import not_reported
from storage import bulletins as stored
from storage.bulletins import bulletin_of

_KINDS = {
    Frequency.MONTHLY: BulletinKind.MONTHLY,
    Frequency.QUARTERLY: BulletinKind.QUARTERLY,
    Frequency.HALF_YEARLY: BulletinKind.HALF_YEAR,
    Frequency.YEARLY: BulletinKind.ANNUAL,
}
_FEBRUARY = 2


def draft(session: Session, services: Services, snapshot: PlanSnapshot, occasion: Occasion, now: datetime) -> int:
    """The draft's number, or that of the bulletin which the period has already."""
    kind, label = bulletin_period(occasion)
    number = draft_bulletin(session, services.question_service.library, snapshot.plan, kind, label, snapshot.today, now)
    number = number or bulletin_of(session, snapshot.plan, kind, label)
    assert number is not None  # noqa: S101 - one or the other is there
    return number


def bulletin_period(occasion: Occasion) -> tuple[BulletinKind, str]:
    """The bulletin's kind and period: the one that closes, or the month before a meeting.

    January is told with February, unless there is a meeting between.
    """
    if occasion.period is not None:
        return _KINDS[occasion.period.frequency], occasion.period.label
    meeting = date.fromisoformat(occasion.label)
    if meeting.month == _FEBRUARY:
        return BulletinKind.MONTHLY, f"{meeting.year}-01"
    return BulletinKind.MONTHLY, label_of(BulletinKind.MONTHLY, meeting.replace(day=1) - timedelta(days=1))


def draft_bulletin(
    session: Session, library: Library, plan: str, kind: BulletinKind, label: str, as_of: date, now: datetime
) -> int | None:
    """Freeze the plan's figures of `as_of` into a draft; its number, or None where the period has one already.

    `label` is one of `knowledge.standing.bulletin.label_of`; `now` is machine time.
    """
    if stored.bulletin_of(session, plan, kind, label) is not None:
        return None
    keys = [key for key in (*library.tasks, *library.clauses) if key.plan == plan]
    scope = scope_of_keys(keys, library)
    progress = all_progress(session, library, today=as_of, now=now)
    targets = [one for one in progress.standings(scope, as_of) if one.subject.kind is EntryKind.TARGET]
    first, last = period_of(kind, label)
    owing = not_reported(targets, progress.reports(scope, as_of), first=first, last=max(last, as_of))
    before = stored.last_released(session, plan, kind, before=as_of)
    snapshot = snapshot_of(kind, label, as_of, targets, owing, before.snapshot if before else None)
    return stored.add_bulletin(session, plan, snapshot, now=now)
