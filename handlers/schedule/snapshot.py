"""A plan as it is on the day of an occasion: people, standings, reports, meetings.

What a snapshot is made of is loaded in a few statements, as a `SnapshotSource`; it makes that of its day, and of any
later day as far as that is known by now.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session
from typing_extensions import override

from handlers.chat.context import Services
from handlers.progress.standings import all_progress, time_of
from handlers.services.clock import PLAN_ZONE
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import NamedKind, Plan, Target
from knowledge.questions.answering.scope import Scope
from knowledge.reminders.recipients import PlanSnapshot, Post
from knowledge.reports.model import UpdateKind
from knowledge.standing.compute import PlanTime, standing_of
from knowledge.standing.report import Report
from knowledge.standing.values import Standing
from storage.cards import Cards
from storage.people import Absence, Member, absences_from, members_of_plan
from storage.plan_settings import Meeting, meetings_of, period_of
from storage.reports import reports_of, words_of
from storage.schedule_items import FigureKey, asked_since

ASKED = timedelta(days=70)
"""How far back figures can have been asked for that are late or closed today."""

_LATELY = timedelta(weeks=2)
"""A list of what was said of key projects in a week may be told again so much later."""

Standings = Mapping[tuple[str, str], Standing]
"""By (task, name), in the plan's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotSource:
    """What the snapshots of a plan are made of, from a day on."""

    plan: Plan
    time: PlanTime
    """As the office set it, else the document's."""
    members: tuple[Member, ...]
    """Everyone who holds a role in the plan."""
    absences: tuple[Absence, ...]
    """Those that are on, and those to come."""
    reports: tuple[Report, ...]
    words: Mapping[str, str]
    """Of the problems of key projects, by the report."""
    meetings: tuple[Meeting, ...]
    asked: Mapping[FigureKey, datetime]

    def snapshot(
        self, today: date, standings: Standings, asked: Mapping[FigureKey, datetime] | None = None
    ) -> PlanSnapshot:
        """The plan on a day; `asked` is given where meanwhile more has been asked for."""
        posts, absent = self._posts(today)
        since = _midnight(today - ASKED)
        month = today.replace(day=1)
        return PlanSnapshot(
            plan=self.plan.name,
            today=today,
            posts=posts,
            absent=absent,
            standings=standings,
            reports=self._reports(today),
            words=self.words,
            key_projects=key_projects(self.plan),
            asked=frozenset(one for one, at in (self.asked if asked is None else asked).items() if at >= since),
            meetings=frozenset((one.day.year, one.day.month) for one in self.meetings if one.day >= month),
        )

    def standings(self, today: date, library: Library, cards: Cards) -> Standings:
        """Where the targets stand on a day, if nothing is reported until then that is not there yet."""
        by_part: dict[EntryKey, list[Report]] = defaultdict(list)
        for report in self._reports(today):
            by_part[report.subject].append(report)

        def standing(target: Target) -> Standing:
            subject = EntryKey(EntryKind.TARGET, target.name, self.plan.name, target.task)
            task = library.tasks.get(subject.owner)
            return standing_of(
                target,
                cards.of(target),
                by_part[subject],
                today,
                plan=self.plan.name,
                time=self.time,
                units=task.units if task else (),
            )

        return _Computed([one for plan, one in library.targets if plan == self.plan.name], standing)

    def _reports(self, today: date) -> tuple[Report, ...]:
        return tuple(one for one in self.reports if one.day <= today)

    def _posts(self, today: date) -> tuple[tuple[Post, ...], tuple[Post, ...]]:
        """The roles as they are filled on a day, and those of the absent; locked accounts fill none."""
        members = {one.id: one for one in self.members if not one.locked}
        stand_ins = {one.member: one.stand_in for one in self.absences if one.first <= today <= one.last}
        filled = [
            post
            for member in members.values()
            for post in _posts(member, self.plan.name, stand_ins.get(member.id, member.id))
            if post.member in members
        ]
        absent = [
            post
            for number in stand_ins
            if number in members
            for post in _posts(members[number], self.plan.name, number)
        ]
        return tuple(dict.fromkeys(filled)), tuple(absent)


class _Computed(Mapping[tuple[str, str], Standing]):
    """Standings that are computed when they are looked at: on most days few are."""

    def __init__(self, targets: Iterable[Target], compute: Callable[[Target], Standing]) -> None:
        self._targets = {(target.task, target.name): target for target in targets}
        self._compute = compute
        self._found: dict[tuple[str, str], Standing] = {}

    @override
    def __getitem__(self, key: tuple[str, str]) -> Standing:
        if key not in self._found:
            self._found[key] = self._compute(self._targets[key])
        return self._found[key]

    @override
    def __contains__(self, key: object) -> bool:
        return key in self._targets

    @override
    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._targets)

    @override
    def __len__(self) -> int:
        return len(self._targets)


def load_snapshot_source(session: Session, plan: Plan, *, today: date) -> SnapshotSource:
    reports = reports_of(session, plan.name)
    return SnapshotSource(
        plan=plan,
        time=time_of(plan, period_of(session, plan.name)),
        members=members_of_plan(session, plan.name),
        absences=absences_from(session, today),
        reports=reports,
        words=_problems(session, plan, reports, since=today - _LATELY),
        meetings=meetings_of(session, plan.name, today.replace(day=1)),
        asked=asked_since(session, plan.name, _midnight(today - ASKED)),
    )


def _problems(session: Session, plan: Plan, reports: Iterable[Report], *, since: date) -> dict[str, str]:
    projects = set(key_projects(plan))
    told = [one for one in reports if one.kind is UpdateKind.PROBLEM and one.subject in projects and one.day >= since]
    words = words_of(session, [int(one.id) for one in told]) if told else {}
    return {str(number): said for number, said in words.items()}


def load_plan_snapshot(session: Session, library: Library, plan: Plan, *, today: date, now: datetime) -> PlanSnapshot:
    """`today` is the plan's day, `now` machine time."""
    scope = Scope(tuple(pair for pair in library.targets if pair[0] == plan.name), ())
    standings = all_progress(session, library, today=today, now=now).standings(scope, today)
    source = load_snapshot_source(session, plan, today=today)
    return source.snapshot(today, {(one.subject.task, one.subject.name): one for one in standings})


def plan_snapshots(
    session: Session, services: Services, plans: Collection[str], *, now: datetime
) -> dict[str, PlanSnapshot]:
    """The snapshots of today of those of the plans that are loaded."""
    return {
        plan.name: load_plan_snapshot(
            session, services.question_service.library, plan, today=services.clock.today(), now=now
        )
        for plan in services.question_service.library.plans
        if plan.name in plans
    }


def key_projects(plan: Plan) -> tuple[EntryKey, ...]:
    """What the document lists among its key projects."""
    return tuple(
        EntryKey(EntryKind.PROJECT, named.name, plan.name, task.id)
        for task in plan.tasks
        for named in task.named
        if named.key and named.kind is NamedKind.PROJECT
    )


def _posts(member: Member, plan: str, filled_by: int) -> tuple[Post, ...]:
    return tuple(
        Post(filled_by, grant.role.value, grant.unit, grant.section) for grant in member.grants if grant.plan == plan
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=PLAN_ZONE)
