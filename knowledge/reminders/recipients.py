"""What is due, to whom: an occasion of a rule over the people and standings of the day. Pure.

A unit is reminded of what it answers for: a target's confirmed owner, or who has taken a project up by reporting it.
Where nobody answers, no unit is reminded; the office has a list of that.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Card, Frequency, Target
from knowledge.reminders.rules import URGENT_DAYS, Audience, Before, Opening, ReminderRule, RuleKind, Weekly
from knowledge.standing.overview import not_reported
from knowledge.standing.periods import ReportingPeriod
from knowledge.standing.report import Report, counted
from knowledge.standing.values import Light, Standing, Year

_DONE = {Light.BLUE, Light.LIGHT_BLUE}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSnapshot:
    """A plan as it is on the day of an occasion."""

    plan: str
    today: date
    posts: tuple[Post, ...]
    absent: tuple[Post, ...] = ()
    """Roles of those who are away, filled by nobody else for "all of the unit's people"."""
    standings: Mapping[tuple[str, str], Standing]
    """Of every target, by (task, name), in the plan's order."""
    reports: tuple[Report, ...] = ()
    """All of the plan's, of days up to today."""
    words: Mapping[str, str] = field(default_factory=dict)
    """In which problems of key projects were reported, by the report."""
    key_projects: tuple[EntryKey, ...] = ()
    meetings: frozenset[tuple[int, int]] = frozenset()
    """The (year, month) in which the office has set a meeting."""
    asked: frozenset[tuple[str, str]] = frozenset()
    """The (target, period's label) of which figures were asked for: nobody else is late."""
    _unreported: dict[ReportingPeriod, tuple[tuple[Standing, tuple[str, ...]], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What `unreported_in` has found: it is asked of every item of a period."""

    def card(self, target: Target) -> Card:
        return self.standings[target.task, target.name].card


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
    snapshot: PlanSnapshot,
    *,
    period: ReportingPeriod | None = None,
    deadline: date | None = None,
) -> SkipReason | None:
    """Why an item that was put off need not be told any more: meanwhile the figure has come."""
    if rule.kind is RuleKind.TARGET:
        task, _, name = subject.partition("/")
        standing = snapshot.standings.get((task, name))
        return SkipReason.REACHED if standing is None or reached_by(standing, deadline) else None
    if period is not None and rule.asks:
        owed = {_key(one) for one, _ in unreported_in(snapshot, period)}
        return None if subject in owed else SkipReason.REPORTED
    return None


def reached_by(standing: Standing, deadline: date | None) -> bool:
    """Whether the target is reached; a yearly one in the year that the deadline ends."""
    if deadline is not None and (past := year_of(standing, deadline)):
        return past.verdict.light in _DONE
    return standing.light in _DONE


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


def audience_of(rule: ReminderRule, snapshot: PlanSnapshot, unit: str | None) -> tuple[int, ...]:
    match rule.audience:
        case Audience.LIAISONS:
            return holders(snapshot, "liaison", unit=unit or "")
        case Audience.UNIT:
            away = (post.member for post in snapshot.absent if post.role == "liaison" and post.unit == unit)
            return tuple(dict.fromkeys((*holders(snapshot, "liaison", unit=unit or ""), *away)))
        case Audience.HEADS:
            return holders(snapshot, "head", unit=unit or "")
        case Audience.SUPERVISORS:
            return holders(snapshot, "supervisor")
        case Audience.OFFICE:
            return holders(snapshot, "office")
        case Audience.RELEASERS:
            return holders(snapshot, "supervisor", "office")
        case Audience.SELF:
            return ()


def _target(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """A deadline that comes or has passed."""
    task, _, name = occasion.subject.partition("/")
    standing = snapshot.standings.get((task, name))
    if standing is None or standing.owner is None:
        return
    before = occasion.deadline is not None and 0 <= (occasion.deadline - occasion.day).days <= URGENT_DAYS
    for member in audience_of(occasion.rule, snapshot, standing.owner):
        yield ReminderItem(
            member=member,
            subject=occasion.subject,
            task=task,
            urgent=before,
            skip=SkipReason.REACHED if reached_by(standing, occasion.deadline) else None,
        )


def _period(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """Figures of a period: each target without one, to those who are to give it."""
    for standing, units in _missing(occasion, snapshot):
        target = standing.target
        if target is None:
            continue
        for unit in units:
            for member in audience_of(occasion.rule, snapshot, unit):
                key = target_key(target.task, target.name)
                yield ReminderItem(member=member, subject=key, task=target.task, urgent=occasion.rule.urgent)


def _missing(occasion: Occasion, snapshot: PlanSnapshot) -> tuple[tuple[Standing, tuple[str, ...]], ...]:
    """What has no figure; behind the due day what is owed."""
    if isinstance(occasion.rule.when, Opening):
        return unreported_in(snapshot, occasion.period)
    return owed_in(snapshot, occasion.period)


def owed_in(snapshot: PlanSnapshot, period: ReportingPeriod | None) -> tuple[tuple[Standing, tuple[str, ...]], ...]:
    """Of what has no figure behind the due day: what was asked for before it, and what nobody is there to be asked for.

    Of the latter only supervisors hear: the unit has no liaison.
    """
    return tuple(
        (one, units)
        for one, units in unreported_in(snapshot, period)
        if (period and (_key(one), period.label) in snapshot.asked)
        or not any(has_liaison(snapshot, unit) for unit in units)
    )


def has_liaison(snapshot: PlanSnapshot, unit: str) -> bool:
    """Whether anybody can be asked for the unit's figures, be it who stands in."""
    return bool(holders(snapshot, "liaison", unit=unit))


def _key(standing: Standing) -> str:
    return target_key(standing.subject.task, standing.subject.name)


def unreported_in(
    snapshot: PlanSnapshot, period: ReportingPeriod | None
) -> tuple[tuple[Standing, tuple[str, ...]], ...]:
    """The targets of such a period that have a confirmed owner and no figure of it yet, with the units that owe it."""
    if period is None:
        return ()
    if period not in snapshot._unreported:
        snapshot._unreported[period] = _unreported_in(snapshot, period)
    return snapshot._unreported[period]


def _unreported_in(snapshot: PlanSnapshot, period: ReportingPeriod) -> tuple[tuple[Standing, tuple[str, ...]], ...]:
    owned = [
        one
        for one in snapshot.standings.values()
        if frequency_of(one.card) is period.frequency and one.light not in _DONE
    ]
    missing = not_reported(owned, snapshot.reports, first=period.asked_from, last=snapshot.today)
    return tuple((one.standing, one.units) for one in missing)


def frequency_of(card: Card) -> Frequency | None:
    """How often figures are asked for: monthly unless the card says otherwise, and only of a confirmed owner."""
    if card.owner is None or card.certifier:
        return None
    return card.frequency or Frequency.MONTHLY


def _list_of_period(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """For the supervisors: whoever still owes figures; nothing where nobody does."""
    if _missing(occasion, snapshot):
        yield from _to_all(occasion, snapshot)


def _to_all(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    for member in audience_of(occasion.rule, snapshot, None):
        yield ReminderItem(member=member, subject=occasion.subject)


def _closes(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """A period closes where there was one: figures were asked for."""
    period = occasion.period
    if period and (any(label == period.label for _, label in snapshot.asked) or owed_in(snapshot, period)):
        yield from _to_all(occasion, snapshot)


def _draft(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """The second half of a year is in the year's own."""
    if occasion.period and not occasion.period.label.endswith("-H2"):
        yield from _to_all(occasion, snapshot)


def _unowned(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    if any(one.owner is None for one in snapshot.standings.values()):
        yield from _to_all(occasion, snapshot)


def _no_meeting(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    if (occasion.day.year, occasion.day.month) not in snapshot.meetings:
        yield from _to_all(occasion, snapshot)


def _projects_call(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    said: dict[EntryKey, list[str]] = {}
    for report in counted(snapshot.reports, today=snapshot.today):
        if report.subject.kind is EntryKind.PROJECT:
            said.setdefault(report.subject, []).append(report.unit)
    for project in snapshot.key_projects:
        for unit in dict.fromkeys(said.get(project, ())):
            for member in audience_of(occasion.rule, snapshot, unit):
                yield ReminderItem(member=member, subject=target_key(project.task, project.name), task=project.task)


def _projects_list(occasion: Occasion, snapshot: PlanSnapshot) -> Iterator[ReminderItem]:
    """Only where there is something to look at: what has neither changed nor got stuck is 无变化."""
    if said_of_projects(snapshot):
        yield from _to_all(occasion, snapshot)


def said_of_projects(snapshot: PlanSnapshot) -> tuple[Report, ...]:
    """What was reported on key projects in the week that ends today."""
    since, projects = snapshot.today - timedelta(days=7), set(snapshot.key_projects)
    said = counted(snapshot.reports, today=snapshot.today)
    return tuple(report for report in said if report.subject in projects and report.day > since)


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
    "closes": _closes,
    "projects_call": _projects_call,
    "projects_list": _projects_list,
    "unowned": _unowned,
    "no_meeting": _no_meeting,
    "snapshot": _to_all,
    "draft": _draft,
}
