"""Who signs a unit's figures (单位审签人), and which heads are city leaders too (兼任市领导): they hear nothing."""

from collections.abc import Iterable

from handlers.access.policy import Action, Actor, Resource
from handlers.broadcast.direct import holders, tell
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.texts_shown_first import to_confirm
from handlers.office import texts_person_marks as texts_marks
from handlers.people import texts
from handlers.people.codes import MarkVerb, ref
from handlers.people.people import find_people, with_person
from handlers.services.unit_lookup import find_units, near_units
from storage import audit
from storage.people import Grant, Member, Role, end, give, members_of_unit, set_pushed


def name_signer(context: Context, rest: str) -> Call:
    """/signer, the unit (a head's own may be left out), the person or `none`, and `confirm`."""
    actor = context.actor
    if no := turned_away(context, actor, Action.NAME_SIGNER):
        return no
    plan, question_service = plan_of(context, actor), context.services.question_service
    words = rest.split()
    found = find_units(question_service, plan, words[0]) if words else ()
    own = next((one.unit for one in actor.grants if one.role is Role.HEAD and one.plan == plan), None)
    if len(found) == 1:
        unit, words = found[0], words[1:]
    elif own and (len(words) < 2 or words[-1] == MarkVerb.CONFIRM):
        unit = own
    else:
        said = words[0] if words else ""
        return say(context, texts.which_unit(said, near_units(question_service, plan, said), "/signer"))
    if no := turned_away(context, actor, Action.NAME_SIGNER, Resource(plan=plan, units=frozenset({unit}))):
        return no
    people = members_of_unit(context.session, plan, unit)
    if not words:
        return say(context, texts_marks.signers(unit, people))
    if words[0] == MarkVerb.NONE:
        return _name(context, plan, unit, people, None, sure=len(words) > 1)
    meant = [one for one in find_people(context.session, plan, words[0]) if one in people]
    if len(meant) != 1:
        return say(context, texts_marks.not_of_unit(unit, words[0], people))
    return _name(context, plan, unit, people, meant[0], sure=len(words) > 1)


def _name(
    context: Context, plan: str, unit: str, people: Iterable[Member], chosen: Member | None, *, sure: bool
) -> Call:
    role = Grant(Role.SIGNER, plan, unit)
    before = [one for one in people if role in one.grants]
    if before == ([chosen] if chosen else []):
        return settle(context, texts_marks.signs_already(unit, chosen))
    line = f"/signer {unit} {ref(chosen.id) if chosen else MarkVerb.NONE} {MarkVerb.CONFIRM}"
    heads = holders(context.session, plan, Role.HEAD, units=frozenset({unit}))
    told = {one.id: one for one in (*before, *([chosen] if chosen else []), *heads)}
    if not sure:
        return say(context, to_confirm(texts_marks.to_name(unit, before, chosen, told.values()), line))
    for one in before:
        end(context.session, one.id, now=context.now, only=[role])
    if chosen:
        give(context.session, chosen.id, [role], now=context.now)
    detail: dict[str, object] = {"before": [one.id for one in before], "after": chosen.id if chosen else None}
    note(context, context.actor, "name_signer", f"unit:{unit}", detail)
    tell(context, plan, told.values(), texts_marks.signer_notice(unit, before, chosen))
    return settle(context, texts_marks.named(unit, before, chosen, told.values()))


@with_person("cityleader", Action.MARK_PERSON)
def mark_city_leader(context: Context, actor: Actor, member: Member, rest: str) -> Call:
    """`/cityleader #7 on confirm`: nothing is pushed to the person as a head; the unit's others get it."""
    plan = plan_of(context, actor)
    headships = [one for one in member.grants if one.role is Role.HEAD and one.plan == plan]
    if not headships:
        return say(context, texts_marks.no_head(member))
    verb, _, sure = rest.partition(" ")
    on = verb != MarkVerb.OFF
    changed = [one for one in headships if one.not_pushed is not on]
    if not changed:
        return settle(context, texts_marks.marked_already(member, on=on))
    units = [one.unit for one in changed if one.unit]
    others = {
        unit: [one for one in holders(context.session, plan, Role.HEAD, units=frozenset({unit})) if one.id != member.id]
        for unit in units
    }
    if not sure:
        line = f"/cityleader {ref(member.id)} {MarkVerb.ON if on else MarkVerb.OFF} {MarkVerb.CONFIRM}"
        return say(context, to_confirm(texts_marks.to_mark(member, others, on=on), line))
    for grant in changed:
        set_pushed(context.session, member.id, grant, pushed=not on)
    note(context, actor, "mark_person", audit.member(member.id), {"not_pushed": on})
    told = {one.id: one for found in others.values() for one in found}
    told |= {one.id: one for one in holders(context.session, plan, Role.SUPERVISOR)}
    tell(context, plan, told.values(), texts_marks.mark_notice(member, units, on=on))
    return settle(context, texts_marks.marked(member, others, on=on))
