"""Coming in: invitations, their links, taking them up; and handing one's roles to a successor."""

import re
from dataclasses import replace
from datetime import timedelta

from handlers.access.policy import IN_CHARGE, Action, Actor, Resource
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call, Send
from handlers.chat.prompts import ask_for
from handlers.chat.shown_first import shown_first
from handlers.people import texts, texts_onboarding
from handlers.people.codes import WHOLE_PLAN, PersonVerb, ref
from handlers.people.people import find_people, with_person, without
from handlers.services.invite_codes import is_no_code, sealed_code
from handlers.services.unit_lookup import find_project, find_units, near_projects, near_units, units_of_plan
from handlers.texts.reply import Reply
from handlers.texts.rights import ROLES
from storage.chats import PersonRow
from storage.invitations import (
    InvitationState,
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

_PARTED = re.compile(r"[\s、,，;；]+")
_OF_UNITS = (Role.LIAISON, Role.HEAD, Role.SIGNER)
_PLAN_WIDE = (Role.SUPERVISOR, Role.OFFICE, Role.PROJECTS)
_CONFIRMED = (*IN_CHARGE, Role.OFFICE)


def start_inviting(context: Context, rest: str) -> Call:
    """/invite, then the role, then the unit: each step asks for the next; a unit alone is asked for its role.

    Whoever sees or does more than what is of one unit is invited by a card that is confirmed: /invite leader confirm 5.
    """
    actor = context.actor
    if no := turned_away(context, actor, Action.INVITE):
        return no
    plan = plan_of(context, actor)
    name, _, scope = rest.partition(" ")
    if name not in {*Role}:
        units = find_units(context.services.question_service, plan, rest) if rest else ()
        return say(context, texts_onboarding.invite_whom(*(units if len(units) == 1 else ())))
    role = Role(name)
    verb, _, confirmed = scope.partition(" ")
    if verb == PersonVerb.CONFIRM:
        scope = confirmed
    scope = scope.strip()
    if role not in _PLAN_WIDE and not scope:
        return _ask_scope(context, plan, role)
    grants = (Grant(role, plan),) if role in _PLAN_WIDE else _grants(context, plan, role, scope)
    if isinstance(grants, Reply):
        return say(context, grants)
    if role in _CONFIRMED and verb != PersonVerb.CONFIRM:
        line = f"/invite {role} {PersonVerb.CONFIRM} {scope}".strip()
        return say(context, texts_onboarding.to_invite(role, grants, line))
    return _link(context, actor, grants)


def _ask_scope(context: Context, plan: str, role: Role) -> Call:
    command = f"/invite {role}"
    if role in IN_CHARGE:
        return ask_for(context, texts_onboarding.invite_leader(role), command)
    if role is Role.CONTACT:
        return ask_for(context, texts_onboarding.invite_contact(), command)
    bare = without(role, units_of_plan(context.services.question_service, plan), members_of_plan(context.session, plan))
    return ask_for(context, texts_onboarding.invite_for_unit(role, bare), command)


def _grants(context: Context, plan: str, role: Role, scope: str) -> tuple[Grant, ...] | Reply:
    """The roles that the words mean, or what to say where they mean none."""
    question_service = context.services.question_service
    if role in IN_CHARGE and scope == WHOLE_PLAN:
        return (Grant(role, plan),)
    if role is Role.CONTACT:
        return _contact(context, plan, scope)
    grants = []
    for said in _PARTED.split(scope):
        if role in IN_CHARGE and said.isdecimal():
            if (plan, int(said)) not in question_service.library.sections:
                return texts_onboarding.no_such_section(said)
            grants.append(Grant(role, plan, section=int(said)))
            continue
        units = find_units(question_service, plan, said)
        if len(units) != 1:
            return texts.which_unit(said, units or near_units(question_service, plan, said), f"/invite {role}")
        grants.append(Grant(role, plan, units[0]))
    return tuple(grants[:1]) if role in _OF_UNITS else tuple(dict.fromkeys(grants))


def _contact(context: Context, plan: str, scope: str) -> tuple[Grant, ...] | Reply:
    """One contact for the projects that are named, in the name of the unit that stands last."""
    *names, said = _PARTED.split(scope)
    question_service = context.services.question_service
    projects = [find_project(question_service, plan, name) for name in names]
    units = find_units(question_service, plan, said)
    if not names or None in projects:
        wrong = next((name for name, project in zip(names, projects, strict=True) if project is None), said)
        return texts_onboarding.no_such_project(wrong, near_projects(question_service, plan, wrong))
    if len(units) != 1:
        return texts.which_unit(
            said, units or near_units(question_service, plan, said), f"/invite contact {' '.join(names)}"
        )
    return tuple(Grant(Role.CONTACT, plan, units[0], project=project) for project in projects)


def _link(context: Context, actor: Actor, grants: tuple[Grant, ...], heir_of: int | None = None) -> Call:
    plan = grants[0].plan
    if heir_of is None:
        for grant in grants:
            subject = Resource(plan=plan, units=frozenset(filter(None, (grant.unit,))), section=grant.section)
            if no := turned_away(context, actor, Action.INVITE, subject):
                return no
    nonce, digest = context.services.codes.make()
    number = invite(
        context.session,
        digest=digest,
        grants=grants,
        made_by=actor.member,
        heir_of=heir_of,
        now=context.now,
        expires_at=context.now + timedelta(days=DAYS),
    )
    note(context, actor, "invite", f"invitation:{number}", told(grants) | {"heir_of": heir_of})
    call = say(context, texts_onboarding.link(grants, number=number, days=DAYS))
    return replace(call, code=nonce) if isinstance(call, Send) else call


def show_invitations(context: Context, _rest: str) -> Call:
    """/invites: the ones still open."""
    actor = context.actor
    if no := turned_away(context, actor, Action.INVITE):
        return no
    found = open_invitations(context.session, now=context.now)
    return say(
        context, texts_onboarding.invites([(one.id, one.grants, (one.expires_at - context.now).days) for one in found])
    )


def take_back(context: Context, rest: str) -> Call:
    """/revoke and the invitation's number; whoever made it may, and the office."""
    actor = context.actor
    number = int(rest) if rest.isdecimal() and len(rest) < 10 else 0
    invitation = get_invitation(context.session, number, now=context.now)
    own = invitation is not None and actor.member is not None and invitation.made_by == actor.member
    if no := turned_away(context, actor, Action.HAND_OVER if own else Action.INVITE):
        return no
    if invitation is None or invitation.state is not InvitationState.OPEN:
        return say(context, texts_onboarding.NOT_REVOCABLE)
    if card := shown_first(context, texts_onboarding.to_revoke(number), f"/revoke {number}"):
        return card
    revoke(context.session, number, now=context.now)
    note(context, actor, "revoke", f"invitation:{number}")
    return settle(context, texts_onboarding.REVOKED)


def join(context: Context, rest: str) -> Call | None:
    """/start with a code: take up the invitation. None where nothing that looks like a code follows /start."""
    digest = sealed_code(rest)
    if digest is None:
        return None
    actor = context.actor
    if no := turned_away(context, actor, Action.JOIN):
        return no
    invitation = find_invitation(context.session, digest, now=context.now)
    if invitation is None:
        return say(context, texts.asks(texts_onboarding.NOT_INVITED[None]))
    if invitation.state is not InvitationState.OPEN:
        return say(context, texts.asks(texts_onboarding.NOT_INVITED[invitation.state.value]))
    if invitation.heir_of is not None and invitation.heir_of == actor.member:
        return say(context, texts.asks(texts_onboarding.NOT_INVITED["own"]))
    grants = invitation.grants
    if invitation.heir_of is not None:
        grants = end(context.session, invitation.heir_of, now=context.now, only=grants)
        context.rebound.append(known_member(context.session, invitation.heir_of).telegram_id)
    member = _member(context)
    give(context.session, member.id, grants, now=context.now)
    context.rebound.append(context.person)
    mark_used(context.session, invitation.id, by=member.id, now=context.now)
    joined = replace(actor, member=member.id)
    note(context, joined, "join", f"invitation:{invitation.id}", told(grants) | {"heir_of": invitation.heir_of})
    return say(context, texts_onboarding.joined(grants, texts.person(member)))


def pasted_code(text: str, actor: Actor) -> str | None:
    """Words that hold a code; of somebody who is not bound, also those that hold what was taken for one."""
    return text if sealed_code(text) or (actor.member is None and is_no_code(text)) else None


def join_by_paste(context: Context, text: str) -> Call:
    """As `/start CODE`; of who is bound it is for somebody else."""
    if context.actor.member is not None:
        return say(context, texts_onboarding.CODE_OF_ANOTHER)
    return join(context, text) or say(context, texts.asks(texts_onboarding.NOT_INVITED[None]))


def _member(context: Context) -> Member:
    known = find_member(context.session, context.person)
    if known is None:
        person = context.session.get_one(PersonRow, context.person)
        number = add_member(context.session, telegram_id=context.person, name=person.name[:20], now=context.now)
        return known_member(context.session, number)
    return known


def hand_over(context: Context, rest: str) -> Call:
    """/handover, then whose roles: of whom the words name without being on the list it is asked whose are meant."""
    actor = context.actor
    if no := turned_away(context, actor, Action.HAND_OVER):
        return no
    said = rest.partition(" ")[0]
    plan = plan_of(context, actor)
    own_role = said == ROLES[Role.LIAISON] and any(grant.role is Role.LIAISON for grant in actor.grants)
    if own_role or not said or find_people(context.session, plan, said):
        return _hand_over(context, "" if own_role else rest)
    units = {grant.unit for grant in actor.grants if grant.unit}
    colleagues = [
        one
        for one in members_of_plan(context.session, plan)
        if any(grant.role is Role.LIAISON and grant.unit in units for grant in one.grants)
    ]
    return say(context, texts_onboarding.whose_to_hand_over(said, colleagues, own=ref(actor.member or 0)))


@with_person("handover", Action.HAND_OVER)
def _hand_over(context: Context, actor: Actor, member: Member, rest: str) -> Call:
    """A link by which the successor takes the roles over; they end when it is taken up, not before."""
    if not member.grants:
        return say(context, texts_onboarding.NOTHING_TO_HAND_OVER)
    if rest != PersonVerb.CONFIRM:
        return say(context, texts_onboarding.hand_over(member, own=member.id == actor.member))
    return _link(context, actor, member.grants, heir_of=member.id)


def told(grants: tuple[Grant, ...]) -> dict[str, object]:
    """Roles as the audit keeps them."""
    return {"grants": [[grant.role.value, grant.plan, grant.unit, grant.section, grant.project] for grant in grants]}
