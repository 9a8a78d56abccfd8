"""When a period closes or a meeting nears, its bulletin is drafted, and its releasers are told with a button to it."""

from datetime import date

import pytest
from reminder_harness import BASE_STATION, OFFICE, PLAN, SCIENCE, SUPERVISOR, ReminderHarness
from sqlalchemy import select

from handlers.schedule.bulletin_draft import bulletin_period
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from knowledge.plan.model import Frequency
from knowledge.reminders.defaults import DEFAULTS
from knowledge.reminders.recipients import Occasion
from knowledge.reminders.rules import rules_from
from knowledge.standing.bulletin import BulletinKind
from storage.bulletins import BulletinState, list_bulletins
from storage.database import Database
from storage.dialogs import TurnRow
from storage.people import find_member
from storage.plan_settings import MeetingTime, add_meeting


@pytest.mark.parametrize(
    ("meeting", "day", "label"),
    [
        ("2023-04-12", date(2023, 4, 10), "2023-03"),
        ("2023-03-02", date(2023, 2, 28), "2023-01~02"),
        ("2024-01-03", date(2023, 12, 29), "2023-12"),
    ],
)
def test_a_meeting_is_told_of_the_month_before_it_and_of_january_with_february(
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
    assert draft.snapshot.next_due == date(2023, 5, 25)
    assert draft.snapshot.sections["5.2"].startswith("加强重大项目建设")


def test_of_january_nothing_is_drafted_before_a_meeting_in_february(
    database: Database, question_service: QuestionService
) -> None:
    harness = ReminderHarness(database, question_service, date(2023, 2, 1))
    hold_meeting(harness, date(2023, 2, 16))
    told = [text for _, days in harness.through(date(2023, 2, 2), date(2023, 2, 16)) for text in days.get(OFFICE, [])]
    assert any("2月16日开月调度会：1、2月合并，3月会前起草月度进展情况" in text for text in told)
    with database.read() as session:
        kinds = {one.snapshot.kind for one in list_bulletins(session, PLAN, BulletinState.DRAFT, limit=9)}
    assert BulletinKind.MONTHLY not in kinds


def hold_meeting(harness: ReminderHarness, day: date) -> None:
    with harness.database.write() as session:
        office = find_member(session, OFFICE)
        assert office is not None
        add_meeting(session, PLAN, MeetingTime(day), by=office.id, now=machine_now())
    harness.rebuild()
