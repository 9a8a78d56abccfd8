"""A plan as it is on the day of an occasion, loaded in a few statements: people, standings, reports, meetings."""

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from handlers.clock import PLAN_ZONE
from handlers.progress import all_progress
from knowledge.library import Library
from knowledge.model import Kind as NamedKind
from knowledge.model import Plan
from knowledge.rhythm.expand import Post, Scene
from knowledge.scope import Scope
from knowledge.updates.values import Subject, SubjectKind
from storage.people import Member, absences_on, members_of_plan
from storage.plan_settings import meetings_of
from storage.reports import reports_of
from storage.schedule import asked_since

ASKED = timedelta(days=70)
"""How far back figures can have been asked for that are late or closed today."""


def load_scene(session: Session, library: Library, plan: Plan, *, today: date, now: datetime) -> Scene:
    """`today` is the plan's day, `now` machine time."""
    scope = Scope(tuple(pair for pair in library.targets if pair[0] == plan.name), ())
    standings = all_progress(session, library, today=today, now=now).standings(scope, today)
    posts, absent = posts_of(session, plan.name, today)
    meetings = meetings_of(session, plan.name, today.replace(day=1))
    return Scene(
        plan=plan.name,
        today=today,
        posts=posts,
        absent=absent,
        standings={(one.subject.task, one.subject.name): one for one in standings},
        reports=reports_of(session, plan.name, as_of=today),
        key_projects=key_projects(plan),
        asked=asked_since(session, plan.name, datetime.combine(today - ASKED, time(), tzinfo=PLAN_ZONE)),
        meetings=frozenset((one.day.year, one.day.month) for one in meetings),
    )


def posts_of(session: Session, plan: str, today: date) -> tuple[tuple[Post, ...], tuple[Post, ...]]:
    """The roles as they are filled on a plan day, and those of the absent; locked accounts fill none."""
    members = {one.id: one for one in members_of_plan(session, plan) if not one.locked}
    stand_ins = {absence.member: absence.stand_in for absence in absences_on(session, today)}
    filled = [
        post
        for member in members.values()
        for post in _posts(member, plan, stand_ins.get(member.id, member.id))
        if post.member in members
    ]
    absent = [post for number in stand_ins if number in members for post in _posts(members[number], plan, number)]
    return tuple(dict.fromkeys(filled)), tuple(absent)


def key_projects(plan: Plan) -> tuple[Subject, ...]:
    """What the document lists among its key projects."""
    return tuple(
        Subject(SubjectKind.PROJECT, named.name, plan.name, task.id)
        for task in plan.tasks
        for named in task.named
        if named.key and named.kind is NamedKind.PROJECT
    )


def _posts(member: Member, plan: str, filled_by: int) -> tuple[Post, ...]:
    return tuple(
        Post(filled_by, grant.role.value, grant.unit, grant.section) for grant in member.grants if grant.plan == plan
    )
