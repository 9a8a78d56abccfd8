"""What a fresh chat offers to be tapped is answered alike in any order: nothing said before bends it."""

from datetime import date
from itertools import permutations

import pytest
from reminder_chat import Chat
from reminder_harness import ReminderHarness

from bot.playground.personas import load_cast
from handlers.home.texts_visitor import visitor_home
from handlers.services.question_service import QuestionService
from storage.database import Database

TODAY = date(2023, 3, 1)
CAST = load_cast()
SAMPLES = {
    person.id: [one for one in CAST.samples[person.role or "private"] if not one.startswith("/")]
    for person in CAST.people.values()
}


@pytest.mark.parametrize("person", SAMPLES)
def test_samples_are_answered_alike_in_any_order(
    person: int, database: Database, question_service: QuestionService
) -> None:
    chat = Chat(ReminderHarness(database, question_service, TODAY))
    offered = [button.question for button in visitor_home(question_service.library).buttons]
    heads = dict[str, str]()
    for first, second in permutations((*SAMPLES[person], *offered), 2):
        for said in (first, second):
            head = chat.say(person, said).head
            assert "没有读懂" not in head
            assert "没有提到" not in head
            assert heads.setdefault(said, head) == head, (first, second)
