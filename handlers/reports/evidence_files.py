"""What may be kept as evidence: the types, the size, clean names; and what a fetched file really is."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from handlers.services.document_text import UnpackedError, windows_of
from handlers.services.red_lines import red_line

LARGEST = 20 * 1024 * 1024
"""Bytes; Telegram lets a bot fetch no more."""
_LONGEST_NAME = 60
_PLAIN = ("txt", "csv")
TYPES = ("jpg", "jpeg", "png", "pdf", "doc", "xls", "ppt", "wps", "et", "dps", "docx", "xlsx", "pptx", "ofd", *_PLAIN)
_CONTAINERS = {"et": "wps", "dps": "wps", "ofd": "zip"}
"""Endings that the library does not know, with one that it knows of the same beginning."""
_UNCLEAN = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


class FileProblem(StrEnum):
    """Why a file is not kept."""

    TOO_LARGE = "too_large"
    TYPE = "type"
    """Not one of the types, or not what its name says."""
    UNPACKED = "unpacked"
    """It unpacks to more than a document holds."""
    RED_LINE = "red_line"
    GONE = "gone"
    """It could not be fetched."""


def clean_name(name: str) -> str:
    """The last part of the name, without what a file system or a reader could take for something else."""
    last = _UNCLEAN.sub("", PurePosixPath(name.replace("\\", "/")).name).strip(" .")
    stem, dot, ending = last.rpartition(".")
    return f"{(stem if dot else last)[:_LONGEST_NAME]}{dot}{ending.lower()[:8] if dot else ''}"


def ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def problem_before(name: str, size: int | None) -> FileProblem | None:
    """What can be told before the file is fetched; `size` is what Telegram says, in bytes."""
    if size is not None and size > LARGEST:
        return FileProblem.TOO_LARGE
    return None if ending(name) in TYPES else FileProblem.TYPE


def problem_in(content: bytes, name: str) -> FileProblem | None:
    """What is found by looking into it; nothing that a file holds makes this raise, or take long."""
    if early := problem_before(name, len(content)):
        return early
    kind = ending(name)
    try:
        if kind not in _PLAIN and f".{_CONTAINERS.get(kind, kind)}" not in _endings_of(content):
            return FileProblem.TYPE
        return FileProblem.RED_LINE if any(map(red_line, windows_of(content, kind))) else None
    except UnpackedError:
        return FileProblem.UNPACKED
    except Exception:  # whatever the libraries raise for a broken file
        return FileProblem.TYPE


def _endings_of(content: bytes) -> set[str]:
    """Those that a file with this beginning and end may have."""
    from puremagic import magic_string  # reads its tables when it is imported

    return {one.extension for one in magic_string(content)}
