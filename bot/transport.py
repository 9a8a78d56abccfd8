"""The transport of Bot API calls: an answer is read within our own limits, and its words are never logged."""

import json
import re
from math import isfinite
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest
from typing_extensions import override

DEEPEST = 64
"""Levels of brackets that are read; Telegram's own answers have about a dozen."""
LONGEST_NUMBER = 40
"""Digits of a whole number that are read; an id has at most sixteen."""

_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
"""One UTF-16 unit, as what it stands for, so that Telegram's offsets into the text stay right."""


class Transport(HTTPXRequest):
    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer; whatever is none is a failure of the network, and passes as these do.

        The library's own would write the whole answer into the log.
        """
        try:
            found = decode(payload)
        except ValueError:
            found = None
        if not isinstance(found, dict) or (found.get("ok", True) and found.get("result") is None):
            raise NetworkError("no answer of a Bot API server")
        return found


def decode(payload: bytes) -> Any:
    """JSON in which everything can be stored; ValueError where it is none.

    What is nested too deep, or is a number too long or too large, is null; NUL and lone surrogates are U+FFFD.
    """
    text = _without_the_deep(payload.decode("utf-8", "replace"))
    return _storable(json.loads(text, parse_int=_whole_number, parse_float=_number, parse_constant=lambda _: None))


def _without_the_deep(text: str) -> str:
    """The text with null in the place of each value that lies too deep."""
    kept, level, done = [], 0, 0
    for mark in _MARKS.finditer(text):
        if mark[0] in "[{":
            level += 1
            if level == DEEPEST + 1:
                kept += [text[done : mark.start()], "null"]
        elif mark[0] in "]}":
            level -= 1
            if level == DEEPEST:
                done = mark.end()
    return "".join([*kept, text[done:]]) if kept else text


def _whole_number(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST_NUMBER else None


def _number(digits: str) -> float | None:
    number = float(digits)
    return number if isfinite(number) else None


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub(_REPLACEMENT, value)
    if isinstance(value, dict):
        return {_storable(name): _storable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    return value
