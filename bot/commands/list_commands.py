"""`python -m bot.commands.list_commands` prints docs/commands.md."""

import sys

from bot.texts.commands import page
from handlers.routing.commands import COMMANDS


def commands_page() -> str:
    return page((command.name, command.about, command.groups) for command in COMMANDS if command.typed)


if __name__ == "__main__":
    sys.stdout.write(commands_page())
