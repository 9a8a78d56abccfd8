"""The shapes of `duban ask --jsonl` and `duban parse-update --jsonl`, field by field."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from bot_harness import Json

from bot.commands.ask import ask_jsonl
from bot.commands.parse_update import parse_update_jsonl
from handlers.questions.json_contract import answer_json
from handlers.questions.texts import render
from handlers.services.question_service import Asker, QuestionService
from knowledge.entities.library import Library

FIELDS = {"question", "outcome", "about", "answer", "choices", "text", "ms"}
OTHER_PLAN = """
title: 临江县行动方案
home: 临江县
issued: 2023-01-10
tasks:
  - id: "1"
    title: 扩大有效投资
    place: "1"
    units: [县发改局, 县财政局]
    lead: [县发改局]
    targets:
      - {name: 5G基站, value: 100, unit: 个, bound: at_least, deadline: 2023-12-31}
"""


@pytest.fixture(scope="module")
def two_plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two registers that share a target's name."""
    folder = tmp_path_factory.mktemp("plans")
    (folder / "linjiang.yaml").write_text(OTHER_PLAN, encoding="utf-8")
    second = OTHER_PLAN.replace("临江县", "临湖县").replace('id: "1"', 'id: "2"')
    (folder / "linhu.yaml").write_text(second, encoding="utf-8")
    return folder


def turn(question_service: QuestionService, question: str) -> Json:
    asked = question_service.ask(question, memory="", asker=Asker(date(2023, 3, 1)))
    return answer_json(asked, render(asked.answer, asked.library), question_service.library, question=question, ms=1)


def asked_of(folder: Path, *turns: str) -> list[Json]:
    out = StringIO()
    line = json.dumps({"id": "1", "today": "2023-03-01", "turns": turns})
    assert ask_jsonl([line], out, plan=str(folder)) == 0
    answers: list[Json] = json.loads(out.getvalue())["answers"]
    return answers


def test_each_part_of_several_questions_is_an_answer_of_its_own(question_service: QuestionService) -> None:
    found = turn(question_service, "市交通局负责哪些任务？5G基站目标是多少？")
    assert set(found) == FIELDS | {"parts"}
    first, second = found["parts"]
    assert set(first) == set(second) == FIELDS
    assert first["text"].startswith("市交通局：共 9 项")
    assert second["text"].startswith("5G基站：目标 700个以上")


def test_several_questions_are_about_all_that_they_name(question_service: QuestionService) -> None:
    about = turn(question_service, "市交通局负责哪些任务？5G基站目标是多少？")["about"]
    assert about == {"units": ["市交通局"], "tasks": ["5.2"], "clauses": []}


def test_what_answers_two_questions_is_said_once(question_service: QuestionService) -> None:
    text = turn(question_service, "5G基站谁管，目标多少，什么时候完成")["text"]
    assert text.count("700个以上") == 1


def test_the_places_of_several_answers_stand_in_one_line(question_service: QuestionService) -> None:
    text = turn(question_service, "8.3谁牵头？5.1谁牵头？")["text"]
    assert text.endswith("\n出处：三（八）3；三（五）1")


def test_where_plans_are_mixed_a_target_names_its_plan(two_plans: Path) -> None:
    (answer,) = asked_of(two_plans, "临江县5G基站目标是多少")
    assert [target["task"] for target in answer["answer"]["targets"]] == ["linjiang/1"]


def test_where_plans_are_mixed_a_report_names_its_plan(two_plans: Path) -> None:
    out = StringIO()
    parse_update_jsonl(['{"id": "u", "text": "临江县5G基站建成62个"}'], out, plan=str(two_plans))
    found = json.loads(out.getvalue())
    assert {update["task"] for update in found["updates"]} <= {"linjiang/1", "linhu/2"}
    assert found["updates"] or found["outcome"] == "clarify"


def test_where_plans_are_mixed_the_place_names_its_document(two_plans: Path) -> None:
    (answer,) = asked_of(two_plans, "临江县县发改局负责哪些任务")
    assert answer["text"].endswith("\n出处：《临江县行动方案》1")


def test_a_lead_that_the_plan_states_is_called_so(two_plans: Path) -> None:
    (answer,) = asked_of(two_plans, "临江县县发改局负责哪些任务")
    assert answer["text"].startswith("县发改局：共 1 项（牵头 1 项，配合 0 项），已全部列出\n牵头（方案写明）\n")
    (led,) = asked_of(two_plans, "临江县县发改局牵头哪些任务")
    assert led["text"].startswith("县发改局：牵头 1 项，已全部列出\n牵头（方案写明）\n")


def test_a_question_that_failed_leaves_the_chat_with_its_plan(two_plans: Path) -> None:
    _, failed, then = asked_of(two_plans, "临江县有哪些任务", "火星局负责哪些任务", "有哪些任务")
    assert failed["outcome"] == "declined"
    assert then["answer"]["tasks"] == ["linjiang/1"]


def test_a_library_of_several_plans_is_mixed_and_so_is_each_of_them(question_service: QuestionService) -> None:
    (plan, gazetteer), *_ = question_service.library.shelves
    library = Library(((plan, gazetteer), (replace(plan, name="other"), gazetteer)))
    assert library.mixed
    assert all(alone.mixed for alone in library.alone.values())
    assert not question_service.library.mixed
