"""The blank of a list of invitations as a workbook, and the rows of one that was filled in."""

from collections.abc import Iterable
from io import BytesIO

from handlers.people.invitation_rows import COLUMNS, from_heading
from handlers.services.workbooks import tables_in

ROWS = 2000
"""No more of a sheet is read."""
_WIDTHS = (26, 12, 14, 30)


def blank(units: Iterable[str], roles: Iterable[str]) -> bytes:
    """A row for each unit; who has several people copies it."""
    from openpyxl import Workbook  # takes a quarter of a second to import
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = "邀请名单"
    sheet.append(COLUMNS)
    for unit in units:
        sheet.append((unit,))
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    choice = DataValidation(type="list", formula1=f'"{",".join(roles)}"', allow_blank=True)
    choice.add(f"C2:C{ROWS}")
    sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def list_in(content: bytes, kind: str) -> str:
    """The rows of a file that is such a list, from its heading on; empty of any other."""
    return next(filter(None, map(from_heading, tables_in(content, kind))), "")


def rows_of(content: bytes) -> str:
    """The first sheet as lines of cells, as they are pasted. Raises whatever the library raises for a broken file."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(max_row=ROWS, max_col=len(COLUMNS), values_only=True)
    return "\n".join("\t".join("" if cell is None else str(cell).strip() for cell in row) for row in rows)
