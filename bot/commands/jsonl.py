"""JSON lines from strangers: one object a line, each answered by itself, or told what is wrong with it."""

import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import TextIO

import structlog

from bot.error_number import error_number, kind_of
from bot.texts import shell as texts
from handlers.services.json_input import BadJsonError, Json, read_json
from knowledge.plan.limits import day_within

_BYTE_ORDER_MARK = "\ufeff"


class BadLineError(Exception):
    """A line of input that is not valid; the message says in Chinese what is wrong."""


def open_streams(source: TextIO, out: TextIO) -> None:
    """UTF-8 whatever the machine's locale, and a line for a line feed.

    Bytes that are no UTF-8 become half characters, which are refused with their line.
    """
    for stream, errors in ((source, "surrogateescape"), (out, "strict")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")


def answer_lines(source: Iterable[str], out: TextIO, answer: Callable[[Json], Json], *, not_an_object: str) -> int:
    """Write what is answered to each line's object; returns the exit status, 1 where any line failed.

    A line that fails, by its own fault or by ours, has an error in its place, and the run goes on.
    """
    status = 0
    for number, line in enumerate(source, start=1):
        said = line.removeprefix(_BYTE_ORDER_MARK)
        if not said.strip():
            continue
        try:
            written = _written(answer(_object(said, not_an_object)))
        except BadLineError as error:
            status, written = 1, _written({"line": number, "error": str(error)})
        except Exception as error:
            status, written = 1, _written({"line": number, "error": texts.line_failed(_logged(error, number))})
        out.write(f"{written}\n")
        out.flush()
    return status


def _logged(error: Exception, line: int) -> str:
    """Write a mistake of ours to standard error; the number that finds it there."""
    if not structlog.is_configured():
        from bot.config import LogSettings
        from bot.log import set_up_logging

        set_up_logging(LogSettings(file=""))
    number = error_number()
    structlog.get_logger("bot.jsonl").error("line failed", number=number, line=line, **kind_of(error))
    return number


def today_of(case: Json, today: date) -> date:
    """The day that a line says is today, else `today`; raises BadLineError where it is none that a plan could name."""
    said = case.get("today") or ""
    try:
        return day_within(said) if said else today
    except ValueError:
        raise BadLineError(texts.bad_date(said)) from None


def _object(line: str, not_an_object: str) -> Json:
    try:
        found = read_json(line)
    except BadJsonError as error:
        raise BadLineError(texts.JSON_FAULTS[error.fault]) from None
    if not isinstance(found, dict):
        raise BadLineError(not_an_object)
    return found


def _written(found: Json) -> str:
    """Encoded here, so that what cannot be is this line's fault and no other's."""
    written = json.dumps(found, ensure_ascii=False, allow_nan=False)
    written.encode()
    return written
