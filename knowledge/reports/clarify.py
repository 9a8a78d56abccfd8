"""What to ask back where a message is unclear: the readings it may have, each as a message that is understood."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from knowledge.entities.choice import Choice
from knowledge.entities.topic_index import Entry
from knowledge.language.quantities.quantity import in_unit
from knowledge.plan.key import EntryKind, TaskKey
from knowledge.plan.model import Target
from knowledge.reports.clauses import MessageClause
from knowledge.reports.model import Unclear
from knowledge.reports.number_candidates import NumberCandidate
from knowledge.reports.number_fit import accepts
from knowledge.reports.speech_acts import TAKEN_BACK
from knowledge.reports.subject_linker import Subjects

MOST = 6
_LIKELY = 10
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is unclear about a clause: which of `open` it means, or which number of a range."""

    unclear: Unclear
    clause: MessageClause
    open: tuple[Entry, ...]
    figure: NumberCandidate | None

    @property
    def strong(self) -> bool:
        """Whether it must be asked even where the rest of the message was understood."""
        return self.unclear is Unclear.DAY or (bool(self.open) and self.unclear is not Unclear.UNIT)

    @property
    def wants(self) -> str:
        """The unit of the target that a number of another kind was said of."""
        target = self.open[0].thing if self.open else None
        return (target.unit or "") if self.unclear is Unclear.UNIT and isinstance(target, Target) else ""


def choices_for(doubt: Doubt, subjects: Subjects, own: Mapping[TaskKey, bool]) -> tuple[Choice, ...]:
    """At most six ways out: what the sender's unit leads, then its other tasks; of alike ones what the number fits."""
    if doubt.unclear is Unclear.DAY:
        return ()
    if doubt.unclear is Unclear.RANGE and doubt.figure and doubt.open:
        return tuple(_numbers(doubt.open[0], doubt.figure))
    if doubt.unclear is Unclear.UNIT and doubt.figure:
        return tuple(_in_its_unit(doubt.open[0], doubt.figure, doubt.wants))
    if doubt.figure is None and TAKEN_BACK.shows(doubt.clause.text):
        return ()  # which one it is would not tell the right number
    if doubt.figure and not doubt.figure.quantity.is_certain:
        return ()  # which one it is would not tell what the number is
    entries: Iterable[Entry] = doubt.open or _possible(doubt, subjects, own)
    ordered = sorted(
        dict.fromkeys(entries), key=lambda e: (not own.get(e.owner, False), e.owner not in own, _distance(e, doubt))
    )
    return tuple(_choice(entry, doubt) for entry in ordered[:MOST])


def _distance(entry: Entry, doubt: Doubt) -> float:
    """How far a nameless number is from what a target is to reach: 602个 is rather of 700 than of 20."""
    target = entry.thing
    if doubt.open or doubt.figure is None or not isinstance(target, Target):
        return 0.0
    value = in_unit(doubt.figure.quantity, target.unit)
    if value is None or value <= 0 or target.value <= 0:
        return math.inf
    return abs(math.log(value / target.value))


def _possible(doubt: Doubt, subjects: Subjects, own: Mapping[TaskKey, bool]) -> Iterator[Entry]:
    """With no name at all: the sender's targets that the number fits, or his tasks."""
    for entry in subjects.names.entries:
        if entry.owner not in own:
            continue
        if doubt.figure is None and entry.kind is EntryKind.TASK:
            yield entry
        if (
            doubt.figure is not None
            and isinstance(entry.thing, Target)
            and accepts(entry, doubt.figure, doubt.clause.text)
        ):
            yield entry


def _numbers(entry: Entry, figure: NumberCandidate) -> Iterator[Choice]:
    """The ends of a range; 57% or 0.57% for a bare 0.57 of a percentage; 20个 for 负20个, 620个 for 620/800."""
    quantity, measure = figure.quantity, figure.quantity.measure
    ends = () if figure.missing else quantity.ends
    if quantity.is_certain and not figure.missing:
        if isinstance(entry.thing, Target) and entry.thing.unit == "%" and not measure:
            ends, measure = (quantity.value * 100, quantity.value), "%"
        elif quantity.value < 0 or quantity.of is not None:
            ends = (abs(quantity.value),)
    for end in ends:
        said = f"{_shortest(end) if quantity.scaled else _plain(end)}{measure}"
        yield Choice(said, f"{entry.name}达到{said}")


def _in_its_unit(entry: Entry, figure: NumberCandidate, unit: str) -> Iterator[Choice]:
    """The same number in the target's own unit, where the target could come to as much."""
    digits = _DIGITS.search(figure.quantity.said)
    value = entry.thing.value if isinstance(entry.thing, Target) else None
    if digits and value and value / _LIKELY <= Decimal(digits[0]) <= value * _LIKELY:
        yield Choice(f"{digits[0]}{unit}", f"{entry.name}达到{digits[0]}{unit}")


def _choice(entry: Entry, doubt: Doubt) -> Choice:
    """The entry's own name with what was said; its task's number makes it certain."""
    id_ = entry.owner.id
    label = f"{id_} {entry.name}"
    if doubt.figure is None:
        return Choice(label, f"{id_} {entry.name},{doubt.clause.text}")
    return Choice(label, f"{id_} {entry.name}{_verb(doubt)}{doubt.figure.quantity.said}")


def _verb(doubt: Doubt) -> str:
    """What was said of the number besides a name: 新增, 累计, 完成率."""
    text = doubt.clause.text
    for verb in ("完成率", "累计", "本月新增", "又新增", "新增", "完成", "达到"):
        if verb in text:
            return verb
    return ""


def _shortest(value: Decimal) -> str:
    """3.4亿, as one would write it."""
    scale, ones = next(((s, o) for s, o in (("亿", 10**8), ("万", 10**4)) if abs(value) >= o), ("", 1))
    return f"{_plain(value / ones)}{scale}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
