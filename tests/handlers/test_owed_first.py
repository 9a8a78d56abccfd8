"""报进展 without a figure: what is owed comes first, one tap from its prompt; the rest stands behind 其他任务."""

from datetime import date

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, HEAD, SCIENCE, SUPERVISOR, ReminderHarness

from handlers.services.question_service import QuestionService
from storage.database import Database

TODAY = date(2023, 3, 22)
GROWN, RENEWED = ("1.1", "新增高新技术企业"), ("1.1", "技改项目")


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, TODAY))


def test_what_is_owed_comes_first_and_is_one_tap_from_its_prompt(chat: Chat) -> None:
    chat.harness.own("市科经局", BASE_STATION, GROWN, RENEWED)
    chat.confirm(SCIENCE, "技改项目15个")
    page = chat.say(SCIENCE, "报进展")
    assert page.head == "市科经局：本期要报 3 项，还有 2 项未报，3月25日截止。"
    assert "技改项目" not in page.text
    assert page.labels[-2:] == ["其他任务", "2 项都无变化"]
    number = next(line.split()[0] for line in page.text.splitlines() if "5G基站" in line)
    label = next(one for one in page.labels if one.split()[0] == number)
    assert chat.tap(SCIENCE, page, label).head.startswith("5.2 5G基站：请发本次的数")
    assert "请确认" in chat.say(SCIENCE, "620").head


def test_what_was_sent_back_comes_after_what_was_never_reported(chat: Chat) -> None:
    chat.harness.own("市科经局", BASE_STATION, GROWN)
    chat.confirm(SCIENCE, "新增高新技术企业3家")
    chat.tap(SUPERVISOR, chat.say(SUPERVISOR, "/return 1 口径不对"), "确认退回")
    rows = chat.say(SCIENCE, "/report").text.splitlines()[1:3]
    assert [row.split(" ", 1)[1].split(" · ")[0] for row in rows] == ["5.2 5G基站", "1.1 新增高新技术企业"]
    assert "被退回：口径不对" in rows[1]


def test_what_was_sent_back_is_there_though_nobody_owes_it(chat: Chat) -> None:
    chat.confirm(SCIENCE, "5G基站建成62个")
    chat.tap(SUPERVISOR, chat.say(SUPERVISOR, "/return 1 口径不对"), "确认退回")
    page = chat.say(SCIENCE, "报进展")
    assert page.head == "市科经局：被退回、还没有重报的 1 项。"
    assert "5.2 5G基站 · 被退回：口径不对" in page.text
    assert chat.tap(SCIENCE, page, page.labels[0]).head.startswith("5.2 5G基站：请发本次的数")


def test_the_other_tasks_are_a_tap_away_and_come_at_once_where_nothing_is_owed(chat: Chat) -> None:
    assert chat.say(SCIENCE, "报进展").head.startswith("市科经局：16 项任务")
    chat.harness.own("市科经局", BASE_STATION)
    others = chat.tap(SCIENCE, chat.say(SCIENCE, "报进展"), "其他任务")
    assert others.head.startswith("市科经局：16 项任务")
    assert "更多任务" in others.labels


def test_more_than_a_page_of_what_is_owed_is_turned(chat: Chat, question_service: QuestionService) -> None:
    own = [one for _, one in question_service.library.targets if one.task in {"1.1", "5.2"}]
    chat.harness.own("市科经局", *((one.task, one.name) for one in own))
    page = chat.say(SCIENCE, "报进展")
    assert len(page.labels) <= 7
    assert "下一页" in page.labels
    assert chat.tap(SCIENCE, page, "下一页").text != page.text


def test_what_goes_on_without_a_name_is_of_the_only_thing_owed(chat: Chat) -> None:
    chat.harness.own("市科经局", BASE_STATION)
    card = chat.say(SCIENCE, "又多了20个")
    assert card.head.startswith("请确认：5.2 5G基站")


def test_what_goes_on_without_a_name_is_asked_back_with_what_is_owed_first(chat: Chat) -> None:
    chat.harness.own("市科经局", BASE_STATION, GROWN, RENEWED)
    page = chat.say(SCIENCE, "到昨天为止又多立了20根")
    assert page.head.startswith("报的是哪一项？")
    assert {"5.2 5G基站", "1.1 新增高新技术企业", "1.1 技改项目"} == {*page.labels[:3]}
    assert chat.tap(SCIENCE, page, "5.2 5G基站").head.startswith("请确认：5.2 5G基站")


def test_of_what_was_reported_and_asked_about_lately_neither_is_taken(chat: Chat) -> None:
    chat.confirm(SCIENCE, "5G基站建成602个")
    assert chat.say(SCIENCE, "又多了20个").head.startswith("请确认：5.2 5G基站")
    chat.say(SCIENCE, "取消")
    chat.say(SCIENCE, "技改项目目标多少")
    page = chat.say(SCIENCE, "又多了2个")
    assert page.head.startswith("报的是哪一项？")
    assert page.labels[:2] == ["5.2 5G基站", "1.1 技改项目"]


def test_a_head_count_of_what_is_to_double_is_kept_though_no_base_is_known(chat: Chat) -> None:
    chat.harness.own("市科经局", ("1.3", "旅游接待人数"))
    card = chat.say(SCIENCE, "旅游接待人数58万人次")
    assert card.text.splitlines()[:4] == [
        "请确认：1.3 旅游接待人数",
        "从未报过 → 本次 58 万人次",
        "目标 2倍",
        "基期未明确，先按万人次记，不算完成率。",
    ]
    assert "注意" not in card.text
    chat.tap(SCIENCE, card, "确认")
    assert "未报" not in chat.say(SCIENCE, "这个月要报什么").head
    assert "基期未明确" in chat.say(SCIENCE, "旅游接待人数进展怎么样").text
    mended = chat.say(SCIENCE, "哎呀手滑 是85万不是58")
    assert mended.text.splitlines()[1] == "上次 58 万人次（3月22日） → 本次 85 万人次（+27）"


def test_what_is_likely_a_report_of_nothing_is_of_what_is_owed(chat: Chat) -> None:
    chat.harness.own("市科经局", ("1.3", "旅游接待人数"), ("1.3", "旅游收入"))
    page = chat.say(SCIENCE, "那先报个1到2月来了58万人")
    assert page.labels[0] == "1.3 旅游接待人数"
    assert "本次 58 万人次" in chat.tap(SCIENCE, page, "1.3 旅游接待人数").text


def test_how_the_own_unit_stands_names_its_open_problems(chat: Chat) -> None:
    assert "困难问题" not in chat.say(SCIENCE, "我们局进展怎么样").text
    chat.confirm(SCIENCE, "五洲特纸征地受阻，需市自规局协调")
    for person in (SCIENCE, HEAD):
        assert "困难问题 1 条：5.3 五洲特纸" in chat.say(person, "我们局进展怎么样").text
