"""What towns, and the collectives that stand for them (各镇, 相关街道), may be called."""

import re
from collections import defaultdict
from collections.abc import Iterator

from knowledge.language.lattice import JOINT, Sense, Word
from knowledge.language.lexicon import general_places
from knowledge.language.normalize import clean
from knowledge.plan.gazetteer import Collective, Gazetteer, Town
from knowledge.plan.model import Plan

_ALL = "各"
_COLLECTIVE = re.compile(r"(?P<stem>各|相关|有关|沿[江湖海河])(?P<kind>乡镇|镇|乡|街道)$")
_OFFICE_OF = {
    "镇": ("镇人民政府", "镇政府"),
    "乡": ("乡人民政府", "乡政府"),
    "街道": ("街道办事处", "办事处", "街道办", "处"),
}
_LOOSE = {"镇": ("乡镇",), "街道": ("街道办", "办事处", "街道办事处")}
_TOGETHER = ("镇街", "镇处", "乡镇街道")
"""镇 and 街道 in one word."""
_PAIR = 2
_WEAK = frozenset("大小新老高上下东西南北中")
"""大金 of 大金镇 stands in 重大金融: what begins so is no town's name without its kind."""


def collectives_of(plan: Plan, gazetteer: Gazetteer) -> tuple[Collective, ...]:
    """The collectives that the gazetteer states, and those of the plan that it does not."""
    stated = {one.name for one in gazetteer.collectives}
    units = dict.fromkeys(unit for task in plan.tasks for unit in task.units if unit not in stated)
    found = ((unit, shape) for unit in units if (shape := _COLLECTIVE.match(unit)))
    return (
        *gazetteer.collectives,
        *(Collective(name=unit, kind=shape["kind"], certain=shape["stem"] == _ALL) for unit, shape in found),
    )


def town_names(town: Town, plan: Plan, gazetteer: Gazetteer) -> Iterator[str]:
    """梅川镇人民政府, 梅川镇政府 and 梅川 of 梅川镇; its place alone only where that can be nothing else."""
    place = clean(town.name).removesuffix(town.kind)
    yield from (place + office for office in _OFFICE_OF.get(town.kind, ()))
    others = {clean(unit) for task in plan.tasks for unit in task.units} | {clean(t.name) for t in gazetteer.towns}
    shared = any(other.startswith(place) for other in others - {clean(town.name)})
    known = place == clean(gazetteer.home)[:-1] or place in general_places()
    if len(place) > 1 and not shared and not known and not (len(place) == _PAIR and place[0] in _WEAK):
        yield place


def collective_words(plan: Plan, gazetteer: Gazetteer) -> Iterator[Word]:
    """各镇处 is 各镇 and 各街道; 沿江镇、街道 is 沿江镇 and 沿江街道. Such a word's key joins the names by JOINT."""
    said: dict[str, dict[str, None]] = defaultdict(dict)
    stems: dict[str, list[Collective]] = defaultdict(list)
    for collective in collectives_of(plan, gazetteer):
        for other in collective.names:
            said[clean(other.name)][collective.name] = None
        stems[collective.name.removesuffix(collective.kind)].append(collective)
    for stem, members in stems.items():
        for one in members:
            said |= {clean(stem + loose): {one.name: None} for loose in _LOOSE.get(one.kind, ())}
        if len(members) > 1:
            together = [stem + joint.join(one.kind for one in members) for joint in ("、", "", "和", ",")]
            together += [stem + word for word in _TOGETHER]
            together += list(_TOGETHER[:2]) if stem == _ALL else []
            said |= {clean(name): dict.fromkeys(one.name for one in members) for name in together}
    for name, units in said.items():
        yield Word(name, Sense.UNIT, JOINT.join(units))
    for collective in collectives_of(plan, gazetteer):
        if collective.certain:  # 镇上有哪些任务 asks for 各镇, 镇上看病 does not
            kind = collective.kind
            loose = (f"{kind}上", f"{kind}里", f"{kind}里头", kind if len(kind) > 1 else f"乡{kind}")
            yield from (Word(name, Sense.STEM, collective.name) for name in loose)
