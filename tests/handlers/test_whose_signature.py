"""单位审签、领导审定: what a unit does to its own figures and what leaders decide are never called by one word."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import ROOT

OF_LEADERS = re.compile("(?:领导|线下|登记|督查室|核稿、|另)[^。；，|]{0,6}审签")
OF_UNITS = re.compile("(?:单位|负责人|联络员|/approve|填报、)[^。；，|]{0,8}审定")


def written() -> Iterator[Path]:
    """What users read."""
    for folder in ("handlers", "bot"):
        yield from (ROOT / folder).rglob("texts*.py")
        yield from (path for path in (ROOT / folder).rglob("*.py") if path.parent.name == "texts")
    yield from (ROOT / "docs").rglob("*.md")
    yield from (ROOT / name for name in ("README.md", "CHANGELOG.md"))


def wrong(text: str) -> list[str]:
    return [line for line in text.splitlines() if OF_LEADERS.search(line) or OF_UNITS.search(line)]


@pytest.mark.parametrize(
    ("line", "mistaken"),
    [
        ("由分管领导在线下审签", True),
        ("登记核稿、审签只有督查室可以", True),
        ("单位负责人一次审定", True),
        ("填报、审定还是核实", True),
        ("分管领导线下审定（登记）", False),
        ("单位负责人批量审签", False),
        ("12 个数是单位填报、未审签的", False),
    ],
)
def test_the_wrong_word_is_found(line: str, *, mistaken: bool) -> None:
    assert bool(wrong(line)) is mistaken


def test_units_sign_and_leaders_decide_wherever_users_read_of_it() -> None:
    found = {str(path.relative_to(ROOT)): lines for path in written() if (lines := wrong(path.read_text("utf-8")))}
    assert found == {}
