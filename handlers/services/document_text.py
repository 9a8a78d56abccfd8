"""The text of a document, read without opening it for real, and no more of it than the limits below.

What a file says of its own sizes is not believed: the bytes are counted as they come.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from html import unescape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

UNPACKED = 40 * 1024 * 1024
"""Bytes of an office file's text, unpacked: more is no document but a trap."""
_READ = 1_000_000
"""Characters of a document that are given out to be looked through: half a second's work."""
_PIECE = 1024 * 1024
_ENTRIES = 10_000
_ENTRY = b"PK\x01\x02"
"""Every entry of a zip's directory begins so: counted before the directory is read."""
_WINDOW, _OVERLAP = 10_000, 100
"""Characters that are looked through at once, and how many of them were seen before: what stands on an edge is found.
While a pattern is matched no other thread runs, so that one long text would keep all chats waiting."""
_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "ofd": "OFD.xml"}
"""What makes a zip the document that its name says."""
_TEXTS = re.compile(r"word/[^/]+\.xml|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml|ppt/slides/[^/]+\.xml")
_METHODS = {ZIP_STORED, ZIP_DEFLATED}
_LINE_ENDS = re.compile(r"</(?:w:p|a:p|si|c)>")
_TAG = re.compile(r"<[^<>]*>")


class UnpackedError(Exception):
    """It unpacks to more than a document holds."""


KINDS = frozenset({"txt", "csv", *_FOLDERS})
"""What can be read, by the ending of its name."""


def windows_of(content: bytes, kind: str) -> Iterator[str]:
    """What can be read of a document, window by window; nothing of kinds that are not in KINDS.

    Raises UnpackedError, or whatever a file that is not of its kind makes the libraries raise.
    """
    yield from _windows(_texts_of(content, kind))


def text_of(content: bytes, kind: str) -> str:
    """All that can be read of a document. Raises as `windows_of` does."""
    return "".join(_texts_of(content, kind))


def _texts_of(content: bytes, kind: str) -> Iterator[str]:
    if kind in {"txt", "csv"}:
        yield _plain_text(content)
    elif kind in _FOLDERS:
        with _opened(content, kind) as packed:
            yield from _office_text(packed, len(content))


def _plain_text(content: bytes) -> str:
    """The beginning, in the first encoding that it is written in."""
    beginning = content[: 4 * _READ]
    try:
        text = getincrementaldecoder("utf-8-sig")().decode(beginning)
    except UnicodeDecodeError:
        text = getincrementaldecoder("gb18030")().decode(beginning)
    if "\x00" in text:
        raise ValueError("no text")
    return text[:_READ]


def _opened(content: bytes, kind: str) -> ZipFile:
    if content.count(_ENTRY) > _ENTRIES:
        raise UnpackedError
    packed = ZipFile(BytesIO(content))
    if not any(name.startswith(_FOLDERS[kind]) for name in packed.namelist()):
        raise BadZipFile
    return packed


def _office_text(packed: ZipFile, size: int) -> Iterator[str]:
    """The words between the tags. All is unpacked and counted, also what is too much to be looked through."""
    parts = [entry for entry in packed.infolist() if _TEXTS.fullmatch(entry.filename)]
    if any(part.compress_type not in _METHODS for part in parts) or sum(part.compress_size for part in parts) > size:
        raise BadZipFile  # no office program packs so: other methods, parts that lie over each other
    unpacked = given = 0
    for part in parts:
        decoder, in_tag = getincrementaldecoder("utf-8")("replace"), False
        with packed.open(part) as stream:
            while piece := stream.read(_PIECE):
                unpacked += len(piece)
                if unpacked > UNPACKED:
                    raise UnpackedError
                if given < _READ:
                    words, in_tag = _words(decoder.decode(piece), in_tag=in_tag)
                    given += len(words)
                    yield words


def _words(xml: str, *, in_tag: bool) -> tuple[str, bool]:
    """What stands between the tags of a piece, and whether the piece ends in a tag; `in_tag` is where it begins."""
    if in_tag:
        _, closed, xml = xml.partition(">")
        if not closed:
            return "", True
    words = _TAG.sub("", _LINE_ENDS.sub("\n", xml))
    before, opened, after = words.rpartition("<")
    return unescape(before if opened else after), bool(opened)


def _windows(texts: Iterable[str]) -> Iterator[str]:
    seen = ""
    for text in texts:
        for start in range(0, len(text), _WINDOW):
            window = seen + text[start : start + _WINDOW]
            yield window
            seen = window[-_OVERLAP:]
