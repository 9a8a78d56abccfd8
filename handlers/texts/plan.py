"""How the plan's own things are written in a reply: targets, deadlines, tasks, lists of units."""

from collections.abc import Iterable
from decimal import Decimal

from knowledge.entities.library import Library
from knowledge.plan.model import Bound, Period, Target, Task

LEAD_BY_ORDER = "方案未写明牵头,按首列单位"
_BOUNDS = {Bound.AT_LEAST: "以上", Bound.AT_MOST: "以内", Bound.ABOUT: "左右", Bound.EXACTLY: ""}
_PERIODS = {Period.YEARLY: "每年", Period.YEARLY_AVERAGE: "年均", Period.MAINTAIN: "稳定在", Period.BY_END: ""}
_A_ROW = 3


def number_text(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def value_text(target: Target) -> str:
    """A target's quantity as officials write it: 每年20个以上, 稳定在37%左右, 低于全省平均水平15%."""
    period = _PERIODS[target.period]
    if period and period in target.name:
        period = ""
    bound = _BOUNDS[target.bound]
    relative = "" if not target.relative_to or target.relative_to in target.name else f"({target.relative_to})"
    if target.relative_to and target.relative_to in target.name:
        bound = ""
    return f"{period}{number_text(target.value)}{target.unit or ''}{bound}{relative}"


def deadline_text(target: Target) -> str:
    return f"{target.deadline.isoformat()} 前" if target.deadline else "方案未写期限"


def target_line(target: Target, *, with_task: bool = True) -> str:
    task = f"{target.task} " if with_task else ""
    return f"{task}{target.name}:{value_text(target)},{deadline_text(target)}"


def task_line(task: Task) -> str:
    """A task with its first target, or 未量化."""
    if not task.targets:
        return f"{task.id} {task.title} · 未量化"
    first = task.targets[0]
    more = f" 等{len(task.targets)}个目标" if len(task.targets) > 1 else ""
    return f"{task.id} {task.title} · {first.name}{value_text(first)}{more}"


def rows_of(tasks: Iterable[Task]) -> list[str]:
    """Tasks by number and title only."""
    return [f"{task.id} {task.title}" for task in tasks]


def place_text(tasks: Iterable[Task], library: Library) -> str:
    """Where in the plan the answer stands."""
    places = list(dict.fromkeys(task.place for task in tasks))
    if not places:
        return ""
    if len(places) > _A_ROW:
        return "出处:方案三,各项责任单位" if all(p.startswith("三") for p in places) else "出处:方案各项责任单位"
    plan = f"《{library.plans[0].title}》" if library.mixed else ""
    return f"出处:{plan}{'、'.join(places)}"
