"""A button's or a command's name typed as a word of its own (取消, 撤回, 我要报进展), in a private chat."""

import re

from handlers.access.policy import Action, Resource, may
from handlers.chat.authorize import plan_of
from handlers.chat.command_words import in_codes
from handlers.chat.context import Context
from handlers.office.codes import RuleVerb
from handlers.reports import drafts
from handlers.routing import texts_command_words as words
from handlers.texts.reminder_rules import NAMES
from knowledge.language.normalize import clean
from knowledge.reminders.rule_bounds import NumberFault, read_numbers
from knowledge.reminders.rules import rules_from

_BACK = re.compile("上一|刚才|前面")  # 退回上一个 goes back in the chat
_BETWEEN = " :,，：#"
_ENDS = "。.!！,，~ "


def line_of(context: Context, text: str) -> str | None:
    """The line that the word stands for: what the open card's button would send, else a command."""
    word = clean(text).strip(_ENDS)
    if (verb := words.CARD.get(word)) and (held := drafts.current(context)):
        kept, _ = held
        return f"/report #{kept.id}.{kept.version} {verb}"
    before, said, rest = text.strip().partition(words.RETURN)
    if said and not before and not _BACK.search(word) and may(context.actor, Action.RETURN):
        return f"/return {rest.lstrip(_BETWEEN)}"
    return words.LINES.get(word)


def rule_line(context: Context, text: str) -> str | None:
    """The command that the office means where it only types a rule's name, and what it is to be."""
    rest = in_codes("rules", text.strip(), words.PLACES)
    key, _, said = rest.partition(" ")
    if key not in NAMES or text.strip().startswith(key):
        return None
    if said not in {"", RuleVerb.ON, RuleVerb.OFF, RuleVerb.DEFAULT, RuleVerb.CHANGE}:
        numbers = read_numbers(said, rules_from(context.services.remind)[key])
        if numbers is NumberFault.UNREAD:
            return None  # 到期提醒是什么
    may_set = may(context.actor, Action.SET_RHYTHM, Resource(plan=plan_of(context, context.actor)))
    return f"/rules {rest}" if may_set else None
