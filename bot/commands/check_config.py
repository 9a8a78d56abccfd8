"""`duban check-config`: are the settings usable?"""

from pathlib import Path

import typer

from bot.config import ConfigError, config_file, load_settings
from bot.texts import config as texts


def check_config(path: Path | None) -> int:
    """Print what is wrong with the settings, or that nothing is; the exit status."""
    try:
        load_settings(path)
    except ConfigError as error:
        typer.echo(texts.problems(error.problems), err=True)
        return 1
    file = config_file(path)
    typer.echo(texts.fine(str(file) if file.exists() else texts.no_config_file()))
    return 0
