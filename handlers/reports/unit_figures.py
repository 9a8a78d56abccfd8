"""A unit's own figures as its reports made them: the total behind an increment, and what is left without a report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from handlers.access.responsibility import target_in_force
from handlers.chat.context import Context
from handlers.progress.pictures import time_in_force
from handlers.reports.plausibility import own_standing
from knowledge.reports.model import UpdateKind
from knowledge.standing.history import WORDLESS
from knowledge.standing.periods import period_of
from knowledge.standing.report import Status, counted
from knowledge.standing.timeline import timelines
from knowledge.standing.values import Figure
from storage.report_row import Record
from storage.reports import reports_of

WITHDRAWABLE = timedelta(hours=24)
"""How long after it came a report can be withdrawn by its author."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutReport:
    """What a unit's word comes to once one of its reports is returned or withdrawn."""

    counts: bool
    """Whether the report counts until then."""
    owed: bool
    """Whether nothing else of the unit is for the report's period; False of what reports nothing for a period."""
    before: Figure | None
    after: Figure | None


def without(context: Context, record: Record) -> WithoutReport:
    """`record` still stands."""
    report, subject = record.report, record.report.subject
    target = target_in_force(subject, context.library, context.cards(subject.plan))
    time, today = time_in_force(context, subject.plan), context.services.clock.today()
    named = reports_of(context.session, subject.plan, targets=[(subject.task, subject.name)])
    own = [one for one in named if one.unit == report.unit and one.subject == subject]
    rest = [one for one in own if one.id != report.id]
    period = period_of(report.for_period, context.services.remind.due_days)
    words = (one for one in counted(rest, today=today) if one.kind not in WORDLESS)
    return WithoutReport(
        counts=report.status is Status.ACCEPTED,
        owed=report.kind not in WORDLESS and not any(period.covers(one.for_period) for one in words),
        before=own_standing(subject, target, time, own, today).figure,
        after=own_standing(subject, target, time, rest, today).figure,
    )


def totals_of(context: Context, records: Iterable[Record]) -> Mapping[int, Figure]:
    """What each increment that counts came to, by its report's number; all of one plan."""
    added = {one.report.subject: one for one in records if one.report.kind is UpdateKind.INCREMENT}
    if not added:
        return {}
    plan = next(iter(added)).plan
    reports = reports_of(context.session, plan, targets=[(one.task, one.name) for one in added])
    found: dict[int, Figure] = {}
    for subject in added:
        target = target_in_force(subject, context.library, context.cards(plan))
        said = counted(one for one in reports if one.subject == subject)
        if target is not None:
            lines = timelines(said, target, target.card)
            found |= {int(figure.report.id): figure for line in lines.values() for figure in line}
    return found
