"""Where the plan stands, for one asker: cards and reports are read in the session at hand, a statement each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.place import Place
from handlers.rights import Action, Actor, Subject, may
from knowledge.library import Library
from knowledge.model import Card, Clause, Plan, Target, Task
from knowledge.progress import Progress, Seen
from knowledge.scope import Scope
from knowledge.standing.compute import PlanTime, standing_of
from knowledge.standing.overview import said_between
from knowledge.standing.report import Report, counted
from knowledge.standing.subject import standing_of_subject
from knowledge.standing.values import Standing
from knowledge.updates.values import Subject as Part
from knowledge.updates.values import SubjectKind, UpdateKind
from storage.cards import Cards, cards_of
from storage.people import Grant, Role
from storage.reports import reports_of

_ZONE = ZoneInfo("Asia/Shanghai")


def progress_for(place: Place, actor: Actor) -> Progress | None:
    """What the actor may see of the progress of the loaded plans; None where that is nothing."""
    library = place.house.desk.library
    plans = [plan.name for plan in library.plans]
    bound = frozenset(plan for plan in plans if may(actor, Action.SEE_PROGRESS, Subject(plan=plan)))
    published = frozenset(plans) - bound if may(actor, Action.SEE_PUBLISHED) else frozenset()
    if not bound and not published:
        return None
    return StoredProgress(
        session=place.session,
        library=library,
        whole=bound,
        published=published,
        today=place.house.today(),
        now=place.now,
    )


def charge_of(actor: Actor, library: Library) -> tuple[str, ...]:
    """The tasks that the actor, as a leader, is in charge of, in the plans' order; nobody in a group is told."""
    charges = [grant for grant in actor.grants if grant.role is Role.LEADER] if actor.private else []
    return tuple(
        f"{plan}/{id_}" if library.mixed else id_
        for (plan, id_), task in library.tasks.items()
        if any(_covers(grant, plan, task) for grant in charges)
    )


def _covers(grant: Grant, plan: str, task: Task) -> bool:
    if grant.plan != plan:
        return False
    whole = grant.unit is None and grant.section is None
    return whole or grant.unit in task.units or grant.section == task.section


def all_progress(session: Session, library: Library, *, today: date, now: datetime) -> Progress:
    """What the keeper of the database sees."""
    plans = frozenset(plan.name for plan in library.plans)
    return StoredProgress(session=session, library=library, whole=plans, published=frozenset(), today=today, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProgress:
    """`whole` are the plans of which everything is seen, `published` those of which only what others stand for."""

    session: Session
    library: Library
    whole: frozenset[str]
    published: frozenset[str]
    today: date
    """The plan's day."""
    now: datetime
    """Machine time: what arrived when is told by it."""
    _cards: dict[str, Cards] = field(default_factory=dict)

    def seen(self, scope: Scope, day: date) -> Seen:
        standings: list[Standing] = []
        reports: list[Report] = []
        for plan in self._plans(scope):
            held = self._reports(plan, scope, day)
            reports += held
            standings += self._standings(plan, scope, day, held)
        return Seen(tuple(standings), tuple(reports))

    def said(self, scope: Scope, since: date, until: date) -> tuple[Report, ...]:
        first, end = self._arrived(since), self._arrived(until + timedelta(days=1))
        found: list[Report] = []
        for plan in self._plans(scope):
            found += said_between(self._reports(plan, scope, None), first, end)
        return tuple(found)

    def card(self, plan: str, target: Target) -> Card:
        if plan not in self.whole:
            return target.card
        if plan not in self._cards:
            self._cards[plan] = cards_of(self.session, plan)
        return self._cards[plan].of(target)

    def _plans(self, scope: Scope) -> Iterable[Plan]:
        wanted = {plan for plan, _ in scope.targets} | {subject.plan for subject in scope.subjects}
        seen = self.whole | self.published
        return (plan for plan in self.library.plans if plan.name in wanted and plan.name in seen)

    def _reports(self, plan: Plan, scope: Scope, day: date | None) -> tuple[Report, ...]:
        """Those of the scope, about days up to `day`."""
        names = {(target.task, target.name) for own, target in scope.targets if own == plan.name}
        names |= {(subject.task, subject.name) for subject in scope.subjects if subject.plan == plan.name}
        reports = reports_of(self.session, plan.name, targets=names, as_of=day)
        return reports if plan.name in self.whole else _stood_for(reports, day or self.today)

    def _standings(self, plan: Plan, scope: Scope, day: date, reports: tuple[Report, ...]) -> Iterable[Standing]:
        by_part: dict[Part, list[Report]] = defaultdict(list)
        for report in reports:
            by_part[report.subject].append(report)
        time = time_of(plan)
        for own, target in scope.targets:
            if own == plan.name:
                part = Part(SubjectKind.TARGET, target.name, plan.name, target.task)
                yield standing_of(
                    target,
                    self.card(plan.name, target),
                    by_part[part],
                    day,
                    plan=plan.name,
                    time=time,
                    units=self._units(part),
                )
        for subject in scope.subjects:
            if subject.plan == plan.name and (by_part[subject] or self._has_no_number(subject, scope)):
                yield standing_of_subject(subject, by_part[subject], day, time=time, units=self._units(subject))

    def _units(self, part: Part) -> tuple[str, ...]:
        task = self.library.tasks.get((part.plan, part.task))
        return task.units if task else ()

    def _has_no_number(self, subject: Part, scope: Scope) -> bool:
        """Whether the subject itself was asked for, or is a task of which nothing is counted."""
        if subject.kind is not SubjectKind.TASK:
            return len(scope.subjects) == 1
        return not self.library.tasks[subject.plan, subject.task].targets

    def _arrived(self, day: date) -> datetime:
        """When a plan day begins in machine time: the playground shifts the one against the other by whole days."""
        shift = self.today - self.now.astimezone(_ZONE).date()
        return datetime.combine(day - shift, datetime.min.time(), tzinfo=_ZONE)


def time_of(plan: Plan) -> PlanTime:
    """The time that a plan has: from the day it was issued to its last deadline."""
    parts: tuple[Task | Clause, ...] = (*plan.tasks, *plan.clauses)
    deadlines = [target.deadline for part in parts for target in part.targets if target.deadline]
    end = max(deadlines, default=date(plan.issued.year + 1, 12, 31) if plan.issued else date.max)
    return PlanTime(start=plan.issued or date(end.year, 1, 1), end=end)


def _stood_for(reports: tuple[Report, ...], day: date) -> tuple[Report, ...]:
    """What visitors may see: figures in force that a head of unit, a supervisor or a certifying unit stands for.

    An increment says nothing without the figures under it, which nobody may have stood for.
    """
    return tuple(
        report
        for report in counted(reports, today=day)
        if (report.approved or report.checked or report.published) and report.kind is not UpdateKind.INCREMENT
    )
