"""People in storage, on both databases: roles end and are not lost, codes serve once, the forgotten stay unnamed."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from addresses import at
from sql_statements import statements
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from bot.playground.bindings import seed_people
from bot.playground.personas import load_cast
from handlers.access.policy import Action, Resource, may
from handlers.access.service import Service
from handlers.chat.actor import load_actor
from storage import audit, chats, dialogs, inbox, invitations
from storage.base import Base
from storage.chats import ChatKind
from storage.database import Database
from storage.erasure import forget_departed, forget_member
from storage.invitations import InvitationState
from storage.people import (
    Account,
    Grant,
    GrantRow,
    Role,
    absence_of,
    absences_on,
    add_member,
    end,
    end_absence,
    find_member,
    get_member,
    give,
    known_member,
    members_of_plan,
    members_of_unit,
    set_absence,
    set_contact,
    set_locked,
)
from storage.prompts import Prompt, prompt_of, set_prompt, take_prompt

NOW = datetime(2023, 3, 1, 8, tzinfo=UTC)
TODAY = date(2023, 3, 1)
DAY = timedelta(days=1)
PLAN = "甲方案"
SCIENCE = Grant(Role.LIAISON, PLAN, "市科经局")
SCIENCE_HEAD = Grant(Role.HEAD, PLAN, "市科经局")
TRAFFIC = Grant(Role.LIAISON, PLAN, "市交通局")
OFFICE = Grant(Role.OFFICE, PLAN)
SUPERVISOR = Grant(Role.SUPERVISOR, PLAN)
OURS = Resource(plan=PLAN, units=frozenset({"市科经局"}))

OF_THE_COUNTY = {Role.SIGNER, Role.PROJECTS, Role.CONTACT, Role.AIDE}
"""Roles that nobody in the playground holds from the start."""


def bind(session: Session, telegram_id: int, *grants: Grant, name: str = "张三") -> int:
    number = add_member(session, telegram_id=telegram_id, name=name, now=NOW)
    give(session, number, grants, now=NOW)
    return number


def able(session: Session, telegram_id: int, action: Action, subject: Resource = OURS, today: date = TODAY) -> bool:
    member = find_member(session, telegram_id)
    account = Account(member.id, locked=member.locked) if member else None
    return may(load_actor(session, account, today=today, service=Service(internal=True)), action, subject)


def test_a_person_may_hold_several_roles_and_a_unit_have_several_liaisons(database: Database) -> None:
    with database.write() as session:
        first, second = bind(session, 11, SCIENCE, TRAFFIC), bind(session, 12, SCIENCE)
        assert give(session, first, [SCIENCE, OFFICE], now=NOW) == (OFFICE,)
        assert known_member(session, first).grants == (SCIENCE, TRAFFIC, OFFICE)
        assert [one.id for one in members_of_unit(session, PLAN, "市科经局")] == [first, second]
        assert [one.id for one in members_of_unit(session, PLAN, "市交通局")] == [first]
        assert members_of_plan(session, "乙方案") == ()


def test_an_ended_role_is_history_and_can_be_given_again(database: Database) -> None:
    with database.write() as session:
        number = bind(session, 11, SCIENCE, TRAFFIC)
        assert end(session, number, now=NOW + DAY, only=[SCIENCE, OFFICE]) == (SCIENCE,)
        assert known_member(session, number).grants == (TRAFFIC,)
        give(session, number, [SCIENCE], now=NOW + 2 * DAY)
        held = session.execute(select(GrantRow.since, GrantRow.until).where(GrantRow.unit == "市科经局")).all()
        assert {tuple(row) for row in held} == {(NOW, NOW + DAY), (NOW + 2 * DAY, None)}


def test_rights_follow_the_person_as_they_are_now(database: Database) -> None:
    with database.write() as session:
        number = bind(session, 11, SCIENCE)
        assert able(session, 11, Action.REPORT)
        set_locked(session, number, NOW)
        assert not able(session, 11, Action.REPORT)
        set_locked(session, number, None)
        assert able(session, 11, Action.REPORT)
        end(session, number, now=NOW)
        assert not able(session, 11, Action.REPORT)
        assert not able(session, 99, Action.REPORT)


def test_a_stand_in_has_the_role_for_those_days_only(database: Database) -> None:
    with database.write() as session:
        away, stand_in = bind(session, 11, SCIENCE_HEAD), bind(session, 12, SCIENCE)
        set_absence(session, away, stand_in=stand_in, first=TODAY, last=TODAY + 2 * DAY, now=NOW)
        days = [TODAY - DAY, TODAY, TODAY + 2 * DAY, TODAY + 3 * DAY]
        assert [able(session, 12, Action.APPROVE, today=day) for day in days] == [False, True, True, False]
        assert [one.member for one in absences_on(session, TODAY)] == [away]
        set_locked(session, away, NOW)
        assert not able(session, 12, Action.APPROVE)
        set_locked(session, away, None)
        end_absence(session, away, now=NOW)
        assert not able(session, 12, Action.APPROVE)
        assert absence_of(session, away, TODAY) is None


def test_a_stand_in_never_gains_a_role_of_another_unit_or_kind(database: Database) -> None:
    with database.write() as session:
        away = bind(session, 11, SCIENCE, OFFICE, SUPERVISOR)
        colleague, supervisor = bind(session, 12, SCIENCE_HEAD), bind(session, 13, SUPERVISOR, TRAFFIC)
        for stand_in in (colleague, supervisor):
            set_absence(session, away, stand_in=stand_in, first=TODAY, last=TODAY, now=NOW)
        assert not able(session, 12, Action.INVITE)
        assert not able(session, 13, Action.INVITE)
        assert not able(session, 13, Action.REPORT)
        assert able(session, 13, Action.RETURN)


def test_a_new_absence_replaces_the_one_before(database: Database) -> None:
    with database.write() as session:
        away, first, second = bind(session, 11, SCIENCE), bind(session, 12, SCIENCE), bind(session, 13, SCIENCE)
        set_absence(session, away, stand_in=first, first=TODAY, last=TODAY, now=NOW)
        set_absence(session, away, stand_in=second, first=TODAY + DAY, last=TODAY + DAY, now=NOW)
        found = absence_of(session, away, TODAY)
        assert found is not None
        assert (found.stand_in, absences_on(session, TODAY)) == (second, ())


def invited(session: Session, digest: str = "d") -> int:
    return invitations.invite(
        session, digest=digest, grants=(SCIENCE, OFFICE), made_by=None, now=NOW, expires_at=NOW + DAY
    )


def test_an_invitation_gives_its_roles_once(database: Database) -> None:
    with database.write() as session:
        number = invited(session)
        found = invitations.find_invitation(session, "d", now=NOW)
        assert found is not None
        assert (found.grants, found.state) == ((SCIENCE, OFFICE), InvitationState.OPEN)
        assert [one.id for one in invitations.open_invitations(session, now=NOW)] == [number]
        invitations.mark_used(session, number, by=bind(session, 11), now=NOW)
        session.expire_all()
        found = invitations.find_invitation(session, "d", now=NOW)
        assert found is not None
        assert found.state is InvitationState.USED
        assert invitations.open_invitations(session, now=NOW) == ()


def test_an_invitation_ends_by_time_and_by_hand(database: Database) -> None:
    with database.write() as session:
        first, second = invited(session, "a"), invited(session, "b")
        invitations.revoke(session, second, now=NOW)
        session.expire_all()
        states = [
            invitations.get_invitation(session, number, now=moment)
            for number, moment in ((first, NOW + DAY - timedelta(seconds=1)), (first, NOW + DAY), (second, NOW))
        ]
        assert [one.state for one in states if one] == [
            InvitationState.OPEN,
            InvitationState.EXPIRED,
            InvitationState.REVOKED,
        ]
        assert invitations.find_invitation(session, "c", now=NOW) is None


def test_who_is_locked_or_removed_leaves_no_open_invitation_behind(database: Database) -> None:
    with database.write() as session:
        office = bind(session, 11, OFFICE)
        invitations.invite(session, digest="d", grants=(SCIENCE,), made_by=office, now=NOW, expires_at=NOW + DAY)
        invitations.revoke_of_member(session, office, now=NOW)
        assert invitations.open_invitations(session, now=NOW) == ()


def test_of_two_who_open_the_same_link_at_once_one_comes_in(database: Database) -> None:
    with database.write() as session:
        number = invited(session)
        people = [bind(session, 11), bind(session, 12)]
    came_in: list[int] = []
    ready = threading.Barrier(2)

    def open_link(member: int) -> None:
        ready.wait()
        with database.write() as session:
            found = invitations.find_invitation(session, "d", now=NOW)
            if found is not None and found.state is InvitationState.OPEN:
                invitations.mark_used(session, number, by=member, now=NOW)
                came_in.append(member)

    threads = [threading.Thread(target=open_link, args=(member,)) for member in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came_in) == 1


def test_a_report_and_a_removal_at_the_same_moment_follow_one_another(database: Database) -> None:
    """Whoever was still in office when the right was asked for is so until the effect is stored."""
    with database.write() as session:
        number = bind(session, 11, SCIENCE)
    asked, order = threading.Event(), []

    def remove() -> None:
        asked.wait()
        with database.write() as session:
            end(session, number, now=NOW)
            order.append("removed")

    thread = threading.Thread(target=remove)
    thread.start()
    with database.write() as session:
        assert able(session, 11, Action.REPORT)
        asked.set()
        thread.join(timeout=0.3)
        order.append("reported")
    thread.join()
    assert order == ["reported", "removed"]


def test_a_prompt_serves_once_and_not_for_long(database: Database) -> None:
    with database.write() as session:
        chats.see_chat(session, chat=at(11), kind=ChatKind.PRIVATE, title=None, now=NOW)
        chats.see_person(session, person=at(11), name="张三", now=NOW)
        for command in ("/invite", "/away"):
            set_prompt(session, chat_id=11, person_id=11, command=command, turn=3, expires_at=NOW + DAY)
        assert prompt_of(session, chat_id=11, person_id=11, now=NOW) == Prompt("/away", 3, NOW + DAY)
        assert prompt_of(session, chat_id=11, person_id=11, now=NOW + DAY) is None
        assert take_prompt(session, chat_id=11, person_id=11) == Prompt("/away", 3, NOW + DAY)
        assert take_prompt(session, chat_id=11, person_id=11) is None


BOT = "telegram:1"
TELEGRAM_ID = 4_242_424_242
WORDS = ("王小明", "0713-6222222", "13900001111", "我们局的事", str(TELEGRAM_ID))


def leave_traces(session: Session) -> int:
    """Everything that the program keeps of a person."""
    chats.see_chat(session, chat=at(TELEGRAM_ID), kind=ChatKind.PRIVATE, title=None, now=NOW)
    chats.see_chat(session, chat=at(-100), kind=ChatKind.GROUP, title="工作群", now=NOW)
    chats.see_person(session, person=at(TELEGRAM_ID), name="王小明", now=NOW)
    number = bind(session, TELEGRAM_ID, SCIENCE, name="王小明")
    set_contact(session, number, office_phone="0713-6222222", mobile="13900001111")
    for chat in (TELEGRAM_ID, -100):
        dialogs.save_memory(session, chat_id=chat, person_id=TELEGRAM_ID, memory="我们局的事", expires_at=NOW + DAY)
        dialogs.open_turn(
            session,
            chat_id=chat,
            person_id=TELEGRAM_ID,
            message_id=1,
            question="我们局的事",
            memory_before="",
            buttons=[],
            now=NOW,
        )
    set_prompt(session, chat_id=TELEGRAM_ID, person_id=TELEGRAM_ID, command="/me", turn=None, expires_at=NOW + DAY)
    inbox.store(session, receiver=BOT, key="1", chat_id=TELEGRAM_ID, payload={"a": "我们局的事"}, received_at=NOW)
    row = inbox.next_of_chat(session, receiver=BOT, chat_id=TELEGRAM_ID)
    assert row is not None
    inbox.mark_replied(session, row.id)
    inbox.store(session, receiver=BOT, key="2", chat_id=TELEGRAM_ID, payload={"a": "我们局的事"}, received_at=NOW)
    row = inbox.next_of_chat(session, receiver=BOT, chat_id=TELEGRAM_ID)
    assert row is not None
    for _ in range(inbox.ATTEMPTS):
        inbox.fail(session, row.id, error="0000")
    invitations.invite(session, digest="d", grants=(SCIENCE,), made_by=number, now=NOW, expires_at=NOW + DAY)
    audit.append(session, at=NOW, actor=audit.member(number), action="invite", subject="invitation:1")
    return number


def everything(session: Session) -> str:
    return "\n".join(
        repr(tuple(row)) for table in Base.metadata.sorted_tables for row in session.execute(select(table))
    )


def test_of_the_forgotten_nothing_is_left_but_the_number(database: Database) -> None:
    with database.write() as session:
        number = leave_traces(session)
        before = everything(session)
        assert all(word in before for word in WORDS)
    with database.write() as session:
        forget_member(session, number, now=NOW + DAY)
    with database.write() as session:
        after = everything(session)
        assert not any(word in after for word in WORDS)
        assert audit.verify(session).broken is None
        forgotten = get_member(session, number)
        assert forgotten is not None
        assert (forgotten.name, forgotten.telegram_id, forgotten.grants) == (None, None, ())
        assert find_member(session, TELEGRAM_ID) is None
        assert [entry.actor for entry in audit.read(session)] == [f"member:{number}"]
        assert chats.get_chat(session, -100) is not None


def test_who_was_forgotten_comes_back_as_somebody_new(database: Database) -> None:
    with database.write() as session:
        number = bind(session, 11, SCIENCE)
        forget_member(session, number, now=NOW)
        assert bind(session, 11, SCIENCE) > number


def test_those_who_left_are_forgotten_in_time_and_those_who_came_back_are_not(database: Database) -> None:
    with database.write() as session:
        gone, back, busy = (bind(session, 10 + n, SCIENCE, name=f"第{n}人") for n in (1, 2, 3))
        for number in (gone, back):
            end(session, number, now=NOW)
        give(session, back, [TRAFFIC], now=NOW)
        assert forget_departed(session, left_before=NOW, now=NOW) == 0
        assert forget_departed(session, left_before=NOW + DAY, now=NOW + DAY) == 1
        session.expire_all()
        assert [known_member(session, number).name for number in (gone, back, busy)] == [None, "第2人", "第3人"]
        assert [(entry.actor, entry.subject) for entry in audit.read(session)] == [("system", f"member:{gone}")]


def test_reading_people_takes_as_many_statements_however_many_they_are(database: Database) -> None:
    def count(session: Session) -> int:
        with statements() as said:
            members_of_plan(session, PLAN)
        return len(said.statements)

    with database.write() as session:
        bind(session, 1, SCIENCE)
        few = count(session)
        for number in range(2, 60):
            bind(session, number, SCIENCE, TRAFFIC)
        assert count(session) == few


def test_the_playgrounds_people_are_bound_once_and_stay_as_they_were_left(database: Database) -> None:
    personas = load_cast().people.values()
    with database.write() as session:
        seed_people(session, personas, plan=PLAN, now=NOW)
        seeded = members_of_plan(session, PLAN)
        assert len(seeded) == len(personas) - 1
        assert {grant.role for one in seeded for grant in one.grants} == set(Role) - OF_THE_COUNTY
        end(session, seeded[0].id, now=NOW)
        seed_people(session, personas, plan=PLAN, now=NOW)
        assert len(members_of_plan(session, PLAN)) == len(seeded) - 1


@pytest.mark.parametrize("table", ["members", "grants", "invitations", "absences"])
def test_numbers_of_people_are_never_given_again(database: Database, table: str) -> None:
    with database.write() as session:
        if inspect(session.connection()).dialect.name == "sqlite":
            made = session.scalar(text("SELECT sql FROM sqlite_master WHERE name = :table"), {"table": table})
            assert "AUTOINCREMENT" in str(made)
