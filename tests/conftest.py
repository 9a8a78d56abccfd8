"""Both databases, behind one fixture."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from storage.database import Database, open_database
from storage.migrate import migrate

POSTGRES = make_url(os.environ.get("DUBAN_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test"))
IN_CI = os.environ.get("CI") == "true"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of the test's own: a file, or a schema on the PostgreSQL server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/duban.sqlite"
        return
    schema = f"test_{uuid4().hex}"
    _on_postgres(f"CREATE SCHEMA {schema}")
    yield POSTGRES.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    _on_postgres(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database with all tables, empty."""
    migrate(database_url)
    database = open_database(database_url)
    yield database
    database.close()


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
