"""What is due, to whom: an occasion of a rule over the people and standings of the day. Pure.

Of a period's figures a unit is reminded of the items that it owes by the day's picture; of a deadline as the target's
confirmed owner; of a key project where it has reported on it. Where nobody answers, no unit is reminded; the office has
a list of that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from knowledge.plan.key import EntryKey
from knowledge.plan.model import Period
from knowledge.reminders.rules import (
    SIGNING,
    URGENT_DAYS,
    Audience,
    Before,
    Opening,
    ReminderRule,
    RuleKind,
    Weekly,
)
from knowledge.standing.history import FIGURES
from knowledge.standing.periods import ReportingPeriod
from knowledge.standing.picture import DayPicture, Duty, PeriodItem, owed
from knowledge.standing.report import Report
from knowledge.standing.values import DONE, Standing, Year


class SkipReason(StrEnum):
    """Why an item is not sent."""

    REACHED = "reached"
    PAST = "past"
    """What it speaks of is over."""
    SUPERSEDED = "superseded"
    """A later one of the same kind is due already."""
    MUTED = "muted"
    NOT_WANTED = "not_wanted"
    """The person chose other lead times."""
    UNREACHABLE = "unreachable"
    """No chat with the person, or the bot is blocked there."""
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Post:
    """A role as it is filled today: by its holder, or by who stands in."""

    member: int
    role: str
    unit: str | None
    section: int | None
    project: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSnapshot:
    """A plan as it is on the day of an occasion."""

    plan: str
    today: date
    posts: tuple[Post, ...]
    absent: tuple[Post, ...] = ()
    """Roles of those who are away, filled by nobody else for "all of the unit's people"."""
    picture: DayPicture
    """Of the day."""
    words: Mapping[str, str] = field(default_factory=dict)
    """In which problems of key projects were reported, by the report."""
    key_projects: tuple[EntryKey, ...] = ()
    meetings: frozenset[tuple[int, int]] = frozenset()
    """The (year, month) in which the office has set a meeting."""

    def standing(self, subject: str) -> Standing | None:
        """Of the target that an item's subject names."""
        task, _, name = subject.partition("/")
        key = self.picture.named.get((task, name))
        return self.picture.standing(key) if key else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A rule's occasion: `label` tells it from the rule's others, `day` is the nominal one (before it was moved)."""

    rule: ReminderRule
    subject: str
    label: str
    day: date
    period: ReportingPeriod | None = None
    deadline: date | None = None
    leads: tuple[int, ...] = ()
    """Days before the deadline: its own, and those of the occasions that came to the same day."""
    member: int | None = None
    """Of a personal one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderItem:
    """One thing to tell one member; `subject` is a target as `task/name`, or what the rule's text understands."""

    member: int
    subject: str
    task: str = ""
    urgent: bool = False
    skip: SkipReason | None = None


def expand(occasion: Occasion, snapshot: PlanSnapshot) -> tuple[ReminderItem, ...]:
    """Whom the occasion concerns, and with what; items that need not be sent say why."""
    return tuple(_EXPANDED[occasion.rule.key](occasion, snapshot))


def useful_until(occasion: Occasion) -> date | None:
    """The last day on which the occasion still makes sense; None where that is no matter of days."""
    match occasion.rule.when:
        case Before():
            return occasion.deadline
        case Opening():
            return occasion.period.due if occasion.period else None
        case Weekly():
            return occasion.day + timedelta(days=1)
    return None


def still_due(
    rule: ReminderRule,
    subject: str,
    member: int,
    snapshot: PlanSnapshot,
    *,
    period: ReportingPeriod | None = None,
    deadline: date | None = None,
) -> SkipReason | None:
    """Why an item that was put off need not be told to the member any more: the figure has come, or was signed for."""
    if rule.kind is RuleKind.TARGET:
        standing = snapshot.standing(subject)
        return SkipReason.REACHED if standing is None or reached_by(standing, deadline) else None
    if period is not None and (rule.asks or rule.key == SIGNING):
        units = {post.unit for post in (*snapshot.posts, *snapshot.absent) if post.member == member}
        listed = to_sign_in if rule.key == SIGNING else owed_in
        left = (one for one in listed(snapshot, period) if one.unit in units)
        return None if subject in map(subject_of_item, left) else SkipReason.REPORTED
    return None


def reached_by(standing: Standing, deadline: date | None) -> bool:
    """Whether the target is reached; a yearly one in the year that the deadline ends."""
    if deadline is not None and (past := year_of(standing, deadline)):
        return past.verdict.light in DONE
    return standing.light in DONE


def year_of(standing: Standing, deadline: date) -> Year | None:
    """A yearly target in the year that the deadline ends, where that is not the current one."""
    if deadline.year == standing.span.deadline.year:
        return None
    return next((year for year in standing.years if year.year == deadline.year), None)


def target_key(task: str, name: str) -> str:
    return f"{task}/{name}"


def holders(snapshot: PlanSnapshot, *roles: str, unit: str | None = None) -> tuple[int, ...]:
    """The members in these roles, each once, in order; with `unit`, for that unit."""
    found = (post.member for post in snapshot.posts if post.role in roles and (unit is None or post.unit == unit))
    return tuple(dict.fromkeys(found))


def contacts_of(snapshot: PlanSnapshot, project: str) -> tuple[int, ...]:
    """Who reports for the project; nobody of a unit that is no object of supervision."""
    found = (post for post in snapshot.posts if post.role == "contact" and post.project == project)
    return tuple(dict.fromkeys(post.member for post in found if post.unit not in snapshot.picture.unsupervised))


def audience_of(rule: ReminderRule, snapshot: PlanSnapshot, unit: str | None) -> tuple[int, ...]:
    if unit in snapshot.picture.unsupervised:
        return ()
    match rule.audience:
        case Audience.LIAISONS:
            return holders(snapshot, "liaison", unit=unit or "")
        case Audience.UNIT:
            away = (post.member for post in snapshot.absent if post.role == "liaison" and post.unit == unit)
            return tuple(dict.fromkeys((*holders(snapshot, "liaison", unit=unit or ""), *away)))
        case Audience.HEADS:
            return holders(snapshot, "head", unit=unit or "")
        case Audience.SIGNERS:
            return holders(snapshot, "signer", unit=unit or "") or holders(snapshot, "head", unit=unit or "")
        case Audience.SUPERVISORS:
            return holders(snapshot, "supervisor")
        case Audience.OFFICE:
            return holders(snapshot, "office")
        case Audience.RELEASERS:
            return holders(snapshot, "supervisor", "office")
        case Audience.PROJECTS:
            return holders(snapshot, "supervisor", "office", "projects")
        case Audience.SELF:
            return ()


def _target(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """A deadline that comes or has passed."""
    standing = snapshot.standing(occasion.subject)
    if standing is None or standing.owner is None or _over_before_asked(standing, occasion.deadline, snapshot):
        return
    before = occasion.deadline is not None and 0 <= (occasion.deadline - occasion.day).days <= URGENT_DAYS
    for member in audience_of(occasion.rule, snapshot, standing.owner):
        yield ReminderItem(
            member=member,
            subject=occasion.subject,
            task=standing.subject.task,
            urgent=before,
            skip=SkipReason.REACHED if reached_by(standing, occasion.deadline) else None,
        )


def _over_before_asked(standing: Standing, deadline: date | None, snapshot: PlanSnapshot) -> bool:
    """Whether a yearly target's year was over when the office confirmed who answers for it."""
    since = snapshot.picture.subjects[standing.subject].since
    yearly = standing.target is not None and standing.target.period is Period.YEARLY
    return yearly and since is not None and deadline is not None and since > deadline


def _period(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """Figures of a period: each item that is owed, to those who are to report it."""
    return _each(occasion, snapshot, owed_in(snapshot, occasion.period))


def _signing(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    return _each(occasion, snapshot, to_sign_in(snapshot, occasion.period))


def _each(occasion: Occasion, snapshot: PlanSnapshot, items: Iterable[PeriodItem]) -> Iterator[ReminderItem]:
    for one in items:
        for member in audience_of(occasion.rule, snapshot, one.unit):
            yield ReminderItem(
                member=member, subject=subject_of_item(one), task=one.subject.task, urgent=occasion.rule.urgent
            )


def owed_in(snapshot: PlanSnapshot, period: ReportingPeriod | None) -> tuple[PeriodItem, ...]:
    """The items of the period that are owed."""
    return owed(snapshot.picture.items(period)) if period else ()


def to_sign_in(snapshot: PlanSnapshot, period: ReportingPeriod | None) -> tuple[PeriodItem, ...]:
    """The items of the period with a figure that the unit has reported and nobody of it has signed for."""
    items = snapshot.picture.items(period) if period else ()
    words = ((one, one.word) for one in items if one.duty is Duty.REPORTED)
    return tuple(one for one, word in words if word and word.kind in FIGURES and not word.approved)


def has_liaison(snapshot: PlanSnapshot, unit: str) -> bool:
    """Whether anybody can be asked for the unit's figures, be it who stands in."""
    return bool(holders(snapshot, "liaison", unit=unit))


def subject_of_item(item: PeriodItem) -> str:
    return target_key(item.subject.task, item.subject.name)


def _list_of_period(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """For the supervisors: whoever still owes figures; nothing where nobody does."""
    if owed_in(snapshot, occasion.period):
        yield from _to_all(occasion, snapshot)


def _to_all(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    for member in audience_of(occasion.rule, snapshot, None):
        yield ReminderItem(member=member, subject=occasion.subject)


def _closes(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """A period closes where there was one: figures were owed."""
    items = snapshot.picture.items(occasion.period) if occasion.period else ()
    if any(one.duty is not Duty.NOT_OWED for one in items):
        yield from _to_all(occasion, snapshot)


def _draft(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """The second half of a year is in the year's own."""
    if occasion.period and not occasion.period.label.endswith("-H2"):
        yield from _to_all(occasion, snapshot)


def _unowned(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    if snapshot.picture.unconfirmed:
        yield from _to_all(occasion, snapshot)


def _no_meeting(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    if (occasion.day.year, occasion.day.month) not in snapshot.meetings:
        yield from _to_all(occasion, snapshot)


def _projects_call(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """The project's contacts, else the liaisons of the units that have reported on it."""
    for project in snapshot.key_projects:
        contacts = contacts_of(snapshot, project.name)
        units = dict.fromkeys(report.unit for report in snapshot.picture.said(project))
        liaisons = (one for unit in units for one in audience_of(occasion.rule, snapshot, unit))
        for member in contacts or tuple(dict.fromkeys(liaisons)):
            yield ReminderItem(member=member, subject=target_key(project.task, project.name), task=project.task)


def _projects_list(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """Only where there is something to look at: what has neither changed nor got stuck is 无变化."""
    if said_of_projects(snapshot):
        yield from _to_all(occasion, snapshot)


def said_of_projects(snapshot: PlanSnapshot) -> tuple[Report, ...]:
    """What was reported on key projects in the week that ends today."""
    since = snapshot.today - timedelta(days=7)
    said = (report for project in snapshot.key_projects for report in snapshot.picture.said(project))
    return tuple(sorted((one for one in said if one.day > since), key=lambda one: (one.day, one.received_at, one.id)))


def _personal(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    held = any(post.member == occasion.member for post in (*snapshot.posts, *snapshot.absent))
    if occasion.member is not None and held:
        yield ReminderItem(member=occasion.member, subject=occasion.subject, urgent=True)


_EXPANDED: dict[str, Callable[[Occasion, PlanSnapshot], Iterator[ReminderItem]]] = {
    "personal": _personal,
    "deadline": _target,
    "overdue": _target,
    "given_up": _target,
    "opens": _period,
    "due": _period,
    "late": _period,
    "late_unit": _period,
    "late_head": _list_of_period,
    "pressed": _period,
    "signing": _signing,
    "closes": _closes,
    "projects_call": _projects_call,
    "projects_list": _projects_list,
    "unowned": _unowned,
    "no_meeting": _no_meeting,
    "snapshot": _to_all,
    "draft": _draft,
}
