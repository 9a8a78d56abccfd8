"""Opening the database and its transactions.

Sessions are synchronous and belong into worker threads: `Database.run` is the door from the event loop. A transaction
holds no network call; on SQLite there is one writer at a time.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from storage import schema  # noqa: F401 - a mapped class may refer to any table
from storage.permissions import FILE, make_file, make_folder, restrict

P = ParamSpec("P")
T = TypeVar("T")

UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeout)
"""What is raised while the database cannot be reached, is locked too long, or its disk is full: it may pass."""

NOTICED = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""How PostgreSQL's connections notice that the server, or the way there, is gone: within half a minute, not hours."""
BUSY_SECONDS = 5
RETRIES = 3
WORKERS = {"sqlite": 1, "postgresql": 8}
"""Transactions at once from the event loop. On SQLite more would wait for one another, and not in the order they came;
on PostgreSQL the engine's pool of connections is larger, so none waits for one."""
_PASSING = {"40001", "40P01"}
"""PostgreSQL undid the transaction for another's sake (serialization failure, deadlock)."""


class NoWriteAheadLogError(Exception):
    """The file cannot be used in WAL mode, as on a network drive: readers would block the writer."""


class Database:
    """An open database; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = sessionmaker(
            engine.execution_options(reads_only=True, postgresql_readonly=True), expire_on_commit=False
        )
        self._writing = sessionmaker(engine, expire_on_commit=False)
        self._workers = ThreadPoolExecutor(WORKERS[engine.dialect.name], thread_name_prefix="database")

    @property
    def url(self) -> URL:
        """Where it is; with the password, so not to be shown."""
        return self._engine.url

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the data and cannot write."""
        with self._reading() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that is committed at the end of the block, and rolled back if the block raises."""
        with self._writing.begin() as session:
            yield session

    async def run(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`work(session, ...)` in one write transaction, in a worker thread.

        It may be called again from the start when the database undid it for another transaction's sake, so it
        has no effect outside the session. Raises one of UNAVAILABLE while there is no database.
        """
        return await asyncio.get_running_loop().run_in_executor(
            self._workers, self._transact, lambda session: work(session, *args, **kwargs)
        )

    def _transact(self, work: Callable[[Session], T]) -> T:
        for _ in range(RETRIES):
            try:
                with self.write() as session:
                    return work(session)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _PASSING:
                    raise
        with self.write() as session:
            return work(session)

    def close(self) -> None:
        """Wait for the transactions at work, also those nobody waits for any more, and close their connections."""
        self._workers.shutdown()
        self._engine.dispose()


def open_database(url: str) -> Database:
    """Open an SQLite file (made if need be) or a PostgreSQL database; `migrate` must have been called for it.

    Errors show no values: rows hold what people have written.
    """
    return Database(open_engine(make_url(url)))


def open_engine(url: URL, *, busy_seconds: int = BUSY_SECONDS, foreign_keys: bool = True) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=NOTICED)
    if url.database:
        path = Path(url.database)
        make_folder(path.parent)
        make_file(path)  # SQLite gives the files beside it the same permissions
        for beside in ("-wal", "-shm"):
            restrict(Path(f"{path}{beside}"), FILE)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": busy_seconds})

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late, and never for a read
        cursor = connection.cursor()
        mode = cursor.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != ("wal",):
            raise NoWriteAheadLogError(url.database)
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads_only = connection.get_execution_options().get("reads_only", False)
        if connection.info.get("reads_only", False) is not reads_only:
            connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads_only else 'OFF'}")
            connection.info["reads_only"] = reads_only
        # a transaction that begins as a reader cannot become a writer once another has written
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine
