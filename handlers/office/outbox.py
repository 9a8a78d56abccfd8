"""/outbox: what the bot sends unasked, and what to do about that which does not arrive. For the office only."""

import re
from datetime import timedelta

from handlers.access.policy import Action, Actor, Resource
from handlers.broadcast import texts_outbox as texts
from handlers.broadcast.codes import OUTBOX_AUDITED, OutboxVerb
from handlers.broadcast.texts_outbox import UndeliveredMessage
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.services.clock import PLAN_ZONE
from storage import claims
from storage.outbox_view import Troubled, list_troubled, overview, unreachable
from storage.people import get_members

_NUMBER = re.compile(r"([0-9]{1,18})(?: +(\S+))?")
_PAGE = re.compile(rf"{OutboxVerb.PEOPLE}(?: +([1-9][0-9]{{0,3}}))?")


def show_outbox(context: Context, rest: str) -> Call:
    """/outbox, one of its lists, or a row's number and what to do about it."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SEE_OUTBOX, Resource(plan=plan)):
        return no
    if rest == OutboxVerb.CASES:
        return _case(context, plan, 0)
    if found := _PAGE.fullmatch(rest):
        return _people(context, plan, int(found[1] or 1) - 1)
    if found := _NUMBER.fullmatch(rest):
        return _act(context, actor, plan, int(found[1]), found[2] or "")
    since = context.now - timedelta(days=texts.DAYS)
    seen = overview(context.session, plan, since=since, now=context.now, plan_now=context.services.clock.now())
    return say(context, texts.summary(seen, len(unreachable(context.session, plan))))


def _act(context: Context, actor: Actor, plan: str, number: int, what: str) -> Call:
    """Send the row again or give it up, then show the next one."""
    if what in {OutboxVerb.AGAIN, OutboxVerb.DROP}:
        if context.tapped is None and any(row.id == number for row in list_troubled(context.session, plan)):
            return _case(context, plan, number - 1)  # typed: the message itself is shown first
        if what == OutboxVerb.AGAIN:
            done = claims.send_again(context.session, number, plan=plan, now=context.now)
        else:
            done = claims.give_up(context.session, number, plan=plan)
        if not done:
            return say(context, texts.done_already())
        note(context, actor, OUTBOX_AUDITED[OutboxVerb(what)], f"outbox:{number}")
    return _case(context, plan, number if what else number - 1)


def _case(context: Context, plan: str, after: int) -> Call:
    """The first row behind a number that a person is to decide on."""
    rows = list_troubled(context.session, plan)
    for which, row in enumerate(rows, 1):
        if row.id > after:
            return say(context, texts.card(_told(context, row), place=(which, len(rows))))
    return say(context, texts.no_more(len(rows)))


def _told(context: Context, row: Troubled) -> UndeliveredMessage:
    members = get_members(context.session, [row.member]) if row.member is not None else ()
    offset = context.services.clock.offset
    return UndeliveredMessage(row, members[0] if members else None, day_of(row, offset))


def day_of(row: Troubled, offset: timedelta) -> str:
    """The plan day on which the row was enqueued, or seems to have been by today's shift."""
    return (row.created_at + offset).astimezone(PLAN_ZONE).date().isoformat()


def _people(context: Context, plan: str, page: int) -> Call:
    members = get_members(context.session, unreachable(context.session, plan))
    return say(context, texts.lost_people(members, page))
