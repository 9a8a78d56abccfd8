"""Brings a database to the state that this version of the program needs."""

from alembic import command
from alembic.config import Config
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import Connection, make_url, text

from storage.database import open_engine

MIGRATION_LOCK = 0x6475_6261_6E
"""The key of PostgreSQL's advisory lock for migrations: "duban"."""
WAIT_SECONDS = 60
"""How long a second process waits for the first one's migration on SQLite."""


class DatabaseTooNewError(Exception):
    """The database was migrated by a later version of the program."""


def migrate(url: str) -> None:
    """Run the migrations that are missing, in one transaction; a second process waits for it and finds nothing left.

    Raises DatabaseTooNewError where the database knows a migration that this program does not.
    """
    migrate_to(url, "head")


def migrate_to(url: str, revision: str) -> None:
    """Go to a revision, up or (for tests) down: "base" is the empty database."""
    # SQLite alters a table by copying it, and dropping the old one would delete what refers to it
    engine = open_engine(make_url(url), busy_seconds=WAIT_SECONDS, foreign_keys=False)
    try:
        with engine.begin() as connection:
            _migrate(connection, revision)
    finally:
        engine.dispose()


def _migrate(connection: Connection, revision: str) -> None:
    on_sqlite = connection.dialect.name == "sqlite"
    if not on_sqlite:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    try:
        (command.downgrade if revision == "base" else command.upgrade)(config, revision)
    except CommandError as error:
        if isinstance(error.__cause__, ResolutionError):
            raise DatabaseTooNewError from error
        raise
    if on_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("a migration left rows that refer to nothing")
