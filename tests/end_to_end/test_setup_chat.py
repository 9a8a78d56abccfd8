"""The setup list, 关于, and what people suggest to the office."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from bot_harness import VISITOR, Talk, labels
from office_harness import INTERNAL, SCIENCE, SUPERVISOR, office_at_work, talk

from handlers.services.question_service import QuestionService
from knowledge.plan.model import Frequency, Target
from storage.cards import CardField, set_field
from storage.database import Database
from storage.people import members_of_plan
from storage.suggestions import list_suggestions

PLAN = "wuxue-2021-26"


@pytest.fixture
async def office(database: Database, question_service: QuestionService) -> AsyncIterator[Talk]:
    async with office_at_work(database, question_service) as chat:
        yield chat


# The setup list


async def test_the_list_begins_with_the_filing_number_and_says_what_is_open_in_figures(office: Talk) -> None:
    said = await office.ask("还有什么没设")
    lines = said["text"].split("\n")
    assert lines[0] == "设置清单：2 项已办，7 项待办"
    assert lines[1].startswith("1 备案编号：待办。未填写，请系统管理员写进配置 [service] filing")
    assert lines[2].startswith("2 审批依据：待办。未填写")
    assert lines[3].startswith("3 方案：已办。《")
    assert "（武政办发〔2021〕26号）" in lines[3]
    assert lines[3].endswith("项任务、55 个目标")
    assert "4 方案期：待办。没有设定，暂按 2021-12-31 至 2023-12-31" in said["text"]
    assert "5 人员：待办。" in said["text"]
    assert "有联络员 3 家、有负责人 1 家；督查室 1 人" in said["text"]
    assert "6 主责：待办。55 个目标，已确认 0 个" in said["text"]
    assert "7 工作日：已办。2023、2024 年放假安排已知" in said["text"]
    assert "8 报送期：待办。月报当月 25 日、季报季后 20 日截止；定了报送频次的 0 个目标，共 55 个" in said["text"]
    assert "9 会期：待办。没有定" in said["text"]
    assert {"方案期", "邀请人员", "定主责", "会期"} <= set(labels(said))


async def test_a_button_leads_to_the_page_and_the_list_counts_what_was_done_there(office: Talk) -> None:
    said = await office.ask("/setup")
    await office.tap(said, "会期")
    assert "会" in (await office.heard())["text"]
    card = await office.ask("/meeting 3月15日")
    await office.tap(card, "确认")
    await office.heard()
    assert "9 会期：已办。下一次 2023-03-15" in (await office.ask("设置清单"))["text"]


async def test_when_all_is_done_it_says_so(database: Database, question_service: QuestionService) -> None:
    service = replace(INTERNAL, filing="鄂政应用备2026-1", approval="武政办函〔2026〕1号")
    async with office_at_work(database, question_service, service=service) as office:
        for line in ("/period 2021-12-31 至 2024-12-31", "/meeting 3月15日"):
            await office.tap(await office.ask(line), "确认")
            await office.heard()
        await asyncio.to_thread(_own_all, database, question_service)
        said = await office.ask("设置清单")
        open_lines = [line for line in said["text"].split("\n") if "待办。" in line]
        assert [line.partition("：")[0] for line in open_lines] == ["5 人员"]  # the towns and most units have nobody
        assert said["text"].startswith("设置清单：8 项已办，1 项待办")


def _own_all(database: Database, question_service: QuestionService) -> None:
    targets: list[Target] = [target for _, target in question_service.library.targets]
    with database.write() as session:
        by = members_of_plan(session, PLAN)[0].id
        now = datetime.now(UTC)
        for target in targets:
            card = replace(target.card, owner="市科经局", frequency=Frequency.MONTHLY)
            for field in (CardField.OWNER, CardField.FREQUENCY):
                set_field(session, PLAN, target, field, card, by=by, now=now, today=None)


async def test_others_hear_who_may(office: Talk) -> None:
    for who in (SCIENCE, SUPERVISOR, VISITOR):
        assert (await talk(office, who).ask("设置清单"))["text"].startswith("只有办公室可以")


# 关于


async def test_about_names_the_filing_number_and_the_approval_or_says_that_there_is_none(
    office: Talk,
) -> None:
    said = await talk(office, VISITOR).ask("备案编号多少")
    assert said["text"].startswith("关于督办助手")
    assert "备案编号：未填写\n审批依据：未填写" in said["text"]
    assert "定位：查询、提醒、代拟辅助。督查考核以线下公文为准" in said["text"]
    assert labels(said) == ["提意见建议"]


async def test_about_names_what_is_configured(database: Database, question_service: QuestionService) -> None:
    service = replace(INTERNAL, filing="鄂政应用备2026-1", approval="武政办函〔2026〕1号")
    async with office_at_work(database, question_service, service=service) as office:
        said = await talk(office, VISITOR).ask("/about")
        assert "备案编号：鄂政应用备2026-1\n审批依据：武政办函〔2026〕1号" in said["text"]


# 意见建议


async def test_a_suggestion_reaches_the_office_with_role_and_unit_and_without_a_name(
    office: Talk, database: Database
) -> None:
    liaison = talk(office, SCIENCE)
    card = await liaison.ask("意见：每月25日太早，能不能放到28日")
    assert card["text"].startswith("交给办公室？\n“每月25日太早")
    assert "办公室看到的是：市科经局联络员、日期和您写的话。不记姓名和账号" in card["text"]
    await liaison.tap(card, "确认")
    assert (await liaison.heard())["text"].startswith("已交办公室。")
    said = await office.ask("/suggestions")
    assert said["text"].startswith("意见建议：1 条\n1 3月1日，市科经局联络员：每月25日太早")
    await office.tap(said, "1 办了")
    assert (await office.heard())["text"].startswith("已删去。")
    assert await asyncio.to_thread(_suggested, database) == []


async def test_a_visitor_is_asked_for_one_and_a_number_in_it_is_covered(office: Talk, database: Database) -> None:
    visitor = talk(office, VISITOR)
    about = await visitor.ask("/about")
    await visitor.tap(about, "提意见建议")
    asked = await visitor.heard()
    assert asked["text"].startswith("请写意见建议，一次一条。\n办公室看到的是：访客、日期和您写的话。")
    card = await visitor.ask("答案太长，请短些，电话13812345678")
    await visitor.tap(card, "确认")
    await visitor.heard()
    assert await asyncio.to_thread(_suggested, database) == [["访客", "答案太长,请短些,电话〈号码〉"]]


async def test_what_must_not_be_here_is_no_suggestion(office: Talk, database: Database) -> None:
    visitor = talk(office, VISITOR)
    assert (await visitor.ask("意见：把密级文件发到群里"))["text"].startswith("没有收下")
    assert (await visitor.ask(f"意见：{'长' * 501}"))["text"].startswith("写了 501 个字，最多 500 个。")
    assert (await visitor.ask("意见：举报刘大壮局长收钱"))["text"].startswith("反映党员、公职人员违纪违法")
    assert await asyncio.to_thread(_suggested, database) == []


async def test_only_the_office_reads_suggestions(office: Talk) -> None:
    for who in (SCIENCE, SUPERVISOR, VISITOR):
        assert (await talk(office, who).ask("/suggestions"))["text"].startswith("只有办公室可以看意见建议")


def _suggested(database: Database) -> list[list[str]]:
    with database.read() as session:
        return [[one.said_by, one.text] for one in list_suggestions(session, PLAN)]
