"""The burden of reporting: its rules by worked examples (tests/knowledge/standing/ledger.yaml), and /ledger in chat."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import yaml
from bot_harness import labels, press
from folders import TESTS
from report_harness import OFFICE, PLAN, SCIENCE, SUPERVISOR, TRAFFIC, ReportHarness, report, report_harness

from bot.playground.server import Site
from handlers.services.clock import PLAN_ZONE
from handlers.services.question_service import QuestionService
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reminders.burden import FigureRequest, ledger_of
from knowledge.reports.model import UpdateKind
from knowledge.standing.periods import month_label
from knowledge.standing.report import Report, Status
from storage.claims import mark_sent
from storage.database import Database
from storage.outbox import Letter, OutboxKind, enqueue
from storage.people import find_member
from storage.schedule_items import NewItem, add_items, join_items, waiting_items


def load() -> list[dict[str, Any]]:
    text = (TESTS / "knowledge" / "standing" / "ledger.yaml").read_text(encoding="utf-8")
    cases: list[dict[str, Any]] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - reads text only
    return cases


def ask_of(written: Any) -> FigureRequest:
    more = written if isinstance(written, dict) else {"ask": written}
    unit, rule, told, day = more["ask"]
    period = more.get("period", "2023-03")
    return FigureRequest(
        unit=unit,
        task="5.2",
        name=more.get("name", "5G基站"),
        period=period,
        rule=rule,
        message=int(told),
        at=datetime.combine(date.fromisoformat(day), time(1), UTC),
    )


def report_of(written: Any, number: int) -> Report:
    more = written if isinstance(written, dict) else {"report": written}
    unit, said = more["report"]
    day = date.fromisoformat(said)
    return Report(
        id=str(number),
        subject=EntryKey(EntryKind.TARGET, "5G基站", "some", "5.2"),
        unit=unit,
        kind=UpdateKind(more.get("kind", "reading")),
        value=Decimal(1),
        as_of=day,
        for_period=month_label(day),
        received_at=datetime.combine(day, time(8), UTC),
        author="p1",
        status=Status(more.get("status", "accepted")),
    )


@pytest.mark.parametrize("case", load(), ids=[case["says"] for case in load()])
def test_the_ledger_counts_as_the_rule_says(case: dict[str, Any]) -> None:
    found = ledger_of(
        map(ask_of, case["asks"]), [report_of(one, number) for number, one in enumerate(case.get("reports", ()))]
    )
    seen = {
        "messages": str(found.messages),
        "burdens": [f"{one.unit} {one.messages} {one.items}" for one in found.burdens],
        "again": [f"{one.unit} {one.times}{' 多要' if one.needless else ''}" for one in found.again],
    }
    expected = {key: case[key] for key in seen if key in case}
    assert {key: seen[key] for key in expected} == expected


@pytest.fixture
async def harness(site: Site, database: Database, question_service: QuestionService) -> AsyncIterator[ReportHarness]:
    async with report_harness(site, database, question_service) as running:
        yield running


def asked(harness: ReportHarness, person: int, rule: str, day: date, *names: str, at: datetime | None = None) -> None:
    """A message that asked for the March figures reached the person on a plan day."""
    nine = datetime.combine(day, time(9), PLAN_ZONE)
    with harness.database.write() as session:
        member = find_member(session, person)
        assert member is not None
        add_items(
            session,
            [
                NewItem(
                    plan=PLAN, rule=rule, subject=name, member=member.id, occurrence="2023-03", due=nine, planned=nine
                )
                for name in names
            ],
        )
        letter = Letter(
            kind=OutboxKind.DIGEST, occurrence=str(day), plan=PLAN, chat=person, text="要数", member=member.id
        )
        number = enqueue(session, letter, now=datetime.now(UTC))
        assert number is not None
        waiting = waiting_items(session, nine)
        join_items(session, {item.id: number for item in waiting})
        mark_sent(session, {number: 7000}, now=at or datetime.now(UTC), day=day)


async def test_the_office_sees_what_was_asked_sent_and_reported_in_a_month(harness: ReportHarness) -> None:
    asked(harness, SCIENCE, "opens", date(2023, 3, 20), "5.2/5G基站", "1.1/技改项目")
    asked(harness, TRAFFIC, "opens", date(2023, 3, 21), "5.2/5G基站")
    await report(harness.talk(SCIENCE), "5G基站建成400个")
    asked(harness, SCIENCE, "due", date(2023, 3, 25), "5.2/5G基站", at=datetime.now(UTC) + timedelta(hours=1))
    asked(harness, SCIENCE, "late", date(2023, 4, 1), "1.1/技改项目")
    page = (await harness.talk(OFFICE).ask("/ledger"))["text"].split("\n")
    assert page == [
        "2023年3月减负账本（截至 3月31日）：要数 3 次，发消息 3 条，收到填报 1 条",
        "发出的消息：每日汇总 3",
        "收到的填报：1 条，其中“本期无变化” 0 条、困难问题 0 条",
        "报过又要的：1 项",
        " 市科经局 5.2 5G基站：3月一期要过 2 次",
        "没报又提醒的：没有",
        "向各单位要数（2 家）",
        "市科经局：2 条消息，2 项",
        "市交通局：1 条消息，1 项",
        "一条消息里请单位报数，不论几项，算要数一次；没有送达的不算。",
    ]


async def test_a_month_is_named_as_people_name_it(harness: ReportHarness) -> None:
    asked(harness, SCIENCE, "opens", date(2023, 2, 20), "5.2/5G基站")
    chat = harness.talk(SUPERVISOR)
    for said in ("2月", "2023-02", "2023年2月", "上月", "02"):
        assert (await chat.ask(f"/ledger {said}"))["text"].startswith("2023年2月减负账本：要数 1 次，发消息 1 条")
    assert (await chat.ask("/ledger 12月"))["text"].startswith("2022年12月减负账本：要数 0 次，发消息 0 条")
    assert (await chat.ask("/ledger 2024-01"))["text"].startswith("2024年1月还没有开始。")
    assert (await chat.ask("/ledger 明天"))["text"].startswith("没有读懂月份“明天”。")
    page = await chat.ask("/ledger")
    assert labels(page) == ["2023年2月"]
    assert (await press(chat, page, "2023年2月"))["text"].startswith("2023年2月减负账本")


async def test_a_unit_does_not_see_the_ledger(harness: ReportHarness) -> None:
    assert "可以看减负账本" in (await harness.talk(SCIENCE).ask("/ledger"))["text"]
