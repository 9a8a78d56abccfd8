"""The log: nobody's words, no token and no invitation's code, whoever logs; private files; an error number is found."""

import asyncio
import gc
import io
import logging
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiohttp import web
from bot_harness import PATIENCE
from folders import ROOT

import bot.cli
from bot.cli import CRASHED, main
from bot.config import LogSettings
from bot.evidence_folder import Files
from bot.log import BYTES, log_strays, set_up_logging
from storage import inbox
from storage.database import open_database
from storage.lease import hold_lease
from storage.migrate import migrate

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp"  # noqa: S105
CODE = "db1_" + "Ab3-" * 10 + "xyz"
WORDS = "内部的话"
PERSON = 510001


@pytest.fixture(autouse=True)
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings from this machine."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("DUBAN_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, raises = root.handlers[:], root.level, logging.raiseExceptions
    hooks = threading.excepthook, sys.unraisablehook, warnings.showwarning
    yield
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers[:], root.level, logging.raiseExceptions = handlers, level, raises
    threading.excepthook, sys.unraisablehook, warnings.showwarning = hooks
    structlog.reset_defaults()


def log_at(level: Any) -> io.StringIO:
    stream = io.StringIO()
    set_up_logging(LogSettings(level=level, file=""), stream=stream)
    return stream


def log_everything() -> None:
    """What libraries do with what people write."""
    logging.getLogger("telegram.ext.Updater").critical("Received data was %s", {"text": WORDS})
    logging.getLogger("aiohttp.server").error("a number: %d", WORDS)  # its own mistake must not print it either
    logging.getLogger("telegram").error(WORDS, stack_info=True)
    try:
        raise LookupError(WORDS)
    except LookupError:
        logging.getLogger("sqlalchemy.pool").exception("failed with %s", WORDS)
        structlog.get_logger("bot.app").exception("it broke")


@pytest.mark.parametrize("level", ["info", "warning", "error"])
def test_above_debug_nothing_that_is_logged_holds_words(level: str, capsys: pytest.CaptureFixture[str]) -> None:
    stream = log_at(level)
    log_everything()
    assert WORDS not in stream.getvalue()
    assert capsys.readouterr().err == ""
    assert stream.getvalue().count("error=LookupError") == 2
    assert stream.getvalue().count("test_log.py") >= 2
    assert re.search(r"test_log:\d+ log_everything", stream.getvalue())


def test_at_debug_the_words_are_there_and_the_secrets_are_not() -> None:
    stream = log_at("debug")
    logging.getLogger("telegram").error("%s /start %s at bot%s/getMe", WORDS, CODE, TOKEN)
    structlog.get_logger("bot.app").debug("said", text=f"{CODE.replace('_', '#', 1)} {TOKEN.replace(':', '%3A')}")
    assert WORDS in stream.getvalue()
    assert stream.getvalue().count("<code>") == stream.getvalue().count("<token>") == 2


def test_what_python_itself_would_print_is_logged_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    stream = log_at("warning")
    log_strays()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning(WORDS, UserWarning, "some/module.py", 12)

    def fail() -> None:
        raise LookupError(WORDS)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()

    class Failing:
        def __del__(self) -> None:
            raise LookupError(WORDS)

    Failing()
    gc.collect()
    assert "module.py:12" in stream.getvalue()
    assert "thread failed" in stream.getvalue()
    assert "not raised" in stream.getvalue()
    assert WORDS not in stream.getvalue() + capsys.readouterr().err


async def test_a_task_that_nobody_waited_for_is_logged_without_its_words() -> None:
    stream = log_at("warning")

    async def fail() -> None:
        raise LookupError(WORDS)

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    del task
    gc.collect()
    assert "LookupError" in stream.getvalue()
    assert WORDS not in stream.getvalue()


def update(number: int, **message: Any) -> dict[str, Any]:
    sender = {"id": PERSON, "is_bot": False, "first_name": "李"}
    chat = {"id": PERSON, "type": "private", "first_name": "李"}
    known = {"message_id": number, "date": int(datetime.now(UTC).timestamp()), "chat": chat, "from": sender}
    return {"update_id": number, "message": {**known, **message}}


class BrokenServer:
    """A Bot API server that goes wrong in every way, and quotes what was said each time."""

    def __init__(self) -> None:
        self.answered = asyncio.Event()
        unreadable = update(1, text=WORDS, forward_origin={"type": "hidden_user", "sender_user_name": WORDS})
        del unreadable["message"]["chat"]["type"]
        self._polls: list[web.Response | dict[str, Any]] = [
            web.Response(text=f"<h1>502 {WORDS}</h1>", status=502),
            web.Response(text=f'{{"ok": true, "result": [{{"text": "{WORDS}'),
            web.json_response({"ok": False, "error_code": 400, "description": f"Bad Request: {WORDS}"}, status=400),
            {"ok": True, "result": None},
            {"ok": True, "result": [unreadable]},
            {"ok": True, "result": [update(2, text=f"{WORDS} 谁负责"), update(3, text=f"/start {CODE}")]},
        ]
        self._sends: list[web.Response] = [
            web.Response(text=f"[{WORDS}", status=200),
            web.json_response({"ok": False, "error_code": 400, "description": f"Bad Request: {WORDS}"}, status=400),
            web.json_response({"ok": False, "error_code": 403, "description": f"Forbidden: {WORDS}"}, status=403),
        ]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        match request.path.rpartition("/")[2]:
            case "getMe":
                me = {"id": 123456, "is_bot": True, "first_name": "督办", "username": "duban_bot"}
                return web.json_response({"ok": True, "result": me})
            case "getUpdates" if self._polls:
                found = self._polls.pop(0)
                return found if isinstance(found, web.Response) else web.json_response(found)
            case "getUpdates":
                await asyncio.sleep(0.2)
                return web.json_response({"ok": True, "result": []})
            case "sendMessage" if self._sends:
                return self._sends.pop(0)
            case "sendMessage":
                self.answered.set()
                return web.json_response({"ok": True, "result": update(9, text="好")["message"]})
        return web.json_response({"ok": True, "result": True})

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


def run_at(address: str) -> subprocess.Popen[bytes]:
    """The real command, with what it says kept in a file."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DUBAN_TELEGRAM__TOKEN": TOKEN,
        "DUBAN_TELEGRAM__SERVER": address,
    }
    with Path("stderr").open("wb") as stderr:
        return subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment, stderr=stderr)


async def play_through(server: BrokenServer) -> None:
    async with asyncio.timeout(4 * PATIENCE), server.serving() as address:
        with await asyncio.to_thread(run_at, address) as process:
            try:
                await server.answered.wait()
                process.send_signal(signal.SIGTERM)
                assert await asyncio.to_thread(process.wait) == 0
            finally:
                process.kill()


def test_a_bot_at_a_broken_server_logs_nothing_that_was_said() -> None:
    asyncio.run(play_through(BrokenServer()))
    said = Path("stderr").read_text() + Path("data/duban.log").read_text()
    assert "up" in said
    assert WORDS not in said
    assert WORDS.encode("unicode_escape").decode() not in said
    assert CODE not in said
    assert TOKEN not in said
    assert [path for path in Path("data").rglob("*") if path.stat().st_mode & 0o077] == []


# Permissions


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(*paths: Path) -> set[str]:
    return {oct(stat.S_IMODE(path.stat().st_mode)) for path in paths}


@pytest.mark.usefixtures("umask")
def test_what_is_kept_is_the_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/far/data/duban.sqlite"
    migrate(url)
    database = open_database(url)
    with hold_lease(url, TOKEN), database.write() as session:
        inbox.failed_with(session, "7F3A")
        Files(tmp_path / "far/data/evidence").put(b"content")
        set_up_logging(LogSettings(file=str(tmp_path / "far/logs/duban.log")), stream=None)
        found = list((tmp_path / "far").rglob("*"))
        files = [path for path in found if path.is_file()]
        assert {path.suffix for path in files} >= {".sqlite", ".lease", ".log", ".sqlite-wal", ".sqlite-shm"}
        assert modes(*files) == {"0o600"}
        assert modes(*set(found) - set(files)) == {"0o700"}
    database.close()


def test_a_log_that_is_full_is_followed_by_one_as_private() -> None:
    Path("duban.log").touch()
    os.truncate("duban.log", BYTES)
    set_up_logging(LogSettings(file="duban.log"), stream=None)
    structlog.get_logger().warning("one more")
    assert modes(Path("duban.log"), Path("duban.log.1")) == {"0o600"}
    assert "one more" in Path("duban.log").read_text()


def test_what_an_older_version_left_open_is_closed_and_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    shared, evidence = tmp_path / "shared", tmp_path / "shared/evidence"
    url = f"sqlite:///{shared}/duban.sqlite"
    migrate(url)
    digest = Files(evidence).put(b"content")
    (shared / "duban.log.1").touch()
    left = [shared / "duban.sqlite", shared / "duban.log.1", evidence / digest[:2] / digest]
    folders = [evidence, evidence / digest[:2]]
    for path in (shared, *folders, *left):
        path.chmod(0o777)
    (shared / "other").mkdir()
    (shared / "other").chmod(0o755)
    open_database(url).close()
    Files(evidence).restrict()
    Files(shared).restrict()  # a folder that holds other things too
    set_up_logging(LogSettings(file=str(shared / "duban.log")), stream=None)
    assert modes(*left) == {"0o600"}
    assert modes(*folders) == {"0o700"}
    assert modes(shared, shared / "other") == {"0o777", "0o755"}


# Error numbers


def failing_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """A command that meets a mistake of ours; the number that its person is told."""

    def broken(_: object) -> None:
        raise LookupError(WORDS)

    monkeypatch.setattr(bot.cli, "_day", broken)
    assert main(["ask", "5G基站谁负责", *more]) == CRASHED
    said = capsys.readouterr().err
    assert WORDS not in said
    found = re.search(r"错误号 ([0-9A-F]{4})（运行 duban error", said)
    assert found, said
    return found[1]


@pytest.mark.parametrize("case", [str.upper, str.lower], ids=["upper", "lower"])
def test_the_number_of_a_crash_is_found_by_one_command(
    case: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    number = failing_command(monkeypatch, capsys)
    assert main(["error", case(number)]) == 0
    said = capsys.readouterr().out
    assert "命令或程序中断" in said
    assert "LookupError" in said
    assert "in ask" in said
    assert WORDS not in said


def test_one_number_given_twice_shows_both_the_newest_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.error_number.token_hex", lambda _: "7f3a")
    for _ in range(2):
        failing_command(monkeypatch, capsys)
        structlog.reset_defaults()
        Path("data/duban.log").rename("data/duban.log.1") if not Path("data/duban.log.1").exists() else None
    assert main(["error", "7F3A"]) == 0
    times = re.findall(r"(?m)^(\S+ \S+) 命令或程序中断", capsys.readouterr().out)
    assert len(times) == 2
    assert times == sorted(times, reverse=True)


def test_the_number_of_an_update_leads_to_its_row(capsys: pytest.CaptureFixture[str]) -> None:
    migrate("sqlite:///data/duban.sqlite")
    database = open_database("sqlite:///data/duban.sqlite")
    with database.write() as session:
        kept = {
            "receiver": "telegram:1",
            "chat_id": 7,
            "payload": {"text": WORDS},
            "received_at": datetime(2026, 3, 1, tzinfo=UTC),
        }
        inbox.store(session, key="1", **kept)  # type: ignore[arg-type]
        row = inbox.next_of_chat(session, receiver="telegram:1", chat_id=7)
        assert row is not None
        inbox.fail(session, row.id, error="7F3A")
    database.close()
    assert main(["error", "7F3A"]) == 0
    said = capsys.readouterr().out
    assert f"收件表第 {row.id} 行：2026-03-01 08:00:00 收到，失败 1 次，待处理" in said
    assert WORDS not in said


def test_a_log_that_may_not_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    number = failing_command(monkeypatch, capsys)

    read = Path.open

    def denied(path: Path, *more: Any, **named: Any) -> Any:
        if path.name == "duban.log":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path, *more, **named)

    monkeypatch.setattr(Path, "open", denied)
    assert main(["error", number]) == 1
    assert "data/duban.log 读不了" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("XYZ", "不是错误号"), ("12345", "不是错误号"), ("7F3A", "没有找到错误号 7F3A")],
)
def test_what_is_no_number_or_unknown_is_said(number: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["error", number]) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("form", [["--config", "my.toml"], ["--config=my.toml"]], ids=["apart", "joined"])
def test_the_log_that_the_settings_name_is_written_and_searched(
    form: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("my.toml").write_text(
        '[log]\nfile = "elsewhere.log"\n[database]\nurl = "postgresql://nobody@127.0.0.1:1/none"'
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.commands.misses.opened", None)
        assert main(["misses", *form]) == CRASHED
    number = re.search(r"错误号 ([0-9A-F]{4})", capsys.readouterr().err)
    assert number
    assert main(["error", number[1], *form]) == 0
    said = capsys.readouterr()
    assert "TypeError" in said.out
    assert "收件表没有查成" in said.err
    assert Path("elsewhere.log").is_file()
