"""Which processes are alive to send what they claimed.

On PostgreSQL each worker holds a session advisory lock of its own, which dies with its connection: a row's worker is
alive if its lock is there. On SQLite one process sends (storage.lease sees to it): every other worker is dead.
"""

from secrets import randbelow

from sqlalchemy import BigInteger, ColumnElement, Connection, cast, column, create_engine, func, select, table, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from typing_extensions import override

from storage.database import NOTICED, Database
from storage.outbox import OutboxRow

_LOCKS = 0x647562  # "dub": the first key of every worker's lock; the second is the worker's number


class Worker:
    """This process, the only one. Its calls block: they belong into worker threads, one at a time."""

    def __init__(self) -> None:
        self.number = _draw()

    def stand(self) -> int | None:
        """See to it that others know this worker to be alive; before each claim.

        Returns the number it had before, where others may have taken it for dead and it goes on under a new one.
        Raises one of storage's UNAVAILABLE.
        """
        return None

    def others_dead(self) -> ColumnElement[bool]:
        """The condition that a row's worker is dead; evaluated by the statement that takes its rows over."""
        return OutboxRow.worker != self.number

    def close(self) -> None:
        """Be dead: what is still claimed is anybody's."""


class LockedWorker(Worker):
    """This process among those that share a PostgreSQL database."""

    def __init__(self, url: URL) -> None:
        self.number = 0
        self._engine = create_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True, connect_args=NOTICED
        )
        self._connection: Connection | None = None

    @override
    def stand(self) -> int | None:
        if self._connection is not None and _answers(self._connection):
            return None
        connection, number = self._engine.connect(), _draw()
        while not connection.scalar(select(func.pg_try_advisory_lock(_LOCKS, number))):
            number = _draw()
        before, self.number, self._connection = self.number, number, connection
        return before or None

    @override
    def others_dead(self) -> ColumnElement[bool]:
        locks = table("pg_locks", *map(column, ("locktype", "database", "classid", "objid", "objsubid", "granted")))
        databases = table("pg_database", column("oid"), column("datname"))
        here = select(databases.c.oid).where(databases.c.datname == func.current_database()).scalar_subquery()
        alive = select(cast(locks.c.objid, BigInteger)).where(
            locks.c.locktype == "advisory",
            locks.c.database == here,
            locks.c.classid == _LOCKS,
            locks.c.objsubid == 2,  # a lock with two keys
            locks.c.granted,
        )
        return OutboxRow.worker.not_in(alive)

    @override
    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()


def worker_for(database: Database) -> Worker:
    """A worker that does not stand yet."""
    return Worker() if database.url.get_backend_name() == "sqlite" else LockedWorker(database.url)


def _draw() -> int:
    return 1 + randbelow(2**31 - 1)


def _answers(connection: Connection) -> bool:
    try:
        connection.execute(text("SELECT 1"))
    except DBAPIError:
        connection.invalidate()
        connection.close()
        return False
    return True
