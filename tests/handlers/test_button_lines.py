"""The lines behind buttons hold codes: those of 0.1, which held words, do what they did."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from reminder_chat import Chat, Shown
from reminder_harness import SCIENCE, ReminderHarness
from structlog.testing import capture_logs

from handlers.chat import texts_old_lines as old
from handlers.chat.old_lines import current
from handlers.routing.commands import is_known
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from storage.database import Database
from storage.dialogs import open_turn

WRITTEN: dict[str, str] = yaml.safe_load(
    (Path(__file__).parents[1] / "databases" / "0.1.0" / "lines.yaml").read_text(encoding="utf-8")
)
"""What 0.1 wrote into buttons and turns, each shape once; and what is written today."""


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, date(2023, 3, 17)))


def tap(chat: Chat, person: int, line: str, *, version: int) -> Shown:
    """A button as a turn of that version of the callback data keeps it."""
    with chat.harness.database.write() as session:
        turn = open_turn(
            session,
            chat_id=person,
            person_id=person,
            message_id=None,
            question="",
            memory_before="",
            buttons=[line],
            now=machine_now(),
        )
    return chat.tap_data(person, f"{version}:{turn}:0")


@pytest.mark.parametrize(("line", "today"), WRITTEN.items(), ids=WRITTEN)
def test_a_line_of_the_version_before_is_read_as_it_is_written_today(line: str, today: str) -> None:
    assert current(line) == today
    assert is_known(today)


def test_every_old_word_stands_in_a_line_that_was_written() -> None:
    words = [word for place in old.PLACES for word in place.words]
    assert [word for word in words if not any(word in line for line in WRITTEN)] == []


@pytest.mark.parametrize("line", ["/report #1.1 postpone", "/report guess 5.2", "/pending shelve 1", "/teleport 3"])
def test_a_line_of_a_version_to_come_is_said_to_be_unknown_and_logged_without_its_words(chat: Chat, line: str) -> None:
    chat.say(SCIENCE, "5G基站建成620个")
    with capture_logs() as logs:
        assert tap(chat, SCIENCE, line, version=2).toast == "这个按钮已失效，请重新发一次"
    assert [log["event"] for log in logs] == ["a button with an unknown line was tapped"]
    assert "postpone" not in str(logs)


def test_a_card_of_the_version_before_is_confirmed(chat: Chat) -> None:
    chat.say(SCIENCE, "5G基站建成620个")
    assert tap(chat, SCIENCE, "/report #1.1 确认", version=1).head.startswith("已记录。5.2 5G基站 620 个")
