"""How the bot is doing: `duban status`, /healthz, and the one message a day to its operator."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from bot_harness import VISITOR, StubService, Talk, bot_at_work
from folders import ROOT
from sqlalchemy import select, update

import bot.health
import bot.monitor
from bot.cli import main
from bot.health import Ailment, as_json, examine
from bot.health_page import health_page
from bot.playground.server import Site
from handlers.broadcast import texts_operator as texts
from storage import inbox
from storage.database import Database
from storage.heartbeats import Heartbeat, beat, last_heartbeat
from storage.inbox import InboxRow, InboxState
from storage.lease import hold_lease
from storage.outbox import Letter, OutboxKind, OutboxRow, OutboxState, enqueue_all

BOT = 123456
SECRET = "这句话不该出现在状态里"  # noqa: S105
Shown = Callable[..., tuple[int, str]]


@pytest.fixture
def shown(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shown:
    """`duban status` of the database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bot.health, "FREE_LEAST", 0)  # whatever this machine has

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["status", "--database", database_url, *arguments])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return run


def alive(database: Database, **ago: timedelta | None) -> None:
    """A bot that is well, but for what happened so long ago."""
    now = datetime.now(UTC)
    none = timedelta(0)
    at, polled, ticked = ago.get("at", none), ago.get("polled", none), ago.get("ticked", none)
    assert at is not None
    assert polled is not None
    with database.write() as session:
        heartbeat = Heartbeat(at=now - at, polled_at=now - polled, ticked_at=None if ticked is None else now - ticked)
        beat(session, BOT, heartbeat)


def arrived(database: Database, *, ago: timedelta, state: InboxState = InboxState.NEW) -> None:
    with database.write() as session:
        inbox.store(
            session,
            receiver="telegram:1",
            key="1",
            chat_id=1,
            payload={"text": SECRET},
            received_at=datetime.now(UTC) - ago,
        )
        session.execute(update(InboxRow).values(state=state))


def letters(database: Database, count: int, *, state: OutboxState, ago: timedelta = timedelta(0)) -> None:
    with database.write() as session:
        enqueue_all(
            session,
            [
                Letter(kind=OutboxKind.NOTICE, occurrence=f"{number}", plan="p", chat=1, text=SECRET)
                for number in range(count)
            ],
            now=datetime.now(UTC) - ago,
        )
        session.execute(update(OutboxRow).values(state=state))


LONG = timedelta(hours=1)


@pytest.mark.parametrize(
    ("what", "problem"),
    [
        (lambda database: alive(database), None),
        (lambda database: alive(database, ticked=None), None),
        (lambda database: alive(database, at=LONG, polled=LONG, ticked=LONG), Ailment.HANGS),
        (lambda database: alive(database, polled=LONG), Ailment.POLL),
        (lambda database: alive(database, ticked=LONG), Ailment.TICK),
        (lambda database: arrived(database, ago=timedelta(seconds=10)), None),
        (lambda database: arrived(database, ago=LONG), Ailment.UNANSWERED),
        (lambda database: arrived(database, ago=LONG, state=InboxState.REPLIED), None),
        (lambda database: arrived(database, ago=LONG, state=InboxState.QUARANTINED), Ailment.SET_ASIDE),
        (lambda database: arrived(database, ago=timedelta(days=2), state=InboxState.QUARANTINED), None),
        (lambda database: letters(database, 1, state=OutboxState.QUEUED), None),
        (lambda database: letters(database, 1, state=OutboxState.QUEUED, ago=LONG), Ailment.LAG),
        (lambda database: letters(database, 3, state=OutboxState.FAILED), None),
        (lambda database: letters(database, 30, state=OutboxState.UNCERTAIN), Ailment.TROUBLED),
    ],
)  # fmt: skip
def test_what_is_not_well_is_named_and_is_the_exit_status(
    database: Database, database_url: str, shown: Shown, what: Callable[[Database], None], problem: Ailment | None
) -> None:
    alive(database)
    what(database)
    with hold_lease(database_url, f"{BOT}:token"):
        code, said = shown("--json")
        found = json.loads(said)
        assert found["problems"] == ([] if problem is None else [problem])
        assert (found["well"], code) == ((True, 0) if problem is None else (False, 1))
        code, said = shown()
        assert said.startswith(texts.verdict(found["problems"]))
        assert SECRET not in said


def test_a_bot_that_does_not_run_and_a_full_disk_are_not_well(
    database: Database, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive(database, at=LONG, polled=LONG)
    monkeypatch.setattr(bot.health, "FREE_LEAST", 10**18)
    assert json.loads(shown("--json")[1])["problems"] == [Ailment.NOT_RUNNING, Ailment.DISK]


def test_the_json_has_the_documented_keys(database: Database, shown: Shown) -> None:
    alive(database)
    found = json.loads(shown("--json")[1])
    guide = (ROOT / "docs" / "guide" / "operator.md").read_text(encoding="utf-8")
    assert [key for key in found if f"`{key}`" not in guide] == []
    assert [one for one in Ailment if f"`{one}`" not in guide] == []
    assert set(texts.NOT_WELL) == set(Ailment)


def test_a_database_of_another_version_is_told_and_not_migrated(
    blank_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert main(["status", "--json", "--database", blank_url]) == 1
        found = json.loads(capsys.readouterr().out)
        assert found["schema"] == {"revision": None, "current": False}
        assert found["problems"][:2] == [Ailment.SCHEMA, Ailment.NOT_RUNNING]


# /healthz


async def test_the_page_says_the_same_over_http(
    database: Database, database_url: str, tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.health, "FREE_LEAST", 0)
    alive(database)
    address = f"http://127.0.0.1:{unused_tcp_port}/healthz"
    async with health_page(unused_tcp_port, database_url, tmp_path), aiohttp.ClientSession() as web:
        async with web.get(address) as answer:
            assert (answer.status, (await answer.json())["problems"]) == (503, [Ailment.NOT_RUNNING])
        with hold_lease(database_url, f"{BOT}:token"):
            async with web.get(address) as answer:
                found = await answer.json()
                assert (answer.status, found["well"]) == (200, True)
            assert found.keys() == as_json(examine(database_url, tmp_path)).keys()


async def test_without_a_port_there_is_no_page_and_a_taken_one_stops_nobody(
    database_url: str, tmp_path: Path, unused_tcp_port: int
) -> None:
    async with health_page(0, database_url, tmp_path):
        pass
    async with health_page(unused_tcp_port, database_url, tmp_path):  # noqa: SIM117 - the first is there already
        async with health_page(unused_tcp_port, database_url, tmp_path):
            pass


# The operator


@pytest.fixture
async def quick(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr(bot.monitor, "SECONDS", 0.05)
    monkeypatch.setattr(bot.health, "FREE_LEAST", 0)
    yield  # noqa: PT022 - an async fixture


def alerts(database: Database) -> list[OutboxRow]:
    with database.read() as session:
        return list(session.scalars(select(OutboxRow).where(OutboxRow.key.contains("alert"))))


@pytest.mark.usefixtures("quick")
async def test_the_operator_of_a_public_bot_is_told_once_a_day_of_all(site: Site, database: Database) -> None:
    arrived(database, ago=LONG, state=InboxState.QUARANTINED)
    letters(database, 30, state=OutboxState.UNCERTAIN)
    with site.world.feed.listening() as events:
        async with bot_at_work(site, database, StubService(), operator=VISITOR):
            talk = Talk(site, events, person=VISITOR, chat=VISITOR)
            await talk.ask("你好")
            told = await talk.heard()
            assert told["text"].startswith("机器人需要照看")
            assert all(texts.NOT_WELL[one] in told["text"] for one in (Ailment.SET_ASIDE, Ailment.TROUBLED))
            assert "duban status" in told["text"]
            await beats(database, 5)
        assert len(alerts(database)) == 1


async def beats(database: Database, count: int) -> None:
    seen: set[datetime] = set()
    async with asyncio.timeout(20):
        while len(seen) < count:
            with database.read() as session:
                seen |= {one.at for one in [last_heartbeat(session)] if one}
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("quick")
async def test_an_operator_who_never_wrote_is_told_of_in_the_log(
    site: Site, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    arrived(database, ago=LONG, state=InboxState.QUARANTINED)
    async with bot_at_work(site, database, StubService(), operator=VISITOR):
        await beats(database, 5)
    assert alerts(database) == []
    assert "the operator has never written" in capsys.readouterr().out


@pytest.mark.usefixtures("quick")
async def test_a_bot_that_is_well_troubles_nobody(site: Site, database: Database) -> None:
    with site.world.feed.listening() as events:
        async with bot_at_work(site, database, StubService(), operator=VISITOR):
            await Talk(site, events, person=VISITOR, chat=VISITOR).ask("你好")
            await beats(database, 5)
    assert alerts(database) == []
