"""/holidays over the Bot API: shown, previewed, set, undone; a notice pasted whole; what cannot be read says why."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from bot_harness import GROUP, Talk, labels, press
from holiday_notices import OF_2026
from office_harness import OFFICE, SCIENCE, SUPERVISOR, office_at_work, talk

from handlers.services.question_service import QuestionService
from storage import audit
from storage.database import Database
from storage.holidays import OfficeDay, office_days, workdays_of

NOT_KNOWN = "2027年放假安排还没有，暂按周一至周五算工作日"


@pytest.fixture
async def office(database: Database, question_service: QuestionService) -> AsyncIterator[Talk]:
    async with office_at_work(database, question_service) as chat:
        yield chat


@pytest.fixture
async def late_2026(database: Database, question_service: QuestionService) -> AsyncIterator[Talk]:
    """The office on 2026-11-23, when the next year's notice is not out yet."""
    async with office_at_work(database, question_service, today=date(2026, 11, 23)) as chat:
        yield chat


def held(database: Database) -> dict[date, OfficeDay]:
    with database.read() as session:
        return office_days(session)


async def test_the_years_arrangement_is_shown_by_holiday(office: Talk) -> None:
    text = (await office.ask("/holidays"))["text"]
    assert text.splitlines()[0] == "放假和调休：2023年、2024年"
    assert " 春节：1月21日至27日放假；1月28日至29日上班" in text
    assert " 国庆节：9月30日至10月6日放假；10月7日至8日上班" in text


async def test_only_the_office_sets_days_and_not_in_a_group(office: Talk, database: Database) -> None:
    for person in (SCIENCE, SUPERVISOR):
        for said in ("/holidays", "/holidays 10月9日放假", "/holidays 确认 2023-10-09放假"):
            assert (await talk(office, person).ask(said))["text"].startswith("只有办公室可以")
    group = Talk(office.site, office.events, person=OFFICE, chat=GROUP)
    assert "私聊" in (await group.ask(f"/holidays@{office.site.world.cast.bot_username} 10月9日放假"))["text"]
    assert held(database) == {}


async def test_a_year_that_is_not_known_is_warned_of(late_2026: Talk) -> None:
    text = (await late_2026.ask("/holidays"))["text"]
    while "下一页" in labels(late_2026.messages()[-1]):
        text += (await press(late_2026, late_2026.messages()[-1], "下一页"))["text"]
    assert f"注意：{NOT_KNOWN}。" in text


async def test_days_are_shown_before_they_are_set_and_can_be_taken_back(office: Talk, database: Database) -> None:
    menu = await office.ask("/holidays")
    assert (await press(office, menu, "设几天"))["text"].startswith("请发要设的日子")
    shown = await office.ask("10月9日-10日 放假，10月14日 上班")
    assert shown["text"].splitlines()[:3] == [
        "请确认：放假 2 天、上班 1 天",
        "2023年10月9日（周一）至10日（周二）放假",
        "2023年10月14日（周六）上班",
    ]
    assert held(database) == {}
    done = await press(office, shown, "确认")
    assert done["text"].startswith("已设好，提醒按新安排重排。")
    assert held(database) == {
        date(2023, 10, 9): OfficeDay(working=False),
        date(2023, 10, 10): OfficeDay(working=False),
        date(2023, 10, 14): OfficeDay(working=True),
    }
    assert "10月9日至10日放假；10月14日上班（办公室设）" in (await office.ask("/holidays"))["text"]
    back = await press(office, done, "撤销")
    assert "恢复原安排" in back["text"]
    assert held(database) == {}
    await press(office, back, "撤销")
    assert len(held(database)) == 3
    with database.read() as session:
        entries = [one for one in audit.read(session) if one.action == "set_days"]
    assert entries[0].subject == "days:2023-10-09"
    assert entries[0].detail == {"off": ["2023-10-09", "2023-10-10"], "worked": ["2023-10-14"]}
    assert [len(entries), entries[1].detail.keys()] == [3, {"restored"}]


async def test_what_was_changed_since_is_not_undone(office: Talk, database: Database) -> None:
    first = await press(office, await office.ask("/holidays 10月9日放假"), "确认")
    await press(office, await office.ask("/holidays 10月10日放假"), "确认")
    assert (await press(office, first, "撤销"))["text"].startswith("之后又有人改过")
    assert len(held(database)) == 2


async def test_what_is_so_already_is_not_set_and_calling_it_off_changes_nothing(
    office: Talk, database: Database
) -> None:
    assert (await office.ask("/holidays 10月1日-6日放假"))["text"].startswith("与现在的安排一样")
    shown = await office.ask("/holidays 10月9日放假")
    assert (await press(office, shown, "取消"))["text"] == "没有改动。"
    assert held(database) == {}


async def test_days_are_put_back_to_what_they_were(office: Talk, database: Database) -> None:
    await press(office, await office.ask("/holidays 10月9日-10日放假"), "确认")
    shown = await office.ask("/holidays 恢复 10月9日")
    assert "2023年10月9日（周一）恢复原安排" in shown["text"]
    await press(office, shown, "确认")
    assert set(held(database)) == {date(2023, 10, 10)}


async def test_a_pasted_notice_makes_its_year_known(late_2026: Talk, database: Database) -> None:
    """The lines of the notice for 2026, with the next year's days: the weekdays are what tell them apart."""
    assert (
        "2027年1月1日是周五，和写的不一样"
        in (await late_2026.ask(f"/holidays {OF_2026.replace('2026', '2027')}"))["text"]
    )
    shown = await late_2026.ask(
        "元旦：2027年1月1日至3日放假，共3天。\n劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。"
    )
    assert f"注意：其余日子，{NOT_KNOWN}。" in shown["text"]
    assert "劳动节：2027年5月1日（周六）至5日（周三）放假" in shown["text"]
    done = await press(late_2026, shown, "确认")
    assert NOT_KNOWN in done["text"]
    more = await press(late_2026, await late_2026.ask("/holidays 国庆节：2027年10月1日至7日放假"), "确认")
    assert NOT_KNOWN not in more["text"]
    with database.read() as session:
        calendar = workdays_of(session)
    assert not calendar.is_workday(date(2027, 10, 4))
    assert calendar.is_workday(date(2027, 5, 8))
    assert not calendar.doubtful(date(2027, 3, 1))


async def test_the_whole_notice_of_a_year_passes_the_door(
    database: Database, question_service: QuestionService
) -> None:
    async with office_at_work(database, question_service, today=date(2025, 11, 5)) as chat:
        assert (await chat.ask(f"/holidays {OF_2026}"))["text"].startswith("与现在的安排一样")


@pytest.mark.parametrize(
    ("said", "head"),
    [
        ("国庆放假", "没有读到日子，没有改动。"),
        ("10月9日", "“10月9日”是放假还是上班？没有改动。"),
        ("2月30日放假", "“2月30日放假”里有不存在的日子，没有改动。"),
        ("10月9日（周二）放假", "2023年10月9日是周一，和写的不一样，没有改动。"),
        ("5月8日至9日放假，共3天", "“5月8日至9日放假，共3天”：天数对不上，没有改动。"),
        ("5月1日至7月1日放假", "“5月1日至7月1日放假”超过 31 天，没有改动。"),
        ("2099-01-01放假", "“2099-01-01放假”离今年太远，没有改动。"),
        ("5月8日放假，5月8日上班", "2023年5月8日写了两种安排，没有改动。"),
    ],
)
async def test_what_cannot_be_read_says_why_and_what_to_write(office: Talk, said: str, head: str) -> None:
    text = (await office.ask(f"/holidays {said}"))["text"]
    assert text.splitlines()[0] == head
    assert "例如：10月1日-7日 放假" in text
