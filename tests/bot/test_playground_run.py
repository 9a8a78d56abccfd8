"""`duban playground` as a person starts it: a process of its own, in a folder of its own."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from asyncio import timeout
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import ClientSession
from folders import ROOT

VISITOR = 510001
PATIENCE_SECONDS = 30


@contextmanager
def playground(folder: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A running playground with its files in `folder`, and a client of its page."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "playground", "--empty"],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        assert process.stdout
        first = process.stdout.readline()
        address = re.fullmatch(r"聊天页面: (http://127\.0\.0\.1:\d+/)\n", first)
        assert address, first
        with httpx.Client(base_url=address[1]) as client:
            yield process, client
    finally:
        process.kill()
        process.communicate()


def say(client: httpx.Client, text: str) -> None:
    told = {"person": VISITOR, "chat": VISITOR, "text": text}
    client.post("play/api/say", json=told).raise_for_status()


def history(client: httpx.Client) -> list[dict[str, Any]]:
    return [one["message"] for one in client.get("play/api/messages", params={"chat": VISITOR}).json()]


def answer(client: httpx.Client) -> dict[str, Any]:
    """The bot's first message in the chat, which may be there already."""
    return asyncio.run(_heard(client))


async def _heard(client: httpx.Client) -> dict[str, Any]:
    async with (
        timeout(PATIENCE_SECONDS),
        ClientSession() as session,
        session.ws_connect(str(client.base_url.join("play/api/events"))) as events,
    ):
        for message in history(client):  # from here on nothing is missed
            if message["from"]["is_bot"]:
                return message
        async for sent in events:
            event = sent.json()
            if event.get("kind") == "message" and event["message"]["from"]["is_bot"]:
                return dict(event["message"])
    pytest.fail("the playground went away")


@pytest.mark.slow
def test_it_answers_the_sample_question_and_stops_when_told(tmp_path: Path) -> None:
    with playground(tmp_path) as (process, client):
        state = client.get("play/api/state").json()
        assert state["clock"] == {"today": "2023-03-01", "shifted": True}
        question = state["samples"]["private"][0]
        say(client, question)
        text = answer(client)["text"]
        for task in ("1.1", "1.3", "2.1", "2.2", "4.3", "5.1", "5.2", "6.2", "6.3"):
            assert task in text
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE_SECONDS) == 0


@pytest.mark.slow
def test_what_was_asked_before_a_crash_is_answered_after_it_and_the_history_is_there(tmp_path: Path) -> None:
    with playground(tmp_path) as (process, client):
        say(client, "长江大保护谁牵头")
        process.kill()
        process.wait()
    with playground(tmp_path) as (_, client):
        answer(client)
        assert [one["from"]["is_bot"] for one in history(client)] == [False, True]


def test_another_port_is_taken_where_the_usual_one_is_not_free(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(("127.0.0.1", 8765))
            other.listen()
        except OSError:
            pass  # somebody else has it already, which is as good
        with playground(tmp_path) as (_, client):
            assert client.base_url.port != 8765
            assert client.get("").status_code == 200


def test_a_second_one_in_the_same_folder_says_so(tmp_path: Path) -> None:
    with playground(tmp_path):
        second = subprocess.run(
            [sys.executable, "-m", "bot", "playground", "--empty"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 1
        assert "已在运行" in second.stderr
        assert "Traceback" not in second.stderr
