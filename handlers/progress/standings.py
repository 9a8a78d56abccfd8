"""Where the plan stands, for one asker: what of a plan's picture they may see."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.access.policy import IN_CHARGE, Action, Actor, Resource, may
from handlers.chat.context import Context
from handlers.progress.pictures import picture_of, units_of_subject
from handlers.progress.unit_contacts import unit_contacts
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Card, Plan, Target, Task
from knowledge.questions.answering.progress_answers import Progress, UnitContact
from knowledge.questions.answering.scope import Scope
from knowledge.reports.model import UpdateKind
from knowledge.standing.history import history_of
from knowledge.standing.overview import said_between
from knowledge.standing.periods import DEFAULT_DUE_DAYS, DueDays
from knowledge.standing.picture import DayPicture, PeriodItem, PictureSubject
from knowledge.standing.report import Report
from knowledge.standing.values import Standing
from storage.cards import Cards, cards_of
from storage.people import Grant
from storage.plan_settings import PlanPeriod, period_of
from storage.reports import words_of

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
        due_days=context.services.remind.due_days,
        by_urgency=may(actor, Action.NUDGE),
        sees_gaps=may(actor, Action.SEE_GAPS),
        writes_down=may(actor, Action.RECORD_ON_BEHALF),
    )


def charge_of(actor: Actor, library: Library) -> tuple[str, ...]:
    """The tasks that the actor is in charge of, or reads for who is, in the plans' order; nobody in a group is told."""
    charges = [grant for grant in actor.grants if grant.role in IN_CHARGE] if actor.private else []
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


def all_progress(
    session: Session, library: Library, *, today: date, now: datetime, due_days: DueDays = DEFAULT_DUE_DAYS
) -> Progress:
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
        due_days=due_days,
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
    due_days: DueDays = DEFAULT_DUE_DAYS
    by_urgency: bool = False
    sees_gaps: bool = False
    writes_down: bool = False

    def standings(self, scope: Scope, day: date) -> tuple[Standing, ...]:
        found: list[Standing] = []
        for plan in self._plans(scope):
            standings = self._picture(plan, scope, day).standings
            found += standings if plan.name in self.whole else _published(standings)
        return tuple(found)

    def sees_all(self, scope: Scope) -> bool:
        return all(plan.name in self.whole for plan in self._plans(scope))

    def pictures(self, scope: Scope, day: date) -> tuple[DayPicture, ...]:
        return tuple(self._picture(plan, scope, day) for plan in self._plans(scope) if plan.name in self.whole)

    def said(self, scope: Scope, since: date, until: date) -> tuple[Report, ...]:
        first, end = self._arrived(since), self._arrived(until + timedelta(days=1))
        subjects = (one for plan in self._plans(scope) for one in self._picture(plan, scope, until).subjects.values())
        return said_between((report for one in subjects for report in one.history.reports), first, end)

    def contacts(self, items: Iterable[PeriodItem]) -> Mapping[str, UnitContact]:
        owing = tuple(items) if self.sees_gaps else ()
        plans = dict.fromkeys(one.subject.plan for one in owing)
        found: dict[str, UnitContact] = {}
        for plan in plans:
            found |= unit_contacts(self.session, plan, (one for one in owing if one.subject.plan == plan))
        return found

    def words(self, reports: Iterable[Report]) -> Mapping[int, str]:
        return words_of(self.session, [int(one.id) for one in reports])

    def card(self, plan: str, target: Target) -> Card:
        return self.cards(plan).of(target) if plan in self.whole else target.card

    def _plans(self, scope: Scope) -> Iterable[Plan]:
        wanted = {plan for plan, _ in scope.targets} | {subject.plan for subject in scope.subjects}
        seen = self.whole | self.published
        return (plan for plan in self.library.plans if plan.name in wanted and plan.name in seen)

    def _picture(self, plan: Plan, scope: Scope, day: date) -> DayPicture:
        """Of the scope, in its order; of what is published only, what the asker may see."""
        held = picture_of(
            self.session,
            self.library,
            plan,
            day,
            cards=self.cards(plan.name),
            period=self.period(plan.name),
            due_days=self.due_days,
        )
        targets = {EntryKey(EntryKind.TARGET, one.name, own, one.task) for own, one in scope.targets}
        named = scope.subjects[0] if len(scope.subjects) == 1 else None
        if named and named.plan == plan.name and named.kind is not EntryKind.TASK and named not in held.subjects:
            held = held.with_subjects({**held.subjects, named: _unheard(named, self.library)})
        own = held.within({*targets, *scope.subjects})
        if plan.name in self.whole:
            return own
        return own.with_subjects({key: _stood_for(one, day) for key, one in own.subjects.items()})

    def _arrived(self, day: date) -> datetime:
        """When a plan day begins in machine time: the playground shifts the one against the other by whole days."""
        shift = self.today - self.now.astimezone(_ZONE).date()
        return datetime.combine(day - shift, datetime.min.time(), tzinfo=_ZONE)


def _published(standings: Iterable[Standing]) -> Iterator[Standing]:
    """Those with a figure, without what only the absence of others would say: those may be kept from the asker."""
    for one in standings:
        if one.figure or one.beside:
            yield replace(
                one, silent=(), stale=False, problems=(), years=tuple(year for year in one.years if year.figure)
            )


def _stood_for(one: PictureSubject, day: date) -> PictureSubject:
    """What visitors may see: figures in force that a head of unit, a supervisor or a certifying unit stands for, by the
    plan's own card.

    An increment says nothing without the figures under it, which nobody may have stood for.
    """
    history = one.history
    seen = [
        report
        for report in history.until(day)
        if (report.approved or report.checked or report.published) and report.kind is not UpdateKind.INCREMENT
    ]
    card = history.target.card if history.target else Card()
    return PictureSubject(history=history_of(history.subject, history.target, card, seen), units=one.units)


def _unheard(subject: EntryKey, library: Library) -> PictureSubject:
    """What nobody has reported on."""
    return PictureSubject(history=history_of(subject, None, Card(), ()), units=units_of_subject(subject, library))
