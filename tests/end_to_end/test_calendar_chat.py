"""The office looks ahead: /calendar and /preview over the Bot API."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time

import pytest
from bot_harness import GROUP, Json, Talk, confirmed, labels, press
from office_harness import OFFICE, SCIENCE, SUPERVISOR, number_of, office_at_work, talk
from sqlalchemy import select

from handlers.access.service import CLOSED
from handlers.services.clock import PLAN_ZONE
from handlers.services.question_service import QuestionService
from knowledge.language.dates.state_calendar import is_arranged
from storage.database import Database
from storage.outbox import OutboxKind, OutboxRow
from storage.personal_reminders import add_personal

PLAN = "wuxue-2021-26"
HOLDS = "按现在的人员、指标卡和数据推算"


@pytest.fixture
async def office(database: Database, question_service: QuestionService) -> AsyncIterator[Talk]:
    async with office_at_work(database, question_service) as chat:
        yield chat


async def own(office: Talk, *targets: str) -> None:
    """市科经局 is confirmed as their owner."""
    for target in targets:
        assert "→ 市科经局" in (await confirmed(office, f"/card {target} 主责 市科经局 武政办发〔2023〕3号"))["text"]


async def all_pages(chat: Talk, message: Json) -> str:
    text = str(message["text"])
    while "下一页" in labels(message):
        assert await chat.tap(message, "下一页") == ""
        message = await chat.heard()
        text += "\n" + str(message["text"])
    return text


async def test_the_calendar_lists_the_messages_of_four_weeks_by_day(office: Talk) -> None:
    await own(office, "5.2 5G基站", "1.1 新增高新技术企业")
    said = await office.ask("/calendar")
    lines = (await all_pages(office, said)).split("\n")
    assert lines[0].startswith("3月1日至3月28日：")
    assert "条" in lines[0]
    # the 25th is a Saturday: told on the Friday before it
    assert "3月24日（周五） 1 条，1 人：报送截止 1（原定3月25日）" in lines
    assert any(line.startswith("3月20日（周一） ") and "报送开始 1" in line for line in lines)
    last = re.match(r".+?日", [line for line in lines if "（周" in line][-1])
    assert last is not None
    assert any(line.startswith(HOLDS) and line.endswith(f"看某一天发“/calendar {last[0]}”。") for line in lines)
    assert len(labels(said)) <= 7  # six, and the row that turns pages
    assert {"后 4 周", "预览"} <= set(labels(said))


async def test_a_day_says_who_gets_what_and_a_preview_is_the_very_text(office: Talk, database: Database) -> None:
    await own(office, "5.2 5G基站")
    day = await office.ask("/calendar 3月24日")
    assert day["text"].split("\n")[:2] == [
        "3月24日（周五）：1 条，发给 1 人",
        f"9:00 汇总 市科经局 市科经局联络员（人员{number_of(database, SCIENCE)}）：报送截止 1 项（原定3月25日）",
    ]
    shown = await press(office, day, "预览 市科经局")
    assert shown["text"].startswith("预览（没有发出）：发给市科经局 市科经局联络员")
    assert (
        "市科经局，2023-03-24（周五），1 件事\n3月报送3月25日截止，还有 1 个目标未报\n"
        " 3月20日提醒以后没有变化\n 5.2 5G基站 · 从未报过\n"
    ) in shown["text"]
    assert "按钮：现在填报、本期无变化、稍后提醒、收到" in shown["text"]
    assert labels(shown) == ["这一天", "看日历"]
    with database.read() as session:
        kinds = set(session.scalars(select(OutboxRow.kind)))
    assert kinds <= {OutboxKind.NOTICE}  # of the card's change: a preview is sent to nobody


async def test_a_long_message_is_previewed_whole(office: Talk, question_service: QuestionService) -> None:
    await own(office, *(f"{one.task} {one.name}" for _, one in question_service.library.targets if one.task == "3.1"))
    shown = await office.ask("/preview 报送开始")
    assert " 另有 3 项\n" in shown["text"]
    assert "按钮：现在填报、都无变化、稍后提醒、收到" in shown["text"]


async def test_a_rule_is_previewed_by_its_first_message_or_by_its_example(office: Talk) -> None:
    asked = await office.ask("/preview")
    assert "待确认主责清单" in labels(asked)
    assert "发给办公室 领导小组办公室" in (await office.ask("月调度会期未定"))["text"]
    nothing = await office.ask("/preview 逾期提醒")
    assert nothing["text"].startswith("到2023-05-31没有“逾期提醒”要发。\n消息样例：\n1 个目标已逾期 8 天")
    assert (await office.ask("/preview 红包"))["text"].startswith("没有读懂“红包”。")
    assert (await office.ask("/preview 3月24日 人员999"))["text"] == "2023-03-24没有发给这个人的消息。"


async def test_nobody_reads_what_somebody_wrote_for_themselves(office: Talk, database: Database) -> None:
    member = number_of(database, SCIENCE)
    with database.write() as session:
        at = datetime.combine(date(2023, 3, 9), time(15), tzinfo=PLAN_ZONE)
        add_personal(session, plan=PLAN, member=member, words="给老王带药", at=at, now=datetime.now(UTC))
    day = await office.ask("/calendar 3月9日")
    assert f"15:00 自设 市科经局 市科经局联络员（人员{member}）：自设提醒 1 项" in day["text"]
    shown = await press(office, day, "预览 市科经局")
    assert "自设：内容由本人写，只给本人看" in shown["text"]
    assert "老王" not in shown["text"]
    assert (await office.ask("/preview 自设提醒"))["text"].startswith("内容由本人写，只给本人看。")


async def test_weeks_and_days_are_typed_in_many_ways(office: Talk) -> None:
    assert (await office.ask("/calendar 8周"))["text"].startswith("3月1日至4月25日：")
    assert (await office.ask("/calendar 两周"))["text"].startswith("3月1日至3月14日：")
    ahead = await press(office, await office.ask("/calendar 2周"), "后 2 周")
    assert ahead["text"].startswith("3月15日至3月28日：")
    assert (await office.ask("/calendar 下周一"))["text"].startswith("3月6日（周一）：")
    assert (await office.ask("/calendar 3月5日"))["text"].startswith("3月5日（周日）没有要发的消息。")
    for far in (
        "/calendar 99周",
        "/calendar 0周",
        "/calendar 2月1日",
        "/calendar 2024-03-01",
        "/calendar 4周 自2023-02-01",
    ):
        assert (await office.ask(far))["text"].startswith("只看得到今天到 2023-05-31，一次最多 12 周。")
    assert (await office.ask("/calendar 全部"))["text"].startswith("没有读懂“全部”。")


async def test_a_year_without_an_arrangement_is_warned_of(
    database: Database, question_service: QuestionService
) -> None:
    year = last_known_year() + 1
    async with office_at_work(database, question_service, today=date(year - 1, 12, 20)) as office:
        warning = f"注意：{year}年放假安排还没有，暂按周一至周五算工作日"
        assert warning in (await office.ask("/calendar"))["text"]
        assert warning not in (await office.ask("/calendar 1周"))["text"]


async def test_only_the_office_looks_ahead_and_never_in_a_group(office: Talk) -> None:
    for person in (SCIENCE, SUPERVISOR):
        for command in ("/calendar", "/preview", "/rules"):
            said = (await talk(office, person).ask(command))["text"]
            assert said == "只有办公室可以设置期限、规则和日历，您目前没有这个角色。"
    group = Talk(office.site, office.events, person=OFFICE, chat=GROUP)
    name = office.site.world.cast.bot_username
    assert (await group.ask(f"/calendar@{name}"))["text"].startswith("群里只答公开方案，这件事请私聊我。\nhttp")


async def test_a_public_service_has_no_calendar(database: Database, question_service: QuestionService) -> None:
    async with office_at_work(database, question_service, service=CLOSED) as office:
        for command in ("/calendar", "/preview", "/rules"):
            assert (await office.ask(command))["text"].startswith("本服务目前只回答公开方案的问题")


def last_known_year() -> int:
    return next(year for year in range(2020, 2100) if not is_arranged(year + 1) and is_arranged(year))
