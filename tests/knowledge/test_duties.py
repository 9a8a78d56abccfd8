"""Whom a target's words mean among the units that the plan lists for it, by what bodies are in charge of."""

from dataclasses import replace

import pytest

from handlers.services.question_service import QuestionService
from knowledge.entities.duties import OwnerSuggestion, suggest_owner
from knowledge.entities.library import Library
from knowledge.language.lexicon import duties, one_bodies
from knowledge.plan.key import TaskKey

PLAN = "wuxue-2021-26"


@pytest.fixture
def library(question_service: QuestionService) -> Library:
    return question_service.library


def suggested(library: Library, task: str, name: str) -> OwnerSuggestion:
    target = next(one for own, one in library.targets if (own, one.task, one.name) == (PLAN, task, name))
    return suggest_owner(target, PLAN, library)


@pytest.mark.parametrize(
    ("task", "name", "unit"),
    [
        ("5.2", "数字校园覆盖率", "市教育局"),
        ("5.2", "二级以上智慧医院比例", "市卫健局"),
        ("5.2", "5G基站", "市科经局"),
        ("3.2", "村庄规划编制", "市自规局"),
        ("3.2", "乡镇区域养老服务中心覆盖率", "市民政局"),
        ("4.3", "外贸进出口总额年均增长", "市商务局"),
        ("6.2", "地表水环境改善指数", "黄冈市生态环境局武穴分局"),
        ("6.3", "万元地区生产总值能耗低于全省平均水平", "市发改局"),
    ],
)
def test_the_unit_whose_duty_it_is_is_suggested_whatever_its_place(
    library: Library, task: str, name: str, unit: str
) -> None:
    found = suggested(library, task, name)
    assert (found.unit, found.of_title) == (unit, False)
    assert found.words
    assert all(word in name for word in found.words)


def test_the_title_of_a_task_tells_it_where_the_target_does_not(library: Library) -> None:
    found = suggested(library, "4.2", "民间投资项目占比")
    assert (found.unit, found.words, found.of_title) == ("市招商投资促进中心", ("招商",), True)


@pytest.mark.parametrize(
    ("task", "name", "unlisted"),
    [
        ("3.2", "农村自来水普及率", "市水利和湖泊局"),
        ("3.2", "集中式饮用水源地水质达标率", "黄冈市生态环境局武穴分局"),
        ("3.2", "行政村5G通达率", "市科经局"),
        ("3.2", "清廉村居示范村、达标村", "市纪委监委"),
    ],
)
def test_a_unit_that_the_plan_does_not_list_is_named_and_not_suggested(
    library: Library, task: str, name: str, unlisted: str
) -> None:
    found = suggested(library, task, name)
    assert (found.unit, found.unlisted) == (None, unlisted)


@pytest.mark.parametrize(
    ("task", "name"),
    [("3.2", "生活污水治理率"), ("7.1", "城乡人均可支配收入比低于全省平均水平"), ("1.2", "园区新增10亿元以上重点项目")],
)
def test_where_the_words_tell_of_two_bodies_or_of_none_nobody_is_suggested(
    library: Library, task: str, name: str
) -> None:
    found = suggested(library, task, name)
    assert (found.unit, found.unlisted) == (None, None)
    assert found.first == library.tasks[TaskKey(PLAN, task)].units[0]


def test_a_target_without_responsible_units_has_none(library: Library) -> None:
    assert suggested(library, "二", "地区生产总值") == OwnerSuggestion(first=None)


def test_no_unit_is_ever_suggested_that_the_plan_does_not_list_for_the_task(library: Library) -> None:
    """Also where another plan's target stood in the task."""
    for key, task in library.tasks.items():
        for _, target in library.targets:
            there = replace(target, task=task.id)
            found = suggest_owner(there, key.plan, library).unit
            assert found is None or found in task.units


def test_the_bodies_of_the_duties_are_names_of_bodies() -> None:
    """Or stand for themselves, where a body goes by one name only."""
    known = {name for body in one_bodies() for name in (*body.names, *body.former, *body.also)}
    alone = {"教育局", "公安局", "民政局", "财政局", "林业局", "园林局", "港航局", "商务局", "金融办", "供电公司"}
    assert {name for found in duties().values() for duty in found for name in duty.bodies} <= known | alone
