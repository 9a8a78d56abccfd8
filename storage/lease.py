"""One poller a token: two would take each other's updates away. And none while a database is restored.

The lease dies with its process, whatever ends it: on SQLite it is a locked file beside the database, on PostgreSQL a
session's advisory lock. It can also die before: the file can be deleted, the session be cut off. So it is asked for
again and again. Its name is a hash of the token, never the token.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.database import NOTICED
from storage.permissions import make_file, make_folder

_POLLERS = 0x6475_6264
"""With the schema's number the key of an advisory lock that all of PostgreSQL's pollers share: "dubd". Databases of
several bots may be schemas of one database."""
_SCHEMA = "(SELECT oid::bigint::bit(32)::int FROM pg_namespace WHERE nspname = current_schema())"


class LeaseTakenError(Exception):
    """Another process polls with this token, or the database is being restored."""


class Lease(Protocol):
    """Its calls block: they belong into a worker thread, one at a time."""

    def renew(self) -> bool:
        """See to it that the lease stands; whether it had to be taken, for the first time or anew.

        Raises LeaseTakenError where another process has it, what the database or the file raises where nobody can say.
        """

    def close(self) -> None:
        """Give it back."""


@contextmanager
def hold_lease(url: str, token: str) -> Iterator[Lease]:
    """Be the only one to poll with `token` among the processes of this database; raises LeaseTakenError."""
    digest = sha256(b"duban poller " + token.encode()).digest()
    target = make_url(url)
    lease: Lease
    if target.get_backend_name() == "sqlite":
        lease = _LockedFile(Path(f"{target.database}.{digest.hex()[:16]}.lease"))
    else:
        own = f"pg_try_advisory_lock({int.from_bytes(digest[:8], signed=True)})"
        lease = _AdvisoryLocks(target, own, f"pg_try_advisory_lock_shared({_POLLERS}, {_SCHEMA})")
    with closing(lease):
        lease.renew()
        yield lease


@contextmanager
def keep_bots_away(url: str) -> Iterator[None]:
    """Be the only one to use this database, whatever the token; raises LeaseTakenError while a bot is at work on it."""
    target = make_url(url)
    leases: list[Lease]
    if target.get_backend_name() == "sqlite":
        path = Path(target.database or "")
        leases = [_LockedFile(lease) for lease in path.parent.glob(f"{path.name}.*.lease")]
    else:
        leases = [_AdvisoryLocks(target, f"pg_try_advisory_lock({_POLLERS}, {_SCHEMA})")]
    with ExitStack() as stack:
        for lease in leases:
            stack.enter_context(closing(lease)).renew()
        yield


class _LockedFile:
    """An empty SQLite file, locked: SQLite knows how to lock a file on every system it runs on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._locked: os.stat_result | None = None

    def renew(self) -> bool:
        if self._locked is not None and self._path.exists() and os.path.samestat(self._locked, self._path.stat()):
            return False
        self.close()  # whoever looks for the lease sees another file by now, or none
        make_folder(self._path.parent)
        make_file(self._path)
        self._connection = sqlite3.connect(self._path, isolation_level=None, timeout=0, check_same_thread=False)
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise LeaseTakenError from error
            raise
        self._locked = self._path.stat()
        return True

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._locked = None


class _AdvisoryLocks:
    """Locks of one session; who has them gets them again, and they are all given back at once with the session."""

    def __init__(self, url: URL, *locks: str) -> None:
        self._engine = create_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True, connect_args=NOTICED
        )
        self._locks = [text(f"SELECT {lock}") for lock in locks]
        self._connection: Connection | None = None

    def renew(self) -> bool:
        if self._connection is not None:
            try:
                self._take(self._connection)
            except DBAPIError:
                self.close()  # PostgreSQL drops the lock with the connection
            else:
                return False
        self._connection = self._engine.connect()
        self._take(self._connection)
        return True

    def close(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
        self._connection = None

    def _take(self, connection: Connection) -> None:
        if not all(connection.scalar(lock) for lock in self._locks):
            raise LeaseTakenError
