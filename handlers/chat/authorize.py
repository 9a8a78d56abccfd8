"""What every conversation of bound people begins and ends with: asking for the right, and noting what was done."""

from collections.abc import Iterable

from handlers.access.policy import Action, Actor, Resource, may, refusal
from handlers.access.responsibility import own_plan
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.texts.reply import Reply
from handlers.texts.rights import refused
from storage import audit
from storage.base import JsonObject
from storage.people import Member


def turned_away(context: Context, actor: Actor, action: Action, resource: Resource | None = None) -> Call | None:
    """The refusal to say, or None where the actor may."""
    why = refusal(actor, action, resource)
    return say(context, Reply(head=refused(why, context.services.me.link))) if why else None


def enters_reports(actor: Actor) -> bool:
    """Whether the actor makes reports: an own unit's, or what another unit says."""
    return may(actor, Action.REPORT) or may(actor, Action.RECORD_ON_BEHALF)


def plan_of(context: Context, actor: Actor) -> str:
    """The plan that people are spoken of in."""
    return own_plan(actor, context.library)


def about(plan: str, member: Member) -> Resource:
    """A member as the resource of an action."""
    units = frozenset(grant.unit for grant in member.grants if grant.plan == plan and grant.unit)
    return Resource(plan=plan, units=units, whose=member.id)


def note(context: Context, actor: Actor, action: str, subject: str, detail: JsonObject | None = None) -> None:
    """Write to the audit what is being done; no names, nothing that people wrote."""
    note_each(context, actor, action, [subject], detail)


def note_each(
    context: Context, actor: Actor, action: str, subjects: Iterable[str], detail: JsonObject | None = None
) -> None:
    """The same done to each of the subjects."""
    who = audit.VISITOR if actor.member is None else audit.member(actor.member)
    audit.append_all(context.session, at=context.now, actor=who, action=action, subjects=subjects, detail=detail)
