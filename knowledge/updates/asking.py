"""What to ask back where a message is unclear: the readings it may have, each as a message that is understood."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.model import Target
from knowledge.topics import Entry, Topic
from knowledge.updates.clauses import Clause
from knowledge.updates.figures import Figure
from knowledge.updates.measuring import accepts
from knowledge.updates.subjects import Subjects
from knowledge.updates.values import Choice, Unclear

MOST = 6


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is unclear about a clause: which of `open` it means, or which number of a range."""

    unclear: Unclear
    clause: Clause
    open: tuple[Entry, ...]
    figure: Figure | None

    @property
    def strong(self) -> bool:
        """Whether it must be asked even where the rest of the message was understood."""
        return bool(self.open)


def choices_for(doubt: Doubt, subjects: Subjects, own: frozenset[tuple[str, str]]) -> tuple[Choice, ...]:
    """At most six ways out, the sender's own tasks first."""
    if doubt.unclear is Unclear.RANGE and doubt.figure and doubt.open:
        return tuple(_numbers(doubt.open[0], doubt.figure))
    entries: Iterable[Entry] = doubt.open or _possible(doubt, subjects, own)
    ordered = sorted(dict.fromkeys(entries), key=lambda e: e.owner not in own)
    return tuple(_choice(entry, doubt) for entry in ordered[:MOST])


def _possible(doubt: Doubt, subjects: Subjects, own: frozenset[tuple[str, str]]) -> Iterator[Entry]:
    """With no name at all: the sender's targets that the number fits, or his tasks."""
    for entry in subjects.names.entries:
        if entry.owner not in own:
            continue
        if doubt.figure is None and entry.kind is Topic.TASK:
            yield entry
        if (
            doubt.figure is not None
            and isinstance(entry.thing, Target)
            and accepts(entry, doubt.figure, doubt.clause.text)
        ):
            yield entry


def _numbers(entry: Entry, figure: Figure) -> Iterator[Choice]:
    quantity = figure.quantity
    measure = quantity.measure
    for end in quantity.ends if quantity.is_range else (abs(quantity.value),):
        said = f"{_plain(end)}{measure}"
        yield Choice(said, f"{entry.name}达到{said}")


def _choice(entry: Entry, doubt: Doubt) -> Choice:
    """The entry's own name with what was said; its task's number makes it certain."""
    id_ = entry.owner[1]
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


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
