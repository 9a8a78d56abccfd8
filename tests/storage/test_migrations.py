"""Migrations lead from nothing to the models, and back, on both databases."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, Inspector, MetaData, Table, inspect, make_url, select, text

from handlers.chat.outgoing import Fetch, Send, load_calls
from storage.base import Base
from storage.columns import RichTextType
from storage.database import open_engine
from storage.migrate import DatabaseTooNewError, migrate, migrate_to, revisions
from storage.rich_text import TextMark, marked
from storage.schema import METADATA, TABLES

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)


@pytest.fixture
def engine(blank_url: str) -> Iterator[Engine]:
    engine = open_engine(make_url(blank_url))
    yield engine
    engine.dispose()


def shape(engine: Engine) -> dict[str, Any]:
    """All that the database knows of our tables, in an order of its own making."""
    inspector: Inspector = inspect(engine)
    return {
        table: {
            "columns": [{**column, "type": str(column["type"])} for column in inspector.get_columns(table)],
            "key": inspector.get_pk_constraint(table),
            "foreign": _sorted(inspector.get_foreign_keys(table)),
            "unique": _sorted(inspector.get_unique_constraints(table)),
            "checks": _sorted(inspector.get_check_constraints(table)),
            "indexes": _sorted([_in_words(index) for index in inspector.get_indexes(table)]),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def _in_words(index: Any) -> dict[str, Any]:
    options = {option: str(value) for option, value in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": options}


def _sorted(found: list[Any]) -> list[Any]:
    return sorted(found, key=lambda one: str(one["name"]))


def test_the_migrations_lead_to_the_models(blank_url: str, engine: Engine) -> None:
    migrate(blank_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    migrated = shape(engine)
    migrate_to(blank_url, "base")
    METADATA.create_all(engine)
    assert shape(engine) == migrated


def test_down_leaves_nothing_behind_and_up_works_again(blank_url: str, engine: Engine) -> None:
    migrate(blank_url)
    migrate_to(blank_url, "base")
    assert shape(engine) == {}
    migrate(blank_url)
    assert set(shape(engine)) == set(METADATA.tables)


def test_migrating_twice_changes_nothing(blank_url: str, engine: Engine) -> None:
    migrate(blank_url)
    before = shape(engine)
    migrate(blank_url)
    assert shape(engine) == before


def test_processes_that_start_at_once_migrate_once(blank_url: str, engine: Engine) -> None:
    program = f"from storage.migrate import migrate; migrate({blank_url!r})"
    started = [subprocess.Popen([sys.executable, "-W", "error", "-c", program]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]
    assert set(shape(engine)) == set(METADATA.tables)


def test_a_database_of_a_later_version_is_refused(blank_url: str, engine: Engine) -> None:
    migrate(blank_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNewError):
        migrate(blank_url)


def test_a_migration_that_fails_leaves_no_trace(blank_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE turns (id INTEGER)"))
    with pytest.raises(Exception, match="turns"):
        migrate(blank_url)
    assert set(shape(engine)) == {"turns"}


def test_the_files_of_the_migrations_are_named_by_their_order() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    walked = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert revisions() == tuple(reversed(walked))


def test_alembic_is_not_loaded_for_a_database_that_is_up_to_date(blank_url: str) -> None:
    migrate(blank_url)
    again = f"from pathlib import Path; from storage.migrate import migrate; migrate({blank_url!r}, backups=Path())"
    program = f"{again}; import sys; assert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_table_is_known_to_the_migrations() -> None:
    assert {mapper.class_ for mapper in Base.registry.mappers} == set(TABLES)


def test_what_waited_as_html_waits_as_rich_text(blank_url: str, engine: Engine) -> None:
    migrate_to(blank_url, "0016")
    said = {"kind": "send", "chat": 7, "html": "<i>迟复</i>\n见 &lt;3.1&gt;"}
    fetch = {"kind": "fetch", "chat": 7, "file": "f", "name": "n", "evidence": 1, "kept": said}
    held = {"chat_id": 7, "state": "effect", "attempts": 0}
    queued = {"plan": "p", "kind": "notice", "priority": 1, "repeats": 0, "created_at": NOW, "next_try": NOW}
    letters = {"a": "<b>5G &amp; 基站</b>：<code>甲\n乙</code>", "b": "a &lt; b", "c": ""}
    with engine.begin() as connection:
        outbox, inbox = (Table(name, MetaData(), autoload_with=connection) for name in ("outbox", "inbox"))
        rows = [{"key": key, "html": html, **held, **queued, "state": "queued"} for key, html in letters.items()]
        connection.execute(outbox.insert(), rows)
        row = {"bot_id": 1, "update_id": 1, "received_at": NOW, "reply": [said, fetch], **held}
        connection.execute(inbox.insert(), row)
    migrate_to(blank_url, "0017")
    bold, code = marked("5G & 基站", TextMark.BOLD), marked("甲\n乙", TextMark.CODE)
    late = Send(chat=7, text=marked("迟复", TextMark.ITALIC) + "\n见 <3.1>")
    with engine.connect() as connection:
        told = Table("outbox", MetaData(), Column("text", RichTextType()), autoload_with=connection)
        assert list(connection.scalars(select(told.c.text).order_by(told.c.key))) == [bold + "：" + code, "a < b", ""]
        fetched = Fetch(chat=7, file="f", name="n", evidence=1, kept=late)
        assert load_calls(connection.scalars(select(inbox.c.reply)).one()) == (late, fetched)
    migrate_to(blank_url, "-1")
    with engine.connect() as connection:
        assert list(connection.scalars(select(outbox.c.html).order_by(outbox.c.key))) == list(letters.values())
        assert connection.scalar(select(inbox.c.reply)) == [said, {**fetch, "kept": said}]


def test_what_was_released_keeps_its_title_and_every_bulletin_was_once_drafted(blank_url: str, engine: Engine) -> None:
    migrate_to(blank_url, "0020")
    periods = (
        ("monthly", "2023-01~02", "released", None, "2023年1—2月进展情况通报"),
        ("monthly", "2023-03", "released", "三月情况", "三月情况"),
        ("quarterly", "2023-Q1", "released", None, "2023年第一季度进展情况通报"),
        ("half_year", "2022-H2", "released", None, "2022年下半年进展情况通报"),
        ("annual", "2022", "released", None, "2022年度进展情况通报"),
        ("monthly", "2023-04", "draft", None, None),
    )
    with engine.begin() as connection:
        bulletins = Table("bulletins", MetaData(), autoload_with=connection)
        held = {"plan": "p", "as_of": NOW.date(), "content": {}, "created_at": NOW}
        rows = [
            {"kind": kind, "label": label, "state": state, "title": title, **held}
            for kind, label, state, title, _ in periods
        ]
        connection.execute(bulletins.insert(), rows)
    migrate(blank_url)
    with engine.connect() as connection:
        kept = connection.execute(select(bulletins.c.title, bulletins.c.state).order_by(bulletins.c.id)).all()
        assert kept == [(title, state) for _, _, state, _, title in periods]
        steps = Table("bulletin_steps", MetaData(), autoload_with=connection)
        drafted = connection.execute(select(steps.c.bulletin_id, steps.c.step, steps.c.registered_on)).all()
        assert drafted == [(number, "draft", NOW.date()) for number in range(1, len(periods) + 1)]
