"""What was reported is read once at the start, beside everything else: nobody waits for it who asks later."""

import asyncio

import structlog

from handlers.chat.context import Services
from handlers.progress.pictures import read_ahead
from storage.database import UNAVAILABLE, Database

log = structlog.get_logger()


async def read_reports(database: Database, services: Services) -> None:
    """A public service shows no progress and reads nothing; where the database is away, who asks first reads it."""
    if not services.service.internal:
        return
    try:
        await asyncio.to_thread(_read, database, services)
    except UNAVAILABLE as error:
        log.warning("reports not read ahead", error=type(error).__name__)


def _read(database: Database, services: Services) -> None:
    with database.read() as session:
        read_ahead(session, services.question_service.library, services.clock.today(), services.remind.due_days)
