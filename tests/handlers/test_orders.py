"""The orders of the house: what is none of them, and what is said of them in a group."""

from datetime import date
from time import process_time

import pytest
from reminder_chat import GROUP, Chat
from reminder_harness import SCIENCE, SUPERVISOR, ReminderHarness

from bot.commands.explain import typed_by
from handlers.broadcast import announcement_requests
from handlers.routing import texts_intents as names
from handlers.routing import texts_orders
from handlers.routing.decision import decide
from handlers.routing.intents import TABLE
from handlers.routing.orders import ORDERS
from handlers.services.question_service import QuestionService
from knowledge.language.pattern import Sign
from storage.database import Database

TODAY = date(2023, 3, 22)
OTHERS = [
    *((name, other) for name, one in vars(texts_orders).items() if isinstance(one, Sign) for other in one.others),
    *(("ANNOUNCE", other) for other in announcement_requests.OTHERS),
]


@pytest.mark.parametrize(("name", "said"), OTHERS)
def test_what_is_no_order_is_taken_for_something_else(name: str, said: str, question_service: QuestionService) -> None:
    decisions = decide(typed_by("市科经局", said, question_service, TODAY), TABLE)
    assert getattr(names, name, None) not in {one.winner.name for one in decisions}


@pytest.mark.parametrize("said", ["这个月要报什么", "交通局报了吗"])
def test_what_a_unit_owes_is_not_for_a_group(said: str, database: Database, question_service: QuestionService) -> None:
    chat = Chat(ReminderHarness(database, question_service, TODAY))
    assert chat.say(SCIENCE, f"@duban_bot {said}", chat=GROUP).head.startswith("群里只答公开方案")


@pytest.mark.parametrize("said", ["落后的排个队甩群里 让他们脸红", "把没报的几家排个名发到群里"])
def test_nobody_is_ranked_in_a_group(said: str, database: Database, question_service: QuestionService) -> None:
    shown = Chat(ReminderHarness(database, question_service, TODAY)).say(SUPERVISOR, said)
    assert shown.head == "不在群里点名、排名。"
    assert "哪些任务是红灯" in shown.labels


PATIENCE = 10.0
REPEATED = ("看", "刚", "我要", "请帮我", "这个月", "报", "都", "的", "了", "催", "请假", "通知各单位")


@pytest.mark.parametrize("word", REPEATED)
def test_a_message_of_one_word_over_and_over_is_read_at_once(word: str, question_service: QuestionService) -> None:
    """A pattern that can part it in many ways would never end."""
    said = typed_by("办公室", word * (1500 // len(word)), question_service, TODAY)
    begun = process_time()
    for order in ORDERS:
        order.line(said)
    assert process_time() - begun < PATIENCE
