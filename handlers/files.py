"""What may be kept as evidence: the types, the size, clean names; and what a fetched file really is."""

import re
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from handlers.refusals import red_line

LARGEST = 20 * 1024 * 1024
"""Bytes; Telegram lets a bot fetch no more."""
_LONGEST_NAME = 60
_READ = 1_000_000
"""Characters of a text that are looked through: half a second's work."""
_UNPACKED = 40 * 1024 * 1024
"""Bytes of an office file's text, unpacked: more is no document but a trap."""
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_BEGINNINGS = {
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "pdf": b"%PDF-",
    **dict.fromkeys(("doc", "xls", "ppt", "wps", "et", "dps"), _OLE),
    **dict.fromkeys(("docx", "xlsx", "pptx", "ofd"), _ZIP),
    **dict.fromkeys(("txt", "csv"), b""),
}
TYPES = tuple(_BEGINNINGS)
_TEXTS = re.compile(r"word/[^/]+\.xml|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml|ppt/slides/[^/]+\.xml")
_TAG = re.compile(r"<[^>]*>")
_UNCLEAN = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


class Problem(StrEnum):
    """Why a file is not kept."""

    TOO_LARGE = "too_large"
    TYPE = "type"
    """Not one of the types, or not what its name says."""
    RED_LINE = "red_line"


def clean_name(name: str) -> str:
    """The last part of the name, without what a file system or a reader could take for something else."""
    last = _UNCLEAN.sub("", PurePosixPath(name.replace("\\", "/")).name).strip(" .")
    stem, dot, ending = last.rpartition(".")
    return f"{(stem if dot else last)[:_LONGEST_NAME]}{dot}{ending.lower()[:8] if dot else ''}"


def ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def problem_before(name: str, size: int | None) -> Problem | None:
    """What can be told before the file is fetched; `size` is what Telegram says, in bytes."""
    if size is not None and size > LARGEST:
        return Problem.TOO_LARGE
    return None if ending(name) in _BEGINNINGS else Problem.TYPE


def problem_in(content: bytes, name: str) -> Problem | None:
    if early := problem_before(name, len(content)):
        return early
    if not content.startswith(_BEGINNINGS[ending(name)]):
        return Problem.TYPE
    try:
        return Problem.RED_LINE if any(map(red_line, _texts(content, ending(name)))) else None
    except (BadZipFile, UnicodeDecodeError, NotImplementedError, RuntimeError):
        return Problem.TYPE


def _texts(content: bytes, kind: str) -> Iterator[str]:
    """What can be read of a file without opening it for real: plain text, and the XML of office files."""
    if kind in {"txt", "csv"}:
        try:
            yield content.decode("utf-8-sig")[:_READ]
        except UnicodeDecodeError:
            yield content.decode("gb18030")[:_READ]
    elif content.startswith(_ZIP):
        with ZipFile(BytesIO(content)) as packed:
            parts = [entry for entry in packed.infolist() if _TEXTS.fullmatch(entry.filename)]
            if sum(entry.file_size for entry in parts) > _UNPACKED:
                raise BadZipFile
            for entry in parts:
                paragraphs = packed.read(entry).decode("utf-8", "replace").replace("</w:p>", "\n")
                yield _TAG.sub("", paragraphs)[:_READ]
