"""What a report would change, before it is stored: before → after, the share of the target, and what looks wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from unicodedata import normalize

from handlers.reports.drafts import DraftItem
from knowledge.language.quantities.quantity import in_unit, quantities
from knowledge.plan.key import EntryKey
from knowledge.plan.model import Bound, Card, Period, Target
from knowledge.reports.model import State, UpdateKind
from knowledge.standing.compute import PlanTime, standing_of
from knowledge.standing.measure import is_rate
from knowledge.standing.report import Report, counted
from knowledge.standing.subject import standing_of_subject
from knowledge.standing.values import Figure, Standing

_TEN = Decimal(10)
_WORDLESS = {UpdateKind.NOTE, UpdateKind.PROBLEM}
_NO_AMOUNTS = frozenset({"", "年", "月", "日", "号", "期", "季度", "周", "天"})
_BY_YEARS = (Period.YEARLY, Period.YEARLY_AVERAGE)
_COUNTED = (UpdateKind.READING, UpdateKind.INCREMENT)


class Odd(StrEnum):
    """What looks wrong about a report."""

    FUTURE = "future"
    SMALLER = "smaller"
    TENFOLD = "tenfold"
    OVER = "over"
    MISMATCH = "mismatch"
    UNBEGUN = "unbegun"
    """Said to be not begun after something was done."""
    UNFINISHED = "unfinished"
    """Said to be done, without a figure, after a figure that is short of the goal."""
    BASELESS = "baseless"
    """So many more than nothing known: only its unit can say how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    before: Figure | None
    after: Figure | None
    """None where the report gives no figure: a note, a problem, 本期无变化, or another measure."""
    share: Decimal | None
    last_word: date | None
    """The day of what the unit said last, of whatever year and measure."""
    odd: tuple[Odd, ...]
    missing: Decimal | None = None
    """What the figure before is short of the goal."""
    unread: bool = False
    """Whether its words hold a number that is not the one it reports."""
    perhaps: Decimal | None = None
    """What was probably meant, where a digit is missing or too many."""

    def wants_reason(self, item: DraftItem) -> bool:
        """Whether the report is only stored with its reason: less than last time, and no correction."""
        return Odd.SMALLER in self.odd and not item.note and item.corrects is None

    @property
    def wants_total(self) -> bool:
        return Odd.BASELESS in self.odd


def compared(
    item: DraftItem,
    target: Target | None,
    time: PlanTime,
    reports: Iterable[Report],
    *,
    unit: str,
    today: date,
    now: datetime,
) -> Compared:
    """Against the unit's own earlier word up to the report's day; `reports` are those of the plan or the subject.

    The target's card is the one in force.
    """
    own = [report for report in reports if report.unit == unit and report.subject == item.subject]
    new = item.as_report(id_="new", unit=unit, today=today, now=now)
    corrected = [report.day for report in own if report.id == new.corrects]
    before = own_standing(item.subject, target, time, own, max([new.as_of, *corrected]))
    after = own_standing(item.subject, target, time, [*own, new], new.as_of)
    said = after.figure if after.figure is not None and after.figure.report.id == "new" else None
    last_word = max((one.day for one in counted(own, today=today) if one.kind not in _WORDLESS), default=None)
    if _is_baseless(item, target, before.figure, last_word):
        return Compared(before=None, after=None, share=None, last_word=last_word, odd=(Odd.BASELESS,))
    missing = _missing(target, before)
    odd = _odd(item, target, before.figure, said, missing, today)
    return Compared(
        before=before.figure,
        after=said,
        share=after.share if said else None,
        last_word=last_word,
        odd=odd,
        missing=missing,
        unread=_has_unread_number(item, target),
        perhaps=_perhaps(odd, target, before.figure, said),
    )


def alone(card: Card) -> Card:
    """The card for one unit's own line: whose word holds for the whole plays no part in it."""
    return replace(card, owner=None, certifier=None, summed=None)


def own_standing(
    subject: EntryKey, target: Target | None, time: PlanTime, reports: Iterable[Report], day: date
) -> Standing:
    """By one unit's word alone; `reports` are that unit's."""
    if target is None:
        return standing_of_subject(subject, reports, day, time=time)
    return standing_of(target, alone(target.card), reports, day, plan=subject.plan, time=time)


def _is_baseless(item: DraftItem, target: Target | None, before: Figure | None, last_word: date | None) -> bool:
    """An increment on nothing, neither reported before nor on the card; what counts by years begins again at none."""
    known = before is not None and (before.value is not None or before.percent is not None)
    if item.says is not UpdateKind.INCREMENT or target is None or known or target.card.base:
        return False
    return last_word is None or target.period not in _BY_YEARS


def _odd(
    item: DraftItem,
    target: Target | None,
    before: Figure | None,
    after: Figure | None,
    missing: Decimal | None,
    today: date,
) -> tuple[Odd, ...]:
    found = [Odd.FUTURE] if item.day(today) > today else []
    if item.state is State.NOT_STARTED and before is not None and _begun(before):
        found.append(Odd.UNBEGUN)
    if item.state is State.DONE and missing is not None:
        found.append(Odd.UNFINISHED)
    if target is None or item.says not in _COUNTED:
        return tuple(found)
    if after is None or after.value is None:
        return (*found, Odd.MISMATCH) if item.measure is not None else tuple(found)
    value, held = after.value, before.value if before else None
    same = before is not None and before.measure == after.measure
    growing = _grows(target)
    if same and held is not None and growing and value < held:
        found.append(Odd.SMALLER)
    in_goal_s = after.measure in {None, target.unit}
    known = held if same and held else target.value if in_goal_s else None
    if known is not None and value >= _TEN * known > 0:
        found.append(Odd.TENFOLD)
    elif value > target.value and growing and after.measure == target.unit:
        found.append(Odd.OVER)
    return tuple(found)


def _grows(target: Target) -> bool:
    return not is_rate(target) and target.bound is not Bound.AT_MOST


def _missing(target: Target | None, before: Standing) -> Decimal | None:
    figure, goal = before.figure, before.goal
    if target is None or goal is None or figure is None or figure.value is None or figure.measure != target.unit:
        return None
    return goal - figure.value if _grows(target) and figure.value < goal else None


def _has_unread_number(item: DraftItem, target: Target | None) -> bool:
    """Numbers of the name, of days and of parts (一期, 1号) tell no amount."""
    named = {(one.value, one.measure) for one in quantities(_in_width(item.name))}
    measure = item.measure or (target.unit if target else None)
    return any(
        one.is_certain
        and one.measure not in _NO_AMOUNTS
        and (one.value, one.measure) not in named
        and item.value not in {one.value, in_unit(one, measure)}
        for one in quantities(_in_width(item.said))
    )


def _in_width(text: str) -> str:
    """Half width and small letters are enough for numbers: the words were cleaned when they were read."""
    return normalize("NFKC", text).lower()


def _begun(before: Figure) -> bool:
    return bool(before.value or before.percent or before.state in {State.IN_PROGRESS, State.DONE})


def _perhaps(
    odd: tuple[Odd, ...], target: Target | None, before: Figure | None, after: Figure | None
) -> Decimal | None:
    """62 after 590 was perhaps 620, and 6200 too."""
    if target is None or after is None or after.value is None or after.report.kind is not UpdateKind.READING:
        return None
    held = before.value if before and before.value is not None else Decimal(0)
    guess = after.value * _TEN if Odd.SMALLER in odd else after.value / _TEN if Odd.TENFOLD in odd else None
    fits = guess is not None and held <= guess <= max(held, target.value) * 2
    return guess if fits else None
