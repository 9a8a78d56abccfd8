"""Conversations as files (tests/end_to_end/transcripts), played through `duban ask --jsonl` and over every channel.

A turn states only the fields it is about: `ask`, and of `outcome`, `answer` (these keys, with these values), `says`
(parts of the text). `tap` names the button that asks it where there are buttons.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from bot_harness import Json, Talk, bot_at_work
from web_client import serve_web

from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.services.question_service import open_question_service
from storage.database import open_database
from storage.migrate import migrate

TRANSCRIPTS = {path.stem: path for path in sorted((Path(__file__).parent / "transcripts").glob("*.yaml"))}


@cache
def transcript(name: str) -> Json:
    found: Json = yaml.safe_load(TRANSCRIPTS[name].read_text(encoding="utf-8"))
    assert set(found) == {"name", "today", "turns"}
    assert all(set(turn) <= {"ask", "tap", "outcome", "answer", "says"} for turn in found["turns"])
    return found


@cache
def asked_in_a_shell() -> dict[str, list[Json]]:
    """Every transcript's answers, by its file's name, from one run of the command."""
    lines = [
        json.dumps({"id": name, "today": found["today"], "turns": [turn["ask"] for turn in found["turns"]]})
        for name in TRANSCRIPTS
        for found in [transcript(name)]
    ]
    run = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr
    return {found["id"]: found["answers"] for line in run.stdout.splitlines() for found in [json.loads(line)]}


def holds(stated: Any, found: Any) -> bool:
    """Whether everything stated is found; an object may have more keys than are stated."""
    if isinstance(stated, dict):
        return isinstance(found, dict) and all(key in found and holds(stated[key], found[key]) for key in stated)
    if isinstance(stated, list):
        return isinstance(found, list) and len(stated) == len(found) and all(map(holds, stated, found))
    return bool(stated == found)


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_transcript_holds_in_a_shell(name: str) -> None:
    for turn, answer in zip(transcript(name)["turns"], asked_in_a_shell()[name], strict=True):
        assert answer["outcome"] == turn.get("outcome", answer["outcome"])
        assert holds(turn.get("answer", {}), answer["answer"]), answer
        if turn.get("answer") == {}:
            assert answer["answer"] == {}
        for part in turn.get("says", ()):
            assert part in answer["text"]


@pytest.mark.parametrize("serve", [serve_playground, serve_web], ids=["telegram", "web"])
@pytest.mark.parametrize("name", TRANSCRIPTS)
async def test_a_transcript_holds_in_a_chat(
    name: str, serve: Callable[[], AbstractAsyncContextManager[Site]], tmp_path: Path
) -> None:
    found = transcript(name)
    url = f"sqlite:///{tmp_path}/duban.sqlite"
    migrate(url)
    database = open_database(url)
    async with serve() as site:
        with site.world.feed.listening() as events:
            async with bot_at_work(site, database, question_service(), today=date.fromisoformat(found["today"])):
                talk = Talk(site, events)
                shown: Json = {}
                for turn, answer in zip(found["turns"], asked_in_a_shell()[name], strict=True):
                    if "tap" in turn:
                        await talk.tap(shown, turn["tap"])
                        shown = await talk.heard()
                    else:
                        shown = await talk.ask(turn["ask"])
                    assert lines_of(shown["text"]) == lines_of(answer["text"])
    database.close()


question_service = cache(open_question_service)


def lines_of(text: str) -> list[str]:
    """The lines of a message of one page; Telegram takes spaces off a message's ends."""
    return text.strip().splitlines()
