"""JSON from outside, read under limits of our own, and only where it could be written back."""

import json
import re
from enum import Enum, auto
from typing import Any

from knowledge.plan.limits import MAX_CHARS, MAX_DEPTH, MAX_JSON_DIGITS

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


Json = dict[str, Any]
"""An object whose keys are checked where they are read."""


class JsonFault(Enum):
    """Why a text is not read."""

    NOT_JSON = auto()
    HALF_CHARACTERS = auto()
    TOO_LONG = auto()
    TOO_DEEP = auto()
    LONG_NUMBER = auto()


class BadJsonError(ValueError):
    """A text that is not read as JSON, and why."""

    def __init__(self, fault: JsonFault) -> None:
        super().__init__(fault.name)
        self.fault = fault


def read_json(text: str) -> Any:
    r"""What the text holds; raises BadJsonError.

    JSON lets `\ud800` and `1e999` pass, and Python NaN; an answer that repeats them would be no JSON in UTF-8.
    """
    if len(text) > MAX_CHARS:
        raise BadJsonError(JsonFault.TOO_LONG)
    if _depth(text) > MAX_DEPTH:
        raise BadJsonError(JsonFault.TOO_DEEP)
    try:
        found = json.loads(text, parse_int=_whole_number)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except BadJsonError:
        raise
    except UnicodeEncodeError:
        raise BadJsonError(JsonFault.HALF_CHARACTERS) from None
    except ValueError:
        raise BadJsonError(JsonFault.NOT_JSON) from None
    return found


def _depth(text: str) -> int:
    """How deep its brackets go; told before it is parsed, which takes a frame for each."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _whole_number(digits: str) -> int:
    if len(digits) > MAX_JSON_DIGITS:
        raise BadJsonError(JsonFault.LONG_NUMBER)
    return int(digits)
