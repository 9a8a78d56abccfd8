"""How far a bulletin is on its way to its readers, and what each kind needs on it.

    draft --> check --> review --> sign --> release

A monthly one is an annex of the meeting that the leader in charge holds: it needs no signature of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from knowledge.standing.bulletin import BulletinKind
from storage.bulletin_steps import BulletinStep, RegisteredStep, steps_of
from storage.bulletins import Bulletin, BulletinState
from storage.fact_checks import FactAnswer, FactCheck, FactCorrection, checks_of


class BulletinStage(StrEnum):
    """What comes next."""

    TO_CHECK = "to_check"
    CHECKING = "checking"
    """Units are asked, and may still answer."""
    TO_REVIEW = "to_review"
    TO_SIGN = "to_sign"
    TO_RELEASE = "to_release"
    RELEASED = "released"
    DROPPED = "dropped"


UNSIGNED_KINDS = frozenset({BulletinKind.MONTHLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinProcess:
    bulletin: Bulletin
    steps: Mapping[BulletinStep, RegisteredStep]
    """Those of the present draft that are registered."""
    checks: tuple[FactCheck, ...] = ()
    reported: Mapping[int, tuple[FactCorrection, ...]] = field(default_factory=dict)
    """By check what the unit says by another figure that it has reported since the freeze."""

    def stage(self, today: date) -> BulletinStage:
        """On a plan day."""
        if self.bulletin.state is not BulletinState.DRAFT:
            return BulletinStage(self.bulletin.state)
        if BulletinStep.CHECK not in self.steps:
            return BulletinStage.TO_CHECK
        if self.is_open(today):
            return BulletinStage.CHECKING
        if BulletinStep.REVIEW not in self.steps:
            return BulletinStage.TO_REVIEW
        if self.needs_signature and BulletinStep.SIGN not in self.steps:
            return BulletinStage.TO_SIGN
        return BulletinStage.TO_RELEASE

    def figures_day(self, today: date) -> date:
        """The day whose figures tell what became of the frozen ones: today, or the last day of an earlier period."""
        drafted, as_of = self.steps.get(BulletinStep.DRAFT), self.bulletin.snapshot.as_of
        return as_of if drafted and as_of < drafted.day else today

    def is_open(self, today: date) -> bool:
        """Whether a unit is still waited for."""
        until = self.until
        return until is not None and today <= until and any(one.answer is None for one in self.checks)

    def accepts(self, today: date, *, by_hand: bool) -> bool:
        """Whether a unit's answer counts: its own up to the last day, one written down for it up to the review."""
        if self.bulletin.state is not BulletinState.DRAFT or BulletinStep.REVIEW in self.steps or self.until is None:
            return False
        return by_hand or today <= self.until

    @property
    def until(self) -> date | None:
        """The last day of the check; None while nobody is asked."""
        return self.steps[BulletinStep.CHECK].until if BulletinStep.CHECK in self.steps else None

    @property
    def needs_signature(self) -> bool:
        return self.bulletin.snapshot.kind not in UNSIGNED_KINDS

    @property
    def last(self) -> BulletinStep | None:
        """The step that can be undone: the last one after the draft."""
        return next(
            (one for one in reversed(BulletinStep) if one in self.steps and one is not BulletinStep.DRAFT), None
        )

    @property
    def corrections(self) -> tuple[tuple[str, FactCorrection], ...]:
        """What the units find wrong, with the unit."""
        return tuple((check.unit, one) for check in self.checks for one in self.corrections_of(check))

    def corrections_of(self, check: FactCheck) -> tuple[FactCorrection, ...]:
        return (*check.corrections, *self.reported.get(check.id, ()))

    def answer_of(self, check: FactCheck) -> FactAnswer | None:
        """A unit that reports another figure finds the frozen one wrong, though it may still answer."""
        return check.answer or (FactAnswer.DIFFERS if check.id in self.reported else None)

    def answered(self, answer: FactAnswer | None) -> tuple[FactCheck, ...]:
        """The checks with that answer; None: without one."""
        return tuple(one for one in self.checks if self.answer_of(one) is answer)


def processes_of(session: Session, bulletins: Iterable[Bulletin]) -> tuple[BulletinProcess, ...]:
    """In the order of the bulletins; two or three statements however many they are."""
    found = tuple(bulletins)
    if not found:
        return ()
    steps = steps_of(session, [one.id for one in found])
    asked = {one.id: step.id for one in found for step in steps.get(one.id, ()) if step.step is BulletinStep.CHECK}
    checks = checks_of(session, asked.values()) if asked else {}
    return tuple(
        BulletinProcess(
            bulletin=one,
            steps={step.step: step for step in steps.get(one.id, ())},
            checks=checks.get(asked.get(one.id, 0), ()),
        )
        for one in found
    )
