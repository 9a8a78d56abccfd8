"""A progress message → what it reports. Pure; the sender's unit, the day and the chat's last report are arguments.

A message is read clause by clause. Each clause's numbers are tied to targets, its words to a state, a problem or no
change, its subject taken from its own words or from the clause before; what is left becomes a note.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

from knowledge.entities.library import Library
from knowledge.entities.topic_index import Entry
from knowledge.language.normalize import clean
from knowledge.language.quantities.quantity import quantities
from knowledge.language.reminder_request import REMINDS, without_reminders
from knowledge.plan.key import EntryKey, TaskKey
from knowledge.plan.model import Target
from knowledge.reports.clarify import Doubt, choices_for
from knowledge.reports.clauses import MessageClause, clauses
from knowledge.reports.corrections import restatement
from knowledge.reports.days import overall, stated_days
from knowledge.reports.merge import PartialUpdate, settle, subject_of
from knowledge.reports.model import State, Unclear, Understanding, Update, UpdateKind, UpdateOutcome
from knowledge.reports.number_binding import count, doubt_goal
from knowledge.reports.number_candidates import figures_of, in_digits
from knowledge.reports.number_fit import reading_of
from knowledge.reports.reader_state import ReaderState, ReaderStep
from knowledge.reports.speech_acts import (
    ASKED,
    CORRECTION,
    DIFFICULTY,
    FINISHED,
    INTENT,
    NO_CHANGE,
    ORDER,
    PLAN_SAYS,
    PROMISE,
    QUESTION,
    REQUEST,
    STANDS,
    TAG,
    TAKEN_BACK,
    UNSURE,
    WAITING,
)
from knowledge.reports.statements import SPEAKER, asked_of, no_change, note, tell_problem, tell_state
from knowledge.reports.subject_linker import Subjects, blank
from knowledge.reports.table import unrolled
from knowledge.reports.whole_and_part import as_fraction
from knowledge.reports.work_states import NOT_STARTED, state_of

LONGEST = 4096
_HEADING = re.compile("^.{1,20}(?:方面|这块|这边)$")  # 技改方面
_MAY_YOU = re.compile("能否|可否|能不能|是否可以")
_FOUND_THEN = re.compile(
    r"\s+[^,，\d]{1,8}的(?:数字?|数据|情况)?"
)  # 上周五下村摸的: how the figures before it were found


class UpdateReader:
    """Reads progress messages over a set of plans; immutable, safe to share. Slow to build (0.2 s): build once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.subjects = Subjects(library)
        placed = {place: id_ for place, (kind, id_) in library.places.items() if kind == "task"}
        self._ids = placed | {id_: id_ for _, id_ in library.tasks}

    def read(
        self, text: str, *, today: date, unit: str | None = None, last: Callable[[], EntryKey | None] = lambda: None
    ) -> Understanding:
        """Read one message. `unit` (the sender's) only breaks ties; `last` tells what 说错了,是602个 corrects."""
        said, start = text[:LONGEST], ReaderState(self.subjects, self._own(unit))
        if (restated := self._restated(said, today, start, last)) is not None:
            return Understanding(outcome=UpdateOutcome.UNDERSTOOD, updates=(restated,))
        read = self._by_clause(said, start, today, last)
        if any(update.kind is not UpdateKind.NOTE for update in read.updates):
            return read
        return self._ratio(said, start, today, last) or read

    def _by_clause(
        self, text: str, sofar: ReaderState, today: date, last: Callable[[], EntryKey | None]
    ) -> Understanding:
        cut = self._clauses(text, today)
        asks = _questions(cut)
        for before, clause, is_question in zip([None, *cut], cut, asks, strict=False):
            if before is not None and before.line != clause.line:
                sofar = replace(sofar, current=sofar.asked)
                clause = replace(clause, text=SPEAKER.sub("", clause.text)) if sofar.asked else clause
            if before is not None and before.sentence != clause.sentence:
                sofar = replace(sofar, resumed=True, ahead=False)
            sofar = replace(sofar, asked=asked_of(clause.text, sofar) if is_question else None)
            if not (is_question or any(sign.shows(clause.text) for sign in _NO_REPORT)):
                sofar = _taken(clause, sofar, today, lambda: self._entry_of(last()))
        return _concluded(sofar, asked=any(asks))

    def _restated(
        self, said: str, today: date, sofar: ReaderState, last: Callable[[], EntryKey | None]
    ) -> Update | None:
        """不是612是602 of what was reported last, where nothing else is named."""
        told, text = restatement(said), clean(said)
        entry = self._entry_of(last()) if told and not QUESTION.shows(text) else None
        if told is None or entry is None or not isinstance(entry.thing, Target):
            return None
        named = self.subjects.link(blank(text, [(q.start, q.end) for q in quantities(text)]), sofar.context())
        right = reading_of(told.right, entry.thing)
        if right is None or named.one or named.open:
            return None
        day, _ = overall(stated_days(text, today))
        draft = PartialUpdate(entry, UpdateKind.READING, said.strip(), *right, as_of=day)
        return draft.update()

    def _ratio(
        self, said: str, start: ReaderState, today: date, last: Callable[[], EntryKey | None]
    ) -> Understanding | None:
        """全市87所,数字校园搞成了79所 of a rate: the ratio of the two, with both in its note."""
        told = as_fraction(clean(said))
        read = self._by_clause(told, start, today, last) if told else None
        if read is None or len(read.updates) != 1:
            return None
        (update,) = read.updates
        rate = update.kind is UpdateKind.READING and update.target is not None and update.target.unit == "%"
        return replace(read, updates=(replace(update, said=said.strip(), note=said.strip()),)) if rate else None

    def _clauses(self, text: str, today: date) -> list[MessageClause]:
        """The clauses of what is said besides 提醒我…"""
        cut = list(clauses(unrolled(text), self._ids))
        if any(REMINDS.shows(clause.text) for clause in cut):
            cut = list(clauses(unrolled(without_reminders(text, today)), self._ids))
        return [replace(clause, text=self.subjects.respelled(clause.text)) for clause in cut]

    def _own(self, unit: str | None) -> dict[TaskKey, bool]:
        """The tasks of a unit, a town's collectives counted, and whether it stands first in them."""
        kind = self.library.towns.get(unit or "")
        bodies = {unit, *(name for name, held in self.library.collectives.items() if kind and held == (kind, True))}
        return {key: task.units[0] == unit for key, task in self.library.tasks.items() if bodies & {*task.units}}

    def _entry_of(self, subject: EntryKey | None) -> Entry | None:
        if subject is None:
            return None
        alike = (e for e in self.subjects.names.entries if e.name == subject.name)
        return next((e for e in alike if subject_of(e.key) == subject), None)


def _questions(cut: list[MessageClause]) -> list[bool]:
    """Which clauses ask: by their own words, by a tag behind them (…,对吧), or by the ? of their sentence.

    What opens a message is no tag, nor what goes on: 不对,是602个 takes something back.
    """
    ends = [one.sentence != other.sentence for one, other in pairwise(cut)] + [True]
    tags = [bool(n) and ends[n] and TAG.shows(clause.text) for n, clause in enumerate(cut)]
    own = [(QUESTION.shows(c.text) or tag) and not _asks_for_help(c.text) for c, tag in zip(cut, tags, strict=True)]
    plainly = bool(own) and own[-1] and bool(_PLAINLY.search(cut[-1].text))
    if plainly and len({clause.line for clause in cut}) == 1 and len(cut) <= _ASKED:
        return [True] * len(cut)  # 新增25家规上企业,最迟到哪一天: the number only names what is asked about
    asks = list(own)
    for n, clause in enumerate(cut):
        if tags[n] or (clause.asks and not own[n] and not _asks_for_help(clause.text)):
            for earlier in range(n + 1):
                asks[earlier] = asks[earlier] or cut[earlier].line == clause.line
    return asks


_NO_REPORT = (PROMISE, ORDER, PLAN_SAYS)
_ASKED = 3
_PLAINLY = re.compile(rf"{ASKED} | 名单 | 没记错 | 牵头不", re.VERBOSE)


def _asks_for_help(text: str) -> bool:
    return REQUEST.shows(text) and bool(_MAY_YOU.search(text))


def _taken(clause: MessageClause, sofar: ReaderState, today: date, last: Callable[[], Entry | None]) -> ReaderState:
    """What is known when one more clause has been read."""
    if clause.task:
        sofar = sofar.of_task(clause.task)
    if CORRECTION.shows(clause.text) or TAKEN_BACK.shows(clause.text):
        sofar = sofar.correct(clause, last)
    names = sofar.subjects.numbered(clause.text)  # 2027年起降点: the year is the name's, not the report's
    stated = tuple(s for s in stated_days(clause.text, today) if not any(a <= s.start and s.end <= z for a, z in names))
    text = in_digits(blank(clause.text, [(s.start, s.end) for s in stated]))
    if any(one.doubtful for one in stated):
        return sofar.doubt(clause, why=Unclear.DAY).sofar
    if stated:
        day, period = overall(stated)
        sofar = replace(sofar, period=period, as_of=day if day or any(one.runs for one in stated) else sofar.as_of)
        tells = bool(figures_of(text, sofar.subjects)) or state_of(text) is not None
        if not (tells or (sofar.subjects.residue(text) and not _FOUND_THEN.fullmatch(text))):
            return sofar.dated_back(day if not period or _FOUND_THEN.fullmatch(text) else None)
    ahead = next((s.start for s in stated if s.ahead), len(text))
    sofar, placed = _read(clause, sofar.subjects.without_bodies(text), ahead, sofar)
    left = not placed and sofar.subjects.residue(text) and not _HEADING.search(text)
    return sofar.noted(clause.said) if left else sofar


def _read(clause: MessageClause, text: str, ahead: int, sofar: ReaderState) -> ReaderStep:
    """What a clause reports; whether anything. What is still to come (from `ahead`) counts only as not begun."""
    nameless = sofar.without_name(text)
    firm, to_come = _firm(clause.text, nameless, text, ahead, sofar)
    sofar = replace(sofar, ahead=to_come)
    if NO_CHANGE.shows(clause.text):
        return no_change(clause, text, sofar)
    if REQUEST.shows(text):
        return tell_problem(clause, text, sofar)
    waits = WAITING.shows(text)
    hindered = waits or DIFFICULTY.shows(text)
    if firm.strip():
        sofar, placed = count(clause, firm, sofar)
        if placed:
            return ReaderStep(tell_problem(clause, text, sofar).sofar if hindered else sofar, placed=True)
    unbegun = len(firm) < len(text) and NOT_STARTED.shows(nameless)
    state = State.NOT_STARTED if unbegun else None if waits else state_of(nameless[: len(firm)])
    if hindered and state is not State.BLOCKED:
        return tell_problem(clause, text, sofar, state)
    if state is not None:
        return tell_state(clause, text, state, sofar)
    sofar, placed = doubt_goal(clause, firm, sofar)
    return ReaderStep(sofar, placed) if placed else note(clause, text, sofar, tells=len(firm) < len(text))


def _firm(said: str, nameless: str, text: str, ahead: int, sofar: ReaderState) -> tuple[str, bool]:
    """The beginning of a clause that tells what is: no plan, no guess, no condition, nor what follows from one.

    With it whether the sentence now speaks of what is to come.
    """
    if UNSURE.shows(nameless) or (sofar.ahead and not STANDS.shows(said)):
        return "", True
    intent = INTENT.find(nameless)
    end = min(ahead, intent.start()) if intent else ahead
    firm, rest = text[:end], text[end:]
    numbered = any(quantities(text[intent.end() :] if intent else rest))
    to_come = bool(intent) and not numbered
    if rest and FINISHED.shows(rest) and not FINISHED.shows(firm) and not numbered:
        return "", to_come  # 5G基站700个有望年底建成
    return firm, to_come


def _with_loose(sofar: ReaderState) -> tuple[PartialUpdate, ...]:
    """The reports, the first one with what was said before it."""
    if not sofar.drafts:
        return ()
    first, *others = sofar.drafts
    return replace(first, notes=(*sofar.loose, *first.notes)), *others


def _concluded(sofar: ReaderState, *, asked: bool) -> Understanding:
    """What the whole message comes to. Beside questions only sure reports count; beside reports only strong doubts."""
    updates = settle(_with_loose(sofar))
    sure = tuple(u for u in updates if u.kind is not UpdateKind.NOTE)
    doubts = [d for d in sofar.doubts if d.strong or not (sure or asked)]
    if not (sure or doubts or asked) and sofar.correcting and TAKEN_BACK.shows(sofar.correcting.text):
        doubts = [Doubt(Unclear.WHICH, sofar.correcting, (), None)]
    doubts.sort(key=lambda d: d.unclear is not Unclear.DAY)
    if doubts:
        of_a_day = doubts[0].unclear is Unclear.DAY  # what is said of the wrong day is said again with the right one
        return Understanding(
            outcome=UpdateOutcome.CLARIFY,
            updates=() if of_a_day else sure,
            choices=choices_for(doubts[0], sofar.subjects, sofar.own),
            unclear=doubts[0].unclear,
            wants=doubts[0].wants,
            said=doubts[0].clause.said,
        )
    if not updates or (asked and not sure):
        return Understanding(outcome=UpdateOutcome.NOT_UPDATE)
    return Understanding(outcome=UpdateOutcome.UNDERSTOOD, updates=updates)
