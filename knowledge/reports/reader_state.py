"""What is known while a message is read, as a value: the reports and doubts so far, and what is being spoken of."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Self

from knowledge.entities.name_index import stretch
from knowledge.entities.topic_index import Entry
from knowledge.plan.key import EntryKind, TaskKey
from knowledge.reports.clarify import Doubt
from knowledge.reports.clauses import MessageClause
from knowledge.reports.merge import PartialUpdate
from knowledge.reports.model import State, Unclear, UpdateKind
from knowledge.reports.number_candidates import NumberCandidate
from knowledge.reports.subject_linker import DiscourseContext, Subjects, blank

_VERB = re.compile(r"^(?:建成|建好|建设|推进|实施|完成|创建|启动|加快|推动)")


@dataclass(frozen=True, slots=True)
class ReaderState:
    """`own` are the sender's tasks, each with whether the sender's unit leads it; `tasks` those named by number.

    `as_of` and `period` are what was stated last.
    """

    subjects: Subjects
    own: Mapping[TaskKey, bool]
    drafts: tuple[PartialUpdate, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    loose: tuple[str, ...] = ()
    """What was said before anything was understood."""
    current: Entry | None = None
    asked: Entry | None = None
    """What a question just asked about: the next line of a pasted chat may answer it without a name."""
    tasks: frozenset[TaskKey] = frozenset()
    as_of: date | None = None
    period: bool = False
    correcting: MessageClause | None = None
    """The clause that takes back what was reported before."""
    ahead: bool = False
    """Whether the sentence speaks of what is to come (下一步加快推进,建成700个)."""
    resumed: bool = False
    """Whether a sentence has begun since a subject was reported on."""

    def context(self) -> DiscourseContext:
        return DiscourseContext(self.current, self.tasks, self.own)

    def of_task(self, id_: str) -> Self:
        """Now a task is spoken of by its number."""
        tasks = frozenset(key for key in self.subjects.library.tasks if key.id == id_)
        return replace(self, tasks=tasks, current=self._task_in(tasks))

    def correct(self, clause: MessageClause, last: Callable[[], Entry | None]) -> Self:
        """Now what is spoken of is corrected: else the last report of the message, else of the chat."""
        said = self.drafts[-1].entry if self.drafts else None
        return replace(self, correcting=clause, current=self.current or said or last())

    def task_of(self, entries: list[Entry]) -> Entry | None:
        """The task that several entries share."""
        owners = frozenset(e.owner for e in entries)
        return self._task_in(owners) if len(owners) == 1 else None

    def _task_in(self, owners: frozenset[TaskKey]) -> Entry | None:
        tasks = (e for e in self.subjects.names.entries if e.kind is EntryKind.TASK)
        return next((e for e in tasks if e.owner in owners), None)

    def report(
        self,
        entry: Entry,
        kind: UpdateKind,
        clause: MessageClause,
        *,
        value: Decimal | None = None,
        unit: str | None = None,
        state: State | None = None,
        approx: bool = False,
        sure: bool = True,
        bare: bool = False,
    ) -> "ReaderStep":
        """With a report; its subject is now spoken of."""
        draft = PartialUpdate(entry, kind, clause.said, value, unit, state, self.as_of, approx, sure, bare)
        return ReaderStep(replace(self, current=entry, resumed=False, drafts=(*self.drafts, draft)), placed=True)

    def doubt(
        self,
        clause: MessageClause,
        open_: tuple[Entry, ...] = (),
        *,
        figure: NumberCandidate | None = None,
        why: Unclear = Unclear.WHICH,
    ) -> "ReaderStep":
        """With what must be asked back."""
        return ReaderStep(replace(self, doubts=(*self.doubts, Doubt(why, clause, open_, figure))), placed=bool(open_))

    def dated_back(self, day: date | None) -> Self:
        """建成590个,截至2月28日: the day that stands behind the reports."""
        return replace(self, drafts=tuple(replace(draft, as_of=draft.as_of or day) for draft in self.drafts))

    def left_open(self) -> bool:
        """Whether a new sentence without a name may be about any of several subjects (存在问题:经费不足)."""
        return self.resumed and len({d.entry for d in self.drafts if d.kind is not UpdateKind.NOTE}) > 1

    def noted(self, said: str) -> Self:
        """With words that report nothing: they go into a note."""
        if not self.drafts:
            return replace(self, loose=(*self.loose, said))
        *others, last = self.drafts
        return replace(self, drafts=(*others, replace(last, notes=(*last.notes, said))))

    def without(self, held: PartialUpdate) -> Self:
        """Without a report that another one takes the place of."""
        return replace(self, drafts=tuple(draft for draft in self.drafts if draft is not held))

    def without_name(self, text: str) -> str:
        """The clause without the name that it says in full; a verb that opens the name stays (建成海关武穴监管区)."""
        named = next((c for c in self.subjects.names.find(text) if c.full), None)
        return blank(text, [stretch(text, _VERB.sub("", named.surface))]) if named else text


class ReaderStep(NamedTuple):
    """What is known after one step of reading, and whether the step placed what it read: reported it or asks for it."""

    sofar: ReaderState
    placed: bool


def each(sofar: ReaderState, steps: Iterable[Callable[[ReaderState], ReaderStep]]) -> ReaderStep:
    """One step after the other; whether any placed what it read."""
    placed = False
    for step in steps:
        sofar, one = step(sofar)
        placed = placed or one
    return ReaderStep(sofar, placed)
