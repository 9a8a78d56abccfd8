"""Whatever is typed, there is an answer: in the contract's shape, without stray markup, and the same every time."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.corpus import cases
from bot.playground.markup import parse_html
from bot.telegram.rich_text import html
from handlers.chat.paging import paginate
from handlers.questions.json_contract import answer_json
from handlers.questions.texts import render
from handlers.services.question_service import AnsweredQuestion, Asker, QuestionService
from knowledge.questions.answer import Outcome, Why
from knowledge.questions.dialogue.state import dump_memory, load_memory
from knowledge.questions.understand.pipeline import LONGEST
from storage.rich_text import plain_text

KEYS = {
    "tasks": list,
    "units": list,
    "targets": list,
    "clauses": list,
    "count": int,
    "holds": bool,
}
ASKER = Asker(date(2023, 3, 1), "市交通局")

_questions = st.sampled_from([turn.ask for case in cases() for turn in case.turns])
_numbers = ["5.1", "第二个", "三(五)1", "100亿元", "多少"]
_joints = ["牵头", "不是", "除了", "和", "、", "谁", "?", "。", "的", "jtj"]
_rubbish = ["<b>", "</i>", "&lt;", "'; DROP TABLE", "😀", "\u202e", "\u200b", "\n"]
_scraps = st.sampled_from([*_numbers, *_joints, *_rubbish])
_mixed = st.lists(st.one_of(_questions, _scraps, st.text(max_size=8)), max_size=12).map("".join)
_repeated = st.builds(lambda text, times: (text * times)[:LONGEST], st.one_of(_scraps, _questions), st.integers(1, 200))
_texts = st.one_of(st.text(max_size=200), _questions, _mixed, _repeated)
_any_length = st.one_of(_texts, st.text(min_size=LONGEST - 50, max_size=LONGEST + 50))

# The service is built once for all examples: it never changes. No deadline: a machine may be busy.
_often = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def other_desk(question_service: QuestionService) -> QuestionService:
    return QuestionService(replace(question_service.library))


def _talk(question_service: QuestionService, turns: list[str]) -> Iterator[tuple[str, AnsweredQuestion]]:
    memory = ""
    for turn in turns:
        asked = question_service.ask(turn, memory=memory, asker=ASKER)
        memory = asked.memory
        yield turn, asked


@_often
@given(text=_any_length)
def test_any_text_gets_an_answer_in_the_shape_of_the_contract(question_service: QuestionService, text: str) -> None:
    asked = question_service.ask(text, memory="", asker=ASKER)
    found = json.loads(
        json.dumps(
            answer_json(asked, render(asked.answer, asked.library), question_service.library, question=text, ms=1.0),
            allow_nan=False,
        )
    )
    assert found["question"] == text
    assert found["text"].strip()
    _assert_shape(found)


def _assert_shape(found: dict[str, Any]) -> None:
    assert found["outcome"] in {"answered", "clarify", "declined"}
    assert found["about"].keys() == {"units", "tasks", "clauses"}
    assert all(isinstance(value, KEYS[key]) for key, value in found["answer"].items())
    assert all(choice.keys() == {"label", "question"} for choice in found["choices"])
    for part in found.get("parts", ()):
        _assert_shape(part)


@_often
@given(turns=st.lists(_texts, min_size=1, max_size=4))
def test_no_markup_is_broken_or_left_in_what_is_seen(question_service: QuestionService, turns: list[str]) -> None:
    for _, asked in _talk(question_service, turns):
        for page in paginate(render(asked.answer, asked.library)):
            seen, _entities = parse_html(html(page.text))
            assert seen == plain_text(page.text).strip()


@_often
@given(turns=st.lists(st.one_of(_questions, _mixed), min_size=1, max_size=3))
def test_every_choice_that_is_offered_is_answered_when_it_is_asked(
    question_service: QuestionService, turns: list[str]
) -> None:
    for _, asked in _talk(question_service, turns):
        for choice in asked.answer.choices:
            then = question_service.ask(choice.message, memory="", asker=ASKER)
            assert then.answer.outcome is Outcome.ANSWERED, choice


@_often
@given(turns=st.lists(st.one_of(_questions, _mixed), min_size=1, max_size=4))
def test_what_a_chat_remembers_survives_being_stored(question_service: QuestionService, turns: list[str]) -> None:
    for _, asked in _talk(question_service, turns):
        assert dump_memory(load_memory(asked.memory)) == asked.memory


@_often
@given(turns=st.lists(_texts, min_size=1, max_size=3))
def test_two_desks_agree(question_service: QuestionService, other_desk: QuestionService, turns: list[str]) -> None:
    answers = [(render(asked.answer, asked.library), asked.memory) for _, asked in _talk(question_service, turns)]
    assert answers == [(render(asked.answer, asked.library), asked.memory) for _, asked in _talk(other_desk, turns)]


@pytest.mark.parametrize("memory", ["", "{", "[]", '{"turns": 5}', '{"turns": [{"query": {"want": "gone"}}]}'])
def test_a_memory_that_cannot_be_read_is_forgotten(question_service: QuestionService, memory: str) -> None:
    fresh = question_service.ask("5G基站谁负责", memory="", asker=ASKER)
    assert question_service.ask("5G基站谁负责", memory=memory, asker=ASKER).answer == fresh.answer


@pytest.mark.parametrize(
    ("said", "is_task"),
    [
        ("9.2", True),
        ("9.2讲什么", True),
        ("第9.2条", True),
        ("任务9.2谁负责", True),
        ("9.2归谁管", True),
        ("小周给我发了这个 K7M2-9QXD 是贴这儿吧", False),
        ("K7-29QX", False),
        ("自来水一个说92.6一个说93 听谁的", False),
        ("普及率到92.6了", False),
    ],
)
def test_a_number_that_the_plan_does_not_have_is_a_tasks_only_where_it_is_called_so(
    question_service: QuestionService, said: str, *, is_task: bool
) -> None:
    answer = question_service.ask(said, memory="", asker=ASKER).answer
    assert (answer.why is Why.NO_SUCH_TASK) is is_task


@pytest.mark.parametrize(
    ("said", "is_task"),
    [("8.3", True), ("看下8.3", True), ("8.3和5.2谁牵头", True), ("普及率8.3了听谁的", False)],
)
def test_a_number_of_the_plan_is_a_task_but_where_a_figure_stands(
    question_service: QuestionService, said: str, *, is_task: bool
) -> None:
    query = question_service.ask(said, memory="", asker=ASKER).answer.query
    assert bool(query and query.ids) is is_task
