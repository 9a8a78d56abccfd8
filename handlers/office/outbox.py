"""/outbox: what the bot sends unasked, and what to do about that which does not arrive. For the office only."""

import re
from datetime import timedelta

from handlers.access.policy import Action, Actor, Subject
from handlers.broadcast import texts_outbox as texts
from handlers.broadcast.texts_outbox import Case
from handlers.chat.actor import actor_of
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Place
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.services.clock import PLAN_ZONE
from storage import claims
from storage.outbox_view import Troubled, list_troubled, overview, unreachable
from storage.people import get_members

_NUMBER = re.compile(r"([0-9]{1,18})(?: +(\S+))?")
_PAGE = re.compile(rf"{texts.PEOPLE}(?: +([1-9][0-9]{{0,3}}))?")


def show_outbox(place: Place, rest: str) -> Call:
    """/outbox, one of its lists, or a row's number and what to do about it."""
    actor = actor_of(place)
    plan = plan_of(place, actor)
    if no := turned_away(place, actor, Action.SEE_OUTBOX, Subject(plan=plan)):
        return no
    if rest == texts.CASES:
        return _case(place, plan, 0)
    if found := _PAGE.fullmatch(rest):
        return _people(place, plan, int(found[1] or 1) - 1)
    if found := _NUMBER.fullmatch(rest):
        return _act(place, actor, plan, int(found[1]), found[2] or "")
    since = place.now - timedelta(days=texts.DAYS)
    seen = overview(place.session, plan, since=since, now=place.now, plan_now=place.house.clock.now())
    return say(place, texts.summary(seen, len(unreachable(place.session, plan))))


def _act(place: Place, actor: Actor, plan: str, number: int, what: str) -> Call:
    """Send the row again or give it up, then show the next one."""
    if what in {texts.AGAIN, texts.DROP}:
        if what == texts.AGAIN:
            done = claims.send_again(place.session, number, plan=plan, now=place.now)
        else:
            done = claims.give_up(place.session, number, plan=plan)
        if not done:
            return say(place, texts.done_already())
        note(place, actor, texts.AUDITED[what], f"outbox:{number}")
    return _case(place, plan, number if what else number - 1)


def _case(place: Place, plan: str, after: int) -> Call:
    """The first row behind a number that a person is to decide on."""
    rows = list_troubled(place.session, plan)
    for which, row in enumerate(rows, 1):
        if row.id > after:
            return say(place, texts.card(_told(place, row), place=(which, len(rows))))
    return say(place, texts.no_more(len(rows)))


def _told(place: Place, row: Troubled) -> Case:
    members = get_members(place.session, [row.member]) if row.member is not None else ()
    offset = place.house.clock.offset
    return Case(row, members[0] if members else None, day_of(row, offset))


def day_of(row: Troubled, offset: timedelta) -> str:
    """The plan day on which the row was enqueued, or seems to have been by today's shift."""
    return (row.created_at + offset).astimezone(PLAN_ZONE).date().isoformat()


def _people(place: Place, plan: str, page: int) -> Call:
    members = get_members(place.session, unreachable(place.session, plan))
    return say(place, texts.lost_people(members, page))
