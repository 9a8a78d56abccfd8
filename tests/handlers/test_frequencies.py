"""How often figures are due is set for many targets at once: shown first, one tap, told, taken back."""

from collections import Counter
from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, OFFICE, PLAN, SCIENCE, ReminderHarness

from handlers.services.question_service import QuestionService
from knowledge.plan.model import Frequency
from storage.cards import cards_of
from storage.database import Database

TECHNOLOGY = ("1.1", "新增高新技术企业")
CAMPUS = ("5.2", "数字校园覆盖率")


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    chat = Chat(ReminderHarness(database, question_service, date(2023, 3, 1)))
    chat.harness.own("市科经局", BASE_STATION, TECHNOLOGY)
    chat.harness.own("市教育局", CAMPUS)
    return chat


def frequencies(chat: Chat) -> Counter[Frequency | None]:
    with chat.harness.database.read() as session:
        held = cards_of(session, PLAN)
    return Counter(held.of(one).frequency for own, one in chat.harness.question_service.library.targets if own == PLAN)


def test_a_units_targets_are_changed_by_one_tap_and_changed_back(chat: Chat) -> None:
    card = chat.say(OFFICE, "科经局的指标都按月报")
    assert card.head == "确认修改吗？2 个目标改为每月报"
    assert "5.2 5G基站：没有定 → 每月" in card.text
    assert "数字校园" not in card.text
    assert frequencies(chat)[Frequency.MONTHLY] == 0
    done = chat.tap(OFFICE, card, "确认")
    assert done.head == "已改：2 个目标每月报"
    assert frequencies(chat)[Frequency.MONTHLY] == 2
    assert chat.told(SCIENCE)[-1].head == "办公室改了 2 个目标多久报一次"
    assert chat.tap(OFFICE, done, "撤销").head == "已撤销：2 个目标的报送频次改回去了"
    assert frequencies(chat)[Frequency.MONTHLY] == 0


def test_all_targets_are_changed_together(chat: Chat) -> None:
    card = chat.say(OFFICE, "所有指标按季度报")
    assert card.head == "确认修改吗？55 个目标改为每季报"
    assert "其中 3 个要数，52 个没有主责、先不要数。" in card.text
    chat.tap(OFFICE, card, "确认")
    assert frequencies(chat) == {Frequency.QUARTERLY: 55}
    assert chat.say(OFFICE, "所有指标按季度报").head == "这 55 个目标已经都是每季，不用改。"


def test_of_one_target_its_card_is_changed(chat: Chat) -> None:
    assert chat.say(OFFICE, "数字校园按季度报").head == "确认修改吗？5.2 数字校园覆盖率：频次"


def test_a_card_that_was_changed_meanwhile_shows_the_frequencies_again(chat: Chat) -> None:
    card = chat.say(OFFICE, "所有指标按月报")
    chat.confirm(OFFICE, "5G基站改成按季度报")
    assert chat.tap(OFFICE, card, "确认").head == "确认修改吗？55 个目标改为每月报"
    assert frequencies(chat)[Frequency.MONTHLY] == 0


def test_the_field_may_be_named_with_the_unit(chat: Chat) -> None:
    card = chat.say(OFFICE, "把科经局负责的指标的报送频次调整为按季度")
    assert card.head == "确认修改吗？2 个目标改为每季报"


def test_a_unit_without_targets_has_nothing_to_change(chat: Chat) -> None:
    assert chat.say(OFFICE, "交通局的指标都按月报").head == "没有主责是市交通局的目标，没有改。"


def test_a_liaison_sets_no_frequency(chat: Chat) -> None:
    chat.say(SCIENCE, "所有指标按月报")
    assert frequencies(chat) == {None: 55}


def test_the_setup_list_leads_to_the_frequencies(chat: Chat) -> None:
    page = chat.tap(OFFICE, chat.say(OFFICE, "设置清单"), "报送频次")
    assert page.head == "报送频次：55 个目标，定了 0 个"
    assert chat.tap(OFFICE, page, "所有目标每月报").head == "确认修改吗？55 个目标改为每月报"
