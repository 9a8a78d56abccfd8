"""`duban audit`: reads the audit, verifies its chain, and prints its head."""

import re
from pathlib import Path

import typer

from bot.commands.database_access import RefusedError, opened, settings_from
from bot.texts import audit as texts
from handlers.services.clock import PLAN_ZONE
from storage import audit as storage

_HEAD = re.compile(r"([0-9]{1,9}):([0-9a-f]{64})")


def audit(*, head: str | None = None, database: str | None = None, config: Path | None = None) -> int:
    """Print every entry, then whether the chain holds; the exit status is 1 where it does not.

    `head` is what an earlier run printed: what was in the chain then must be there still.
    """
    try:
        kept = _kept(head)
        with opened(database, settings_from(config), make=False) as held, held.write() as session:
            for entry in storage.read(session):
                typer.echo(texts.line(entry, entry.at.astimezone(PLAN_ZONE)))
            checked = storage.verify(session, kept=kept)
    except RefusedError as error:
        typer.echo(str(error), err=True)
        return 1
    if checked.broken is not None:
        typer.echo(texts.broken(checked), err=True)
        return 1
    typer.echo(texts.whole(checked.head))
    return 0


def _kept(head: str | None) -> storage.Head | None:
    if head is None:
        return None
    found = _HEAD.fullmatch(head)
    if found is None:
        raise RefusedError(texts.BAD_HEAD)
    return storage.Head(int(found[1]), found[2])
