"""Every rule with what it says: a day, how things stand, and exactly who is told what (tests/handlers/reminders)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from reminder_chat import Chat
from reminder_harness import OFFICE, PLAN, SCIENCE, ReminderHarness

from bot.playground.personas import load_cast
from handlers.services.clock import machine_now
from handlers.services.question_service import QuestionService
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Frequency
from knowledge.reminders.defaults import RemindDefaults
from knowledge.reminders.rules import rules_from
from knowledge.reports.model import UpdateKind
from knowledge.standing.report import Status
from storage.database import Database
from storage.people import find_member, set_absence
from storage.plan_settings import MeetingTime, add_meeting
from storage.reports import NewReport, add_report

FOLDER = Path(__file__).parent / "reminders"
NAMES = {person.name: person.id for person in load_cast().people.values()}


@dataclass(frozen=True)
class Case:
    rule: str
    name: str
    given: dict[str, Any]
    day: date
    told: dict[str, str]


def cases() -> Iterator[Case]:
    for file in sorted(FOLDER.glob("*.yaml")):
        for one in yaml.safe_load(file.read_text(encoding="utf-8")):
            yield Case(**one)


CASES = tuple(cases())


@pytest.mark.parametrize("case", [pytest.param(one, id=f"{one.rule}: {one.name}") for one in CASES])
def test_exactly_these_are_told_exactly_this(database: Database, question_service: QuestionService, case: Case) -> None:
    harness = arranged(database, question_service, case.given)
    told = (
        harness.on(case.day)
        if not case.given.get("walk")
        else dict(harness.through(case.given["from"], case.day))[case.day]
    )
    if case.given.get("tapped"):
        _, person, label = case.given["tapped"]
        chat = Chat(harness)
        chat.tap(NAMES[person], chat.told(NAMES[person])[-1], label)
        told |= harness.tick()
    assert told.keys() == {NAMES[name] for name in case.told}
    for name, expected in case.told.items():
        (text,) = told[NAMES[name]]
        if expected.endswith("\n"):
            assert text == expected.rstrip("\n")
        else:
            assert expected in text


def test_every_rule_has_its_case() -> None:
    assert {case.rule for case in CASES} == set(rules_from(RemindDefaults()))


def arranged(database: Database, question_service: QuestionService, given: dict[str, Any]) -> ReminderHarness:
    harness = ReminderHarness(database, question_service, given["from"])
    frequency = Frequency(given["frequency"]) if "frequency" in given else None
    for unit, targets in given.get("owned", {}).items():
        harness.own(unit, *[_named(one) for one in targets], frequency=frequency)
    for target, (value, day) in given.get("reported", {}).items():
        harness.report(SCIENCE, "市科经局", _named(target), value, day)
    for away, stand_in in given.get("away", {}).items():
        _go_away(harness, NAMES[away], NAMES[stand_in], given["from"])
    if "project" in given:
        _stuck(harness, given["project"])
    if "meeting" in given:
        with database.write() as session:
            office = find_member(session, OFFICE)
            assert office is not None
            add_meeting(session, PLAN, MeetingTime(given["meeting"]), by=office.id, now=machine_now())
    harness.rebuild()
    if "said" in given:
        person, text = given["said"]
        assert Chat(harness).say(NAMES[person], text).head.startswith("好，")
    return harness


def _named(target: str) -> tuple[str, str]:
    task, _, name = target.partition(" ")
    return task, name


def _go_away(harness: ReminderHarness, away: int, stand_in: int, first: date) -> None:
    with harness.database.write() as session:
        one, other = find_member(session, away), find_member(session, stand_in)
        assert one is not None
        assert other is not None
        last = first + timedelta(days=60)
        set_absence(session, one.id, stand_in=other.id, first=first, last=last, now=machine_now())


def _stuck(harness: ReminderHarness, project: str) -> None:
    """市科经局 raised a problem about the project on 4 March."""
    with harness.database.write() as session:
        author = find_member(session, SCIENCE)
        assert author is not None
        report = NewReport(
            subject=EntryKey(EntryKind.PROJECT, project, PLAN, "5.3"),
            unit="市科经局",
            kind=UpdateKind.PROBLEM,
            note="征地受阻",
            said="征地受阻",
            as_of=date(2023, 3, 4),
            author=author.id,
            status=Status.ACCEPTED,
        )
        add_report(session, report, now=machine_now())
