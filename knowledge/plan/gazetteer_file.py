"""The gazetteer as a YAML file that a person edits, read with all its mistakes at once."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from knowledge.language.normalize import clean
from knowledge.plan.bounds import check_bounds
from knowledge.plan.gazetteer import Gazetteer
from knowledge.plan.model import Plan
from knowledge.plan.problems import Code, Problem
from knowledge.plan.yaml_file import KeyPath, Sheet


def read_gazetteer(text: str, *, file: str, plan: Plan | None = None) -> tuple[Gazetteer | None, tuple[Problem, ...]]:
    """Read a gazetteer; None where anything is wrong. With the plan, every unit it speaks of must be in that plan."""
    sheet = Sheet(text, file=file)
    if not sheet.root:
        return None, sheet.in_order()
    check_bounds(sheet)
    gazetteer = sheet.shaped(Gazetteer)
    if gazetteer:
        _check_names(sheet, gazetteer, plan)
        if plan:
            _check_known(sheet, gazetteer, plan)
    return (None if sheet.problems else gazetteer), sheet.in_order()


def _check_names(sheet: Sheet, gazetteer: Gazetteer, plan: Plan | None) -> None:
    """A name means one thing: whoever claims it second is wrong. Only collectives may share one (镇处)."""
    owners = {clean(unit): unit for unit in _units(plan)}
    for name, owner, key in _names(gazetteer):
        if owners.setdefault(clean(name), owner) != owner:
            sheet.complain(Code.DUPLICATE, key, name)


def _names(gazetteer: Gazetteer) -> Iterator[tuple[str, str, KeyPath]]:
    """Every name with what it belongs to and where it stands."""
    for index, body in enumerate(gazetteer.bodies):
        for at, other in enumerate(body.names):
            yield other.name, body.unit, ("bodies", index, "names", at, "name")
    for index, town in enumerate(gazetteer.towns):
        yield town.name, town.name, ("towns", index, "name")
        for at, other in enumerate(town.names):
            yield other.name, town.name, ("towns", index, "names", at, "name")
    for index, asked in enumerate(gazetteer.ask_back):
        yield asked.name, f"ask_back[{index}]", ("ask_back", index, "name")
    for index, outsider in enumerate(gazetteer.outsiders):
        yield outsider.name, f"outsiders[{index}]", ("outsiders", index, "name")


def _check_known(sheet: Sheet, gazetteer: Gazetteer, plan: Plan) -> None:
    """Whom a name stands for, or may lead to, must be there."""
    units = {*_units(plan), *(town.name for town in gazetteer.towns)}
    things = {named.name for task in plan.tasks for named in task.named}
    outside = {gazetteer.home, *(outsider.name for outsider in gazetteer.outsiders)}
    for index, body in enumerate(gazetteer.bodies):
        _know(sheet, units, [body.unit], ("bodies", index, "unit"))
    for index, collective in enumerate(gazetteer.collectives):
        _know(sheet, units, [collective.name], ("collectives", index, "name"))
    for index, asked in enumerate(gazetteer.ask_back):
        _know(sheet, units | things | outside, asked.choices, ("ask_back", index, "choices"))
    for index, outsider in enumerate(gazetteer.outsiders):
        _know(sheet, units, outsider.perhaps, ("outsiders", index, "perhaps"))
    for index, one in enumerate(gazetteer.unsupervised):
        _know(sheet, units, [one.unit], ("unsupervised", index, "unit"))
    for index, gap in enumerate(gazetteer.duty_gaps):
        actions = {action.phrase for task in plan.tasks if task.id == gap.task for action in task.actions}
        _know(sheet, actions, [gap.action], ("duty_gaps", index, "action"))
        _know(sheet, units, [gap.unit], ("duty_gaps", index, "unit"))


def _know(sheet: Sheet, known: set[str], names: Iterable[str], key: KeyPath) -> None:
    for name in names:
        if name not in known:
            sheet.complain(Code.UNKNOWN_NAME, key, name, get_close_matches(name, known, n=1))


def _units(plan: Plan | None) -> Iterator[str]:
    for task in plan.tasks if plan else ():
        yield from task.units
