"""`duban index`: from a document to answers that rest on its text, through the command line."""

import json
import os
import sys
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.cli import main

REGISTER = """\
title: 某县行动方案
home: 某县
sections: [{no: 1, title: 大力发展产业, place: 二(一)}]
tasks:
  - {id: "1.1", title: 主攻光伏产业, place: 二(一)1, units: [县科经局, 县发改局]}
  - {id: "1.2", title: 发展文旅, place: 二(一)2, units: [县文旅局]}
"""
LINES = (
    "二、重点任务",
    "(一)大力发展产业",
    "1.主攻光伏产业。加快建设光伏园,改造农村电网。(责任单位:县科经局、县发改局)",
    "2.发展文旅。推进湿地公园和农村电网。(责任单位:县文旅局)",
)


@pytest.fixture(autouse=True)
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("DUBAN_"):
            monkeypatch.delenv(name)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    file = tmp_path / "some.yaml"
    file.write_text(REGISTER, encoding="utf-8")
    return file


def _docx(lines: tuple[str, ...]) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document><w:body>{body}</w:body></w:document>")
    return packed.getvalue()


def ask(question: str, register: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stdin", StringIO(json.dumps({"id": "q", "turns": [question]})))
    capsys.readouterr()
    assert main(["ask", "--jsonl", "--plan", str(register)]) == 0
    text: str = json.loads(capsys.readouterr().out)["answers"][0]["text"]
    return text.split("\n")[0]


@pytest.mark.parametrize("kind", ["docx", "txt"])
def test_an_indexed_document_is_searched_and_what_it_lacks_is_proved(
    kind: str, register: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = register.with_name(f"原文.{kind}")
    document.write_bytes(_docx(LINES) if kind == "docx" else "\n".join(LINES).encode())
    assert "没有查原文" in ask("哪些任务提到光伏", register, capsys, monkeypatch)
    assert ask("方案提到湿地了吗", register, capsys, monkeypatch) == "方案的任务清单里没有“湿地”。"
    assert main(["index", str(document), "--plan", str(register)]) == 0
    assert "已做好索引" in capsys.readouterr().out
    assert main(["check-plan", str(register)]) == 0
    assert (
        ask("哪些任务提到农村电网", register, capsys, monkeypatch) == "2 项任务提到“农村电网”（全文检索，已全部列出）"
    )
    assert ask("方案提到湿地了吗", register, capsys, monkeypatch).startswith("提到了")
    assert ask("方案提到机场了吗", register, capsys, monkeypatch) == "方案没有提到“机场”。"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("原文.pdf", b"%PDF", "读不了“pdf”文件"),
        ("原文.docx", b"no zip", "读不出来"),
        ("没有.txt", None, "读不出来"),
        ("原文.txt", "别的文件".encode(), "没有找到这些标题，请核对任务清单：主攻光伏产业、发展文旅"),
    ],
    ids=["kind", "broken", "missing", "other"],
)
def test_what_cannot_be_indexed_is_told(
    name: str, content: bytes | None, sentence: str, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = register.with_name(name)
    if content is not None:
        document.write_bytes(content)
    assert main(["index", str(document), "--plan", str(register)]) == 1
    assert sentence in capsys.readouterr().err
    assert [file.name for file in register.parent.glob("some.*")] == ["some.yaml"]
