"""A progress message → what it reports. Pure; the sender's unit, the day and the chat's last report are arguments.

A message is read clause by clause. Each clause's numbers are tied to targets, its words to a state, a problem or no
change, its subject taken from its own words or from the clause before; what is left becomes a note.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from knowledge.library import Library
from knowledge.model import Target
from knowledge.topics import Entry, Topic
from knowledge.updates.asking import Doubt, choices_for
from knowledge.updates.clauses import Clause, clauses
from knowledge.updates.days import overall, stated_days
from knowledge.updates.drafts import Draft, settle, subject_of
from knowledge.updates.figures import Figure, figures_of, in_digits
from knowledge.updates.measuring import accepts, measured
from knowledge.updates.naming import Candidate, stretch
from knowledge.updates.signs import (
    CORRECTION,
    DIFFICULTY,
    INTENT,
    NO_CHANGE,
    OFFICIAL,
    QUESTION,
    REPORTING,
    REQUEST,
    TAG,
)
from knowledge.updates.states import NOT_STARTED, state_of
from knowledge.updates.subjects import Context, Link, Subjects, is_work
from knowledge.updates.values import (
    Outcome,
    State,
    Subject,
    Unclear,
    Understanding,
    UpdateKind,
)

LONGEST = 4096
_HEADING = re.compile(r"[:：]\s*$")
_PART_OF = re.compile(r"^(?:其中|包括|含|分别是)")
_APIECE = re.compile(r"分别")
_JOINED = re.compile(r"[、和与]|以及|(?<!普)及")
_DIGITS = re.compile(r"[\d.%]")


class UpdateReader:
    """Reads progress messages over a set of plans; immutable, safe to share. Slow to build (0.2 s): build once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.subjects = Subjects(library)
        self._ids = frozenset(id_ for _, id_ in library.tasks)

    def read(self, text: str, *, today: date, unit: str | None = None, last: Subject | None = None) -> Understanding:
        """Read one message. `unit` (the sender's) only breaks ties; `last` is what 说错了,是602个 corrects."""
        run = _Run(self, today, frozenset(self.library.tasks_of.get(unit or "", ())), self._entry_of(last))
        cut = list(clauses(text[:LONGEST], self._ids))
        asks = _questions(cut)
        for clause, is_question in zip(cut, asks, strict=True):
            if is_question:
                run.asked = True
            else:
                run.take(clause)
        return run.understanding()

    def _entry_of(self, subject: Subject | None) -> Entry | None:
        if subject is None:
            return None
        owner = (subject.plan, subject.task)
        alike = (e for e in self.subjects.names.entries if e.owner == owner and e.name == subject.name)
        return next((e for e in alike if subject_of(e) == subject), None)


def _questions(cut: list[Clause]) -> list[bool]:
    """Which clauses ask: by their own words, by a tag behind them (…,对吧), or by the ? of their sentence."""
    own = [(QUESTION.shows(c.text) or TAG.shows(c.text)) and not _asks_help(c.text) for c in cut]
    asks = list(own)
    for n, clause in enumerate(cut):
        if TAG.shows(clause.text) or (clause.asks and not own[n] and not _asks_help(clause.text)):
            asks[: n + 1] = [True if c.line == clause.line else a for c, a in zip(cut, asks[: n + 1], strict=False)]
    return asks


def _asks_help(text: str) -> bool:
    return REQUEST.shows(text) and bool(re.search("能否|可否|能不能|是否可以", text))


@dataclass
class _Run:
    """The reading of one message as far as it has come."""

    reader: UpdateReader
    today: date
    own: frozenset[tuple[str, str]]
    last: Entry | None
    drafts: list[Draft] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    """What was said before anything was understood."""
    current: Entry | None = None
    line: int = 0
    tasks: frozenset[tuple[str, str]] = frozenset()
    as_of: date | None = None
    period: bool = False
    asked: bool = False
    correcting: bool = False

    # ---- one clause ---------------------------------------------------------------------------------------------

    def take(self, clause: Clause) -> None:
        if clause.line != self.line:
            self.line = clause.line
            self.current = None
        if clause.task:
            self._enter_task(clause.task)
        if CORRECTION.shows(clause.text):
            self.correcting = True
            self.current = self.current or self.last
        stated = stated_days(clause.text, self.today)
        text = in_digits(_blank(clause.text, [(s.start, s.end) for s in stated]))
        if stated:
            day, period = overall(stated)
            self.as_of, self.period = day or self.as_of, period
        text = self.reader.subjects.without_bodies(text)
        if not self.reader.subjects.residue(text) and not figures_of(text, self.reader.subjects) and stated:
            return
        if not self._read(clause, text):
            self._leave(clause.said)

    def _read(self, clause: Clause, text: str) -> bool:
        intent = INTENT.find(text)
        firm = text[: intent.start()] if intent else text
        if NO_CHANGE.shows(clause.text):
            return self._no_change(clause, clause.text)
        if REQUEST.shows(text):
            return self._problem(clause, text)
        counted = bool(firm.strip()) and self._figures(clause, firm)
        state = state_of(firm, self._name_free(firm))
        if intent and NOT_STARTED.shows(text):
            state = State.NOT_STARTED
        if counted:
            if DIFFICULTY.shows(text):
                self._problem(clause, text)
            return True
        if state is not None and (state is State.BLOCKED or not DIFFICULTY.shows(text)):
            return self._state(clause, text, state)
        if DIFFICULTY.shows(text):
            return self._problem(clause, text, state)
        return self._note(clause, text)

    def _enter_task(self, id_: str) -> None:
        library = self.reader.library
        self.tasks = frozenset(key for key in library.tasks if key[1] == id_)
        self.current = next(
            (e for e in self.reader.subjects.names.entries if e.kind is Topic.TASK and e.owner in self.tasks), None
        )

    def _context(self) -> Context:
        return Context(self.current, self.tasks, self.own)

    def _name_free(self, text: str) -> str:
        """The clause without the name of the subject that it fully names."""
        named = next((c for c in self.reader.subjects.names.find(text) if c.full), None)
        return _blank(text, [stretch(text, named.surface)]) if named else text

    # ---- numbers --------------------------------------------------------------------------------------------------

    def _figures(self, clause: Clause, text: str) -> bool:
        """Tie each number of a clause to a target; whether any was."""
        figures = figures_of(text, self.reader.subjects)
        if not figures:
            return False
        if _APIECE.search(text) and len(figures) > 1:
            figures = _apiece(figures)
        backwards = self._names_follow(figures)
        found = False
        for figure in figures:
            words = figure.after if backwards else figure.before
            found = self._figure(clause, text, figure, words, backwards=backwards) or found
        return found

    def _names_follow(self, figures: tuple[Figure, ...]) -> bool:
        """Whether the subject stands behind its number, as in 新增30家高新技术企业."""
        first = figures[0]
        before = self._target_in(first, first.before)
        if before.one or (before.open and not self._target_in(first, first.after).one):
            return False
        after = self._target_in(first, first.after)
        return bool(after.one or after.open)

    def _target_in(self, figure: Figure, words: str) -> Link:
        return self.reader.subjects.link(words, self._context(), fits=lambda e: accepts(e, figure, words), rivals=0.8)

    def _figure(self, clause: Clause, text: str, figure: Figure, words: str, *, backwards: bool) -> bool:
        subjects = self.reader.subjects
        link = self._target_in(figure, words)
        if link.one is not None:
            entry = link.one.entry
            part = _PART_OF.match(text) and (entry == self.current or not link.one.full)
            if part or self._strays(words, link.one, backwards=backwards):
                return False
        elif _PART_OF.match(text):
            return False
        elif link.open:
            return self._doubt(clause, figure, tuple(c.entry for c in link.open))
        elif (whole := self._whole(figure, words)) is not None:
            entry = whole
        elif self.current is not None and not subjects.residue(words + ("" if backwards else _tail(figure.after))):
            if not accepts(self.current, figure, text) or self._has_reading(self.current):
                return self._unplaced(clause, figure, text)
            entry = self.current
        else:
            return self._unplaced(clause, figure, text)
        self.current = entry
        if figure.quantity.is_range:
            self.doubts.append(Doubt(Unclear.RANGE, clause, (entry,), figure))
            return True
        read = measured(entry, figure, text, period=self.period)
        if read is None:
            return False
        kind, value, unit = read
        self.drafts.append(
            Draft(entry, kind, clause.said, value, unit, as_of=self.as_of, approx=figure.quantity.approx)
        )
        return True

    def _whole(self, figure: Figure, words: str) -> Entry | None:
        """A project, action or task of which a share is done (祥云北扩完成工程量的65%)."""
        link = self.reader.subjects.link(words, self._context(), fits=lambda e: not isinstance(e.thing, Target))
        if link.one is None or not accepts(link.one.entry, figure, words):
            return None
        return link.one.entry

    def _strays(self, words: str, named: Candidate, *, backwards: bool) -> bool:
        """Whether so much stands between a name and its number that the number counts something else."""
        between = words[: named.places[0]] if backwards else words[named.places[-1] + 1 :]
        return len(_DIGITS.sub("", self.reader.subjects.residue(between))) > _GAP

    def _has_reading(self, entry: Entry) -> bool:
        return any(d.entry == entry and d.kind is UpdateKind.READING for d in self.drafts) and not self.correcting

    def _unplaced(self, clause: Clause, figure: Figure, text: str) -> bool:
        """A number of no target: asked back only if it surely reports something and stands alone."""
        around = self.reader.subjects.residue(text[: figure.quantity.start] + _tail(figure.after))
        alone = not text.replace(figure.quantity.said, "").strip()
        if not around and (REPORTING.shows(text) or self.correcting or alone):
            self.doubts.append(Doubt(Unclear.WHICH, clause, (), figure))
        return False

    def _doubt(self, clause: Clause, figure: Figure | None, open_: tuple[Entry, ...]) -> bool:
        self.doubts.append(Doubt(Unclear.WHICH, clause, open_, figure))
        return True

    # ---- words ----------------------------------------------------------------------------------------------------

    def _linked(self, text: str, *, work: bool = False) -> Link:
        """The subject of a clause's words; a name in part does not displace the one that is spoken of."""
        numbers = [(f.quantity.start, f.quantity.end) for f in figures_of(text, self.reader.subjects)]
        link = self.reader.subjects.link(
            _blank(text, numbers), self._context(), fits=is_work if work else lambda _: True
        )
        if link.one and not link.one.full and (link.one.own < _HALF or self.current is not None):
            return Link()
        return link

    def _no_change(self, clause: Clause, text: str) -> bool:
        link = self._linked(_cut(NO_CHANGE.pattern, text))
        return self._say(clause, link, UpdateKind.NO_CHANGE, text)

    def _state(self, clause: Clause, text: str, state: State) -> bool:
        several = self._joined(self._without_state(text))
        if several:
            self.drafts += [Draft(e, UpdateKind.STATE, clause.said, state=state, as_of=self.as_of) for e in several]
            return True
        link = self._linked(self._without_state(text), work=True)
        link = self._generic(link, text)
        return self._say(clause, link, UpdateKind.STATE, text, state)

    def _joined(self, text: str) -> list[Entry]:
        """Several works that share one state (五洲特纸、信义光伏玻璃均已投产); none unless each is named in full."""
        links = [self._linked(part, work=True).one for part in _JOINED.split(text)]
        entries = list(dict.fromkeys(link.entry for link in links if link and link.full))
        return entries if 1 < len(entries) == len(links) else []

    def _without_state(self, text: str) -> str:
        return _STATE_WORDS.sub(lambda m: " " * len(m[0]), text)

    def _generic(self, link: Link, text: str) -> Link:
        """码头开工了 names an action in full, but it is one of several quays that was begun."""
        one = link.one
        if one is None or one.entry.kind not in {Topic.ACTION, Topic.TASK} or len(one.surface) > 3:
            return link
        named = [
            c
            for c in self.reader.subjects.names.find(self._without_state(text))
            if c.entry.kind is Topic.NAMED and is_work(c.entry) and c.covered >= one.covered * 0.95
        ]
        return Link(open=tuple(named)) if len(named) > 1 else link

    def _problem(self, clause: Clause, text: str, state: State | None = None) -> bool:
        asked = REQUEST.find(text) or DIFFICULTY.find(text)
        before = self._linked(text[: asked.start()]) if asked else Link()
        link = before if before.one else self._linked(text)
        return self._say(clause, link, UpdateKind.PROBLEM, text, state)

    def _say(self, clause: Clause, link: Link, kind: UpdateKind, text: str, state: State | None = None) -> bool:
        entry = link.one.entry if link.one else None
        if entry is None and link.open and kind is UpdateKind.PROBLEM:
            entry = self._task_of(link)
        if entry is None and (not link.open or not any(c.full for c in link.open)):
            entry = self.current
        if entry is None:
            if link.open or not self.reader.subjects.residue(_SIGN_WORDS.sub("", self._without_state(text))):
                self.doubts.append(Doubt(Unclear.WHICH, clause, tuple(c.entry for c in link.open), None))
            elif kind is UpdateKind.PROBLEM:
                self.doubts.append(Doubt(Unclear.WHICH, clause, (), None))
            return False
        self.current = entry
        self.drafts.append(Draft(entry, kind, clause.said, state=state, as_of=self.as_of))
        return True

    def _task_of(self, link: Link) -> Entry | None:
        """The task that level subjects share."""
        owners = {c.entry.owner for c in link.open}
        if len(owners) > 1:
            return None
        entries = self.reader.subjects.names.entries
        return next((e for e in entries if e.kind is Topic.TASK and e.owner in owners), None)

    def _note(self, clause: Clause, text: str) -> bool:
        link = self._linked(text)
        entry = link.one.entry if link.one else self._task_of(link) if link.open else None
        if entry is None:
            return False
        self.current = entry
        tells = OFFICIAL.shows(self._name_free(text)) or INTENT.shows(text) or figures_of(text, self.reader.subjects)
        if tells:
            sure = link.one is not None and link.one.full and len(link.one.surface) > 2
            self.drafts.append(Draft(entry, UpdateKind.NOTE, clause.said, as_of=self.as_of, sure=sure))
            return True
        return False

    def _leave(self, said: str) -> None:
        if self.drafts:
            self.drafts[-1].notes.append(said)
        else:
            self.loose.append(said)

    # ---- the end ----------------------------------------------------------------------------------------------------

    def understanding(self) -> Understanding:
        if self.drafts:
            self.drafts[0].notes[:0] = self.loose
        updates = settle(self.drafts)
        sure = [u for u in updates if u.kind is not UpdateKind.NOTE]
        doubts = [d for d in self.doubts if d.strong] if sure else self.doubts
        if doubts and not (self.asked and not sure and not any(d.strong for d in doubts)):
            first = doubts[0]
            return Understanding(
                outcome=Outcome.CLARIFY,
                updates=tuple(sure),
                choices=choices_for(first, self.reader.subjects, self.own),
                unclear=first.unclear,
                said=first.clause.said,
            )
        if not updates or (self.asked and not sure):
            return Understanding(outcome=Outcome.NOT_UPDATE)
        return Understanding(outcome=Outcome.UNDERSTOOD, updates=updates)


_HALF = 0.5
_GAP = 4  # 村庄规划编制通过评审88个 still counts plans; 美丽乡村示范村建设现场会参会单位30个 does not
_STATE_WORDS = re.compile(
    r"已经|已|还没有?|尚未|仍未|没有|没|未|正式|建成|竣工|完工|投产|投用|投入使用|投入运营|通车|通航|开通|启用|建好|落成|开工建设|开工|动工|启动|停工|停建|复工|暂停建设|暂停|完成|正在|抓紧|施工|恢复|有序推进|"
    r"稳步推进|推进|进展顺利|顺利|建设中|实施中|了|即将|准备"
)
_SIGN_WORDS = re.compile(
    r"本期|暂?无(?:新)?(?:的)?(?:变化|进展)|没有(?:什么)?(?:新)?(?:的)?(?:变化|进展)|没变|同上期|数据|没|无"
)


def _blank(text: str, spans: Iterator[tuple[int, int]] | list[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def _cut(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: " " * len(m[0]), text)


def _tail(after: str) -> str:
    """What follows a number directly: the noun that it counts."""
    return _DIGITS.sub("", re.split(r"[,:()]", after)[0])


def _apiece(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """甲、乙分别达到x、y: the names stand first, each figure gets its own."""
    names = [part for part in _JOINED.split(figures[0].before.split("分别")[0]) if part]
    if len(names) != len(figures):
        return figures
    verb = figures[0].before.partition("分别")[2]
    return tuple(Figure(f.quantity, name + verb, "") for f, name in zip(figures, names, strict=True))
