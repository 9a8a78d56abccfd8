"""One poller a token: two would take each other's updates away. And none while a database is restored.

The lease dies with its process, whatever ends it: on SQLite it is a locked file beside the database, on PostgreSQL a
session's advisory lock. Its name is a hash of the token, never the token.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.permissions import make_file, make_folder

_POLLERS = 0x6475_6264
"""With the schema's number the key of an advisory lock that all of PostgreSQL's pollers share: "dubd". Databases of
several bots may be schemas of one database."""
_SCHEMA = "(SELECT oid::bigint::bit(32)::int FROM pg_namespace WHERE nspname = current_schema())"


class LeaseTakenError(Exception):
    """Another process polls with this token, or the database is being restored."""


class Lease:
    def __init__(self, connection: Connection | None) -> None:
        self._connection = connection

    def held(self) -> bool:
        """Whether the lease still stands: PostgreSQL drops it when the connection is lost. To be asked now and then."""
        if self._connection is None:
            return True
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True


@contextmanager
def hold_lease(url: str, token: str) -> Iterator[Lease]:
    """Be the only one to poll with `token` among the processes of this database; raises LeaseTakenError."""
    digest = sha256(b"duban poller " + token.encode()).digest()
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        with _locked_file(Path(f"{target.database}.{digest.hex()[:16]}.lease")):
            yield Lease(None)
    else:
        with _advisory_lock(target, int.from_bytes(digest[:8], signed=True)) as connection:
            yield Lease(connection)


@contextmanager
def keep_bots_away(url: str) -> Iterator[None]:
    """Be the only one to use this database, whatever the token; raises LeaseTakenError while a bot is at work on it."""
    target = make_url(url)
    with ExitStack() as stack:
        if target.get_backend_name() == "sqlite":
            path = Path(target.database or "")
            for lease in path.parent.glob(f"{path.name}.*.lease"):
                stack.enter_context(_locked_file(lease))
        else:
            connection = stack.enter_context(_session(target))
            _take(connection, f"SELECT pg_try_advisory_lock({_POLLERS}, {_SCHEMA})")
        yield


@contextmanager
def _locked_file(path: Path) -> Iterator[None]:
    """An empty SQLite file, locked: SQLite knows how to lock a file on every system it runs on."""
    make_folder(path.parent)
    make_file(path)
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise LeaseTakenError from error
            raise
        yield


@contextmanager
def _advisory_lock(url: URL, key: int) -> Iterator[Connection]:
    with _session(url) as connection:
        _take(connection, "SELECT pg_try_advisory_lock(:key)", key=key)
        _take(connection, f"SELECT pg_try_advisory_lock_shared({_POLLERS}, {_SCHEMA})")
        yield connection


@contextmanager
def _session(url: URL) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True)
    with engine.connect() as connection:
        yield connection


def _take(connection: Connection, lock: str, **values: object) -> None:
    if not connection.scalar(text(lock), values):
        raise LeaseTakenError
