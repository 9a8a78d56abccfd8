"""An empty SQLite file, and a schema of its own on a PostgreSQL server."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

POSTGRES = os.environ.get("DUBAN_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")


def databases(count: int = 1) -> Iterator[tuple[str, list[str]]]:
    """(name, the URLs of `count` empty ones) of each kind; one that is not there is said to be so and left out."""
    with TemporaryDirectory() as folder:
        yield "SQLite", [f"sqlite:///{Path(folder) / f'{number}.sqlite'}" for number in range(count)]
    with ExitStack() as stack:
        urls = [url for _ in range(count) if (url := stack.enter_context(schema()))]
        if urls:
            yield "PostgreSQL", urls
        else:
            print("PostgreSQL              no server answers")


@contextmanager
def schema() -> Iterator[str | None]:
    """A schema of its own on the PostgreSQL server; None where no server answers."""
    server, name = make_url(POSTGRES), f"bench_{uuid4().hex}"
    engine = create_engine(server.update_query_dict({"connect_timeout": "3"}), poolclass=NullPool)
    try:
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
    except OperationalError:
        yield None
        return
    try:
        yield server.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
