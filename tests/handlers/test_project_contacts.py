"""What names nothing is of the project that its contact reports on."""

from datetime import date

import pytest
from reminder_harness import PLAN

from handlers.access.policy import Actor
from handlers.access.service import Service
from handlers.reports.proposal import read_report
from handlers.services.question_service import QuestionService
from knowledge.reports.model import Unclear, Understanding, UpdateOutcome
from storage.people import Grant, Role

CALCIUM, HARBOUR = "碳酸钙产业园", "牛关矶综合码头"


def read(question_service: QuestionService, text: str, *projects: str) -> Understanding:
    grants = tuple(Grant(Role.CONTACT, PLAN, "市科经局", project=one) for one in projects)
    actor = Actor(member=1, grants=grants, service=Service(internal=True))
    return read_report(text, question_service, actor, date(2023, 3, 13), lambda: None)


@pytest.mark.parametrize("text", ["已开工", "还没开工", "错了还没开工", "这周没变化", "征地受阻"])
def test_of_the_only_project(question_service: QuestionService, text: str) -> None:
    read_as = read(question_service, text, CALCIUM)
    assert [one.subject.name for one in read_as.updates] == [CALCIUM]


def test_of_several_it_is_asked_which(question_service: QuestionService) -> None:
    read_as = read(question_service, "已开工", CALCIUM, HARBOUR)
    assert (read_as.outcome, read_as.unclear) == (UpdateOutcome.CLARIFY, Unclear.WHICH)
    assert [one.label for one in read_as.choices] == [CALCIUM, HARBOUR]


@pytest.mark.parametrize("text", ["5G基站已开工", "什么时候开工", "你好", "谢谢"])
def test_what_names_another_or_reports_nothing_is_not(question_service: QuestionService, text: str) -> None:
    assert all(one.subject.name != CALCIUM for one in read(question_service, text, CALCIUM).updates)
