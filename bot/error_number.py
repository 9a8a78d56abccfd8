"""Mistakes of ours: each gets a number, which the person is told and `duban error` finds in the log."""

import re
from secrets import token_hex
from traceback import format_tb
from typing import Any

FRAMES = 20
"""The innermost ones: what runs out of stack would fill the log."""


def error_number() -> str:
    return token_hex(2).upper()


def is_error_number(said: str) -> bool:
    return re.fullmatch("[0-9A-F]{4}", said) is not None


def kind_of(error: BaseException) -> dict[str, Any]:
    """What may be logged of an exception: its kind and its frames; its words may quote what a person wrote."""
    return {"error": type(error).__name__, "at": format_tb(error.__traceback__, limit=-FRAMES)}
