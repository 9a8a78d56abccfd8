"""The gazetteer as a YAML file that a person edits, read with all its mistakes at once."""

from collections.abc import Iterable

from knowledge.gazetteer import Gazetteer
from knowledge.model import Plan
from knowledge.problems import Code, Problem
from knowledge.sheet import Key, Sheet


def read_gazetteer(text: str, *, file: str, plan: Plan | None = None) -> tuple[Gazetteer | None, tuple[Problem, ...]]:
    """Read a gazetteer; None where anything is wrong. With the plan, every unit it speaks of must be in that plan."""
    sheet = Sheet(text, file=file)
    if sheet.problems and not sheet.root:
        return None, sheet.in_order()
    gazetteer = sheet.shaped(Gazetteer)
    if gazetteer:
        _check_names(sheet, gazetteer)
        if plan:
            _check_units(sheet, gazetteer, plan)
    return (None if sheet.problems else gazetteer), sheet.in_order()


def _check_names(sheet: Sheet, gazetteer: Gazetteer) -> None:
    """A name means one thing: of a body, of a town, to be asked back, or outside; whoever comes second is wrong."""
    owners: dict[str, str] = {}
    for name, owner, key in _names(gazetteer):
        if owners.setdefault(name, owner) != owner:
            sheet.complain(Code.DUPLICATE, key, f"{name} = {owners[name]}")


def _names(gazetteer: Gazetteer) -> Iterable[tuple[str, str, Key]]:
    for index, body in enumerate(gazetteer.bodies):
        for at, other in enumerate(body.names):
            yield other.name, body.unit, ("bodies", index, "names", at)
    for index, town in enumerate(gazetteer.towns):
        yield town.name, town.name, ("towns", index)
        for at, other in enumerate(town.names):
            yield other.name, town.name, ("towns", index, "names", at)
    for index, asked in enumerate(gazetteer.ask_back):
        yield asked.name, f"ask_back[{index}]", ("ask_back", index)
    for index, outsider in enumerate(gazetteer.outsiders):
        yield outsider.name, f"outsiders[{index}]", ("outsiders", index)


def _check_units(sheet: Sheet, gazetteer: Gazetteer, plan: Plan) -> None:
    units = {unit for task in plan.tasks for unit in task.units}
    towns = {town.name for town in gazetteer.towns}
    asked: list[tuple[str, Key]] = [(body.unit, ("bodies", at, "unit")) for at, body in enumerate(gazetteer.bodies)]
    asked += [(one.name, ("collectives", at, "name")) for at, one in enumerate(gazetteer.collectives)]
    for index, outsider in enumerate(gazetteer.outsiders):
        asked += [(unit, ("outsiders", index, "perhaps", at)) for at, unit in enumerate(outsider.perhaps)]
    for name, key in asked:
        if name not in units | towns:
            sheet.complain(Code.UNKNOWN_NAME, key, name)
