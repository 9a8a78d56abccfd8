"""`duban status`: how the bot is doing, from outside; nothing is changed, not even migrated."""

import json
from importlib.metadata import version
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.commands.database_access import RefusedError, database_url, settings_from
from bot.health import as_json as health_json
from bot.health import examine
from handlers.broadcast import texts_operator as texts
from storage.backup_format import BackupError
from storage.database import NoWriteAheadLogError


def status(*, as_json: bool, database: str | None, config: Path | None) -> int:
    """Print it; the exit status is 0 where all is well, else 1."""
    try:
        settings = settings_from(config)
        health = examine(database_url(database, settings), settings.database.files)
    except RefusedError as error:
        typer.echo(str(error), err=True)
        return 1
    except (SQLAlchemyError, OSError, BackupError, NoWriteAheadLogError):
        typer.echo(texts.CANNOT_LOOK, err=True)
        return 1
    if as_json:
        typer.echo(json.dumps(health_json(health), ensure_ascii=False))
        return 1 if health.ailments else 0
    typer.echo(texts.verdict(health.ailments))
    found = health.figures
    for line in (
        *texts.machine_lines(
            version=version("duban"),
            revision=health.revision,
            current=health.current,
            running=health.leased,
            size=found.size if found else None,
            free=health.free,
        ),
        *(texts.lines(found, health.at) if found else ()),
    ):
        typer.echo(line)
    return 1 if health.ailments else 0
