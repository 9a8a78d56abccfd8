"""Invitations for a whole list: the blank, the preview, the slips, taking them up, revoking them together."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from bot_harness import TRAFFIC, VISITOR, Json, Talk, labels
from office_harness import CODE, OFFICE, SCIENCE, SUPERVISOR, everything, office_at_work, talk
from openpyxl import Workbook
from report_harness import report_harness
from web_client import WebSite, serve_web

from bot.commands.invite_list import invite_list
from bot.playground.people import send_document
from bot.playground.server import Site
from bot.playground.server import serve as serve_playground
from handlers.people.invitation_rows import InvitationFault, read_rows
from handlers.people.invitation_sheet import blank, rows_of
from handlers.services.question_service import QuestionService
from handlers.services.unit_lookup import units_of_plan
from storage.database import Database
from storage.invitation_lists import forget_lists

PLAN = "wuxue-2021-26"
LIST = """单位	姓名	身份	范围
市商务局	张大力	联络员
交同局	王小五	联络员
市财政局	李四海	单位负责人
市商务局	张大力	联络员"""
BOTH_CHANNELS = pytest.mark.parametrize("serve", [serve_playground, serve_web], ids=["telegram", "web"])
LIST_FILE = "邀请名单.xlsx"
NAMES = ("张大力", "李四海", "王小五")


@pytest.fixture
async def office(database: Database, question_service: QuestionService) -> AsyncIterator[Talk]:
    async with office_at_work(database, question_service) as chat:
        yield chat


def test_the_blank_holds_every_unit_and_is_read_back(question_service: QuestionService) -> None:
    units = units_of_plan(question_service, PLAN)
    sheet = rows_of(blank(units, ["联络员", "单位负责人"]))
    assert sheet.split("\n")[0] == "单位\t姓名\t身份\t范围"
    assert [line.partition("\t")[0] for line in sheet.split("\n")[1:]] == list(units)
    assert read_rows(sheet, question_service, PLAN, ()) == ()
    filled = sheet.replace("市商务局\t\t", "市商务局\t张大力\t联络员")
    (row,) = read_rows(filled, question_service, PLAN, ())
    assert (row.name, row.grants[0].unit, row.fault) == ("张大力", "市商务局", None)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("市商务局 张三 联络员", "市商务局 liaison"),
        ("发改委，李四，负责人", "市发改局 head"),
        ("市商务局 联络员", "市商务局 liaison"),
        ("赵六 分管领导 1 5", "1 leader 5 leader"),
        ("赵六 分管领导 整个方案", "None leader"),
        ("赵六 领导联络员 1 5", "1 aide 5 aide"),
        ("市科经局 周九 项目联络人 碳酸钙产业园", "市科经局 contact"),
        ("市科经局 周九 项目联络人", InvitationFault.NO_SCOPE),
        ("市科经局 周九 项目联络人 登月", InvitationFault.NO_PROJECT),
        ("吴十 重点项目中心", "None projects"),
        ("钱七 督查室", "None supervisor"),
        ("交同局 王五 联络员", InvitationFault.NO_UNIT),
        ("市商务局 孙八 科长", InvitationFault.NO_ROLE),
        ("赵六 分管领导", InvitationFault.NO_SCOPE),
        ("赵六 分管领导 99", InvitationFault.NO_SECTION),
        ("市商务局 1388 联络员", InvitationFault.NAME),
    ],
)
def test_a_typed_row_is_read(line: str, told: str, question_service: QuestionService) -> None:
    (row,) = read_rows(line, question_service, PLAN, ())
    read = " ".join(f"{one.section or one.unit} {one.role}" for one in row.grants)
    assert (row.fault or read) == told


async def fetched(office: Talk, message: Json) -> bytes:
    if "document" not in message:
        message = await office.heard()
    address = f"http://127.0.0.1:{office.site.port}/play/api/file/{message['document']['file_id']}"
    async with aiohttp.ClientSession() as page, page.get(address) as saved:
        return await saved.read()


@pytest.mark.both
async def test_a_list_is_previewed_made_taken_up_and_revoked_and_leaves_no_name_and_no_code(
    office: Talk, database: Database
) -> None:
    asked = await office.ask("邀请名单空表")
    assert asked["text"].startswith("请发邀请名单，一行一人：单位、姓名、身份、范围。")
    assert rows_of(await fetched(office, await office.heard())).startswith("单位\t姓名\t身份\t范围\n")
    seen = await office.ask(LIST)
    assert seen["text"].split("\n")[:5] == [
        "名单读到 4 行：可以邀请 2 人，2 行有问题",
        "第 3 行：王小五，没有找到单位“交同局”，是不是市交通局",
        "第 5 行：张大力，和前面的重复",
        "市商务局联络员 张大力",
        "市财政局单位负责人 李四海",
    ]
    assert labels(seen) == ["生成 2 张邀请", "不办了"]
    await office.tap(seen, "生成 2 张邀请")
    made = await office.heard()
    assert made["text"].startswith("已生成 2 张邀请，")
    page = (await fetched(office, await office.heard())).decode()
    codes = list(dict.fromkeys(CODE.findall(page)))
    assert len(codes) == 2
    assert re.findall("<h2>(.*)</h2>", page) == ["市商务局 张大力", "市财政局 李四海"]
    assert page.count("前有效，只能用一次") == 2
    await office.ask("/me")  # what is answered is closed by then
    held = await asyncio.to_thread(everything, database)
    assert not any(one in held for one in (*codes, *NAMES))
    joined = await talk(office, VISITOR).ask(f"/start {codes[0]}")
    assert joined["text"].startswith("已绑定：市商务局联络员")
    await office.tap(made, "这 2 张一起撤销")
    assert (await office.heard())["text"].startswith("已撤销 1 张没有用过的邀请。")
    refused = await talk(office, TRAFFIC).ask(f"/start {codes[1]}")
    assert refused["text"] == "这个邀请链接已被撤销，没有绑定；请向办公室重新要一个。"


async def test_a_list_is_made_once_and_one_that_is_dropped_never(office: Talk, database: Database) -> None:
    seen = await office.ask(LIST)
    await office.tap(seen, "不办了")
    assert (await office.heard())["text"] == "没有生成，名单已删去。"
    assert (await office.ask("/roster make 1"))["text"].startswith("这份名单已经办过或过期")
    await office.ask("/me")
    held = await asyncio.to_thread(everything, database)
    assert not any(one in held for one in NAMES)


async def test_a_list_that_nobody_decides_about_goes_after_a_day(office: Talk, database: Database) -> None:
    await office.ask(LIST)
    await database.run(forget_lists, before=datetime.now(UTC) + timedelta(seconds=1))
    assert (await office.ask("/roster make 1"))["text"].startswith("这份名单已经办过或过期")


async def test_who_is_bound_already_is_not_invited_again(office: Talk) -> None:
    seen = await office.ask("/me")
    name = seen["text"].partition("（")[0]
    said = await office.ask(f"单位\t姓名\t身份\n\t{name}\t办公室")
    assert "已经绑定了办公室" in said["text"]


async def test_only_the_office_invites(office: Talk) -> None:
    for who in (SCIENCE, SUPERVISOR, VISITOR):
        assert (await talk(office, who).ask("批量邀请"))["text"].startswith("只有办公室可以邀请人员")


def workbook() -> bytes:
    book, content = Workbook(), BytesIO()
    for line in LIST.split("\n"):
        book.active.append(line.split("\t"))
    book.save(content)
    return content.getvalue()


async def sent(site: Site, talk: Talk) -> Json:
    if isinstance(site, WebSite):
        site.client.post_file(workbook(), person=talk.person, chat=talk.chat, name=LIST_FILE)
    else:
        send_document(site.world, talk.person, talk.chat, LIST_FILE, workbook())
    return await talk.heard()


@BOTH_CHANNELS
async def test_a_workbook_that_is_sent_back_is_previewed_as_what_is_pasted(
    serve: Callable[[], AbstractAsyncContextManager[Site]], database: Database, question_service: QuestionService
) -> None:
    async with serve() as site, report_harness(site, database, question_service) as harness:
        seen = await sent(site, harness.talk(OFFICE))
        assert seen["text"].startswith("名单读到 4 行：可以邀请 2 人，2 行有问题")
        assert labels(seen) == ["生成 2 张邀请", "不办了"]
        refused = await sent(site, harness.talk(SCIENCE))
        assert refused["text"].startswith("只有办公室可以邀请人员")


# On the command line


def test_a_workbook_becomes_slips_on_the_command_line(
    tmp_path: Path, database_url: str, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, printed = tmp_path / "名单.xlsx", tmp_path / "纸条.html"
    listed.write_bytes(workbook())
    assert invite_list(listed, printed, database=database_url) == 0
    told = capsys.readouterr()
    assert told.out.split("\n")[:3] == [
        "第 3 行：王小五，没有找到单位“交同局”，是不是市交通局",
        "第 5 行：张大力，和前面的重复",
        f"已生成 2 张邀请，2 行没有，7 天内有效；纸条在 {printed}，打印以后请删掉这个文件。",
    ]
    page = printed.read_text(encoding="utf-8")
    codes = set(CODE.findall(page))
    assert len(codes) == 2
    assert printed.stat().st_mode & 0o777 == 0o600
    held = everything(database)
    assert not any(one in held for one in (*codes, *NAMES))
    assert held.count("db1#") == 2


def test_slips_are_never_written_over_a_file_and_nothing_is_made_then(
    tmp_path: Path, database_url: str, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, printed = tmp_path / "名单.txt", tmp_path / "纸条.html"
    listed.write_text(LIST, encoding="utf-8")
    printed.write_text("旧的", encoding="utf-8")
    assert invite_list(listed, printed, database=database_url) == 1
    assert "没有生成邀请" in capsys.readouterr().err
    assert "db1#" not in everything(database)
    listed.write_bytes(b"\xff\xfe\x00")
    assert invite_list(listed, tmp_path / "新.html", database=database_url) == 1
    assert "不是 xlsx" in capsys.readouterr().err
    listed.write_text("市商务局 张三 科长", encoding="utf-8")
    assert invite_list(listed, tmp_path / "新.html", database=database_url) == 1
    assert "没有“科长”这个身份" in capsys.readouterr().err
