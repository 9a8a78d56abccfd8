"""JSON lines from strangers: one object a line, or what is wrong with it."""

import io
import json
from typing import Any, TextIO

from handlers.texts import shell as texts


class BadLineError(Exception):
    """A line of input that is not valid; the message says in Chinese what is wrong."""


def as_utf8(source: TextIO, out: TextIO) -> None:
    """Whatever the machine's locale; bytes that are no UTF-8 become half characters, which `read_object` refuses."""
    for stream, errors in ((source, "surrogateescape"), (out, "strict")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def read_object(line: str, *, not_an_object: str) -> dict[str, Any]:
    r"""The line's object; raises BadLineError where it is none, or could not be written back.

    JSON lets `\ud800` and `1e999` pass, and Python NaN; an answer that repeats them would be no JSON in UTF-8.
    """
    try:
        found = json.loads(line.removeprefix("\ufeff"))
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        raise BadLineError(texts.HALF_CHARACTERS) from None
    except (ValueError, RecursionError):
        raise BadLineError(texts.NOT_JSON) from None
    if not isinstance(found, dict):
        raise BadLineError(not_an_object)
    return found
