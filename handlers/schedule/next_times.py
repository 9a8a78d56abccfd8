"""When a rule's next occasion is: APScheduler's triggers as pure calls, then moved to working days.

Occasions come in order of the day they are sent on. Of several that move to one day (3 days and 1 day before, over a
holiday) the last says it all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from handlers.services.clock import PLAN_ZONE
from knowledge.plan.model import Frequency
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.recipients import Occasion
from knowledge.reminders.rules import (
    Before,
    BeforeMeeting,
    Late,
    Monthly,
    OnRequest,
    Opening,
    Overdue,
    ReminderRule,
    Weekly,
)
from knowledge.reminders.workdays import WorkDays
from knowledge.standing.periods import due_months, period_due_on

_BACK = timedelta(days=60)
"""How far back a nominal day can lie of which the sending day is still to come: five working days over holidays, and
the month that a period's figures take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A row of the schedule before it has a time: a rule about a subject, with what its times hang on."""

    rule: ReminderRule
    subject: str
    deadlines: tuple[date, ...] = ()
    frequency: Frequency | None = None
    meeting: date | None = None
    at: datetime | None = None
    """Of a personal one."""
    member: int | None = None
    until: date | None = None
    """What recurs ends with this day."""

    @property
    def rule_and_subject(self) -> tuple[str, str]:
        return self.rule.key, self.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    workdays: WorkDays
    defaults: RemindDefaults


@dataclass(frozen=True, slots=True, order=True)
class DueTime:
    """`at` is plan time, aware: when the occasion is to be told."""

    at: datetime
    label: str


def occasions(planned: Planned, calendar: Calendar, *, after: datetime) -> Iterator[tuple[DueTime, Occasion]]:
    """The occasions told after a moment, in order; endless where the rule is."""
    if planned.at is not None:
        due = own_due(planned.at)
        if planned.at > after:
            yield due, _occasion(planned, due.label, planned.at.astimezone(PLAN_ZONE).date())
        return
    moved = ((_moved(planned.rule, one.day, calendar.workdays), one) for one in _nominal(planned, calendar, after))
    for day, pairs in groupby(moved, key=lambda pair: pair[0]):
        same = [one for _, one in pairs]
        occasion = replace(same[-1], leads=tuple(number for one in same for number in one.leads))
        at = _at(day, calendar.defaults.at)
        if planned.until is not None and occasion.day > planned.until:
            return
        if at > after:
            yield DueTime(at, occasion.label), occasion


def own_due(at: datetime) -> DueTime:
    """Of a reminder of somebody's own."""
    return DueTime(at, at.astimezone(PLAN_ZONE).strftime("%Y-%m-%d %H:%M"))


def next_due(planned: Planned, calendar: Calendar, *, after: datetime) -> DueTime | None:
    return next((due for due, _ in occasions(planned, calendar, after=after)), None)


def _moved(rule: ReminderRule, day: date, workdays: WorkDays) -> date:
    if isinstance(rule.when, Before | Opening | BeforeMeeting):
        return workdays.on_or_before(day)
    return workdays.on_or_after(day)


def _nominal(planned: Planned, calendar: Calendar, after: datetime) -> Iterator[Occasion]:
    """Occasions on their nominal days, in order, from somewhat before `after`."""
    since, when = after - _BACK, planned.rule.when
    match when:
        case Before(days):
            for deadline in planned.deadlines:
                for number in sorted(days, reverse=True):
                    day = deadline - timedelta(days=number)
                    yield replace(_occasion(planned, f"{deadline}-{number}", day, deadline=deadline), leads=(number,))
        case Overdue(weeks):
            for deadline in planned.deadlines:
                for number, day in _weeks_after(deadline, weeks, calendar.defaults.at):
                    yield _occasion(planned, f"{deadline}+{number}", day, deadline=deadline)
        case Opening(days) | Late(days):
            yield from _of_periods(planned, calendar, since, days)
        case Monthly(days):
            yield from _cron(planned, CronTrigger(day=_listed(days), timezone=PLAN_ZONE), since)
        case Weekly(days):
            names = ",".join(_DAYS[number - 1] for number in sorted(days))
            yield from _cron(planned, CronTrigger(day_of_week=names, timezone=PLAN_ZONE), since)
        case BeforeMeeting(days) if planned.meeting:
            for number in sorted(days, reverse=True):
                yield _occasion(planned, str(planned.meeting), calendar.workdays.add(planned.meeting, -number))
        case BeforeMeeting() | OnRequest():
            return


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weeks_after(deadline: date, weeks: tuple[int, ...], at: time) -> Iterator[tuple[int, date]]:
    first, last = min(weeks), max(weeks)
    start = _at(deadline + timedelta(weeks=first), at)
    trigger = IntervalTrigger(weeks=1, start_date=start, end_date=_at(deadline + timedelta(weeks=last), at))
    for number, fired in enumerate(_fired(trigger, start - timedelta(days=1)), first):
        if number in weeks:
            yield number, fired.date()


def _of_periods(planned: Planned, calendar: Calendar, since: datetime, numbers: tuple[int, ...]) -> Iterator[Occasion]:
    frequency = planned.frequency or Frequency.MONTHLY
    day = calendar.defaults.due_days.of(frequency)
    trigger = CronTrigger(month=due_months(frequency), day=day, timezone=PLAN_ZONE)
    for fired in _fired(trigger, since):
        period = period_due_on(frequency, fired.date())
        for number in sorted(numbers, reverse=isinstance(planned.rule.when, Opening)):
            if isinstance(planned.rule.when, Opening):
                when = period.due - timedelta(days=number)
            else:
                when = calendar.workdays.add(period.due, number)
            yield Occasion(
                rule=planned.rule, subject=planned.subject, label=f"{period.label}/{number}", day=when, period=period
            )


def _cron(planned: Planned, trigger: CronTrigger, since: datetime) -> Iterator[Occasion]:
    for fired in _fired(trigger, since):
        yield _occasion(planned, str(fired.date()), fired.date())


def _fired(trigger: BaseTrigger, since: datetime) -> Iterator[datetime]:
    previous, now = None, since
    while (fired := trigger.get_next_fire_time(previous, now)) is not None:
        yield fired
        previous, now = fired, fired + timedelta(microseconds=1)


def _occasion(planned: Planned, label: str, day: date, *, deadline: date | None = None) -> Occasion:
    return Occasion(
        rule=planned.rule, subject=planned.subject, label=label, day=day, deadline=deadline, member=planned.member
    )


def _listed(numbers: Iterable[int]) -> str:
    return ",".join(map(str, sorted(numbers)))


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=PLAN_ZONE)
