"""A button's, a command's or a rule's name typed in a private chat: 取消, 撤回, 我要报进展, 到期提醒 关."""

from collections.abc import Callable

from handlers.chat.command_words import in_codes
from handlers.office.codes import RuleVerb
from handlers.reports.codes import CardVerb
from handlers.routing import texts_command_words as words
from handlers.routing.texts_intents import NEVER_MIND
from handlers.routing.typed_confirmation import CONFIRMS
from handlers.texts.reminder_rules import NAMES
from knowledge.reminders.defaults import DEFAULTS
from knowledge.reminders.rule_bounds import NumberFault, read_numbers
from knowledge.reminders.rules import rules_from

_SAID = ((NEVER_MIND, CardVerb.CANCEL), (CONFIRMS, CardVerb.CONFIRM))
"""What means a button of the open card by other words than its name."""


def line_of(word: str, card: Callable[[], str | None]) -> str | None:
    """The line that the word stands for: what the open card's button would send, else a command."""
    verb = words.CARD.get(word) or next((verb for shown, verb in _SAID if shown.shows(word)), None)
    if verb and (key := card()):
        return f"{key} {verb}"
    return words.LINES.get(word)


def rule_line(text: str) -> str | None:
    """The command that the office means where it only types a rule's name, and what it is to be."""
    rest = in_codes("rules", text, words.PLACES)
    key, _, said = rest.partition(" ")
    if key not in NAMES or text.startswith(key):
        return None
    if said not in {"", RuleVerb.ON, RuleVerb.OFF, RuleVerb.DEFAULT, RuleVerb.CHANGE}:
        numbers = read_numbers(said, rules_from(DEFAULTS)[key])
        if numbers is NumberFault.UNREAD:
            return None  # 到期提醒是什么
    return f"/rules {rest}"
