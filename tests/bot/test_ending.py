"""How `duban run` ends: at a signal whatever is broken, and by itself where going on would do harm."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import web
from bot_harness import PATIENCE, Door, Talk
from folders import ROOT
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from bot.playground.server import Site
from storage.lease import hold_lease

LONG = 15 * PATIENCE
"""A busy machine takes its time to start a process, twice."""


@pytest.fixture(autouse=True)
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def talk(site: Site) -> Iterator[Talk]:
    with site.world.feed.listening() as events:
        yield Talk(site, events)


class Run:
    """`duban run` as a process of its own, and what it says."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def stopped(self) -> int:
        """The exit status after SIGTERM."""
        self._process.send_signal(signal.SIGTERM)
        return await self._process.wait()

    async def ended(self) -> tuple[int, str]:
        """The exit status where it ends by itself, and its last words."""
        _, said = await self._process.communicate()
        assert self._process.returncode is not None
        return self._process.returncode, said.decode().splitlines()[-1]


@asynccontextmanager
async def duban_run(site: Site, server: str, database: str) -> AsyncIterator[Run]:
    """It has polled when the block begins."""
    site.world.mailbox.polled.clear()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DUBAN_TELEGRAM__TOKEN": site.world.token,
            "DUBAN_TELEGRAM__SERVER": server,
            "DUBAN_DATABASE__URL": database,
        },
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await site.world.mailbox.polled.wait()
        yield Run(process)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


class Wire:
    """A relay to PostgreSQL that can be cut, or fall silent without a word."""

    def __init__(self) -> None:
        self.cut = self.silent = False
        self._open: list[asyncio.StreamWriter] = []

    @asynccontextmanager
    async def before(self, url: str) -> AsyncIterator[str]:
        target = make_url(url)
        assert target.host
        relay = await asyncio.start_server(
            lambda reader, writer: self._relay(reader, writer, target.host or "", target.port or 5432), "127.0.0.1", 0
        )
        port = relay.sockets[0].getsockname()[1]
        try:
            yield target.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
        finally:
            self.break_off()
            relay.close()

    def break_off(self) -> None:
        """Every connection is gone, and no new one is made."""
        self.cut = True
        for writer in self._open:
            writer.transport.abort()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int) -> None:
        if self.cut:
            writer.transport.abort()
            return
        onwards_reader, onwards = await asyncio.open_connection(host, port)
        self._open += [writer, onwards]
        with suppress(ConnectionError):
            await asyncio.gather(self._pass(reader, onwards), self._pass(onwards_reader, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while found := await reader.read(65536):
            if not self.silent:
                writer.write(found)
        writer.transport.abort()


async def never(door: Door, _: web.Request) -> web.StreamResponse:
    door.knocked.set()
    await asyncio.Event().wait()
    raise AssertionError


async def unauthorized(_: web.Request) -> web.StreamResponse:
    return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)


async def not_found(_: web.Request) -> web.StreamResponse:
    return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)


@pytest.mark.parametrize("broken", ["gone", "silent"])
async def test_a_signal_ends_it_whatever_the_server_does_and_nothing_is_lost(
    broken: str, talk: Talk, tmp_path: Path
) -> None:
    door, database = Door(), f"sqlite:///{tmp_path}/duban.sqlite"
    async with asyncio.timeout(LONG), door.before(talk.site) as address:
        async with duban_run(talk.site, address, database) as run:
            await talk.ask("甲")
            if broken == "gone":
                door.deaf = {"sendMessage"}
            else:
                door.instead = dict.fromkeys(("getUpdates", "sendMessage"), partial(never, door))
            talk.say("市交通局牵头哪些任务")
            await door.knocked.wait()
            door.shut = broken == "gone"
            assert await run.stopped() == 0
        door.shut, door.deaf, door.instead = False, set(), {}
        async with duban_run(talk.site, address, database) as run:
            assert "首列 2 项" in (await talk.heard())["text"]
            assert await run.stopped() == 0
    assert len([one for one in talk.answers() if "首列 2 项" in one]) == 1


@pytest.mark.parametrize("broken", ["gone", "silent"])
@pytest.mark.parametrize("blank_url", ["postgresql"], indirect=True)
async def test_a_signal_ends_it_though_the_database_is_away_and_nothing_is_lost(
    broken: str, talk: Talk, blank_url: str
) -> None:
    wire, address = Wire(), f"http://127.0.0.1:{talk.site.port}"
    async with asyncio.timeout(LONG):
        async with wire.before(blank_url) as behind, duban_run(talk.site, address, behind) as run:
            await talk.ask("甲")
            if broken == "gone":
                wire.break_off()
            else:
                wire.silent = True
            talk.say("市交通局牵头哪些任务")
            assert await run.stopped() == 0
        async with duban_run(talk.site, address, blank_url) as run:
            while "首列 2 项" not in (await talk.heard())["text"]:
                pass
            assert await run.stopped() == 0


async def test_a_token_revoked_while_it_runs_ends_it_with_a_word_of_its_own(talk: Talk, tmp_path: Path) -> None:
    door = Door()
    async with (
        asyncio.timeout(LONG),
        door.before(talk.site) as address,
        duban_run(talk.site, address, f"sqlite:///{tmp_path}/duban.sqlite") as run,
    ):
        await talk.ask("甲")
        door.instead["getUpdates"] = unauthorized
        status, said = await run.ended()
    assert status == 77
    assert "运行中被吊销" in said


async def test_a_server_that_knows_no_menu_and_for_once_no_updates_is_no_refused_token(
    talk: Talk, tmp_path: Path
) -> None:
    door = Door()
    door.instead = {"setMyCommands": not_found, "deleteWebhook": not_found}
    async with (
        asyncio.timeout(LONG),
        door.before(talk.site) as address,
        duban_run(talk.site, address, f"sqlite:///{tmp_path}/duban.sqlite") as run,
    ):
        await talk.ask("甲")
        asked = asyncio.Event()

        async def once(request: web.Request) -> web.StreamResponse:
            asked.set()
            return await not_found(request)

        door.instead["getUpdates"] = once
        await asked.wait()
        del door.instead["getUpdates"]
        await talk.ask("乙")
        assert await run.stopped() == 0


def take_away(url: str, name: str) -> None:
    """What another process needs to take the lease: the sessions of this name are ended, or the file is deleted."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        (lease,) = Path(target.database or "").parent.glob("*.lease")
        lease.unlink()
        return
    with create_engine(url, poolclass=NullPool).connect() as connection:
        ended = text("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = :name")
        assert connection.scalars(ended, {"name": name}).all()


def named(url: str, name: str) -> str:
    target = make_url(url)
    if target.get_backend_name() != "sqlite":
        target = target.update_query_dict({"application_name": name})
    return target.render_as_string(hide_password=False)


async def test_a_lease_that_another_process_takes_over_ends_it(talk: Talk, blank_url: str) -> None:
    name, address = uuid4().hex, f"http://127.0.0.1:{talk.site.port}"
    async with asyncio.timeout(LONG), duban_run(talk.site, address, named(blank_url, name)) as run:
        await talk.ask("甲")
        take_away(blank_url, name)
        with hold_lease(blank_url, talk.site.world.token):
            status, said = await run.ended()
    assert status == 75
    assert "失去租约" in said


async def test_a_lease_that_nobody_took_meanwhile_is_taken_anew_and_it_goes_on(talk: Talk, blank_url: str) -> None:
    name, address = uuid4().hex, f"http://127.0.0.1:{talk.site.port}"
    async with asyncio.timeout(LONG), duban_run(talk.site, address, named(blank_url, name)) as run:
        await talk.ask("甲")
        take_away(blank_url, name)
        while "lease taken anew" not in await asyncio.to_thread(Path("data/duban.log").read_text):  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # another process writes it
        await talk.ask("乙")
        assert await run.stopped() == 0
