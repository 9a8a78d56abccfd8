"""A plan as it is on a day, as reminders take it in: its picture, and its people on that day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from handlers.chat.context import Services
from handlers.progress.pictures import load_picture
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import NamedKind, Plan
from knowledge.reminders.recipients import PlanSnapshot, Post
from knowledge.reports.model import UpdateKind
from knowledge.standing.periods import DueDays
from knowledge.standing.picture import DayPicture
from storage.people import Absence, Member, Role, absences_from, members_of_plan
from storage.plan_settings import Meeting, meetings_of
from storage.reports import words_of

_LATELY = timedelta(weeks=2)
"""A list of what was said of key projects in a week may be told again so much later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotSource:
    """What the snapshots of a plan are made of, from a day on."""

    plan: Plan
    members: tuple[Member, ...]
    """Everyone who holds a role in the plan."""
    absences: tuple[Absence, ...]
    """Those that are on, and those to come."""
    picture: DayPicture
    """Of that day."""
    words: Mapping[str, str]
    """Of the problems of key projects, by the report."""
    meetings: tuple[Meeting, ...]

    def snapshot(self, picture: DayPicture) -> PlanSnapshot:
        """The plan on the day of a picture."""
        posts, absent = self._posts(picture.day)
        month = picture.day.replace(day=1)
        return PlanSnapshot(
            plan=self.plan.name,
            today=picture.day,
            posts=posts,
            absent=absent,
            picture=picture,
            words=self.words,
            key_projects=key_projects(self.plan),
            meetings=frozenset((one.day.year, one.day.month) for one in self.meetings if one.day >= month),
        )

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


def load_snapshot_source(
    session: Session, library: Library, plan: Plan, *, today: date, due_days: DueDays
) -> SnapshotSource:
    picture = load_picture(session, library, plan, today, due_days)
    return SnapshotSource(
        plan=plan,
        members=members_of_plan(session, plan.name),
        absences=absences_from(session, today),
        picture=picture,
        words=_problems(session, plan, picture),
        meetings=meetings_of(session, plan.name, today.replace(day=1)),
    )


def _problems(session: Session, plan: Plan, picture: DayPicture) -> dict[str, str]:
    since = picture.day - _LATELY
    said = (one for project in key_projects(plan) for one in picture.said(project))
    told = [one for one in said if one.kind is UpdateKind.PROBLEM and one.day >= since]
    words = words_of(session, [int(one.id) for one in told]) if told else {}
    return {str(number): said for number, said in words.items()}


def load_plan_snapshot(
    session: Session, library: Library, plan: Plan, *, today: date, due_days: DueDays
) -> PlanSnapshot:
    """`today` is the plan's day."""
    source = load_snapshot_source(session, library, plan, today=today, due_days=due_days)
    return source.snapshot(source.picture)


def plan_snapshots(session: Session, services: Services, plans: Collection[str]) -> dict[str, PlanSnapshot]:
    """The snapshots of today of those of the plans that are loaded."""
    library, today, due_days = services.question_service.library, services.clock.today(), services.remind.due_days
    return {
        plan.name: load_plan_snapshot(session, library, plan, today=today, due_days=due_days)
        for plan in library.plans
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
    """A head who is a city leader too is to reminders what a leader is: they go to the unit's other heads."""
    return tuple(
        Post(
            filled_by,
            Role.LEADER if grant.not_pushed else grant.role.value,
            grant.unit,
            grant.section,
            grant.project,
        )
        for grant in member.grants
        if grant.plan == plan
    )
