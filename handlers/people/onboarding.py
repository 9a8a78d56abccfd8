"""Coming in: invitations, their links, taking them up; and handing one's roles to a successor."""

import re
from dataclasses import replace
from datetime import timedelta

from handlers.access.policy import Action, Actor, Subject
from handlers.chat.actor import actor_of
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Place
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call, Send
from handlers.chat.prompts import ask_for
from handlers.people import texts
from handlers.people.people import with_person, without
from handlers.services.invite_codes import sealed_code
from handlers.services.unit_lookup import find_units, near_units, units_of_plan
from handlers.texts.reply import Reply
from handlers.texts.rights import ROLES
from storage.chats import PersonRow
from storage.invitations import (
    State,
    find_invitation,
    get_invitation,
    invite,
    mark_used,
    open_invitations,
    revoke,
)
from storage.people import Grant, Member, Role, add_member, end, find_member, give, known_member, members_of_plan

DAYS = 7
"""How long an invitation can be taken up."""

ROLE_NAMED = {name: role for role, name in ROLES.items()} | {role.value: role for role in Role}
_PARTED = re.compile(r"[\s、,，;；]+")
_OF_UNITS = (Role.LIAISON, Role.HEAD)


def start_inviting(place: Place, rest: str) -> Call:
    """/invite, then the role, then the unit: each step asks for the next."""
    actor = actor_of(place)
    if no := turned_away(place, actor, Action.INVITE):
        return no
    plan = plan_of(place, actor)
    name, _, scope = rest.partition(" ")
    role = ROLE_NAMED.get(name)
    if role is None:
        return say(place, texts.invite_whom())
    if role in (Role.SUPERVISOR, Role.OFFICE):
        return _link(place, actor, (Grant(role, plan),))
    if not scope.strip():
        return _ask_scope(place, plan, role)
    grants = _grants(place, plan, role, scope.strip())
    return say(place, grants) if isinstance(grants, Reply) else _link(place, actor, grants)


def _ask_scope(place: Place, plan: str, role: Role) -> Call:
    command = f"/invite {ROLES[role]}"
    if role is Role.LEADER:
        return ask_for(place, texts.invite_leader(), command)
    bare = without(role, units_of_plan(place.house.desk, plan), members_of_plan(place.session, plan))
    return ask_for(place, texts.invite_for_unit(role, bare), command)


def _grants(place: Place, plan: str, role: Role, scope: str) -> tuple[Grant, ...] | Reply:
    """The roles that the words mean, or what to say where they mean none."""
    desk = place.house.desk
    if role is Role.LEADER and scope == texts.WHOLE_PLAN:
        return (Grant(role, plan),)
    grants = []
    for said in _PARTED.split(scope):
        if role is Role.LEADER and said.isdecimal():
            if (plan, int(said)) not in desk.library.sections:
                return texts.no_such_section(said)
            grants.append(Grant(role, plan, section=int(said)))
            continue
        units = find_units(desk, plan, said)
        if len(units) != 1:
            return texts.which_unit(said, units or near_units(desk, plan, said), f"/invite {ROLES[role]}")
        grants.append(Grant(role, plan, units[0]))
    return tuple(grants[:1]) if role in _OF_UNITS else tuple(dict.fromkeys(grants))


def _link(place: Place, actor: Actor, grants: tuple[Grant, ...], heir_of: int | None = None) -> Call:
    plan = grants[0].plan
    if heir_of is None:
        for grant in grants:
            subject = Subject(plan=plan, units=frozenset(filter(None, (grant.unit,))), section=grant.section)
            if no := turned_away(place, actor, Action.INVITE, subject):
                return no
    nonce, digest = place.house.codes.make()
    number = invite(
        place.session,
        digest=digest,
        grants=grants,
        made_by=actor.member,
        heir_of=heir_of,
        now=place.now,
        expires_at=place.now + timedelta(days=DAYS),
    )
    note(place, actor, "invite", f"invitation:{number}", told(grants) | {"heir_of": heir_of})
    call = say(place, texts.link(grants, username=place.house.me.username, number=number, days=DAYS))
    return replace(call, code=nonce) if isinstance(call, Send) else call


def show_invitations(place: Place, _rest: str) -> Call:
    """/invites: the ones still open."""
    actor = actor_of(place)
    if no := turned_away(place, actor, Action.INVITE):
        return no
    found = open_invitations(place.session, now=place.now)
    return say(place, texts.invites([(one.id, one.grants, (one.expires_at - place.now).days) for one in found]))


def take_back(place: Place, rest: str) -> Call:
    """/revoke and the invitation's number; whoever made it may, and the office."""
    actor = actor_of(place)
    number = int(rest) if rest.isdecimal() and len(rest) < 10 else 0
    invitation = get_invitation(place.session, number, now=place.now)
    own = invitation is not None and actor.member is not None and invitation.made_by == actor.member
    if no := turned_away(place, actor, Action.HAND_OVER if own else Action.INVITE):
        return no
    if invitation is None or invitation.state is not State.OPEN:
        return say(place, texts.NOT_REVOCABLE)
    revoke(place.session, number, now=place.now)
    note(place, actor, "revoke", f"invitation:{number}")
    return say(place, texts.REVOKED)


def join(place: Place, rest: str) -> Call | None:
    """/start with a code: take up the invitation. None where nothing that looks like a code follows /start."""
    digest = sealed_code(rest)
    if digest is None:
        return None
    actor = actor_of(place)
    if no := turned_away(place, actor, Action.JOIN):
        return no
    invitation = find_invitation(place.session, digest, now=place.now)
    if invitation is None:
        return say(place, texts.asks(texts.NOT_INVITED[None]))
    if invitation.state is not State.OPEN:
        return say(place, texts.asks(texts.NOT_INVITED[invitation.state.value]))
    if invitation.heir_of is not None and invitation.heir_of == actor.member:
        return say(place, texts.asks(texts.NOT_INVITED["own"]))
    grants = invitation.grants
    if invitation.heir_of is not None:
        grants = end(place.session, invitation.heir_of, now=place.now, only=grants)
    member = _member(place)
    give(place.session, member.id, grants, now=place.now)
    mark_used(place.session, invitation.id, by=member.id, now=place.now)
    joined = replace(actor, member=member.id)
    note(place, joined, "join", f"invitation:{invitation.id}", told(grants) | {"heir_of": invitation.heir_of})
    return say(place, texts.joined(grants, texts.person(member)))


def _member(place: Place) -> Member:
    known = find_member(place.session, place.person)
    if known is None:
        person = place.session.get_one(PersonRow, place.person)
        number = add_member(place.session, telegram_id=place.person, name=person.name[:20], now=place.now)
        return known_member(place.session, number)
    return known


@with_person("handover", Action.HAND_OVER)
def hand_over(place: Place, actor: Actor, member: Member, rest: str) -> Call:
    """A link by which the successor takes the roles over; they end when it is taken up, not before."""
    if not member.grants:
        return say(place, texts.NOTHING_TO_HAND_OVER)
    if rest != texts.CONFIRMED:
        return say(place, texts.hand_over(member))
    return _link(place, actor, member.grants, heir_of=member.id)


def told(grants: tuple[Grant, ...]) -> dict[str, object]:
    """Roles as the audit keeps them."""
    return {"grants": [[grant.role.value, grant.plan, grant.unit, grant.section] for grant in grants]}
