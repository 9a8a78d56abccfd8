"""A table of confirmed owners as it is pasted or saved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.office.owner_rows import OwnerRow, read_owner_rows, written

PAPER = "武政办发〔2022〕3号"


def read(text: str) -> list[tuple[str, str, str]]:
    return [(one.target, one.unit, one.paper) for one in read_owner_rows(text)]


@pytest.mark.parametrize("between", ["\t", ",", "，", "、", "  ", "　　", " | "])
@pytest.mark.parametrize("name", ["5.2 5G基站", "5G基站", "公益性公墓(骨灰堂)覆盖乡镇中心村比例"])
def test_a_row_is_read_with_each_separator(between: str, name: str) -> None:
    assert read(between.join((name, "市科经局", PAPER))) == [(name, "市科经局", PAPER)]
    assert read(between.join((name, "市科经局"))) == [(name, "市科经局", "")]


@pytest.mark.parametrize("between", ["\t", ",", "、", "  "])
def test_a_name_may_hold_what_parts_a_list(between: str) -> None:
    assert read(between.join(("行业隐形冠军、单项冠军", "市科经局", PAPER))) == [
        ("行业隐形冠军、单项冠军", "市科经局", PAPER)
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"序号\t任务\t目标\t主责单位\t依据文号\n1\t5.2\t5G基站\t市科经局\t{PAPER}",
        f"主责,目标,文号\n市科经局,5.2 5G基站,{PAPER}",
        f"1\t5.2 5G基站\t市科经局\t{PAPER}",
        f"5.2,5G基站,市科经局,{PAPER}",
        f"\ufeff目标,主责,依据\r\n5.2 5G基站,市科经局,{PAPER}\r\n",
        f"依据：{PAPER}\n5.2 5G基站，市科经局",
        f'"5.2 5G基站","市科经局","{PAPER}"',
    ],
)
def test_headings_numbers_and_one_document_of_all_are_understood(text: str) -> None:
    assert read(text) == [("5.2 5G基站", "市科经局", PAPER)]


def test_a_line_that_is_no_row_is_kept_to_be_shown() -> None:
    assert read_owner_rows("请看下表") == (OwnerRow(line="请看下表", target="请看下表"),)


CELL = (
    st.text("市科经局教育5G基站、“”(). abc", min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda cell: bool(cell) and "  " not in cell)
)


@given(st.lists(st.tuples(CELL, CELL.filter(lambda cell: not cell[0].isdigit())), min_size=1, max_size=8))
def test_what_is_written_is_read_again(pairs: list[tuple[str, str]]) -> None:
    rows = [(f"目标{name}", f"单位{unit}", PAPER) for name, unit in pairs]
    assert read(written(rows)) == rows


@given(st.text(max_size=300))
def test_every_line_is_read_or_kept(text: str) -> None:
    """Nothing is lost unseen: no line becomes two rows, and a row holds its line."""
    lines = {line.strip() for line in text.lstrip("\ufeff").splitlines()}
    assert {one.line for one in read_owner_rows(text)} <= lines
