"""Every rule about standings, by its worked example: tests/knowledge/standing/cases.yaml, in the office's words."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from folders import ROOT
from standing_cases import load, standing_in, table, thresholds_of

from handlers.texts.standing import headline, lines, reason_text
from handlers.texts.standing_list import row_text
from knowledge.standing.values import Light, LightCause, Standing

CASES = load()


def one_decimal(value: Decimal | None) -> str | None:
    return None if value is None else str(value.quantize(Decimal("0.1")))


LOOKS: dict[str, Callable[[Standing], Any]] = {
    "light": lambda one: one.light.value,
    "value": lambda one: one.value,
    "goal": lambda one: one.goal,
    "share": lambda one: one.share,
    "expected": lambda one: one.expected,
    "points": lambda one: one.difference,
    "basis": lambda one: one.basis and one.basis.value,
    "by": lambda one: one.figure and "、".join(one.figure.units),
    "tag": lambda one: one.figure and one.figure.tag.value,
    "checked": lambda one: bool(one.figure and one.figure.checked),
    "others": lambda one: [unit for figure in one.others for unit in figure.units],
    "silent": lambda one: list(one.silent),
    "beside": lambda one: {line.figure.units[0]: line.verdict.light.value for line in one.beside},
    "years": lambda one: {str(year.year): year.verdict.light.value for year in one.years},
    "unchanged": lambda one: one.unchanged and one.unchanged.isoformat(),
    "stale": lambda one: one.stale,
    "late": lambda one: one.late,
    "default": lambda one: one.span.default,
    "first": lambda one: one.span.first and one.span.first.isoformat(),
    "projected": lambda one: one.projection and one_decimal(one.projection.value),
    "gap": lambda one: one.projection and one_decimal(one.projection.gap),
    "month": lambda one: one.month_change and one.month_change.difference,
    "year": lambda one: one.year_change and one.year_change.difference,
}
GIVEN = {"rule", "says", "target", "card", "reports", "today", "thresholds", "extensions"}


def as_written(seen: Any, written: Any) -> Any:
    """What was seen, in the form of what the example writes."""
    if isinstance(seen, bool):
        return str(seen).lower()
    if isinstance(seen, Decimal) and written is not None and Decimal(written) == seen:
        return written
    if isinstance(seen, Decimal):
        return str(seen)
    return seen


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_a_standing_is_as_the_rule_says(case: dict[str, Any]) -> None:
    assert set(case) <= GIVEN | set(LOOKS)
    found = standing_in(case)
    expected = {look: case[look] for look in LOOKS if look in case}
    assert {look: as_written(LOOKS[look](found), written) for look, written in expected.items()} == expected


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_every_standing_can_be_told(case: dict[str, Any]) -> None:
    found = standing_in(case)
    told = "\n".join([headline(found), row_text(found), reason_text(found, thresholds_of(case)), *lines(found)])
    assert not re.search(r"[{}]|None|Decimal|E\+", told)


RULES = ["责任", "填报", "节点和时间", "统计指标", "相对目标和倍增", "灯", "延期", "每年和年均", "审签", "速度和变化"]


def test_every_rule_has_examples() -> None:
    assert list(dict.fromkeys(case["rule"] for case in CASES)) == RULES


def test_every_light_and_every_reason_has_an_example() -> None:
    found = [standing_in(case) for case in CASES]
    assert {one.light for one in found} == set(Light)
    assert set(LightCause) - {one.reason.why for one in found} == {
        LightCause.EXCEEDED,
        LightCause.NO_QUANTITY,
        LightCause.BLOCKED,
        LightCause.EXCUSED,
        LightCause.UNSUPERVISED,
    }  # test_standing.py, test_unsupervised.py


def test_the_office_s_guide_shows_these_examples() -> None:
    """After a change: `python tests/standing_cases.py` prints the table anew."""
    guide = (ROOT / "docs" / "standing.md").read_text(encoding="utf-8")
    assert table() in guide
