"""The playground's people are bound to their roles, as if each had come in by a link."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.playground.personas import Persona
from bot.telegram.incoming import address as telegram_address
from storage import audit
from storage.chats import Address, ChatKind, see_chat, see_person
from storage.people import Grant, MemberRow, Role, add_member, give


def seed_people(
    session: Session,
    personas: Iterable[Persona],
    *,
    plan: str,
    now: datetime,
    address: Callable[[int], Address] = telegram_address,
) -> None:
    """Bind those with a role who are not known yet; what has been changed since (removed, locked) stays so.

    `address` says where a channel finds them.
    """
    known = set(session.scalars(select(MemberRow.telegram_id)))
    for persona in personas:
        found = address(persona.id)
        if persona.role is None or found.number in known:
            continue
        see_chat(session, chat=found, kind=ChatKind.PRIVATE, title=None, now=now)
        see_person(session, person=found, name=persona.name, now=now)
        number = add_member(session, telegram_id=found.number, name=persona.name, now=now)
        role = Role(persona.role)
        sections = [Grant(role, plan, section=section) for section in persona.sections]
        give(session, number, sections or [Grant(role, plan, persona.unit, project=persona.project)], now=now)
        audit.append(session, at=now, actor=audit.SYSTEM, action="seed", subject=audit.member(number))
