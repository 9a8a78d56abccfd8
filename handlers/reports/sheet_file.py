"""The monthly sheet (月报表) as a workbook: a row for each item that is owed, to be filled in, and what was filled in.

The first column, hidden, says which item a row is of; what stands above it, of which plan, unit and day the sheet is.
Formulas are not computed: what the program that saved the file made of them is taken.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from handlers.reports import texts_sheets as texts
from handlers.reports.texts_sheets import SheetColumn
from handlers.services.workbooks import is_small

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MARK = "duban-sheet-1"
MOST_SHEETS, MOST_ROWS = 80, 300
_TOP = 4
"""The row of the column's names."""
_INPUTS = (SheetColumn.VALUE, SheetColumn.DAY, SheetColumn.STATE, SheetColumn.NOTE, SheetColumn.PROBLEM)
_WIDTHS = {
    SheetColumn.TASK: 6,
    SheetColumn.NAME: 24,
    SheetColumn.GOAL: 14,
    SheetColumn.MEASURE: 8,
    SheetColumn.LAST: 12,
    SheetColumn.LAST_DAY: 11,
    SheetColumn.PERIOD: 12,
    SheetColumn.VALUE: 12,
    SheetColumn.DAY: 12,
    SheetColumn.STATE: 9,
    SheetColumn.NOTE: 20,
    SheetColumn.PROBLEM: 20,
}


class SheetChangedError(Exception):
    """The hidden cells of one of our sheets are not as they were written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetItem:
    """An item to be filled in; `key` names it and its period."""

    key: str
    cells: tuple[str, ...]
    """What is printed, from the task to the period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSheet:
    plan: str
    unit: str
    made_on: date
    title: str
    about: str
    items: tuple[SheetItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledCell:
    """`value` None: left empty; `broken` a formula without a result, or an error."""

    place: str
    value: str | date | None = None
    broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRow:
    number: int
    key: str
    name: str
    cells: dict[SheetColumn, FilledCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledSheet:
    plan: str
    unit: str
    made_on: date
    rows: tuple[FilledRow, ...]


def key_of(task: str, name: str, period: str) -> str:
    return f"{task}|{name}|{period}"


def parts_of(key: str) -> tuple[str, str, str] | None:
    """(task, name, the period's label)."""
    task, first, rest = key.partition("|")
    name, second, period = rest.rpartition("|")
    return (task, name, period) if first and second and task and name and period else None


# ---- written --------------------------------------------------------------------------------------------------------


def written(sheets: Sequence[UnitSheet]) -> bytes:
    """A workbook with a sheet for each of the units."""
    from openpyxl import Workbook  # takes a quarter of a second to import

    book = Workbook()
    page = book.active
    styles = _styles(page)
    book.remove(page)
    for number, sheet in enumerate(sheets, 1):
        _write(book.create_sheet(_tab(sheet.unit, number)), sheet, styles)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _tab(unit: str, number: int) -> str:
    """Excel takes 31 characters and none of these."""
    plain = "".join(char for char in unit if char not in "[]:*?/\\'")[:24]
    return plain if number == 1 else f"{plain}-{number}"


def _write(page: "Worksheet", sheet: UnitSheet, styles: Mapping[str, Any]) -> None:
    meta = {"plan": sheet.plan, "unit": sheet.unit, "made_on": sheet.made_on.isoformat()}
    last = len(SheetColumn) + 1
    for row, text in enumerate((MARK, json.dumps(meta, ensure_ascii=False)), 1):
        _put(page, row, 1, text)
    for row, text in enumerate((sheet.title, sheet.about, texts.HOW_TO), 1):
        _put(page, row, 2, text, styles["title" if row == 1 else "about"])
        page.merge_cells(start_row=row, start_column=2, end_row=row, end_column=last)
    for at, column in enumerate(SheetColumn, 2):
        cell = _put(page, _TOP, at, column, styles["heading"])
        page.column_dimensions[cell.column_letter].width = _WIDTHS[column]
    for number, item in enumerate(sheet.items, _TOP + 1):
        _put(page, number, 1, item.key)
        for at, column in enumerate(SheetColumn, 2):
            style = "day" if column is SheetColumn.DAY else "input" if column in _INPUTS else "printed"
            _put(page, number, at, item.cells[at - 2] if at - 2 < len(item.cells) else "", styles[style])
    _lay_out(page, len(sheet.items), last)


def _styles(page: "Worksheet") -> dict[str, Any]:
    """Made once for a workbook, in cells of a page that is not kept: a style set by itself for each cell takes a
    hundred times as long."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    side = Side(style="thin", color="999999")
    border, wrapped = Border(left=side, right=side, top=side, bottom=side), Alignment(wrap_text=True, vertical="center")
    names = ("title", "about", "heading", "printed", "input", "day")
    cells = {name: page.cell(1, at) for at, name in enumerate(names, 1)}
    for name, cell in cells.items():
        cell.alignment = wrapped
        if name not in {"title", "about"}:
            cell.border = border
        if name in {"input", "day"}:
            cell.protection, cell.fill = Protection(locked=False), PatternFill("solid", fgColor="FFF8DC")
    cells["title"].font, cells["heading"].font = Font(bold=True, size=14), Font(bold=True)
    cells["heading"].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cells["day"].number_format = "yyyy-mm-dd"
    return {name: cell._style for name, cell in cells.items()}


def _lay_out(page: "Worksheet", rows: int, last: int) -> None:
    """A4 across, the column's names on every page, only what is to be filled in open."""
    from openpyxl.worksheet.datavalidation import DataValidation

    page.column_dimensions["A"].hidden = True
    page.row_dimensions[3].height = 32
    page.freeze_panes = page.cell(_TOP + 1, 4)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{_TOP}:{_TOP}"
    page.print_area = f"B1:{page.cell(_TOP, last).column_letter}{_TOP + rows}"
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    letter = page.cell(_TOP, list(SheetColumn).index(SheetColumn.STATE) + 2).column_letter
    listed = f'"{",".join(texts.STATES)}"'
    choices = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=True)
    page.add_data_validation(choices)
    if rows:
        choices.add(f"{letter}{_TOP + 1}:{letter}{_TOP + rows}")


def _put(page: "Worksheet", row: int, column: int, text: str, style: Any = None) -> Any:
    """As text: what begins with = is no formula."""
    cell = page.cell(row, column)
    if style is not None:
        cell._style = copy(style)
    if text:
        cell.value = text
        cell.data_type = "s"
    return cell


# ---- read -----------------------------------------------------------------------------------------------------------


def filled_sheets(content: bytes) -> tuple[FilledSheet, ...]:
    """What was filled in; () where the workbook is none of ours. Raises SheetChangedError, and nothing else."""
    from openpyxl import load_workbook

    try:
        if not is_small(content):
            return ()
        shown = load_workbook(BytesIO(content), read_only=True, data_only=True)
        typed = load_workbook(BytesIO(content), read_only=True, data_only=False)
        names = [name for name in shown.sheetnames if name in typed.sheetnames][:MOST_SHEETS]
        read = [_sheet(_rows(shown[name]), _rows(typed[name])) for name in names]
    except SheetChangedError:
        raise
    except Exception:  # whatever the library raises for a broken file
        return ()
    return tuple(sheet for sheet in read if sheet is not None)


def _rows(page: Any) -> list[tuple[Any, ...]]:
    return list(page.iter_rows(min_row=1, max_row=_TOP + MOST_ROWS, max_col=len(SheetColumn) + 1))


def _sheet(shown: list[tuple[Any, ...]], typed: list[tuple[Any, ...]]) -> FilledSheet | None:
    if not shown or not shown[0] or shown[0][0].value != MARK:
        return None
    try:
        meta = json.loads(str(shown[1][0].value))
        plan, unit, made_on = str(meta["plan"]), str(meta["unit"]), date.fromisoformat(meta["made_on"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise SheetChangedError from error
    if [_text(cell.value) for cell in shown[_TOP - 1][1:]] != [*map(str, SheetColumn)]:
        raise SheetChangedError
    return FilledSheet(plan=plan, unit=unit, made_on=made_on, rows=tuple(_filled(shown, typed)))


def _filled(shown: list[tuple[Any, ...]], typed: list[tuple[Any, ...]]) -> Iterator[FilledRow]:
    for number, (cells, formulas) in enumerate(zip(shown[_TOP:], typed[_TOP:], strict=False), _TOP + 1):
        if len(cells) <= len(SheetColumn) or len(formulas) <= len(SheetColumn):
            continue
        places = {column: at for at, column in enumerate(SheetColumn, 1)}
        inputs = {one: _cell(cells[places[one]], formulas[places[one]], number, places[one]) for one in _INPUTS}
        key = _text(cells[0].value)
        if not key and all(one.value is None and not one.broken for one in inputs.values()):
            continue
        named = [_text(cells[at].value) for at in (1, 2)]
        yield FilledRow(number=number, key=key, name=" ".join(named), cells=inputs)


def _cell(shown: Any, typed: Any, row: int, at: int) -> FilledCell:
    place, value = f"{chr(ord('A') + at)}{row}", shown.value
    if typed.data_type == "f" and value is None:
        return FilledCell(place=place, broken=True)
    if shown.data_type == "e" or isinstance(value, bool):
        return FilledCell(place=place, broken=True)
    if isinstance(value, datetime):
        return FilledCell(place=place, value=value.date())
    if isinstance(value, int | float):
        return FilledCell(place=place, value=_number(value, str(shown.number_format or "")))
    return FilledCell(place=place, value=_text(value) or None)


def _number(value: float, number_format: str) -> str:
    """As it is shown, so that 6.2% is 6.2 in hundredths."""
    exact = Decimal(repr(value))
    if "%" in number_format:
        return f"{(exact * 100).normalize():f}%"
    return f"{exact.normalize():f}"


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
