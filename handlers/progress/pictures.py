"""The pictures of plans (`knowledge.standing.picture`), kept for all who count or list.

What was reported is read once for a database, and after that only of the subjects whose version has changed; a picture
of a day keeps what was computed of the others. A picture is only ever used with the versions, cards and times that it
was made from, as the asker's transaction sees them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import RLock
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from handlers.access.responsibility import members_of, unsupervised_in
from handlers.chat.context import Context
from handlers.services.loading import loading
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Card, Clause, Plan, Target, Task
from knowledge.standing.compute import PlanTime
from knowledge.standing.history import history_of
from knowledge.standing.periods import DueDays
from knowledge.standing.picture import DayPicture, PictureSubject, reporters_of
from knowledge.standing.report import Report
from storage.cards import Cards, cards_of
from storage.plan_settings import PlanPeriod, period_of
from storage.reports import reports_of
from storage.versions import Version, versions_of

Name = tuple[str, str]
"""(task, name) of a subject."""

_DAYS = 16
"""Pictures of so many days of a plan are kept."""


def load_picture(session: Session, library: Library, plan: Plan, day: date, due_days: DueDays) -> DayPicture:
    cards, period = cards_of(session, plan.name), period_of(session, plan.name)
    return picture_of(session, library, plan, day, cards=cards, period=period, due_days=due_days)


def picture_today(context: Context, plan: str) -> DayPicture:
    """Of a loaded plan, for who sees all of it."""
    library = context.library
    (own,) = (one for one in library.plans if one.name == plan)
    return picture_of(
        context.session,
        library,
        own,
        context.services.clock.today(),
        cards=context.cards(plan),
        period=context.period(plan),
        due_days=context.services.remind.due_days,
    )


def read_ahead(session: Session, library: Library, day: date, due_days: DueDays) -> None:
    """Read and compute what the first one who asks would wait for."""
    with loading():
        for plan in library.plans:
            picture = load_picture(session, library, plan, day, due_days)
            for subject in picture.subjects:
                picture.standing(subject)


def picture_of(
    session: Session,
    library: Library,
    plan: Plan,
    day: date,
    *,
    cards: Cards,
    period: PlanPeriod | None,
    due_days: DueDays,
) -> DayPicture:
    """The plan on the day, for who sees all of it; `cards` and `period` are those in force.

    A statement where nothing has changed since the last one was asked for, and two where something has.
    """
    versions = versions_of(session, plan.name)
    kept = _kept(session, plan.name)
    with kept.lock:
        kept.read(session, plan.name, versions)
        kept.arrange(library, plan, cards)
        unsupervised = unsupervised_in(plan.name, library, cards)
        return kept.picture(plan, day, time_of(plan, period), due_days, unsupervised)


def time_of(plan: Plan, period: PlanPeriod | None) -> PlanTime:
    """The time that a plan has: what the office set, else from the day it was issued to its last deadline."""
    if period is not None:
        return PlanTime(start=period.start, end=period.end)
    parts: tuple[Task | Clause, ...] = (*plan.tasks, *plan.clauses)
    deadlines = [target.deadline for part in parts for target in part.targets if target.deadline]
    end = max(deadlines, default=date(plan.issued.year + 1, 12, 31) if plan.issued else date.max)
    return PlanTime(start=plan.issued or date(end.year, 1, 1), end=end)


def time_in_force(context: Context, plan: str) -> PlanTime:
    """Of a loaded plan."""
    (own,) = (one for one in context.library.plans if one.name == plan)
    return time_of(own, context.period(plan))


def units_of_subject(subject: EntryKey, library: Library) -> tuple[str, ...]:
    """The responsible units of its task; a clause has none."""
    task = library.tasks.get(subject.owner)
    return task.units if task else ()


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a subject of a picture was made from."""

    version: Version | None
    target: Target | None
    card: Card
    since: date | None
    units: tuple[str, ...]
    reporters: tuple[str, ...]


@dataclass(slots=True)
class _Kept:
    """What is kept of a plan in a database; only to be used under its lock."""

    lock: RLock = field(default_factory=RLock)
    versions: Mapping[Name, Version] = field(default_factory=dict)
    reports: dict[Name, tuple[Report, ...]] = field(default_factory=dict)
    """Of each subject at its version."""
    arranged: tuple[Mapping[Name, Version], Library, Cards] | None = None
    """What `subjects` were made from."""
    bases: dict[EntryKey, _Basis] = field(default_factory=dict)
    subjects: dict[EntryKey, PictureSubject] = field(default_factory=dict)
    pictures: dict[date, DayPicture] = field(default_factory=dict)

    def read(self, session: Session, plan: str, versions: Mapping[Name, Version]) -> None:
        """Let the reports be those of these versions."""
        if versions == self.versions:
            return
        changed = {name for name, version in versions.items() if self.versions.get(name) != version}
        found: dict[Name, list[Report]] = defaultdict(list)
        for report in reports_of(session, plan, targets=changed if self.versions else None):
            found[report.subject.task, report.subject.name].append(report)
        known = {name: reports for name, reports in self.reports.items() if name in versions and name not in changed}
        self.reports = known | {name: tuple(reports) for name, reports in found.items()}
        self.versions = versions

    def arrange(self, library: Library, plan: Plan, cards: Cards) -> None:
        """Let the subjects be those of the reports, the plan and the cards; what is the same stays the same object."""
        arranged = (self.versions, library, cards)
        if self.arranged is not None and self.arranged[1] is library and self.arranged == arranged:
            return
        bases = dict(self._bases(library, plan, cards))
        subjects = {
            key: self.subjects[key] if self.bases.get(key) == basis else self._subject(key, basis)
            for key, basis in bases.items()
        }
        self.bases, self.subjects, self.arranged = bases, subjects, arranged

    def picture(
        self, plan: Plan, day: date, time: PlanTime, due_days: DueDays, unsupervised: frozenset[str]
    ) -> DayPicture:
        held = self.pictures.pop(day, None)
        if held is None or (held.time, held.due_days, held.unsupervised) != (time, due_days, unsupervised):
            held = DayPicture(
                plan=plan.name,
                day=day,
                time=time,
                due_days=due_days,
                subjects=self.subjects,
                unsupervised=unsupervised,
            )
        elif held.subjects is not self.subjects:
            held = held.with_subjects(self.subjects)
        self.pictures[day] = held
        if len(self.pictures) > _DAYS:
            del self.pictures[next(iter(self.pictures))]
        return held

    def _bases(self, library: Library, plan: Plan, cards: Cards) -> Iterator[tuple[EntryKey, _Basis]]:
        """Every target in the plan's order, tasks without any, and what else was reported on."""
        for own, target in library.targets:
            if own == plan.name:
                key = EntryKey(EntryKind.TARGET, target.name, own, target.task)
                yield key, self._basis(key, library, target, cards)
        untargeted = (task for task in plan.tasks if not task.targets)
        others = [EntryKey(EntryKind.TASK, task.title, plan.name, task.id) for task in untargeted]
        reported = (report.subject for reports in self.reports.values() for report in reports)
        for key in dict.fromkeys((*others, *(one for one in reported if one.kind is not EntryKind.TARGET))):
            yield key, self._basis(key, library, None, cards)

    def _basis(self, key: EntryKey, library: Library, target: Target | None, cards: Cards) -> _Basis:
        units, card = units_of_subject(key, library), cards.of(target) if target else Card()
        return _Basis(
            version=self.versions.get((key.task, key.name)),
            target=target,
            card=card,
            since=cards.since(target) if target else None,
            units=units,
            reporters=reporters_of(card, each_unit(units, library)),
        )

    def _subject(self, key: EntryKey, basis: _Basis) -> PictureSubject:
        said = (one for one in self.reports.get((key.task, key.name), ()) if one.subject == key)
        return PictureSubject(
            history=history_of(key, basis.target, basis.card, said),
            units=basis.units,
            reporters=basis.reporters,
            since=basis.since,
        )


def each_unit(units: Iterable[str], library: Library) -> Iterator[str]:
    """The units, and for a collective the towns that it certainly stands for."""
    for unit in units:
        towns = [one for one in members_of((unit,), library) if one != unit]
        yield from towns or [unit]


_BY_DATABASE: WeakKeyDictionary[object, dict[str, _Kept]] = WeakKeyDictionary()
_LOCK = RLock()


def _kept(session: Session, plan: str) -> _Kept:
    pool = session.get_bind().engine.pool  # the same for reading and for writing
    with _LOCK:
        return _BY_DATABASE.setdefault(pool, {}).setdefault(plan, _Kept())
