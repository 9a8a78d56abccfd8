"""Both databases behind one fixture, and what takes long to make made once."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import MetaData, create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.ask import AskDesk, open_desk
from storage.database import Database, open_database
from storage.migrate import migrate

POSTGRES = make_url(os.environ.get("DUBAN_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test"))
IN_CI = os.environ.get("CI") == "true"
DATABASES = ["sqlite", "postgresql"]
RESTART_SEQUENCES = text(
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) "
    "FROM pg_sequences WHERE schemaname = current_schema()"
)


@pytest.fixture(scope="session")
def desk() -> AskDesk:
    """The shipped plan's; immutable."""
    return open_desk()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A playground of the test's own."""
    async with serve_playground() as running:
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
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database as the migrations leave it.

    They run once a worker, not once a test: a file is copied, a schema is emptied.
    """
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("migrated_file")
        return f"sqlite:///{shutil.copy(template, tmp_path / 'duban.sqlite')}"
    schema: MigratedSchema = request.getfixturevalue("migrated_schema")
    schema.restore()
    return schema.url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database with all tables, empty."""
    database = open_database(database_url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "duban.sqlite"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_schema() -> Iterator["MigratedSchema"]:
    with _schema() as url:
        migrate(url)
        yield MigratedSchema(url)


class MigratedSchema:
    """A schema on the PostgreSQL server that goes back to what the migrations left."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = create_engine(url, poolclass=NullPool)
        self._metadata = MetaData()
        self._metadata.reflect(self._engine)
        with self._engine.connect() as connection:
            self._rows = {
                table: [dict(row) for row in connection.execute(table.select()).mappings()]
                for table in self._metadata.sorted_tables
            }

    def restore(self) -> None:
        with self._engine.begin() as connection:
            for table in reversed(self._metadata.sorted_tables):
                connection.execute(table.delete())
            for table, rows in self._rows.items():
                if rows:
                    connection.execute(table.insert(), rows)
            connection.execute(RESTART_SEQUENCES)


@contextmanager
def _schema() -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    _on_postgres(f"CREATE SCHEMA {name}")
    yield POSTGRES.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)
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
