"""How sentences are set: the marks on them, and the punctuation that Chinese is set with."""

import re

from handlers.texts.reply import Reply
from storage.rich_text import RichText, TextMark, joined, marked, plain_text

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


def short(text: str, most: int = 32) -> str:
    """The beginning of a longer text."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def bold(text: str) -> RichText:
    return marked(typeset(text), TextMark.BOLD)


def italic(text: str) -> RichText:
    return marked(text, TextMark.ITALIC)


def code(text: str) -> RichText:
    """What is to be copied, to the letter."""
    return marked(text, TextMark.CODE)


def plain_lines(reply: Reply) -> list[str]:
    """The whole reply without marks, line by line."""
    return plain(reply).split("\n")


def plain(reply: Reply) -> str:
    return plain_text(joined(line for line in (reply.head, *reply.blocks, reply.foot) if line))
