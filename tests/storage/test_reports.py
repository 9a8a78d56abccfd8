"""Stored reports: only added, each fate noted once, the same on both databases; and who answers for what."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sql_statements import statements
from sqlalchemy.orm import Session

from handlers.access.policy import Actor
from handlers.access.responsibility import answering_for, speaker_of, targets_of_unit, tasks_of_unit
from handlers.access.service import Service
from handlers.services.question_service import QuestionService
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reports.model import UpdateKind
from knowledge.standing.report import Status, counted
from storage.cards import Cards
from storage.database import Database
from storage.people import Grant, Role, add_member
from storage.report_status import accept, approve, check, end, unapproved_of
from storage.reports import NewReport, add_report, get_record, history_of, last_by, pending_of, reports_of
from storage.versions import versions_of

PLAN = "wuxue-2021-26"
NOW = datetime(2023, 3, 31, 2, tzinfo=UTC)
STATIONS = EntryKey(EntryKind.TARGET, "5G基站", PLAN, "5.2")
CLINICS = EntryKey(EntryKind.TARGET, "二级以上智慧医院比例", PLAN, "5.2")


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as session:
        yield session


@pytest.fixture
def author(session: Session) -> int:
    return add_member(session, telegram_id=1, name="甲", now=NOW)


def added(
    session: Session,
    author: int,
    value: str,
    *,
    subject: EntryKey = STATIONS,
    as_of: date = date(2023, 3, 31),
    after: int = 0,
    status: Status = Status.ACCEPTED,
    corrects: int | None = None,
) -> int:
    new = NewReport(
        subject=subject,
        unit="市科经局",
        kind=UpdateKind.READING,
        value=Decimal(value),
        said=f"{value}个",
        as_of=as_of,
        author=author,
        status=status,
        corrects=corrects,
    )
    return add_report(session, new, now=NOW + timedelta(hours=after))


def test_reports_come_in_the_order_of_arrival_for_what_is_asked(session: Session, author: int) -> None:
    first = added(session, author, "590.25", as_of=date(2023, 2, 28))
    second = added(session, author, "620", after=1)
    added(session, author, "40", subject=CLINICS, after=2)
    found = reports_of(session, PLAN, targets=[("5.2", "5G基站")])
    assert [(one.id, one.value) for one in found] == [(str(first), Decimal("590.25")), (str(second), Decimal(620))]
    assert (found[1].received_at, found[1].author) == (NOW + timedelta(hours=1), f"member:{author}")
    assert len(reports_of(session, PLAN)) == 3
    assert [one.id for one in reports_of(session, PLAN, as_of=date(2023, 3, 1))] == [str(first)]
    assert [one.id for one in reports_of(session, PLAN, known_at=NOW)] == [str(first)]
    assert reports_of(session, PLAN, targets=[]) == ()
    assert reports_of(session, "another") == ()


def test_all_reports_are_read_in_one_statement(session: Session, author: int) -> None:
    for value in range(1, 30):
        added(session, author, str(value))
    with statements() as said:
        assert len(reports_of(session, PLAN, targets=[("5.2", "5G基站"), ("5.2", "数字校园覆盖率")])) == 29
    assert len(said.statements) == 1


def test_a_correction_counts_instead_of_what_it_corrects_and_both_stay(session: Session, author: int) -> None:
    first = added(session, author, "620")
    second = added(session, author, "602", corrects=first)
    held = reports_of(session, PLAN)
    assert [one.value for one in held] == [Decimal(620), Decimal(602)]
    assert [one.id for one in counted(held, today=date(2023, 3, 31))] == [str(second)]
    assert [record.number for record in history_of(session, STATIONS, limit=5)] == [second, first]


def test_a_report_is_accepted_returned_or_withdrawn_once(session: Session, author: int) -> None:
    number = added(session, author, "620", status=Status.PENDING)
    assert [record.number for record in pending_of(session, PLAN)] == [number]
    assert accept(session, number, by=author, now=NOW)
    assert not accept(session, number, by=author, now=NOW)
    assert check(session, [number], by=author, now=NOW)
    assert not check(session, [number], by=author, now=NOW)
    assert end(session, number, Status.RETURNED, by=author, now=NOW, reason="口径不对")
    assert not end(session, number, Status.WITHDRAWN, by=author, now=NOW)
    record = get_record(session, number)
    assert record is not None
    assert (record.report.status, record.reason, record.report.value) == (Status.RETURNED, "口径不对", Decimal(620))
    assert last_by(session, author) is None


def test_a_head_approves_what_was_shown_and_not_what_came_later(session: Session, author: int) -> None:
    shown = added(session, author, "600")
    later = added(session, author, "620")
    assert approve(session, PLAN, "市科经局", by=author, last=shown, now=NOW) == 0, "a newer one has taken its place"
    assert [record.number for record in unapproved_of(session, PLAN, "市科经局")] == [later]


def test_a_town_answers_for_the_tasks_of_the_collectives_that_surely_include_it(
    question_service: QuestionService,
) -> None:
    library = question_service.library
    assert "梅川镇" in answering_for(STATIONS, library, Cards())
    assert "5.2" in tasks_of_unit("梅川镇", PLAN, library, Cards())
    assert all(
        target.task != "1.1" for _, target in targets_of_unit("梅川镇", PLAN, library, Cards())
    )  # 相关镇: which, nobody says


def test_a_person_speaks_for_the_unit_that_answers_or_needs_acceptance(question_service: QuestionService) -> None:
    def speaks(*grants: Grant) -> tuple[str, bool] | None:
        actor = Actor(member=1, grants=grants, service=Service(internal=True))
        found = speaker_of(actor, STATIONS, question_service.library, Cards())
        return (found.unit, found.responsible) if found else None

    assert speaks(Grant(Role.LIAISON, PLAN, "市科经局")) == ("市科经局", True)
    assert speaks(Grant(Role.LIAISON, PLAN, "市民政局"), Grant(Role.HEAD, PLAN, "市科经局")) == ("市科经局", True)
    assert speaks(Grant(Role.LIAISON, PLAN, "市税务局")) == ("市税务局", False)
    assert speaks(Grant(Role.LIAISON, "another", "市科经局")) is None
    assert speaks(Grant(Role.SUPERVISOR, PLAN)) is None
    assert speaks() is None


def test_every_change_of_a_report_gives_its_subject_and_no_other_a_new_version(session: Session, author: int) -> None:
    def version() -> int:
        found = versions_of(session, PLAN)
        assert found["5.2", CLINICS.name] == other
        return found["5.2", STATIONS.name]

    added(session, author, "80", subject=CLINICS)
    other = versions_of(session, PLAN)["5.2", CLINICS.name]
    number = added(session, author, "600", status=Status.PENDING)
    seen = [version()]
    changes: tuple[Callable[[], object], ...] = (
        lambda: accept(session, number, by=author, now=NOW),
        lambda: bool(check(session, [number], by=author, now=NOW)),
        lambda: end(session, number, Status.RETURNED, by=author, now=NOW, reason="不实"),
        lambda: added(session, author, "620"),
    )
    for change in changes:
        assert change()
        seen.append(version())
    assert len(set(seen)) == len(seen)
    assert not check(session, [number], by=author, now=NOW)
    assert version() == seen[-1]


def test_what_a_head_approves_is_another_version(session: Session, author: int) -> None:
    last = added(session, author, "620")
    before = versions_of(session, PLAN)
    assert approve(session, PLAN, "市科经局", by=author, last=last, now=NOW) == 1
    assert versions_of(session, PLAN) != before


def test_a_version_that_was_rolled_back_never_comes_again(database: Database) -> None:
    seen: set[int] = set()

    def undone() -> None:
        with database.write() as session:
            author = add_member(session, telegram_id=1, name="甲", now=NOW)
            added(session, author, "620")
            seen.update(versions_of(session, PLAN).values())
            raise RuntimeError

    for _ in range(2):
        with pytest.raises(RuntimeError):
            undone()
    assert len(seen) == 2
