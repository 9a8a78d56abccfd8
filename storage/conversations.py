"""What is stored of one person in one chat, read at once: nearly every update needs all of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, literal, select, true
from sqlalchemy.orm import Session

from storage.base import table_of
from storage.chats import Address, ChatKind, ChatRow, PersonRow, see_chat, see_person
from storage.dialogs import DialogRow
from storage.homes import HomeRow
from storage.people import Account, MemberRow
from storage.prompts import PromptRow

SEEN_AGAIN = timedelta(hours=1)
"""So long it is not written again that a chat or a person was seen, if nothing else about them has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationState:
    memory: str
    """What the person's last turn in this chat left behind; "" if nothing, or if it has expired."""
    prompted: bool
    """Whether the bot has asked for something to be typed."""
    desk: str | None = None
    """The role that the person chose for this chat, of several (storage.homes)."""
    menu: str | None = None
    """The role whose commands the chat's menu shows; None: everybody's."""
    account: Account | None
    """None for a visitor. Kept from changing until the transaction ends, so that rights read now still hold when their
    effect is stored."""


def see(
    session: Session, *, chat: Address, kind: ChatKind, title: str | None, person: Address, name: str, now: datetime
) -> ConversationState:
    """The person wrote or tapped in the chat at `now`; so it is not blocked either."""
    row = session.execute(_STATE, {"chat": chat.number, "person": person.number, "now": now}).one()
    since = now - SEEN_AGAIN
    if row.blocked is not False or (row.kind, row.title) != (kind, title) or row.chat_seen < since:
        see_chat(session, chat=chat, kind=kind, title=title, now=now)
    if row.name != name or row.person_seen < since:
        see_person(session, person=person, name=name, now=now)
    account = None if row.member is None else Account(row.member, locked=row.locked_at is not None)
    return ConversationState(
        memory=row.memory or "", prompted=row.prompted, desk=row.desk, menu=row.menu, account=account
    )


_CHATS, _PERSONS, _MEMBERS = table_of(ChatRow), table_of(PersonRow), table_of(MemberRow)
_DIALOGS, _PROMPTS, _HOMES = table_of(DialogRow), table_of(PromptRow), table_of(HomeRow)
_ALWAYS = select(literal(1).label("one")).subquery()
_BOUND = (
    select(_MEMBERS.c.id, _MEMBERS.c.locked_at)
    .where(_MEMBERS.c.telegram_id == bindparam("person"))
    .with_for_update(read=True)
    .subquery()
)
_MEMORY = select(_DIALOGS.c.memory).where(
    _DIALOGS.c.chat_id == bindparam("chat"),
    _DIALOGS.c.person_id == bindparam("person"),
    _DIALOGS.c.expires_at > bindparam("now"),
)
_PROMPTED = exists().where(_PROMPTS.c.chat_id == bindparam("chat"), _PROMPTS.c.person_id == bindparam("person"))
_STATE = (
    select(
        _CHATS.c.kind,
        _CHATS.c.title,
        _CHATS.c.blocked,
        _CHATS.c.last_seen.label("chat_seen"),
        _PERSONS.c.name,
        _PERSONS.c.last_seen.label("person_seen"),
        _BOUND.c.id.label("member"),
        _BOUND.c.locked_at,
        _MEMORY.scalar_subquery().label("memory"),
        _PROMPTED.label("prompted"),
        _HOMES.c.desk,
        _HOMES.c.menu,
    )
    .select_from(_ALWAYS)
    .outerjoin(_CHATS, _CHATS.c.id == bindparam("chat"))
    .outerjoin(_PERSONS, _PERSONS.c.id == bindparam("person"))
    .outerjoin(_HOMES, _HOMES.c.chat_id == bindparam("chat"))
    .outerjoin(_BOUND, true())
)
