"""Everyday words that name nothing of the plan: the nearest task, where it is answered of, and what is offered."""

from datetime import date
from typing import Any

import pytest

from handlers.questions.json_contract import answer_json
from handlers.questions.texts import render
from handlers.services.question_service import Asker, QuestionService
from knowledge.entities.library import Library
from knowledge.entities.ranking import PlaceRanking
from knowledge.plan.key import TaskKey

TODAY = date(2023, 3, 1)
ROADS, SCHOOLS, LAKES = (TaskKey("plan", id_) for id_ in ("1", "2", "3"))


@pytest.fixture(scope="module")
def ranking() -> PlaceRanking:
    return PlaceRanking({ROADS: ["农村道路", "公路"], SCHOOLS: ["农村学校", "幼儿园"], LAKES: ["湖泊"]}, {})


def test_what_stands_in_few_places_tells_more_than_what_stands_in_many(ranking: PlaceRanking) -> None:
    assert [one.owner for one in ranking.nearest(["农村幼儿园"])] == [SCHOOLS, ROADS]
    assert ranking.weight("幼儿") > ranking.weight("农村") > 0


def test_what_no_place_knows_tells_most_and_speaks_against_all(ranking: PlaceRanking) -> None:
    known, stranger = (ranking.nearest(said)[0] for said in (["农村", "幼儿园"], ["农村", "幼儿园食堂"]))
    assert stranger.explained < known.explained == pytest.approx(1.0)
    assert (known.knows_last, stranger.knows_last) == (True, False)


def test_characters_that_are_nowhere_are_near_nothing(ranking: PlaceRanking) -> None:
    assert ranking.nearest(["彗星"]) == ranking.nearest([]) == ()


def _ask(service: QuestionService, question: str, *, memory: str = "") -> dict[str, Any]:
    asked = service.ask(question, memory=memory, asker=Asker(TODAY, None))
    return answer_json(asked, render(asked.answer, asked.library), service.library, question=question, ms=0)


@pytest.mark.parametrize(
    ("question", "task"),
    [("湖水变脏谁整治", "6.2"), ("城区往东往西扩归哪个局", "2.1"), ("防传染病的机构改革归谁", "7.2")],
)
def test_who_is_asked_in_everyday_words(question_service: QuestionService, question: str, task: str) -> None:
    answer = _ask(question_service, question)
    assert (answer["outcome"], answer["about"]["tasks"]) == ("answered", [task])
    assert answer["answer"].keys() == {"units"}
    assert "”理解。" in answer["text"]


@pytest.mark.parametrize("around", ["您好,我是新来的,想问一下{},谢谢", "领导刚才问我,{}", "听说要检查,{}"])
def test_what_stands_around_a_question_is_no_part_of_its_words(question_service: QuestionService, around: str) -> None:
    plain, wrapped = (_ask(question_service, one) for one in ("湖水变脏谁整治", around.format("湖水变脏谁整治")))
    assert (wrapped["answer"], wrapped["outcome"]) == (plain["answer"], "answered")


def test_the_target_is_one_in_the_unit_that_is_asked_for(question_service: QuestionService) -> None:
    (target,) = _ask(question_service, "单位产值耗的能要比省里少多少")["answer"]["targets"]
    assert (target["task"], target["value"], target["unit"]) == ("6.3", 15, "%")


@pytest.mark.parametrize(
    "question",
    [
        "快递丢了找哪个单位",  # a noun beside what is not known
        "湖水变脏3次谁整治",  # a number
        "湖水变脏谁最少整治",  # a qualifier
        "湖水变脏市发改局谁整治",  # a name
        "4g铁塔谁负责",
        "湖水变脏",  # no form
    ],
)
def test_what_is_left_over_forbids_an_answer(question_service: QuestionService, question: str) -> None:
    assert "”理解。" not in _ask(question_service, question)["text"]


@pytest.mark.parametrize(
    ("question", "ending"),
    [
        ("集镇脏乱差谁来收拾", "谁负责"),
        ("少开车少烧油的日子谁牵头", "谁牵头"),
        ("小镇脸面补短板是哪一项", "讲什么"),
        ("大数据杀熟谁来查", "谁负责"),  # no slip of a name that asks itself (谁来督办)
    ],
)
def test_offers_ask_what_was_asked(question_service: QuestionService, question: str, ending: str) -> None:
    answer = _ask(question_service, question)
    assert answer["outcome"] == "declined"
    assert 0 < len(answer["choices"]) <= 3
    assert {choice["question"].endswith(ending) for choice in answer["choices"]} == {True}


def test_what_is_linked_by_too_little_is_meant_where_its_place_ranks_first(
    question_service: QuestionService,
) -> None:
    answer = _ask(question_service, "城里管理一张网是谁在弄")
    assert (answer["outcome"], answer["about"]["tasks"]) == ("answered", ["2.1"])


def test_a_figure_is_offered_only_of_what_has_one(question_service: QuestionService) -> None:
    choices = _ask(question_service, "农业一年总共要产出多少个亿")["choices"]
    assert choices[0]["question"] == "3.1的农业总产值目标是多少"
    answers = [_ask(question_service, choice["question"])["answer"] for choice in choices]
    assert all(answer["targets"] for answer in answers)


def test_a_plan_whose_document_is_not_indexed_is_ranked_by_its_register(question_service: QuestionService) -> None:
    alone = Library(question_service.library.shelves)
    assert alone.ranking.nearest(["湖水变脏", "整治"])[0].owner.id == "6.2"
