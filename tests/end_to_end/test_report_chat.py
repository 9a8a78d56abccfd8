"""Reporting in a private chat, over the Bot API: said, shown, confirmed, corrected, withdrawn, returned."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest
from bot_harness import GROUP, Talk, labels, press
from report_harness import (
    HEAD,
    OFFICE,
    PLAN,
    SCIENCE,
    SUPERVISOR,
    TRAFFIC,
    VISITOR,
    ReportHarness,
    report,
    report_harness,
)

from bot.playground import people
from bot.playground.server import Site
from handlers.services.question_service import QuestionService
from knowledge.standing.report import Status
from storage import audit
from storage.database import Database

pytestmark = pytest.mark.both


@pytest.fixture
async def harness(site: Site, database: Database, question_service: QuestionService) -> AsyncIterator[ReportHarness]:
    async with report_harness(site, database, question_service) as running:
        yield running


async def test_what_was_understood_is_shown_and_stored_only_once_it_is_confirmed(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成590个，截至2月28日")
    card = await me.ask("5G基站建成620个，比上月多了30")
    assert card["text"].split("\n")[:4] == [
        "请确认：5.2 5G基站",
        "上次 590 个（2月28日） → 本次 620 个（+30）",
        "完成 88.6%，目标 700个以上",
        "数据截至 3月31日，以市科经局填报，计入3月报送期",
    ]
    assert labels(card) == ["确认", "改数", "改日期", "换一项", "加说明", "取消"]
    assert len(harness.reports()) == 1
    done = await press(me, card, "确认")
    assert done["text"].startswith("已记录。5.2 5G基站 620 个，市科经局填报，3月31日，计入3月报送期。")
    assert labels(done) == ["补佐证", "撤回", "报下一项"]
    last = harness.reports()[-1]
    assert (last.value, last.unit, last.status) == (Decimal(620), "市科经局", Status.ACCEPTED)
    with harness.database.write() as session:
        assert audit.verify(session).broken is None


async def test_a_number_that_lost_a_digit_is_asked_about_and_stored_only_with_its_reason(
    harness: ReportHarness,
) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成590个，截至2月28日")
    card = await me.ask("5G基站建成62个")
    assert "这次比上次少了 528 个。是不是 620？" in card["text"]
    assert labels(card)[:2] == ["改成 620 个", "就是 62 个，写明原因"]
    mended = await press(me, card, "改成 620 个")
    assert "上次 590 个（2月28日） → 本次 620 个（+30）" in mended["text"]
    await press(me, mended, "取消")
    card = await me.ask("5G基站建成580个")
    why = await press(me, card, "就是 580 个，写明原因")
    assert why["text"].startswith("5.2 5G基站：请写明为什么比上次少")
    shown = await me.ask("上次重复统计了10个")
    assert "附注：上次重复统计了10个" in shown["text"]
    assert (await press(me, shown, "确认"))["text"].startswith("已记录。")
    assert (harness.reports()[-1].value, harness.reports()[-1].note) == (Decimal(580), "上次重复统计了10个")


async def test_ten_times_more_over_the_target_and_a_day_to_come_are_warned_of(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成590个，截至2月28日")
    assert "这个数大了十倍以上" in (await me.ask("5G基站建成6200个"))["text"]
    assert "已经超过目标" in (await me.ask("5G基站建成720个"))["text"]
    for words in ("明天5G基站达到620个", "5月1日5G基站达到620个", "截至5月1日，5G基站建成620个"):
        ahead = await me.ask(words)
        assert "数据日期在今天之后" in ahead["text"]
        assert "确认" not in labels(ahead)
    today = await press(me, ahead, "按今天")
    assert "数据截至 3月31日" in today["text"]
    assert len(harness.reports()) == 1


async def test_a_day_after_the_plan_s_end_is_no_wrong_unit(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    card = await me.ask("截至2024年3月31日，技改项目达到3个")
    assert "数据日期在今天之后" in card["text"]
    assert "不一致" not in card["text"]


async def test_what_has_a_figure_is_warned_of_when_it_is_said_not_to_have_begun(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    assert "请核对" not in (await me.ask("5G基站还没开工"))["text"]
    await report(me, "5G基站建成650个")
    assert "注意：上次报的是 650 个，这次却说还没开工，请核对。" in (await me.ask("5G基站还没开工"))["text"]


async def test_number_day_and_subject_can_be_changed_before_confirming(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    card = await me.ask("5G基站建成620个")
    await press(me, card, "改数")
    card = await me.ask("602个")
    assert "本次 602 个" in card["text"]
    await press(me, card, "改日期")
    card = await me.ask("3月15日")
    assert "数据截至 3月15日" in card["text"]
    other = await press(me, card, "换一项")
    card = await me.ask("高新技术企业")
    assert card["text"].startswith("请确认：1.1 新增高新技术企业"), (other["text"], card["text"])
    assert "数据截至 3月15日" in card["text"]
    await press(me, card, "确认")
    assert harness.reports()[-1].subject.name == "新增高新技术企业"


async def test_an_old_card_and_another_person_s_card_do_nothing(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    old = await me.ask("5G基站建成620个")
    await press(me, old, "改数")
    new = await me.ask("602个")
    assert (await press(me, old, "确认"))["text"].startswith("这张卡后来改过，还没有确认，现在是：")
    assert harness.reports() == ()
    await press(me, new, "确认")
    assert (await press(me, new, "取消"))["text"].startswith("这张卡已经确认过，没有重复记录。\n 5.2 5G基站 602 个")
    data = f"/report #{1}.1 确认"
    assert (await harness.talk(HEAD).ask(data))["text"].startswith("这张确认卡没有记录，已经失效。")
    assert [report.value for report in harness.reports()] == [Decimal(602)]


async def test_two_taps_on_confirm_store_one_report(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    card = await me.ask("5G基站建成620个")
    await press(me, card, "确认")
    assert await me.tap(card, "确认") == "已经办过，请看这条或最近的消息"
    assert len(harness.reports()) == 1


async def test_several_numbers_of_one_message_are_confirmed_one_by_one(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    several = await me.ask("5G基站建成620个，高新技术企业达到22家")
    assert labels(several) == ["全部确认（2 项）", "逐项看", "取消"]
    card = await press(me, several, "逐项看")
    assert card["text"].startswith("请确认：5.2 5G基站")
    assert "后面还有 1 项，逐项确认：\n 1.1 新增高新技术企业：高新技术企业达到22家" in card["text"]
    second = await press(me, card, "确认")
    assert second["text"].startswith("已记录。5.2 5G基站 620 个")
    assert "请确认（第 2 项）：1.1 新增高新技术企业" in second["text"]
    assert len(harness.reports()) == 1
    await press(me, second, "确认")
    assert len(harness.reports()) == 2


async def test_a_correction_without_a_name_takes_the_place_of_the_last_report(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成620个")
    card = await me.ask("说错了，是602个")
    assert card["text"].startswith("请更正：5.2 5G基站\n上次 620 个（3月31日） → 本次 602 个（-18）")
    assert "这次比上次少了 18 个" in card["text"]
    await press(me, card, "确认")
    first, second = harness.reports()
    assert (second.corrects, second.value, first.value) == (first.id, Decimal(602), Decimal(620))
    told = await me.ask("/history 5G基站")
    assert "602 个" in told["text"]
    assert "620 个" in told["text"]


@pytest.mark.parametrize(
    "words",
    ["不是612是602", "是602不是612", "612里头10个还在建，实打实602", "5G基站不是612是602", "说错了,是602个"],
)
async def test_a_correction_keeps_the_day_and_period_of_what_it_corrects(harness: ReportHarness, words: str) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成612个，截至2月28日")
    card = await me.ask(words)
    assert card["text"].startswith("请更正：5.2 5G基站\n上次 612 个（2月28日） → 本次 602 个（-10）")
    assert "数据截至 2月28日，以市科经局填报，计入1—2月报送期" in card["text"]
    await press(me, card, "确认")
    first, second = harness.reports()
    assert (second.corrects, second.as_of) == (first.id, first.as_of)


async def test_a_wrong_number_tells_which_report_is_corrected(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成612个，截至2月28日")
    await report(me, "新增高新技术企业22家")
    assert (await me.ask("不是612是602"))["text"].startswith("请更正：5.2 5G基站")
    open_card = await me.ask("5G基站建成640个，截至3月20日")
    assert "3月20日" in open_card["text"]
    mended = await me.ask("不是640是604")
    assert mended["text"].startswith("请确认：5.2 5G基站")
    assert "本次 604 个" in mended["text"]
    assert "数据截至 3月20日" in mended["text"]


@pytest.mark.parametrize("words", ["又多了20", "到昨天为止又多立了20根", "又多建了20个"])
async def test_what_names_nothing_goes_on_about_the_last_report(harness: ReportHarness, words: str) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成602个，截至2月28日")
    card = await me.ask(words)
    assert card["text"].startswith("请确认：5.2 5G基站\n上次 602 个（2月28日） → 本次 622 个（新增 20 个）")


async def test_of_two_days_figures_the_newer_counts_without_a_name_too(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成602个，截至2月28日")
    card = await me.ask("上月底612个 这会儿622个")
    assert "本次 622 个" in card["text"]
    assert "附注：上月底612个" in card["text"]


async def test_what_goes_on_about_nothing_is_asked_back(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    for words in ("又多了20个", "到昨天为止又多立了20根"):
        assert (await me.ask(words))["text"].startswith("报的是哪一项？")


async def test_a_ratio_is_shown_with_the_two_numbers_it_was_told_in(harness: ReportHarness) -> None:
    card = await harness.talk(SCIENCE).ask("全市87所 数字校园搞成了79所")
    assert card["text"].startswith("请确认：5.2 数字校园覆盖率\n从未报过 → 本次 90.8%")
    assert "附注：全市87所 数字校园搞成了79所" in card["text"]
    assert "原话" not in card["text"]
    assert "没有读到" not in card["text"]


async def test_not_so_takes_back_the_last_report_too_and_leaves_no_note_of_itself(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成620个")
    card = await me.ask("不对，是612个")
    assert card["text"].startswith("请更正：5.2 5G基站\n上次 620 个（3月31日） → 本次 612 个（-8）")
    assert "附注" not in card["text"]


async def test_a_button_s_word_may_be_typed(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    card = await me.ask("5G基站建成620个")
    assert (await me.ask("不是，是630个"))["text"].startswith("请确认：5.2 5G基站\n从未报过 → 本次 630 个")
    assert (await me.ask("取消"))["text"].startswith("已取消")
    card = await me.ask("5G基站建成620个")
    await press(me, card, "加说明")
    await me.ask("不含拆除的")
    assert (await me.ask("确认"))["text"].startswith("已记录。5.2 5G基站 620 个")
    card = await me.ask("5G基站建成62个")
    assert (await me.ask("确认"))["text"] == card["text"]  # less than last time wants its reason
    assert len(harness.reports()) == 1
    assert (await me.ask("撤回"))["text"].startswith("撤回哪一条")
    assert (await me.ask("我要报进展"))["text"].startswith("市科经局：")
    assert (await harness.talk(VISITOR).ask("确认"))["text"].startswith("没有读懂")


async def test_what_was_invested_in_a_work_is_not_the_plan_s_investment(harness: ReportHarness) -> None:
    me = harness.talk(TRAFFIC)
    await report(me, "牛关矶综合码头正在施工，累计投资3.2亿元")
    (stored,) = harness.reports()
    assert (stored.subject.name, stored.note) == ("牛关矶综合码头", "累计投资3.2亿元")


async def test_a_report_that_is_edited_without_a_change_is_not_proposed_again(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    for confirms in (False, True):
        card = await me.ask("5G基站建成620个")
        said = me.question()
        if confirms:
            await press(me, card, "确认")
        before = len(me.answers())
        harness.site.world.mailbox.put("edited_message", {**said, "edit_date": said["date"] + 1})
        await me.ask("长江大保护谁牵头")
        assert len(me.answers()) == before + 1
    assert len(harness.reports()) == 1


async def test_an_edited_message_proposes_a_correction(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    card = await me.ask("5G基站建成620个")
    said = me.question()["message_id"]
    await press(me, card, "确认")
    people.edit(harness.site.world, SCIENCE, SCIENCE, said, "5G基站建成602个")
    card = await me.heard()
    assert card["text"].startswith("请更正：5.2 5G基站")
    assert len(harness.reports()) == 1
    await press(me, card, "确认")
    assert harness.reports()[1].corrects == harness.reports()[0].id


async def test_a_question_is_answered_and_a_report_is_not_taken_for_one(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    assert (await me.ask("5G基站谁管，目标多少"))["text"].startswith("5G基站")
    assert (await me.ask("5G基站是不是要建1000个"))["text"].startswith("不是")
    assert harness.reports() == ()


async def test_withdraw_alone_lists_the_own_reports_that_may_be_withdrawn(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    assert (await me.ask("/withdraw"))["text"].startswith("没有能撤回的填报。")
    await report(me, "5G基站建成620个")
    await report(me, "高新技术企业达到22家")
    asked = await me.ask("/withdraw")
    assert labels(asked) == ["1.1 新增高新技术企业 22 家", "5.2 5G基站 620 个"]
    shown = await press(me, asked, "5.2 5G基站 620 个")
    assert (await press(me, shown, "确认撤回"))["text"].startswith("已撤回")


async def test_an_author_withdraws_within_a_day_and_nobody_else_may(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    done = await report(me, "5G基站建成620个")
    number = harness.reports()[0].id
    refused = await harness.talk(HEAD).ask(f"/withdraw {number}")
    assert "不在您的范围内" in refused["text"]
    assert (await press(me, done, "撤回"))["text"].startswith("已撤回，不再计入。5.2 5G基站 620 个")
    assert harness.reports()[0].status is Status.WITHDRAWN
    assert "已撤回" in (await me.ask("/history 5G基站"))["text"]


async def test_a_supervisor_returns_a_report_and_its_author_is_told_why(harness: ReportHarness) -> None:
    me, supervisor = harness.talk(SCIENCE), harness.talk(SUPERVISOR)
    await report(me, "5G基站建成620个")
    shown = await supervisor.ask("/history 5G基站")
    number = harness.reports()[0].id
    card = await press(supervisor, shown, f"1 核实、退回 #{number}")
    asked = await press(supervisor, card, f"退回 #{number}")
    assert asked["text"].startswith("退回 5.2 5G基站 620 个：请写原因")
    shown = await supervisor.ask("与通信公司口径不一致")
    assert harness.reports()[0].status is Status.ACCEPTED
    assert (await press(supervisor, shown, "确认退回"))["text"].startswith("已退回，不再计入。")
    told = await me.heard()
    assert told["text"].startswith("您的填报被退回：5.2 5G基站 620 个\n原因：与通信公司口径不一致")
    assert harness.reports()[0].status is Status.RETURNED
    assert "原因：与通信公司口径不一致" in (await me.ask("/history 5G基站"))["text"]


async def test_a_supervisor_who_types_what_to_return_is_shown_it(harness: ReportHarness) -> None:
    me, supervisor = harness.talk(SCIENCE), harness.talk(SUPERVISOR)
    await report(me, "5G基站建成620个")
    number = harness.reports()[0].id
    shown = await supervisor.ask("退回5G基站620个,口径不对")
    assert shown["text"].startswith("确认退回吗？5.2 5G基站 620 个")
    assert (await supervisor.ask("退回 5G基站"))["text"].startswith("退回 5.2 5G基站 620 个：请写原因")
    await supervisor.ask("算了")
    assert (await supervisor.ask("退回"))["text"].startswith("退回哪一条？")
    shown = await supervisor.ask(f"退回 #{number} 口径不对")
    assert (await press(supervisor, shown, "确认退回"))["text"].startswith("已退回，不再计入。")


async def test_a_unit_that_is_not_responsible_waits_for_acceptance(harness: ReportHarness) -> None:
    office = harness.talk(OFFICE)
    await office.ask("/start")
    stranger = harness.talk(TRAFFIC)
    card = await stranger.ask("规模种养大户达到86家")
    assert "市交通局不是这一项的责任单位，等主责单位或办公室认可。" in card["text"]
    assert (await press(stranger, card, "确认"))["text"].startswith("已提交，等认可。")
    assert harness.reports()[0].status is Status.PENDING
    told = await office.heard()
    assert told["text"].startswith("市交通局代报了一项进展，请认可或退回")
    assert (await press(office, told, "认可"))["text"].endswith("\n开始计入。")
    assert (await stranger.heard())["text"].startswith("您代报的进展已被认可")
    assert harness.reports()[0].status is Status.ACCEPTED
    own = await stranger.ask(f"/pending 认可 {harness.reports()[0].id}")
    assert "不在您的范围内" in own["text"]


async def test_a_head_approves_all_figures_of_the_unit_in_one_tap(harness: ReportHarness) -> None:
    me, head = harness.talk(SCIENCE), harness.talk(HEAD)
    await report(me, "5G基站建成620个")
    await report(me, "高新技术企业达到22家")
    await report(me, "说错了，是23家")
    shown = await head.ask("/approve")
    assert "22 家" not in shown["text"]
    assert "市科经局：2 条数据等您审签" in shown["text"]
    assert (await press(head, shown, "全部审签（2 条）"))["text"] == "已审签：市科经局 2 条数据。"
    assert [bool(report.approved) for report in harness.reports()] == [True, False, True]
    assert (await me.ask("/approve"))["text"].startswith("只有本单位负责人或单位审签人可以单位审签")


async def test_the_lead_sees_which_units_have_not_contributed(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    told = await me.ask("/missing")
    line = next(line for line in told["text"].split("\n") if line.startswith("5.2"))
    assert line.endswith("：没有应报的")
    assert "主责没有确认的，不算未报。" in told["text"]


async def test_who_is_of_no_unit_sees_what_nobody_has_reported(harness: ReportHarness) -> None:
    told = await harness.talk(SUPERVISOR).ask("/missing")
    assert told["text"].startswith("没有应报的项"), "no owner is confirmed"


async def test_a_stranger_a_visitor_a_group_and_a_public_service_can_do_none_of_it(
    harness: ReportHarness,
) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成620个")
    number = harness.reports()[0].id
    stranger = harness.talk(VISITOR)
    await stranger.ask("/start")
    commands = [
        "/report", "/report #1.1 确认", "/report 无变化", "/report 5G基站建成1个", f"/withdraw {number}",
        f"/evidence {number}", f"/evidence 看 {number}", "/pending", f"/pending 认可 {number}", "/approve",
        f"/approve 全部 {number}", f"/return {number} 不对", f"/check {number}", "/missing", "/history 5G基站",
    ]  # fmt: skip
    for command in (*commands, "高新技术企业达到99家"):
        told = await stranger.ask(command)
        assert "您还没有绑定身份" in told["text"] or "报进展" in told["text"], (command, told["text"])
    group = Talk(harness.site, harness.first.events, person=SCIENCE, chat=GROUP)
    for command in commands:
        told = await group.ask(
            f"{command.split()[0]}@{harness.site.world.cast.bot_username} {command.partition(' ')[2]}"
        )
        assert "请私聊我" in told["text"], (command, told["text"])
    (only,) = harness.reports()
    assert (only.status, only.value) == (Status.ACCEPTED, Decimal(620))
    assert only.subject.plan == PLAN


async def test_a_question_asked_while_a_number_is_awaited_is_answered_and_the_card_stays(
    harness: ReportHarness,
) -> None:
    me = harness.talk(SCIENCE)
    card = await me.ask("5G基站建成620个")
    await press(me, card, "改数")
    assert (await me.ask("问问老李再说"))["text"].startswith("没有读懂这个数，还没有改。")
    assert "长江大保护" in (await me.ask("长江大保护谁牵头"))["text"]
    assert (await press(me, card, "确认"))["text"].startswith("已记录。")


async def test_what_holds_no_number_is_offered_as_a_question_too(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    card = await me.ask("5G基站投资620万元")
    assert "没有读到能计入的数" in card["text"]
    assert "当作提问" in labels(card)
    assert "5G基站" in (await press(me, card, "当作提问"))["text"]
    assert harness.reports() == ()
