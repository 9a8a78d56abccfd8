"""Reports that are recorded: found by number or by what they are of, and what rights and texts need of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from handlers.access.policy import Actor, Resource
from handlers.access.responsibility import acted, target_in_force, target_of
from handlers.broadcast.direct import holders
from handlers.chat.authorize import plan_of
from handlers.chat.context import Context
from handlers.questions.handler import subject_spoken_of
from handlers.reports.guided import subject_at
from handlers.services.report_reader import reader_of, subject_called
from handlers.services.unit_lookup import find_units
from knowledge.language.normalize import clean
from knowledge.language.quantities.quantity import Quantity, in_unit, quantities
from knowledge.plan.key import EntryKey, EntryKind, TaskKey
from knowledge.plan.model import Target
from knowledge.reports.model import UpdateKind
from knowledge.standing.history import FIGURES
from knowledge.standing.report import Status
from storage import reports
from storage.people import Member, Role, get_member
from storage.report_row import Record

MOST = 60
"""Reports of a subject that are looked through for each unit's newest."""
_NUMBER = re.compile(r"[0-9]{1,18}")


def record_of(context: Context, number: str) -> Record | None:
    return reports.get_record(context.session, int(number)) if _NUMBER.fullmatch(number.strip()) else None


def acted_on(context: Context, record: Record) -> Resource:
    """The report as rights see it."""
    subject = record.report.subject
    return acted(subject, context.library, context.cards(subject.plan), whose=record.author)


def accepted_in(context: Context, record: Record) -> Resource:
    """The report as the right to accept it sees it: a target's is its owner's, and without one the office's."""
    subject, resource = record.report.subject, acted_on(context, record)
    target = target_in_force(subject, context.library, context.cards(subject.plan))
    if target is None:
        return resource
    return replace(resource, units=frozenset({target.card.owner} if target.card.owner else ()))


def targets_of(context: Context, records: Iterable[Record]) -> dict[EntryKey, Target | None]:
    library = context.library
    return {record.report.subject: target_of(record.report.subject, library) for record in records}


def people_of(context: Context, record: Record) -> tuple[Member, ...]:
    """Who made the report, and the liaisons of its unit."""
    plan, author = record.report.subject.plan, get_member(context.session, record.author)
    liaisons = holders(context.session, plan, Role.LIAISON, units=frozenset({record.report.unit}))
    return tuple({one.id: one for one in (*([author] if author else []), *liaisons)}.values())


def subject_named(context: Context, actor: Actor, what: str) -> EntryKey | None:
    """What a report's number (#7), `task/n`, a task's number or a name means; alone: what was spoken of last, else what
    the person has reported last."""
    plan, library = plan_of(context, actor), context.library
    if not what:
        if spoken := subject_spoken_of(context.memory, library):
            return spoken
        last = reports.last_by(context.session, actor.member) if actor.member is not None else None
        return last.report.subject if last else None
    if record := record_of(context, what.removeprefix("#")) if what.startswith("#") else None:
        return record.report.subject
    if found := subject_at(what, plan, library):
        return found
    if task := library.tasks.get(TaskKey(plan, what)):
        return EntryKey(EntryKind.TASK, task.title, plan, what)
    return subject_called(context.services.question_service, what)


@dataclass(frozen=True, slots=True)
class NamedRecords:
    """What words may mean of what is recorded: of each unit one."""

    records: tuple[Record, ...] = ()
    sure: bool = True
    """False where the number that was said is in none of them: each is only offered."""

    @property
    def only(self) -> Record | None:
        return self.records[0] if self.sure and len(self.records) == 1 else None


def figures_named(context: Context, actor: Actor, said: str, *statuses: Status) -> NamedRecords:
    """Each unit's newest figure, in one of these states, of what the words name: with the number and of the unit that
    they say, if any. A problem is none: it is settled (销号)."""
    subject = subject_named(context, actor, said) if said else None
    if subject is None:
        return NamedRecords()
    unit, amount = _around_the_name(context, said)
    found = [
        record
        for record in reports.history_of(context.session, subject, limit=MOST)
        if record.report.status in statuses and record.report.kind in FIGURES
    ]
    units = find_units(context.services.question_service, subject.plan, unit) if unit else ()
    found = [one for one in found if one.report.unit in units] or found
    if amount is None:
        return NamedRecords(_newest_of_units(found))
    target = target_of(subject, context.library)
    with_it = [one for one in found if _is_said(one, amount, target)]
    return NamedRecords(_newest_of_units(with_it or found), sure=bool(with_it))


def _newest_of_units(records: Iterable[Record]) -> tuple[Record, ...]:
    """`records` are the newest first."""
    newest: dict[str, Record] = {}
    for record in records:
        newest.setdefault(record.report.unit, record)
    return tuple(newest.values())


def _around_the_name(context: Context, said: str) -> tuple[str, Quantity | None]:
    """What stands before the name, a unit perhaps, and the number behind it: 科经局 and 620 in 科经局的5G基站620个."""
    text = clean(said)
    named = reader_of(context.services.question_service).subjects.names.find(text)
    if not named:
        return "", None
    before, _, behind = text.partition(named[0].surface)
    amount = next((one for one in quantities(behind) if one.is_certain), None)
    return before.strip(" 的,"), amount


def _is_said(record: Record, amount: Quantity, target: Target | None) -> bool:
    report = record.report
    measure = "%" if report.kind is UpdateKind.PERCENT else report.measure or (target.unit if target else None)
    return report.value is not None and report.value in {amount.value, in_unit(amount, measure)}
