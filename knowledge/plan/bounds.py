"""What no plan holds: numbers, texts and spellings that show a slip of the keyboard, or somebody's joke."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from knowledge.plan.limits import MAX_PLACES, MAX_VALUE
from knowledge.plan.problems import Code
from knowledge.plan.yaml_file import KeyPath, Sheet

_NUMBERS = {"value": (-MAX_VALUE, MAX_VALUE), "base": (-MAX_VALUE, MAX_VALUE), "lag": (0, 3660), "no": (1, 999)}
_LONG_NUMBER = 40
_SHARES = {"%", "百分点", "个百分点"}
MOST_PERCENT = 1000
MAX_NAME, MAX_TEXT = 100, 1000
_TEXTS = {"says", "quote", "phrase", "beside", "actions", "action", "numerator", "denominator", "source", "note"}
"""Keys whose texts are sentences; all others are names."""


def check_bounds(sheet: Sheet) -> None:
    """Complain of every number out of bounds and every text too long, wherever they stand."""
    for key, said, around in _scalars(sheet.root, (), {}):
        name = next(step for step in reversed(key) if isinstance(step, str))
        most = MAX_TEXT if name in _TEXTS else MAX_NAME
        if name in _NUMBERS:
            _check_number(sheet, key, said, *_bounds(name, around))
        elif len(said) > most:
            sheet.complain(Code.TOO_LONG, key, len(said), [str(most)])


def _bounds(name: str, around: dict[str, Any]) -> tuple[int, int]:
    unit = around.get("unit")
    if isinstance(unit, str) and unit in _SHARES:
        return -MOST_PERCENT, MOST_PERCENT
    least, most = _NUMBERS[name]
    return (0 if "name" in around else least), most  # of a target only a share may be below nothing


def _check_number(sheet: Sheet, key: KeyPath, said: str, least: int, most: int) -> None:
    """What is no number at all is left for the shape to complain of."""
    range_ = [str(least), str(most)]
    if len(said) > _LONG_NUMBER:
        sheet.complain(Code.OUT_OF_RANGE, key, said, range_)
        return
    try:
        value = Decimal(said)
    except InvalidOperation:
        return
    if not value.is_finite():
        return
    if not least <= value <= most:
        sheet.complain(Code.OUT_OF_RANGE, key, said, range_)
    elif value != round(value, MAX_PLACES):
        sheet.complain(Code.TOO_FINE, key, said, [str(MAX_PLACES)])


def _scalars(value: Any, key: KeyPath, around: dict[str, Any]) -> Iterator[tuple[KeyPath, str, dict[str, Any]]]:
    """Every text with the mapping it stands in."""
    if isinstance(value, str):
        yield key, value, around
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _scalars(inner, (*key, name), value)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _scalars(inner, (*key, index), around)
