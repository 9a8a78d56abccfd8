"""A list as a value: what it is of, its columns and rows, whose word it is and of which day; and as a reply in chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.texts.heading import reply_of
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import day_text

BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class ListRow:
    cells: tuple[str, ...]
    """One for each column; empty where there is nothing to say."""
    opens: Button | None = None
    """What a tap on the row shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListValue:
    title: str
    columns: tuple[str, ...]
    rows: tuple[ListRow, ...]
    folded: tuple[ListRow, ...] = ()
    """Lines that each stand for many rows, with what opens them."""
    notes: tuple[str, ...] = ()
    source: str
    as_of: date


def list_reply(shown: ListValue, today: date, buttons: Sequence[tuple[str, str]] = ()) -> Reply:
    """A row a block, which begins with its number where it can be tapped; `buttons` are the list's own."""
    rows = (*shown.rows, *shown.folded)
    day = day_text(shown.as_of, today)
    foot = shown.source if day in shown.title else f"{shown.source},截至 {day}"
    reply = reply_of(shown.title, [*map(row_line, rows), *shown.notes], foot, list(buttons))
    opens = {place: row.opens for place, row in enumerate(rows) if row.opens}
    return Reply(head=reply.head, blocks=reply.blocks, foot=reply.foot, buttons=reply.buttons, opens=opens)


def row_line(row: ListRow) -> str:
    return BETWEEN.join(filter(None, row.cells))
