"""The reports found so far in a message, one a subject, and what becomes of them when all has been read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from knowledge.entities.topic_index import Entry
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Target
from knowledge.reports.model import REPORTED, State, Update, UpdateKind
from knowledge.reports.speech_acts import AGAIN, WAITING


@dataclass(frozen=True, slots=True)
class PartialUpdate:
    """One report being read; `notes` gathers what else is said with it."""

    entry: Entry
    kind: UpdateKind
    said: str
    value: Decimal | None = None
    unit: str | None = None
    state: State | None = None
    as_of: date | None = None
    approx: bool = False
    sure: bool = True
    """Whether its subject was named outright; a note of one that was not belongs to a surer one."""
    bare: bool = False
    """Whether its number merely stood beside the name (重点项目15个), so that it may be the goal."""
    notes: tuple[str, ...] = ()

    def update(self) -> Update:
        target = self.entry.thing if isinstance(self.entry.thing, Target) else None
        return Update(
            subject=subject_of(self.entry.key),
            target=target,
            kind=self.kind,
            value=self.value,
            unit=self.unit,
            state=self.state,
            as_of=self.as_of,
            approx=self.approx,
            said=self.said,
            note=",".join(dict.fromkeys(self.notes)),
        )


def subject_of(key: EntryKey) -> EntryKey:
    """What a report of an entry is about: companies, products and places stand for the task's action."""
    return key if key.kind in REPORTED else replace(key, kind=EntryKind.ACTION)


# What a report of the same subject gives way to: 新增30个,累计620个 is the reading; 进展顺利,建成620个 too.
_RANK = {
    UpdateKind.READING: 0,
    UpdateKind.INCREMENT: 1,
    UpdateKind.PERCENT: 2,
    UpdateKind.STATE: 3,
    UpdateKind.NO_CHANGE: 4,
    UpdateKind.PROBLEM: 5,
    UpdateKind.NOTE: 6,
}


_WHOLE = 100


def settle(drafts: Iterable[PartialUpdate]) -> tuple[Update, ...]:
    """One update a subject, besides a problem where there is one; notes of their own only where nothing else is."""
    settled: list[PartialUpdate] = []
    for draft in drafts:
        held = next((d for d in settled if _same(d, draft)), None)
        if held is None:
            settled.append(draft)
        else:
            settled[settled.index(held)] = _merged(held, draft)
    settled = _folded(settled)
    reports = [d for d in settled if d.kind is not UpdateKind.NOTE] or _notes(settled)
    return tuple(d.update() for d in _with_notes(reports, settled))


def _notes(drafts: Sequence[PartialUpdate]) -> list[PartialUpdate]:
    """Notes, one a task; of those that name none outright the first at most."""
    kept = [d for d in drafts if d.sure] or drafts[:1]
    return list({d.entry.owner: d for d in reversed(kept)}.values())[::-1]


def _with_notes(reports: Sequence[PartialUpdate], settled: Iterable[PartialUpdate]) -> Iterable[PartialUpdate]:
    """The reports with the notes beside them: each is said with a report of its task, else with the last one."""
    notes: dict[int, list[str]] = defaultdict(list)
    for note in settled:
        if note.kind is UpdateKind.NOTE and not any(note is report for report in reports):
            of_its_task = (n for n, report in enumerate(reports) if report.entry.owner == note.entry.owner)
            notes[next(of_its_task, len(reports) - 1)].append(note.said)
    return (replace(report, notes=(*report.notes, *notes[n])) for n, report in enumerate(reports))


def _same(one: PartialUpdate, other: PartialUpdate) -> bool:
    """Whether two drafts tell of one subject; a problem stands apart from a number."""
    alike = one.entry == other.entry or _is_its_action(one.entry, other.entry) or _is_its_action(other.entry, one.entry)
    return alike and (one.kind is UpdateKind.PROBLEM) == (other.kind is UpdateKind.PROBLEM)


def _is_its_action(action: Entry, work: Entry) -> bool:
    """建设武穴市政务大数据中心 is the action of which 武穴市政务大数据中心 is the work."""
    kinds = action.kind is EntryKind.ACTION and work.kind in {EntryKind.PROJECT, EntryKind.NAMED}
    return kinds and action.owner == work.owner and work.name in action.name


def _merged(held: PartialUpdate, new: PartialUpdate) -> PartialUpdate:
    """The stronger kind stays; of two alike the later said, unless its day is earlier."""
    if held.kind is new.kind is UpdateKind.INCREMENT and AGAIN.shows(new.said) and held.value and new.value:
        return replace(new, value=held.value + new.value, notes=(*held.notes, held.said, *new.notes))
    older = bool(held.as_of and new.as_of and new.as_of < held.as_of)
    win, lose = (new, held) if _RANK[new.kind] < _RANK[held.kind] else (held, new)
    if (_RANK[new.kind] == _RANK[held.kind] and not older) or _says_the_goal(win, lose):
        win, lose = lose, win
    if held.kind is UpdateKind.PROBLEM and new.kind is UpdateKind.PROBLEM:
        win, lose = replace(held, state=held.state or new.state), new
    entry = lose.entry if _is_its_action(win.entry, lose.entry) else win.entry
    notes = (*held.notes, *new.notes, lose.said)
    return replace(win, entry=entry, notes=tuple(one for one in notes if one != win.said))


def _says_the_goal(reading: PartialUpdate, share: PartialUpdate) -> bool:
    """100个村庄规划完成了九成一; 技改项目20个,已开工12个: the number is how many there are to be. 400万人次 of what is
    to double says less than the share that is told with it."""
    target = reading.entry.thing
    if isinstance(target, Target) and share.kind is UpdateKind.PERCENT and reading.unit not in {target.unit, "%"}:
        return reading.kind is UpdateKind.READING
    if reading.bare and share.state is State.IN_PROGRESS:
        return isinstance(target, Target) and reading.value == target.value
    if reading.kind is not UpdateKind.READING or share.kind is not UpdateKind.PERCENT or share.value is None:
        return False
    return isinstance(target, Target) and reading.value == target.value and share.value < _WHOLE


def _folded(drafts: Sequence[PartialUpdate]) -> list[PartialUpdate]:
    """A state said with a problem of the same subject goes into the problem; a task's own note does too.

    What only says why work has stopped goes with the stop: 停工了,在等设备 asks for nothing.
    """
    stopped = {d.entry for d in drafts if d.kind is UpdateKind.STATE and d.state is State.BLOCKED}
    drafts = [replace(d, kind=UpdateKind.NOTE) if d.entry in stopped and _waits(d) else d for d in drafts]
    hindered = {d.entry for d in drafts if d.kind is UpdateKind.PROBLEM}
    beside: dict[Entry, list[PartialUpdate]] = defaultdict(list)
    for draft in drafts:
        if draft.kind in _SAID_WITH_A_PROBLEM and draft.entry in hindered:
            beside[draft.entry].append(draft)
    kept = (d for d in drafts if d.kind not in _SAID_WITH_A_PROBLEM or d.entry not in hindered)
    return [_with_all(d, beside[d.entry]) if d.kind is UpdateKind.PROBLEM else d for d in kept]


def _waits(draft: PartialUpdate) -> bool:
    return draft.kind is UpdateKind.PROBLEM and not draft.notes and WAITING.shows(draft.said)


_SAID_WITH_A_PROBLEM = {UpdateKind.STATE, UpdateKind.NOTE, UpdateKind.NO_CHANGE}


def _with_all(problem: PartialUpdate, others: Sequence[PartialUpdate]) -> PartialUpdate:
    state = next((one.state for one in (problem, *others) if one.state), None)
    return replace(problem, state=state, notes=(*problem.notes, *(one.said for one in others)))
