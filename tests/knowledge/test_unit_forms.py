"""Names of units by rule: each leads to its unit or is asked back, and none to another, whatever units a plan has."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.entities.collectives import collectives_of
from knowledge.entities.library import Library
from knowledge.entities.unit_forms import By
from knowledge.entities.unit_names import body_words, forms_of_unit, unit_names
from knowledge.language.cues import cue_words
from knowledge.language.lattice import Sense, Word
from knowledge.language.lexicon import OneBody, general_bodies, general_places, one_bodies
from knowledge.language.normalize import clean
from knowledge.plan.gazetteer import Gazetteer
from knowledge.plan.model import Plan
from knowledge.plan.register import read_register
from knowledge.plan.shipped import find_plans

OTHERS = Path(__file__).parent / "other_plans"
# As county and city plans write them; the names of one body stand together.
OFFICIAL = """
    市发展和改革局、市发改局
    市教育局
    市科学技术局、市科技局
    市经济和信息化局、市经信局
    市科学技术和经济信息化局、市科经局
    市民族宗教事务局
    市公安局
    市民政局
    市司法局
    市财政局
    市人力资源和社会保障局、市人社局
    市自然资源和规划局、市自然资源规划局
    市住房和城乡建设局、市住建局
    市城市管理执法局、市综合执法局
    市交通运输局、市交通局
    市水利和湖泊局
    市水务局
    市农业农村局
    市商务局
    市文化和旅游局、市文旅局
    市文化广电和旅游局
    市体育局
    市卫生健康局、市卫健局
    市退役军人事务局
    市应急管理局、市应急局
    市审计局
    市市场监督管理局、市市场监管局
    市统计局
    市林业局
    市医疗保障局、市医保局
    市政务服务和大数据管理局
    市行政审批局
    市数据局
    市信访局
    市乡村振兴局
    市机关事务服务中心
    市公共资源交易中心
    市招商投资促进中心
    市重点项目服务中心
    市供销合作社联合社
    市气象局
    市税务局
    市消防救援大队
    市金融工作办公室
    市地方金融监督管理局
    市园林局
    市港航局
    市公路管理局
    市残疾人联合会、市残联
    市妇女联合会
    市工商业联合会
    市科学技术协会
    市委组织部
    市委宣传部
    市委政法委员会
    市委网信办
    市纪委监委
    市经济开发区
    高新技术产业开发区
    市供电公司
    市城发集团
    市生态环境局
"""
BODIES = [line.split("、") for line in OFFICIAL.split()]
HOME = "某安市"


def plan(units: list[str], home: str = HOME) -> Plan:
    listed = ", ".join(units)
    register = f"title: 某方案\nhome: {home}\ntasks: [{{id: 1, title: 甲, place: 三, units: [{listed}]}}]\n"
    found, problems = read_register(register, name="some", file="some.yaml")
    assert found, problems
    return found


def meant(units: list[str], home: str = HOME) -> dict[str, set[str]]:
    """Every name → the units that it leads to."""
    held: dict[str, set[str]] = {}
    for word in body_words(plan(units, home), Gazetteer(home=home)):
        if word.sense is Sense.UNIT:
            held.setdefault(word.text, set()).update(word.key.split("|"))
    return held


subsets = st.lists(
    st.sampled_from(BODIES).flatmap(st.sampled_from),
    min_size=1,
    max_size=25,
    unique_by=lambda unit: next(n for n, body in enumerate(BODIES) if unit in body),
)


def surest(unit: str) -> dict[str, By]:
    """Every name that a unit has by rule → the surest rule that gives it."""
    found: dict[str, By] = {}
    for form in forms_of_unit(unit, Gazetteer(home=HOME)):
        found[form.text] = min(form.by, found.get(form.text, form.by))
    return found


@given(subsets)
@example([names[0] for names in BODIES])
@example([names[-1] for names in BODIES])
def test_a_name_by_rule_leads_to_its_unit_or_is_asked_back(units: list[str]) -> None:
    """Where a surer rule, or its official name, gives it to another unit, it leads there."""
    held, rules = meant(units), {unit: surest(unit) for unit in units}
    for unit in units:
        assert held[clean(unit)] == {unit}
        for name, by in rules[unit].items():
            assert unit in held[name] or all(rules[one].get(name, 0) < by for one in held[name]), (name, unit)


def bare(unit: str) -> str:
    return clean(unit).removeprefix("市委").removeprefix("市")


@given(subsets)
@example(["市科经局", "市文旅局", "市综合执法局", "市自然资源和规划局"])
@example([names[0] for names in BODIES[::2]])
def test_a_body_that_the_plan_does_not_have_is_none_of_its_units(units: list[str]) -> None:
    """But for those that the lexicon says to be, or to live on in, one of them."""
    held = meant(units)
    absent = [name for names in BODIES if not {*names} & {*units} for name in names]
    for name in map(bare, absent):
        for unit in held.get(name, ()):
            assert any(bare(unit) in body.names and name in all_names(body) for body in one_bodies()), (name, unit)


def all_names(body: OneBody) -> set[str]:
    return {*body.names, *body.also, *body.former, *body.committee}


@given(subsets)
def test_no_made_up_name_is_that_of_a_body_which_exists(units: list[str]) -> None:
    held, said = meant(units), {name for body in one_bodies() for name in all_names(body)}
    for body in general_bodies() - said:
        assert all(clean(unit).endswith(body) for unit in held.get(body, ())), body


NAMED_AFTER_THEIR_UNIT = {"横岗山景区", "城管"}
"""Entries of the shipped plan; who says so may mean either."""
ALL = [(some, own) for choice in (None, str(OTHERS)) for some, own in find_plans(choice)]


@pytest.mark.parametrize(("some", "own"), ALL, ids=[some.name for some, _ in ALL])
def test_a_name_by_rule_is_no_common_word(some: Plan, own: Gazetteer) -> None:
    common = {word.text for word in cue_words()} | set(general_places())
    common |= {surface for entry in Library(((some, own),)).index.entries for surface in entry.surfaces}
    stated = {clean(unit) for unit in unit_names(some)} | {clean(n.name) for body in own.bodies for n in body.names}
    derived = {form.text for unit in unit_names(some) for form in forms_of_unit(unit, own)} - stated
    assert derived & common <= NAMED_AFTER_THEIR_UNIT


@pytest.mark.parametrize(("some", "own"), ALL, ids=[some.name for some, _ in ALL])
def test_a_gazetteer_states_no_name_that_is_derived(some: Plan, own: Gazetteer) -> None:
    without = replace(own, bodies=(), towns=tuple(replace(town, names=()) for town in own.towns), collectives=())
    derived = {(word.text, word.key) for word in body_words(some, without)}
    stated = [(clean(name.name), body.unit) for body in own.bodies for name in body.names]
    stated += [(clean(name.name), town.name) for town in own.towns for name in town.names]
    assert not set(stated) & derived


@pytest.mark.parametrize(
    ("unit", "names"),
    [
        ("市交通运输局", "交通局 交通运输局 交运局 交通委 交通部门 某安市交通局 交通那个局"),
        ("市文化和旅游局", "文旅局 文化旅游局 文旅部门 文化部门 旅游局 旅游那个局 老文化局"),
        ("市文化广电和旅游局", "文广旅局 文旅局 广电局 文体新广局"),
        ("市自然资源和规划局", "自规局 资规局 国土局 规划局 自然资源局 原国土局"),
        ("市科学技术和经济信息化局", "科经局 科技局 经信局 工信局"),
        ("市市场监督管理局", "市监局 市场监管局 工商局 质监局 食药监局 老工商"),
        ("市人力资源和社会保障局", "人社局 劳动局"),
        ("市住房和城乡建设局", "住建局 住建委 建设局 城建局"),
        ("市卫生健康局", "卫健局 卫健委 卫计委 卫生局"),
        ("市发展和改革局", "发改局 发改委 发展改革局"),
        ("市政务服务和大数据管理局", "政数局 大数据局 政务服务局 行政审批局"),
        ("市退役军人事务局", "退役军人局"),
        ("市应急管理局", "应急局 安监局"),
        ("市农业农村局", "农业局 农村局 农业那个局"),
        ("市机关事务服务中心", "机关事务中心 机关事务局"),
        ("上江市生态环境局某安分局", "生态分局 环境局 环保局 生态环境局 环保分局 生态环境分局 某安分局 市生态环境局"),
        ("市税务局", "国税局 国家税务总局某安市税务局"),
        ("市委人才办", "人才办 市委人才工作领导小组办公室"),
        ("白云湖国家湿地公园", "白云湖湿地公园 白云湖公园 白云湖湿地"),
        ("梅岭旅游风景区", "梅岭风景区 梅岭景区"),
        ("石镇“两型”社会建设循环经济试验区", "石镇试验区 两型试验区 石镇循环经济试验区"),
    ],
)
def test_a_unit_is_known_by_what_people_call_it(unit: str, names: str) -> None:
    held = meant([unit])
    assert {name: held.get(name) for name in names.split()} == {name: {unit} for name in names.split()}


@pytest.mark.parametrize(
    ("units", "name", "asked"),
    [
        (["市公安局", "上江市公安局某安分局", "上江市生态环境局某安分局"], "某安分局", 2),
        (["市农业农村局", "市乡村振兴局", "市文化和旅游局", "市体育旅游服务中心"], "农业那个局", 1),
        (["市招商投资促进中心", "市招商引资服务中心"], "招商那个部门", 2),
    ],
)
def test_a_name_of_several_units_is_asked_back(units: list[str], name: str, asked: int) -> None:
    assert len(meant(units)[name]) == asked


@pytest.mark.parametrize(
    ("units", "name"),
    [
        (["省农业农村厅"], "农业局"),
        (["省自然资源厅"], "国土局"),
        (["省发展改革委"], "发改局"),
        (["杭州市科技局"], "科技局"),
    ],
)
def test_a_province_s_unit_goes_by_no_county_s_name(units: list[str], name: str) -> None:
    assert name not in meant(units, home="浙江省")


def test_collectives_of_a_plan_without_a_gazetteer() -> None:
    some, own = plan(["各镇", "各街道", "相关镇", "市交通局"]), Gazetteer(home=HOME)
    assert [(one.name, one.kind, one.certain) for one in collectives_of(some, own)] == [
        ("各镇", "镇", True),
        ("各街道", "街道", True),
        ("相关镇", "镇", False),
    ]
    words = set(body_words(some, own))
    assert {Word("镇处", Sense.UNIT, "各镇|各街道"), Word("各办事处", Sense.UNIT, "各街道")} <= words


def test_a_unit_that_calls_itself_a_town_is_one_of_all() -> None:
    library = Library(((plan(["云台镇", "各乡镇", "田镇试验区"]), Gazetteer(home=HOME)),))
    assert library.towns == {"云台镇": "乡镇"}
    assert library.collectives["各乡镇"] == ("乡镇", True)


def test_of_two_rules_the_surer_one_gives_the_name() -> None:
    assert meant(["市科经局", "市科技局"])["科学技术局"] == {"市科技局"}
    assert By.GENERAL < By.FORMER
