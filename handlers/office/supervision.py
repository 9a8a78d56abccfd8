"""Which units are no object of supervision (不列督办对象): marked and unmarked by the office, told to those concerned.

Such a unit stands in every list of responsible units; that it is asked for nothing holds by the day's picture.
"""

from handlers.access.policy import Action, Resource
from handlers.access.responsibility import unsupervised_in
from handlers.broadcast.direct import holders, tell
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.texts_shown_first import to_confirm
from handlers.office import texts_supervision as texts
from handlers.office.codes import SupervisionVerb
from handlers.people.texts import which_unit
from handlers.progress.pictures import picture_today
from handlers.services.unit_lookup import find_units, near_units
from storage.people import Role
from storage.supervision import set_supervised


def show_supervision(context: Context, rest: str) -> Call:
    """/supervision: the units that are none; `/supervision off 市纪委监委` and `on` show what marking or unmarking one
    does, and with `confirm` behind the unit do it."""
    actor = context.actor
    if no := turned_away(context, actor, Action.MARK_UNIT):
        return no
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.MARK_UNIT, Resource(plan=plan)):
        return no
    spared = unsupervised_in(plan, context.library, context.cards(plan))
    verb, _, said = rest.partition(" ")
    if verb not in {*SupervisionVerb} or not said.strip():
        return say(context, texts.listed(sorted(spared)))
    said, _, sure = said.strip().partition(" ")
    found = find_units(context.services.question_service, plan, said)
    if len(found) != 1:
        near = found or near_units(context.services.question_service, plan, said)
        return say(context, which_unit(said, near, f"/supervision {verb}"))
    return _mark(context, plan, found[0], spared=found[0] in spared, off=verb == SupervisionVerb.OFF, sure=bool(sure))


def _mark(context: Context, plan: str, unit: str, *, spared: bool, off: bool, sure: bool) -> Call:
    if spared is off:
        return settle(context, texts.already(unit, off=off))
    owed = [one for one in picture_today(context, plan).current if one.unit == unit and one.owed]
    people = holders(context.session, plan, Role.LIAISON, Role.HEAD, units=frozenset({unit}))
    told = {one.id: one for one in (*people, *holders(context.session, plan, Role.SUPERVISOR))}
    if not sure:
        line = f"/supervision {SupervisionVerb.OFF if off else SupervisionVerb.ON} {unit} {SupervisionVerb.CONFIRM}"
        return say(context, to_confirm(texts.to_mark(unit, len(owed), told.values(), off=off), line))
    assert context.actor.member is not None  # noqa: S101 - turned_away() has checked
    set_supervised(context.session, plan, unit, supervised=not off, by=context.actor.member, now=context.now)
    note(context, context.actor, "set_supervision", f"unit:{unit}", {"supervised": not off})
    tell(context, plan, told.values(), texts.notice(unit, off=off))
    return settle(context, texts.marked(unit, told.values(), off=off))
