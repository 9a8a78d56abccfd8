"""The rules of reminding, as data: about what, when, to whom. What each says is in handlers/schedule/texts.py.

Days before a deadline are calendar days and move to the working day before; days after it are working days or weeks
and move to the next one. Due days themselves never move.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from knowledge.plan.model import Frequency
from knowledge.reminders.defaults import RemindDefaults


class RuleKind(StrEnum):
    """What a rule is about."""

    TARGET = "target"
    PERIOD = "period"
    PROJECT = "project"
    PLAN = "plan"
    MEETING = "meeting"
    PERSONAL = "personal"


class Audience(StrEnum):
    LIAISONS = "liaisons"
    """Of the unit that answers, or who stands in for them."""
    UNIT = "unit"
    """All of the unit's people, those who are away too; its head only hears of it by a supervisor's tap."""
    SUPERVISORS = "supervisors"
    OFFICE = "office"
    RELEASERS = "releasers"
    """Who may publish: supervisors and the office."""
    PROJECTS = "projects"
    """Who sees to projects: supervisors, the office and the desk of projects."""
    HEADS = "heads"
    SIGNERS = "signers"
    """Whom a unit has left it to to sign for its figures; where there is nobody, its heads."""
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Before:
    """Calendar days before the deadline; 0 is the day itself."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overdue:
    """Weekly behind the deadline, from the first number of weeks to the last."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """Calendar days before a period's due day."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """Working days after a period's due day."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Monthly:
    """Days of the month."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """Days of the week, Monday is 1."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BeforeMeeting:
    """Working days before a meeting."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OnRequest:
    """When a person said so: at the time that they named, or by their tap."""

    numbers: tuple[int, ...] = ()


When = Before | Overdue | Opening | Late | Monthly | Weekly | BeforeMeeting | OnRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRule:
    key: str
    kind: RuleKind
    when: When
    audience: Audience
    asks: bool = False
    """Whether it asks for figures: the ledger counts it, and who has reported is not asked again."""
    urgent: bool = False
    """Whether it may come besides the day's digest."""
    frequencies: tuple[Frequency, ...] = ()
    """Of the periods it is about; empty: all."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What the office said of a rule: off, or other numbers (None: its own)."""

    on: bool
    numbers: tuple[int, ...] | None = None


DRAFTS = ("snapshot", "draft")
"""Rules under which a bulletin is drafted."""
RANK = ("opens", "due", "late", "late_unit")
"""Rules that ask for a period's figures: of one figure only the last of these is told."""
SIGNING = "signing"
"""The rule by which a period's figures that wait for 审签 are told of: once, as they are signed for together."""
PRESSED = "pressed"
"""The rule by which a supervisor has heads of units press for them."""
URGENT_DAYS = 3
"""From as many days before a deadline a reminder is urgent."""


@lru_cache(maxsize=8)
def rules_from(defaults: RemindDefaults) -> Mapping[str, ReminderRule]:
    """The rules by key, in the order in which a message tells of them, with the configured numbers."""
    again, everybody, head = defaults.escalate_days
    weeks = defaults.overdue_weeks
    periods = tuple(Frequency)
    rules = (
        ReminderRule(key="personal", kind=RuleKind.PERSONAL, when=OnRequest(), audience=Audience.SELF),
        ReminderRule(
            key="deadline",
            kind=RuleKind.TARGET,
            when=Before(defaults.deadline_days),
            audience=Audience.LIAISONS,
            asks=True,
        ),
        ReminderRule(
            key="overdue",
            kind=RuleKind.TARGET,
            when=Overdue(tuple(range(1, weeks + 1))),
            audience=Audience.LIAISONS,
            asks=True,
        ),
        ReminderRule(key="given_up", kind=RuleKind.TARGET, when=Overdue((weeks + 1,)), audience=Audience.SUPERVISORS),
        ReminderRule(
            key="due",
            kind=RuleKind.PERIOD,
            when=Opening((0,)),
            audience=Audience.LIAISONS,
            asks=True,
            urgent=True,
            frequencies=periods,
        ),
        ReminderRule(
            key="opens",
            kind=RuleKind.PERIOD,
            when=Opening((defaults.opens_days,)),
            audience=Audience.LIAISONS,
            asks=True,
            frequencies=periods,
        ),
        ReminderRule(
            key="late",
            kind=RuleKind.PERIOD,
            when=Late((again,)),
            audience=Audience.LIAISONS,
            asks=True,
            urgent=True,
            frequencies=periods,
        ),
        ReminderRule(
            key="late_unit",
            kind=RuleKind.PERIOD,
            when=Late((everybody,)),
            audience=Audience.UNIT,
            asks=True,
            urgent=True,
            frequencies=periods,
        ),
        ReminderRule(
            key="late_head",
            kind=RuleKind.PERIOD,
            when=Late((head,)),
            audience=Audience.SUPERVISORS,
            frequencies=periods,
        ),
        ReminderRule(key="pressed", kind=RuleKind.PERIOD, when=OnRequest(), audience=Audience.HEADS, asks=True),
        ReminderRule(
            key=SIGNING, kind=RuleKind.PERIOD, when=Late((1,)), audience=Audience.SIGNERS, frequencies=periods
        ),
        ReminderRule(
            key="closes",
            kind=RuleKind.PERIOD,
            when=Late((defaults.closes_days,)),
            audience=Audience.SUPERVISORS,
            frequencies=periods,
        ),
        ReminderRule(
            key="projects_call",
            kind=RuleKind.PROJECT,
            when=Weekly((1,)),
            audience=Audience.LIAISONS,
            asks=True,
        ),
        ReminderRule(key="projects_list", kind=RuleKind.PLAN, when=Weekly((2,)), audience=Audience.PROJECTS),
        ReminderRule(key="unowned", kind=RuleKind.PLAN, when=Monthly((1,)), audience=Audience.OFFICE),
        ReminderRule(key="no_meeting", kind=RuleKind.PLAN, when=Monthly((5,)), audience=Audience.OFFICE),
        ReminderRule(
            key="snapshot",
            kind=RuleKind.MEETING,
            when=BeforeMeeting((defaults.snapshot_days,)),
            audience=Audience.RELEASERS,
        ),
        ReminderRule(
            key="draft",
            kind=RuleKind.PERIOD,
            when=Late((defaults.closes_days,)),
            audience=Audience.RELEASERS,
            frequencies=(Frequency.QUARTERLY, Frequency.HALF_YEARLY, Frequency.YEARLY),
        ),
    )
    return MappingProxyType({rule.key: rule for rule in rules})


def with_changes(rules: Mapping[str, ReminderRule], changes: Mapping[str, RuleChange]) -> dict[str, ReminderRule]:
    """The rules in force: without those switched off, with the office's numbers."""
    found = {}
    for key, rule in rules.items():
        change = changes.get(key, RuleChange(on=True))
        if change.on:
            numbers = rule.when.numbers if change.numbers is None else change.numbers
            found[key] = replace(rule, when=type(rule.when)(numbers))
    return found
