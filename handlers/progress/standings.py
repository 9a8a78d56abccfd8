"""Where the plan stands, for one asker: cards and reports are read in the session at hand, a statement each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.access.policy import Action, Actor, Resource, may
from handlers.chat.context import Context
from handlers.progress.standings_cache import Remembered, StandingInputs, remembered
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Card, Clause, Plan, Target, Task
from knowledge.questions.answering.progress_answers import Progress
from knowledge.questions.answering.scope import Scope
from knowledge.reports.model import UpdateKind
from knowledge.standing.compute import PlanTime, standing_of
from knowledge.standing.overview import said_between
from knowledge.standing.report import Report, counted
from knowledge.standing.subject import standing_of_subject
from knowledge.standing.values import Standing
from storage.cards import Cards, cards_of
from storage.people import Grant, Role
from storage.plan_settings import PlanPeriod, period_of
from storage.reports import reports_of
from storage.versions import NOTHING, Version, versions_of

_ZONE = ZoneInfo("Asia/Shanghai")


def progress_for(context: Context, actor: Actor) -> Progress | None:
    """What the actor may see of the progress of the loaded plans; None where that is nothing, as in any group."""
    if not actor.private:
        return None
    library = context.library
    plans = [plan.name for plan in library.plans]
    bound = frozenset(plan for plan in plans if may(actor, Action.SEE_PROGRESS, Resource(plan=plan)))
    published = frozenset(plans) - bound if may(actor, Action.SEE_PUBLISHED) else frozenset()
    if not bound and not published:
        return None
    return StoredProgress(
        session=context.session,
        cards=context.cards,
        period=context.period,
        library=library,
        whole=bound,
        published=published,
        today=context.services.clock.today(),
        now=context.now,
        by_urgency=may(actor, Action.NUDGE),
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
    return StoredProgress(
        session=session,
        cards=cache(partial(cards_of, session)),
        period=cache(partial(period_of, session)),
        library=library,
        whole=plans,
        published=frozenset(),
        today=today,
        now=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProgress:
    """`whole` are the plans of which everything is seen, `published` those of which only what others stand for."""

    session: Session
    cards: Callable[[str], Cards]
    """A plan's cards in force, read once."""
    period: Callable[[str], PlanPeriod | None]
    """What the office set of a plan's time, read once."""
    library: Library
    whole: frozenset[str]
    published: frozenset[str]
    today: date
    """The plan's day."""
    now: datetime
    """Machine time: what arrived when is told by it."""
    by_urgency: bool = False

    def standings(self, scope: Scope, day: date) -> tuple[Standing, ...]:
        found: list[Standing] = []
        for plan in self._plans(scope):
            standings = self._standings(plan, scope, day)
            found += standings if plan.name in self.whole else _published(standings)
        return tuple(found)

    def sees_all(self, scope: Scope) -> bool:
        return all(plan.name in self.whole for plan in self._plans(scope))

    def reports(self, scope: Scope, day: date) -> tuple[Report, ...]:
        return tuple(one for plan in self._plans(scope) for one in self._reports(plan, _names(plan, scope), day))

    def said(self, scope: Scope, since: date, until: date) -> tuple[Report, ...]:
        first, end = self._arrived(since), self._arrived(until + timedelta(days=1))
        found: list[Report] = []
        for plan in self._plans(scope):
            found += said_between(self._reports(plan, _names(plan, scope), None), first, end)
        return tuple(found)

    def card(self, plan: str, target: Target) -> Card:
        return self.cards(plan).of(target) if plan in self.whole else target.card

    def _plans(self, scope: Scope) -> Iterable[Plan]:
        wanted = {plan for plan, _ in scope.targets} | {subject.plan for subject in scope.subjects}
        seen = self.whole | self.published
        return (plan for plan in self.library.plans if plan.name in wanted and plan.name in seen)

    def _reports(self, plan: Plan, names: set[tuple[str, str]], day: date | None) -> tuple[Report, ...]:
        """Those of the named subjects, about days up to `day`."""
        reports = reports_of(self.session, plan.name, targets=names, as_of=day)
        return reports if plan.name in self.whole else _stood_for(reports, day or self.today)

    def _standings(self, plan: Plan, scope: Scope, day: date) -> Iterator[Standing]:
        """In the plan's order; only what has changed since it was last asked for is computed anew."""
        held = remembered(self.session) if plan.name in self.whole else Remembered()
        versions = versions_of(self.session, plan.name, _names(plan, scope))
        wanted = dict(self._wanted(plan, scope, versions))
        missing = {part for part, basis in wanted.items() if held.get(part, day, basis) is None}
        by_part: dict[EntryKey, list[Report]] = defaultdict(list)
        for report in self._reports(plan, {(part.task, part.name) for part in missing}, day):
            by_part[report.subject].append(report)
        for part, basis in wanted.items():
            found = held.get(part, day, basis)
            if found is None:
                found = self._standing(part, basis, by_part[part], day)
                held.put(part, day, basis, found)
            yield found

    def _wanted(
        self, plan: Plan, scope: Scope, versions: Mapping[tuple[str, str], Version]
    ) -> Iterator[tuple[EntryKey, StandingInputs]]:
        """Every target, and of the rest what was reported on or asked for."""
        time = time_of(plan, self.period(plan.name))
        for own, target in scope.targets:
            if own == plan.name:
                version = versions.get((target.task, target.name), NOTHING)
                part = EntryKey(EntryKind.TARGET, target.name, own, target.task)
                yield part, StandingInputs(version, self.card(own, target), target, time)
        for subject in scope.subjects:
            version = versions.get((subject.task, subject.name), NOTHING)
            if subject.plan == plan.name and (version or self._has_no_number(subject, scope)):
                yield subject, StandingInputs(version, None, None, time)

    def _standing(self, part: EntryKey, basis: StandingInputs, reports: list[Report], day: date) -> Standing:
        units = self._units(part)
        if basis.target is None:
            return standing_of_subject(part, reports, day, time=basis.time, units=units)
        card = basis.card or Card()
        return standing_of(basis.target, card, reports, day, plan=part.plan, time=basis.time, units=units)

    def _units(self, part: EntryKey) -> tuple[str, ...]:
        task = self.library.tasks.get(part.owner)
        return task.units if task else ()

    def _has_no_number(self, subject: EntryKey, scope: Scope) -> bool:
        """Whether the subject itself was asked for, or is a task of which nothing is counted."""
        if subject.kind is not EntryKind.TASK:
            return len(scope.subjects) == 1
        return not self.library.tasks[subject.owner].targets

    def _arrived(self, day: date) -> datetime:
        """When a plan day begins in machine time: the playground shifts the one against the other by whole days."""
        shift = self.today - self.now.astimezone(_ZONE).date()
        return datetime.combine(day - shift, datetime.min.time(), tzinfo=_ZONE)


def _names(plan: Plan, scope: Scope) -> set[tuple[str, str]]:
    """(task, name) of everything in the scope."""
    names = {(target.task, target.name) for own, target in scope.targets if own == plan.name}
    return names | {(subject.task, subject.name) for subject in scope.subjects if subject.plan == plan.name}


def time_of(plan: Plan, period: PlanPeriod | None) -> PlanTime:
    """The time that a plan has: what the office set, else from the day it was issued to its last deadline."""
    if period is not None:
        return PlanTime(start=period.start, end=period.end)
    parts: tuple[Task | Clause, ...] = (*plan.tasks, *plan.clauses)
    deadlines = [target.deadline for part in parts for target in part.targets if target.deadline]
    end = max(deadlines, default=date(plan.issued.year + 1, 12, 31) if plan.issued else date.max)
    return PlanTime(start=plan.issued or date(end.year, 1, 1), end=end)


def _published(standings: Iterable[Standing]) -> Iterator[Standing]:
    """Those with a figure, without what only the absence of others would say: those may be kept from the asker."""
    for one in standings:
        if one.figure or one.beside:
            yield replace(one, silent=(), stale=False, years=tuple(year for year in one.years if year.figure))


def _stood_for(reports: tuple[Report, ...], day: date) -> tuple[Report, ...]:
    """What visitors may see: figures in force that a head of unit, a supervisor or a certifying unit stands for.

    An increment says nothing without the figures under it, which nobody may have stood for.
    """
    return tuple(
        report
        for report in counted(reports, today=day)
        if (report.approved or report.checked or report.published) and report.kind is not UpdateKind.INCREMENT
    )
