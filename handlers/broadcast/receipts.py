"""收到: a recipient says so, and the office, the supervisors and (of their own unit) the heads see who has not."""

from handlers.access.policy import Action, Actor, Resource, may
from handlers.broadcast import texts_announcements as texts
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from storage import announcements as stored
from storage.announcements import AnnouncementState
from storage.people import Role, get_members, members_of_plan

LISTED = 30


def acknowledge(context: Context, rest: str) -> Call:
    """/got and the announcement's number: behind a button only."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SEE_PROGRESS):  # whoever is bound, and not locked
        return no
    found = stored.get_announcement(context.session, int(rest)) if rest.isdecimal() and len(rest) < 10 else None
    if found and found.state is AnnouncementState.RECALLED:
        return say(context, texts.got_recalled())
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    first = stored.acknowledge(context.session, found.id, actor.member, now=context.now) if found else None
    return say(context, texts.not_to_you() if first is None else texts.got(first=first))


def show_receipts(context: Context, rest: str) -> Call:
    """/receipts, or an announcement's number behind it."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SEE_RECEIPTS):
        return no
    plan = plan_of(context, actor)
    members = _seen(context, actor, plan)
    today = context.services.clock.today()
    found = stored.get_announcement(context.session, int(rest)) if rest.isdecimal() and len(rest) < 10 else None
    if found is None or found.plan != plan or found.sent_at is None:
        gone = stored.list_announcements(context.session, plan, limit=LISTED)
        counts = stored.count_receipts(context.session, [one.id for one in gone], members=members)
        shown = [one for one in gone if members is None or one.id in counts]
        return say(context, texts.list_all(shown, counts, today))
    recipients = [
        one for one in stored.recipients_of(context.session, found.id) if members is None or one.member in members
    ]
    people = {one.id: one for one in get_members(context.session, [one.member for one in recipients])}
    recalls = may(actor, Action.ANNOUNCE, Resource(plan=plan))
    return say(context, texts.receipts(found, recipients, people, today, recalls=recalls))


def _seen(context: Context, actor: Actor, plan: str) -> frozenset[int] | None:
    """Whose receipts the actor sees; None for everybody's."""
    if may(actor, Action.SEE_RECEIPTS, Resource(plan=plan)):
        return None
    units = {grant.unit for grant in actor.grants if grant.plan == plan and grant.role is Role.HEAD}
    return frozenset(
        member.id
        for member in members_of_plan(context.session, plan)
        if any(grant.plan == plan and grant.unit and grant.unit in units for grant in member.grants)
    )
