"""A document cut at the headings that its register names: which text belongs to which task, clause or section."""

import re
from collections.abc import Iterator

from knowledge.language.normalize import clean, cleaned_as_cased
from knowledge.plan.model import Plan, Task
from knowledge.plan.text_index import TextKind, TextPlace

_NUMBER = re.compile(
    r"^[第(〔\[]?(?P<number>[一二三四五六七八九十百]{1,4}|\d{1,3}(?:\.\d{1,3})*)[)〕\]条章节、.:]*\s*(?=\S)"
)
_PART = re.compile(r"^[一二三四五六七八九十]{1,3}、[^。;:,]{1,20}$")
"""三、重点任务: a heading above what the register names."""
_SENTENCE = re.compile("[。;]")
"""What stands below a document's last sentence is its page's."""
_ENDS = {"(": ")", "〔": "〕", "[": "]"}
_LABEL = re.compile(r"(?:责任|牵头|配合|主管|负责|参与|协办|主办|参加)(?:单位|部门)\s*[:]")
_DUTY = re.compile(r"(?:负责|牵头|配合|参与|落实)\W*$")


class HeadingsError(Exception):
    """Titles of the register that head nothing in the document."""

    def __init__(self, titles: tuple[str, ...]) -> None:
        self.titles = titles
        super().__init__(f"{len(titles)} titles")


def parts_of(document: str, plan: Plan) -> tuple[tuple[TextPlace, str], ...]:
    """Every line of a document with the place that it belongs to; a task's list of units is a place of its own.

    Raises HeadingsError where a task's or clause's title heads nothing.
    """
    headings = _headings(plan)
    tasks = {task.id: task for task in plan.tasks}
    place, found = TextPlace(TextKind.DOCUMENT), set[TextPlace]()
    parts: list[tuple[TextPlace, str]] = []
    lines = cleaned_as_cased(document).split("\n")
    closing = next((n for n, line in enumerate(reversed(lines)) if _SENTENCE.search(line)), 0)
    for number, line in enumerate(lines):
        heading = _place_of(line, headings)
        if heading or _PART.match(line) or number == len(lines) - closing:
            place = heading or TextPlace(TextKind.DOCUMENT)
            found.add(place)
        if place.kind is TextKind.TASK:
            parts += _without_units(line, tasks[place.id])
        else:
            parts.append((place, line))
        if place.kind is TextKind.SECTION:
            place = TextPlace(TextKind.DOCUMENT)
    if missing := tuple(title for title, of in headings.items() if of not in found and of.kind in _MUST):
        raise HeadingsError(missing)
    return tuple(part for part in parts if part[1])


_MUST = {TextKind.TASK, TextKind.CLAUSE}


def _headings(plan: Plan) -> dict[str, TextPlace]:
    """Every title as it is compared, the longest first: one may begin another."""
    titled = [(section.title, TextPlace(TextKind.SECTION, str(section.no))) for section in plan.sections]
    titled += [(clause.title, TextPlace(TextKind.CLAUSE, clause.id)) for clause in plan.clauses]
    titled += [(task.title, TextPlace(TextKind.TASK, task.id)) for task in plan.tasks]
    return {clean(title): place for title, place in sorted(titled, key=lambda one: -len(one[0]))}


def _place_of(line: str, headings: dict[str, TextPlace]) -> TextPlace | None:
    numbered = _NUMBER.match(line)
    if numbered:
        rest = line[numbered.end() :].lower()
        return next((place for title, place in headings.items() if rest.startswith(title)), None)
    return headings.get(line.lower())


def _without_units(line: str, task: Task) -> Iterator[tuple[TextPlace, str]]:
    """The line's own text and the lists of units in it."""
    own, listed = TextPlace(TextKind.TASK, task.id), TextPlace(TextKind.UNITS, task.id)
    at = 0
    for start, end in _lists_of_units(line, task):
        yield own, line[at:start]
        yield listed, line[start:end]
        at = end
    yield own, line[at:]


def _lists_of_units(line: str, task: Task) -> Iterator[tuple[int, int]]:
    """Brackets that name units of the task, or a labelled list without brackets, to the end of its line."""
    units = tuple(map(cleaned_as_cased, task.units))
    at = 0
    while at < len(line):
        if line[at] in _ENDS:
            end = _closed(line, at)
            inside = line[at:end]
            named = sum(unit in inside for unit in units)
            if _LABEL.search(inside) or named > 1 or (named and _DUTY.search(inside)):
                yield at, end
                at = end
                continue
        label = _LABEL.match(line, at)
        if label:
            yield at, len(line)
            return
        at += 1


def _closed(line: str, start: int) -> int:
    """Where the bracket that opens at `start` ends, with those inside it; the line's end where it stays open."""
    depth, close = 0, _ENDS[line[start]]
    for at in range(start, len(line)):
        depth += (line[at] == line[start]) - (line[at] == close)
        if not depth:
            return at + 1
    return len(line)
