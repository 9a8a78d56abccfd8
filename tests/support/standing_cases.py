"""The worked examples of tests/knowledge/standing/cases.yaml as values; run, it prints docs/standing.md's table."""

import sys
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import yaml
from folders import TESTS
from pydantic import TypeAdapter

from handlers.texts.standing import light_text, reason_text
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Target
from knowledge.reports.model import State, UpdateKind
from knowledge.standing.compute import PlanTime, standing_of
from knowledge.standing.report import Mark, Published, Report, Status
from knowledge.standing.values import Extension, Standing, Thresholds

PLAN_TIME = PlanTime(start=date(2021, 12, 31), end=date(2023, 12, 31))
TARGET = {"task": "5.2", "name": "5G基站", "value": "700", "unit": "个", "bound": "at_least", "place": "三(五)2"}
SUBJECT = EntryKey(EntryKind.TARGET, "5G基站", "some", "5.2")
UNITS = ("甲局", "乙局")


def load() -> list[dict[str, Any]]:
    """Every value is text, so that no figure passes through a float."""
    text = (TESTS / "knowledge" / "standing" / "cases.yaml").read_text(encoding="utf-8")
    cases = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - reads text only, builds nothing
    return [_without_null(case) for case in cases]


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_null(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without_null(one) for one in value]
    return None if value == "null" else value


def target_of(case: dict[str, Any]) -> Target:
    written = {**TARGET, "deadline": "2023-12-31", **case.get("target", {}), "card": case.get("card", {})}
    return TypeAdapter(Target).validate_python(written)


def report_of(written: dict[str, Any], number: int) -> Report:
    period = [date.fromisoformat(day) for day in written.get("period", ())]
    day = period[1] if period else date.fromisoformat(written["day"])
    received = datetime.combine(day, time(8), UTC) + timedelta(minutes=int(written.get("at", number)))
    mark = Mark(by="p9", at=received + timedelta(hours=1))
    return Report(
        id=written.get("id", f"r{number}"),
        subject=SUBJECT,
        unit=written.get("unit", "甲局"),
        kind=UpdateKind(written.get("kind", "reading")),
        value=Decimal(written["value"]) if "value" in written else None,
        measure=written.get("measure"),
        state=State(written["state"]) if "state" in written else None,
        as_of=day,
        received_at=received,
        author="p1",
        status=Status(written.get("status", "accepted")),
        corrects=written.get("corrects"),
        approved=mark if "approved" in written else None,
        checked=mark if "checked" in written else None,
        published=Published(first=period[0], last=period[1], on=day + timedelta(days=12)) if period else None,
    )


def thresholds_of(case: dict[str, Any]) -> Thresholds:
    return TypeAdapter(Thresholds).validate_python(case.get("thresholds", {}))


def standing_in(case: dict[str, Any]) -> Standing:
    target = target_of(case)
    return standing_of(
        target,
        target.card,
        [report_of(one, number) for number, one in enumerate(case.get("reports", ()))],
        date.fromisoformat(case.get("today", "2023-11-24")),
        thresholds_of(case),
        plan="some",
        time=PLAN_TIME,
        units=UNITS,
        extensions=TypeAdapter(tuple[Extension, ...]).validate_python(case.get("extensions", ())),
    )


def table() -> str:
    rows = ["| 规则 | 情形 | 灯 | 理由 |", "| --- | --- | --- | --- |"]
    for case in load():
        found = standing_in(case)
        reason = reason_text(found, thresholds_of(case))
        rows.append(f"| {case['rule']} | {case['says']} | {light_text(found)} | {reason} |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
