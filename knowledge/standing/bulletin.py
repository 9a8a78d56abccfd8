"""A bulletin as a snapshot: the figures of one day that its text is made of, never to change again.

It counts, lists what has a figure, and names what goes ahead and what needs a push; of who has not reported it keeps
numbers only, and it ranks nobody last: whatever it lists stands in the plan's order.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from knowledge.plan.model import Card, Frequency, Target
from knowledge.reports.model import Recorder
from knowledge.standing.half_year import share_of_year
from knowledge.standing.moves import steps_between
from knowledge.standing.periods import DueDays
from knowledge.standing.periods import period_of as reporting_period
from knowledge.standing.picture import DayPicture, PeriodItem, owed, units_of
from knowledge.standing.report import Report
from knowledge.standing.values import Figure, Light, LightCause, Standing, Tag


class BulletinKind(StrEnum):
    MONTHLY = "monthly"
    """月度进展情况, the annex of the monthly meeting; eleven a year."""
    QUARTERLY = "quarterly"
    """通报, the one kind that is called so; one a quarter at most."""
    HALF_YEAR = "half_year"
    """小结."""
    ANNUAL = "annual"
    """小结."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinEntry:
    """A target with a figure, as it stood."""

    target: Target
    """Without its card and its names."""
    light: Light
    owner: str | None = None
    """The unit that is confirmed to answer for it."""
    units: tuple[str, ...] = ()
    """Whose figure; several where they are added up, or (with `beside`) stand side by side."""
    beside: bool = False
    """No owner says which of several units' figures holds: none is given."""
    value: Decimal | None = None
    measure: str | None = None
    percent: Decimal | None = None
    approx: bool = False
    day: date
    tag: Tag
    """Whose word it was at the freeze."""
    marked: Tag | None = None
    """What it was approved or checked as since the freeze, up to the release."""
    share: Decimal | None = None
    difference: Decimal | None = None
    moved: Decimal | None = None
    """Against the figure of the last bulletin."""
    half: Decimal | None = None
    """The share of this year's part that is done, where the target has one."""
    before: Light | None = None
    """Its light in the last bulletin; None where it had no figure then."""
    overdue: bool = False
    stale: bool = False
    """Without a new figure for longer than usual."""
    behalf: Recorder | None = None
    """Who wrote the figure down for its unit, where not the unit itself reported it."""
    returned: bool = False
    """Returned or withdrawn since the freeze and not reported again: it counts as not reported."""

    @property
    def expected(self) -> Decimal | None:
        """The share due by the day of the snapshot."""
        return None if self.share is None or self.difference is None else self.share - self.difference

    @property
    def steps(self) -> int | None:
        """Since the last bulletin, for the better or below 0 for the worse; None where that cannot be told."""
        return None if self.before is None else steps_between(self.before, self.light)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTarget:
    """A target not reached whose deadline comes near."""

    task: str
    name: str
    owner: str | None
    deadline: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    kind: BulletinKind
    label: str
    as_of: date
    targets: int
    lights: Mapping[Light, int]
    """Of the targets with a figure."""
    entries: tuple[BulletinEntry, ...]
    """In the plan's order."""
    unreported: int
    """The items of the period that are owed, and the targets of which no unit owes any."""
    unowned: int
    """Those of them whose owner nobody has confirmed."""
    owing: int
    """Units that owe any of the items."""
    reported: int | None = None
    """Items of the period that were reported; None in what was frozen before they were counted."""
    due: int
    """Targets not reached whose deadline comes within the next period of the same length."""
    soon: tuple[DueTarget, ...] = ()
    """What `due` counts, by name."""
    problems: tuple[tuple[str, str], ...] = ()
    """(task, name) of what units have raised problems of that are open; what they are is not told."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """By task the title of its section."""
    next_due: date | None = None
    """The day by which monthly figures are due next."""
    last_label: str | None = None
    last_lights: Mapping[Light, int] | None = None

    @property
    def figures(self) -> tuple[BulletinEntry, ...]:
        """The entries that still count."""
        return tuple(one for one in self.entries if not one.returned)

    def ahead(self, most: int) -> tuple[BulletinEntry, ...]:
        """Those on or before their time and not done that are furthest, in the plan's order."""
        going = [one for one in self.figures if one.difference is not None and one.difference >= 0 and not done(one)]
        furthest = sorted(going, key=lambda one: -(one.difference or 0))[:most]
        return tuple(one for one in going if one in furthest)

    @property
    def owed(self) -> int:
        """Items of the period that are owed."""
        return self.unreported - self.unowned

    @property
    def reached(self) -> tuple[BulletinEntry, ...]:
        """Done since the last bulletin; without one, done."""
        return tuple(one for one in self.figures if done(one) and one.before not in _REACHED)

    @property
    def pushed(self) -> tuple[BulletinEntry, ...]:
        """需加力事项, in the plan's order."""
        return tuple(one for one in self.figures if one.light in {Light.RED, Light.AMBER})

    @property
    def moves(self) -> tuple[int, int, int]:
        """How many turned better, turned worse, and are as they were in the last bulletin."""
        steps = [one.steps for one in self.figures if one.steps is not None]
        return sum(one > 0 for one in steps), sum(one < 0 for one in steps), steps.count(0)

    @property
    def lines_of(self) -> Mapping[str, tuple[int, ...]]:
        """By unit which entries hold its figures; the units in the order of the plan."""
        found: dict[str, list[int]] = {}
        for number, one in enumerate(self.entries):
            for unit in one.units:
                found.setdefault(unit, []).append(number)
        return {unit: tuple(numbers) for unit, numbers in found.items()}

    @property
    def tags(self) -> Mapping[Tag, int]:
        return Counter(one.marked or one.tag for one in self.figures)

    @property
    def halves(self) -> tuple[int, int]:
        """How many of the targets with a part of this year have done half of it, and of how many."""
        shares = [one.half for one in self.figures if one.half is not None]
        return sum(share >= _HALF for share in shares), len(shares)


def done(one: BulletinEntry) -> bool:
    return one.light in {Light.BLUE, Light.LIGHT_BLUE}


def snapshot_of(
    kind: BulletinKind,
    label: str,
    as_of: date,
    standings: Iterable[Standing],
    owing: Sequence[PeriodItem],
    last: Snapshot | None,
    *,
    ended: Iterable[Standing] = (),
) -> Snapshot:
    """`standings` are those of `as_of`, `owing` the items of `items_in` that are owed, `last` the bulletin before.

    `ended` are the standings of the period's last day, where that is over: 双过半 goes by them.
    """
    at_end = {one.subject: one for one in ended}
    targets = [one for one in standings if one.target is not None]
    before = {(one.target.task, one.target.name): one for one in last.entries} if last else {}
    entries = [
        _entry(one, one.target, at_end.get(one.subject, one), before.get((one.target.task, one.target.name)))
        for one in targets
        if one.target and (one.figure or one.beside)
    ]
    first, end = period_of(kind, label)
    until = as_of + (end - first)
    soon = tuple(
        DueTarget(task=one.subject.task, name=one.subject.name, owner=one.owner, deadline=one.span.deadline)
        for one in targets
        if as_of < one.span.deadline <= until and one.light not in _REACHED
    )
    unowned = sum(one.unconfirmed for one in targets)
    return Snapshot(
        kind=kind,
        label=label,
        as_of=as_of,
        targets=len(targets),
        lights=Counter(one.light for one in entries),
        entries=tuple(entries),
        unreported=len(owing) + unowned,
        unowned=unowned,
        owing=len(units_of(owing)),
        due=len(soon),
        soon=soon,
        last_label=last.label if last else None,
        last_lights=last.lights if last else None,
    )


def marked_since(snapshot: Snapshot, standings: Iterable[Standing]) -> Snapshot:
    """With what the frozen figures were approved or checked as since; one that has changed is another figure."""
    now = {(one.target.task, one.target.name): one for one in standings if one.target}
    return replace(
        snapshot, entries=tuple(_marked(one, now.get((one.target.task, one.target.name))) for one in snapshot.entries)
    )


def without_returned(snapshot: Snapshot, picture: DayPicture, frozen_at: datetime) -> Snapshot:
    """With what was returned or withdrawn since as not reported; what was reported again since stays as it was."""
    now = {(one.target.task, one.target.name): _figures(one) for one in picture.targets if one.target}
    gone = {
        (key.task, key.name): [report for report in one.history.ended if _ended_since(report, frozen_at)]
        for key, one in picture.subjects.items()
    }
    entries = tuple(
        replace(one, returned=_is_returned(one, gone.get(key, ()), now.get(key, ()), frozen_at))
        for one in snapshot.entries
        for key in [(one.target.task, one.target.name)]
    )
    if not any(one.returned for one in entries):
        return snapshot
    items = items_in(picture, snapshot.kind, snapshot.label)
    silent = [one for one in items if one.ended and _ended_since(one.ended, frozen_at)]
    again, before = owed(silent), set(units_of([one for one in owed(items) if one not in silent]))
    return replace(
        snapshot,
        entries=entries,
        lights=Counter(one.light for one in entries if not one.returned),
        unreported=snapshot.unreported + len(again),
        owing=snapshot.owing + len(set(units_of(again)) - before),
        reported=None if snapshot.reported is None else snapshot.reported - len(silent),
    )


def _ended_since(report: Report, moment: datetime) -> bool:
    return report.ended_at is not None and report.ended_at > moment


def _is_returned(one: BulletinEntry, gone: Iterable[Report], figures: Sequence[Figure], frozen_at: datetime) -> bool:
    if not any(report.unit in one.units and report.day == one.day for report in gone):
        return False
    stands = len(figures) == 1 and _is_same(one, figures[0])
    return not stands and not any(figure.report.received_at > frozen_at for figure in figures)


def figures_since(snapshot: Snapshot, standings: Iterable[Standing]) -> Mapping[int, Figure]:
    """By entry the figure that took the frozen one's place."""
    now = {(one.target.task, one.target.name): one.figure for one in standings if one.target}
    found = ((place, one, now.get((one.target.task, one.target.name))) for place, one in enumerate(snapshot.entries))
    return {place: figure for place, one, figure in found if figure and not _is_same(one, figure)}


def changed_since(snapshot: Snapshot, standings: Iterable[Standing]) -> tuple[tuple[str, str], ...]:
    """(task, name) of the targets that now have another figure than the frozen one, or one at last."""
    frozen = {(one.target.task, one.target.name): (one.value, one.percent) for one in snapshot.entries}
    return tuple(
        name
        for one in standings
        if one.target and one.figure
        for name in [(one.target.task, one.target.name)]
        if frozen.get(name) != (one.figure.value, one.figure.percent)
    )


def items_in(picture: DayPicture, kind: BulletinKind, label: str) -> tuple[PeriodItem, ...]:
    """The items that a bulletin counts, as they stand on the picture's day: of the reporting periods that its last day
    is in and that are no longer than its own."""
    _, end = period_of(kind, label)
    return tuple(
        one
        for one in picture.asked_on(end)
        if one.period.frequency in _COUNTED[kind] and one.period.first <= end <= one.period.last
    )


def label_of(kind: BulletinKind, day: date) -> str:
    """The label of the period that a day is in: 2023-03, 2023-01~02 (told together), 2023-Q1, 2023-H1, 2023."""
    match kind:
        case BulletinKind.MONTHLY:
            return f"{day.year}-01~02" if day.month <= 2 else f"{day.year}-{day.month:02}"
        case BulletinKind.QUARTERLY:
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case BulletinKind.HALF_YEAR:
            return f"{day.year}-H{1 if day.month <= 6 else 2}"
        case BulletinKind.ANNUAL:
            return str(day.year)


def current_label(kind: BulletinKind, today: date, due_days: DueDays) -> str:
    """The label of the last period that is over by the end of a day; a month's is its own from a week before its
    figures are due, as they come in then."""
    label = label_of(kind, today)
    _, last = period_of(kind, label)
    if kind is BulletinKind.MONTHLY:
        last = reporting_period(label, due_days).due - _COMING_IN
    return label if today >= last else label_before(kind, label)


def told_at_meeting(day: date) -> str | None:
    """The label of the month that a meeting is told of: the one before; none in February, January is told in March."""
    if day.month == _FEBRUARY:
        return None
    return label_of(BulletinKind.MONTHLY, day.replace(day=1) - timedelta(days=1))


def label_before(kind: BulletinKind, label: str) -> str:
    first, _ = period_of(kind, label)
    return label_of(kind, first - timedelta(days=1))


def figures_day(kind: BulletinKind, label: str, today: date, due_days: DueDays) -> date:
    """The day whose figures a bulletin begun today is made of: the last one of a period before the current one."""
    _, last = period_of(kind, label)
    first, _ = period_of(kind, current_label(kind, today, due_days))
    return last if last < first else today


def period_of(kind: BulletinKind, label: str) -> tuple[date, date]:
    """The first and the last day of a label's period; ValueError where it is none of the kind's."""
    found = _LABELS[kind].fullmatch(label)
    if found is None:
        raise ValueError(f"no label of a {kind} bulletin: {label}")
    year, *parts = (int(part) for part in found.groups() if part)
    months = _MONTHS[kind]
    first, last = (parts[0], parts[-1]) if parts else (1, 1)
    end = last * months
    return date(year, first * months - months + 1, 1), date(year, end, monthrange(year, end)[1])


def dump_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    dumped: dict[str, Any] = _SNAPSHOTS.dump_python(snapshot, mode="json")
    return dumped


def load_snapshot(stored: Mapping[str, Any]) -> Snapshot:
    return _SNAPSHOTS.validate_python(stored)


_LABELS = {
    BulletinKind.MONTHLY: re.compile(r"(20\d\d)-(0[1-9]|1[0-2])(?:~(0[1-9]|1[0-2]))?"),
    BulletinKind.QUARTERLY: re.compile(r"(20\d\d)-Q([1-4])"),
    BulletinKind.HALF_YEAR: re.compile(r"(20\d\d)-H([12])"),
    BulletinKind.ANNUAL: re.compile(r"(20\d\d)"),
}
_MONTHS = {
    BulletinKind.MONTHLY: 1,
    BulletinKind.QUARTERLY: 3,
    BulletinKind.HALF_YEAR: 6,
    BulletinKind.ANNUAL: 12,
}
_COUNTED = {
    BulletinKind.MONTHLY: {Frequency.MONTHLY},
    BulletinKind.QUARTERLY: {Frequency.MONTHLY, Frequency.QUARTERLY},
    BulletinKind.HALF_YEAR: {Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.HALF_YEARLY},
    BulletinKind.ANNUAL: set(Frequency),
}
_SNAPSHOTS = TypeAdapter(Snapshot)
_REACHED = (Light.BLUE, Light.LIGHT_BLUE)
_HALF = Decimal(50)
_COMING_IN = timedelta(days=7)
_FEBRUARY = 2
_WEAKEST = tuple(Tag)


def _entry(one: Standing, target: Target, at_end: Standing, before: BulletinEntry | None) -> BulletinEntry:
    bare = replace(target, names=(), quote=None, card=Card())
    figures = _figures(one)
    figure = one.figure
    said = [unit for each in figures for unit in each.units]
    return BulletinEntry(
        target=bare,
        light=one.light,
        owner=one.owner,
        units=tuple(unit for unit in dict.fromkeys((*one.units, *said)) if unit in said),
        beside=figure is None,
        value=figure.value if figure else None,
        measure=figure.measure if figure else None,
        percent=figure.percent if figure else None,
        approx=figure is not None and figure.approx,
        day=max(one.day for one in figures),
        tag=_weakest(figures),
        share=one.share,
        difference=one.difference,
        moved=_moved(figure, before),
        half=share_of_year(at_end, target),
        before=before.light if before else None,
        overdue=one.reason.why is LightCause.OVERDUE,
        stale=one.stale,
        behalf=figure.report.behalf.by if figure and figure.report.behalf else None,
    )


def _figures(one: Standing) -> tuple[Figure, ...]:
    return (one.figure,) if one.figure else tuple(line.figure for line in one.beside)


def _weakest(figures: Iterable[Figure]) -> Tag:
    return min((one.tag for one in figures), key=_WEAKEST.index)


def _marked(one: BulletinEntry, now: Standing | None) -> BulletinEntry:
    figures = _figures(now) if now else ()
    if not figures or one.day != max(figure.day for figure in figures):
        return one
    if one.beside != (now is not None and now.figure is None) or not (one.beside or _is_same(one, figures[0])):
        return one
    tag = _weakest(figures)
    return replace(one, marked=tag if _WEAKEST.index(tag) > _WEAKEST.index(one.tag) else None)


def _is_same(one: BulletinEntry, figure: Figure) -> bool:
    return (one.value, one.percent) == (figure.value, figure.percent)


def _moved(figure: Figure | None, before: BulletinEntry | None) -> Decimal | None:
    if figure is None or figure.value is None or before is None or before.value is None:
        return None
    return figure.value - before.value if before.measure == figure.measure else None
