"""The plan's projects: where they stand and who reports on them; and asking those for news (催项目进展)."""

from dataclasses import replace

from handlers.access.policy import Action, Resource
from handlers.broadcast.direct import tell
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.texts_shown_first import to_confirm
from handlers.reminders import texts_projects as texts
from handlers.reminders.codes import PressVerb
from handlers.schedule.snapshot import plan_snapshots
from handlers.services.unit_lookup import find_project, near_projects
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import NamedKind
from knowledge.reminders.recipients import PlanSnapshot, contacts_of, holders
from storage.people import get_members


def show_projects(context: Context, _rest: str) -> Call:
    """/projects: the last word on each, and its contacts; first those that have either."""
    actor = context.actor
    if no := turned_away(context, actor, Action.URGE_PROJECT):
        return no
    plan = plan_of(context, actor)
    snapshot = plan_snapshots(context.session, context.services, {plan})[plan]
    held = [
        (one, snapshot.picture.said(one), contacts_of(snapshot, one.name)) for one in _projects(context, plan).values()
    ]
    people = {one.id: one for one in get_members(context.session, {who for *_, found in held for who in found})}
    held.sort(key=lambda one: not one[1] and not one[2])
    rows = [(one, said[-1] if said else None, [people[who] for who in found]) for one, said, found in held]
    return say(context, texts.listed(rows, snapshot.today))


def urge_project(context: Context, rest: str) -> Call:
    """/urgeproject and a project's name: who would be asked for news of it; `confirm` asks them."""
    actor = context.actor
    if no := turned_away(context, actor, Action.URGE_PROJECT):
        return no
    plan, question_service = plan_of(context, actor), context.services.question_service
    sure = rest.endswith(f" {PressVerb.CONFIRM}")
    said = rest.removesuffix(f" {PressVerb.CONFIRM}")
    name = find_project(question_service, plan, said)
    if name is None:
        return say(context, texts.no_such(said, near_projects(question_service, plan, said)))
    subject = _projects(context, plan)[name]
    task = context.library.tasks.get(subject.owner)
    about = Resource(plan=plan, section=task.section if task else None, project=name)
    if no := turned_away(context, actor, Action.URGE_PROJECT, about):
        return no
    snapshot = plan_snapshots(context.session, context.services, {plan})[plan]
    return _urge(context, snapshot, subject, sure=sure)


def _urge(context: Context, snapshot: PlanSnapshot, subject: EntryKey, *, sure: bool) -> Call:
    """The project's contacts, else the liaisons of the units that have reported on it."""
    said = snapshot.picture.said(subject)
    units = dict.fromkeys(one.unit for one in said if one.unit not in snapshot.picture.unsupervised)
    numbers = contacts_of(snapshot, subject.name) or [
        who for unit in units for who in holders(snapshot, "liaison", unit=unit)
    ]
    members = [one for one in get_members(context.session, set(numbers)) if one.telegram_id]
    last = said[-1] if said else None
    if not members:
        return settle(context, texts.nobody(subject))
    if not sure:
        line = f"/urgeproject {subject.name} {PressVerb.CONFIRM}"
        card = to_confirm(texts.to_urge(subject, last, members, snapshot.today), line)
        return say(context, replace(card, buttons=(*card.buttons, texts.progress_of(subject))))
    note(context, context.actor, "urge_project", f"project:{snapshot.plan}/{subject.name}", {"people": len(members)})
    tell(context, snapshot.plan, members, texts.notice(subject, last, snapshot.today))
    return settle(context, texts.urged(subject, members))


def _projects(context: Context, plan: str) -> dict[str, EntryKey]:
    """By name, in the plan's order; one that several tasks name is that of the list of key projects."""
    (own,) = (one for one in context.library.plans if one.name == plan)
    found: dict[str, EntryKey] = {}
    for task in own.tasks:
        for named in task.named:
            if named.kind is NamedKind.PROJECT and (named.key or named.name not in found):
                found[named.name] = EntryKey(EntryKind.PROJECT, named.name, plan, task.id)
    return found
