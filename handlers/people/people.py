"""Who is who: /me, /units, /people, and whom to call."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from math import ceil
from typing import TypeVar

from sqlalchemy.orm import Session

from handlers.access.policy import Action, Actor, RefusalReason, Resource, may, refusal
from handlers.access.responsibility import unsupervised_in
from handlers.chat.authorize import about, note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.chat.shown_first import shown_first
from handlers.people import texts
from handlers.people.codes import DELETE, UNBOUND, ContactField, ref
from handlers.services.unit_lookup import find_units, near_units, units_of_plan
from handlers.texts.reply import Reply
from handlers.texts.rights import refused
from storage import audit
from storage.people import (
    Member,
    Role,
    absence_of,
    absences_on,
    get_member,
    get_members,
    known_member,
    members_of_plan,
    members_of_unit,
    set_contact,
)

T = TypeVar("T")

PEOPLE_ON_A_PAGE = 4
"""Each has a button, and so have the pages."""

_UNBOUND = (RefusalReason.NOT_OPEN, RefusalReason.NOT_BOUND)
MEMBER = r"(?:人员\s*|#)[0-9]{1,9}"
"""How a line names a member: a person types 人员7, a button says #7."""
_NUMBER = re.compile(r"[0-9]+")
_COLUMNS = {ContactField.NAME: "name", ContactField.PHONE: "office_phone", ContactField.MOBILE: "mobile"}
_ACCEPTED = {
    ContactField.NAME: re.compile(r"[\u3400-\u9fffA-Za-z·. ]{2,20}"),
    ContactField.PHONE: re.compile(r"\+?[0-9][0-9 ()（）转-]{4,23}"),
    ContactField.MOBILE: re.compile(r"1[0-9]{10}"),
}


def show_me(context: Context, rest: str) -> Call:
    """/me, or /me phone and what it is to be."""
    actor = context.actor
    if no := turned_away(context, actor, Action.JOIN):  # whoever may be bound may ask who they are
        return no
    if actor.member is None:
        return say(context, texts.is_visitor(context.services.service.telephone))
    member = known_member(context.session, actor.member)
    field, _, value = rest.partition(" ")
    if field in {*ContactField}:
        return _set_field(context, actor, member, ContactField(field), value.strip())
    today = context.services.clock.today()
    lent = tuple(grant for grant in actor.grants if grant not in member.grants)
    absence = absence_of(context.session, member.id, today)
    stand_in = get_member(context.session, absence.stand_in) if absence else None
    return say(context, texts.me(member, lent, absence, stand_in, today))


def _set_field(context: Context, actor: Actor, member: Member, field: ContactField, value: str) -> Call:
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SET_CONTACT, about(plan, member)):
        return no
    if not value:
        return ask_for(context, texts.asks(texts.ASK_FIELD[field]), f"/me {field}")
    deleted = value == DELETE and field is not ContactField.NAME
    if not deleted and not _ACCEPTED[field].fullmatch(value):
        return say(context, texts.asks(texts.BAD_FIELD[field]))
    before = getattr(member, _COLUMNS[field])
    if card := shown_first(
        context, texts.to_set_field(field, before, None if deleted else value), f"/me {field} {value}"
    ):
        return card
    set_contact(context.session, member.id, **{_COLUMNS[field]: None if deleted else value})
    note(context, actor, "set_contact", audit.member(member.id), {"field": _COLUMNS[field], "deleted": deleted})
    return settle(context, texts.field_set(field, deleted=deleted))


def show_units(context: Context, rest: str) -> Call:
    """/units, or a unit's name after it; `/units unbound`: those of which nobody has come in."""
    actor = context.actor
    plan = plan_of(context, actor)
    if rest and rest != UNBOUND:
        return _contacts_of(context, plan, rest)
    if no := turned_away(context, actor, Action.SEE_PEOPLE):
        return no
    members = members_of_plan(context.session, plan)
    units = units_of_plan(context.services.question_service, plan)
    if rest:
        return say(context, texts.unbound([one for one in units if not _people_of(one, members)], total=len(units)))
    peopled = [(unit, people) for unit in units if (people := _people_of(unit, members))]
    bare = without(Role.LIAISON, units, members)
    return say(context, texts.units(peopled, total=len(units), bare=bare))


def without(role: Role, units: tuple[str, ...], members: tuple[Member, ...]) -> tuple[str, ...]:
    """The units in which nobody holds the role with an account that is not locked."""
    held = {grant.unit for one in members if not one.locked for grant in one.grants if grant.role is role}
    return tuple(unit for unit in units if unit not in held)


def _contacts_of(context: Context, plan: str, said: str) -> Call:
    found = find_units(context.services.question_service, plan, said)
    if len(found) != 1:
        near = found or near_units(context.services.question_service, plan, said)
        return say(context, texts.which_unit(said, near, "/units"))
    return tell_contacts_of(context, found[0])


def tell_contacts_of(context: Context, unit: str) -> Call:
    """Whom to call in the unit."""
    services = context.services
    today, link = services.clock.today(), services.me.link
    reply = contact_answer(context.session, unit, context.actor, today=today, link=link)
    plan = plan_of(context, context.actor)
    if context.actor.private and may(context.actor, Action.MARK_UNIT, Resource(plan=plan)):
        spared = unit in unsupervised_in(plan, context.library, context.cards(plan))
        reply = texts.with_supervision(reply, unit, spared=spared)
    return say(context, reply)


def contact_answer(session: Session, unit: str, actor: Actor, *, today: date, link: str) -> Reply:
    """Whom to call in a unit, for those who may know it; the refusal for those who may not."""
    if why := refusal(actor, Action.SEE_PEOPLE):
        return Reply(head=texts.CONTACTS_FOR_BOUND if why.why in _UNBOUND else refused(why, link))
    people = members_of_unit(session, actor.grants[0].plan, unit)
    away = {one.member: one.stand_in for one in absences_on(session, today)}
    standing_in = {one.id: one for one in get_members(session, away.values())}
    stand_ins = {absent: standing_in[number] for absent, number in away.items()}
    return texts.contacts(unit, tuple(one for one in people if not one.locked), stand_ins)


def show_people(context: Context, rest: str) -> Call:
    """/people and a page's number, a unit, or one person."""
    actor = context.actor
    if no := turned_away(context, actor, Action.REMOVE):
        return no
    plan = plan_of(context, actor)
    members = members_of_plan(context.session, plan)
    if rest and not rest.isdecimal():
        units = find_units(context.services.question_service, plan, rest)
        if len(units) != 1:
            return person_card(context, rest)
        return say(context, texts.people_of(units[0], _people_of(units[0], members)))
    page, pages, shown = _page(members, rest, PEOPLE_ON_A_PAGE)
    return say(context, texts.people(shown, total=len(members), page=page, pages=pages))


def with_person(
    command: str, action: Action
) -> Callable[[Callable[[Context, Actor, Member, str], Call]], Callable[[Context, str], Call]]:
    """A command that is done to one person: finds whom is meant and asks for the right to do it to them.

    The command gets what follows the person's name; without a name it is the actor themself.
    """

    def decorate(run: Callable[[Context, Actor, Member, str], Call]) -> Callable[[Context, str], Call]:
        @wraps(run)
        def found(context: Context, rest: str) -> Call:
            actor = context.actor
            if no := turned_away(context, actor, action):
                return no
            plan = plan_of(context, actor)
            said, _, after = rest.partition(" ")
            if not said and actor.member is not None and action in OWN:
                said = ref(actor.member)
            if not said:
                return say(context, texts.whom())
            members = find_people(context.session, plan, said)
            if len(members) != 1:
                return say(context, texts.which_person(members, command) if members else texts.nobody(said))
            if no := turned_away(context, actor, action, about(plan, members[0])):
                return no
            return run(context, actor, members[0], after.strip())

        return found

    return decorate


OWN = (Action.FORGET, Action.HAND_OVER)
"""What a person mostly does for themself."""


def find_people(session: Session, plan: str, said: str) -> tuple[Member, ...]:
    """Those whom a number or a name means; nobody who has been forgotten."""
    if re.fullmatch(MEMBER, said) and (number := _NUMBER.search(said)):
        one = get_member(session, int(number[0]))
        return (one,) if one and one.telegram_id is not None else ()
    return tuple(one for one in members_of_plan(session, plan) if one.name == said)


@with_person("people", Action.REMOVE)
def person_card(context: Context, _actor: Actor, member: Member, _rest: str) -> Call:
    return say(context, texts.card(member))


def _people_of(unit: str, members: tuple[Member, ...]) -> list[Member]:
    return [one for one in members if any(grant.unit == unit for grant in one.grants)]


def _page(items: Sequence[T], said: str, size: int) -> tuple[int, int, list[T]]:
    """(this page, pages, its items); a page beyond the last is the last."""
    pages = max(1, ceil(len(items) / size))
    page = min(max(1, int(said or 1)), pages)
    return page, pages, list(items[(page - 1) * size : page * size])
