"""Buttons of 0.1 that still stand in people's chats: they do what they did when they were sent."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from bot_harness import VISITOR, StubService, Talk, bot_at_work

from bot.playground.server import Site
from storage.database import Database
from storage.dialogs import open_turn


@pytest.fixture
async def talk(site: Site, database: Database) -> AsyncIterator[Talk]:
    """The visitor's private chat with a bot at work, which has answered once."""
    with site.world.feed.listening() as events:
        async with bot_at_work(site, database, StubService()):
            yield Talk(site, events)


def answered(database: Database, question: str, *buttons: str) -> int:
    """The turn of an answer, as it was kept."""
    with database.write() as session:
        return open_turn(
            session,
            chat_id=VISITOR,
            person_id=VISITOR,
            message_id=7,
            question=question,
            memory_before="",
            buttons=buttons,
            now=datetime.now(UTC),
        )


async def test_a_question_is_asked_after_the_answer_that_it_stands_under(talk: Talk, database: Database) -> None:
    message = await talk.ask("乙")
    turn = answered(database, "甲", "其中牵头的呢")
    assert await talk.tap_data(message, f"1:{turn}:0") == ""
    assert (await talk.heard())["text"] == "答：其中牵头的呢\n前文：甲"


async def test_a_page_is_turned_and_its_buttons_are_those_of_today(talk: Talk, database: Database) -> None:
    message = await talk.ask("乙")
    turn = answered(database, "很多", "牵头的呢", "目标呢")
    assert await talk.tap_data(message, f"1:{turn}:p1") == ""
    page = await talk.heard()
    assert page["text"].startswith("第11项")
    assert await talk.tap(page, "牵头的") == ""
    assert (await talk.heard())["text"] == "答：其中牵头的呢\n前文：无"
