"""`duban run`: the real bot, until it is told to stop."""

import asyncio
import logging
import os
import threading
from pathlib import Path

import structlog
import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.app import (
    serve,
    stop_on_signals,
)
from bot.config import ConfigError, Settings, load_settings
from bot.halt import (
    BotStoppedError,
    ConflictError,
    LeaseLostError,
    TokenRefusedError,
    TokenRevokedError,
)
from bot.health_page import health_page
from bot.log import log_strays, set_up_logging
from bot.model_client import ModelClient
from bot.telegram.connection import telegram
from bot.texts import backup as backup_texts
from bot.texts import cli as texts
from bot.texts import config as config_texts
from bot.texts.problems import problems_text
from handlers.services.clock import PlanClock
from handlers.services.question_service import QuestionService, open_question_service
from knowledge.plan.shipped import PlanError
from storage.backup_format import BackupError
from storage.database import Database, NoWriteAheadLogError, open_database
from storage.lease import Lease, LeaseTakenError, hold_lease
from storage.migrate import DatabaseTooNewError, migrate

STOP_SECONDS = 12.0
"""How long after a signal the program ends in any case; most of it are answers that are waited for."""

log = structlog.get_logger()

_ENDS: dict[type[BotStoppedError], tuple[str, int]] = {
    ConflictError: (texts.CONFLICT, 1),
    TokenRefusedError: (texts.REFUSED_BY_TELEGRAM, 1),
    TokenRevokedError: (texts.REVOKED, 77),  # EX_NOPERM: starting again does not help
    LeaseLostError: (texts.LEASE_LOST, 75),  # EX_TEMPFAIL: starting again may
}
"""Why the bot stops by itself: what is said, and the exit status."""


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
        question_service = open_question_service(settings.plan.name)
    except PlanError as error:
        return _refuse(problems_text(error.problems))
    try:
        return _run(settings, settings.telegram.token.get_secret_value(), question_service)
    except LeaseTakenError:
        return _refuse(texts.LEASE_TAKEN)
    except BotStoppedError as reason:
        return _refuse(*_ENDS[type(reason)])
    except DatabaseTooNewError:
        return _refuse(texts.DATABASE_TOO_NEW)
    except BackupError as error:
        return _refuse(backup_texts.not_migrated(error))
    except NoWriteAheadLogError:
        return _refuse(texts.NOT_LOCAL_DISK)
    except (SQLAlchemyError, OSError) as error:
        log.debug("no database", exc_info=error)
        return _refuse(texts.NO_DATABASE)


def _run(settings: Settings, token: str, question_service: QuestionService) -> int:
    url = settings.database.url.get_secret_value()
    migrate(url, backups=settings.database.backups)
    with hold_lease(url, token) as lease:
        database = open_database(url)
        try:
            asyncio.run(_serve(settings, token, question_service, database, lease))
        finally:
            database.close()
    return 0


async def _serve(
    settings: Settings, token: str, question_service: QuestionService, database: Database, lease: Lease
) -> None:
    proxy = settings.telegram.proxy
    page = health_page(settings.health.port, settings.database.url.get_secret_value(), settings.database.files)
    with stop_on_signals(_end_in_any_case) as stop:
        async with page:
            await serve(
                telegram(
                    token=token,
                    base_url=settings.telegram.base_url,
                    base_file_url=settings.telegram.base_file_url,
                    proxy=proxy.get_secret_value() if proxy else None,
                ),
                database=database,
                question_service=question_service,
                clock=PlanClock(),
                per_minute=settings.limits.questions_per_minute,
                stop=stop,
                files=settings.database.files,
                lease=lease,
                operator=settings.service.operator,
                service=settings.service.opened,
                remind=settings.remind.defaults,
                assistant=ModelClient(settings.assistant) if settings.assistant.url else None,
            )


def _end_in_any_case() -> None:
    """A database that does not answer, and never fails, holds the end up for ever. Nothing is lost by ending then: what
    is not written down is as after a crash."""
    last = threading.Timer(STOP_SECONDS, _end)
    last.daemon = True
    last.start()


def _end() -> None:
    log.warning("ended with work at hand")
    logging.shutdown()
    os._exit(0)


def _refuse(text: str, status: int = 1) -> int:
    typer.echo(text, err=True)
    return status
