"""The one table of commands: it makes Telegram's menu, /help, docs/commands.md and the dispatch."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.calls import Call, Send
from handlers.place import Place
from handlers.texts import start as texts
from handlers.turns import ask, say

Run = Callable[[Place, str], Call]
"""From where it was typed and what stood after it to what is said."""


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    about: str
    """What the menu shows, in Chinese."""
    run: Run
    groups: bool = True
    """Whether the menu of groups shows it; it works everywhere."""


def start(place: Place, _rest: str) -> Call:
    if place.group:
        return say(place, texts.group_greeting(place.house.me.username))
    return say(place, texts.greeting())


def show_help(place: Place, _rest: str) -> Call:
    return say(place, texts.help_text((command.name, command.about) for command in COMMANDS))


def ask_after(place: Place, rest: str) -> Call:
    """/ask works in a group whose privacy switch keeps mentions from the bot."""
    return ask(place, rest) if rest else say(place, texts.ask_usage())


def show_tasks(place: Place, _rest: str) -> Call:
    return ask(place, texts.ALL_TASKS)


COMMANDS = (
    Command("start", texts.ABOUT_START, start, groups=False),
    Command("help", texts.ABOUT_HELP, show_help),
    Command("tasks", texts.ABOUT_TASKS, show_tasks),
    Command("ask", texts.ABOUT_ASK, ask_after),
)
_BY_NAME = {command.name: command for command in COMMANDS}


def run_command(place: Place, name: str, rest: str) -> Call:
    """Do what `/name rest` asks; an unknown name is said to be so."""
    command = _BY_NAME.get(name.lower())
    if command is None:
        return Send(chat=place.chat, html=texts.unknown_command(name), reply_to=place.reply_to)
    return command.run(place, rest)
