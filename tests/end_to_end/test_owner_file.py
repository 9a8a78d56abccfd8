"""A table of confirmed owners sent as a file, through the real file door, over each channel."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from bot_harness import Json, labels, press
from openpyxl import Workbook
from report_harness import OFFICE, SCIENCE, ReportHarness, report_harness
from web_client import WebSite, serve_web

from bot.playground.people import send_document
from bot.playground.server import serve as serve_playground
from handlers.services.question_service import QuestionService
from storage.database import Database

pytestmark = pytest.mark.both

PAPER = "武政办发〔2022〕3号"
ROWS = (
    ("武穴市目标主责审定表",),
    ("序号", "任务", "目标", "主责单位", "依据文号"),
    (1, 5.2, "5G基站", "市科经局", PAPER),
    (2, 5.2, "数字校园覆盖率", "市教育局", PAPER),
    (3, 5.2, "智能井盖", "市城管局", PAPER),
    (None, None, None, None, None),
)


def workbook() -> bytes:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def commas(encoding: str) -> bytes:
    return "\r\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in ROWS).encode(encoding)


@pytest.fixture(params=[serve_playground, serve_web], ids=["telegram", "web"])
async def harness(
    request: pytest.FixtureRequest, database: Database, question_service: QuestionService, tmp_path: Path
) -> AsyncIterator[ReportHarness]:
    async with (
        request.param() as site,
        report_harness(site, database, question_service, files=tmp_path / "evidence") as running,
    ):
        yield running


async def sent(harness: ReportHarness, person: int, content: bytes, name: str) -> Json:
    talk = harness.talk(person)
    if isinstance(harness.site, WebSite):
        harness.site.client.post_file(content, person=person, chat=person, name=name)
    else:
        send_document(harness.site.world, person, person, name, content)
    return await talk.heard()


@pytest.mark.parametrize(
    ("name", "content"),
    [("主责.xlsx", workbook()), ("主责.csv", commas("utf-8-sig")), ("主责.csv", commas("gb18030"))],
    ids=["xlsx", "csv", "csv of an older Excel"],
)
async def test_a_file_is_shown_and_confirmed_as_a_pasted_table_is(
    harness: ReportHarness, name: str, content: bytes
) -> None:
    shown = await sent(harness, OFFICE, content, name)
    assert shown["text"].startswith("确认 2 个目标的主责？")
    assert f"5.2 5G基站：未定 → 市科经局（依据{PAPER}）" in shown["text"]
    assert "没有读懂 1 行，不改：" in shown["text"]
    assert labels(shown) == ["确认这 2 个", "不定了"]
    assert (await press(harness.talk(OFFICE), shown, "确认这 2 个"))["text"].startswith("已确认 2 个目标的主责。")


async def test_from_who_sets_no_owners_it_is_a_file_like_others(harness: ReportHarness) -> None:
    shown = await sent(harness, SCIENCE, workbook(), "主责.xlsx")
    assert "主责？" not in shown["text"]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2", "目标,主责\n".encode()], ids=["empty", "another", "no rows"])
async def test_a_file_without_such_a_table_confirms_nothing(harness: ReportHarness, content: bytes) -> None:
    shown = await sent(harness, OFFICE, content, "表.csv")
    assert "确认" not in "".join(labels(shown))
