"""Documents are opened under limits of really read bytes, whatever they say of themselves."""

import struct
import tracemalloc
import warnings
from collections.abc import Callable, Iterable
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from handlers.reports.evidence_files import FileProblem, problem_in
from handlers.services.document_text import UNPACKED, windows_of

PART = "word/document.xml"
IDENTITY = "11010519491231002X"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
DIRECTORY, LOCAL = b"PK\x01\x02", b"PK\x03\x04"


def packed(parts: Iterable[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytearray:
    made = BytesIO()
    with ZipFile(made, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # duplicate names
        for name, content in parts:
            archive.writestr(name, content)
    return bytearray(made.getvalue())


def claiming(archive: bytearray, *, size: int, packed_size: int | None = None) -> bytearray:
    """The archive with other sizes in what it says of its last entry."""
    for signature, at in ((DIRECTORY, 20), (LOCAL, 18)):
        start = archive.rfind(signature) + at
        (real,) = struct.unpack_from("<I", archive, start)
        struct.pack_into("<II", archive, start, real if packed_size is None else packed_size, size)
    return archive


def encrypted(archive: bytearray) -> bytearray:
    archive[archive.rfind(DIRECTORY) + 8] |= 1
    archive[archive.rfind(LOCAL) + 6] |= 1
    return archive


def damaged(archive: bytearray) -> bytearray:
    archive[60] ^= 0xFF
    return archive


ZEROS = bytes(UNPACKED + 1)
HALF = bytes(UNPACKED // 2 + 1)
TRAPS = {
    "more than a document": (lambda: packed([(PART, ZEROS)]), FileProblem.UNPACKED),
    "says it is small": (lambda: claiming(packed([(PART, ZEROS)]), size=10), FileProblem.TYPE),
    "says it is just small enough": (lambda: claiming(packed([(PART, ZEROS)]), size=UNPACKED - 1), FileProblem.TYPE),
    "together more than a document": (lambda: packed([(PART, HALF), ("word/footer.xml", HALF)]), FileProblem.UNPACKED),
    "twice the same name": (lambda: packed([(PART, HALF), (PART, HALF)]), FileProblem.UNPACKED),
    "374 bytes that are 300 MB": (lambda: packed([(PART, ZEROS)], ZIP_BZIP2), FileProblem.TYPE),
    "more entries than a document": (
        lambda: packed(((f"word/{n}.xml", b"") for n in range(10_001)), ZIP_STORED),
        FileProblem.UNPACKED,
    ),
    "stored, and longer than the file": (
        lambda: claiming(packed([(PART, b"<a/>")], ZIP_STORED), size=2_000_000_000, packed_size=2_000_000_000),
        FileProblem.TYPE,
    ),
    "encrypted": (lambda: encrypted(packed([(PART, b"<a/>")])), FileProblem.TYPE),
    "broken deflate": (lambda: damaged(packed([(PART, b"<w:t>hello</w:t>" * 500)])), FileProblem.TYPE),
    "a number of 5000 digits": (lambda: packed([(PART, b"&#" + b"9" * 5000 + b";")]), FileProblem.TYPE),
    "a zip in it is left alone": (
        lambda: packed([("word/a.zip", bytes(packed([(PART, ZEROS)]))), (PART, b"<a/>")]),
        None,
    ),
    "nothing but brackets": (lambda: packed([(PART, b"<" * 20_000_000)]), None),
    "one tag of many megabytes": (lambda: packed([(PART, b"<a b='" + b"x" * 20_000_000 + b"'>")]), None),
}


@pytest.mark.parametrize(("make", "problem"), TRAPS.values(), ids=TRAPS)
def test_a_trap_is_named(make: Callable[[], bytearray], problem: FileProblem | None) -> None:
    assert problem_in(bytes(make()), "甲.docx") is problem


def test_a_trap_takes_no_more_memory_than_a_piece_of_it() -> None:
    content = bytes(packed([(PART, ZEROS)]))
    tracemalloc.start()
    try:
        problem_in(content, "甲.docx")
        assert tracemalloc.get_traced_memory()[1] < UNPACKED / 4
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "xml",
    [
        f"<w:p><w:r>身份证{IDENTITY[:9]}</w:r><w:r>{IDENTITY[9:]}</w:r></w:p>",
        f"<w:t>身份&#35777;{IDENTITY}</w:t>",
        f"<a b='{'x' * 3_000_000}'/><w:t>身份证{IDENTITY}</w:t>",
        f"<w:t>{'甲' * 9_995}，身份证{IDENTITY}</w:t>",
    ],
    ids=["over two runs", "as an entity", "after a huge attribute", "on the edge of a window"],
)
def test_what_crosses_a_red_line_is_found_in_a_document(xml: str) -> None:
    assert problem_in(bytes(packed([(PART, xml.encode())])), "甲.docx") is FileProblem.RED_LINE


def test_what_stands_in_two_cells_is_not_read_as_one_number() -> None:
    cells = "".join(f"<si><t>{part}</t></si>" for part in (IDENTITY[:9], IDENTITY[9:]))
    shared = packed([("xl/sharedStrings.xml", cells.encode())])
    assert problem_in(bytes(shared), "甲.xlsx") is None


@pytest.mark.parametrize("text", ["62", "密级" + " " * 5000, "1 ", "[ ", "征地", "6222 "])
def test_a_long_text_of_bait_is_read_in_windows(text: str) -> None:
    content = (text * (200_000 // len(text))).encode()
    assert problem_in(content, "甲.txt") is None
    assert max(map(len, windows_of(content, "txt"))) < 11_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("甲.docx", packed([("xl/workbook.xml", b"<a/>")])),
        ("甲.ofd", packed([(PART, b"<a/>")])),
        ("甲.wps", packed([(PART, b"<a/>")])),
        ("甲.docx", OLE),
        ("甲.pdf", OLE),
        ("甲.jpg", b"\x89PNG\r\n\x1a\n"),
        ("甲.txt", b"MZ\x00\x00"),
        ("甲.png", b""),
    ],
    ids=["a sheet as docx", "docx as ofd", "docx as wps", "OLE as docx", "OLE as pdf", "png as jpg", "binary", "empty"],
)
def test_a_file_of_another_type_than_its_name_says_is_refused(name: str, content: bytes) -> None:
    assert problem_in(bytes(content), name) is FileProblem.TYPE


@pytest.mark.parametrize(
    ("names", "content"),
    [
        (("甲.doc", "甲.xls", "甲.ppt", "甲.wps", "甲.et", "甲.dps"), OLE),
        (("甲.ofd",), packed([("OFD.xml", b"<a/>")])),
        (("甲.pptx",), packed([("ppt/slides/slide1.xml", b"<a/>")])),
        (("甲.txt", "甲.csv"), "5G基站，620".encode("gb18030")),
        (("甲.txt",), b""),
    ],
    ids=["OLE", "OFD", "slides", "text", "empty text"],
)
def test_each_type_is_known_by_its_content(names: tuple[str, ...], content: bytes) -> None:
    assert [problem_in(bytes(content), name) for name in names] == [None] * len(names)
