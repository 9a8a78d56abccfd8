"""Bulletins asked for in plain words: of which kind and period, and what only sounds like it."""

from datetime import date

import pytest

from handlers.broadcast.bulletin_requests import DRAFTS, bulletin_line
from knowledge.language.normalize import clean

TODAY = date(2023, 4, 10)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("出月度情况", "/bulletin draft monthly"),
        ("帮我出一份3月份的月度情况", "/bulletin draft monthly 2023-03"),
        ("出2月的月度情况", "/bulletin draft monthly 2023-01~02"),
        ("起草十二月月度进展情况", "/bulletin draft monthly 2022-12"),
        ("出个通报", "/bulletin draft quarterly"),
        ("起草一季度通报", "/bulletin draft quarterly 2023-Q1"),
        ("出四季度的通报", "/bulletin draft quarterly 2022-Q4"),
        ("出上半年小结", "/bulletin draft half_year"),
        ("出年终小结。", "/bulletin draft annual"),
    ],
)
def test_the_kind_and_the_period_are_understood(said: str, line: str) -> None:
    assert bulletin_line(clean(said), TODAY) == line


@pytest.mark.parametrize("said", DRAFTS.others)
def test_what_only_sounds_like_it_is_none(said: str) -> None:
    assert bulletin_line(clean(said), TODAY) is None
