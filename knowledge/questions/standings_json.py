"""Standings as the machine-readable contract writes them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from knowledge.questions.answer import number
from knowledge.standing.values import Figure, Light, Standing


def standings_json(standings: Iterable[Standing], *, mixed: bool = False) -> list[dict[str, Any]]:
    """One object a standing; one a unit where several stand side by side. `mixed` writes tasks as `plan/5.1`."""
    return [row for one in standings for row in _rows(one, mixed=mixed)]


def _rows(standing: Standing, *, mixed: bool) -> list[dict[str, Any]]:
    if standing.beside:
        return [_row(standing, line.figure, line.share, line.verdict.light, mixed=mixed) for line in standing.beside]
    return [_row(standing, standing.figure, standing.share, standing.light, mixed=mixed)]


def _row(
    standing: Standing, figure: Figure | None, share: Decimal | None, light: Light, *, mixed: bool
) -> dict[str, Any]:
    task = standing.subject.task
    return {
        "task": f"{standing.subject.plan}/{task}" if mixed else task,
        "target": standing.target.name if standing.target else None,
        "value": _number(figure.value if figure else None),
        "unit": figure.measure if figure and figure.value is not None else standing.unit,
        "share": _number(share),
        "expected": _number(standing.expected),
        "light": light.value,
        "as_of": figure.day.isoformat() if figure else None,
        "by": "、".join(figure.units) if figure else standing.owner,
        "checked": figure.checked if figure else False,
    }


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else number(value)
