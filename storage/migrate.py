"""Brings a database to the state that this version of the program needs.

Alembic is imported where there is something to migrate: it takes longer than to find that there is nothing.
"""

import re
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import structlog
from sqlalchemy import Connection, make_url, text

from storage.backup import SUFFIX, make_backup, revision_of
from storage.backup_format import BackupError, BackupProblem
from storage.database import open_engine
from storage.migrations import versions

log = structlog.get_logger()

MIGRATION_LOCK = 0x6475_6261_6E
"""The key of PostgreSQL's advisory lock for migrations: "duban"."""
WAIT_SECONDS = 60
"""How long a second process waits for the first one's migration on SQLite."""
BACKUPS_KEPT = 3
"""Of those that are taken before a migration."""


class DatabaseTooNewError(Exception):
    """The database was migrated by a later version of the program."""


def migrate(url: str, *, backups: Path | None = None) -> None:
    """Run the migrations that are missing, in one transaction; a second process waits for it and finds nothing left.

    What is in the database is backed up into the folder `backups` first (None: it holds nothing to lose), and the last
    few such backups are kept. Where PostgreSQL's tools are missing it goes on without: a migration is done whole or not
    at all. Raises DatabaseTooNewError where the database knows a migration that this program does not; BackupError.
    """
    if backups is not None:
        found = revision_of(url)
        if found == head():
            _open(url)
            return
        if found in revisions():
            _back_up(url, backups)
    migrate_to(url, "head")


def head() -> str:
    """The last migration."""
    return revisions()[-1]


@cache
def revisions() -> tuple[str, ...]:
    """All migrations that this program has, in order; the names of their files begin with them."""
    names = (file.name for file in files(versions).iterdir())
    return tuple(sorted(name.removeprefix("r")[:4] for name in names if re.fullmatch(r"r\d{4}_\w+\.py", name)))


def _open(url: str) -> None:
    """See to it that the database can be used; raises what opening it raises."""
    engine = open_engine(make_url(url))
    try:
        engine.connect().close()
    finally:
        engine.dispose()


def _back_up(url: str, backups: Path) -> None:
    now = datetime.now(UTC)
    file = backups / f"before-{head()}-{now.astimezone():%Y%m%d-%H%M%S}{SUFFIX}"
    try:
        make_backup(url, file, evidence=None, now=now)
    except BackupError as error:
        if error.problem is BackupProblem.EXISTS:
            return  # a second process was quicker
        if error.problem not in (BackupProblem.NO_TOOL, BackupProblem.OLD_TOOL):
            raise
        log.warning("migrating without a backup", problem=error.problem.value, detail=error.detail)
        return
    for old in sorted(backups.glob(f"before-[0-9]*{SUFFIX}"), key=lambda one: one.stat().st_mtime)[:-BACKUPS_KEPT]:
        old.unlink(missing_ok=True)


def migrate_to(url: str, revision: str) -> None:
    """Go to a revision, up or (for tests) down: "base" is the empty database, "-1" one migration back."""
    # SQLite alters a table by copying it, and dropping the old one would delete what refers to it
    engine = open_engine(make_url(url), busy_seconds=WAIT_SECONDS, foreign_keys=False)
    try:
        with engine.begin() as connection:
            _migrate(connection, revision)
    finally:
        engine.dispose()


def _migrate(connection: Connection, revision: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script.revision import ResolutionError
    from alembic.util import CommandError

    on_sqlite = connection.dialect.name == "sqlite"
    if not on_sqlite:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    try:
        (command.downgrade if revision == "base" or revision.startswith("-") else command.upgrade)(config, revision)
    except CommandError as error:
        if isinstance(error.__cause__, ResolutionError):
            raise DatabaseTooNewError from error
        raise
    if on_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("a migration left rows that refer to nothing")
