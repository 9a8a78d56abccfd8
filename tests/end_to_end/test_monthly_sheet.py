"""The monthly sheet handed out and read back through the real file door, over each channel."""

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bot_harness import Json, Talk, labels, press
from openpyxl import load_workbook
from report_harness import MEICHUAN, OFFICE, SCIENCE, TRAFFIC, ReportHarness, report, report_harness
from web_client import WebSite, serve_web

from bot.playground.people import send_document
from bot.playground.server import serve as serve_playground
from bot.web.store import PageStore
from handlers.reports.texts_sheets import SheetColumn
from handlers.services.question_service import QuestionService
from knowledge.reports.model import AnswerSource, UpdateKind
from knowledge.standing.report import Status
from storage.database import Database

pytestmark = pytest.mark.both

OWNERS = {
    ("5.2", "5G基站"): "市科经局",
    ("1.1", "新增高新技术企业"): "市科经局",
    ("3.1", "规模种养大户"): "市农业农村局",
}
PLACES = {column: at for at, column in enumerate(SheetColumn, 2)}
NAME = "月报表.xlsx"
TODAY = date(2023, 3, 20)


@pytest.fixture(params=[serve_playground, serve_web], ids=["telegram", "web"])
async def harness(
    request: pytest.FixtureRequest, database: Database, question_service: QuestionService, tmp_path: Path
) -> AsyncIterator[ReportHarness]:
    async with (
        request.param() as site,
        report_harness(site, database, question_service, files=tmp_path / "evidence", today=TODAY) as running,
    ):
        yield running


async def owners(harness: ReportHarness) -> None:
    office = harness.talk(OFFICE)
    for (task, name), unit in OWNERS.items():
        await press(office, await office.ask(f"/card {task} {name} 主责 {unit} 武政办发〔2022〕3号"), "确认")
    await harness.at_rest()


async def sheet(harness: ReportHarness, talk: Talk, asked: str) -> bytes:
    """The workbook that is handed out."""
    said = await talk.ask(asked)
    assert said["text"].startswith("月报表："), said["text"]
    handed = await talk.heard()
    assert handed["document"]["file_name"].endswith(".xlsx")
    return await content_of(harness, handed)


async def content_of(harness: ReportHarness, handed: Json) -> bytes:
    site, file = harness.site, handed["document"]["file_id"]
    if isinstance(site, WebSite):
        return await site.channel.look_up(PageStore.file, file) or b""
    return site.world.book.file(file) or b""


def send(harness: ReportHarness, person: int, content: bytes, name: str = NAME, caption: str = "") -> None:
    if isinstance(harness.site, WebSite):
        harness.site.client.post_file(content, person=person, chat=person, name=name, caption=caption)
    else:
        send_document(harness.site.world, person, person, name, content, caption)


async def sent(harness: ReportHarness, talk: Talk, content: bytes, name: str = NAME) -> Json:
    send(harness, talk.person, content, name)
    return await talk.heard()


def filled(content: bytes, cells: dict[tuple[str, SheetColumn], Any], *, page: str | None = None) -> bytes:
    """With these values in the rows of these items."""
    book = load_workbook(BytesIO(content))
    one = book[page] if page else book.worksheets[0]
    for (name, column), value in cells.items():
        row = next(cell.row for cell in one["C"] if cell.value == name)
        one.cell(row, PLACES[column]).value = value
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


async def test_a_liaison_s_sheet_goes_out_and_comes_back_as_the_unit_s_own_reports(harness: ReportHarness) -> None:
    await owners(harness)
    me = harness.talk(SCIENCE)
    blank = await sheet(harness, me, "要月报表")
    content = filled(
        blank,
        {
            ("5G基站", SheetColumn.VALUE): "６４０个",
            ("5G基站", SheetColumn.DAY): date(2023, 3, 18),
            ("5G基站", SheetColumn.NOTE): "含在建",
            ("5G基站", SheetColumn.PROBLEM): "用地审批慢",
            ("新增高新技术企业", SheetColumn.STATE): "无变化",
        },
    )
    card = await sent(harness, me, content)
    assert card["text"].startswith("读了市科经局的月报表：可记录 3 项。")
    assert "请确认 3 项（以市科经局填报）" in card["text"]
    assert harness.reports() == ()
    done = await press(me, card, "全部确认（3 项）")
    assert "5.2 5G基站 640 个" in done["text"]
    same, first, problem = harness.reports()
    assert (first.value, first.as_of, first.note, first.behalf) == (Decimal(640), date(2023, 3, 18), "含在建", None)
    assert (problem.kind, same.kind) == (UpdateKind.PROBLEM, UpdateKind.NO_CHANGE)
    assert {one.for_period for one in harness.reports()} == {"2023-03"}
    again = await sent(harness, me, content)
    assert again["text"].startswith("读了市科经局的月报表：没有要记录的，已经报过、没有变的 3 项。")
    assert len(harness.reports()) == 3
    asked = await press(me, done, "撤回")
    assert asked["text"].startswith("把一起报的这 3 条都撤回吗？")
    assert (await press(me, asked, "确认撤回 3 条"))["text"].startswith("已撤回 3 条，不再计入。")
    assert {one.status for one in harness.reports()} == {Status.WITHDRAWN}
    assert "可记录 3 项" in (await sent(harness, me, content))["text"]


async def test_the_office_s_workbook_is_written_down_on_behalf_unit_by_unit(harness: ReportHarness) -> None:
    await owners(harness)
    office = harness.talk(OFFICE)
    content = await sheet(harness, office, "各单位的月报表")
    pages = load_workbook(BytesIO(content)).sheetnames
    assert len(pages) == 2
    for page in pages:
        name = "5G基站" if "科经" in page else "规模种养大户"
        content = filled(content, {(name, SheetColumn.VALUE): 60}, page=page)
    send(harness, OFFICE, content)
    cards = [await office.heard(), await office.heard()]
    for card, unit in zip(cards, ("市科经局", "市农业农村局"), strict=True):
        assert f"读了{unit}的月报表" in card["text"]
        assert f"{unit} · 由办公室代录（书面，3月20日）" in card["text"]
        await press(office, card, "确认")
    assert [(one.unit, one.behalf and one.behalf.source) for one in harness.reports()] == [
        ("市科经局", AnswerSource.PAPER),
        ("市农业农村局", AnswerSource.PAPER),
    ]
    assert "应报的都报了" not in (await office.ask("谁没报"))["text"]


async def test_what_is_wrong_is_named_by_its_cell_and_the_rest_is_taken(harness: ReportHarness) -> None:
    await owners(harness)
    me = harness.talk(SCIENCE)
    blank = await sheet(harness, me, "月报表")
    content = filled(
        blank,
        {
            ("5G基站", SheetColumn.VALUE): "几百个",
            ("新增高新技术企业", SheetColumn.VALUE): "21家",
            ("新增高新技术企业", SheetColumn.DAY): "3月19日",
        },
    )
    card = await sent(harness, me, content)
    assert "可记录 1 项" in card["text"]
    assert "5G基站：“几百个”不是这一项能记的数" in card["text"]
    await press(me, card, "确认")
    (one,) = harness.reports()
    assert (one.value, one.as_of) == (Decimal(21), date(2023, 3, 19))
    formula = await sent(harness, me, filled(blank, {("5G基站", SheetColumn.VALUE): "=600+40"}))
    assert "公式没有算出结果，请改成数" in formula["text"]


async def test_a_sheet_of_another_s_unit_with_changed_keys_or_of_an_old_period_is_refused(
    harness: ReportHarness,
) -> None:
    await owners(harness)
    me = harness.talk(SCIENCE)
    blank = await sheet(harness, me, "月报表")
    content = filled(blank, {("5G基站", SheetColumn.VALUE): 640})
    assert "您不能替它报，没有记录" in (await sent(harness, harness.talk(TRAFFIC), content))["text"]
    for place, value, told in (
        ("A6", "5.2|别的|2023-03", "编号改过"),
        ("A2", "{}", "编号或表头改过"),
        ("A6", None, "编号改过"),
        ("A2", '{"plan": "别的", "unit": "市科经局", "made_on": "2023-03-20"}', "别的方案的"),
    ):
        book = load_workbook(BytesIO(content))
        book.worksheets[0][place].value = value
        packed = BytesIO()
        book.save(packed)
        assert told in (await sent(harness, me, packed.getvalue()))["text"], place
    book = load_workbook(BytesIO(content))
    for cell in book.worksheets[0]["A"][4:]:
        cell.value = str(cell.value).replace("2023-03", "2022-12")
    packed = BytesIO()
    book.save(packed)
    old = await sent(harness, me, packed.getvalue())
    assert "是2022年12月的，现在报的是3月，没有记录" in old["text"]
    assert labels(old)[:1] == ["要本期的月报表"]
    assert harness.reports() == ()


async def test_another_workbook_is_evidence_as_before(harness: ReportHarness) -> None:
    await owners(harness)
    me = harness.talk(SCIENCE)
    book = load_workbook(BytesIO(await sheet(harness, me, "月报表")))
    book.worksheets[0]["A1"].value = None
    packed = BytesIO()
    book.save(packed)
    assert "读了" not in (await sent(harness, me, packed.getvalue(), "名单.xlsx"))["text"]
    await report(me, "5G基站建成620个")
    assert (await sent(harness, me, packed.getvalue(), "名单.xlsx"))["text"].startswith("佐证已附上：名单.xlsx")


async def test_who_answers_for_nothing_gets_no_sheet_and_no_other_unit_s(harness: ReportHarness) -> None:
    await owners(harness)
    assert "没有表可出" in (await harness.talk(MEICHUAN).ask("月报表"))["text"]
    for asked in ("科经局的月报表", "各单位的月报表"):
        assert "只有督查室或办公室可以代单位录进展" in (await harness.talk(TRAFFIC).ask(asked))["text"]


async def test_a_paper_that_is_photographed_goes_with_what_is_written_down_from_it(harness: ReportHarness) -> None:
    await owners(harness)
    office = harness.talk(OFFICE)
    send(harness, OFFICE, b"%PDF-1.4 minutes", "报表.pdf", "科经局书面报：5G基站640个")
    card = await office.heard()
    assert "市科经局 · 由办公室代录（书面，3月20日）" in card["text"]
    done = await press(office, card, "确认")
    assert "已收 1 份佐证。" in done["text"]
