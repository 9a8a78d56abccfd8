"""What is due of a plan at a moment, as values: occasions whose time has come, the items they make, rows that move on.

The tick does this with what is stored, and the calendar of coming messages with what will be.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from handlers.schedule.next_times import DueTime, Planned, next_due, occasions
from handlers.schedule.plan_schedule import Agenda, row_of
from knowledge.reminders.recipients import Occasion, ReminderItem, SkipReason, useful_until
from storage.schedule import ScheduledRule
from storage.schedule_items import NewItem

LATE = timedelta(hours=1)
"""So long after its time a reminder says that it is late."""

PlannedOnes = Mapping[tuple[str, str], Planned]
"""By rule and subject."""


@dataclass(frozen=True, slots=True)
class DueOccasion:
    """An occasion whose time has come; `reason` says why it is not told any more."""

    due: DueTime
    occasion: Occasion
    reason: SkipReason | None = None


def due_occasions(planned: Planned, agenda: Agenda, row: ScheduledRule, moment: datetime) -> tuple[DueOccasion, ...]:
    """The row's occasions up to a moment: the last is told, unless it is of no use any more; what was before it is
    not."""
    before = row.next_due - timedelta(microseconds=1)
    due = takewhile(lambda one: one[0].at <= moment, occasions(planned, agenda.calendar, after=before))
    due_now = [DueOccasion(*one, SkipReason.SUPERSEDED) for one in due]
    if due_now:
        last, until = due_now[-1], useful_until(due_now[-1].occasion)
        leads = tuple(number for one in due_now for number in one.occasion.leads)
        reason = SkipReason.PAST if until is not None and moment.date() > until else None
        due_now[-1] = DueOccasion(last.due, replace(last.occasion, leads=leads), reason)
    return tuple(due_now)


def items_of(plan: str, due_now: DueOccasion, found: Iterable[ReminderItem], moment: datetime) -> tuple[NewItem, ...]:
    """What the occasion expanded to, as it is kept."""
    return tuple(
        NewItem(
            plan=plan,
            rule=due_now.occasion.rule.key,
            subject=item.subject,
            member=item.member,
            occurrence=due_now.due.label,
            task=item.task,
            urgent=item.urgent,
            due=due_now.due.at,
            planned=due_now.due.at,
            leads=due_now.occasion.leads,
            reason=due_now.reason or item.skip,
            late=moment - due_now.due.at > LATE,
        )
        for item in found
    )


def next_rows(
    rows: Sequence[ScheduledRule], planned: PlannedOnes, agenda: Agenda, moment: datetime
) -> tuple[tuple[ScheduledRule, ...], tuple[ScheduledRule, ...]]:
    """The rows with their next times after a moment, and those that have none."""
    ahead, gone = [], []
    for row in rows:
        known = planned.get(row.rule_and_subject)
        due = known and next_due(known, agenda.calendar, after=moment)
        if due:
            ahead.append(row_of(row.key, due))
        else:
            gone.append(row)
    return tuple(ahead), tuple(gone)
