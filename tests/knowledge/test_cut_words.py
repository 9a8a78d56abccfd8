"""Everyday wording does not end within a longer word of the sentence."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import SCIENCE, ReminderHarness

from handlers.services.question_service import Asker, QuestionService
from knowledge.language.lattice import Sense, Vocabulary, Word, cells_of
from storage.database import Database

WORDS = Vocabulary(
    (Word("村里的路", Sense.SAYING, "农村公路"), Word("灯光工程", Sense.TOPIC, "")), pairs=frozenset({"路灯"})
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("村里的路谁管", ["村里的路"]),
        ("村里的路", ["村里的路"]),
        ("村里的路灯谁管", []),
        ("村理的路灯谁管", []),
        ("村里的路灯光工程谁管", ["村里的路", "灯光工程"]),
    ],
)
def test_wording_that_ends_within_a_word_is_not_found(text: str, found: list[str]) -> None:
    cells = cells_of(text, pinyin={})
    assert sorted({one.text for one in WORDS.matches(cells, slips=False)}, key=text.find) == found


@pytest.mark.parametrize("asked", ["村里的路灯谁负责", "我们村里的路灯归谁管", "村里的路灯是哪个单位牵头"])
def test_street_lamps_are_no_roads(question_service: QuestionService, asked: str) -> None:
    answered = question_service.ask(asked, memory="", asker=Asker(date(2023, 3, 1), None)).answer
    assert not [one for one in answered.heard if "路" in one.meant]


def test_roads_are_roads_still(question_service: QuestionService) -> None:
    answered = question_service.ask("村里的路谁负责", memory="", asker=Asker(date(2023, 3, 1), None)).answer
    assert "3.2" in str(answered.about.tasks)


def test_in_chat_too(database: Database, question_service: QuestionService) -> None:
    chat = Chat(ReminderHarness(database, question_service, date(2023, 3, 22)))
    assert "农村路" not in chat.say(SCIENCE, "村里的路灯谁负责").text
    assert "农村路" in chat.say(SCIENCE, "村里的路谁负责").text
