"""Everyday words for what plans write in official terms, where a place is ranked."""

from collections import Counter

import pytest

from knowledge.entities.ranking import PlaceRanking
from knowledge.language.lexicon import everyday_words, sayings
from knowledge.language.thesaurus import everyday
from knowledge.plan.key import TaskKey

RIVER, GRAVES, LIGHTS = (TaskKey("plan", id_) for id_ in ("1", "2", "3"))
PLACES = {RIVER: ["全面实行十年禁渔"], GRAVES: ["公益性公墓"], LIGHTS: ["绿化亮化", "农村改厕"]}


@pytest.fixture(scope="module")
def ranking() -> PlaceRanking:
    return PlaceRanking(PLACES, {key: everyday(words) for key, words in PLACES.items()})


@pytest.mark.parametrize(("said", "place"), [("江里撒网捞鱼", RIVER), ("死后埋哪里", GRAVES), ("上茅房", LIGHTS)])
def test_a_place_is_found_by_words_that_share_no_character_with_it(
    ranking: PlaceRanking, said: str, place: TaskKey
) -> None:
    assert not set(said) & set("".join(PLACES[place]))
    assert ranking.nearest([said])[0].owner == place
    assert PlaceRanking(PLACES, {}).nearest([said]) == ()


def test_a_places_own_words_go_before_everyday_ones() -> None:
    places = {RIVER: ["十年禁渔"], GRAVES: ["捕鱼"]}
    ranking = PlaceRanking(places, {key: everyday(words) for key, words in places.items()})
    assert [one.owner for one in ranking.nearest(["捕鱼"])] == [GRAVES, RIVER]


def test_one_everyday_word_is_half_the_evidence_of_an_own_one(ranking: PlaceRanking) -> None:
    (street,) = (one for one in ranking.nearest(["路灯"]) if one.owner == LIGHTS)
    (own,) = (one for one in ranking.nearest(["绿化"]) if one.owner == LIGHTS)
    assert (street.pairs, own.pairs) == (0.5, 1)
    assert ranking.share(["路灯"], ["绿化亮化"], ["路灯"]) == pytest.approx(0.3)


def test_a_text_without_terms_has_none() -> None:
    assert list(everyday(["彗星", "渔"])) == []


def test_a_word_stands_in_one_of_the_two_files() -> None:
    surely = {(formal, said) for said, formal in sayings()}
    assert not surely & {(term, word) for term, words in everyday_words() for word in words}


def test_everyday_words_are_short_and_of_few_things() -> None:
    rows = {words for _, words in everyday_words()}
    used = Counter(word for words in rows for word in words)
    assert {word for word in used if not 2 <= len(word) <= 8} == set()
    assert {word for word, rows_with_it in used.items() if rows_with_it > 2} == set()
