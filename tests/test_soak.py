"""A short version of `make soak`: four weeks go by while the bot is killed again and again."""

import os
from pathlib import Path

import pytest
from soak.run import soak

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the bots are forked, so that a new one is quickly there"),
]


async def test_what_is_due_arrives_whenever_the_bot_is_killed(blank_url: str, tmp_path: Path) -> None:
    found = await soak(blank_url, tmp_path, kills=5, days=21, seconds=8)
    assert (found.kills, found.wrong) == (5, [])
    assert found.messages >= 5


@pytest.mark.parametrize("blank_url", ["postgresql"], indirect=True)
async def test_of_two_at_work_neither_repeats_the_other(blank_url: str, tmp_path: Path) -> None:
    found = await soak(blank_url, tmp_path, kills=5, days=21, seconds=8, processes=2)
    assert (found.kills, found.wrong) == (5, [])
    assert found.messages >= 5
