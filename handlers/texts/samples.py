"""Questions to try, of the plan that is loaded: every example that the bot gives can be asked and is answered."""

from knowledge.entities.library import Library
from knowledge.plan.model import Task


def of_unit(library: Library) -> str:
    return f"{_unit(library)}负责哪些任务"


def of_task(library: Library) -> str:
    return f"{_first(library).title}谁牵头"


def of_target(library: Library) -> str:
    """Of the first target; in a plan without any, of the first task."""
    found = next((target for task in library.tasks.values() for target in task.targets), None)
    return f"{found.name}目标是多少" if found else f"{_first(library).id}讲什么"


def all_kinds(library: Library) -> list[str]:
    return [of_unit(library), of_task(library), of_target(library), f"{_first(library).id}讲什么"]


def help_lines(library: Library) -> list[str]:
    """A line for each kind of question."""
    unit, task = _unit(library), _first(library)
    return [
        f"单位:{of_unit(library)};其中牵头的呢",
        f"任务:{of_task(library)};{task.id}讲什么",
        f"目标:{of_target(library)};什么时候完成;还有多少天",
        f"核对:{unit}参不参与{task.title}",
        "统计:哪个单位任务最多;每年都要完成的目标;没有量化目标的任务",
    ]


def _unit(library: Library) -> str:
    return next((unit for unit in library.units if unit not in library.collectives), library.units[0])


def _first(library: Library) -> Task:
    return next(iter(library.tasks.values()))
