"""What the shipped gazetteer calls the bodies of Wuxue, and what a gazetteer may not say."""

import pytest

from knowledge.entities.library import Library
from knowledge.plan.gazetteer import Body, Collective, Gazetteer, Town
from knowledge.plan.gazetteer_file import read_gazetteer
from knowledge.plan.model import Plan
from knowledge.plan.problems import Code
from knowledge.plan.register import read_register
from knowledge.plan.shipped import find_plans

((WUXUE, SHIPPED),) = find_plans("wuxue-2021-26")
LIBRARY = Library(((WUXUE, SHIPPED),))
UNITS = {unit for task in WUXUE.tasks for unit in task.units}

REGISTER = """
title: 方案
home: 某市
tasks: [{id: 1, title: 甲, place: 三, units: [市发改局, 市商务局, 各镇]}]
"""


def plan() -> Plan:
    found, _ = read_register(REGISTER, name="some", file="some.yaml")
    assert found
    return found


def read(text: str) -> tuple[Gazetteer | None, list[tuple[int, Code, str]]]:
    gazetteer, problems = read_gazetteer("home: 某市\n" + text, file="some.gazetteer.yaml", plan=plan())
    return gazetteer, [(problem.line, problem.code, problem.key) for problem in problems]


def meaning(name: str) -> str | None:
    """The unit or town that a name surely means in the shipped plan."""
    return LIBRARY.own_unit(name)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("发改委", "市发改局"),
        ("工信局", "市科经局"),
        ("国土局", "市自规局"),
        ("资规局", "市自规局"),
        ("行政审批局", "市政数局"),
        ("质监局", "市市场监管局"),
        ("市监局", "市市场监管局"),
        ("市监委", "市纪委监委"),
        ("城管", "市综合执法局"),
        ("武穴市环保局", "黄冈市生态环境局武穴分局"),
        ("扶贫办", "市乡村振兴局"),
        ("计生委", "市卫健局"),
        ("安监局", "市应急局"),
        ("水务局", "市水利和湖泊局"),
        ("旅游局", "市文旅局"),
        ("国税局", "市税务局"),
        ("电力局", "市供电公司"),
        ("招商局", "市招商投资促进中心"),
        ("法制办", "市司法局"),
        ("两型区", "田镇“两型”社会建设循环经济试验区"),
        ("武穴办事处", "武穴街道"),
        ("刊江处", "刊江街道"),
    ],
)
def test_a_renamed_or_merged_body_is_the_plan_s_unit(name: str, unit: str) -> None:
    assert meaning(name) == unit


@pytest.mark.parametrize(
    "name", ["林业局", "粮食局", "物价局", "体育局", "社保局", "房管局", "公路局", "就业局", "黄冈市发改委"]
)
def test_a_body_whose_duties_were_split_is_outside_with_a_unit_to_offer(name: str) -> None:
    (outsider,) = (outsider for outsider in SHIPPED.outsiders if outsider.name == name)
    assert outsider.perhaps
    assert meaning(name) is None


@pytest.mark.parametrize("name", ["数据局", "城投", "重点办", "项目中心"])
def test_what_is_uncertain_is_left_to_the_office(name: str) -> None:
    (asked,) = (asked for asked in SHIPPED.ask_back if asked.name == name)
    assert "待办公室确认" in asked.note
    assert meaning(name) is None


@pytest.mark.parametrize("name", ["田镇", "高新区", "武穴", "黄冈市生态环境局"])
def test_a_name_with_several_meanings_is_asked_back(name: str) -> None:
    assert [asked.name for asked in SHIPPED.ask_back].count(name) == 1
    assert meaning(name) is None


def test_the_towns_are_eight_and_four() -> None:
    assert [town.kind for town in SHIPPED.towns] == ["镇"] * 8 + ["街道"] * 4


def test_only_each_town_and_each_street_surely_mean_all() -> None:
    assert {one.name for one in SHIPPED.collectives if one.certain} == {"各镇", "各街道"}
    assert {one.name for one in SHIPPED.collectives} == {
        unit for unit in UNITS if unit[:2] in ("各镇", "各街", "相关", "沿江")
    }


def test_every_name_has_its_source() -> None:
    named: tuple[Body | Town | Collective, ...] = (*SHIPPED.bodies, *SHIPPED.towns, *SHIPPED.collectives)
    assert all(other.source for one in named for other in one.names)
    assert all(outsider.source for outsider in SHIPPED.outsiders)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("bodies: [{unit: 市体育局, names: []}]", (2, Code.UNKNOWN_NAME, "bodies[0].unit")),
        ("outsiders: [{name: 林业局, perhaps: [市自规局]}]", (2, Code.UNKNOWN_NAME, "outsiders[0].perhaps")),
        ("ask_back: [{name: 高新区, choices: [市经开区]}]", (2, Code.UNKNOWN_NAME, "ask_back[0].choices")),
        ("collectives: [{name: 各乡, kind: 乡, certain: true}]", (2, Code.UNKNOWN_NAME, "collectives[0].name")),
        (
            "bodies:\n  - unit: 市发改局\n    names:\n      - {name: 市商务局, kind: 俗称, source: 无}",
            (5, Code.DUPLICATE, "bodies[0].names[0].name"),
        ),
        ("outsiders:\n  - {name: 林业局}\n  - {name: 林业局}", (4, Code.DUPLICATE, "outsiders[1].name")),
        ("outsiders:\n  - {name: 5G办}\n  - {name: ５g 办}", (4, Code.DUPLICATE, "outsiders[1].name")),
        ("outsiders:\n  - {name: 林\u200d业局}", (3, Code.HIDDEN, "outsiders[0].name")),
        (f"outsiders:\n  - {{name: {'林' * 101}}}", (3, Code.TOO_LONG, "outsiders[0].name")),
        (
            "bodies: [{unit: 市发改局, names: [{name: 发改委, kind: 别名, source: 无}]}]",
            (2, Code.BAD_CHOICE, "bodies[0].names[0].kind"),
        ),
        (
            "bodies: [{unit: 市发改局, names: [{name: 发改委, kind: 俗称}]}]",
            (2, Code.MISSING_KEY, "bodies[0].names[0].source"),
        ),
    ],
)
def test_a_mistake_is_named_with_its_line_and_place(text: str, problem: tuple[int, Code, str]) -> None:
    assert read(text) == (None, [problem])


def test_collectives_may_share_a_name() -> None:
    shared = "names: [{name: 镇处, kind: 俗称, source: 无}]"
    gazetteer, problems = read(f"collectives:\n  - {{name: 各镇, kind: 镇, certain: true, {shared}}}")
    assert gazetteer, problems
    assert gazetteer.collectives[0].names[0].name == "镇处"
