"""An edit that leaves the words as they were is none: no answer, no second record."""

from functools import partial
from typing import Any

import pytest
from bot_api_server import RawServer, raw_bot, raw_server
from bot_harness import StubService
from sqlalchemy import func, select

from handlers.access.service import Service
from storage.database import Database
from storage.dialogs import TurnRow

Json = dict[str, Any]


def edited(server: RawServer, update: Json, text: str) -> Json:
    """Telegram also sends this when a link's preview comes, or a reaction changes a field that bots do not see."""
    message = update["message"]
    return server.update("edited_message", {**message, "text": text, "edit_date": message["date"] + 1})


def turns(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(TurnRow)) or 0


@pytest.mark.parametrize("words", ["甲", "/ask 甲", "我要请假", "/start", "提醒我明天下午三点开会", "密级：秘密"])
async def test_an_edit_that_changes_nothing_is_not_answered(database: Database, words: str) -> None:
    async with raw_server() as server:
        content: Json = {"text": words}
        if words.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words.split()[0])}]
        first = server.message(content)
        async with raw_bot(server, database, StubService(), service=Service(internal=True)):
            await server.send(first)
            await server.until(lambda: server.count("sendMessage") == 1)
            before = turns(database)
            await server.send(edited(server, first, words), edited(server, first, words))
            await server.send(server.message("乙"))
            await server.heard("答：乙")
        assert server.count("sendMessage") == 2
        assert server.count("editMessageText") == 0
        assert turns(database) == before + 1


async def test_an_edit_back_and_forth_is_answered_each_time(database: Database) -> None:
    async with raw_server() as server:
        first = server.message("甲")
        async with raw_bot(server, database):
            await server.send(first)
            await server.heard("答：甲")
            for count, words in enumerate(("乙", "甲"), start=1):
                await server.send(edited(server, first, words))
                await server.until(partial(edits, server, count))


def edits(server: RawServer, count: int) -> bool:
    return server.count("editMessageText") == count
