"""A reply cut into pages that fit a phone and Telegram's limits, never inside a block that fits a page.

Telegram counts a message's length in UTF-16 code units of what is seen, after the markup is read.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import chain

from handlers.texts.reply import Reply

LINES = 12
"""Lines on a page; the last page may take the few that would not be worth a page of their own."""
TAIL = 3
UNITS = 4000
"""Below Telegram's 4096: room for the mark of a late answer and the page's number."""

_TAG = re.compile(r"<(/?)([a-zA-Z-]+)[^>]*>")
_ATOM = re.compile(r"<[^>]*>|&[^;\s]+;|.", re.DOTALL)


def paginate(reply: Reply) -> tuple[str, ...]:
    """The reply's pages as HTML, at least one; joined by line ends they hold all of the reply, in order."""
    parts = (reply.head, *reply.blocks, reply.foot)
    if reply.whole and units(page := "\n".join(filter(None, parts))) <= UNITS:
        return (page,)
    pages: list[str] = []
    for part in parts:
        for piece in _pieces(part):
            if pages and _fits(joined := f"{pages[-1]}\n{piece}"):
                pages[-1] = joined
            else:
                pages.append(piece)
    if len(pages) > 1 and _fits(joined := "\n".join(pages[-2:]), spare=TAIL):
        pages[-2:] = [joined]
    return tuple(pages) or ("",)


def plain(html: str) -> str:
    """What is seen of Telegram HTML."""
    return unescape(_TAG.sub("", html))


def units(html: str) -> int:
    """The length Telegram counts."""
    return len(plain(html).encode("utf-16-le")) // 2


def _fits(html: str, *, spare: int = 0) -> bool:
    return html.count("\n") < LINES + spare and units(html) <= UNITS


def _pieces(block: str) -> Iterator[str]:
    """The block itself if it fits a page, else runs of its lines that do, each with the markup that was open."""
    if not block:
        return
    if _fits(block):
        yield block
        return
    page: list[str] = []
    for line in chain.from_iterable(map(_short, _balanced(block.split("\n")))):
        if page and not _fits("\n".join([*page, line])):
            yield "\n".join(page)
            page = []
        page.append(line)
    yield "\n".join(page)


def _balanced(lines: list[str]) -> Iterator[str]:
    """Each line with its own opening and closing tags, so that a page may end after any of them."""
    opened: list[str] = []
    for line in lines:
        start = "".join(opened)
        for tag in _TAG.finditer(line):
            if tag[1]:
                opened.pop()
            else:
                opened.append(tag[0])
        yield start + line + _closing(opened)


def _short(line: str) -> Iterator[str]:
    """The line, or where it is longer than a message may be, stretches of it."""
    if units(line) <= UNITS:
        yield line
        return
    opened: list[str] = []
    text, length = "", 0
    for atom in _ATOM.findall(line):
        tag = _TAG.fullmatch(atom)
        size = 0 if tag else units(atom)
        if length + size > UNITS:
            yield text + _closing(opened)
            text, length = "".join(opened), 0
        if tag:
            opened.pop() if tag[1] else opened.append(atom)
        text, length = text + atom, length + size
    yield text


def _closing(opened: list[str]) -> str:
    names = [found[2] for tag in reversed(opened) if (found := _TAG.match(tag))]
    return "".join(f"</{name}>" for name in names)
