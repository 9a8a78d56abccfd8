"""Words of figures typed with another character of the same sound."""

import pytest

from knowledge.language.spelling import respelled


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("投资战比多少", "投资占比多少"),
        ("新曾几家", "新增几家"),
        ("外帽出口", "外贸出口"),
        ("企业新曾几家", "企业新增几家"),
        ("每年记改", "每年技改"),
    ],
)
def test_a_character_of_the_same_sound_is_put_right(typed: str, meant: str) -> None:
    assert respelled(typed, {"出口", "业新"}.__contains__) == meant


@pytest.mark.parametrize("text", ["新真", "站臂", "占比", "占", ""])
def test_what_shares_no_character_or_no_sound_stands(text: str) -> None:
    assert respelled(text, {"出口"}.__contains__) == text


@pytest.mark.parametrize("text", ["车站比武穴", "创新曾经", "站比"])
def test_nothing_is_put_right_across_known_words(text: str) -> None:
    assert respelled(text, {"车站", "曾经", "站比"}.__contains__) == text
