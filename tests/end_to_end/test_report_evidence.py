"""Evidence: photos and documents with a report or after it, over the Bot API; and what is not kept."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from bot_harness import confirmed, labels, press
from report_harness import HEAD, OFFICE, SCIENCE, SUPERVISOR, TRAFFIC, VISITOR, ReportHarness, report, report_harness
from sqlalchemy import select

from bot.evidence_folder import Files
from bot.playground.people import send_document, send_photo
from bot.playground.server import Site
from handlers.reports.evidence_files import LARGEST, FileProblem, clean_name, problem_in
from handlers.services.question_service import QuestionService
from storage.database import Database
from storage.evidence import EvidenceRow, FileState

pytestmark = pytest.mark.both

PHOTO = b"\xff\xd8\xff\xe0 a picture"
PDF = b"%PDF-1.4 minutes"


@pytest.fixture
async def harness(
    site: Site, database: Database, question_service: QuestionService, tmp_path: Path
) -> AsyncIterator[ReportHarness]:
    async with report_harness(site, database, question_service, files=tmp_path / "evidence") as running:
        yield running


def rows(harness: ReportHarness) -> list[EvidenceRow]:
    with harness.database.read() as session:
        return list(session.scalars(select(EvidenceRow).order_by(EvidenceRow.id)))


async def test_a_withdrawn_report_takes_no_evidence(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    done = await report(me, "5G基站建成620个")
    await press(me, done, "撤回")
    assert (await press(me, done, "补佐证"))["text"].startswith("这条填报已撤回，没有再改。")


async def test_evidence_alone_lists_the_own_reports(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    assert "只能给自己的填报补" in (await me.ask("/evidence"))["text"]
    await report(me, "5G基站建成620个")
    asked = await me.ask("/evidence")
    assert (await press(me, asked, "5.2 5G基站 620 个"))["text"].startswith("请发图片或文件")


def office_file(text: str) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", f"<w:p><w:t>{text}</w:t></w:p>")
    return packed.getvalue()


async def test_a_photo_with_words_is_kept_with_the_report_that_they_make(
    harness: ReportHarness, tmp_path: Path
) -> None:
    me = harness.talk(SCIENCE)
    send_photo(harness.site.world, SCIENCE, SCIENCE, PHOTO, "5G基站建成620个")
    card = await me.heard()
    assert card["text"].startswith("请确认：5.2 5G基站")
    await press(me, card, "确认")
    (kept,) = rows(harness)
    assert (kept.state, kept.size) == (FileState.KEPT, len(PHOTO))
    assert Files(tmp_path / "evidence").get(kept.sha256 or "") == PHOTO
    shown = await me.ask(f"/evidence 看 {harness.reports()[0].id}")
    assert "1 份佐证" in shown["text"]
    handed = await me.heard()
    assert harness.site.world.book.file(handed["document"]["file_id"]) == PHOTO


async def test_an_album_with_one_caption_is_kept_whole_and_answered_once(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    for n, words in enumerate(("5G基站建成620个", "", "")):
        send_photo(harness.site.world, SCIENCE, SCIENCE, PHOTO + bytes([n]), words, album="album1")
    card = await me.heard()
    await press(me, card, "确认")
    await me.ask("/me")
    assert [row.state for row in rows(harness)] == [FileState.KEPT] * 3
    assert len({row.sha256 for row in rows(harness)}) == 3
    assert len(me.answers()) == 2, "the card, which has turned into what was recorded, and /me"


async def test_a_document_after_the_report_is_kept_with_it(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    done = await report(me, "5G基站建成620个")
    assert (await press(me, done, "补佐证"))["text"].startswith("请发图片或文件")
    assert (await me.ask("没有照片"))["text"].startswith("文字不能作佐证")
    send_document(harness.site.world, SCIENCE, SCIENCE, "../../验收 单\u202e.PDF", PDF)
    told = await me.heard()
    assert told["text"].startswith("佐证已附上：验收 单.pdf")
    await me.ask("/me")
    (kept,) = rows(harness)
    assert (kept.name, kept.report_id) == ("验收 单.pdf", int(harness.reports()[0].id))


async def test_what_is_too_large_of_another_type_or_over_a_red_line_is_not_kept(
    harness: ReportHarness, tmp_path: Path
) -> None:
    me = harness.talk(SCIENCE)
    world = harness.site.world
    await report(me, "5G基站建成620个")
    send_document(world, SCIENCE, SCIENCE, "大.pdf", b"%PDF-" + bytes(LARGEST))
    assert "超过 20 MB" in (await me.heard())["text"]
    send_document(world, SCIENCE, SCIENCE, "程序.exe", b"MZ")
    assert "只收图片" in (await me.heard())["text"]
    send_document(world, SCIENCE, SCIENCE, "假的.pdf", b"MZ not a pdf")
    assert (await me.heard())["text"].startswith("假的.pdf 没有保存。只收图片")
    send_document(world, SCIENCE, SCIENCE, "说明.docx", office_file("市长批示原文：此事请交通局研究"))
    refused = await me.heard()
    assert refused["text"].startswith("没有保存。里面像是有不能发到公网的内容")
    send_document(world, SCIENCE, SCIENCE, "机密-名单.pdf", PDF)
    assert (await me.heard())["text"].startswith("没有收下：里面像是有带密级标志的内容。")
    await me.ask("/me")
    assert [row.state for row in rows(harness)] == [FileState.REFUSED] * 2
    assert not [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]


async def test_evidence_is_handed_to_those_with_the_right_and_to_nobody_else(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成620个")
    send_document(harness.site.world, SCIENCE, SCIENCE, "验收单.pdf", PDF)
    await me.heard()
    await me.ask("/me")  # answered once the file is fetched
    line = f"/evidence 看 {harness.reports()[0].id}"
    for person in (HEAD, SUPERVISOR, OFFICE, TRAFFIC):  # 市交通局 is responsible for 5.2 too
        assert "1 份佐证" in (await harness.talk(person).ask(line))["text"]
        assert (await harness.talk(person).heard())["document"]["file_name"] == "验收单.pdf"
    assert "您还没有绑定身份" in (await harness.talk(VISITOR).ask(line))["text"]
    send_document(harness.site.world, VISITOR, VISITOR, "验收单.pdf", PDF)
    assert (await harness.talk(VISITOR).heard())["text"].startswith("文件我还不能收")
    assert len(rows(harness)) == 1


async def test_a_file_that_belongs_to_nothing_is_not_kept(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    send_photo(harness.site.world, SCIENCE, SCIENCE, PHOTO)
    assert (await me.heard())["text"].startswith("这个文件没有保存：还不知道它是哪一项的佐证。")
    send_photo(harness.site.world, SCIENCE, SCIENCE, PHOTO, "长江大保护谁牵头")
    assert (await me.heard())["text"].startswith("这个文件没有保存：还不知道它是哪一项的佐证。")
    assert rows(harness) == []


async def test_what_the_office_wants_evidence_of_is_recorded_and_marked_until_there_is_some(
    harness: ReportHarness,
) -> None:
    me, supervisor = harness.talk(SCIENCE), harness.talk(SUPERVISOR)
    before = await report(me, "5G基站建成600个")
    assert before["text"].startswith("已记录。")
    assert "缺佐证" not in (await supervisor.ask("/history 5G基站"))["text"]
    office = harness.talk(OFFICE)
    asked = await press(office, await office.ask("/card 5.2 5G基站 更多"), "佐证")
    assert labels(asked) == ["必须附", "自愿"]
    shown = await press(office, asked, "必须附")
    assert "佐证：不要求 → 必须附" in shown["text"]
    assert (await press(office, shown, "确认"))["text"].startswith("已改。")
    card = await me.ask("5G基站建成620个")
    assert "这一项要附佐证" in card["text"]
    done = await press(me, card, "确认")
    assert done["text"].startswith("已记录。")
    assert (await supervisor.ask("/history 5G基站"))["text"].count("缺佐证") == 2
    await press(me, done, "补佐证")
    send_document(harness.site.world, SCIENCE, SCIENCE, "验收单.pdf", PDF)
    assert "这一项要附佐证。" in (await me.heard())["text"]
    await me.ask("/me")
    send_photo(harness.site.world, SCIENCE, SCIENCE, PHOTO, "5G基站建成630个")
    await press(me, await me.heard(), "确认")
    await me.ask("/me")
    entries = (await supervisor.ask("/history 5G基站"))["text"].split("#")[1:]
    assert ["缺佐证" in entry for entry in entries] == [False, False, True]
    await press(me, await me.ask("/report target 5.2/1"), "本期无变化")
    assert (await supervisor.ask("/history 5G基站"))["text"].count("缺佐证") == 1
    await confirmed(office, "/card 5.2 5G基站 佐证 自愿")
    assert "缺佐证" not in (await supervisor.ask("/history 5G基站"))["text"]


def test_names_are_cleaned_of_paths_and_tricks() -> None:
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("C:\\文件\\验收单.PDF") == "验收单.pdf"
    assert clean_name("a<b>\u202egpj.exe") == "abgpj.exe"
    assert len(clean_name("长" * 300 + ".docx")) == 65


def test_a_file_is_what_its_name_says() -> None:
    assert problem_in(PDF, "甲.pdf") is None
    assert problem_in(PHOTO, "甲.JPG") is None
    assert problem_in(PDF, "甲.png") is FileProblem.TYPE
    assert problem_in(b"PK\x03\x04 broken", "甲.docx") is FileProblem.TYPE
    assert problem_in(office_file("5G基站验收单"), "甲.docx") is None
    assert problem_in("身份证11010519491231002X".encode("gb18030"), "甲.txt") is FileProblem.RED_LINE


def test_the_folder_keeps_a_content_once_and_drops_what_stands_behind_nothing(tmp_path: Path) -> None:
    files = Files(tmp_path / "evidence")
    first, second = files.put(PDF), files.put(PHOTO)
    assert files.put(PDF) == first
    files.drop_others(frozenset({first}), older_than=2e12)
    assert files.get(first) == PDF
    with pytest.raises(OSError, match="No such file"):
        files.get(second)


async def test_a_photo_that_may_belong_to_several_asks_where_and_an_album_is_counted(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成620个")
    await report(me, "高新技术企业达到22家")
    send_photo(harness.site.world, SCIENCE, SCIENCE, PHOTO, "奠基现场", album="album1")
    asked = await me.heard()
    assert asked["text"].startswith("已收 1 张照片（奠基现场.jpg）：附在哪一项后面？")
    assert labels(asked) == ["1.1 新增高新技术企业 22 家", "5.2 5G基站 620 个", "不要了"]
    for n in (1, 2):
        send_photo(harness.site.world, SCIENCE, SCIENCE, PHOTO + bytes([n]), album="album1")
        asked = await me.heard()
        assert asked["text"].startswith(f"已收 {n + 1} 张照片（奠基现场.jpg 等）：附在哪一项后面？")
    assert len(me.answers()) == 3, "the two cards and one question"
    placed = await press(me, asked, "5.2 5G基站 620 个")
    assert placed["text"].startswith("佐证已附上：已收 3 张照片（奠基现场.jpg 等）\n附在 5.2 5G基站 620 个 后面。")
    first = harness.reports()[0].id
    assert [row.report_id for row in rows(harness)] == [int(first)] * 3
    assert "3 份佐证" in (await me.ask(f"/evidence 看 {first}"))["text"]
    await me.heard()
    moved = await press(me, placed, "换一项")
    await press(me, moved, "1.1 新增高新技术企业 22 家")
    assert {row.report_id for row in rows(harness)} == {int(harness.reports()[1].id)}


async def test_a_photo_is_not_taken_for_what_is_to_be_typed_and_is_counted_when_its_report_is_confirmed(
    harness: ReportHarness,
) -> None:
    me = harness.talk(SCIENCE)
    card = await me.ask("5G基站建成620个")
    await press(me, card, "改数")
    send_photo(harness.site.world, SCIENCE, SCIENCE, PHOTO)
    assert "附在待确认的 5.2 5G基站 后面" in (await me.heard())["text"]
    changed = await me.ask("630个")
    assert "本次 630 个" in changed["text"]
    assert "已收 1 份佐证。" in (await press(me, changed, "确认"))["text"]


async def test_a_photo_of_which_nobody_says_where_it_belongs_can_be_dropped(harness: ReportHarness) -> None:
    me = harness.talk(SCIENCE)
    await report(me, "5G基站建成620个")
    await report(me, "高新技术企业达到22家")
    send_photo(harness.site.world, SCIENCE, SCIENCE, PHOTO)
    assert (await press(me, await me.heard(), "不要了"))["text"].startswith("好，1 个文件没有附，已经丢弃。")
    assert rows(harness) == []
