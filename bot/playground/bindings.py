"""The playground's people are bound to their roles, as if each had come in by a link."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.playground.personas import Persona
from bot.telegram.incoming import address
from storage import audit
from storage.chats import ChatKind, see_chat, see_person
from storage.people import Grant, MemberRow, Role, add_member, give


def seed_people(session: Session, personas: Iterable[Persona], *, plan: str, now: datetime) -> None:
    """Bind those with a role who are not known yet; what has been changed since (removed, locked) stays so."""
    known = set(session.scalars(select(MemberRow.telegram_id)))
    for persona in personas:
        if persona.role is None or persona.id in known:
            continue
        see_chat(session, chat=address(persona.id), kind=ChatKind.PRIVATE, title=None, now=now)
        see_person(session, person=address(persona.id), name=persona.name, now=now)
        number = add_member(session, telegram_id=persona.id, name=persona.name, now=now)
        role = Role(persona.role)
        sections = [Grant(role, plan, section=section) for section in persona.sections]
        give(session, number, sections or [Grant(role, plan, persona.unit)], now=now)
        audit.append(session, at=now, actor=audit.SYSTEM, action="seed", subject=audit.member(number))
