"""What a plan's schedule holds: every rule in force about every subject it is for, and when each comes next.

The rows follow from the plan, the cards, the office's settings and the calendar. They are computed anew when one of
these changes (and at every start), so that nobody has to know which rows a change touches.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from handlers.chat.context import Services
from handlers.progress.pictures import time_of
from handlers.schedule.next_times import Calendar, DueTime, Planned, next_due
from handlers.services.clock import PLAN_ZONE
from knowledge.plan.model import Clause, Period, Plan, Target, Task
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.recipients import target_key
from knowledge.reminders.rules import ReminderRule, RuleChange, RuleKind, rules_from, with_changes
from knowledge.standing.schedule import years_of
from storage.holidays import workdays_of
from storage.personal_reminders import open_personal
from storage.plan_settings import Meeting, PlanPeriod, meetings_of, period_of
from storage.rule_settings import rule_changes
from storage.schedule import RowKey, ScheduledRule, drop_rows, put_rows, rows_of

_TAIL = timedelta(days=92)
"""What recurs ends so long after the plan: its last figures are still gathered and told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """All that decides a plan's schedule."""

    plan: Plan
    calendar: Calendar
    changes: Mapping[str, RuleChange]
    """What the office changed in the rules."""
    period: PlanPeriod | None
    meetings: tuple[Meeting, ...]
    personal: tuple[Planned, ...]

    @property
    def rules(self) -> dict[str, ReminderRule]:
        """Those in force."""
        return with_changes(rules_from(self.calendar.defaults), self.changes)

    def with_rule(self, rule: str, change: RuleChange) -> "Agenda":
        return replace(self, changes={**self.changes, rule: change})


def load_agenda(session: Session, plan: Plan, defaults: RemindDefaults, *, since: date) -> Agenda:
    """`since` is the day from which on meetings and people's own reminders still matter."""
    personal = rules_from(defaults)["personal"]
    return Agenda(
        plan=plan,
        calendar=Calendar(workdays=workdays_of(session), defaults=defaults),
        changes=rule_changes(session, plan.name),
        period=period_of(session, plan.name),
        meetings=meetings_of(session, plan.name, since),
        personal=tuple(
            Planned(rule=personal, subject=str(one.id), at=one.at, member=one.member)
            for one in open_personal(session, plan.name, datetime.combine(since, time(), tzinfo=PLAN_ZONE))
        ),
    )


def planned_in(agenda: Agenda) -> Iterator[Planned]:
    """Every rule in force with each subject that it is for."""
    yield from agenda.personal
    until = last_due(agenda)
    for rule in agenda.rules.values():
        match rule.kind:
            case RuleKind.TARGET:
                for target in targets_of(agenda.plan):
                    if deadlines := deadlines_of(target, agenda):
                        key = target_key(target.task, target.name)
                        yield Planned(rule=rule, subject=key, deadlines=deadlines)
            case RuleKind.PERIOD:
                for frequency in rule.frequencies:
                    yield Planned(rule=rule, subject=frequency.value, frequency=frequency, until=until)
            case RuleKind.PROJECT | RuleKind.PLAN:
                yield Planned(rule=rule, subject="", until=_end(agenda))
            case RuleKind.MEETING:
                for meeting in agenda.meetings:
                    yield Planned(rule=rule, subject=str(meeting.id), meeting=meeting.day)
            case RuleKind.PERSONAL:
                pass


def rebuild(session: Session, plan: Plan, defaults: RemindDefaults, *, now: datetime) -> None:
    """Let the plan's rows be what follows from its settings as they are now (plan time `now`).

    A row that is due keeps its occasion, if it still has it; nothing is caught up that was not planned before.
    """
    held = rows_of(session, plan.name)
    wanted = rows_in(load_agenda(session, plan, defaults, since=now.date()), held, now=now)
    put_rows(session, [row for key, row in wanted.items() if held.get(key) != row])
    drop_rows(session, held.keys() - wanted.keys())


def rows_in(agenda: Agenda, held: Mapping[RowKey, ScheduledRule], *, now: datetime) -> dict[RowKey, ScheduledRule]:
    """The rows that follow from the agenda, where these were held until now."""
    wanted = {}
    for planned in planned_in(agenda):
        key = (agenda.plan.name, planned.rule.key, planned.subject)
        before = held.get(key)
        after = min(now, before.next_due - timedelta(microseconds=1)) if before else now
        if due := next_due(planned, agenda.calendar, after=after):
            wanted[key] = row_of(key, due)
    return wanted


def rebuild_all(session: Session, services: Services) -> None:
    """The schedule of every loaded plan, as its settings are now."""
    for plan in services.question_service.library.plans:
        rebuild(session, plan, services.remind, now=services.clock.now())


def row_of(key: RowKey, due: DueTime) -> ScheduledRule:
    plan, rule, subject = key
    return ScheduledRule(plan=plan, rule=rule, subject=subject, next_due=due.at, occurrence=due.label)


def targets_of(plan: Plan) -> Iterator[Target]:
    parts: tuple[Task | Clause, ...] = (*plan.tasks, *plan.clauses)
    for part in parts:
        yield from part.targets


def deadlines_of(target: Target, agenda: Agenda) -> tuple[date, ...]:
    """The written deadline; of a yearly target each year's end; else the end of the period that the office set."""
    if target.period is Period.YEARLY:
        return tuple(date(year, 12, 31) for year in years_of(time_of(agenda.plan, agenda.period).start, _end(agenda)))
    if target.deadline is not None:
        return (target.deadline,)
    return (agenda.period.end,) if agenda.period else ()


def last_due(agenda: Agenda) -> date:
    """Until when figures are gathered."""
    return _end(agenda) + _TAIL


def _end(agenda: Agenda) -> date:
    return time_of(agenda.plan, agenda.period).end
