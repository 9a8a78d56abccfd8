"""The monthly sheet: what is filled in is read back as it was meant, and a broken workbook does no harm."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from handlers.reports.sheet_file import (
    FilledSheet,
    SheetChangedError,
    SheetItem,
    UnitSheet,
    filled_sheets,
    key_of,
    parts_of,
    written,
)
from handlers.reports.texts_sheets import STATES, SheetColumn

DAY = date(2023, 3, 20)
ITEMS = (("5.2", "5G基站"), ("1.1", "技改项目"))
PLACES = {column: at for at, column in enumerate(SheetColumn, 2)}
FIRST = 5


def sheet(unit: str = "市科经局") -> UnitSheet:
    items = tuple(
        SheetItem(
            key=key_of(task, name, "2023-03"), cells=(task, name, "700个以上", "个", "590 个", "2023-02-28", "3月")
        )
        for task, name in ITEMS
    )
    return UnitSheet(plan="甲", unit=unit, made_on=DAY, title="月报表", about="填报单位", items=items)


def filled(cells: dict[tuple[int, SheetColumn], Any], *, number_format: str = "General") -> bytes:
    """With these values in the cells of these rows, from 0."""
    book = load_workbook(BytesIO(written([sheet()])))
    page = book.worksheets[0]
    for (row, column), value in cells.items():
        cell = page.cell(FIRST + row, PLACES[column])
        cell.value = value
        if column is SheetColumn.VALUE:
            cell.number_format = number_format
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def read(content: bytes) -> FilledSheet:
    (found,) = filled_sheets(content)
    return found


def test_an_empty_sheet_says_whose_it_is_and_holds_nothing() -> None:
    found = read(written([sheet()]))
    assert (found.plan, found.unit, found.made_on) == ("甲", "市科经局", DAY)
    assert [row.name for row in found.rows] == ["5.2 5G基站", "1.1 技改项目"]
    assert [parts_of(row.key) for row in found.rows] == [("5.2", "5G基站", "2023-03"), ("1.1", "技改项目", "2023-03")]
    assert all(cell.value is None and not cell.broken for row in found.rows for cell in row.cells.values())


def test_a_workbook_has_a_sheet_for_each_unit() -> None:
    found = filled_sheets(written([sheet("市科经局"), sheet("市交通局")]))
    assert [one.unit for one in found] == ["市科经局", "市交通局"]


def test_only_what_is_to_be_filled_in_is_open_and_it_prints_across_with_its_heading() -> None:
    page = load_workbook(BytesIO(written([sheet()]))).worksheets[0]
    assert page.protection.sheet
    unlocked = {cell.column for cell in page[FIRST] if not cell.protection.locked}
    assert unlocked == {
        PLACES[one]
        for one in (SheetColumn.VALUE, SheetColumn.DAY, SheetColumn.STATE, SheetColumn.NOTE, SheetColumn.PROBLEM)
    }
    assert page.column_dimensions["A"].hidden
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert page.print_title_rows == "$4:$4"
    (choices,) = page.data_validations.dataValidation
    assert choices.formula1 == f'"{",".join(STATES)}"'


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


@settings(max_examples=20, deadline=None)
@given(
    value=st.decimals(0, 10**9, places=3).map(lambda one: one.normalize()),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    state=st.sampled_from(STATES),
    note=TEXTS,
)
def test_what_is_filled_in_is_read_back(value: Decimal, day: date, state: str, note: str) -> None:
    note = f"注{note}"
    content = filled(
        {
            (0, SheetColumn.VALUE): float(value),
            (0, SheetColumn.DAY): datetime.combine(day, datetime.min.time()),
            (0, SheetColumn.NOTE): note,
            (1, SheetColumn.STATE): state,
        }
    )
    first, second = read(content).rows
    assert Decimal(str(first.cells[SheetColumn.VALUE].value)) == value
    assert first.cells[SheetColumn.DAY].value == day
    assert first.cells[SheetColumn.NOTE].value == note
    assert second.cells[SheetColumn.STATE].value == state


@pytest.mark.parametrize(
    ("value", "number_format", "said"),
    [
        (640, "General", "640"),
        (0.062, "0.0%", "6.2%"),
        ("640个", "General", "640个"),
        (" ６４０ ", "General", "６４０"),
        (1e6, "General", "1000000"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: Any, number_format: str, said: str) -> None:
    content = filled({(0, SheetColumn.VALUE): value}, number_format=number_format)
    assert read(content).rows[0].cells[SheetColumn.VALUE].value == said


def test_a_formula_without_a_result_is_broken_and_computed_by_nobody() -> None:
    cell = read(filled({(0, SheetColumn.VALUE): "=600+40"})).rows[0].cells[SheetColumn.VALUE]
    assert (cell.value, cell.broken, cell.place) == (None, True, "I5")


def another() -> bytes:
    packed = BytesIO()
    Workbook().save(packed)
    return packed.getvalue()


def bomb() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<c/>" * 10_000_000)
    return packed.getvalue()


def with_entities() -> bytes:
    """Its own sheet declares entities."""
    source, packed = ZipFile(BytesIO(written([sheet()]))), BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            archive.writestr(entry.filename, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", another(), bomb(), with_entities(), written([sheet()])[:-200]],
    ids=["empty", "cut", "another", "bomb", "entities", "torn"],
)
def test_what_is_no_sheet_of_ours_is_none(content: bytes) -> None:
    assert filled_sheets(content) == ()


def test_every_flipped_byte_is_read_or_refused() -> None:
    content = written([sheet()])
    for at in range(0, len(content), len(content) // 60):
        torn = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        try:
            found = filled_sheets(torn)
        except SheetChangedError:
            continue
        assert all(isinstance(one, FilledSheet) for one in found)


def test_changed_hidden_cells_are_told() -> None:
    for place, value in {"A2": "{}", "B4": "别的", "A2 ": None}.items():
        book = load_workbook(BytesIO(written([sheet()])))
        book.worksheets[0][place.strip()].value = value
        packed = BytesIO()
        book.save(packed)
        with pytest.raises(SheetChangedError):
            filled_sheets(packed.getvalue())
