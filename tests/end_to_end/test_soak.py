"""A short version of `make soak`: four weeks go by, and people do what they like, while the bot is killed."""

import os
from pathlib import Path
from random import Random

import pytest
from soak.books import compare
from soak.kinds import strange_update, table
from soak.people import Due
from soak.play import play
from soak.run import soak
from soak.server import Arrival

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


async def test_the_books_are_right_whatever_is_sent_fails_or_ends(blank_url: str, tmp_path: Path) -> None:
    found = await play(blank_url, tmp_path, seed=1, kills=3, seconds=6)
    assert found.wrong == [], str(found)
    assert found.good > 5
    assert found.strange > 0
    assert found.failed > 0


def arrived(text: str, *, unsure: bool = False) -> Arrival:
    return Arrival(chat=1, number=1, text=text, keyboard=[], thread=None, reply_to=None, unsure=unsure)


@pytest.mark.parametrize(
    ("texts", "right"),
    [
        (["甲", "乙"], True),
        (["甲"], False),
        (["乙", "甲"], False),
        (["甲", "甲", "乙"], False),
        (["甲?", "甲?", "乙"], True),
        (["甲?", "乙", "甲?"], True),
        (["甲", "乙", "丙"], False),
    ],
)
def test_an_answer_comes_in_its_order_and_twice_only_if_its_fate_was_unknown(texts: list[str], right: bool) -> None:  # noqa: FBT001
    arrivals = [arrived(text, unsure="?" in text) for text in texts]
    assert (not list(compare([Due(1, 1, "甲"), Due(1, 2, "乙")], arrivals))) is right


def test_every_kind_of_update_and_of_message_has_its_turn() -> None:
    assert {("Update", "poll_answer"), ("Update", "chat_member"), ("Message", "forward_origin")} <= set(table())
    chance, message = Random(1), {"message_id": 1, "date": 1, "chat": {"id": 1}, "from": {"id": 1}}  # noqa: S311 - no secret
    made = [strange_update(chance, message, lambda: "x")[0] for _ in range(2000)]
    assert {name for name, _ in table()} == {"Update", "Message"}
    assert {field for name, field in table() if name == "Update"} <= {field for one in made for field in one}
