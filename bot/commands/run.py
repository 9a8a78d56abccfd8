"""`duban run`: the real bot, until it is told to stop."""

import asyncio
from pathlib import Path

import structlog
import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.app import BotStoppedError, ConflictError, serve, stop_on_signals
from bot.config import ConfigError, Settings, load_settings
from bot.log import log_strays, set_up_logging
from handlers.ask import AskDesk, open_desk
from handlers.clock import PlanClock
from handlers.place import Service
from handlers.texts import backup as backup_texts
from handlers.texts import cli as texts
from handlers.texts import config as config_texts
from handlers.texts.problems import problems_text
from knowledge.plans import PlanError
from storage.backup_format import BackupError
from storage.database import Database, NoWriteAheadLogError, open_database
from storage.lease import LeaseTakenError, hold_lease
from storage.migrate import DatabaseTooNewError, migrate

log = structlog.get_logger()


def run_bot(config: Path | None) -> int:
    """Run until SIGINT or SIGTERM; the exit status. What prevents it is one Chinese message on standard error."""
    try:
        settings = load_settings(config)
    except ConfigError as error:
        return _refuse(config_texts.problems(error.problems))
    if settings.telegram.token is None:
        return _refuse(texts.NOT_CONFIGURED)
    try:
        set_up_logging(settings.log)
    except OSError:
        return _refuse(texts.NO_LOG_FILE)
    log_strays()
    try:
        desk = open_desk(settings.plan.name)
    except PlanError as error:
        return _refuse(problems_text(error.problems))
    try:
        return _run(settings, settings.telegram.token.get_secret_value(), desk)
    except LeaseTakenError:
        return _refuse(texts.LEASE_TAKEN)
    except ConflictError:
        return _refuse(texts.CONFLICT)
    except BotStoppedError:
        return _refuse(texts.REFUSED_BY_TELEGRAM)
    except DatabaseTooNewError:
        return _refuse(texts.DATABASE_TOO_NEW)
    except BackupError as error:
        return _refuse(backup_texts.not_migrated(error))
    except NoWriteAheadLogError:
        return _refuse(texts.NOT_LOCAL_DISK)
    except (SQLAlchemyError, OSError) as error:
        log.debug("no database", exc_info=error)
        return _refuse(texts.NO_DATABASE)


def _run(settings: Settings, token: str, desk: AskDesk) -> int:
    url = settings.database.url.get_secret_value()
    migrate(url, backups=settings.database.backups)
    with hold_lease(url, token):
        database = open_database(url)
        try:
            asyncio.run(_serve(settings, token, desk, database))
        finally:
            database.close()
    return 0


async def _serve(settings: Settings, token: str, desk: AskDesk, database: Database) -> None:
    proxy = settings.telegram.proxy
    with stop_on_signals() as stop:
        await serve(
            token=token,
            base_url=settings.telegram.base_url,
            base_file_url=settings.telegram.base_file_url,
            proxy=proxy.get_secret_value() if proxy else None,
            database=database,
            desk=desk,
            clock=PlanClock(),
            per_minute=settings.limits.questions_per_minute,
            stop=stop,
            files=settings.database.files,
            service=Service(internal=settings.service.mode == "internal", published=settings.service.published),
            remind=settings.remind.defaults,
        )


def _refuse(text: str) -> int:
    typer.echo(text, err=True)
    return 1
