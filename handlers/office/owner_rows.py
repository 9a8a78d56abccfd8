"""A table of confirmed owners as it is pasted or saved as csv: a target, its owner, the document, one row a line."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_ROWS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerRow:
    """What a line says, as it was written; empty where it says nothing of it."""

    line: str
    target: str
    unit: str = ""
    paper: str = ""


_COLUMNS = (
    ("task", re.compile("任务(?:编号|号)?|编号")),
    ("target", re.compile("(?:量化)?(?:目标|指标)(?:名称)?")),
    ("unit", re.compile("主责(?:单位|部门)?|主责填报单位|牵头单位")),
    ("paper", re.compile("依据(?:文号|文件)?|文号|审定(?:文号|依据)")),
)
_PAPER_OF_ALL = re.compile(r"(?:审定)?依据(?:文号)?\s*[:：]\s*(?P<paper>\S.*)")
_PAPER = re.compile(r"\d.*(?:号|次|日|会|纪要)|〔|\[")
_TASK = re.compile(r"\d+(?:\.\d+)+|[一二三四五六七八九]")
_NUMBER = re.compile(r"\d{1,3}[.、]?")
_WIDE = re.compile("[ \u3000]{2,}")


def read_owner_rows(text: str) -> tuple[OwnerRow, ...]:
    """The rows in order; a line `依据：…` by itself is the document of all rows without one."""
    rows: list[OwnerRow] = []
    columns: tuple[str, ...] = ()
    of_all = ""
    for line in filter(None, map(str.strip, text.lstrip("\ufeff").splitlines())):
        cells = _cells(line)
        if found := _PAPER_OF_ALL.fullmatch(line):
            of_all = found["paper"].strip()
        elif heading := _headings(cells):
            columns = heading
        else:
            rows.append(_by_columns(line, cells, columns) if len(cells) == len(columns) else _by_place(line, cells))
    return tuple(OwnerRow(line=one.line, target=one.target, unit=one.unit, paper=one.paper or of_all) for one in rows)


def from_headings(table: str) -> str:
    """The table from its headings on; "" where no row of it is one with 目标 and 主责."""
    lines = table.splitlines()
    first = next((at for at, line in enumerate(lines) if _headings(_cells(line))), None)
    return "" if first is None else "\n".join(lines[first:])


def written(rows: Sequence[tuple[str, str, str]]) -> str:
    """Targets with their owners and documents as such a table."""
    return "\n".join("\t".join(row) for row in rows)


def _cells(line: str) -> list[str]:
    """By the first of the separators that the line has; names hold 、 themselves, so it is the last."""
    if "\t" in line:
        cells = line.split("\t")
    elif "|" in line or "｜" in line:
        cells = re.split("[|｜]", line.strip("|｜"))
    elif "," in line:
        cells = [part for cell in next(csv.reader([line]), []) for part in cell.split("，")]
    elif "，" in line:
        cells = line.split("，")
    elif _WIDE.search(line):
        cells = _WIDE.split(line)
    else:
        cells = line.split("、")
    return [cell.strip() for cell in cells]


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    """What the columns hold, where the cells are headings; "" of a column that says nothing here."""
    named = tuple(next((name for name, shape in _COLUMNS if shape.fullmatch(cell)), "") for cell in cells)
    return named if {"target", "unit"} <= {*named} else ()


def _by_columns(line: str, cells: Sequence[str], columns: Sequence[str]) -> OwnerRow:
    held = {name: cell for name, cell in zip(columns, cells, strict=True) if name}
    task, target = held.get("task", ""), held["target"]
    numbered = f"{task} {target}" if _TASK.fullmatch(task) else target
    return OwnerRow(line=line, target=numbered, unit=held["unit"], paper=held.get("paper", ""))


def _by_place(line: str, cells: Sequence[str]) -> OwnerRow:
    """Target, owner, document; before them a number of the row or of the task."""
    *before, paper = cells if len(cells) > 2 and _PAPER.search(cells[-1]) else (*cells, "")
    if len(before) > 2 and _TASK.fullmatch(before[0]):
        before = [f"{before[0]} {before[1]}", *before[2:]]
    elif len(before) > 2 and _NUMBER.fullmatch(before[0]):
        before = before[1:]
    *target, unit = before if len(before) > 1 else (*before, "")
    return OwnerRow(line=line, target="、".join(target), unit=unit, paper=paper)
