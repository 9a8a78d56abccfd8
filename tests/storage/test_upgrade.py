"""Databases of released versions are brought up to date, and what was under way in them goes on."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from bot_harness import PATIENCE, Json, Talk, bot_at_work, labels, press
from databases.fill import PLAN, TRAFFIC, VISITOR, noon
from folders import TESTS
from office_harness import INTERNAL, OFFICE, SCIENCE, SUPERVISOR
from sqlalchemy import make_url, select

from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.services.question_service import QuestionService
from storage.database import Database, open_database
from storage.inbox import InboxRow, InboxState
from storage.migrate import migrate
from storage.outbox import OutboxRow, OutboxState
from storage.reports import reports_of

RELEASES = sorted(path for path in (TESTS / "databases").iterdir() if (path / "made_at").exists())
A_TIME = re.compile(r"20(?:2[6-9]|[3-9]\d)-\d\d-\d\d \d\d:\d\d:\d\d(?=[.+'])")
"""Machine time; plan time is long ago."""


@dataclass
class Upgraded:
    site: Site
    database: Database
    events: asyncio.Queue[Json | None]

    def talk(self, person: int) -> Talk:
        return Talk(self.site, self.events, person=person, chat=person)

    def said(self, person: int, number: int) -> Json:
        """A message of the bot's, counted from its last; before the upgrade it was the last."""
        mine = [one for one in self.talk(person).messages() if one["from"]["is_bot"]]
        return mine[number]

    async def until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not done():  # noqa: ASYNC110 - any of several tasks may do it
                await asyncio.sleep(0.02)


def loaded(release: Path, kind: str) -> str:
    """The SQL, as if it had been made just now."""
    made = datetime.strptime((release / "made_at").read_text().strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    age = datetime.now(UTC) - made

    def later(found: re.Match[str]) -> str:
        return f"{datetime.fromisoformat(found[0]) + age:%Y-%m-%d %H:%M:%S}"

    return A_TIME.sub(later, (release / f"{kind}.sql").read_text(encoding="utf-8"))


def load(release: Path, url: str) -> None:
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        load_sqlite(release, "sqlite", Path(target.database or ""))
    else:
        where = target.set(query={}).render_as_string(hide_password=False)
        with psycopg.connect(where, options=str(target.query["options"])) as connection:
            connection.execute(loaded(release, "postgresql").encode())


def load_sqlite(release: Path, kind: str, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(loaded(release, kind))


@pytest.fixture(params=RELEASES, ids=lambda release: release.name)
async def upgraded(
    request: pytest.FixtureRequest, blank_url: str, tmp_path: Path, question_service: QuestionService
) -> AsyncIterator[Upgraded]:
    load(request.param, blank_url)
    load_sqlite(request.param, "telegram", tmp_path / "telegram.sqlite")
    migrate(blank_url, backups=tmp_path / "backups")
    database = open_database(blank_url)
    async with serve_playground(tmp_path / "telegram.sqlite") as site:
        with site.world.feed.listening() as events:
            async with bot_at_work(site, database, question_service, service=INTERNAL, clock=noon()):
                yield Upgraded(site, database, events)
    database.close()


async def test_what_was_under_way_goes_on(upgraded: Upgraded) -> None:
    """One test: bringing a bot up takes longer than all that it then does."""
    await waiting_messages_go_out(upgraded)
    await unanswered_updates_are_answered(upgraded)
    await an_open_draft_is_confirmed(upgraded)
    await an_open_prompt_is_answered(upgraded)
    await a_button_of_29_days_ago_works(upgraded)


async def waiting_messages_go_out(upgraded: Upgraded) -> None:
    def states() -> list[OutboxState]:
        with upgraded.database.read() as session:
            return list(session.scalars(select(OutboxRow.state).order_by(OutboxRow.id)))[:3]

    await upgraded.until(lambda: states() == [OutboxState.SENT, OutboxState.SENT, OutboxState.UNCERTAIN])
    assert {"等着发的", "正在发的"} <= set(upgraded.talk(TRAFFIC).answers())


async def unanswered_updates_are_answered(upgraded: Upgraded) -> None:
    def unfinished() -> list[InboxState]:
        with upgraded.database.read() as session:
            return [state for state in session.scalars(select(InboxRow.state)) if state is not InboxState.REPLIED]

    await upgraded.until(lambda: unfinished() == [])
    assert "5G基站" in upgraded.talk(SUPERVISOR).answers()[-1]
    assert any("长江大保护" in said for said in upgraded.talk(TRAFFIC).answers())
    answer = upgraded.said(SUPERVISOR, -1)
    assert (await press(upgraded.talk(SUPERVISOR), answer, "5.2 详情"))["text"].startswith("5.2 加强新型基础设施建设")


async def an_open_draft_is_confirmed(upgraded: Upgraded) -> None:
    card = upgraded.said(SCIENCE, -1)
    assert "620 个" in card["text"]
    done = await press(upgraded.talk(SCIENCE), card, "确认")
    assert done["text"].startswith("已记录。5.2 5G基站 620 个")
    with upgraded.database.read() as session:
        assert [int(report.value or 0) for report in reports_of(session, PLAN)] == [590, 620]


async def an_open_prompt_is_answered(upgraded: Upgraded) -> None:
    office = upgraded.talk(OFFICE)
    assert "请发通知的内容" in upgraded.said(OFFICE, -1)["text"]
    preview = await office.ask("明天下午三点在市政府三楼开会")
    assert preview["text"].startswith("发给谁？\n“明天下午三点")


async def a_button_of_29_days_ago_works(upgraded: Upgraded) -> None:
    answer = upgraded.said(VISITOR, -1)
    assert "市交通局" in answer["text"]
    found = await press(upgraded.talk(VISITOR), answer, labels(answer)[0])
    assert "市交通局" in found["text"]
