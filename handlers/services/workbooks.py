"""Tables in files that people send: a workbook (xlsx) or comma-separated text, as lines with tabs between the cells."""

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO
from zipfile import ZipFile

UNPACKED = 16 * 1024 * 1024
"""Bytes of a workbook that is looked into, unpacked; a sheet for every unit is a tenth of it."""
_PIECE = 64 * 1024
_ROWS, _COLUMNS, _PAGES = 320, 12, 5


def is_small(content: bytes) -> bool:
    """The bytes are counted as they come; a part that declares entities is none of an office program's."""
    with ZipFile(BytesIO(content)) as packed:
        left = UNPACKED
        for entry in packed.infolist():
            with packed.open(entry) as stream:
                first = True
                while piece := stream.read(_PIECE):
                    left -= len(piece)
                    if left < 0 or (first and b"<!DOCTYPE" in piece):
                        return False
                    first = False
    return True


def tables_in(content: bytes, kind: str) -> tuple[str, ...]:
    """Each page's table, rows of tabbed cells; () of what cannot be read. No file makes this raise."""
    try:
        match kind:
            case "xlsx":
                return _pages(content) if is_small(content) else ()
            case "csv":
                return (_lines(csv.reader(StringIO(_decoded(content)))),)
    except Exception:  # whatever the libraries raise for a broken file
        return ()
    return ()


def _pages(content: bytes) -> tuple[str, ...]:
    from openpyxl import load_workbook  # takes a quarter of a second to import

    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    pages = book.worksheets[:_PAGES]
    return tuple(_lines(page.iter_rows(max_row=_ROWS, max_col=_COLUMNS, values_only=True)) for page in pages)


def _lines(rows: Iterable[Iterable[object]]) -> str:
    shown = [[" ".join(str("" if cell is None else cell).split()) for cell in row] for row in rows]
    return "\n".join("\t".join(row).rstrip("\t") for row in shown if any(row))


def _decoded(content: bytes) -> str:
    """Excel saves in UTF-8 with a mark, or as the machine's own: here GB 18030."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")
