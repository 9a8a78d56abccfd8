"""A question is answered in three transactions, and what has nothing to do makes none."""

import asyncio
from collections.abc import Iterator

import pytest
from bot_harness import PATIENCE, StubService, Talk, bot_at_work
from sqlalchemy import Connection, Engine, event, select

from bot import outbox
from bot.playground.server import Site
from storage.database import Database
from storage.inbox import InboxRow, InboxState

CLAIM = "WITH picked AS"
"""What the rounds of delivery begin with when something may be sent."""


@pytest.fixture
def transactions() -> Iterator[list[list[str]]]:
    """The statements of each transaction that has begun; of one that only reads, none."""
    begun: list[list[str]] = []
    open_ones: dict[int, list[str]] = {}

    def begin(connection: Connection) -> None:
        begun.append(open_ones.setdefault(id(connection), []))

    def execute(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if id(connection) in open_ones and not connection.get_execution_options().get("reads_only"):
            open_ones[id(connection)].append(statement)

    def end(connection: Connection) -> None:
        open_ones.pop(id(connection), None)

    listeners = (("begin", begin), ("before_cursor_execute", execute), ("commit", end), ("rollback", end))
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    yield begun
    for name, listener in listeners:
        event.remove(Engine, name, listener)


@pytest.mark.both
async def test_a_question_is_stored_answered_and_closed_in_a_transaction_each(
    site: Site, database: Database, transactions: list[list[str]]
) -> None:
    with site.world.feed.listening() as events:
        async with bot_at_work(site, database, StubService()):
            await _ask(Talk(site, events), database)
            before = len(transactions)
            await _ask(Talk(site, events), database)
    of_the_inbox = [said for said in transactions[before:] if any(" inbox" in one for one in said)]
    assert len(of_the_inbox) == 3


async def test_the_outbox_is_looked_into_only_where_something_was_enqueued(
    site: Site, database: Database, transactions: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "POLL_SECONDS", 600.0)

    def looks() -> int:
        return sum(any(one.startswith(CLAIM) for one in said) for said in transactions)

    with site.world.feed.listening() as events:
        async with bot_at_work(site, database, StubService()), asyncio.timeout(PATIENCE):
            while not looks():  # noqa: ASYNC110 - a look of the start
                await asyncio.sleep(0.02)
            for _ in range(5):
                await _ask(Talk(site, events), database)
            assert looks() == 1


async def _ask(talk: Talk, database: Database) -> None:
    """Until the row is closed."""
    await talk.ask("甲")
    async with asyncio.timeout(PATIENCE):
        while _unfinished(database):  # noqa: ASYNC110 - the bot is at work
            await asyncio.sleep(0.02)


def _unfinished(database: Database) -> bool:
    with database.read() as session:
        found = select(InboxRow.id).where(InboxRow.state != InboxState.REPLIED).limit(1)
        return session.scalar(found) is not None
