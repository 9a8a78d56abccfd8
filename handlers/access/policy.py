"""Who may do what: the one place. Every command and every tap asks here, for the person as they are now.

`refusal` is a pure function over roles and scopes; docs/rights.md shows RULES as a table.
"""

from dataclasses import dataclass
from enum import StrEnum

from handlers.access.service import Service
from storage.people import Grant, Role


class Action(StrEnum):
    ASK_PLAN = "ask_plan"
    SEE_PUBLISHED = "see_published"
    JOIN = "join"
    SUGGEST = "suggest"
    SEE_PROGRESS = "see_progress"
    SEE_HISTORY = "see_history"
    SEE_EVIDENCE = "see_evidence"
    REPORT = "report"
    REPORT_FOR_OTHER = "report_for_other"
    RECORD_ON_BEHALF = "record_on_behalf"
    ACCEPT = "accept"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    RETURN = "return"
    CHECK = "check"
    APPROVE = "approve"
    RAISE_PROBLEM = "raise_problem"
    SETTLE_PROBLEM = "settle_problem"
    EXCUSE = "excuse"
    COMMENT = "comment"
    EDIT_CARD = "edit_card"
    MARK_UNIT = "mark_unit"
    SEE_GAPS = "see_gaps"
    EXPORT = "export"
    BRIEF = "brief"
    NUDGE = "nudge"
    PUBLISH = "publish"
    CHECK_FACTS = "check_facts"
    ANSWER_OWNERSHIP = "answer_ownership"
    REGISTER_SIGNATURE = "register_signature"
    NAME_SIGNER = "name_signer"
    MARK_PERSON = "mark_person"
    URGE_PROJECT = "urge_project"
    ANNOUNCE = "announce"
    SEE_RECEIPTS = "see_receipts"
    SUBSCRIBE = "subscribe"
    SET_RHYTHM = "set_rhythm"
    SEE_OUTBOX = "see_outbox"
    SEE_LEDGER = "see_ledger"
    SEE_PEOPLE = "see_people"
    SET_CONTACT = "set_contact"
    AWAY = "away"
    HAND_OVER = "hand_over"
    FORGET = "forget"
    INVITE = "invite"
    REMOVE = "remove"
    LOCK = "lock"
    SEE_AUDIT = "see_audit"
    RESOLVE_MISSES = "resolve_misses"
    SEE_SUGGESTIONS = "see_suggestions"


class Reach(StrEnum):
    """How far a right goes."""

    PLAN = "plan"
    """Anywhere in the plan of the role, whatever units or sections it is for."""
    SCOPE = "scope"
    """What the role is for: its unit, its section, its project, or the whole plan."""
    PROJECTS = "projects"
    """Any project of the plan, and nothing else."""
    OWN = "own"
    """What the person made, or the person."""


Reaches = dict[Role, Reach]

IN_CHARGE = (Role.LEADER, Role.AIDE)
"""Who is in charge of what others do, or reads it for who is: they are of no unit."""

_BOUND = dict.fromkeys(Role, Reach.PLAN)
_UNIT: Reaches = {Role.LIAISON: Reach.SCOPE, Role.HEAD: Reach.SCOPE}
_OFFICE: Reaches = {Role.OFFICE: Reach.SCOPE}
_SUPERVISORS: Reaches = {Role.SUPERVISOR: Reach.SCOPE, Role.OFFICE: Reach.SCOPE}
_REPORTERS: Reaches = {**_UNIT, Role.CONTACT: Reach.SCOPE}
_LEADERS: Reaches = dict.fromkeys(IN_CHARGE, Reach.SCOPE)
_PROJECTS: Reaches = {Role.PROJECTS: Reach.PROJECTS}
_SELF = dict.fromkeys(Role, Reach.OWN)
_OWN = {**_SELF, **_OFFICE}

RULES: dict[Action, Reaches] = {
    Action.SEE_PROGRESS: _BOUND,
    Action.SEE_HISTORY: _BOUND,
    Action.SEE_EVIDENCE: dict.fromkeys(Role, Reach.SCOPE) | _PROJECTS,
    Action.REPORT: _REPORTERS,
    Action.REPORT_FOR_OTHER: {Role.LIAISON: Reach.PLAN, Role.HEAD: Reach.PLAN},
    Action.RECORD_ON_BEHALF: _SUPERVISORS,
    Action.ACCEPT: {**_UNIT, **_OFFICE},
    Action.CORRECT: _REPORTERS,
    Action.WITHDRAW: dict.fromkeys((*_REPORTERS, *_SUPERVISORS), Reach.OWN),
    Action.RETURN: {Role.SUPERVISOR: Reach.SCOPE, **_PROJECTS},
    Action.CHECK: {Role.SUPERVISOR: Reach.SCOPE},
    Action.APPROVE: {Role.HEAD: Reach.SCOPE, Role.SIGNER: Reach.SCOPE},
    Action.RAISE_PROBLEM: _REPORTERS,
    Action.SETTLE_PROBLEM: {**_REPORTERS, **_SUPERVISORS},
    Action.EXCUSE: {Role.SUPERVISOR: Reach.SCOPE},
    Action.COMMENT: {Role.LEADER: Reach.SCOPE},
    Action.EDIT_CARD: _OFFICE,
    Action.MARK_UNIT: _OFFICE,
    Action.SEE_GAPS: _SUPERVISORS,
    Action.EXPORT: {**_LEADERS, **_SUPERVISORS, **_PROJECTS},
    Action.BRIEF: {**_LEADERS, **_SUPERVISORS},
    Action.NUDGE: {Role.SUPERVISOR: Reach.SCOPE},
    Action.PUBLISH: _SUPERVISORS,
    Action.CHECK_FACTS: _UNIT,
    Action.ANSWER_OWNERSHIP: {Role.HEAD: Reach.SCOPE},
    Action.REGISTER_SIGNATURE: {Role.SUPERVISOR: Reach.SCOPE},
    Action.NAME_SIGNER: {Role.HEAD: Reach.SCOPE, **_OFFICE},
    Action.MARK_PERSON: _OFFICE,
    Action.URGE_PROJECT: {Role.SUPERVISOR: Reach.SCOPE, **_PROJECTS},
    Action.ANNOUNCE: _OFFICE,
    Action.SEE_RECEIPTS: {Role.HEAD: Reach.SCOPE, **_SUPERVISORS},
    Action.SUBSCRIBE: _SELF,
    Action.SET_RHYTHM: _OFFICE,
    Action.SEE_OUTBOX: _OFFICE,
    Action.SEE_LEDGER: {Role.LEADER: Reach.PLAN, **_SUPERVISORS},
    Action.SEE_PEOPLE: _BOUND,
    Action.SET_CONTACT: _SELF,
    Action.AWAY: _OWN,
    Action.HAND_OVER: _OWN,
    Action.FORGET: _OWN,
    Action.INVITE: _OFFICE,
    Action.REMOVE: _OFFICE,
    Action.LOCK: _OFFICE,
    Action.SEE_AUDIT: _OFFICE,
    Action.RESOLVE_MISSES: _OFFICE,
    Action.SEE_SUGGESTIONS: _OFFICE,
}
"""What each role may do. The four actions that are missing need no role."""

PUBLIC = (Action.ASK_PLAN, Action.SEE_PUBLISHED, Action.JOIN, Action.SUGGEST)
ALWAYS = (Action.FORGET,)
"""For oneself, also while the service is public and after the last role ended: nobody waits to be forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, as they are in this transaction."""

    member: int | None
    """None for a visitor."""
    grants: tuple[Grant, ...] = ()
    """The person's own roles and those of absent colleagues they stand in for."""
    locked: bool = False
    private: bool = True
    """Whether only this person reads the answer."""
    service: Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What is acted upon: the units that are responsible for it, its section, the project that it is, and the member
    whose it is."""

    plan: str
    units: frozenset[str] = frozenset()
    section: int | None = None
    project: str | None = None
    whose: int | None = None


class RefusalReason(StrEnum):
    NOT_PUBLISHED = "not_published"
    NOT_OPEN = "not_open"
    """The service answers questions about the public plan only."""
    IN_A_GROUP = "in_a_group"
    NOT_BOUND = "not_bound"
    LOCKED = "locked"
    NOT_THE_ROLE = "not_the_role"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Refusal:
    """`handlers.texts.rights.refused` says it in one sentence, with who may."""

    action: Action
    why: RefusalReason


def may(actor: Actor, action: Action, resource: Resource | None = None) -> bool:
    return refusal(actor, action, resource) is None


def refusal(actor: Actor, action: Action, resource: Resource | None = None) -> Refusal | None:
    """Why the actor may not do this, or None. Without a resource: whether there is anything they may do it to."""
    why = _public(actor, action) if action in PUBLIC else _why_not(actor, action, resource)
    return Refusal(action, why) if why else None


def _public(actor: Actor, action: Action) -> RefusalReason | None:
    if action is Action.SEE_PUBLISHED:
        return None if actor.service.published else RefusalReason.NOT_PUBLISHED
    if action in (Action.JOIN, Action.SUGGEST):
        return _closed(actor) or (RefusalReason.LOCKED if actor.locked else None)
    return None


def _closed(actor: Actor) -> RefusalReason | None:
    if not actor.service.internal:
        return RefusalReason.NOT_OPEN
    return None if actor.private else RefusalReason.IN_A_GROUP


def _why_not(actor: Actor, action: Action, resource: Resource | None) -> RefusalReason | None:
    if action in ALWAYS and actor.private and _own(actor, resource) and not actor.locked:
        return None
    if closed := _closed(actor):
        return closed
    if actor.locked:
        return RefusalReason.LOCKED
    if actor.member is None or not actor.grants:
        return RefusalReason.NOT_BOUND
    reaches = [(grant, RULES[action][grant.role]) for grant in actor.grants if grant.role in RULES[action]]
    if not reaches:
        return RefusalReason.NOT_THE_ROLE
    if resource is None or any(_reaches(actor, grant, reach, resource) for grant, reach in reaches):
        return None
    return RefusalReason.OUT_OF_SCOPE


def _own(actor: Actor, resource: Resource | None) -> bool:
    return actor.member is not None and (resource is None or resource.whose == actor.member)


def _reaches(actor: Actor, grant: Grant, reach: Reach, resource: Resource) -> bool:
    if grant.plan != resource.plan:
        return False
    match reach:
        case Reach.PLAN:
            return True
        case Reach.OWN:
            return _own(actor, resource)
        case Reach.PROJECTS:
            return resource.project is not None
        case Reach.SCOPE if grant.project is not None or grant.role is Role.CONTACT:
            return grant.project is not None and grant.project == resource.project
        case Reach.SCOPE if grant.unit is None and grant.section is None:
            return True
    return (grant.unit is not None and grant.unit in resource.units) or (
        grant.section is not None and grant.section == resource.section
    )
