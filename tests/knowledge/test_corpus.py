"""Every example question, one test a turn: `pytest tests/knowledge/test_corpus.py -k 5G基站`."""

from collections import Counter
from collections.abc import Iterator

import pytest

from benchmarks import coverage
from benchmarks.corpus import KNOWN_FAILURES, Case, ask, cases, load_yaml, turns, wrong
from handlers.services.question_service import QuestionService

KNOWN: dict[str, str] = load_yaml(KNOWN_FAILURES)


def _params() -> Iterator[object]:
    for id_, case, number in turns():
        marks = [pytest.mark.xfail(reason=KNOWN[id_], strict=True)] if id_ in KNOWN else []
        yield pytest.param(case, number, id=id_, marks=marks)


@pytest.mark.parametrize(("case", "number"), list(_params()))
def test_is_answered_as_the_corpus_says(question_service: QuestionService, case: Case, number: int) -> None:
    answer = ask(question_service, case)[number]
    assert wrong(case.turns[number], answer) == ""


def test_no_conversation_stands_twice() -> None:
    whole = Counter(id_ for id_, case, number in turns() if number == len(case.turns) - 1)
    assert [id_ for id_, n in whole.items() if n > 1] == []


def test_known_failures_are_turns_of_the_corpus() -> None:
    assert KNOWN.keys() <= {id_ for id_, _, _ in turns()}


def test_the_corpus_is_large_enough_to_measure_with() -> None:
    assert len(cases()) >= 600


def test_the_report_of_coverage_is_up_to_date() -> None:
    assert coverage.FILE.read_text(encoding="utf-8") == coverage.table(), "run python -m benchmarks.coverage"
