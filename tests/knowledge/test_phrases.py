"""Words of the text that questions ask after: each form by its sentences, and the tables that it rests on."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from knowledge.entities.phrases import find_phrase
from knowledge.language.lexicon import one_things, plan_joints, plan_tails, thing_words
from knowledge.language.normalize import clean
from knowledge.plan.model import NamedKind
from knowledge.plan.shipped import find_texts
from knowledge.plan.text_index import TextIndex
from knowledge.questions.understand.phrase_forms import FORMS, may_ask


@pytest.fixture(scope="module")
def text() -> TextIndex:
    (text,) = find_texts().values()
    return text


def _examples() -> Iterator[Any]:
    for form in FORMS:
        for sentence in form.sign.examples:
            yield pytest.param(form.sign.pattern.pattern, sentence, id=sentence)


@pytest.mark.parametrize(("pattern", "sentence"), list(_examples()))
def test_a_sentence_beside_a_form_is_found_by_it(pattern: str, sentence: str) -> None:
    (form,) = (form for form in FORMS if form.sign.pattern.pattern == pattern)
    assert sentence == clean(sentence)
    assert may_ask(sentence)
    assert form.sign.shows(sentence)


@pytest.mark.parametrize(
    ("said", "words", "places"),
    [
        ("养老", ("养老",), ["3.2", "7.1"]),
        ("高企", ("高新技术企业",), ["1.1"]),
        ("三孩政策", ("三胎政策",), ["7.1"]),
        ("农村电网改造", ("农村电网",), ["3.2", "5.1"]),
        ("马口的项目", ("马口",), ["1.3", "4.3", "5.3"]),
        ("农村幼儿园", ("农村", "幼儿园"), ["3.2"]),
        ("人工智能、云计算", ("人工智能、云计算",), ["5.2"]),
        ("充电桩", (), []),
        ("跨境电商", (), []),
    ],
)
def test_a_phrase_is_found_whole_or_by_the_other_word_or_word_by_word(
    text: TextIndex, said: str, words: tuple[str, ...], places: list[str]
) -> None:
    found = find_phrase(said, text)
    assert (found.words, sorted(place.id for place in found.places if place.kind == "task")) == (words, places)


def test_a_word_is_another_for_one_thing_only() -> None:
    words = Counter(word for row in one_things() for word in row)
    assert [word for word, n in words.items() if n > 1] == []


def test_no_word_both_parts_and_joins_a_plans_words() -> None:
    joints, whole = plan_joints()
    assert set(joints) & set(whole) == set()
    assert [word for word in whole if not any(joint in word for joint in joints)] == []
    assert len(set(plan_tails())) == len(plan_tails())


def test_what_lists_are_asked_for_by_names_kinds_that_there_are() -> None:
    for row in thing_words().values():
        assert row.keys() - {"words"} in [{"key"}, {"kinds"}, {"endings"}, {"verbs"}]
        assert all(NamedKind(kind) for kind in row.get("kinds", ()))
