"""A bulletin's figures are frozen into a draft, by rule or by hand, or into a new draft in the place of the last."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from handlers.broadcast.bulletin_process import BulletinProcess
from handlers.broadcast.texts_bulletin_paper import reported_words
from handlers.progress.pictures import load_picture
from knowledge.entities.library import Library
from knowledge.reminders.defaults import RemindDefaults
from knowledge.standing.bulletin import (
    BulletinKind,
    Snapshot,
    changed_since,
    figures_since,
    items_in,
    marked_since,
    period_of,
    snapshot_of,
    without_returned,
)
from knowledge.standing.picture import DayPicture, Duty, owed
from knowledge.standing.values import Figure
from storage import bulletins as stored
from storage.bulletin_steps import BulletinStep, add_step
from storage.fact_checks import FactAnswer, FactCheck, FactCorrection


def draft_bulletin(
    session: Session,
    library: Library,
    remind: RemindDefaults,
    plan: str,
    kind: BulletinKind,
    label: str,
    *,
    as_of: date,
    today: date,
    by: int | None,
    now: datetime,
) -> int | None:
    """Freeze the plan's figures of `as_of` into a draft; its number, or None where the period has one already.

    `label` is one of `knowledge.standing.bulletin.label_of`; `today` is the plan day, `by` is None by rule, `now` is
    machine time.
    """
    if stored.bulletin_of(session, plan, kind, label) is not None:
        return None
    snapshot = frozen(session, library, remind, plan, kind, label, as_of=as_of, today=today)
    number = stored.add_bulletin(session, plan, snapshot, now=now)
    if number is not None:
        add_step(session, number, BulletinStep.DRAFT, by=by, day=today, now=now)
    return number


def frozen(
    session: Session,
    library: Library,
    remind: RemindDefaults,
    plan: str,
    kind: BulletinKind,
    label: str,
    *,
    as_of: date,
    today: date,
) -> Snapshot:
    """The plan's figures of a day for the bulletin of a period."""
    picture = _picture(session, library, remind, plan, as_of)
    items = items_in(picture, kind, label)
    before = stored.last_released(session, plan, kind, before=as_of)
    ended = _picture(session, library, remind, plan, min(as_of, period_of(kind, label)[1]))
    snapshot = snapshot_of(
        kind, label, as_of, picture.targets, owed(items), before.snapshot if before else None, ended=ended.targets
    )
    raised = dict.fromkeys(one.standing.subject for one in picture.problems)
    return replace(
        snapshot,
        problems=tuple((one.task, one.name) for one in raised),
        sections=_sections(library, plan),
        reported=sum(one.duty is Duty.REPORTED for one in items),
        next_due=_next_due(today, remind),
    )


def reported_since(
    session: Session, library: Library, remind: RemindDefaults, process: BulletinProcess, *, today: date
) -> tuple[tuple[str, str], ...]:
    """(task, name) of the targets that have another figure by now than the draft holds."""
    bulletin, day = process.bulletin, process.figures_day(today)
    return changed_since(bulletin.snapshot, _picture(session, library, remind, bulletin.plan, day).targets)


def brought_up_to_date(
    session: Session, library: Library, remind: RemindDefaults, process: BulletinProcess, *, today: date
) -> BulletinProcess:
    """A draft with what became of its frozen figures since: marks, and until the review other figures of the units that
    are asked, reported by the last day of the check."""
    bulletin, until = process.bulletin, process.until
    if bulletin.state is not stored.BulletinState.DRAFT:
        return process
    day = process.figures_day(today)
    now, frozen_at = _picture(session, library, remind, bulletin.plan, day), process.steps[BulletinStep.DRAFT].at
    held = without_returned(marked_since(bulletin.snapshot, now.targets), now, frozen_at)
    process = replace(process, bulletin=replace(bulletin, snapshot=held))
    if until is None or BulletinStep.REVIEW in process.steps:
        return process
    by_then = _picture(session, library, remind, bulletin.plan, min(day, until)).targets
    changed = figures_since(bulletin.snapshot, by_then)
    figures = {place: figure for place, figure in changed.items() if figure.report.received_at > frozen_at}
    said = ((check, _reported(bulletin.snapshot, check, figures, today)) for check in process.checks)
    return replace(process, reported={check.id: found for check, found in said if found})


def _reported(
    held: Snapshot, check: FactCheck, figures: Mapping[int, Figure], today: date
) -> tuple[FactCorrection, ...]:
    """What the unit reported of its lines; where it answered in words, those are its answer."""
    if check.answer is FactAnswer.RIGHT:
        return ()
    written = {one.entry for one in check.corrections}
    own = (place for place in held.lines_of.get(check.unit, ()) if place in figures and not written & {place, None})
    return tuple(
        FactCorrection(place, reported_words(figures[place], today))
        for place in own
        if figures[place].report.unit == check.unit
    )


def _picture(session: Session, library: Library, remind: RemindDefaults, plan: str, day: date) -> DayPicture:
    (own,) = (one for one in library.plans if one.name == plan)
    return load_picture(session, library, own, day, remind.due_days)


def _sections(library: Library, plan: str) -> dict[str, str]:
    """By task the title of its section; a clause stands under its own."""
    titles = {no: section.title for (own, no), section in library.sections.items() if own == plan}
    tasks = {id_: titles[task.section] for (own, id_), task in library.tasks.items() if own == plan}
    return {**tasks, **{id_: clause.title for (own, id_), clause in library.clauses.items() if own == plan}}


def _next_due(today: date, remind: RemindDefaults) -> date:
    """The next day by which monthly figures are due, after today."""
    day = remind.monthly_due_day
    month = today if today.day < day else today.replace(day=1) + timedelta(days=31)
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))
