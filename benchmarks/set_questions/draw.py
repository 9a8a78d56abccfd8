"""A register, and what is drawn from it at random: things, how they are called, numbers, the question for a list."""

from collections.abc import Callable, Iterable
from random import Random
from typing import Any

Json = dict[str, Any]
Written = tuple[str, Json]
"""A question, and the keys of `answer` with what they must hold; lists in any order, targets as (task, name)."""

ANY, LEAD, ASSIST = "any", "lead", "assist"
DID = {
    ANY: ("参与", "负责", "承担"),
    LEAD: ("牵头", "打头", "领头"),
    ASSIST: ("配合", "协办", "协助"),
}

_WHICH_TASKS = ("{}的任务有哪些", "{}的任务", "哪些任务是{}的", "{}的是哪几项任务", "有哪些任务{}", "{}的有哪几项")
_COUNT_TASKS = ("{}的任务有几项", "{}的任务一共有多少项", "有几项任务{}", "{}的有多少项任务")
_WHICH_UNITS = ("{}的单位有哪些", "{}的单位", "哪些单位{}", "{}的是哪些单位", "有哪些部门{}", "{}的单位是哪几家")
_COUNT_UNITS = ("{}的单位有几家", "有多少家单位{}", "{}的单位一共有多少家", "{}的有几家单位")

_NUMERALS = "零一两三四五六七八九十"
_COMPARED: tuple[tuple[tuple[str, ...], Callable[[int, int], bool]], ...] = (
    (("超过{n}{m}", "多于{n}{m}"), lambda one, other: one > other),
    (("{n}{m}以上", "至少{n}{m}", "不少于{n}{m}"), lambda one, other: one >= other),
    (("少于{n}{m}", "不到{n}{m}", "不足{n}{m}"), lambda one, other: one < other),
    (("正好{n}{m}", "刚好{n}{m}"), lambda one, other: one == other),
    (("最多{n}{m}", "不超过{n}{m}"), lambda one, other: one <= other),
)
MATCHED: tuple[tuple[str, str, Callable[[int, int], bool]], ...] = (
    ("多", "比", lambda one, other: one > other),
    ("少", "比", lambda one, other: one < other),
    ("一样多", "和", lambda one, other: one == other),
)
"""How one number is put beside another: behind the name, before it, and what it holds of."""


class Draw(Random):
    def __init__(self, plan: Json, seed: float) -> None:
        super().__init__(seed)
        self.tasks: dict[str, Json] = {task["id"]: task for task in plan["tasks"]}
        self.about = {
            section["no"]: section["title"].removeprefix("建设").removesuffix("强市") for section in plan["sections"]
        }
        self.sections = list(self.about)
        self.units = list(dict.fromkeys(unit for task in plan["tasks"] for unit in task["units"]))
        self.targets = [(id_, target) for id_, task in self.tasks.items() for target in task["targets"]]

    def of(self, id_: str, role: str = ANY) -> set[str]:
        """The units of a task in a role."""
        units = self.tasks[id_]["units"]
        return set({ANY: units, LEAD: units[:1], ASSIST: units[1:]}[role])

    def by(self, unit: str, role: str = ANY) -> set[str]:
        """The tasks of a unit in a role."""
        return {id_ for id_ in self.tasks if unit in self.of(id_, role)}

    def within(self, section: int) -> set[str]:
        return {id_ for id_ in self.tasks if id_.startswith(f"{section}.")}

    def union(self, ids: Iterable[str], role: str = ANY) -> set[str]:
        return {unit for id_ in ids for unit in self.of(id_, role)}

    def now_and_then(self, share: float) -> bool:
        return self.random() < share

    def unit(self, *but: str) -> str:
        others: list[str] = [unit for unit in self.units if unit not in but]
        return self.choice(others)

    def task(self, *but: str) -> str:
        return self.choice([id_ for id_ in self.tasks if id_ not in but])

    def said(self, unit: str) -> str:
        return unit.removeprefix("市") if self.now_and_then(0.4) else unit

    def called(self, id_: str) -> str:
        """A task by its number, sometimes by its title."""
        title: str = self.tasks[id_]["title"]
        return title if self.now_and_then(0.2) else id_

    def part(self, section: int) -> str:
        """A section by its number, sometimes by what it is about."""
        about = self.about[section]
        if self.now_and_then(0.25):
            return self.choice((f"{about}那一块", f"{about}部分", f"{about}那部分", f"{about}这块"))
        return f"第{'一二三四五六'[section - 1]}部分"

    def joined(self, names: list[str]) -> str:
        return "、".join([*names[:-2], self.choice(("和", "、", "与")).join(names[-2:])])

    def role(self) -> tuple[str, str]:
        role = self.choice((ANY, ANY, LEAD, ASSIST))
        return role, self.choice(DID[role])

    def amount(self, number: int) -> str:
        return _NUMERALS[number] if number < len(_NUMERALS) and self.now_and_then(0.5) else str(number)

    def compared(self, most: int, measure: str) -> tuple[str, Callable[[int], bool]]:
        """A number with its comparison, and what it holds of."""
        ways, holds = self.choice(_COMPARED)
        number = self.randint(1, max(2, most))
        said = self.choice(ways).format(n=self.amount(number), m=measure)
        return said, lambda one: holds(one, number)

    def tasks_that(self, what: str, ids: Iterable[str]) -> Written:
        return self._listed(what, "tasks", ids, _WHICH_TASKS, _COUNT_TASKS)

    def units_that(self, what: str, units: Iterable[str]) -> Written:
        return self._listed(what, "units", units, _WHICH_UNITS, _COUNT_UNITS)

    def _listed(
        self, what: str, key: str, held: Iterable[str], which: tuple[str, ...], count: tuple[str, ...]
    ) -> Written:
        """The things themselves, or how many they are."""
        found = sorted(held)
        if self.now_and_then(0.3):
            return self.choice(count).format(what), {"count": len(found)}
        ways = which if not what.startswith("不是") else [way for way in which if "是{}" not in way]
        return self.choice(ways).format(what), {key: found}
