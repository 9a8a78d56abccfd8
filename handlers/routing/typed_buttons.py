"""A button's or a command's name typed as a word of its own (取消, 撤回, 我要报进展), in a private chat."""

import re

from handlers.access.policy import Action, may
from handlers.chat.context import Context
from handlers.reports import drafts
from handlers.routing import texts_command_words as words
from knowledge.language.normalize import clean

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
