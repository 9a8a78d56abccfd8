"""Wrapped questions are answered as before: a small sample of `python -m benchmarks.invariance`."""

import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.corpus import Verdict, load_yaml
from benchmarks.invariance import SEED, load_bases, results
from benchmarks.wrapping import FILE, wrappers
from handlers.services.question_service import QuestionService

ROOT = Path(__file__).parents[2]
SAMPLE = 450
RIGHT = 0.69
"""The share that is still right, at least; to be raised with each repair."""
MISLED = 0.003
"""The share that is answered otherwise, at most."""
LONG = 5
"""Openers of general use (请问, 因为) are shorter; a longer one that the reader knows by heart measures nothing."""


@pytest.fixture(scope="module")
def shares(question_service: QuestionService) -> dict[Verdict, float]:
    counts = Counter(one.verdict for one in results(question_service, load_bases(), SAMPLE, SEED))
    return {verdict: counts[verdict] / counts.total() for verdict in Verdict}


def test_what_stands_round_a_question_leaves_it_right(shares: dict[Verdict, float]) -> None:
    assert shares[Verdict.RIGHT] >= RIGHT


@pytest.mark.xfail(reason="about 3 % are answered otherwise", strict=True)
def test_what_stands_round_a_question_does_not_mislead(shares: dict[Verdict, float]) -> None:
    assert shares[Verdict.MISLED] <= MISLED


def test_each_slot_round_a_question_has_thirty_wrappers(question_service: QuestionService) -> None:
    by_slot = wrappers(question_service.library)
    assert {len(by_slot[slot]) for slot in (*load_yaml(FILE)["around"], "another order")} == {30}


def test_no_wrapper_is_known_to_the_reader() -> None:
    around = "".join(template for templates in load_yaml(FILE)["around"].values() for template in templates)
    sources = [*(ROOT / "knowledge").rglob("*.py"), *(ROOT / "knowledge" / "language").rglob("*.yaml")]
    words = {word for source in sources for word in re.split(r"\W", source.read_text(encoding="utf-8"))}
    assert {piece for piece in re.split(r"\{q\}|\W", around) if len(piece) >= LONG} & words == set()
