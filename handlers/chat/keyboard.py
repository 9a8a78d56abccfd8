"""One page of a reply as it stands in a message: its text, its buttons, and what a tap on them says.

Callback data is `version:turn:what`, where `what` is the button's number from 0, `p` and a page's number from 0, or `y`
and `n` for a thumb up and down.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import structlog

from handlers.chat import texts_keyboard as texts
from handlers.chat.paging import BUTTONS, own_buttons, paginate
from handlers.texts.reply import Button, Reply
from storage.outbox import Keyboard
from storage.rich_text import Text, joined

VERSION = 2
OLD_VERSION = 1
"""Of 0.1: a question was asked after the answer that its button stands under, and a command's line held words of labels
(`old_lines`). It is read until 30 June 2027."""
ROW = 18
"""Full-width characters in a row of buttons on a phone."""
ACROSS = 3
NAME = 8
"""Characters of what a row opens on its button: two stand beside each other."""

log = structlog.get_logger()

_DATA = re.compile(
    rf"(?P<version>[{OLD_VERSION}{VERSION}]):(?P<turn>[0-9]{{1,18}}):(?:(?P<thumb>[yn])|(?P<page>p?)(?P<number>[0-9]{{1,3}}))",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Tap:
    """What a tapped button stands for: `button`, `page` or `liked`, the others are None."""

    turn: int
    version: int = VERSION
    button: int | None = None
    page: int | None = None
    liked: bool | None = None


def read_tap(data: str) -> Tap | None:
    """None for data that is not ours, or of another version."""
    found = _DATA.fullmatch(data)
    if found is None:
        log.warning("a button with unknown data was tapped")
        return None
    turn, version = int(found["turn"]), int(found["version"])
    if found["thumb"]:
        return Tap(turn, version, liked=found["thumb"] == "y")
    number = int(found["number"])
    return Tap(turn, version, page=number) if found["page"] else Tap(turn, version, button=number)


def tap_data(tap: Tap) -> str:
    """What `read_tap` reads, of this version."""
    if tap.liked is not None:
        return f"{VERSION}:{tap.turn}:{'y' if tap.liked else 'n'}"
    return f"{VERSION}:{tap.turn}:" + (f"{tap.button}" if tap.page is None else f"p{tap.page}")


def questions_of(reply: Reply) -> tuple[str, ...]:
    """What the buttons of all pages ask, in the order of their numbers: the blocks' first, which so count from 1."""
    return tuple(button.question for button in (*reply.opens.values(), *own_buttons(reply)))


def screen(reply: Reply, *, turn: int, page: int = 0, thumbs: bool = False) -> tuple[Text, Keyboard]:
    """The text and the buttons of a page, with `thumbs` under them; a page beyond the last is the last.

    A button's number is its place among those of all pages, so that it means the same whichever page is shown. What
    has more of them than a page can show has no thumbs: where there are no buttons their numbers would be others'.
    """
    pages = paginate(reply)
    page = min(page, len(pages) - 1)
    opened = enumerate(reply.opens.items())
    of_rows = ((number, _numbered(number, one)) for number, (place, one) in opened if place in pages[page].opens)
    keyboard = _rows(of_rows, turn) + _rows(enumerate(own_buttons(reply), len(reply.opens)), turn)
    rating = ((texts.GOOD, tap_data(Tap(turn, liked=True))), (texts.BAD, tap_data(Tap(turn, liked=False))))
    last = (rating,) if thumbs and len(questions_of(reply)) <= BUTTONS else ()
    if len(pages) == 1:
        return pages[0].text, (*keyboard, *last)
    turning = [(texts.PREVIOUS, page - 1)] if page > 0 else []
    if page + 1 < len(pages):
        turning.append((texts.NEXT, page + 1))
    row = tuple((label, tap_data(Tap(turn, page=number))) for label, number in turning)
    return joined((pages[page].text, texts.page_number(page + 1, len(pages)))), (*keyboard, row, *last)


def _numbered(number: int, button: Button) -> Button:
    """2 高新技术企业; a long name is cut."""
    label = button.label if len(button.label) <= NAME else f"{button.label[: NAME - 1]}…"
    return replace(button, label=f"{number + 1} {label}")


def _rows(buttons: Iterable[tuple[int, Button]], turn: int) -> Keyboard:
    """Buttons, each with its number, in rows, as many across as a phone shows without cutting their labels."""
    rows: list[list[tuple[str, str]]] = []
    for number, button in buttons:
        key = (button.label, tap_data(Tap(turn, button=number)))
        if rows and len(rows[-1]) < ACROSS and _fit([*rows[-1], key]):
            rows[-1].append(key)
        else:
            rows.append([key])
    return tuple(map(tuple, rows))


def _fit(row: list[tuple[str, str]]) -> bool:
    """Telegram makes the buttons of a row equally wide."""
    return max(_width(label) for label, _ in row) * len(row) <= ROW


def _width(label: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in label)
