"""明天开会 over the Bot API: who gets the page, of what, and the lists behind it."""

from collections.abc import AsyncIterator

import pytest
from bot_harness import Talk, labels, press
from report_harness import HEAD, OFFICE, SCIENCE, SUPERVISOR, TRAFFIC, VISITOR, ReportHarness, report, report_harness

from bot.playground.server import Site
from handlers.services.question_service import QuestionService
from storage.database import Database

LEADER = 510008
"""In charge of the sections five and six."""


@pytest.fixture
async def harness(site: Site, database: Database, question_service: QuestionService) -> AsyncIterator[ReportHarness]:
    async with report_harness(site, database, question_service) as running:
        yield running


async def said(chat: Talk, *sentences: str) -> None:
    for sentence in sentences:
        assert (await report(chat, sentence))["text"].startswith("已记录。")


async def test_a_leader_gets_the_page_of_what_he_is_in_charge_of(harness: ReportHarness) -> None:
    await said(harness.talk(SCIENCE), "5G基站建成200个", "5G基站征地受阻，需市自规局协调", "高新技术企业21家")
    leader = harness.talk(LEADER)
    page = (await leader.ask("明天开会"))["text"].split("\n")
    assert page[0] == "分管的：6 个目标中 1 个有数，🟢 绿 0、🟡 黄 0、🔴 红 1"
    assert page[1] == "上月底（2月28日）还没有数，不作比较。"
    assert page[2] == "最需要定的：5.2 5G基站，“5G基站征地受阻，需市自规局协调”（市科经局）"
    assert page[3] == "红灯 1 项"
    assert page[4].startswith("5.2 5G基站：200 个 / 700个以上，慢 ")
    assert page[4].endswith("（市科经局，3月31日填报）")
    assert page[page.index("堵点 1 项") + 1] == "5.2 5G基站：困难问题 1 条（市科经局，3月31日）"
    assert "5.2 5G基站（🔴 红）：“5G基站征地受阻，需市自规局协调”（市科经局，3月31日）" in page
    assert page[-1].startswith("截至 3月31日；数都是 3月31日的；")
    assert not any("高新技术企业" in line for line in page)


async def test_the_supervisor_and_the_office_get_all_or_a_section(harness: ReportHarness) -> None:
    await said(harness.talk(SCIENCE), "高新技术企业1家")
    for person in (SUPERVISOR, OFFICE):
        chat = harness.talk(person)
        assert (await chat.ask("会前一页纸"))["text"].startswith("全方案：55 个目标中 1 个有数")
        assert "高新技术企业" in (await chat.ask("/brief 第一部分"))["text"]
        assert (await chat.ask("给我第五部分的一页纸"))["text"].startswith("“加强重大项目建设”部分：")
        assert "没有“九”这个部分" in (await chat.ask("/brief 九"))["text"]


async def test_a_section_that_is_not_the_leader_s_is_refused(harness: ReportHarness) -> None:
    leader = harness.talk(LEADER)
    assert (await leader.ask("/brief 五"))["text"].startswith("“加强重大项目建设”部分")
    assert "不在您的范围内" in (await leader.ask("/brief 一"))["text"]


async def test_others_are_told_who_gets_it_and_shown_what_is_theirs(harness: ReportHarness) -> None:
    for person in (TRAFFIC, HEAD):
        answer = await harness.talk(person).ask("给我一页纸")
        assert answer["text"] == "只有分管领导、领导联络员、督查室或办公室可以要会前一页纸，您目前没有这个角色。"
        assert labels(answer) == ["本单位进展"]
    assert "您还没有绑定身份" in (await harness.talk(VISITOR).ask("明天开会"))["text"]
    assert not (await harness.talk(TRAFFIC).ask("明天开会通知发了吗"))["text"].startswith("只有")


async def test_the_whole_list_is_a_button_away_and_its_pages_turn(harness: ReportHarness) -> None:
    await said(harness.talk(SCIENCE), "高新技术企业1家", "技改项目1个", "5G基站建成1个", "种养大户1家")
    await said(harness.talk(SCIENCE), "家庭农场1个", "龙头企业1家", "隐形冠军1家")
    chat = harness.talk(OFFICE)
    page = await chat.ask("/brief")
    assert "红灯 6 项" in page["text"]
    assert "另有 1 项" in page["text"]
    whole = await press(chat, page, "看红灯")
    assert whole["text"].startswith("全方案：红灯 6 项，已全部列出")
    assert (await press(chat, whole, "会前一页纸"))["text"] == page["text"]


async def test_what_a_unit_called_blocked_is_stuck(harness: ReportHarness) -> None:
    await said(harness.talk(TRAFFIC), "牛关矶综合码头停工了")
    page = (await harness.talk(SUPERVISOR).ask("/brief"))["text"]
    assert "牛关矶综合码头：停工（停滞），“牛关矶综合码头停工了”（市交通局，3月31日）" in page
