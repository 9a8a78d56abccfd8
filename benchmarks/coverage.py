"""docs/coverage.md: how many example questions there are for each thing that is asked, of each thing that is named."""

import re
from collections import Counter
from pathlib import Path

from benchmarks.corpus import FOLDER, Case, cases

FILE = Path(__file__).parent.parent / "docs" / "coverage.md"

_HEADING = """\
# What the example questions cover

Each number is how many conversations of `tests/knowledge/corpus` ask for this (row) of that (column). Written by
`python -m benchmarks.coverage`; a test says when it is out of date.

- **Rows** are what is asked for: the name of the file, and what it is about.
- **Columns** are what is named. *unit* is a body by its name in the plan, *other name* its alias, former name or own
  unit (我们局), *unknown* a body, place or topic that the plan does not have, *document* a clause or the plan itself,
  *part of a task* a keyword, project or company, *several* anything joined (units with units, units with tasks), and
  *any* one of these: such a file is sorted by the kind of question or of wording, not by what is named.
"""

_COLUMNS = {
    "unit": ("unit", "collective"),
    "other name": ("alias", "former", "own", "own unit", "typo"),
    "town": ("town", "place"),
    "task": ("task", "section"),
    "number": ("task number",),
    "target": ("target",),
    "part of a task": ("keyword", "project", "company"),
    "document": ("clause", "document"),
    "unknown": ("unknown", "outsider", "other place", "outsider topic", "outsider document", "near sound"),
    "nothing": ("nothing",),
    "several": ("units", "tasks"),
}
_ANY = ("mixed", "wording", "contract")
"""The files whose `names` is not what is named."""
_JOINED = re.compile(r" [+×|-] ")


def table() -> str:
    """The whole file."""
    counts = Counter((case.asks, _column(case)) for case in cases())
    columns = (*_COLUMNS, "any")
    asks = sorted({case.asks for case in cases()})
    lines = [f"| asks | {' | '.join(columns)} | all |", "| --- |" + " ---: |" * (len(columns) + 1)]
    for ask in (*asks, "all"):
        row = [sum(n for (a, c), n in counts.items() if ask in {a, "all"} and c == column) for column in columns]
        cells = [str(n or "") for n in (*row, sum(row))]
        lines.append(f"| {_label(ask)} | {' | '.join(cells)} |")
    tail = f"{len(cases())} conversations with {sum(len(case.turns) for case in cases())} turns."
    return "\n".join([_HEADING, *lines, "", tail, ""])


def _column(case: Case) -> str:
    if case.asks in _ANY:
        return "any"
    joined = bool(_JOINED.search(case.names))
    return "several" if joined else next(column for column, kinds in _COLUMNS.items() if case.names in kinds)


def _label(ask: str) -> str:
    """What is asked for, in the words that head its file."""
    file = FOLDER / f"{ask}.yaml"
    return f"**{ask}**: {file.read_text(encoding='utf-8').splitlines()[0].removeprefix('# ')}" if file.exists() else ask


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
