"""Telegram's HTML: made only here and in the texts, taken off again for plain text."""

import re
from html import escape, unescape

from handlers.reply import Reply

_TAG = re.compile(r"</?[a-z][^<>]*>")


def bold(text: str) -> str:
    return f"<b>{escape(text, quote=False)}</b>"


def safe(text: str) -> str:
    return escape(text, quote=False)


def small(text: str) -> str:
    """Evidence and remarks."""
    return f"<i>{escape(text, quote=False)}</i>"


def plain(reply: Reply) -> str:
    """The whole reply as the chat shows it, without markup."""
    lines = (reply.head, *reply.blocks, reply.foot)
    return unescape(_TAG.sub("", "\n".join(line for line in lines if line)))
