"""A dump of an SQLite database: a copy of its file, made by SQLite itself while others read and write."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import URL

from storage.backup_format import BackupError, BackupProblem, DatabaseKind, DumpInfo, ProgressCallback
from storage.permissions import make_file, make_folder
from storage.restored import settling

PAGES = 1024
"""Copied between two reports of the progress."""
BUSY_SECONDS = 60.0


class SQLiteDump:
    """See storage.backup_format.Dump."""

    kind: DatabaseKind = "sqlite"
    namespace = None

    def __init__(self, url: URL) -> None:
        self._path = Path(url.database or "")

    def revision(self) -> str | None:
        if not self._path.exists() or self._path.stat().st_size == 0:
            return None
        with _reading(self._path) as source:
            return _revision(source)

    def take(self, file: Path, progress: ProgressCallback) -> DumpInfo:
        if not self._path.exists():
            raise BackupError(BackupProblem.NO_DATABASE)
        with _reading(self._path) as source, closing(sqlite3.connect(file)) as copy:
            source.execute("BEGIN")  # one state from the first page to the last, whoever writes meanwhile
            revision = _revision(source)
            if revision is None:
                raise BackupError(BackupProblem.NO_DATABASE)
            source.backup(copy, pages=PAGES, progress=lambda _, left, pages: progress(pages - left, pages))
            copy.execute("PRAGMA journal_mode = DELETE")  # no second file beside it
            return DumpInfo(revision, _hashes(source))

    def check(self, file: Path) -> None:
        try:
            with _reading(file) as dump:
                sound = dump.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                if sound and dump.execute("PRAGMA foreign_key_check").fetchone() is None:
                    return
        except BackupError:
            pass
        raise BackupError(BackupProblem.DAMAGED, file.name)

    def install(self, file: Path, progress: ProgressCallback) -> None:
        """SQLite writes all of it in one transaction, or nothing."""
        make_folder(self._path.parent)
        make_file(self._path)
        with closing(sqlite3.connect(file, isolation_level=None)) as dump:
            dump.execute("BEGIN IMMEDIATE")
            for statement in settling(_tables(dump)):
                dump.execute(statement)
            dump.execute("COMMIT")
            with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS)) as database:
                dump.backup(database, pages=PAGES, progress=lambda _, left, pages: progress(pages - left, pages))


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=BUSY_SECONDS)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise BackupError(BackupProblem.BROKEN_DATABASE, str(path)) from error


def _tables(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))


def _revision(connection: sqlite3.Connection) -> str | None:
    if "alembic_version" not in _tables(connection):
        return None
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if found is None else str(found[0])


def _hashes(connection: sqlite3.Connection) -> frozenset[str]:
    if "evidence" not in _tables(connection):
        return frozenset()
    found = connection.execute("SELECT sha256 FROM evidence WHERE sha256 IS NOT NULL")
    return frozenset(digest for (digest,) in found)
