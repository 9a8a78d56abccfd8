"""What the reading of one message holds as it goes on: the reports and doubts so far, and what is being spoken of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

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


@dataclass
class SoFar:
    """`own` are the sender's tasks, each with whether the sender's unit leads it; `tasks` those named by number.

    `as_of` and `period` are what was stated last.
    """

    subjects: Subjects
    own: Mapping[TaskKey, bool]
    drafts: list[PartialUpdate] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    """What was said before anything was understood."""
    current: Entry | None = None
    tasks: frozenset[TaskKey] = frozenset()
    as_of: date | None = None
    period: bool = False
    correcting: bool = False
    ahead: bool = False
    """Whether the sentence speaks of what is to come (下一步加快推进,建成700个)."""
    resumed: bool = False
    """Whether a sentence has begun since a subject was reported on."""

    def context(self) -> DiscourseContext:
        return DiscourseContext(self.current, self.tasks, self.own)

    def enter_task(self, id_: str) -> None:
        """Speak of a task by its number."""
        self.tasks = frozenset(key for key in self.subjects.library.tasks if key.id == id_)
        self.current = next((e for e in self.subjects.names.entries if self._is_task(e, self.tasks)), None)

    def task_of(self, entries: list[Entry]) -> Entry | None:
        """The task that several entries share."""
        owners = frozenset(e.owner for e in entries)
        if len(owners) != 1:
            return None
        return next((e for e in self.subjects.names.entries if self._is_task(e, owners)), None)

    @staticmethod
    def _is_task(entry: Entry, owners: frozenset[TaskKey]) -> bool:
        return entry.kind is EntryKind.TASK and entry.owner in owners

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
    ) -> bool:
        """Keep a report; its subject is now spoken of."""
        self.current, self.resumed = entry, False
        self.drafts.append(PartialUpdate(entry, kind, clause.said, value, unit, state, self.as_of, approx, sure, bare))
        return True

    def doubt(
        self,
        clause: MessageClause,
        open_: tuple[Entry, ...] = (),
        *,
        figure: NumberCandidate | None = None,
        why: Unclear = Unclear.WHICH,
    ) -> bool:
        """Keep what must be asked back; whether the clause was placed at all."""
        self.doubts.append(Doubt(why, clause, open_, figure))
        return bool(open_)

    def date_back(self, day: date | None) -> None:
        """建成590个,截至2月28日: the day that stands behind the reports."""
        for draft in self.drafts:
            draft.as_of = draft.as_of or day

    def left_open(self) -> bool:
        """Whether a new sentence without a name may be about any of several subjects (存在问题:经费不足)."""
        return self.resumed and len({d.entry for d in self.drafts if d.kind is not UpdateKind.NOTE}) > 1

    def leave(self, said: str) -> None:
        """Keep words that report nothing: they go into a note."""
        if self.drafts:
            self.drafts[-1].notes.append(said)
        else:
            self.loose.append(said)

    def without_name(self, text: str) -> str:
        """The clause without the name that it says in full; a verb that opens the name stays (建成海关武穴监管区)."""
        named = next((c for c in self.subjects.names.find(text) if c.full), None)
        return blank(text, [stretch(text, _VERB.sub("", named.surface))]) if named else text
