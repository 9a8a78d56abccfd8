"""A short version of the fuzzing in `make soak`, and every input that it has found."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from folders import TESTS
from fuzz import chat, doors
from fuzz.doors import Exam, Json
from fuzz.registers import register
from fuzz.run import examine
from fuzz.shapes import Answer, wrong_in_answer

from benchmarks.corpus import load_yaml
from handlers.services.question_service import QuestionService
from storage.database import Database

KEPT: dict[str, list[Any]] = load_yaml(TESTS / "fuzz" / "seeds.yaml")


def test_what_broke_asking_once_is_answered() -> None:
    exam = Exam("ask")
    doors.ask(exam, KEPT["ask"])
    assert exam.findings == []
    assert exam.asked >= len(KEPT["ask"])


def test_what_broke_reading_a_report_once_is_read() -> None:
    exam = Exam("parse-update")
    doors.parse(exam, KEPT["parse-update"])
    assert exam.findings == []
    assert exam.asked >= len(KEPT["parse-update"])


def test_what_broke_reading_a_register_once_is_refused_or_read() -> None:
    exam = Exam("check-plan")
    doors.check(exam, KEPT["check-plan"])
    assert exam.findings == []


@pytest.mark.parametrize(("door", "count"), [("ask", 250), ("parse-update", 250), ("check-plan", 60)])
def test_what_nobody_would_write_breaks_no_door(door: str, count: int) -> None:
    exam = examine(door, count, seed=1, limit=None)
    assert exam.findings == []
    assert exam.asked >= count


async def test_what_nobody_would_write_is_answered_in_chats(
    database: Database, question_service: QuestionService, tmp_path: Path
) -> None:
    exam = Exam("chat")
    async with chat.room(database, question_service, tmp_path, seed=1) as room:
        await chat.chat(exam, [*KEPT["chat"], *chat.sentences(room.chance, 60)], room)
    assert exam.findings == []
    assert exam.asked >= 60


async def test_of_every_file_its_sender_hears_what_became_of_it(
    database: Database, question_service: QuestionService, tmp_path: Path
) -> None:
    exam = Exam("documents")
    async with chat.room(database, question_service, tmp_path, seed=1) as room:
        await chat.evidence(exam, chat.documents(room.chance, 25), room)
    assert exam.findings == []
    assert exam.asked == 25


def test_the_same_seed_makes_the_same_inputs() -> None:
    def made() -> list[Any]:
        chance = Random(5)  # noqa: S311 - no secret
        return [*doors.questions(chance, 20), *doors.messages(chance, 20), register(chance), *chat.documents(chance, 5)]

    assert made() == made()


def test_a_broken_door_is_found() -> None:
    def answer(**more: Any) -> Json:
        about: Json = {"units": [], "tasks": [], "clauses": []}
        said: Json = {"question": "x", "outcome": "declined", "about": about, "answer": {}, "choices": [], "text": "x"}
        return {**said, "ms": 1, **more}

    assert wrong_in_answer(Answer.model_validate(answer())) is None
    assert wrong_in_answer(Answer.model_validate(answer(answer={"count": 1})))
    with pytest.raises(ValueError, match="outcome"):
        Answer.model_validate(answer(outcome="perhaps"))
    with pytest.raises(ValueError, match="extra"):
        Answer.model_validate(answer(more=1))
