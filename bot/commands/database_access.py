"""What commands that work on the database begin with: settings, migrations, and sentences for what can go wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.config import DATABASE_DRIVERS, ConfigError, Settings, load_settings
from bot.texts import backup as backup_texts
from bot.texts import cli as texts
from bot.texts import config as config_texts
from storage.backup_format import BackupError
from storage.database import Database, NoWriteAheadLogError, open_database
from storage.migrate import DatabaseTooNewError, migrate


class RefusedError(Exception):
    """The command cannot be carried out; the message is for the person who typed it."""


def settings_from(config: Path | None) -> Settings:
    """The settings; raises RefusedError with everything that is wrong with them."""
    try:
        return load_settings(config)
    except ConfigError as error:
        raise RefusedError(config_texts.problems(error.problems)) from None


def database_url(database: str | None, settings: Settings) -> str:
    """The URL that was given, else the settings' own; raises RefusedError where it is of another kind."""
    url = database or settings.database.url.get_secret_value()
    if url.partition(":")[0] not in DATABASE_DRIVERS:
        raise RefusedError(texts.UNKNOWN_DATABASE)
    return url


@contextmanager
def opened(database: str | None, settings: Settings, *, make: bool) -> Iterator[Database]:
    """The database at the URL `database`, else the settings' own; a missing SQLite file is made only with `make`.

    Raises RefusedError where there is none.
    """
    url = database_url(database, settings)
    try:
        path = make_url(url).database or ""
        if not make and make_url(url).get_backend_name() == "sqlite" and not Path(path).exists():
            raise RefusedError(texts.NO_DATABASE)
        migrate(url, backups=settings.database.backups)
        held = open_database(url)
    except DatabaseTooNewError:
        raise RefusedError(texts.DATABASE_TOO_NEW) from None
    except BackupError as error:
        raise RefusedError(backup_texts.not_migrated(error)) from None
    except NoWriteAheadLogError:
        raise RefusedError(texts.NOT_LOCAL_DISK) from None
    except (SQLAlchemyError, OSError):
        raise RefusedError(texts.NO_DATABASE) from None
    try:
        yield held
    finally:
        held.close()
