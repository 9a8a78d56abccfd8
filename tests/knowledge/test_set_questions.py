"""Questions for sets: of random plans, in every word of the lexicon, and a set's own words read as that set."""

from collections.abc import Iterator
from random import Random

import pytest

from benchmarks.corpus import TODAY
from benchmarks.set_questions.draw import Draw
from benchmarks.set_questions.plans import random_plan
from benchmarks.set_questions.results import RIGHT, library_of, results, written
from handlers.services.question_service import Asker, QuestionService
from knowledge.language.lexicon import set_rows
from knowledge.questions.answer import Answer, Outcome, Why
from knowledge.questions.answering.set_phrasing import set_text
from knowledge.questions.context import Trouble
from knowledge.questions.query import Members

_ASKER = Asker(TODAY)
_PLANS = 6
_PER_PLAN = 25


def test_random_questions_are_answered_as_their_plans_say() -> None:
    assert [what for how, what in results(300, seed=29) if how != RIGHT] == []


def _words() -> Iterator[object]:
    for number, row in enumerate(set_rows()):
        first, *others = row["words"].split()
        for word in others:
            yield pytest.param(row["sample"], first, word, id=f"{number} {row['sample'].format(word)}")


@pytest.mark.parametrize(("sample", "first", "word"), list(_words()))
def test_all_words_of_a_row_read_alike(question_service: QuestionService, sample: str, first: str, word: str) -> None:
    one, other = (
        [reading.meant for reading in question_service.explain(sample.format(said), _ASKER)] for said in (first, word)
    )
    assert one == other


@pytest.mark.parametrize("row", [row for row in set_rows() if row["sign"] != "?"], ids=lambda row: row["sample"])
def test_the_sample_of_a_row_is_read(question_service: QuestionService, row: dict[str, str]) -> None:
    readings = question_service.explain(row["sample"].format(row["words"].split()[0]), _ASKER)
    assert not [reading.meant for reading in readings if isinstance(reading.meant, Trouble)]


def test_what_a_set_is_called_is_read_as_that_set() -> None:
    """Set → words → the same set, for what random questions ask of random plans."""
    random, tried = Random(31), 0  # noqa: S311 - the same questions in every run, and no secret
    for _ in range(_PLANS):
        plan = random_plan(random)
        draw, service = Draw(plan, random.random()), QuestionService(library_of(plan))
        for _ in range(_PER_PLAN):
            answer = _answer(service, written(draw)[0])
            members = answer.detail.get("members") if isinstance(answer.detail, dict) else None
            if isinstance(members, Members) and not (answer.query and answer.query.counted):
                tried += 1
                again = _answer(service, set_text(members))
                assert (set_text(members), _held(again)) == (set_text(members), _held(answer))
    assert tried > _PLANS * _PER_PLAN / 3


def _answer(service: QuestionService, text: str) -> Answer:
    return service.ask(text, memory="", asker=_ASKER).answer


def _held(answer: Answer) -> object:
    """What is listed; sections are listed by their tasks."""
    assert answer.outcome is Outcome.ANSWERED
    content = answer.content
    listed = (content.tasks, content.units, content.targets)
    return tuple(set(held or ()) for held in listed) if any(held is not None for held in listed) else content.count


@pytest.mark.parametrize(
    ("question", "unused"),
    [
        ("发改局、财政局三家都参与的任务", "3家"),
        ("5.1和5.2三项都参与的单位有哪些", "3项"),
        ("要么不是财政局要么不是发改局的任务", "不是"),
        ("农业农村局首列的任务以外还有几项", "以外"),
        ("财政局参与的任务和发改局一样多", "一样多"),
    ],
)
def test_what_a_reading_does_not_use_is_named(question_service: QuestionService, question: str, unused: str) -> None:
    (reading,) = question_service.explain(question, _ASKER)
    assert isinstance(reading.meant, Trouble)
    assert (reading.meant.why, reading.meant.detail) == (Why.UNUSED, {"name": unused})


def test_an_operator_repeated_to_the_longest_message_is_declined(question_service: QuestionService) -> None:
    assert question_service.ask("不是牵头," * 800, memory="", asker=_ASKER).answer.outcome is not Outcome.ANSWERED
