"""/period and /meeting over the Bot API: shown first, set, undone, seen at once in lights; who else is turned away."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from bot_harness import GROUP, Talk, confirmed, labels, press
from office_harness import OFFICE, SCIENCE, SUPERVISOR, number_of, office_at_work, talk

from handlers.services.question_service import QuestionService
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reports.model import UpdateKind
from knowledge.standing.report import Status
from storage import audit
from storage.database import Database
from storage.plan_settings import MeetingTime, PlanPeriod, meetings_of, period_of
from storage.reports import NewReport, add_report
from storage.schedule import rows_of

PLAN = "wuxue-2021-26"
NAME = "新增高新技术企业"


@pytest.fixture
async def office(database: Database, question_service: QuestionService) -> AsyncIterator[Talk]:
    """On Wednesday 2023-03-01."""
    async with office_at_work(database, question_service) as chat:
        yield chat


def period(database: Database) -> PlanPeriod | None:
    with database.read() as session:
        return period_of(session, PLAN)


def meetings(database: Database) -> list[MeetingTime]:
    with database.read() as session:
        return [one.when for one in meetings_of(session, PLAN, date.min)]


def noted(database: Database, action: str) -> list[dict[str, object]]:
    with database.read() as session:
        return [one.detail for one in audit.read(session) if one.action == action]


@pytest.mark.parametrize(
    "command", ["/period", "/period 确认 2021-12-31至2024-12-31", "/meeting", "/meeting 确认 2023-04-14"]
)
async def test_only_the_office_sets_the_plans_time(office: Talk, database: Database, command: str) -> None:
    for person in (SCIENCE, SUPERVISOR):
        assert (await talk(office, person).ask(command))["text"].startswith("只有办公室可以")
    name, _, rest = command.partition(" ")
    group = Talk(office.site, office.events, person=OFFICE, chat=GROUP)
    assert "私聊" in (await group.ask(f"{name}@{office.site.world.cast.bot_username} {rest}"))["text"]
    assert (period(database), meetings(database)) == (None, [])


async def test_the_period_is_seen_in_lights_at_once_and_can_be_taken_back(office: Talk, database: Database) -> None:
    new = NewReport(
        subject=EntryKey(EntryKind.TARGET, NAME, PLAN, "1.1"),
        unit="市科经局",
        kind=UpdateKind.READING,
        value=Decimal(12),
        said="新增高新技术企业12家",
        as_of=date(2023, 2, 28),
        author=number_of(database, SCIENCE),
        status=Status.ACCEPTED,
    )
    with database.write() as session:
        add_report(session, new, now=datetime.now(UTC))
    assert "2023-12-31（方案未写期限，默认按方案期）" in (await office.ask("高新技术企业进展怎么样"))["text"]
    menu = await office.ask("/period")
    assert menu["text"].startswith("方案期：没有设定，评灯暂按 2021-12-31 至 2023-12-31")
    assert "方案没有写期限的 28 个目标" in menu["text"]
    assert labels(menu) == ["设方案期"]
    assert (await press(office, menu, "设方案期"))["text"].startswith("请发方案期的开始日和结束日")
    shown = await office.ask("2024年底")
    assert shown["text"].splitlines() == [
        "请确认方案期：2021-12-31 至 2024-12-31",
        "现在：2021-12-31 至 2023-12-31",
        "方案没有写期限的 28 个目标改按 2024-12-31，标“默认”。",
        "方案写明的期限不变。",
    ]
    assert period(database) is None
    done = await press(office, shown, "确认")
    assert done["text"].startswith("方案期已设为 2021-12-31 至 2024-12-31。")
    assert "2024-12-31（方案未写期限，默认按方案期）" in (await office.ask("高新技术企业进展怎么样"))["text"]
    assert (await office.ask("/period"))["text"].startswith("方案期：2021-12-31 至 2024-12-31（办公室设定）")
    assert (await press(office, done, "撤销"))["text"].startswith("办公室设的方案期已清除。")
    assert "2023-12-31（方案未写期限，默认按方案期）" in (await office.ask("高新技术企业进展怎么样"))["text"]
    own = "2021-12-31至2024-12-31"
    assert noted(database, "set_period") == [{"now": own, "was": "清除"}, {"now": "清除", "was": own}]


async def test_a_period_is_cleared_and_an_old_undo_does_nothing(office: Talk, database: Database) -> None:
    first = await press(office, await office.ask("/period 2021-12-31 至 2024-12-31"), "确认")
    second = await office.ask("/period 2022-01-01~2025-12-31")
    assert "序时进度改从 2022-01-01 算起" in second["text"]
    await press(office, second, "确认")
    assert (await press(office, first, "撤销"))["text"].startswith("之后又有人改过")
    clear = await press(office, await office.ask("/period"), "清除")
    assert clear["text"].startswith("请确认：清除办公室设的方案期")
    assert (await press(office, clear, "不改"))["text"] == "没有改动。"
    assert period(database) == PlanPeriod(date(2022, 1, 1), date(2025, 12, 31))
    await press(office, await office.ask("/period 清除"), "确认")
    assert period(database) is None


@pytest.mark.parametrize(
    ("said", "head"),
    [
        ("到时候再说", "没有读懂日期，没有改动。"),
        ("2024-12-31至2021-12-31", "开始日要早于结束日，没有改动。"),
        ("2023-12-31至2024-12-31", "开始日要早于方案写明的最早期限 2023-12-31，没有改动。"),
        ("2021-12-31至2051-12-31", "方案期超过 15 年，没有改动。"),
        ("2021-12-31、2022-12-31、2023-12-31", "没有读懂日期，没有改动。"),
    ],
)
async def test_what_can_be_no_period_says_why(office: Talk, database: Database, said: str, head: str) -> None:
    text = (await office.ask(f"/period {said}"))["text"]
    assert text.splitlines()[0] == head
    assert "例如：2021-12-31 至 2024-12-31" in text
    assert period(database) is None


async def test_a_meeting_is_shown_before_it_is_set_with_its_snapshot_and_called_off_by_undo(
    office: Talk, database: Database
) -> None:
    menu = await office.ask("/meeting")
    assert menu["text"].startswith("月调度会：还没有定会期")
    await press(office, menu, "定会期")
    shown = await office.ask("4月14日（周五）下午3点，B座三楼会议室")
    assert shown["text"].splitlines() == [
        "请确认调度会：4月14日（周五）15:00，B座三楼会议室",
        "调度3月情况；数据快照4月12日（周三）",
    ]
    assert meetings(database) == []
    done = await press(office, shown, "确认")
    assert done["text"].startswith("调度会已定：4月14日（周五）15:00，B座三楼会议室。")
    assert meetings(database) == [MeetingTime(date(2023, 4, 14), time(15), "B座三楼会议室")]
    assert "数据快照4月12日（周三）" in (await office.ask("/meeting"))["text"]
    assert (await press(office, done, "撤销"))["text"].startswith("已取消：4月14日（周五）15:00")
    assert meetings(database) == []
    assert noted(database, "set_meeting") == [{"day": "2023-04-14"}]
    assert noted(database, "cancel_meeting") == [{"day": "2023-04-14"}]


async def test_a_month_has_one_meeting_so_that_another_day_moves_it(office: Talk, database: Database) -> None:
    await press(office, await office.ask("/meeting 4月12日"), "确认")
    await press(office, await office.ask("/meeting 5月12日"), "确认")
    shown = await office.ask("/meeting 4月14日")
    assert "4月已定4月12日（周三），确认后改成这次。" in shown["text"]
    moved = await press(office, shown, "确认")
    assert moved["text"].startswith("调度会改到4月14日（周五）。")
    assert meetings(database) == [MeetingTime(date(2023, 4, 14)), MeetingTime(date(2023, 5, 12))]
    assert (await office.ask("/meeting 4月14日"))["text"].startswith("已经定在4月14日（周五）")
    await press(office, moved, "撤销")
    assert meetings(database) == [MeetingTime(date(2023, 4, 12)), MeetingTime(date(2023, 5, 12))]
    assert noted(database, "set_meeting")[2] == {"day": "2023-04-14", "was": "2023-04-12"}


async def test_a_meeting_is_called_off_and_held_again(office: Talk, database: Database) -> None:
    assert (await office.ask("/meeting 取消"))["text"].startswith("没有可取消的会期")
    await press(office, await office.ask("/meeting 4月12日"), "确认")
    await press(office, await office.ask("/meeting 5月12日"), "确认")
    which = await office.ask("/meeting 取消")
    assert labels(which) == ["4月12日（周三）", "5月12日（周五）"]
    off = await press(office, which, "5月12日（周五）")
    assert off["text"].startswith("已取消：5月12日（周五）的调度会。")
    assert meetings(database) == [MeetingTime(date(2023, 4, 12))]
    await press(office, off, "恢复")
    assert len(meetings(database)) == 2
    assert (await confirmed(office, "/meeting 取消 4月12日"))["text"].startswith("已取消：4月12日（周三）")
    assert (await press(office, await office.ask("/meeting"), "取消5月12日"))["text"].startswith("已取消：5月12日")
    assert meetings(database) == []


async def test_a_month_that_has_another_meeting_by_now_gets_no_second_one_back(
    office: Talk, database: Database
) -> None:
    await press(office, await office.ask("/meeting 4月12日"), "确认")
    off = await confirmed(office, "/meeting 取消")
    await press(office, await office.ask("/meeting 4月17日"), "确认")
    assert (await press(office, off, "恢复"))["text"].startswith("之后又有人改过")
    assert meetings(database) == [MeetingTime(date(2023, 4, 17))]


async def test_january_and_february_are_taken_together(office: Talk) -> None:
    assert "调度1、2月情况（合并）" in (await office.ask("/meeting 3月15日"))["text"]
    assert "1、2月合并调度，会一般开在3月，请核对" in (await office.ask("/meeting 2024-02-20"))["text"]


async def test_a_day_off_and_a_year_that_is_not_known_are_pointed_out(office: Talk) -> None:
    assert "注意：这天不是工作日。" in (await office.ask("/meeting 4月15日"))["text"]
    assert "2027年放假安排还没有" in (await office.ask("/meeting 2027-04-14"))["text"]


@pytest.mark.parametrize(
    ("said", "head"),
    [
        ("看情况", "没有读懂日期，没有改动。"),
        ("2月20日", "2月20日（周一）已经过去，没有改动。"),
        ("4月14日（周四）", "这天是4月14日（周五），和写的不一样，没有改动。"),
        ("4月14日或者4月17日", "一次定一次会，请只发一个日期。没有改动。"),
        ("取消 12月1日", "没有可取消的会期。"),
        ("撤销 99 2023-04-14", "之后又有人改过，不能撤销。"),
        ("恢复 x", "之后又有人改过，不能撤销。"),
    ],
)
async def test_what_can_be_no_meeting_says_why(office: Talk, database: Database, said: str, head: str) -> None:
    assert (await office.ask(f"/meeting {said}"))["text"].splitlines()[0] == head
    assert meetings(database) == []


def scheduled(database: Database) -> dict[tuple[str, str], datetime]:
    """When each rule comes next for each of its subjects."""
    with database.read() as session:
        return {(rule, subject): row.next_due for (_, rule, subject), row in rows_of(session, PLAN).items()}


async def test_what_is_set_moves_the_reminders_at_once_and_back(office: Talk, database: Database) -> None:
    before = scheduled(database)
    period_done = await press(office, await office.ask("/period 2024年底"), "确认")
    gained = {subject for rule, subject in scheduled(database).keys() - before.keys() if rule == "deadline"}
    assert len(gained) == 28
    assert any(NAME in subject for subject in gained)
    await press(office, period_done, "撤销")
    assert scheduled(database) == before
    meeting_done = await press(office, await office.ask("/meeting 4月14日"), "确认")
    (snapshot,) = scheduled(database).keys() - before.keys()
    assert (snapshot[0], scheduled(database)[snapshot].date()) == ("snapshot", date(2023, 4, 12))
    day_off = await press(office, await office.ask("/holidays 4月13日放假"), "确认")
    assert scheduled(database)[snapshot].date() == date(2023, 4, 11)
    await press(office, day_off, "撤销")
    assert scheduled(database)[snapshot].date() == date(2023, 4, 12)
    await press(office, meeting_done, "撤销")
    assert scheduled(database) == before
