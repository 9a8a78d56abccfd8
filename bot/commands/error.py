"""`duban error`: what is known of an error number, from the log files and the inbox; never what a person wrote."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from bot.commands.database_access import RefusedError, opened, settings_from
from bot.error_number import is_error_number
from bot.playground import DATA, LOG
from bot.texts import error_number as texts
from storage.inbox import FailedUpdate, failed_with


def error(number: str, *, database: str | None, config: Path | None) -> int:
    """Show every fault that was given the number, the newest first. The exit status: 1 where none is known."""
    number = number.strip().upper()
    if not is_error_number(number):
        return _refuse(texts.not_a_number(number))
    try:
        settings = settings_from(config)
    except RefusedError as wrong:
        return _refuse(str(wrong))
    logs = [DATA / LOG, *([Path(settings.log.file)] if settings.log.file else [])]
    try:
        logged = sorted(_logged(logs, number), key=lambda entry: str(entry.get("timestamp")), reverse=True)
    except OSError as away:
        return _refuse(texts.unreadable(str(away.filename)))
    try:
        with opened(database, settings, make=False) as held, held.read() as session:
            rows: tuple[FailedUpdate, ...] = failed_with(session, number)
    except RefusedError as wrong:
        typer.echo(texts.inbox_unread(str(wrong)), err=True)
        rows = ()
    if not logged and not rows:
        return _refuse(texts.not_found(number, settings.log.file))
    typer.echo(texts.found(number, len(logged)))
    for entry in logged:
        typer.echo(texts.logged(entry))
    for row in rows:
        typer.echo(texts.row(row))
    return 0


def _logged(logs: Iterable[Path], number: str) -> Iterator[dict[str, Any]]:
    """What the log files and the older ones beside them say of the number."""
    files = [one for log in logs for one in (log, *log.parent.glob(f"{log.name}.[0-9]")) if one.is_file()]
    for file in files:
        with file.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if number in line and (entry := _entry(line)).get("number") == number:
                    yield entry


def _entry(line: str) -> dict[str, Any]:
    """A line of the log; nothing where it was cut off."""
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def _refuse(text: str) -> int:
    typer.echo(text, err=True)
    return 1
