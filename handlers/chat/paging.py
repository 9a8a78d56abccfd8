"""A reply cut into pages that fit a phone and any channel's message, never inside a block that fits a page.

A message's length is counted in UTF-16 code units of what is read, as Telegram counts it; others count less.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from handlers.texts.reply import Button, Reply
from storage.rich_text import RichText, Text, TextSpan, joined, lines_of, plain_text, spans_of

LINES = 12
"""Lines on a page; the last page may take the few that would not be worth a page of their own."""
TAIL = 3
UNITS = 4000
"""Below Telegram's 4096: room for the mark of a late answer and the page's number."""
BUTTONS = 6
"""Under a page at most, besides those that turn it and the thumbs."""
BESIDE_ROWS = 2
"""So many of them are the reply's own where its blocks can be tapped."""


@dataclass(frozen=True, slots=True)
class Page:
    text: Text
    opens: tuple[int, ...] = ()
    """Which of its blocks can be tapped, by their places in the reply."""


def paginate(reply: Reply) -> tuple[Page, ...]:
    """The reply's pages, at least one; joined by line ends they hold all of the reply, in order.

    A block that can be tapped begins with its button's number.
    """
    numbers = {place: number for number, place in enumerate(reply.opens, 1)}
    blocks = (f"{numbers[place]} " + block if place in numbers else block for place, block in enumerate(reply.blocks))
    parts = (reply.head, *blocks, reply.foot)
    if reply.whole and units(page := joined(filter(None, parts))) <= UNITS:
        return (Page(page, tuple(reply.opens)),)
    most = BUTTONS - len(own_buttons(reply))
    pages: list[Page] = []
    for place, part in enumerate(parts, -1):
        opens = (place,) if place in reply.opens else ()
        for piece in _pieces(part):
            if pages and _fits(both := _both(pages[-1], Page(piece, opens)), most):
                pages[-1] = both
            else:
                pages.append(Page(piece, opens))
            opens = ()
    if len(pages) > 1 and _fits(both := _both(*pages[-2:]), most, spare=TAIL):
        pages[-2:] = [both]
    return tuple(pages) or (Page(""),)


def own_buttons(reply: Reply) -> tuple[Button, ...]:
    """Those under every page."""
    return reply.buttons[: BESIDE_ROWS if reply.opens else BUTTONS]


def _both(page: Page, more: Page) -> Page:
    return Page(joined((page.text, more.text)), (*page.opens, *more.opens))


def units(text: Text) -> int:
    """The text's length in UTF-16 code units."""
    return _units(plain_text(text))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _fits(page: Page, most: int = BUTTONS, *, spare: int = 0) -> bool:
    read = plain_text(page.text)
    return read.count("\n") < LINES + spare and _units(read) <= UNITS and len(page.opens) <= most


def _pieces(block: Text) -> Iterator[Text]:
    """The block itself if it fits a page, else runs of its lines that do."""
    if not block:
        return
    if _fits(Page(block)):
        yield block
        return
    page: list[Text] = []
    for line in chain.from_iterable(stretches(line, UNITS, _units) for line in lines_of(block)):
        if page and not _fits(Page(joined([*page, line]))):
            yield joined(page)
            page = []
        page.append(line)
    yield joined(page)


def stretches(line: Text, most: int, size: Callable[[str], int]) -> Iterator[Text]:
    """The line, or where it is longer than `most`, stretches of it that are not.

    It is cut between marks, and inside one only where that is longer by itself. `size` is a text's length, the sum of
    its characters'.
    """
    if size(plain_text(line)) <= most:
        yield line
        return
    stretch, length = RichText(), 0
    for text, mark in spans_of(line):
        for piece in _cut(text, most, size):
            if length and length + size(piece) > most:
                yield stretch
                stretch, length = RichText(), 0
            stretch += RichText((TextSpan(piece, mark),))
            length += size(piece)
    yield stretch


def _cut(text: str, most: int, size: Callable[[str], int]) -> Iterator[str]:
    if size(text) <= most:
        yield text
        return
    begin, length = 0, 0
    for at, character in enumerate(text):
        more = size(character)
        if length + more > most:
            yield text[begin:at]
            begin, length = at, 0
        length += more
    yield text[begin:]
