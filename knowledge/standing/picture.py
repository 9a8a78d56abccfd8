"""The day's picture of a plan: what stands where, who owes which figure, what moved, which problems are open. Pure.

All that counts or lists reads it, so that each word has one meaning:

    item (项)      a subject, a reporting unit and a reporting period. A unit owes for what the office has confirmed as
                   its own, or for its part where units' readings are added up; where no owner is confirmed the office
                   owes the confirmation, and no unit owes anything. A project has no card, so nobody owes for it.
    reported       an accepted reading, state or 无变化 of the unit that is for the period
    never reported no such word of the unit in any year
    unsupervised   no object of supervision (纪委监委 and whoever the office marks): such a unit owes nothing, and what
                   only such units answer for has no light
    open problem   raised, and neither settled (itself, or its subject is done) nor withdrawn or returned

A picture is a value: what it says is computed when it is first looked at, from what it was made of, and stays.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self, TypeVar

from knowledge.plan.key import EntryKey
from knowledge.plan.model import Card, Frequency
from knowledge.standing.compute import PlanTime, standing_on
from knowledge.standing.history import History
from knowledge.standing.periods import DueDays, ReportingPeriod, period_asked, period_ended, period_of
from knowledge.standing.report import Report
from knowledge.standing.subject import subject_standing_on
from knowledge.standing.values import DONE, Standing

T = TypeVar("T")

GATHERED = timedelta(days=92)
"""Figures are gathered so long after the plan: its last ones come in."""


class Duty(StrEnum):
    OWED = "owed"
    REPORTED = "reported"
    NOT_OWED = "not_owed"


class NotOwed(StrEnum):
    """Why a unit owes nothing for an item that it has not reported."""

    DONE = "done"
    """The target is reached, by the unit's word or checked."""
    NO_DATA = "no_data"
    """The certifying unit's figures are not out before the item's `due`."""
    CONFIRMED_LATE = "confirmed_late"
    """The office has asked the unit only on the due day or after it."""
    NOT_YET = "not_yet"
    """The period's figures are not asked for yet."""
    OUT_OF_PLAN = "out_of_plan"
    """Before the plan began, or long after its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodItem:
    """An item (项), as it stands on the picture's day."""

    standing: Standing
    """Of its subject."""
    unit: str
    period: ReportingPeriod
    duty: Duty
    due: date
    """By when it is to be reported."""
    why: NotOwed | None = None
    """Of what is not owed."""
    word: Report | None = None
    """The unit's last word for the period; also of what it was never asked for."""
    since: date | None = None
    """The day of the unit's first word for it; None without one, or where it has been corrected since."""
    ended: Report | None = None
    """Of what is not reported: the unit's last report for the period that was returned (with its reason) or withdrawn,
    because of which it is owed again."""

    @property
    def subject(self) -> EntryKey:
        return self.standing.subject

    @property
    def owed(self) -> bool:
        return self.duty is Duty.OWED

    @property
    def late(self) -> bool:
        """Owed, and past its due day."""
        return self.owed and self.standing.today > self.due

    @property
    def made_up(self) -> bool:
        """Reported only after its due day (补报)."""
        return self.duty is Duty.REPORTED and self.since is not None and self.since > self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProblem:
    """A problem that a unit raised, and where what it is about stands."""

    standing: Standing
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSubject:
    """A target, task, project or action, with all that a picture of any day is made of."""

    history: History
    units: tuple[str, ...] = ()
    """The responsible units of its task, in the plan's order."""
    reporters: tuple[str, ...] = ()
    """The units that are asked for its figures (`reporters_of`), but for those that are not supervised."""
    since: date | None = None
    """The plan day on which the office asked them; None: from the beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPicture:
    """A plan on a day: what is true of the days up to it by all that is known.

    `subjects` holds every target in the plan's order, then what else was reported on or can stand somewhere.
    """

    plan: str
    day: date
    time: PlanTime
    due_days: DueDays
    subjects: Mapping[EntryKey, PictureSubject]
    unsupervised: frozenset[str] = frozenset()
    _standings: dict[EntryKey, Standing] = field(default_factory=dict, repr=False, compare=False)
    """What was computed; shared by pictures of a day that have the same subjects."""
    _kept: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def standing(self, subject: EntryKey) -> Standing:
        """Where it stands; KeyError for what is no part of the picture."""
        if subject not in self._standings:
            self._standings[subject] = self._standing(self.subjects[subject])
        return self._standings[subject]

    @property
    def standings(self) -> tuple[Standing, ...]:
        return self._once("standings", lambda: tuple(map(self.standing, self.subjects)))

    @property
    def targets(self) -> tuple[Standing, ...]:
        return self._once("targets", lambda: tuple(self.standing(one) for one in self._targets))

    @property
    def named(self) -> Mapping[tuple[str, str], EntryKey]:
        """The targets by (task, name), in the plan's order."""
        return self._once("named", lambda: {(one.task, one.name): one for one in self._targets})

    @property
    def unconfirmed(self) -> tuple[Standing, ...]:
        """The targets whose owner the office owes."""
        return tuple(one for one in self.targets if one.unconfirmed)

    def items(self, period: ReportingPeriod) -> tuple[PeriodItem, ...]:
        """The items of a period, in the plan's order: of each subject whose figures are due so often, one a unit."""
        return self._once(period, lambda: tuple(self._items(period)))

    @property
    def current(self) -> tuple[PeriodItem, ...]:
        """The items that are asked for on the day."""
        return self.asked_on(self.day)

    def asked_on(self, day: date) -> tuple[PeriodItem, ...]:
        """The items of the periods that are asked for on a day, as they stand on the picture's, in the plan's order and
        one a subject and unit: of certified statistics those of the last period whose figures are out by then."""
        return self._once(day, lambda: tuple(self._asked_on(day)))

    def items_of(self, label: str) -> tuple[PeriodItem, ...]:
        """The items of the period that a label names."""
        return self.items(period_of(label, self.due_days))

    @property
    def problems(self) -> tuple[OpenProblem, ...]:
        """The open problems, in the plan's order and of each subject the oldest first."""
        return self._once("problems", lambda: tuple(self._problems()))

    def problems_of(self, subject: EntryKey) -> tuple[OpenProblem, ...]:
        return tuple(one for one in self.problems if one.standing.subject == subject)

    def said(self, subject: EntryKey) -> tuple[Report, ...]:
        """What counts of the subject up to the day, by day and then by arrival."""
        found = self.subjects.get(subject)
        return found.history.until(self.day) if found else ()

    def last_word(self, subject: EntryKey, unit: str) -> Report | None:
        """The unit's last word on the subject, of whatever year; None: 从未报过."""
        words = self.subjects[subject].history.words((unit,), self.day)
        return words[-1] if words else None

    def within(self, subjects: Collection[EntryKey]) -> Self:
        """Of these subjects only, in the plan's order."""
        own = {key: one for key, one in self.subjects.items() if key in subjects}
        return replace(self, subjects=own, _standings=self._standings)

    def with_subjects(self, subjects: Mapping[EntryKey, PictureSubject]) -> Self:
        """With other subjects; what was computed of those that are the same is kept."""
        same = (key for key, one in subjects.items() if self.subjects.get(key) is one)
        kept = {key: self._standings[key] for key in same if key in self._standings}
        return replace(self, subjects=subjects, _standings=kept)

    def on(self, day: date) -> Self:
        """The picture of another day, from what is known now."""
        return replace(self, day=day, _standings={})

    @property
    def _targets(self) -> Iterator[EntryKey]:
        return (key for key, one in self.subjects.items() if one.history.target is not None)

    def _standing(self, one: PictureSubject) -> Standing:
        target = one.history.target
        if target is None:
            return subject_standing_on(
                one.history, self.day, time=self.time, units=one.units, unsupervised=self.unsupervised
            )
        return standing_on(
            one.history, target, self.day, time=self.time, units=one.units, unsupervised=self.unsupervised
        )

    def _items(self, period: ReportingPeriod) -> Iterator[PeriodItem]:
        for key, one in self.subjects.items():
            if one.reporters and frequency_of(one.history.card) is period.frequency:
                yield from self._items_of(key, one, period)

    def _asked_on(self, day: date) -> Iterator[PeriodItem]:
        for key, one in self.subjects.items():
            if one.reporters:
                yield from self._items_of(key, one, _asked(one.history.card, day, self.due_days))

    def _items_of(self, key: EntryKey, one: PictureSubject, period: ReportingPeriod) -> Iterator[PeriodItem]:
        history, card = one.history, one.history.card
        due = max(period.due, period.last + _lag(card)) if card.certifier else period.due
        for unit in (unit for unit in one.reporters if unit not in self.unsupervised):
            said = history.words({unit, card.certifier or unit}, self.day)
            words = [report for report in said if period.covers(report.for_period)]
            word = words[-1] if words else None
            why = self._never_owed(one, period, due) or (None if word else self._not_owed(key, card, period))
            yield PeriodItem(
                standing=self.standing(key),
                unit=unit,
                period=period,
                duty=Duty.NOT_OWED if why else Duty.REPORTED if word else Duty.OWED,
                due=due,
                why=why,
                word=word,
                since=words[0].day if words and words[0].corrects is None else None,
                ended=None if word else self._ended(history, unit, period),
            )

    def _never_owed(self, one: PictureSubject, period: ReportingPeriod, due: date) -> NotOwed | None:
        """What is so whether the unit reports or not."""
        if period.last < self.time.start or period.due > self.time.end + GATHERED:
            return NotOwed.OUT_OF_PLAN
        return NotOwed.CONFIRMED_LATE if one.since is not None and one.since >= due else None

    def _not_owed(self, key: EntryKey, card: Card, period: ReportingPeriod) -> NotOwed | None:
        if self.standing(key).light in DONE:
            return NotOwed.DONE
        if self.day < period.asked_from:
            return NotOwed.NOT_YET
        return NotOwed.NO_DATA if card.certifier and self.day < period.last + _lag(card) else None

    def _ended(self, history: History, unit: str, period: ReportingPeriod) -> Report | None:
        own = (one for one in reversed(history.ended) if one.unit == unit and one.day <= self.day)
        return next((one for one in own if period.covers(one.for_period)), None)

    def _problems(self) -> Iterator[OpenProblem]:
        for key, one in self.subjects.items():
            if one.history.problems(self.day):
                standing = self.standing(key)
                yield from (OpenProblem(standing=standing, report=report) for report in standing.problems)

    def _once(self, name: object, compute: Callable[[], T]) -> T:
        if name not in self._kept:
            self._kept[name] = compute()
        found: T = self._kept[name]  # type: ignore[assignment]  # each name has one kind of value
        return found


def frequency_of(card: Card) -> Frequency:
    """How often its figures are due: monthly unless the card says otherwise."""
    return card.frequency or Frequency.MONTHLY


def reporters_of(card: Card, units: Iterable[str]) -> tuple[str, ...]:
    """The units that are asked for a target's figures: each of its responsible `units` (towns instead of a collective
    that surely stands for them) where readings are added up, else the confirmed owner."""
    return tuple(units if card.summed else [card.owner] if card.owner else [])


def owed(items: Iterable[PeriodItem]) -> tuple[PeriodItem, ...]:
    return tuple(one for one in items if one.owed)


def units_of(items: Iterable[PeriodItem]) -> tuple[str, ...]:
    """Their units, each once, in order."""
    return tuple(dict.fromkeys(one.unit for one in items))


def by_unit(items: Iterable[PeriodItem]) -> dict[str, tuple[PeriodItem, ...]]:
    """The items of each unit, in order."""
    found: dict[str, list[PeriodItem]] = {}
    for one in items:
        found.setdefault(one.unit, []).append(one)
    return {unit: tuple(own) for unit, own in found.items()}


def _asked(card: Card, day: date, due_days: DueDays) -> ReportingPeriod:
    if card.certifier:
        return period_ended(frequency_of(card), day - _lag(card), due_days)
    return period_asked(frequency_of(card), day, due_days)


def _lag(card: Card) -> timedelta:
    return timedelta(days=card.lag or 0)
