"""Questions for sets over random registers: how each is answered."""

from collections.abc import Callable
from random import Random
from typing import Any

import yaml

from benchmarks.corpus import TODAY, brief
from benchmarks.set_questions.claims import CLAIMS
from benchmarks.set_questions.draw import Draw, Json, Written
from benchmarks.set_questions.plans import random_plan
from benchmarks.set_questions.rankings import RANKINGS
from benchmarks.set_questions.targets import TARGETS
from benchmarks.set_questions.tasks import TASKS
from benchmarks.set_questions.units import UNITS
from handlers.questions.json_contract import answer_json
from handlers.questions.texts import render
from handlers.services.question_service import Asker, QuestionService
from knowledge.entities.library import Library
from knowledge.plan.gazetteer import Gazetteer
from knowledge.plan.register import read_register

PER_PLAN = 25
RIGHT, WRONG, NOT_ANSWERED = "right", "answered wrongly", "not answered"

_SHAPES: tuple[Callable[[Draw], Written], ...] = (*UNITS, *TASKS, *TARGETS, *RANKINGS, *CLAIMS)
_BEFORE = ("", "", "", "请问", "我想知道", "帮我查一下", "麻烦问下", "方案里")
_BEHIND = ("", "", "", "？", "呢", "?", "，谢谢")


def results(number: int, seed: int) -> list[tuple[str, str]]:
    """Of each question how it went, and the question with what is right and what was answered."""
    random = Random(seed)  # noqa: S311 - the same questions in every run, and no secret
    found = []
    for _ in range(number // PER_PLAN):
        plan = random_plan(random)
        draw = Draw(plan, random.random())
        service = QuestionService(library_of(plan))
        for _ in range(PER_PLAN):
            text, right = written(draw)
            got = _asked(service, text)
            found.append((_judged(right, got), f"{text} {right} {brief(got)}"))
    return found


def written(draw: Draw) -> Written:
    text, right = draw.choice(_SHAPES)(draw)
    behind = "？" if "holds" in right else draw.choice(_BEHIND)
    return f"{draw.choice(_BEFORE)}{text}{behind}", right


def library_of(register: Json) -> Library:
    plan, problems = read_register(yaml.safe_dump(register, allow_unicode=True), name="plan", file="plan.yaml")
    if plan is None:
        raise ValueError(problems)
    return Library(((plan, Gazetteer(home=plan.home)),))


def _asked(service: QuestionService, text: str) -> Json:
    asked = service.ask(text, memory="", asker=Asker(TODAY))
    return answer_json(asked, render(asked.answer, asked.library), service.library, question=text, ms=0)


def _judged(right: Json, got: Json) -> str:
    if got["outcome"] != "answered":
        return NOT_ANSWERED
    answer = got["answer"]
    is_right = all(_comparable(key, answer.get(key)) == _comparable(key, value) for key, value in right.items())
    return RIGHT if is_right else WRONG


def _comparable(key: str, value: Any) -> Any:
    """Lists as sets; a target as its task and name."""
    if key == "targets" and value is not None:
        return {(one["task"], one["name"]) if isinstance(one, dict) else tuple(one) for one in value}
    return set(value) if isinstance(value, list) else value
