"""A list as a workbook: its title, its columns, a row each, whose word it is and of which day."""

from io import BytesIO

from handlers.texts.lists import ListValue

_TOP = 3
"""The row of the columns' names, which every printed page repeats."""
_NARROWEST, _WIDEST = 6, 32
"""Characters."""


def list_workbook(shown: ListValue) -> bytes:
    """A4 across the page, as wide as the page."""
    from openpyxl import Workbook  # takes a quarter of a second to import
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    page.append([shown.title])
    page.append([f"{shown.source}，截至 {shown.as_of.isoformat()}"])
    page.append(list(shown.columns))
    for row in shown.rows:
        page.append(list(row.cells))
    for note in shown.notes:
        page.append([note])
    page["A1"].font = Font(bold=True, size=14)
    thin = Side(style="thin")
    line, wrapped, bold = Border(thin, thin, thin, thin), Alignment(vertical="top", wrap_text=True), Font(bold=True)
    for cells in page.iter_rows(min_row=_TOP, max_row=_TOP + len(shown.rows)):
        for cell in cells:
            cell.border, cell.alignment = line, wrapped
            cell.data_type = "s"  # a figure that begins with = is no formula
            if cell.row == _TOP:
                cell.font = bold
    for place, column in enumerate(shown.columns):
        longest = max(2 * len(one) for one in (column, *(row.cells[place] for row in shown.rows)))
        page.column_dimensions[get_column_letter(place + 1)].width = min(max(longest, _NARROWEST), _WIDEST)
    page.freeze_panes = page.cell(_TOP + 1, 1)
    page.print_title_rows = f"{_TOP}:{_TOP}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()
