"""Letters in the outbox, and a bot at work that delivers them to the playground's people."""

import asyncio
from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from addresses import at
from bot_harness import PATIENCE, Json, StubService, Talk, bot_at_work
from sqlalchemy import select

from bot.playground import people
from bot.playground.bindings import seed_people
from bot.playground.server import Site
from storage.chats import ChatKind, see_chat, see_person
from storage.database import Database
from storage.outbox import Letter, OutboxKind, OutboxRow, OutboxState, enqueue_all
from storage.people import find_member
from storage.rich_text import Text, plain_text

PLAN = "wuxue-2021-26"


@dataclass
class OutboxHarness:
    """The playground's people are bound and have written to the bot before it comes up."""

    site: Site
    database: Database
    events: asyncio.Queue[Json | None]
    members: dict[int, int] = field(default_factory=dict)
    """By account, the member's number."""

    def __post_init__(self) -> None:
        now, cast = datetime.now(UTC), self.site.world.cast
        with self.database.write() as session:
            seed_people(session, cast.people.values(), plan=PLAN, now=now)
            for one in cast.people.values():
                see_chat(session, chat=at(one.id), kind=ChatKind.PRIVATE, title=None, now=now)
                see_person(session, person=at(one.id), name=one.name, now=now)
                self.site.world.new_message(one.id, one.id, {"text": "以前说过的话"})
                if (member := find_member(session, one.id)) is not None:
                    self.members[one.id] = member.id

    def talk(self, person: int) -> Talk:
        return Talk(self.site, self.events, person=person, chat=person)

    def letter(self, person: int, text: Text, **fields: object) -> Letter:
        values = {
            "kind": OutboxKind.NOTICE,
            "member": self.members.get(person),
            "occurrence": plain_text(text),
            **fields,
        }
        return Letter(plan=PLAN, chat=person, text=text, **values)  # type: ignore[arg-type]

    def enqueue(self, *letters: Letter) -> list[int]:
        with self.database.write() as session:
            numbers = enqueue_all(session, letters, now=datetime.now(UTC))
        return [number for number in numbers if number is not None]

    def row(self, number: int) -> OutboxRow:
        with self.database.read() as session:
            return session.get_one(OutboxRow, number)

    def states(self, numbers: Collection[int]) -> list[OutboxState]:
        with self.database.read() as session:
            return list(session.scalars(select(OutboxRow.state).where(OutboxRow.id.in_(numbers))))

    def at_work(self, *, server: str | None = None) -> AbstractAsyncContextManager[None]:
        return bot_at_work(self.site, self.database, StubService(), server=server)

    def said(self, person: int) -> list[str]:
        return self.talk(person).answers()

    async def all_in(self, states: Collection[OutboxState], numbers: Collection[int]) -> None:
        """Wait until the rows are in one of the states."""
        async with asyncio.timeout(PATIENCE):
            while any(state not in states for state in self.states(numbers)):  # noqa: ASYNC110
                await asyncio.sleep(0.02)  # any process may be the one that sends

    def block(self, person: int) -> None:
        """The person stops the bot while it is away, so that it finds out by itself."""
        self.site.world.book.set_fact("blocked", [person])

    def deactivate(self, person: int) -> None:
        people.deactivate(self.site.world, person)
