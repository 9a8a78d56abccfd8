"""Who answers for what: the subjects of a plan, the units responsible for them, and for whom a person reports.

`cards` are those in force in the subject's plan (`Place.cards`): an owner whom the office names in chat counts at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from handlers.access.policy import Action, Actor, Resource, may
from knowledge.entities.library import Library
from knowledge.plan.key import EntryKey, EntryKind, TaskKey
from knowledge.plan.model import Card, Target, Task
from knowledge.reports.model import UpdateKind
from knowledge.standing.history import FIGURES
from storage.cards import Cards
from storage.people import Grant, Role

_SPEAKING = (Role.LIAISON, Role.HEAD)


@dataclass(frozen=True, slots=True)
class Speaker:
    """The unit that a person reports for; a unit that is not responsible needs somebody's acceptance."""

    unit: str
    responsible: bool
    owner: str | None = None
    """Of one that is among the task's units, though the office has confirmed another to be the owner: that one."""
    unowned: bool = False
    """A town's figure waits for the office while nobody is confirmed to be the owner."""


def speaker_of(actor: Actor, subject: EntryKey, library: Library, cards: Cards) -> Speaker | None:
    """For which of the actor's units a report of this subject is; None where they may make none."""
    units = _units(actor, subject.plan)
    about = acted(subject, library, cards)
    if about.project and (unit := _contact_unit(actor, about)):
        return Speaker(unit, responsible=True)
    if may(actor, Action.REPORT, about):
        return Speaker(next(unit for unit in units if unit in about.units), responsible=True)
    if not units or not may(actor, Action.REPORT_FOR_OTHER, about):
        return None
    task = library.tasks.get(subject.owner)
    shared = frozenset(members_of(task.units, library)) if task else frozenset()
    own = next((unit for unit in units if unit in shared), None)
    return Speaker(own or units[0], responsible=False, owner=next(iter(about.units)) if own else None)


def speaker_for(unit: str, subject: EntryKey, library: Library, cards: Cards) -> Speaker:
    """The unit whose word of the subject somebody else writes down."""
    return Speaker(unit, responsible=unit in answering_for(subject, library, cards))


def awaiting_an_owner(speaker: Speaker, subject: EntryKey, library: Library, cards: Cards) -> Speaker:
    """The speaker of a figure: a town tells its own part, which without an owner stands for no target by itself."""
    target = target_in_force(subject, library, cards)
    if target is None or target.card.owner or target.card.summed or speaker.unit not in library.towns:
        return speaker
    return replace(speaker, responsible=False, unowned=True)


def own_plan(actor: Actor, library: Library) -> str:
    """The plan that a person is spoken to of: the first loaded one of a role of theirs, else the first, if any is."""
    loaded = [plan.name for plan in library.plans]
    return next((grant.plan for grant in actor.grants if grant.plan in loaded), next(iter(loaded), ""))


def own_unit(actor: Actor, plan: str) -> str | None:
    """The unit that a person speaks for, the first where there are several."""
    return next(iter(_units(actor, plan)), None)


def projects_of(actor: Actor, plan: str) -> tuple[str, ...]:
    """Those that a person reports on as their contact, and on nothing else."""
    own = (one.project for one in actor.grants if one.role is Role.CONTACT and one.plan == plan)
    return () if own_unit(actor, plan) else tuple(one for one in own if one)


def acted(subject: EntryKey, library: Library, cards: Cards, *, whose: int | None = None) -> Resource:
    """A subject as rights see it."""
    task = library.tasks.get(subject.owner)
    return Resource(
        plan=subject.plan,
        units=answering_for(subject, library, cards),
        section=task.section if task else None,
        project=project_of(subject),
        whose=whose,
    )


def project_of(subject: EntryKey) -> str | None:
    """The project that the subject is."""
    return subject.name if subject.kind is EntryKind.PROJECT else None


def answering_for(subject: EntryKey, library: Library, cards: Cards) -> frozenset[str]:
    """The owner where the office confirmed one (unless every unit gives a part), else all units of the task."""
    target = target_in_force(subject, library, cards)
    card = target.card if target else Card()
    if card.owner and not card.summed:
        return frozenset({card.owner})
    task = library.tasks.get(subject.owner)
    units = {card.owner} if card.owner else set()
    return frozenset({*units, *(members_of(task.units, library) if task else ())})


def unsupervised_in(plan: str, library: Library, cards: Cards) -> frozenset[str]:
    """The units of the plan that are no object of supervision, as the office has it."""
    return cards.unsupervised(library.unsupervised[plan])


def members_of(units: tuple[str, ...], library: Library) -> Iterator[str]:
    """The units, and the towns that their collectives certainly stand for."""
    for unit in units:
        yield unit
        kind, certain = library.collectives.get(unit, ("", False))
        if certain:
            yield from (town for town, own in library.towns.items() if own == kind)


def target_of(subject: EntryKey, library: Library) -> Target | None:
    if subject.kind is not EntryKind.TARGET:
        return None
    return next((one for one in targets_in(subject.plan, subject.task, library) if one.name == subject.name), None)


def target_in_force(subject: EntryKey, library: Library, cards: Cards) -> Target | None:
    """The subject's target with its card in force."""
    target = target_of(subject, library)
    return replace(target, card=cards.of(target)) if target else None


def needs_evidence(target: Target | None, kind: UpdateKind) -> bool:
    """Whether the office requires 佐证 with such a report: words, problems and 本期无变化 never need any."""
    return target is not None and target.card.evidence and kind in FIGURES


def targets_in(plan: str, task: str, library: Library) -> tuple[Target, ...]:
    """The targets of a task or clause."""
    key = TaskKey(plan, task)
    found = library.tasks.get(key) or library.clauses.get(key)
    return found.targets if found else ()


def tasks_of_unit(unit: str, plan: str, library: Library, cards: Cards) -> tuple[str, ...]:
    """The tasks that the unit answers for: itself, as one of a collective or as a target's owner; in plan order."""
    return tuple(
        id_
        for (own, id_), task in library.tasks.items()
        if own == plan and (unit in members_of(task.units, library) or unit in owners_of(task, cards))
    )


def owners_of(task: Task, cards: Cards) -> tuple[str, ...]:
    """The confirmed owners of the task's targets."""
    owners = (cards.of(target).owner for target in task.targets)
    return tuple(dict.fromkeys(owner for owner in owners if owner))


def targets_of_unit(unit: str, plan: str, library: Library, cards: Cards) -> tuple[tuple[EntryKey, Target], ...]:
    """What the unit is to report: its own targets, and those of its tasks that have no confirmed owner."""
    found = (
        (EntryKey(EntryKind.TARGET, target.name, plan, target.task), target)
        for own, target in library.targets
        if own == plan
    )
    return tuple((subject, target) for subject, target in found if unit in answering_for(subject, library, cards))


def _contact_unit(actor: Actor, about: Resource) -> str | None:
    """The unit that a contact of the project speaks for."""
    own = (one for one in actor.grants if one.role is Role.CONTACT and one.plan == about.plan)
    return next((one.unit for one in own if one.project == about.project), None)


def _units(actor: Actor, plan: str) -> tuple[str, ...]:
    def speaks(grant: Grant) -> bool:
        return grant.plan == plan and grant.role in _SPEAKING and grant.unit is not None

    return tuple(dict.fromkeys(grant.unit for grant in actor.grants if speaks(grant) and grant.unit))
