"""`duban backup` and `duban restore`: the database and its evidence into one file, and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress as Bar
from sqlalchemy.exc import SQLAlchemyError

from bot.commands.database_access import RefusedError, database_url, settings_from
from bot.config import Settings
from bot.evidence_folder import Files
from bot.texts import backup as texts
from bot.texts import cli as cli_texts
from handlers.services.clock import machine_now
from storage.backup import SUFFIX, EvidenceStore, make_backup
from storage.backup_format import BackupError, ProgressCallback
from storage.lease import LeaseTakenError
from storage.migrate import revisions
from storage.restore import restore as put_back


def backup(place: Path | None, *, database: str | None, config: Path | None) -> int:
    """Make a backup in a folder or as a file. The exit status."""
    now = machine_now()
    try:
        with _refusing(texts.NOT_WRITTEN), _bar() as progress:
            settings = settings_from(config)
            file = _file(place or settings.database.backups, now)
            url = database_url(database, settings)
            manifest = make_backup(url, file, evidence=_evidence(settings), now=now, progress=progress)
    except RefusedError as error:
        typer.echo(str(error), err=True)
        return 1
    typer.echo(texts.made(file, manifest))
    if manifest.missing:
        typer.echo(texts.missing(manifest), err=True)
    return 0


def restore(file: Path, *, replace: bool, database: str | None, config: Path | None) -> int:
    """Let the database be what the backup says; what is there already is kept aside. The exit status."""
    now = machine_now()
    try:
        if not file.is_file():
            raise RefusedError(texts.NO_FILE)
        with _refusing(f"{texts.NOT_WRITTEN}{texts.UNTOUCHED}"), _bar() as progress:
            settings = settings_from(config)
            url = database_url(database, settings)
            aside = settings.database.backups / f"replaced-{now.astimezone():%Y%m%d-%H%M%S-%f}{SUFFIX}"
            manifest = put_back(
                url,
                file,
                known=revisions(),
                evidence=_evidence(settings),
                aside=aside if replace else None,
                now=now,
                progress=progress,
            )
    except RefusedError as error:
        typer.echo(str(error), err=True)
        return 1
    typer.echo("\n".join(texts.restored(manifest, aside if aside.exists() else None)))
    return 0


@contextmanager
def _refusing(not_written: str) -> Iterator[None]:
    """Whatever prevents it becomes a sentence."""
    try:
        yield
    except BackupError as error:
        raise RefusedError(texts.problem(error)) from None
    except LeaseTakenError:
        raise RefusedError(texts.BOT_AT_WORK) from None
    except SQLAlchemyError:
        raise RefusedError(cli_texts.NO_DATABASE) from None
    except OSError:
        raise RefusedError(not_written) from None


def _file(place: Path, now: datetime) -> Path:
    """What is named like a backup is one; anything else is a folder."""
    if place.suffix == SUFFIX and not place.is_dir():
        return place
    return place / f"duban-{now.astimezone():%Y%m%d-%H%M%S}{SUFFIX}"


def _evidence(settings: Settings) -> EvidenceStore:
    files = Files(settings.database.files)
    return EvidenceStore(files.get, files.put)


@contextmanager
def _bar() -> Iterator[ProgressCallback]:
    """On a terminal, how far it is."""
    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("")

        def show(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        yield show
