"""Query → Answer over the plans: sets of tasks, never a search. What the texts need besides is in `detail`."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.entities.library import Library
from knowledge.language.measures import written_in
from knowledge.language.normalize import clean
from knowledge.language.quantities.units import in_base
from knowledge.plan.key import UNCOUNTED, EntryKind, TaskKey
from knowledge.plan.model import Fact, Period, Target
from knowledge.questions.answer import About, Answer, Content, Outcome, Row
from knowledge.questions.answering.comparison import compares, same_figure
from knowledge.questions.answering.members import lead_of, plays, satisfies, units_of
from knowledge.questions.answering.phrase_answers import OF_TEXT, TARGETS_OF_TEXT, answer_phrases, with_places
from knowledge.questions.answering.selection import Selection
from knowledge.questions.answering.set_answers import answer_set
from knowledge.questions.answering.thing_answers import answer_things
from knowledge.questions.query import Query, Term, UnitRole, Want
from knowledge.questions.understand.unit_terms import in_role


def answer_query(query: Query, library: Library, *, question: str, today: date) -> Answer:
    """Answer one query; never declines what it can say truly (an empty list is an answer)."""
    if query.want is Want.THINGS:
        return answer_things(query, library, question=question)
    if query.phrases and query.want in OF_TEXT:
        return answer_phrases(query, library, question=question)
    if query.members is not None or query.claim is not None:
        return answer_set(query, library, question=question)
    answer = _Answering(query, library, question, today).answer()
    return with_places(answer, library) if query.want in TARGETS_OF_TEXT else answer


def understood(query: Query, library: Library, *, question: str) -> Answer:
    """An answer that says only what the question names."""
    return _Answering(query, library, question, date.min)._made(Content())


class _Answering(Selection):
    """One query being answered."""

    def __init__(self, query: Query, library: Library, question: str, today: date) -> None:
        super().__init__(query, library)
        self.question, self.today = question, today

    def answer(self) -> Answer:
        by_want = {
            Want.TASKS: self.tasks,
            Want.UNITS: self.units,
            Want.TARGETS: self.targets,
            Want.DEADLINE: self.targets,
            Want.DAYS: self.days,
            Want.COUNT_TASKS: self.count_tasks,
            Want.COUNT_UNITS: self.count_units,
            Want.COUNT_TARGETS: self.count_targets,
            Want.COUNT_SECTIONS: self.count_sections,
            Want.HOLDS: self.holds,
            Want.FIGURE: self.figure,
            Want.SAYS: self.says,
            Want.COMPARE: self.compare,
            Want.CARD: self.targets,
        }
        reader = by_want.get(self.query.want)
        return reader() if reader else self._made(Content())

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _made(self, content: Content, **detail: Any) -> Answer:
        tasks = tuple(id_ for id_ in self._named_ids() if id_ not in self._clause_ids())
        return Answer(
            question=self.question,
            outcome=Outcome.ANSWERED,
            query=self.query,
            about=About(self.query.units, tasks, self._clause_ids()),
            content=content,
            detail=detail,
        )

    def id_of(self, key: TaskKey) -> str:
        return "/".join(key) if self.library.mixed else key.id

    def _ids(self, keys: Iterable[TaskKey]) -> tuple[str, ...]:
        return tuple(self.id_of(key) for key in keys)

    def _named_ids(self) -> tuple[str, ...]:
        return self._ids(self.topic_tasks())

    def _clause_ids(self) -> tuple[str, ...]:
        return self._ids(key for key in self.topic_owners() if key in self.library.clauses)

    def _rows(self, keys: Iterable[TaskKey]) -> tuple[Row, ...]:
        rows = []
        units = self.query.units
        for key in keys:
            task = self.library.tasks[key]
            leads = any(unit in lead_of(task) for unit in units)
            rows.append(Row(task, UnitRole.LEAD if leads else UnitRole.ASSIST))
        return tuple(rows)

    # -- tasks -----------------------------------------------------------------------------------------------------

    def tasks(self) -> Answer:
        keys = self.selected()
        if not keys and self._clause_ids() and not self.query.terms:
            return self.says()
        if not keys and self.is_named() and self.query.terms:
            return self.holds()  # 住建局牵头教育强市,… : it has no part in it, which must be said first
        return self._made(Content(tasks=self._ids(keys)), rows=self._rows(keys), mentions=self.uncertain())

    def count_tasks(self) -> Answer:
        keys = self.selected()
        return self._made(Content(tasks=self._ids(keys), count=len(keys)), rows=self._rows(keys))

    def says(self) -> Answer:
        keys = self.selected() if self.has_topic() else ()
        clauses = self._clause_ids()
        facts = tuple(e.thing for e in self.entries if isinstance(e.thing, Fact))
        if not keys and not clauses:
            return self._made(Content(), facts=facts, plans=self.library.plans)
        content = Content(tasks=self._ids(keys) if keys else None, clauses=clauses or None)
        things = tuple(self.library.clauses[k] for k in self.topic_owners() if k in self.library.clauses)
        return self._made(content, rows=self._rows(keys), facts=facts, clauses=things, entries=self.entries)

    # -- units -----------------------------------------------------------------------------------------------------

    def _units_of(self, keys: Iterable[TaskKey], role: UnitRole) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for key in keys:
            task = self.library.tasks[key]
            found.update(dict.fromkeys(units_of(task, role)))
        excluded = {unit for term in self.query.terms if term.negated for unit in term.units}
        return tuple(unit for unit in found if unit not in excluded)

    def units(self) -> Answer:
        if self._clause_ids() and not self.topic_tasks():
            return self.says()
        if self.entries and (not self.has_topic() or all(isinstance(e.thing, Fact) for e in self.entries)):
            return self.says()  # 谁牵头组织实施: the plan says it in words
        topics = self.topic_tasks()
        positive = any(not term.negated for term in self.query.terms)
        keys = topics if topics and not positive else self.selected()
        units = self._units_of(keys, self.query.role)
        return self._made(Content(units=units), tasks=tuple(self.library.tasks[k] for k in keys), entries=self.entries)

    def count_units(self) -> Answer:
        keys = self.topic_tasks() if self.has_topic() else self.selected()
        units = self._units_of(keys, self.query.role)
        return self._made(
            Content(units=units, count=len(units)),
            tasks=tuple(self.library.tasks[k] for k in keys),
            entries=self.entries,
        )

    def count_sections(self) -> Answer:
        sections = tuple(self.library.sections.values())
        return self._made(Content(count=len(sections)), sections=sections)

    # -- targets ---------------------------------------------------------------------------------------------------

    def _wanted_targets(self) -> tuple[tuple[str, Target], ...]:
        own = tuple((e.owner.plan, e.thing) for e in self.entries if isinstance(e.thing, Target))
        if own:
            # 模型券、算力券最高补助各多少: the one is called by its task, and means that task's
            tasks = {entry.owner for entry in self.entries if entry.kind is EntryKind.TASK}
            return own + tuple(t for t in self.library.targets if (t[0], t[1].task) in tasks and t not in own)
        if self.entries and all(e.kind in UNCOUNTED | {EntryKind.FACT} for e in self.entries):
            return ()
        if self.query.uncounted:
            return ()
        owners = set(self.topic_owners())
        tasks = set(self.selected()) if self.query.terms else owners
        if not self.has_topic() and not self.query.terms:
            return tuple(t for t in self.library.targets if self._fits(t[1]))
        return tuple(t for t in self.library.targets if (t[0], t[1].task) in tasks and self._fits(t[1]))

    def _fits(self, target: Target) -> bool:
        query = self.query
        if query.period and target.period is not query.period:
            return False
        if query.by and (target.deadline is None or target.deadline.year != query.by.year):
            return False
        if query.measured_in and not written_in(target.unit, query.measured_in):
            return False
        if query.due and not (target.deadline and query.due.first <= target.deadline <= query.due.last):
            return False
        if query.dated is not None and (target.deadline is not None) != query.dated:
            return False
        if not self.is_named_so(target):
            return False
        return query.figure is None or compares(target, query.figure)

    def due_soon(self) -> Answer:
        """The next first, of one day the asker's own unit's; where there are none, what is due next."""
        wanted = [one for one in self._wanted_targets() if self._fits(one[1])]
        own = {
            key
            for key, task in self.library.tasks.items()
            if self.query.first and plays(self.query.first, task, UnitRole.ANY, self.library)
        }
        ranked = sorted(wanted, key=lambda one: ((one[0], one[1].task) not in own, one[1].deadline or date.max))
        ahead = [t.deadline for _, t in self.library.targets if t.deadline and t.deadline >= self.today]
        return self._made(
            Content(targets=tuple(t for _, t in ranked)),
            today=self.today,
            mine=sum((plan, t.task) in own for plan, t in ranked),
            next=min(ahead, default=None),
            entries=self.entries,
        )

    def targets(self) -> Answer:
        if self.query.due:
            return self.due_soon()
        targets = tuple(t for _, t in self._wanted_targets() if self._fits(t))
        if self.query.extreme:
            targets = _largest(targets, smallest=self.query.fewest)
        if not targets and self.query.terms and self.is_named() and not self.selected():
            return self.holds()
        if not targets and self.entries and not self.topic_tasks():
            return self.says()
        owners = self.topic_owners()
        tasks = self._ids(k for k in owners if k in self.library.tasks) if owners and not targets else None
        return self._made(
            Content(targets=targets, tasks=tasks),
            tasks=tuple(self.library.tasks[k] for k in owners if k in self.library.tasks),
            entries=self.entries,
        )

    def count_targets(self) -> Answer:
        targets = tuple(t for _, t in self._wanted_targets())
        return self._made(Content(targets=targets, count=len(targets)))

    def days(self) -> Answer:
        days = self._days()
        if self.query.due is None:
            return days
        soon = self.due_soon()  # 快到期的还有几天
        return replace(soon, content=replace(soon.content, count=days.content.count))

    def _days(self) -> Answer:
        targets = tuple(t for _, t in self._wanted_targets())
        dated = {t.deadline for t in targets if t.deadline}
        count = (next(iter(dated)) - self.today).days if len(dated) == 1 else None
        tasks = None if targets else self._named_ids() or None
        return self._made(
            Content(targets=targets, count=count, tasks=tasks),
            tasks=tuple(self.library.tasks[k] for k in self.topic_tasks()),
            entries=self.entries,
        )

    # -- yes and no ------------------------------------------------------------------------------------------------

    def holds(self) -> Answer:
        if self.query.topic and self.query.ids and not self.query.terms:
            return self._stands_there()
        if self._clause_ids() and not self.topic_tasks():
            return self._is_said()
        keys = self.topic_tasks() if self.has_topic() else self.selected()
        tasks = tuple(self.library.tasks[k] for k in keys)
        role = self.query.role
        terms = in_role(self.query.terms, role)
        true = bool(keys) and any(all(satisfies(t, term, self.library) for term in terms) for t in tasks)
        if not true and self.query.role is not UnitRole.LEAD and (open_ := set(self.uncertain()) & set(tasks)):
            # 相关镇, 沿江镇 may or may not be this one: neither yes nor no
            return self._made(Content(), tasks=tuple(t for t in tasks if t in open_), entries=self.entries)
        if true:
            keys = tuple(k for k in keys if all(satisfies(self.library.tasks[k], term, self.library) for term in terms))
            tasks = tuple(self.library.tasks[k] for k in keys)
        return self._made(Content(holds=true, tasks=self._ids(keys)), tasks=tasks, entries=self.entries, role=role)

    def _is_said(self) -> Answer:
        """Whether a clause's own words name the units: 领导小组办公室在发改局吗."""
        said = self.says()
        facts = "".join(fact.says for fact in said.detail.get("facts", ()))
        true = all(clean(unit) in clean(facts) for unit in self.query.units)
        return replace(said, content=replace(said.content, holds=true)) if facts else said

    def _stands_there(self) -> Answer:
        """Whether what the topic names stands in the task: 五洲特纸也在这条吗."""
        places = tuple(dict.fromkeys(e.owner for e in self.entries if e.owner in self.library.tasks))
        true = any(id_ in self.query.ids for _, id_ in places)
        tasks = tuple(self.library.tasks[key] for key in places)
        return self._made(Content(holds=true, tasks=self._ids(places)), tasks=tasks, entries=self.entries)

    def figure(self) -> Answer:
        figure, by, due = self.query.figure, self.query.by, self.query.due
        whole = _Answering(replace(self.query, figure=None, by=None, due=None), self.library, self.question, self.today)
        targets = whole._wanted_targets()
        if figure is not None and targets and not any(isinstance(entry.thing, Target) for entry in self.entries):
            # of a whole task a no is proved by its one target in that unit; of several each is shown
            alike = tuple(one for one in targets if one[1].unit == figure.unit)
            hits = tuple(one for one in targets if same_figure(one[1], figure))
            targets = hits or (alike if len(alike) == 1 or not self.has_topic() else ())
        if not targets:
            return (whole if self.has_topic() else self).targets()
        if figure is None and by is None and due is None:
            return self.targets()
        fits = tuple(
            t
            for _, t in targets
            if (figure is None or same_figure(t, figure))
            and (by is None or t.deadline is None or t.deadline.year == by.year)
            and (due is None or t.deadline is None or due.first <= t.deadline <= due.last)
            and {self.query.period, t.period} != {Period.YEARLY, Period.BY_END}
        )
        if (by or due) and fits and not any(target.deadline for target in fits):
            return self._days()  # neither yes nor no: the plan writes no day
        shown = fits or tuple(t for _, t in targets)
        keys = dict.fromkeys(TaskKey(plan, target.task) for plan, target in targets)
        tasks = self._ids(key for key in keys if key in self.library.tasks)
        return self._made(Content(holds=bool(fits), tasks=tasks), targets=shown, figure=figure, entries=self.entries)

    # -- comparison -----------------------------------------------------------------------------------

    def compare(self) -> Answer:
        sets: dict[str, tuple[Row, ...]] = {}
        for unit in self.query.units:
            one = replace(self.query, terms=(Term((unit,)),))
            other = _Answering(one, self.library, self.question, self.today)
            sets[unit] = other._rows(other.selected())
        shared = [
            key
            for key, task in self.library.tasks.items()
            if all(any(row.task is task for row in rows) for rows in sets.values())
        ]
        return self._made(Content(tasks=self._ids(shared)), sets=sets, rows=self._rows(shared))


def _largest(targets: tuple[Target, ...], *, smallest: bool) -> tuple[Target, ...]:
    """The largest (or smallest) of targets in one unit (亿元 and 万元 are one); in several, of each."""
    based = [in_base(target.value, target.unit or "") for target in targets]
    held: dict[str, list[Decimal]] = {}
    for value, unit in based:
        held.setdefault(unit, []).append(value)
    best = {unit: (min if smallest else max)(values) for unit, values in held.items()}
    return tuple(t for t, (value, unit) in zip(targets, based, strict=True) if value == best[unit])
