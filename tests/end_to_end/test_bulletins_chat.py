"""Bulletins over the Bot API: drafted, checked by the units, reviewed, signed and released, step by step."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from bot_harness import Json, Talk, labels, press
from bulletin_chat import REVIEW, SIGNATURE, drafted, registered, whole
from recipients import LEADER, READERS, at_their_telephones, heard_by
from report_harness import (
    HEAD,
    OFFICE,
    SCIENCE,
    SUPERVISOR,
    TRAFFIC,
    VISITOR,
    ReportHarness,
    report,
    report_harness,
)
from sqlalchemy import select

from bot.playground.server import Site
from handlers.services.question_service import QuestionService
from knowledge.standing.bulletin import BulletinKind
from storage import audit
from storage.chats import mark_blocked
from storage.database import Database
from storage.outbox import OutboxKind, OutboxRow

NAME = "月度进展情况（2023年3月）"


@pytest.fixture
async def harness(site: Site, database: Database, question_service: QuestionService) -> AsyncIterator[ReportHarness]:
    async with report_harness(site, database, question_service) as running:
        yield running


@pytest.fixture
async def readers(harness: ReportHarness) -> AsyncIterator[dict[int, Talk]]:
    async with at_their_telephones(harness) as there:
        yield there


def letters(harness: ReportHarness, kind: OutboxKind = OutboxKind.ANNOUNCEMENT) -> list[OutboxRow]:
    with harness.database.read() as session:
        found = select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.id)
        return list(session.scalars(found))


async def checked(readers: dict[int, Talk]) -> Json:
    """The card after 市科经局, whose figure it is, has answered."""
    supervisor = readers[SUPERVISOR]
    asked = await press(supervisor, await supervisor.ask("/bulletin 1"), "送单位核对")
    await press(supervisor, asked, "送核对")
    letter = await readers[SCIENCE].heard()
    await press(readers[SCIENCE], letter, "无误")
    await supervisor.heard()
    return await supervisor.ask("/bulletin 1")


async def test_a_period_is_drafted_once_and_later_reports_leave_it_as_it_is(
    harness: ReportHarness, question_service: QuestionService
) -> None:
    await report(harness.talk(SCIENCE), "5G基站建成400个")
    assert drafted(harness, question_service) == 1
    assert drafted(harness, question_service) is None
    office = harness.talk(OFFICE)
    before = await whole(office, "/bulletin 1 全文")
    assert "5.2 5G基站：400 个 / 700个以上" in before
    await report(harness.talk(SCIENCE), "5G基站建成450个")
    assert await whole(office, "/bulletin 1 全文") == before


async def test_only_the_supervisor_and_the_office_see_and_release_a_draft(
    harness: ReportHarness, question_service: QuestionService
) -> None:
    drafted(harness, question_service)
    for person in (TRAFFIC, SCIENCE):
        chat = harness.talk(person)
        assert (await chat.ask("/bulletin"))["text"].startswith("还没有发布过月度进展情况、通报和小结。")
        assert (await chat.ask("/bulletin 1"))["text"] == "没有这一份。"
        assert (await chat.ask("/bulletin 1 发布 确认"))["text"] == "没有这一份。"
        assert "只有督查室或办公室可以" in (await chat.ask("出个通报"))["text"]
    assert "您还没有绑定身份" in (await harness.talk(VISITOR).ask("/bulletin"))["text"]
    listed = await harness.talk(SUPERVISOR).ask("月度情况")
    assert listed["text"].startswith("草稿 1 份，已发布 0 份")
    card = await press(harness.talk(SUPERVISOR), listed, "2023年3月月度进展情况")
    assert card["text"].startswith(f"{NAME}（草稿，待送核对）\n数据截至 2023-03-31，已固化；")
    assert labels(card) == ["送单位核对", "看全文", "改标题", "补一句话", "重新起草", "不发"]
    assert not letters(harness)


async def test_it_is_drafted_by_hand_after_a_card(harness: ReportHarness) -> None:
    office = harness.talk(OFFICE)
    card = await office.ask("出月度情况")
    assert card["text"].startswith(f"起草《{NAME}》？\n数据截至今天（2023-03-31）")
    assert (await office.ask("/bulletin"))["text"].startswith("还没有草稿")
    begun = await press(office, card, "确认起草")
    assert "1 草拟：3月31日，领导小组办公室" in begun["text"]
    assert (await office.ask("出月度情况"))["text"].startswith(f"{NAME}（草稿，待送核对）")
    assert (await office.ask("出个通报"))["text"].startswith("起草《关于2023年第一季度进展情况的通报》？")


async def test_no_step_is_taken_out_of_its_turn(harness: ReportHarness, question_service: QuestionService) -> None:
    drafted(harness, question_service, "2023-Q1", kind=BulletinKind.QUARTERLY)
    supervisor = harness.talk(SUPERVISOR)
    for line, said in (
        ("/bulletin 1 发布 确认", "现在不能发布：还没有送单位核对。"),
        ("/bulletin 1 核稿", "现在不能登记核稿：还没有送单位核对。"),
        ("/bulletin 1 审定", "现在不能登记审定：还没有送单位核对。"),
    ):
        assert (await supervisor.ask(line))["text"].startswith(said)
    await supervisor.ask("/bulletin 1 送核对 确认")
    assert (await supervisor.ask("/bulletin 1 发布 确认"))["text"].startswith("现在不能发布：核稿还没有登记。")
    assert "只有督查室可以" in (await harness.talk(OFFICE).ask("/bulletin 1 核稿"))["text"]


async def test_a_unit_gets_its_own_lines_and_its_answer_comes_to_the_drafter(
    harness: ReportHarness, question_service: QuestionService, readers: dict[int, Talk]
) -> None:
    await report(readers[SCIENCE], "5G基站建成400个")
    await report(readers[TRAFFIC], "5.2 5G基站建成3个")
    drafted(harness, question_service)
    supervisor, science = readers[SUPERVISOR], readers[SCIENCE]
    asked = await press(supervisor, await supervisor.ask("/bulletin 1"), "送单位核对")
    assert "4月3日下班前不答复的，视为无误" in asked["text"]
    card = await press(supervisor, asked, "送核对")
    assert "2 核对：3月31日由督查室送 2 家，4月3日下班前答复；还没有答复 2 家" in card["text"]
    letter = await science.heard()
    assert letter["text"].startswith(f"请市科经局核对《{NAME}》里的 1 项\n5.2 5G基站：")
    assert "文中列入需加力事项" in letter["text"]
    which = await press(science, letter, "有出入")
    assert which["text"].startswith("请写明哪里有出入")
    shown = await science.ask("少算了 20 个，应为 420 个")
    assert shown["text"].startswith("这样答复：5.2 5G基站有出入？\n少算了 20 个，应为 420 个")
    assert not any("少算了" in str(row.text) for row in letters(harness, OutboxKind.NOTICE))
    done = await press(science, shown, "发出")
    assert done["text"].startswith("已答复：有出入，已转起草人。")
    told = await supervisor.heard()
    assert told["text"].startswith(f"市科经局核对《{NAME}》：有出入\n5.2 5G基站：少算了 20 个，应为 420 个")
    text = await whole(supervisor, "/bulletin 1 全文")
    assert "注：市科经局核对时提出：少算了 20 个，应为 420 个" in text
    assert "，应为 420 个" in text
    assert "5G基站：420" not in text, "the frozen figure stays"


async def test_what_must_not_be_here_is_refused_in_an_answer_too(
    harness: ReportHarness, question_service: QuestionService, readers: dict[int, Talk]
) -> None:
    await report(readers[SCIENCE], "5G基站建成400个")
    drafted(harness, question_service)
    await readers[SUPERVISOR].ask("/bulletin 1 送核对 确认")
    await press(readers[SCIENCE], await readers[SCIENCE].heard(), "有出入")
    assert (await readers[SCIENCE].ask("【机密】会议内容"))["text"].startswith("没有收下")
    assert "机密" not in await whole(readers[SUPERVISOR], "/bulletin 1 全文")


async def test_a_step_can_be_undone_until_it_is_released(
    harness: ReportHarness, question_service: QuestionService, readers: dict[int, Talk]
) -> None:
    await report(readers[SCIENCE], "5G基站建成400个")
    drafted(harness, question_service)
    supervisor = readers[SUPERVISOR]
    card = await registered(supervisor, await checked(readers), "登记核稿", REVIEW)
    assert "3 核稿：张某（督查室主任），3月31日；3月31日由督查室登记" in card["text"]
    assert (await supervisor.ask("/bulletin 1 标题 改了"))["text"].startswith("核稿已经登记")
    back = await press(supervisor, await press(supervisor, card, "撤回核稿"), "撤回核稿")
    assert "3 核稿：还没有登记" in back["text"]
    begun = await press(supervisor, await press(supervisor, back, "撤回核对"), "撤回核对")
    assert "2 核对：还没有送单位" in begun["text"]
    science = readers[SCIENCE]
    assert (await science.heard())["text"].startswith(f"《{NAME}》的核对撤回了，先不用答。")
    answered = next(one for one in science.messages() if one["text"].startswith("已答复：无误。"))
    assert (await press(science, answered, "改为有出入"))["text"].startswith("这次核对已经撤回，或者已经重新起草")


async def test_a_new_draft_keeps_the_old_one_and_begins_anew(
    harness: ReportHarness, question_service: QuestionService, readers: dict[int, Talk]
) -> None:
    await report(readers[SCIENCE], "5G基站建成400个")
    drafted(harness, question_service)
    await checked(readers)
    await report(readers[SCIENCE], "5G基站建成450个")
    supervisor = readers[SUPERVISOR]
    card = await supervisor.ask("/bulletin 1")
    assert "固化以后又有 1 个目标报了数：5.2 5G基站。要用新数的，重新起草。" in card["text"]
    more = await press(supervisor, card, "更多")
    asked = await press(supervisor, more, "重新起草")
    assert "已经登记的核对作废" in asked["text"]
    card = await press(supervisor, asked, "重新起草")
    assert "1 草拟：3月31日，督查室，第 2 稿（旧稿留存 1 份）" in card["text"]
    assert "2 核对：还没有送单位" in card["text"]
    assert "固化以后" not in card["text"]
    assert "5.2 5G基站：450 个" in await whole(supervisor, "/bulletin 1 全文")
    old = await whole(supervisor, "/bulletin 1 旧稿 1")
    assert old.startswith(f"{NAME}（旧稿，第 1 稿，不作数）")
    assert "5.2 5G基站：400 个" in old


async def test_a_draft_is_worded_released_once_and_read_by_everybody_but_pushed_to_no_leader(
    harness: ReportHarness, question_service: QuestionService, readers: dict[int, Talk]
) -> None:
    await report(readers[SCIENCE], "5G基站建成400个")
    drafted(harness, question_service)
    with harness.database.write() as session:
        mark_blocked(session, HEAD)
    supervisor = readers[SUPERVISOR]
    card = await supervisor.ask("/bulletin 1")
    await press(supervisor, card, "改标题")
    assert (await supervisor.ask("三月份情况"))["text"].startswith("三月份情况（草稿，待送核对）")
    await press(supervisor, card, "补一句话")
    assert "补的话：请大家抓紧。" in (await supervisor.ask("请大家抓紧。"))["text"]
    assert "请大家抓紧。" in await whole(supervisor, "/bulletin 1 全文")
    card = await registered(supervisor, await checked(readers), "登记核稿", REVIEW)
    assert "4 审定：会议附表，不另审定" in card["text"]
    asked = await press(supervisor, card, "发布")
    assert asked["text"].startswith("确认发布《三月份情况》？\n发给本方案已绑定的 4 人，每人一条，您自己不收。")
    assert "不推送市领导（1 人），他们问的时候能看。" in asked["text"]
    assert "另有 1 人联系不上" in asked["text"]
    assert "1 个数是单位填报、未审签的" in asked["text"]
    assert not letters(harness)
    assert (await press(supervisor, asked, "确认发布"))["text"].startswith("已发布，正在发给 4 人。")
    there = [person for person in READERS if person not in {HEAD, LEADER, SUPERVISOR}]
    for message in (await heard_by(readers, *there)).values():
        assert message["text"].startswith("三月份情况\n一、总体\n")
    assert sorted(row.chat_id for row in letters(harness)) == sorted([*there, OFFICE])
    assert (await supervisor.ask("/bulletin 1 发布 确认"))["text"].startswith("《三月份情况》已发布，没有再改。")
    assert (await supervisor.ask("/bulletin 1 标题 改了"))["text"].startswith("《三月份情况》已发布，没有再改。")
    leader = readers[LEADER]
    listed = await leader.ask("月度情况")
    assert listed["text"].startswith("已发布 1 份")
    text = await whole(leader, "/bulletin 1")
    assert "5.2 5G基站：400 个 / 700个以上" in text
    assert "事实由涉及的 1 家单位核对：1 家无误。" in text
    with harness.database.read() as session:
        kept = [one.action for one in audit.read(session) if one.subject == "bulletin:1"]
    assert kept == [
        "bulletin_word", "bulletin_word", "bulletin_check", "facts_right", "bulletin_review", "bulletin_release"
    ]  # fmt: skip


async def test_a_quarter_has_one_bulletin_that_is_called_so_at_most(
    harness: ReportHarness, question_service: QuestionService
) -> None:
    supervisor = harness.talk(SUPERVISOR)
    for number, label in enumerate(("2022-Q4", "2023-Q1"), start=1):
        drafted(harness, question_service, label, kind=BulletinKind.QUARTERLY)
        await supervisor.ask(f"/bulletin {number} 送核对 确认")
        card = await registered(supervisor, await supervisor.ask(f"/bulletin {number}"), "登记核稿", REVIEW)
        card = await registered(supervisor, card, "登记审定", SIGNATURE)
        assert "4 审定：李某（常务副市长），3月31日，依据 武督〔2023〕12号；3月31日由督查室登记" in card["text"]
        said = await supervisor.ask(f"/bulletin {number} 发布 确认")
        if number == 1:
            assert said["text"].startswith("已发布")
    assert said["text"].startswith("通报一季至多一期，没有发。\n本季度已经发布《关于2022年第四季度进展情况的通报》")
    assert "2023-04-01 起才能发" in said["text"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("李某，常务副市长，3月31日", "还差依据件号，还"),
        ("李某，常务副市长，3月30日，3月31日，武督〔2023〕12号", "日期不止一个，"),
        ("3月31日，武督〔2023〕12号", "没有读到姓名，"),
        ("李某，3月31日，武督〔2023〕12号", "还差职务，还"),
        ("李某，常务副市长，2023-04-30，武督〔2023〕12号", "日期还没有到，"),
        ("李某，常务副市长，3月1日，武督〔2023〕12号", "日期在这一稿起草之前，"),
    ],
)
async def test_a_signature_that_says_too_little_is_asked_for_again(
    harness: ReportHarness, question_service: QuestionService, said: str, why: str
) -> None:
    drafted(harness, question_service, "2023-Q1", kind=BulletinKind.QUARTERLY)
    supervisor = harness.talk(SUPERVISOR)
    await supervisor.ask("/bulletin 1 送核对 确认")
    await registered(supervisor, await supervisor.ask("/bulletin 1"), "登记核稿", REVIEW)
    await supervisor.ask("/bulletin 1 审定")
    assert (await supervisor.ask(said))["text"].startswith(f"{why}没有登记。")
    assert (await supervisor.ask(SIGNATURE))["text"].startswith("登记审定：李某（常务副市长），3月31日")


async def test_what_is_missing_is_asked_for_alone_and_the_day_is_today(
    harness: ReportHarness, question_service: QuestionService
) -> None:
    drafted(harness, question_service, "2023-Q1", kind=BulletinKind.QUARTERLY)
    supervisor = harness.talk(SUPERVISOR)
    await supervisor.ask("/bulletin 1 送核对 确认")
    await supervisor.ask("/bulletin 1 核稿")
    assert (await supervisor.ask("张三"))["text"].startswith("还差职务，还没有登记。\n请只发职务")
    shown = await supervisor.ask("督查室主任")
    assert shown["text"].startswith("登记核稿：张三（督查室主任），3月31日？")
    assert labels(shown) == ["登记", "重写", "不登记"]
    assert "3 核稿：还没有登记" in (await supervisor.ask("/bulletin 1"))["text"]
    await press(supervisor, shown, "登记")
    await supervisor.ask("/bulletin 1 审签")
    assert (await supervisor.ask("李某,常务副市长"))["text"].startswith("还差依据件号")
    shown = await supervisor.ask("武督〔2023〕12号")
    assert shown["text"].startswith("登记审定：李某（常务副市长），3月31日，依据 武督〔2023〕12号？")


async def test_the_next_bulletin_is_held_against_the_last_released(
    harness: ReportHarness, question_service: QuestionService, readers: dict[int, Talk]
) -> None:
    await report(readers[SCIENCE], "截至2月28日5G基站建成400个")
    drafted(harness, question_service, "2023-01~02", date(2023, 2, 28))
    await report(readers[SCIENCE], "5G基站建成430个")
    supervisor = readers[SUPERVISOR]
    await registered(supervisor, await checked(readers), "登记核稿", REVIEW)
    await supervisor.ask("/bulletin 1 发布 确认")
    drafted(harness, question_service)
    text = await whole(supervisor, "/bulletin 2 全文")
    assert "较上期（2023年1—2月），可比的 1 个目标：持平 1。" in text
    assert "，较上期 +30 个；" in text


async def test_a_draft_that_is_not_wanted_can_be_brought_back(
    harness: ReportHarness, question_service: QuestionService
) -> None:
    drafted(harness, question_service)
    office = harness.talk(OFFICE)
    gone = await press(office, await office.ask("/bulletin 1"), "不发")
    assert gone["text"].startswith(f"《{NAME}》不发了。")
    assert (await office.ask("/bulletin 1 发布 确认"))["text"].startswith(f"《{NAME}》不发，没有再改。")
    assert (await press(office, gone, "恢复为草稿"))["text"].startswith(f"{NAME}（草稿，待送核对）")


async def test_what_must_not_be_here_is_refused_as_a_remark_too(
    harness: ReportHarness, question_service: QuestionService
) -> None:
    drafted(harness, question_service)
    office = harness.talk(OFFICE)
    await press(office, await office.ask("/bulletin 1"), "补一句话")
    assert (await office.ask("【机密】会议内容"))["text"].startswith("没有收下")
    assert "机密" not in (await office.ask("/bulletin 1 全文"))["text"]
