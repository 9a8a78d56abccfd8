"""Each key of [remind] in the configuration changes what is told, and when."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from reminder_harness import BASE_STATION, ReminderHarness

from handlers.services.question_service import QuestionService
from knowledge.plan.model import Frequency
from knowledge.reminders.defaults import DEFAULTS, RemindDefaults
from storage.database import Database

NINE = time(9)
MONTHLY, QUARTERLY = Frequency.MONTHLY, Frequency.QUARTERLY


def told(
    database: Database,
    question_service: QuestionService,
    remind: RemindDefaults,
    days: tuple[date, ...],
    frequency: Frequency,
) -> list[str]:
    """What anybody is told at nine on the last of the days; at nine on those before it the clock ticks too."""
    harness = ReminderHarness(database, question_service, days[0] - timedelta(days=1))
    harness.services = replace(harness.services, configured=remind)
    harness.own("市科经局", BASE_STATION, frequency=frequency)
    last: dict[int, list[str]] = {}
    for day in days:
        last = harness.on(day, NINE)
    return [text for texts in last.values() for text in texts]


@pytest.mark.parametrize("changed", [False, True], ids=["default", "changed"])
@pytest.mark.parametrize(
    ("key", "value", "days", "piece"),
    [
        ("at", time(10), (date(2023, 3, 20),), "3月报送"),
        ("deadline_days", (60,), (date(2023, 12, 1),), "还有 30 天到期"),
        ("overdue_weeks", 1, (date(2024, 1, 15),), "市科经局，"),
        ("monthly_due_day", 28, (date(2023, 3, 20),), "3月报送"),
        ("quarterly_due_day", 28, (date(2023, 4, 14),), "一季度报送"),
        ("opens_days", 2, (date(2023, 3, 20),), "3月报送"),
        ("escalate_days", (2, 3, 4), (date(2023, 3, 20), date(2023, 3, 27)), "已过截止日"),
        ("closes_days", 8, (date(2023, 3, 20), date(2023, 3, 31)), "3月报送期结束"),
        ("quiet_from", time(9), (date(2023, 3, 20),), "3月报送"),
        ("quiet_to", time(10), (date(2023, 3, 20),), "3月报送"),
    ],
)
def test_a_configured_value_changes_what_is_told_at_nine(
    database: Database,
    question_service: QuestionService,
    key: str,
    value: Any,
    days: tuple[date, ...],
    piece: str,
    *,
    changed: bool,
) -> None:
    """With the default the piece is told, with the other value it is not."""
    frequency = QUARTERLY if key.startswith("quarterly") else MONTHLY
    remind = replace(DEFAULTS, **{key: value}) if changed else DEFAULTS
    assert any(piece in text for text in told(database, question_service, remind, days, frequency)) is not changed
