"""What an older version remembered of a chat is read: its last question is followed up as one asked now."""

from datetime import date

import pytest

from handlers.services.question_service import Asker, QuestionService
from knowledge.questions.answer import Outcome

ASKER = Asker(date(2023, 3, 1))

PROJECT = (
    "海关武穴监管区由谁负责",
    (
        '{"turns":[{"query":{"want":"units","topic":[{"kind":"named","plan":"wuxue-2021-26","owner":"4.3",'
        '"name":"海关武穴监管区"}]},"units":["市交通局","市商务局","市港航局","市金融办","市发改局","市科经局","城发集团"]}]}'
    ),
)
"""A project was called a named thing, and the task of a key its owner."""
TARGET = (
    "5G基站的目标是多少",
    (
        '{"turns":[{"query":{"want":"targets","topic":[{"kind":"target","plan":"wuxue-2021-26","owner":"5.2",'
        '"name":"5G基站"}]},"tasks":["5.2"]}]}'
    ),
)


@pytest.mark.parametrize(("asked", "before"), [PROJECT, TARGET])
@pytest.mark.parametrize("then", ["那牵头的呢", "什么时候完成", "目标呢"])
def test_a_memory_of_an_older_version_is_followed_up(
    asked: str, before: str, then: str, question_service: QuestionService
) -> None:
    now = question_service.ask(asked, memory="", asker=ASKER).memory
    answer = question_service.ask(then, memory=before, asker=ASKER).answer
    assert answer.outcome is Outcome.ANSWERED
    again = question_service.ask(then, memory=now, asker=ASKER).answer
    assert (answer.about, answer.content) == (again.about, again.content)
