"""Conversations of everybody, played over each channel: the same words, buttons and toasts come back."""

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from bot_harness import Json, Talk, labels
from report_harness import HEAD, MEICHUAN, OFFICE, SCIENCE, SUPERVISOR, TRAFFIC, VISITOR, report_harness
from web_client import serve_web

from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.services.question_service import QuestionService
from storage.database import open_database
from storage.migrate import migrate

EVERYBODY = (VISITOR, TRAFFIC, SCIENCE, MEICHUAN, SUPERVISOR, OFFICE, HEAD)
LINES = (
    "市交通局负责哪些任务",
    "其中牵头的呢",
    "长江大保护谁牵头",
    "重点项目有哪些",
    "有几个目标没写明数字",
    "/help",
    "/me",
    "/remind",
    "/brief",
    "/people",
    "/calendar",
    "/gaps",
    "没有这个命令",
    "/nosuch",
)
_CLOCK = re.compile(r"\d{2}:\d{2}")


async def heard_of(
    serve: Callable[[], AbstractAsyncContextManager[Site]], path: Path, question_service: QuestionService
) -> list[object]:
    """Everything that is said to everybody, in order."""
    said: list[object] = []
    url = f"sqlite:///{path}"
    migrate(url)
    database = open_database(url)
    async with serve() as site, report_harness(site, database, question_service) as harness:
        for person in EVERYBODY:
            talk = harness.talk(person)
            for line in LINES:
                said += await _turn(talk, await talk.ask(line))
        reporter = harness.talk(TRAFFIC)
        card = await reporter.ask("公路里程完成了1200公里")
        said += [_worded(card)]
        said += [_worded(await harness.talk(SUPERVISOR).ask("/pending"))]
    database.close()
    return said


async def _turn(talk: Talk, shown: Json) -> list[object]:
    """What is said, and what its first page-turning button makes of it."""
    turning = [label for label in labels(shown) if "下一页" in label]
    if not turning:
        return [_worded(shown)]
    toast = await talk.tap(shown, turning[0])
    return [_worded(shown), toast, _worded(await talk.heard())]


def _worded(shown: Json) -> tuple[str, list[str], list[tuple[str, int, int]]]:
    marks = [
        (one["type"], one["offset"], one["length"])
        for one in shown.get("entities", [])
        if one["type"] in {"bold", "italic", "code"}
    ]
    return _CLOCK.sub("时刻", shown["text"].strip()), labels(shown), marks


async def test_the_same_is_said_over_every_channel(question_service: QuestionService, tmp_path: Path) -> None:
    telegram = await heard_of(serve_playground, tmp_path / "telegram.sqlite", question_service)
    web = await heard_of(serve_web, tmp_path / "web.sqlite", question_service)
    assert len(telegram) > len(EVERYBODY) * len(LINES)
    assert web == telegram
