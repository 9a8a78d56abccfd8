"""Over the Bot API: what is reported is seen by everybody bound and by nobody else; the office keeps the cards."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from bot_harness import GROUP, TRAFFIC, VISITOR, Talk, confirmed, labels, press
from office_harness import HEAD, OFFICE, SCIENCE, SUPERVISOR, number_of, office_at_work, talk
from sqlalchemy import select

from handlers.access.service import Service
from handlers.services.question_service import QuestionService
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reports.model import UpdateKind
from knowledge.standing.report import Status
from storage import audit
from storage.cards import CardRow
from storage.database import Database
from storage.report_status import check
from storage.reports import NewReport, add_report

pytestmark = pytest.mark.both

PLAN = "wuxue-2021-26"


@pytest.fixture
async def office(database: Database, question_service: QuestionService) -> AsyncIterator[Talk]:
    async with office_at_work(database, question_service) as talk:
        yield talk


def reported(database: Database) -> int:
    """A liaison of 市科经局 has said 620 for 28 February."""
    new = NewReport(
        subject=EntryKey(EntryKind.TARGET, "5G基站", PLAN, "5.2"),
        unit="市科经局",
        kind=UpdateKind.READING,
        value=Decimal(620),
        said="5G基站建成620个",
        as_of=date(2023, 2, 28),
        author=number_of(database, SCIENCE),
        status=Status.ACCEPTED,
    )
    with database.write() as session:
        return add_report(session, new, now=datetime.now(UTC))


async def test_everybody_bound_sees_what_was_reported_and_a_stranger_only_the_plan(
    office: Talk, database: Database
) -> None:
    reported(database)
    for person in (OFFICE, SUPERVISOR, SCIENCE, TRAFFIC, HEAD):
        answer = (await talk(office, person).ask("5G基站进展"))["text"]
        assert answer.startswith("🟢 绿：620 个，完成 88.6%")
        assert "填报 620 个（市科经局，2月28日）" in answer
        assert "方案 700个以上，2023-12-31" in answer
    visitor = talk(office, VISITOR)
    assert (await visitor.ask("5G基站进展"))["text"].startswith("还没有可以公开的进展记录")
    plan = (await visitor.ask("5G基站目标是多少"))["text"]
    assert "700个以上" in plan
    assert "620" not in plan


async def test_the_history_of_a_figure_is_one_tap_away_for_the_bound(office: Talk, database: Database) -> None:
    reported(database)
    supervisor = talk(office, SUPERVISOR)
    history = await press(supervisor, await supervisor.ask("5G基站进展"), "历史")
    assert history["text"].startswith("5.2 5G基站：填报历史，新的在前\n1 #1 2月28日 620 个，市科经局")


async def test_a_group_gets_the_public_plan_only_even_of_published_figures(
    database: Database, question_service: QuestionService
) -> None:
    async with office_at_work(database, question_service, service=Service(internal=True, published=True)) as office:
        number = reported(database)
        with database.write() as session:
            check(session, [number], by=number_of(database, SUPERVISOR), now=datetime.now(UTC))
        assert "核实 620 个" in (await talk(office, VISITOR).ask("5G基站进展"))["text"]
        group = Talk(office.site, office.events, person=SCIENCE, chat=GROUP)
        assert (await group.ask("/ask 5G基站进展"))["text"].startswith("群里只答公开方案，进展请私聊我。\nhttp")
        plan = (await group.ask("/ask 5G基站目标是多少"))["text"]
        assert "700个以上" in plan
        assert not set("🔴🟡🟢🔵⚪") & set(plan)
        assert "620" not in plan


async def test_in_a_group_progress_is_referred_to_a_private_chat(office: Talk) -> None:
    group = Talk(office.site, office.events, person=SCIENCE, chat=GROUP)
    for said in ("5G基站进展", "5G基站建成620个", "哪些任务是红灯"):
        assert (await group.ask(f"/ask {said}"))["text"].startswith("群里只答公开方案，进展请私聊我。\nhttp")


async def test_who_is_in_charge_of_nothing_is_told_so(office: Talk) -> None:
    for question in ("我分管的", "我分管的哪些是红灯", "我分管的进展怎么样"):
        for person in (SUPERVISOR, SCIENCE, HEAD):
            assert (await talk(office, person).ask(question))["text"].startswith("您没有分管的部分或单位。")
        assert "您还没有绑定身份" in (await talk(office, VISITOR).ask(question))["text"]


async def test_a_card_is_kept_in_chat_and_each_change_is_in_the_audit(office: Talk, database: Database) -> None:
    card = await office.ask("/card 5G基站")
    assert "主责单位：待办公室确认" in card["text"]
    asked = await press(office, card, "主责")
    assert "请发主责填报单位的名称" in asked["text"]
    assert "没有读懂" in (await office.ask("没有这个局"))["text"]
    assert "主责单位：待办公室确认 → 市科经局" in (await confirmed(office, "科经局 武政办发〔2023〕3号"))["text"]
    frequency = await press(office, await press(office, card, "更多"), "频次")
    shown = await press(office, frequency, "每季")
    assert "报送频次：待办公室确认 → 每季" in shown["text"]
    await press(office, shown, "确认")
    nodes = await confirmed(office, "/card 5.2 5G基站 节点 2022-12-31 350；2023-06-30 500")
    assert "年度节点：待办公室确认 → 2022-12-31 350 个" in nodes["text"]
    assert "季度节点：待办公室确认 → 2023-06-30 500 个" in nodes["text"]
    assert "没有读懂" in (await office.ask("/card 5.2 5G基站 节点 2023-02-30 350"))["text"]
    by_its_name = await confirmed(office, "/card 5G基站 口径 已开通并验收的基站数")
    assert "口径：待办公室确认 → 已开通并验收的基站数" in by_its_name["text"]
    with database.read() as session:
        rows = session.scalars(select(CardRow)).all()
        kept = [entry for entry in audit.read(session) if entry.action == "set_card"]
    assert {row.set_by for row in rows} == {number_of(database, OFFICE)}
    assert (len(kept), len(rows)) == (4, 6), "the nodes are set together, and an owner with its paper"


async def test_only_the_office_touches_cards_and_only_the_supervisors_see_gaps(office: Talk) -> None:
    for person in (SCIENCE, SUPERVISOR, VISITOR):
        answer = await talk(office, person).ask("/card 5.2 5G基站 主责 市科经局 武政办发〔2023〕3号")
        assert "办公室可以" in answer["text"]
    gaps = await talk(office, SUPERVISOR).ask("/gaps")
    assert "7.1 落实三胎政策及配套支持措施：名单里没有职能相近的市卫健局" in gaps["text"]
    assert len(labels(gaps)) >= 6
    assert "可以" in (await talk(office, SCIENCE).ask("/gaps"))["text"]
