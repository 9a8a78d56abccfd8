"""Bulletins (通报): drafted from a snapshot when a period is over, read, worded and released in chat by a person."""

from dataclasses import replace

from handlers.access.policy import Action, Actor, Resource, may
from handlers.broadcast import texts_bulletins as texts
from handlers.broadcast.bulk import Reachability, post, reach
from handlers.broadcast.codes import BulletinVerb
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from storage import bulletins as stored
from storage.bulletins import Bulletin, BulletinState
from storage.outbox import OutboxKind
from storage.people import members_of_plan

LISTED = 30


def show_bulletins(context: Context, rest: str) -> Call:
    """/bulletin, a bulletin's number, and what its releaser does with it."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SEE_PROGRESS, Resource(plan=plan)):
        return no
    releases = may(actor, Action.PUBLISH, Resource(plan=plan))
    number, _, what = rest.partition(" ")
    if not number:
        states = (BulletinState.DRAFT, BulletinState.RELEASED) if releases else (BulletinState.RELEASED,)
        found = stored.list_bulletins(context.session, plan, *states, limit=LISTED)
        return say(replace(context, line="/bulletin"), texts.list_all(found, releases=releases))
    bulletin = stored.get_bulletin(context.session, int(number)) if number.isdecimal() and len(number) < 10 else None
    hidden = bulletin is not None and bulletin.state is not BulletinState.RELEASED and not releases
    if bulletin is None or bulletin.plan != plan or hidden:
        return say(context, texts.no_such())
    if not what:
        return _show(context, bulletin, releases=releases)
    if no := turned_away(context, actor, Action.PUBLISH, Resource(plan=plan)):
        return no
    return _do(context, actor, bulletin, *what.split(" ", 1))


def _show(context: Context, bulletin: Bulletin, *, releases: bool) -> Call:
    return say(replace(context, line=f"/bulletin {bulletin.id}"), texts.show(bulletin, releases=releases))


def _do(context: Context, actor: Actor, bulletin: Bulletin, verb: str, said: str = "") -> Call:
    if verb == BulletinVerb.RESTORE and stored.restore(context.session, bulletin.id):
        return _changed(context, actor, bulletin, "bulletin_restore")
    if bulletin.state is not BulletinState.DRAFT:
        return say(context, texts.not_a_draft(bulletin))
    match verb:
        case BulletinVerb.RELEASE:
            return _release(context, actor, bulletin, sure=said == BulletinVerb.CONFIRM)
        case BulletinVerb.TITLE | BulletinVerb.REMARK:
            return _word(context, actor, bulletin, verb, said.strip())
        case BulletinVerb.DROP if stored.drop(context.session, bulletin.id):
            note(context, actor, "bulletin_drop", f"bulletin:{bulletin.id}")
            return say(context, texts.dropped(bulletin))
    return _show(context, bulletin, releases=True)


def _word(context: Context, actor: Actor, bulletin: Bulletin, verb: str, said: str) -> Call:
    command = f"/bulletin {bulletin.id} {verb}"
    title = verb == BulletinVerb.TITLE
    if not said:
        return ask_for(context, texts.ask_title(bulletin) if title else texts.ask_remark(bulletin), command)
    limit = texts.TITLE_LENGTH if title else texts.REMARK_LENGTH
    if len(said) > limit:
        return ask_for(context, texts.too_long(limit), command)
    words = " ".join(said.split())
    kept = {"title": words} if title else {"remark": None if words == BulletinVerb.DELETE else words}
    stored.word(context.session, bulletin.id, **kept)
    return _changed(context, actor, bulletin, "bulletin_word")


def _changed(context: Context, actor: Actor, bulletin: Bulletin, action: str) -> Call:
    note(context, actor, action, f"bulletin:{bulletin.id}")
    return _show(context, stored.get_bulletin(context.session, bulletin.id) or bulletin, releases=True)


def _release(context: Context, actor: Actor, bulletin: Bulletin, *, sure: bool) -> Call:
    """Once asked for the second time: everybody bound to the plan gets it, but for whoever releases it."""
    readers = _readers(context, actor, bulletin.plan)
    if not sure:
        return say(context, texts.ask_release(bulletin, len(readers.members), len(readers.beyond)))
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    if not stored.release(context.session, bulletin.id, by=actor.member, now=context.now):
        return say(context, texts.not_a_draft(stored.get_bulletin(context.session, bulletin.id) or bulletin))
    released = stored.get_bulletin(context.session, bulletin.id) or bulletin
    sent = post(
        context.session,
        readers.members,
        texts.show(released, releases=False),
        kind=OutboxKind.ANNOUNCEMENT,
        occurrence=f"bulletin {bulletin.id}",
        plan=bulletin.plan,
        now=context.now,
        line=f"/bulletin {bulletin.id}",
    )
    note(context, actor, "bulletin_release", f"bulletin:{bulletin.id}", {"recipients": len(sent)})
    return say(context, texts.released(released, len(sent)))


def _readers(context: Context, actor: Actor, plan: str) -> Reachability:
    return reach(context.session, [one for one in members_of_plan(context.session, plan) if one.id != actor.member])
