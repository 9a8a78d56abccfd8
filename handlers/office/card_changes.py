"""Changing a field of an indicator card: shown before → after with who is told, confirmed, told, undone for a while."""

from collections.abc import Iterable
from datetime import date, timedelta

from handlers.access.policy import Actor
from handlers.broadcast.direct import holders, tell
from handlers.chat.authorize import note_each
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_card_changes as texts
from handlers.office import texts_cards
from handlers.office.card_fields import FIELDS, FieldValueError, with_field
from handlers.office.card_targets import targets_of_plan
from handlers.office.codes import ChangeVerb, Field, UndoFault
from handlers.progress.pictures import each_unit
from handlers.schedule.changes import schedule_changed
from knowledge.plan.key import TaskKey
from knowledge.plan.model import Card, Target
from knowledge.standing.owners import concerned
from knowledge.standing.picture import reporters_of
from storage.cards import cards_of, changes_of, last_change, set_field, targets_changed
from storage.people import Member, Role

UNDOABLE = timedelta(hours=texts.UNDOABLE_HOURS)


def change_field(context: Context, actor: Actor, plan: str, target: Target, field: Field, said: str) -> Call:
    """What was typed is shown; `confirm 17 市科经局` stores it where the card's last change is still the 17th;
    `undo 18` takes that change back."""
    verb, _, rest = said.partition(" ")
    number, _, value = rest.partition(" ")
    match verb:
        case ChangeVerb.KEEP:
            return settle(context, texts.kept(target, field))
        case ChangeVerb.UNDO:
            return _undo(context, actor, plan, target, field, number)
        case ChangeVerb.CONFIRM:
            current = number == str(last_change(context.session, plan, target))
            return _preview(context, plan, target, field, value, confirmed_by=actor if current else None)
    return _preview(context, plan, target, field, said, confirmed_by=None)


def _preview(
    context: Context, plan: str, target: Target, field: Field, said: str, *, confirmed_by: Actor | None
) -> Call:
    """The change as it would be, or where it is confirmed as it is."""
    before = cards_of(context.session, plan).of(target)
    try:
        after = with_field(context, plan, before, field, said)
    except FieldValueError:
        return ask_for(context, texts_cards.unread(target, field), f"/card {texts_cards.key(target)} {field}")
    if after == before or _only_without_paper(field, before, after):
        return say(context, texts.same(target, field, before))
    if field is Field.OWNER and after.owner and not after.owner_paper:
        command = f"/card {texts_cards.key(target)} {field} {after.owner}"
        return ask_for(context, texts.ask_paper(target, after.owner), command)
    if confirmed_by is not None:
        today = context.services.clock.today()
        number = _set(context, confirmed_by, plan, target, field, after, since=today)
        told = _tell(context, plan, target, before, after, undone=False)
        return settle(context, texts.was_set(target, field, before, after, told, number))
    told = _concerned(context, plan, before, after)
    number = last_change(context.session, plan, target)
    more = _asked_besides(context, plan, target, before, after)
    return say(context, texts.confirm(target, field, said, before, after, told, number, more))


def _only_without_paper(field: Field, before: Card, after: Card) -> bool:
    """The same owner, said again without the document."""
    return field is Field.OWNER and bool(after.owner) and after.owner == before.owner and not after.owner_paper


def _asked_besides(context: Context, plan: str, target: Target, before: Card, after: Card) -> texts.AskedBesides:
    """The towns and the other units that will be asked for figures of the target and are not now."""
    task = context.library.tasks.get(TaskKey(plan, target.task))
    units = tuple(each_unit(task.units if task else (), context.library))
    now = reporters_of(before, units)
    more = [unit for unit in dict.fromkeys(reporters_of(after, units)) if unit not in now]
    towns = sum(unit in context.library.towns for unit in more)
    return texts.AskedBesides(towns, len(more) - towns)


def _set(
    context: Context, actor: Actor, plan: str, target: Target, field: Field, after: Card, *, since: date | None
) -> int:
    """The number of the first of its rows; `since` is the plan day from which on it holds."""
    return set_cards(context, actor, plan, field, [(target, after, since)])


def set_cards(
    context: Context, actor: Actor, plan: str, field: Field, cards: Iterable[tuple[Target, Card, date | None]]
) -> int:
    """The same field of several targets at once; the number of the first row. Each card holds from its plan day on."""
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    held = cards_of(context.session, plan)
    numbers: list[int] = []
    changed: list[str] = []
    for target, after, since in cards:
        before = held.of(target)
        changed.append(f"target:{plan}/{texts_cards.key(target)}")
        numbers += [
            set_field(context.session, plan, target, one, after, by=actor.member, now=context.now, today=since)
            for one in FIELDS[field]
            if getattr(after, one.value) != getattr(before, one.value)
        ]
    note_each(context, actor, "set_card", changed, {"field": field.value, "change": numbers[0]})
    schedule_changed(context, plan)
    return numbers[0]


def changed_at_once(context: Context, plan: str, said: str) -> tuple[Target, ...] | UndoFault:
    """The targets whose cards were changed with the change of that number, while they can be changed back."""
    first = int(said) if said.isdecimal() and len(said) < 10 else 0
    changed = targets_changed(context.session, plan, since=first) if first else {}
    (at, _), own = next(iter(changed.items()), ((context.now, 0), set()))
    if not own or any(targets & own for targets in list(changed.values())[1:]):
        return UndoFault.CHANGED_SINCE
    if context.now - at > UNDOABLE:
        return UndoFault.TOO_LATE
    return tuple(one for one in targets_of_plan(context, plan) if (one.task, one.name) in own)


def _undo(context: Context, actor: Actor, plan: str, target: Target, field: Field, said: str) -> Call:
    """Only the card's last change, of the last hours."""
    first = int(said) if said.isdecimal() and len(said) < 10 else 0
    changes = changes_of(context.session, plan, target, since=first) if first else ()
    once = {(one.at, one.by) for one in changes}
    if len(once) != 1 or not {one.field for one in changes} <= {*FIELDS[field]}:
        return say(context, texts.changed_since(target))
    if context.now - changes[0].at > UNDOABLE:
        return say(context, texts.too_late(target, field))
    after = cards_of(context.session, plan).of(target)
    held = cards_of(context.session, plan, before=first)
    before = held.of(target)
    _set(context, actor, plan, target, field, before, since=held.since(target))
    told = _tell(context, plan, target, after, before, undone=True)
    return settle(context, texts.undone(target, field, after, before, told))


def _tell(
    context: Context, plan: str, target: Target, before: Card, after: Card, *, undone: bool
) -> dict[str, tuple[Member, ...]]:
    told = _concerned(context, plan, before, after)
    people = {one.id: one for members in told.values() for one in members}.values()
    tell(context, plan, people, texts.notice(target, before, after, undone=undone))
    return told


def _concerned(context: Context, plan: str, before: Card, after: Card) -> dict[str, tuple[Member, ...]]:
    """The owners before and after, and who was asked to be, with their people."""
    units = dict.fromkeys((*concerned(after), *concerned(before)))
    return {unit: holders(context.session, plan, Role.LIAISON, Role.HEAD, units=frozenset({unit})) for unit in units}
