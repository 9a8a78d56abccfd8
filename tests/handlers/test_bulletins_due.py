"""When a period closes or a meeting nears, its bulletin is drafted, and its releasers are told with a button to it."""

from datetime import date

import pytest
from reminder_harness import BASE_STATION, OFFICE, PLAN, SCIENCE, SUPERVISOR, ReminderHarness
from sqlalchemy import select

from handlers.schedule.bulletin_draft import bulletin_period
from handlers.services.question_service import QuestionService
from knowledge.plan.model import Frequency
from knowledge.reminders.defaults import DEFAULTS
from knowledge.reminders.recipients import Occasion
from knowledge.reminders.rules import rules_from
from knowledge.standing.bulletin import BulletinKind
from storage.bulletins import BulletinState, list_bulletins
from storage.database import Database
from storage.dialogs import TurnRow


@pytest.mark.parametrize(
    ("meeting", "day", "label"),
    [
        ("2023-04-12", date(2023, 4, 10), "2023-03"),
        ("2023-03-02", date(2023, 2, 28), "2023-01~02"),
        ("2023-02-16", date(2023, 2, 14), "2023-01"),
        ("2024-01-03", date(2023, 12, 29), "2023-12"),
    ],
)
def test_a_meeting_is_told_of_the_month_before_it_and_january_with_february(
    meeting: str, day: date, label: str
) -> None:
    rule = rules_from(DEFAULTS)["snapshot"]
    assert bulletin_period(Occasion(rule=rule, subject=meeting, label=meeting, day=day)) == (
        BulletinKind.MONTHLY,
        label,
    )


def test_a_quarter_that_closes_is_drafted_once_for_those_who_may_release_it(
    database: Database, question_service: QuestionService
) -> None:
    harness = ReminderHarness(database, question_service, date(2023, 4, 18))
    harness.own("市科经局", BASE_STATION, frequency=Frequency.QUARTERLY)
    harness.report(SCIENCE, "市科经局", BASE_STATION, 430, date(2023, 3, 31))
    told = {chat: day for day, messages in harness.through(date(2023, 4, 19), date(2023, 5, 10)) for chat in messages}
    assert {SUPERVISOR, OFFICE} <= set(told)
    with database.read() as session:
        (draft,) = list_bulletins(session, PLAN, BulletinState.DRAFT, limit=9)
        turns = session.scalars(select(TurnRow)).all()
    assert {SUPERVISOR, OFFICE} == {one.person_id for one in turns if f"/bulletin {draft.id}" in one.buttons}
    assert draft.snapshot.label == "2023-Q1"
    assert [one.target.name for one in draft.snapshot.entries] == ["5G基站"]
