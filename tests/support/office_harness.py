"""The playground's people, bound to their roles, and an internal bot at work."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

from bot_harness import Json, Talk, address_in, bot_at_work
from sqlalchemy import select
from web_client import found_at, serve_channel

from bot.playground.bindings import seed_people
from handlers.access.service import Service
from handlers.services.question_service import QuestionService
from storage.base import Base
from storage.database import Database
from storage.people import find_member

SCIENCE, MEICHUAN, SUPERVISOR, OFFICE, HEAD = 510003, 510004, 510005, 510006, 510007
INTERNAL = Service(internal=True)
CODE = re.compile(r"db1_[A-Za-z0-9_-]{43}")


@asynccontextmanager
async def office_at_work(
    database: Database,
    question_service: QuestionService,
    *,
    service: Service = INTERNAL,
    today: date = date(2023, 3, 1),
) -> AsyncIterator[Talk]:
    """The office's private chat with a bot, internal by default; the playground's people are bound."""
    async with serve_channel() as site:
        with database.write() as session:
            plan = question_service.library.plans[0].name
            seed_people(
                session, site.world.cast.people.values(), plan=plan, now=datetime.now(UTC), address=address_in(site)
            )
        with site.world.feed.listening() as events:
            async with bot_at_work(site, database, question_service, service=service, today=today):
                yield Talk(site, events, person=OFFICE, chat=OFFICE)


def talk(other: Talk, person: int) -> Talk:
    return Talk(other.site, other.events, person=person, chat=person)


def code_in(message: Json) -> str:
    found = set(CODE.findall(message["text"]))
    assert len(found) == 1
    return str(found.pop())


def number_of(database: Database, person: int) -> int:
    with database.write() as session:
        member = find_member(session, found_at(person).number)
        assert member is not None
        return member.id


def everything(database: Database) -> str:
    with database.read() as session:
        return "\n".join(
            repr(tuple(row)) for table in Base.metadata.sorted_tables for row in session.execute(select(table))
        )
