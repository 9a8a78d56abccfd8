"""Several plans loaded at once: a question is put to the plan it means, and ids name their plan."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.services.question_service import AnsweredQuestion, Asker, QuestionService
from knowledge.entities.library import Library
from knowledge.plan.shipped import find_plans
from knowledge.questions.answer import Outcome, Why

SHIPPED, GAZETTEER = find_plans()[0]
OTHER = replace(SHIPPED, name="linjiang-2021-1", title="临江县行动方案", home="临江县", names=())
DESK = QuestionService(
    Library(((SHIPPED, GAZETTEER), (OTHER, replace(GAZETTEER, home="临江县", home_names=(), towns=(), outsiders=()))))
)


def ask(question: str, memory: str = "", unit: str | None = None) -> AnsweredQuestion:
    return DESK.ask(question, memory=memory, asker=Asker(date(2023, 3, 1), unit))


@pytest.mark.parametrize(
    ("question", "plan"), [("武穴市5G基站谁牵头", SHIPPED.name), ("临江县5G基站谁牵头", OTHER.name)]
)
def test_the_place_that_is_named_says_which_plan_is_meant(question: str, plan: str) -> None:
    asked = ask(question)
    assert asked.answer.content.units == ("市科经局",)
    assert asked.answer.about.tasks == (f"{plan}/5.2",)


def test_a_question_that_may_be_of_any_plan_is_asked_back_and_each_choice_is_answered() -> None:
    asked = ask("5G基站谁牵头")
    assert (asked.answer.outcome, asked.answer.why) == (Outcome.CLARIFY, Why.WHICH_PLAN)
    assert [ask(choice.message).answer.outcome for choice in asked.answer.choices] == [Outcome.ANSWERED] * 2


def test_a_chat_stays_with_the_plan_it_speaks_of() -> None:
    first = ask("临江县市交通局牵头哪些任务")
    second = ask("第二个讲什么", first.memory)
    assert first.answer.content.tasks == (f"{OTHER.name}/4.3", f"{OTHER.name}/5.1")
    assert second.answer.content.tasks == (f"{OTHER.name}/5.1",)
