"""The grammar of days: a test for each sample that stands beside a row, and for each line of the corpus."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.written_days import fault_in, write_day
from knowledge.language.dates.grammar import FORMS, find
from knowledge.language.dates.span import Relation, Tense
from knowledge.language.normalize import clean

SAMPLE_DAY = date(2023, 3, 15)


def reading(text: str, today: date, tense: Tense) -> str:
    """What is read of a text, as the samples write it."""
    found = find(clean(text), today, tense)
    if found.unreal:
        return "unreal"
    days = [str(one.first) if one.first == one.last else f"{one.first}..{one.last}" for one in found.spans]
    return " ".join(days) or "none"


def _samples() -> Iterator[Any]:
    for row in FORMS:
        for said, expected in row.samples.items():
            past, _, future = expected.partition(" | ")
            yield pytest.param(said, Tense.PAST, past, id=f"{said} past")
            yield pytest.param(said, Tense.FUTURE, future or past, id=f"{said} future")


@pytest.mark.parametrize(("said", "tense", "expected"), list(_samples()))
def test_a_form_is_read_in_its_samples(said: str, tense: Tense, expected: str) -> None:
    assert reading(said, SAMPLE_DAY, tense) == expected


def _corpus() -> Iterator[Any]:
    for file in sorted((Path(__file__).parent / "dates").glob("*.yaml")):
        written = yaml.safe_load(file.read_text(encoding="utf-8"))
        for case in written["cases"]:
            for tense in (Tense.PAST, Tense.FUTURE):
                expected = str(case["both"] if "both" in case else case[tense.value])
                yield pytest.param(written["today"], case["say"], tense, expected, id=f"{case['say']} {tense.value}")


@pytest.mark.parametrize(("today", "said", "tense", "expected"), list(_corpus()))
def test_a_sentence_is_read_as_it_is_meant(today: date, said: str, tense: Tense, expected: str) -> None:
    assert reading(said, today, tense) == expected


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        ("截至3月10日", Relation.UNTIL),
        ("3月10日止", Relation.UNTIL),
        ("国庆前", Relation.BEFORE),
        ("25日之前", Relation.BEFORE),
        ("五一后", Relation.AFTER),
        ("年初以来", Relation.AT),
        ("3月10日以来", Relation.SINCE),
        ("3月10日", Relation.AT),
    ],
)
def test_the_relation_is_told(said: str, relation: Relation) -> None:
    (span,) = find(clean(said), SAMPLE_DAY, Tense.FUTURE).spans
    assert span.relation is relation


@pytest.mark.parametrize(
    ("said", "day"),
    [("国庆前", "2023-09-30"), ("五一后", "2023-05-04"), ("下周前", "2023-03-19"), ("25日前", "2023-03-25")],
)
def test_before_what_begins_is_the_day_before(said: str, day: str) -> None:
    (span,) = find(said, SAMPLE_DAY, Tense.FUTURE).spans
    assert str(span.day if span.relation is Relation.AFTER else span.until) == day


def test_the_offices_own_calendar_counts_its_working_days() -> None:
    found = find("3个工作日后", SAMPLE_DAY, Tense.FUTURE, lambda day: day.weekday() == 0)
    assert str(found.spans[0].first) == "2023-04-03"


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_day_that_is_written_comes_back_equal_or_is_asked_about(random: Random) -> None:
    assert fault_in(write_day(random)) == ""


_CHARACTERS = "截至到前后每上下本周月日号年季半旬初底末中一二三十廿卅0123456789.-/: 国庆春节五工作"


@given(st.text(st.sampled_from(_CHARACTERS), max_size=60), st.dates(date(2004, 1, 1), date(2040, 1, 1)))
def test_no_text_raises_and_spans_lie_apart(text: str, today: date) -> None:
    text = clean(text)
    for tense in Tense:
        found = find(text, today, tense)
        places = sorted([(one.start, one.end) for one in found.spans] + [(one.start, one.end) for one in found.unreal])
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert all(before[1] <= after[0] for before, after in pairwise(places))
        assert all(one.first <= one.last for one in found.spans)
