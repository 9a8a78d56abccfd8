"""The command line: Chinese to the last word, exit statuses that mean something, never a traceback."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from bot_harness import PATIENCE, Door, Talk
from folders import ROOT

import bot.cli
from bot.cli import CRASHED, main
from bot.commands.list_commands import commands_page
from bot.playground.server import Site
from bot.texts.shell import FEATURES
from knowledge.questions.understand.weights import Feature


@pytest.fixture(autouse=True)
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings from this machine."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("DUBAN_"):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["foo"], "没有 foo 这个命令。"),
        (["--foo"], "没有 --foo 这个选项。"),
        (["ask", "--foo"], "没有 --foo 这个选项。"),
        (["ask", "--plan"], "选项 --plan 要带一个值。"),
        (["ask"], "请写上要问的话"),
        (["ask", "--jsonl", "甲"], "不要再写问句"),
        (["ask", "甲", "--today", "明天"], "“明天”不是日期"),
        (["explain"], "缺少参数 问句。"),
        (["check-plan"], "缺少参数 清单。"),
    ],
)
def test_wrong_usage_is_explained_in_chinese(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert re.search(r"运行 duban\S* ?\S* --help 看用法。", said.err)


@pytest.mark.parametrize(
    "command",
    [
        "",
        "ask",
        "explain",
        "invite",
        "audit",
        "misses",
        "outbox",
        "error",
        "playground",
        "run",
        "check-plan",
        "check-config",
    ],
)
def test_help_has_no_english_sentence(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    said = capsys.readouterr().out
    assert "用法" in said
    assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+|<[a-z]|\[[a-z]", said)


def test_the_version_is_told_without_loading_the_bot() -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "--version"], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"duban \d+\.\d+\.\d+\n", run.stdout)
    assert not re.search(r"\| +(telegram|sqlalchemy|knowledge|aiohttp)\b", run.stderr)


def test_a_question_is_answered_without_loading_telegram() -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "ask", "--jsonl"],
        input='{"id": "1", "turns": ["5G基站谁管"]}',
        capture_output=True,
        text=True,
        check=True,
    )
    assert not re.search(r"\| +(telegram|sqlalchemy|aiohttp)\b", run.stderr)


def test_a_mistake_of_ours_is_one_line_with_a_number(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_name: str) -> str:
        raise RuntimeError("inner matters")

    monkeypatch.setattr(bot.cli, "version", broken)
    assert main(["--version"]) == CRASHED
    said = capsys.readouterr().err
    assert re.fullmatch(r"系统出错，没能完成。错误号 [0-9A-F]{4}（.*）\n", said)
    with pytest.raises(RuntimeError):
        main(["--debug", "--version"])


def test_without_a_token_the_bot_says_where_to_put_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run"]) == 1
    said = capsys.readouterr().err
    assert "没有令牌" in said
    assert "DUBAN_TELEGRAM__TOKEN" in said
    assert "duban playground" in said


@pytest.mark.parametrize("address", ["mysql://x", "foo"])
def test_an_address_of_no_database_of_ours_is_told_which_ones_are(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "--database", address]) == 1
    assert "sqlite:///文件路径" in capsys.readouterr().err


def test_the_commands_page_is_made_from_the_table() -> None:
    page = ROOT / "docs" / "commands.md"
    assert page.read_text(encoding="utf-8") == commands_page()


@asynccontextmanager
async def duban_run(site: Site, folder: Path, server: str, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The real command as a process of its own, with nothing but environment variables."""
    environment: Mapping[str, str] = {
        "PATH": os.environ["PATH"],
        "DUBAN_TELEGRAM__TOKEN": site.world.token,
        "DUBAN_TELEGRAM__SERVER": server,
        "DUBAN_DATABASE__URL": f"sqlite:///{folder}/duban.sqlite",
        **more,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_killed_between_receiving_and_answering_it_answers_once_after_the_restart(
    site: Site, tmp_path: Path
) -> None:
    door = Door()
    with site.world.feed.listening() as events:
        talk = Talk(site, events)
        async with asyncio.timeout(4 * PATIENCE), door.before(site) as address:
            door.deaf = {"sendMessage"}
            async with duban_run(site, tmp_path, address) as process:
                talk.say("市交通局牵头哪些任务")
                await door.knocked.wait()
                process.kill()
            door.deaf = set()
            async with duban_run(site, tmp_path, address) as process:
                assert "首列 2 项" in (await talk.heard())["text"]
                await talk.ask("谢谢")
                process.send_signal(signal.SIGTERM)
                assert await process.wait() == 0
    assert len(talk.answers()) == 2


async def test_a_second_run_on_the_same_database_is_refused(site: Site, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{site.port}"
    async with asyncio.timeout(3 * PATIENCE), duban_run(site, tmp_path, address):
        await site.world.mailbox.polled.wait()
        async with duban_run(site, tmp_path, address) as second:
            _, said = await second.communicate()
            assert second.returncode == 1
            assert "已有一个程序在运行" in said.decode()


async def test_a_rival_elsewhere_ends_the_run_with_a_clear_word(site: Site, tmp_path: Path) -> None:
    async def poll_without_end() -> None:
        async with httpx.AsyncClient(base_url=f"{site.base_url}{site.world.token}/") as rival:
            while True:
                await rival.post("getUpdates", json={"timeout": 30}, timeout=60)

    polling = asyncio.create_task(poll_without_end())
    async with asyncio.timeout(3 * PATIENCE), duban_run(site, tmp_path, f"http://127.0.0.1:{site.port}") as process:
        _, said = await process.communicate()
    polling.cancel()
    await asyncio.wait([polling])
    assert process.returncode == 1
    assert "409 Conflict" in said.decode()
    assert site.world.token not in said.decode()


def test_whatever_speaks_against_a_reading_has_a_word() -> None:
    assert set(FEATURES) == set(Feature)
