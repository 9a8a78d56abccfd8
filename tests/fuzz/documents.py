"""Files that somebody might send as evidence: office files, pictures and texts, whole and damaged, and traps."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from benchmarks.corpus import load_yaml

LARGEST = 2_000_000
_PIECES: dict[str, list[str]] = load_yaml(Path(__file__).parent / "pieces.yaml")["documents"]
_NAMES = (*_PIECES["names"], f"{'x' * 300}.pdf")
_WORDS = (*_PIECES["words"], "x" * 5000)
_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/sharedStrings.xml",
    "pptx": "ppt/slides/slide1.xml",
    "ofd": "Doc_0/Pages/Page_0/Content.xml",
}
_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY x0 "ha">'
    + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 9))
    + "]><a>&x8;</a>"
)


def document(chance: Random) -> tuple[str, bytes]:
    """A name and a content, which need not fit each other."""
    kind, make = chance.choice(list(_MAKERS.items()))
    content = make(chance)
    name = chance.choice(_NAMES) if chance.random() < 0.4 else f"附件{chance.randrange(1000)}.{kind.strip()}"
    if chance.random() < 0.6:
        content = chance.choice(_DAMAGES)(content, chance)
    return name, content[:LARGEST]


def _office(chance: Random) -> bytes:
    part = chance.choice(list(_PARTS.values()))
    text = f"<w:p><w:t>{chance.choice(_WORDS)}</w:t></w:p>" * chance.choice((1, 1, 50))
    if chance.random() < 0.1:
        text = _LAUGHS
    packed = BytesIO()
    with zipfile.ZipFile(
        packed, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    ) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, text.encode(chance.choice(("utf-8", "utf-16", "gb18030"))))
        for extra in range(chance.choice((0, 0, 1, 500))):
            archive.writestr(chance.choice((f"word/{extra}.xml", f"../{extra}", f"/{extra}", f"a{extra}\\b")), "x")
    return packed.getvalue()


@cache
def _bomb() -> bytes:
    """Three hundred megabytes that claim to be ten bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(300_000_000))
    raw = packed.getvalue()
    return raw.replace(struct.pack("<L", 300_000_000), struct.pack("<L", 10))


@cache
def _honest_bomb() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"word/{number}.xml", bytes(10_000_000))
    return packed.getvalue()


@cache
def _nested() -> bytes:
    inner = b"PK"
    for _ in range(30):
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("word/document.xml", inner)
        inner = packed.getvalue()
    return inner


def _pdf(chance: Random) -> bytes:
    stream = zlib.compress(chance.choice(_WORDS).encode() * chance.choice((1, 1000)))
    return b"%PDF-1.4\n1 0 obj<</Length " + str(len(stream)).encode() + b">>stream\n" + stream + b"\nendstream\n%%EOF"


def _text(chance: Random) -> bytes:
    words = "\n".join(chance.choice(_WORDS) for _ in range(chance.choice((0, 1, 100))))
    return words.encode(chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32")))


def _ole(chance: Random) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + chance.randbytes(2000)


_MAKERS: dict[str, Callable[[Random], bytes]] = {
    **dict.fromkeys(("docx", "xlsx", "pptx", "ofd"), _office),
    "pdf": _pdf,
    "txt": _text,
    "csv": _text,
    "doc": _ole,
    "jpg": lambda chance: b"\xff\xd8\xff\xe0" + chance.randbytes(3000),
    "png": lambda chance: b"\x89PNG\r\n\x1a\n" + chance.randbytes(3000),
    "docx ": lambda _: _bomb(),
    "xlsx ": lambda _: _honest_bomb(),
    "pptx ": lambda _: _nested(),
}


def _flipped(content: bytes, chance: Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice((1, 5, 50)) if made else 0):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _padded(content: bytes, chance: Random) -> bytes:
    return chance.choice(
        (content + chance.randbytes(500), chance.randbytes(20) + content, content * 2, b"\xef\xbb\xbf" + content)
    )


def _claimed(content: bytes, chance: Random) -> bytes:
    """A number of the zip's headers is another: sizes, methods, flags."""
    made = bytearray(content)
    for mark in (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"):
        at = made.find(mark)
        if at >= 0:
            place = at + chance.randrange(4, 30)
            made[place : place + 2] = chance.choice((b"\xff\xff", b"\x00\x00", b"\x01\x00", b"\x63\x00"))
    return bytes(made)


_DAMAGES = (_flipped, _flipped, _cut, _padded, _claimed)
