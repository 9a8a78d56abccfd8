"""The rights of bound people against each other, through the chat: every command and every button of its replies."""

from collections.abc import Iterator
from datetime import date

import pytest
from reminder_chat import GROUP, Chat, Shown
from reminder_harness import BASE_STATION, HEAD, LEADER, OFFICE, SCIENCE, SUPERVISOR, ReminderHarness
from rights_table import ALLOWED
from sqlalchemy import func, select

from handlers.access.policy import RULES, Action, Refusal, RefusalReason
from handlers.routing.commands import COMMANDS, Command
from handlers.services.question_service import QuestionService
from handlers.texts.rights import refused
from storage.announcements import AnnouncementRow
from storage.audit import AuditRow
from storage.base import Base
from storage.cards import CardRow
from storage.database import Database
from storage.invitations import InvitationRow
from storage.outbox import OutboxRow
from storage.people import GrantRow, Role
from storage.report_row import ReportRow

VISITOR = 510001
PEOPLE = {
    SCIENCE: Role.LIAISON,
    HEAD: Role.HEAD,
    LEADER: Role.LEADER,
    SUPERVISOR: Role.SUPERVISOR,
    OFFICE: Role.OFFICE,
}
OF_ROLES = [one for one in COMMANDS if one.action and one.action.value in ALLOWED and one.name != "more"]
"""All but the list of what one may do, which answers everybody."""
REFUSALS = {refused(Refusal(action, why), "").strip() for action in RULES for why in RefusalReason}
ALONE = {"missing": Action.SEE_PROGRESS, "evidence": Action.REPORT, "sheet": Action.REPORT, "revoke": Action.INVITE}
"""What is asked for by commands that mean another thing when nothing stands behind them."""
ON_BEHALF = {"mine", "evidence", "sheet"}
"""Also for who writes down what units say."""
KEPT: tuple[type[Base], ...] = (AnnouncementRow, AuditRow, CardRow, GrantRow, InvitationRow, OutboxRow, ReportRow)
"""What a person without the right must not change."""


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    """20 March 2023: 市科经局 owns 5G基站, has reported it and has been asked for March's figure."""
    harness = ReminderHarness(database, question_service, date(2023, 3, 17))
    harness.own("市科经局", BASE_STATION)
    harness.on(date(2023, 3, 20))
    harness.report(SCIENCE, "市科经局", BASE_STATION, 600, date(2023, 3, 20))
    return Chat(harness)


def kept(chat: Chat) -> list[int]:
    with chat.harness.database.read() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in KEPT]


def is_refused(shown: Shown) -> bool:
    return shown.head in REFUSALS or shown.toast in REFUSALS


def mays(command: Command, person: int) -> bool:
    action = ALONE.get(command.name, command.action)
    actions = (action, Action.RECORD_ON_BEHALF) if command.name in ON_BEHALF else (action,)
    return any(one is not None and ALLOWED[one.value][PEOPLE[person]] != "-" for one in actions)


@pytest.mark.parametrize("command", OF_ROLES, ids=lambda command: command.name)
def test_a_command_answers_exactly_the_roles_that_may(chat: Chat, command: Command) -> None:
    before = kept(chat)
    answers = {person: is_refused(chat.say(person, f"/{command.name}")) for person in PEOPLE}
    assert answers == {person: not mays(command, person) for person in PEOPLE}
    assert is_refused(chat.say(VISITOR, f"/{command.name}"))
    assert is_refused(chat.say(OFFICE, f"/{command.name}@duban_bot", chat=GROUP))
    assert kept(chat) == before


def shown_to(chat: Chat, person: int) -> Iterator[tuple[Command, Shown]]:
    """What the person's commands answer, with buttons."""
    for command in OF_ROLES:
        shown = chat.say(person, f"/{command.name}")
        if shown.keyboard and not is_refused(shown):
            yield command, shown


@pytest.mark.parametrize("person", PEOPLE)
def test_a_button_that_was_forwarded_does_nothing_for_who_may_not(chat: Chat, person: int) -> None:
    """Tapped by a visitor, by everybody whose roles may not, and by its own person in a group."""
    for command, shown in shown_to(chat, person):
        for label in shown.labels:
            before = kept(chat)
            strangers = [VISITOR, *(one for one in PEOPLE if not mays(command, one))]
            for stranger in strangers:
                chat.tap(stranger, shown, label)
                assert kept(chat) == before, (command.name, label, stranger)
            chat.tap(person, shown, label, chat=GROUP)
            assert kept(chat) == before, (command.name, label, "in a group")


def test_a_forwarded_button_of_a_reminder_does_nothing_for_others(chat: Chat) -> None:
    (digest,) = chat.told(SCIENCE)
    before = kept(chat)
    for label in digest.labels:
        for stranger in (VISITOR, HEAD, LEADER, SUPERVISOR, OFFICE):
            chat.tap(stranger, digest, label)
        chat.tap(SCIENCE, digest, label, chat=GROUP)
    assert kept(chat) == before
