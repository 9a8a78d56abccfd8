"""Telegram's HTML: made only here, taken off again for plain text; and the punctuation that Chinese is set with."""

import re
from html import escape, unescape

from handlers.texts.reply import Reply

_TAG = re.compile(r"</?[a-z][^<>]*>")
_HAN = "\u2014\u201c\u201d\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "(": "（", ")": "）"}
_NARROW = re.compile(rf"(?<=[{_HAN}%])[,:;?]|[,:;?](?=[{_HAN}])|\((?=[^()]*[{_HAN}])|(?<=[{_HAN}])\((?=[^()]*\))")


def typeset(text: str) -> str:
    """Half-width punctuation beside Chinese becomes full-width; brackets around Chinese in pairs."""
    opened: list[bool] = []
    wide = _NARROW.sub(lambda found: _WIDE[found[0]], text)
    out = []
    for char in wide:
        if char in "(（":
            opened.append(char == "（")
        elif char == ")" and opened:
            char = "）" if opened.pop() else ")"
        out.append(char)
    return "".join(out)


def bold(text: str) -> str:
    return f"<b>{safe(text)}</b>"


def safe(text: str) -> str:
    return escape(typeset(text), quote=False)


def verbatim(text: str) -> str:
    """What a person wrote, to the letter."""
    return escape(text, quote=False)


def plain_lines(reply: Reply) -> list[str]:
    """The whole reply as the chat shows it, without markup, line by line."""
    lines = (reply.head, *reply.blocks, reply.foot)
    return plain_text("\n".join(line for line in lines if line)).split("\n")


def plain_text(html: str) -> str:
    """What Telegram's HTML shows, without markup."""
    return unescape(_TAG.sub("", html))


def plain(reply: Reply) -> str:
    return "\n".join(plain_lines(reply))
