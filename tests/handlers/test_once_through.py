"""A message goes through once: cleaned once, read once each way, with few statements."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, SCIENCE, ReminderHarness
from sql_statements import statements

from handlers.services.question_service import QuestionService
from knowledge.language.normalize import cleaned_as_cased
from knowledge.questions.understand.pipeline import read
from knowledge.reports.reader import UpdateReader
from storage.database import Database

VISITOR = 510001
QUESTION = "5G基站谁负责"


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    harness = ReminderHarness(database, question_service, date(2023, 3, 17))
    harness.report(SCIENCE, "市科经局", BASE_STATION, 590, date(2023, 3, 1))
    return Chat(harness)


def asked(chat: Chat, person: int, text: str) -> int:
    """How many statements it takes; that a transaction begins is none."""
    with statements() as said:
        assert chat.say(person, text).head.startswith("5G基站：首列市科经局")
    return sum(not statement.startswith("BEGIN") for statement in said.statements)


def test_a_visitors_question_takes_at_most_six_statements(chat: Chat) -> None:
    assert asked(chat, VISITOR, QUESTION) <= 6
    assert asked(chat, VISITOR, QUESTION) <= 4, "the chat and the person were seen just now"


def test_a_liaisons_question_takes_at_most_ten_statements(chat: Chat) -> None:
    assert asked(chat, SCIENCE, QUESTION) <= 10
    assert asked(chat, SCIENCE, QUESTION) <= 8, "the standing is known, and the chat was seen just now"


@dataclass
class Work:
    """What was cleaned, and as what the message was read."""

    cleaned: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def convert(self, text: str) -> str:
        self.cleaned.append(text)
        return text

    def counted(self, name: str, read: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*arguments: Any, **named: Any) -> Any:
            self.read.append(name)
            return read(*arguments, **named)

        return counting


@pytest.fixture
def work(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> Work:
    """Of what is said from now on, in simplified characters; what is made once is made already."""
    for person in (VISITOR, SCIENCE):
        chat.say(person, QUESTION)
        chat.say(person, f"{QUESTION},目标是多少")
    cleaned_as_cased.cache_clear()
    done = Work()
    monkeypatch.setattr("knowledge.language.normalize._to_simplified", lambda: done)
    monkeypatch.setattr(UpdateReader, "read", done.counted("report", UpdateReader.read))
    monkeypatch.setattr("handlers.services.question_service.read", done.counted("question", read))
    return done


@pytest.mark.both
@pytest.mark.parametrize("migrated", ["sqlite"], indirect=True)
@pytest.mark.parametrize("person", [VISITOR, SCIENCE])
def test_a_question_is_cleaned_once_and_read_once_each_way(chat: Chat, work: Work, person: int) -> None:
    chat.say(person, "5G基站谁负责,目标是多少")
    assert work.cleaned == ["5G基站谁负责,目标是多少", "5G基站谁负责", "目标是多少"], "reports are read by clauses"
    assert work.read == ["report", "question"]


@pytest.mark.both
@pytest.mark.parametrize("migrated", ["sqlite"], indirect=True)
def test_a_report_is_read_once_and_as_no_question(chat: Chat, work: Work) -> None:
    assert chat.say(SCIENCE, "5G基站建成620个").head == "请确认：5.2 5G基站"
    assert work.cleaned == ["5G基站建成620个"]
    assert work.read == ["report"]
