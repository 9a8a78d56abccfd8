"""The register: a plan as one YAML file that a person edits, read into the model with all its mistakes at once.

What the file need not repeat is filled in here: a task's section, the task of a target, and the place of a target,
action or named thing where it is the task's own. A target that is written once for each of several years gets its year
into its name, so that reports can tell them apart. The checks look at the values as written, so that a mistake in one
place hides none in another.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from knowledge.language.normalize import clean
from knowledge.plan.bounds import check_bounds
from knowledge.plan.limits import FIRST_DAY, LAST_DAY
from knowledge.plan.model import Plan
from knowledge.plan.problems import Code, Problem
from knowledge.plan.yaml_file import KeyPath, Sheet

_TASK_ID = re.compile(r"[1-9]\d{0,2}(\.[1-9]\d{0,2}){0,4}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

Mapping = dict[str, Any]

_UNPLACED = "?"  # of parts whose parent has no place: that is told once, of the parent
_IN_BRACKETS = re.compile(r"〔.*?〕|（.*?）|\(.*?\)|“.*?”")


def read_register(text: str, *, name: str, file: str) -> tuple[Plan | None, tuple[Problem, ...]]:
    """Read a register into a plan called `name`; None where anything is wrong. Problems call it `file`."""
    sheet = Sheet(text, file=file)
    if not sheet.root:
        return None, sheet.in_order()
    check_bounds(sheet)
    _fill_in(sheet, name)
    _check(sheet)
    for parent in (*_mappings(sheet.root, (), "tasks"), *_mappings(sheet.root, (), "clauses")):
        _name_by_year(*parent)
    plan = sheet.shaped(Plan)
    return (None if sheet.problems else plan), sheet.in_order()


def _fill_in(sheet: Sheet, name: str) -> None:
    _fill(sheet, (), sheet.root, "name", name)
    for key, task in _mappings(sheet.root, (), "tasks"):
        _fill(sheet, key, task, "section", _section(task) if sheet.root.get("sections") else "0")
        for part in ("targets", "actions", "named", "lists"):
            _fill_parts(sheet, key, task, part)
    for key, clause in _mappings(sheet.root, (), "clauses"):
        for part in ("targets", "lists"):
            _fill_parts(sheet, key, clause, part)


def _fill_parts(sheet: Sheet, key: KeyPath, parent: Mapping, part: str) -> None:
    """Give the parts their parent's id and place; a bare text among the actions is an action's phrase."""
    if part == "actions" and isinstance(parent.get(part), list):
        parent[part] = [{"phrase": one} if isinstance(one, str) else one for one in parent[part]]
    for where, one in _mappings(parent, key, part):
        if part == "targets":
            _fill(sheet, where, one, "task", parent.get("id", ""))
            _drop_empty(one.get("card"))
        one.setdefault("place", parent.get("place", _UNPLACED))


def _name_by_year(key: KeyPath, parent: Mapping) -> None:
    """起降点 of 2025 and 起降点 of 2027 become 2025年起降点 and 2027年起降点, both still called 起降点."""
    targets = [target for _, target in _mappings(parent, key, "targets") if isinstance(target.get("name"), str)]
    written = Counter(target["name"] for target in targets)
    for target in targets:
        name, names, deadline = target["name"], target.get("names", []), target.get("deadline")
        if written[name] > 1 and isinstance(names, list) and isinstance(deadline, str):
            target.update(name=f"{deadline[:4]}年{name}", names=[name, *names])


def _drop_empty(card: object) -> None:
    """An item of a card that is named but not filled in is one still to be confirmed."""
    if isinstance(card, dict):
        for name in [name for name, value in card.items() if value is None]:
            del card[name]


def _fill(sheet: Sheet, key: KeyPath, mapping: Mapping, name: str, value: object) -> None:
    if name in mapping:
        sheet.complain(Code.FILLED_IN, (*key, name), name)
    mapping[name] = value


def _section(task: Mapping) -> str:
    """The section that a task's id names; 0 where the id is none."""
    written = task.get("id")
    return written.split(".")[0] if isinstance(written, str) and _TASK_ID.fullmatch(written) else "0"


def _check(sheet: Sheet) -> None:
    """What no single value shows: ids, repeats, days in order, and names that must stand elsewhere in the plan."""
    root = sheet.root
    for part, field in (
        ("sections", "no"),
        ("sections", "title"),
        ("tasks", "id"),
        ("tasks", "title"),
        ("clauses", "id"),
    ):
        _unique(sheet, _values(root, (), part, field))
    if not root.get("tasks"):
        sheet.complain(Code.EMPTY, ("tasks",))
    _check_day(sheet, (), root, "issued")
    _check_day(sheet, (), root, "published")
    _check_spelling(sheet)
    sections = {value for _, value in _values(root, (), "sections", "no")}
    for key, task in _mappings(root, (), "tasks"):
        _check_task(sheet, key, task, sections)
        _check_targets(sheet, key, task, {unit for _, unit in _values(task, key, "units")})
    units = {unit for key, task in _mappings(root, (), "tasks") for _, unit in _values(task, key, "units")}
    for key, clause in _mappings(root, (), "clauses"):
        if _TASK_ID.fullmatch(str(clause.get("id"))):
            sheet.complain(Code.BAD_ID, (*key, "id"), clause["id"])
        _check_targets(sheet, key, clause, units)
        _check_lists(sheet, key, clause)


def _check_task(sheet: Sheet, key: KeyPath, task: Mapping, sections: set[str]) -> None:
    if "id" in task and not _TASK_ID.fullmatch(str(task["id"])):
        sheet.complain(Code.BAD_ID, (*key, "id"), task["id"])
    elif "id" in task and sections and task["section"] not in sections and all(map(str.isdecimal, sections)):
        sheet.complain(Code.UNKNOWN_NAME, (*key, "id"), task["id"], sorted(sections))
    units = [unit for _, unit in _values(task, key, "units")]
    if "units" in task and task["units"] in ([], None):
        sheet.complain(Code.EMPTY, (*key, "units"))
    _unique(sheet, _values(task, key, "units"))
    for where, unit in _values(task, key, "units"):
        if "、" in _IN_BRACKETS.sub("", unit):
            sheet.complain(Code.JOINED, where, unit, unit.split("、"))
    _unique(sheet, _values(task, key, "actions", "phrase"))
    _unique(sheet, _values(task, key, "named", "name"))
    _check_lists(sheet, key, task)
    for where, unit in _values(task, key, "lead"):
        if unit not in units:
            sheet.complain(Code.UNKNOWN_NAME, where, unit, dict.fromkeys(units))


def _check_lists(sheet: Sheet, key: KeyPath, parent: Mapping) -> None:
    """A list has items, none of them twice, and stands beside something that its task or clause says."""
    fields = (("targets", "name"), ("actions", "phrase"), ("facts", "about"))
    said = {value for part, field in fields for _, value in _values(parent, key, part, field)}
    for where, listing in _mappings(parent, key, "lists"):
        if listing.get("items") in ([], None) and "items" in listing:
            sheet.complain(Code.EMPTY, (*where, "items"))
        _unique(sheet, _values(listing, where, "items"))
        beside = listing.get("beside")
        if isinstance(beside, str) and beside not in said:
            sheet.complain(Code.UNKNOWN_NAME, (*where, "beside"), beside, sorted(said))


def _check_targets(sheet: Sheet, key: KeyPath, parent: Mapping, units: set[str]) -> None:
    """Reports name a target by its name, so within a task a name, or another name, means one target of a year.

    Its owner is one of `units`.
    """
    owners: dict[str, dict[str, KeyPath]] = defaultdict(dict)  # of a name, by year; "" is no deadline
    written: dict[str, str] = {}
    for where, target in _mappings(parent, key, "targets"):
        _check_day(sheet, where, target, "deadline")
        year = str(target.get("deadline") or "")[:4]
        for at, name in [((*where, "name"), target.get("name")), *_values(target, where, "names")]:
            if not isinstance(name, str):
                continue
            same = clean(name)
            first = written.setdefault(same, name)
            if any(held != where for held in _alike(owners[same], year)):
                _repeated(sheet, at, name, first)
            owners[same].setdefault(year, where)
        card = target.get("card")
        if isinstance(card, dict):
            _check_card(sheet, (*where, "card"), card, units)


def _alike(held: dict[str, KeyPath], year: str) -> Iterable[KeyPath]:
    """Those that a target of this year cannot be told apart from: of the same year, or where one has none, all."""
    return held.values() if not year else [key for of, key in held.items() if of in {"", year}]


def _check_card(sheet: Sheet, key: KeyPath, card: Mapping, units: set[str]) -> None:
    owner = card.get("owner")
    if isinstance(owner, str) and owner not in units:
        sheet.complain(Code.UNKNOWN_NAME, (*key, "owner"), owner, sorted(units))
    for part in ("yearly", "quarterly"):
        for where, node in _mappings(card, key, part):
            _check_day(sheet, where, node, "day")
        _unique(sheet, _values(card, key, part, "day"))


def _check_day(sheet: Sheet, key: KeyPath, mapping: Mapping, name: str) -> None:
    """A day is written out, and none is before the plan was issued.

    Pydantic would take a count of seconds for a day, so what is no day is dropped here.
    """
    day, issued = mapping.get(name), sheet.root.get("issued")
    if not isinstance(day, str):
        return
    if not _DAY.fullmatch(day):
        sheet.complain(Code.BAD_DATE, (*key, name), mapping.pop(name))
    elif not str(FIRST_DAY) <= day <= str(LAST_DAY):
        sheet.complain(Code.OUT_OF_RANGE, (*key, name), day, [str(FIRST_DAY), str(LAST_DAY)])
    elif isinstance(issued, str) and day < issued <= str(LAST_DAY):
        sheet.complain(Code.TOO_EARLY, (*key, name), day, [issued])


def _unique(sheet: Sheet, values: Iterable[tuple[KeyPath, str]]) -> None:
    """Complain of every value after its first, and of what only looks like another: sentences are read clean."""
    seen: dict[str, str] = {}
    for key, value in values:
        same = clean(value)
        if same in seen:
            _repeated(sheet, key, value, seen[same])
        seen.setdefault(same, value)


def _repeated(sheet: Sheet, key: KeyPath, name: str, first: str) -> None:
    if name == first:
        sheet.complain(Code.DUPLICATE, key, name)
    else:
        sheet.complain(Code.TWIN, key, name, [first])


def _check_spelling(sheet: Sheet) -> None:
    """A unit is written the same in every task."""
    seen: dict[str, str] = {}
    for key, task in _mappings(sheet.root, (), "tasks"):
        for where, unit in _values(task, key, "units"):
            first = seen.setdefault(clean(unit), unit)
            if first != unit:
                _repeated(sheet, where, unit, first)


def _mappings(parent: Mapping, key: KeyPath, part: str) -> Iterator[tuple[KeyPath, Mapping]]:
    """The mappings in a list; what is none is left for the shape to complain of."""
    listed = parent.get(part)
    for index, one in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(one, dict):
            yield (*key, part, index), one


def _values(parent: Mapping, key: KeyPath, part: str, field: str | None = None) -> Iterator[tuple[KeyPath, str]]:
    """The texts in a list, or those in one field of its mappings."""
    if field is None:
        listed = parent.get(part)
        for index, one in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(one, str):
                yield (*key, part, index), one
        return
    for where, mapping in _mappings(parent, key, part):
        if isinstance(mapping.get(field), str):
            yield (*where, field), mapping[field]
