"""Both databases behind one fixture, and what takes long to make made once."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4
from zlib import crc32

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import MetaData, create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool
from typing_extensions import override
from web_client import CHANNEL, serve_channel

from bot.playground import PageChannel
from bot.playground.server import Site
from handlers.services.question_service import QuestionService, open_question_service
from storage.database import Database, open_engine
from storage.migrate import migrate

POSTGRES = make_url(os.environ.get("DUBAN_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test"))
IN_CI = os.environ.get("CI") == "true"
DATABASES = ["sqlite", "postgresql"]
COUNT_ANEW = {
    "sqlite": "DELETE FROM sqlite_sequence",
    "postgresql": "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, start_value, false) "
    "FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL",
}
MEMORY = Path("/dev/shm")  # noqa: S108 - where a commit waits for no disk
# as in the program, a traceback comes without local variables: to draw a whole library takes seconds
structlog.get_config()["processors"][-1].exception_formatter = structlog.dev.plain_traceback

settings.register_profile("duban", deadline=None)  # a slow machine is no failure
settings.load_profile("duban")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both", action="store_true", help="every conversation on both databases, not on one of them")
    parser.addoption("--channel", choices=list(PageChannel), help="the channel of conversations that do not say theirs")


def pytest_configure(config: pytest.Config) -> None:
    CHANNEL["name"] = PageChannel(config.getoption("--channel") or PageChannel.TELEGRAM)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What stores, and what people report, is tried on both databases; any other conversation, being slow, on one.

    A conversation that is held over both channels has one of the databases under each.
    """
    if config.getoption("both"):
        return
    passed_over = {item for item in items if isinstance(item, pytest.Function) and _falls_on_the_other(item)}
    config.hook.pytest_deselected(items=tuple(passed_over))
    items[:] = [item for item in items if item not in passed_over]


def _falls_on_the_other(test: pytest.Function) -> bool:
    if not {"question_service", "migrated"} <= set(test.fixturenames):
        return False
    channel = next((one for one in PageChannel if one in test.callspec.id.split("-")), None)
    if channel is None and test.get_closest_marker("both"):
        return False
    here = str(test.callspec.params["migrated"])
    name = test.nodeid.replace(here, "database").replace(str(channel), "channel")
    turn = crc32(name.encode()) + (channel is PageChannel.WEB)
    return here != DATABASES[turn % len(DATABASES)]


@pytest.fixture(scope="session")
def question_service() -> QuestionService:
    """The shipped plan's; immutable."""
    return open_question_service()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A playground of the test's own."""
    async with serve_channel() as running:
        yield running


@pytest.fixture(params=DATABASES)
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of the test's own without tables: a file, or a schema on the PostgreSQL server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/duban.sqlite"
    else:
        with _schema() as url:
            yield url


@pytest.fixture(params=DATABASES)
def migrated(request: pytest.FixtureRequest) -> "MigratedDatabase":
    """A database as the migrations leave it. They run once a worker, which then only empties it for each test."""
    database: MigratedDatabase = request.getfixturevalue(f"migrated_{request.param}")
    database.restore()
    return database


@pytest.fixture
def database_url(migrated: "MigratedDatabase") -> str:
    return migrated.url


@pytest.fixture
def database(migrated: "MigratedDatabase") -> Iterator[Database]:
    """An open database with all tables, empty."""
    database = KeptDatabase(migrated.engine)
    yield database
    database.close()


@pytest.fixture(scope="session")
def migrated_sqlite() -> Iterator["MigratedDatabase"]:
    with (
        TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder,
        _migrated(f"sqlite:///{folder}/duban.sqlite") as database,
    ):
        yield database


@pytest.fixture(scope="session")
def migrated_postgresql() -> Iterator["MigratedDatabase"]:
    with _schema() as url, _migrated(url) as database:
        yield database


class KeptDatabase(Database):
    """Its connections stay open for the next test: PostgreSQL looks at each table anew for each of them."""

    @override
    def close(self) -> None:
        self._workers.shutdown()


class MigratedDatabase:
    """Goes back to what the migrations left; its engine keeps its connections and what it has compiled."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = open_engine(make_url(url))
        metadata = MetaData()
        metadata.reflect(self.engine)
        empty = [str(table.delete().compile(self.engine)) for table in reversed(metadata.sorted_tables)]
        one_by_one = [*empty, COUNT_ANEW[self.engine.dialect.name]]
        self._empty = one_by_one if self.engine.dialect.name == "sqlite" else ["; ".join(one_by_one)]
        with self.engine.connect() as connection:
            found = {table: connection.execute(table.select()).mappings().all() for table in metadata.sorted_tables}
        self._rows = {table: [dict(row) for row in rows] for table, rows in found.items() if rows}

    def restore(self) -> None:
        with self.engine.begin() as connection:
            for statement in self._empty:
                connection.exec_driver_sql(statement)
            for table, rows in self._rows.items():
                connection.execute(table.insert(), rows)


@contextmanager
def _migrated(url: str) -> Iterator[MigratedDatabase]:
    migrate(url)
    database = MigratedDatabase(url)
    yield database
    database.engine.dispose()


@contextmanager
def _schema() -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    _on_postgres(f"CREATE SCHEMA {name}")
    options = f"-csearch_path={name} -csynchronous_commit=off"
    yield POSTGRES.update_query_dict({"options": options}).render_as_string(hide_password=False)
    _on_postgres(f"DROP SCHEMA {name} CASCADE")


def _on_postgres(statement: str) -> None:
    engine = create_engine(_reachable(POSTGRES), poolclass=NullPool)
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    except OperationalError:
        message = f"no PostgreSQL server answers at {POSTGRES!r}; DUBAN_TEST_POSTGRES may name another"
        if IN_CI:
            pytest.fail(message)
        pytest.skip(message)


def _reachable(url: URL) -> URL:
    return url.update_query_dict({"connect_timeout": "3"})
