"""/roster: invitations for a whole list at once, seen before they are made, printed on slips, revoked together."""

from base64 import b64encode
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from handlers.access.policy import Action, Actor, Resource
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context, Services
from handlers.chat.conversation import say, settle
from handlers.chat.file_context import context_of_file
from handlers.chat.outgoing import Call, Document
from handlers.chat.prompts import ask_for
from handlers.chat.shown_first import shown_first
from handlers.people import texts_invitation_lists as texts
from handlers.people.codes import RosterVerb
from handlers.people.invitation_rows import MOST, InvitationRowRead, read_rows
from handlers.people.invitation_sheet import blank
from handlers.people.onboarding import DAYS, told
from handlers.services.clock import PLAN_ZONE
from handlers.services.unit_lookup import units_of_plan
from handlers.texts.rights import ROLES
from storage.invitation_lists import close_list, get_list, keep_list, revoke_list
from storage.invitations import invite
from storage.people import members_of_plan


def show_roster(context: Context, rest: str) -> Call:
    """/roster, the rows of a list, or what is done with one that was shown."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.INVITE, Resource(plan=plan)):
        return no
    verb, _, number = rest.partition(" ")
    if verb in {*RosterVerb}:
        return _decided(context, actor, plan, RosterVerb(verb), number)
    if not rest:
        content = blank(units_of_plan(context.services.question_service, plan), ROLES.values())
        text = b64encode(content).decode()
        context.besides.append(Document(chat=context.chat, name=texts.BLANK_FILE, text=text, encoded=True))
        return ask_for(context, texts.ask(), "/roster")
    return _preview(context, actor, plan, rest)


def take_list(session: Session, services: Services, chat: int, table: str, *, now: datetime) -> tuple[Call, ...]:
    """What is said to a workbook that is a list of people to invite."""
    context = context_of_file(session, services, chat, now=now)
    return (show_roster(context, table), *context.besides)


def _preview(context: Context, actor: Actor, plan: str, text: str) -> Call:
    rows = _rows(context, plan, text)
    if len(rows) > MOST:
        return ask_for(context, texts.too_many(len(rows)), "/roster")
    if not rows:
        return ask_for(context, texts.nothing_read(), "/roster")
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    number = keep_list(context.session, by=actor.member, text=text, now=context.now)
    return say(context, texts.preview(rows, number, DAYS))


def _decided(context: Context, actor: Actor, plan: str, verb: RosterVerb, said: str) -> Call:
    kept = get_list(context.session, int(said)) if said.isdecimal() and len(said) < 10 else None
    if kept is None or kept.made_by != actor.member:
        return say(context, texts.GONE)
    if verb is RosterVerb.REVOKE:
        line = f"/roster {RosterVerb.REVOKE} {kept.id}"
        if card := shown_first(context, texts.to_revoke(len(kept.invitations)), line):
            return card
        count = revoke_list(context.session, kept, now=context.now)
        note(context, actor, "revoke", f"invitation_list:{kept.id}", {"count": count})
        return say(context, texts.revoked(count))
    if kept.text is None:
        return say(context, texts.GONE)
    if verb is RosterVerb.DROP:
        close_list(context.session, kept.id)
        return settle(context, texts.DROPPED)
    rows = [one for one in _rows(context, plan, kept.text) if one.fault is None]
    return _made(context, actor, kept.id, rows)


def _made(context: Context, actor: Actor, number: int, rows: list[InvitationRowRead]) -> Call:
    expires = context.now + timedelta(days=DAYS)
    nonces, numbers = [], []
    for row in rows:
        nonce, digest = context.services.codes.make()
        made = invite(
            context.session,
            digest=digest,
            grants=row.grants,
            made_by=actor.member,
            now=context.now,
            expires_at=expires,
        )
        note(context, actor, "invite", f"invitation:{made}", told(row.grants) | {"heir_of": None})
        nonces.append(nonce)
        numbers.append(made)
    close_list(context.session, number, tuple(numbers))
    until = expires.astimezone(PLAN_ZONE).date()
    slips = texts.slips(rows, nonces, until)
    context.besides.append(Document(chat=context.chat, name=texts.SLIPS_FILE, text="", slips=slips))
    return settle(context, texts.made(len(rows), number, until))


def _rows(context: Context, plan: str, text: str) -> tuple[InvitationRowRead, ...]:
    members = members_of_plan(context.session, plan)
    return read_rows(text, context.services.question_service, plan, members)
