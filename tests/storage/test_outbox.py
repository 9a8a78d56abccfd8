"""What is enqueued goes out once, the most urgent first, and to nobody who must not be written to."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from addresses import at
from outbox_rows import ME, NOW, OTHER, PLAN, PLAN_NOW, letter, put, state, take
from sqlalchemy import ColumnElement, func, select, text, true, update
from sqlalchemy.orm import Session

from storage import claims, outbox
from storage.chats import ChatKind, mark_blocked, migrate_chat, see_chat, see_person
from storage.claims import Batch, Doubtful
from storage.database import Database
from storage.erasure import forget_member
from storage.outbox import DeliveryReason, OutboxKind, OutboxRow, OutboxState
from storage.people import Grant, Role, add_member, end, give, set_locked

MINUTE = timedelta(minutes=1)


def taken(session: Session, **how: object) -> list[int]:
    return [one.id for one in take(session, **how).claims]  # type: ignore[arg-type]


def bound(session: Session, person: int = 7) -> int:
    """A liaison of the plan with a private chat."""
    see_chat(session, chat=at(person), kind=ChatKind.PRIVATE, title=None, now=NOW)
    see_person(session, person=at(person), name="张三", now=NOW)
    member = add_member(session, telegram_id=person, name="张三", now=NOW)
    give(session, member, [Grant(Role.LIAISON, PLAN, "市交通局")], now=NOW)
    return member


def test_the_same_key_is_enqueued_once(database: Database) -> None:
    with database.write() as session:
        first = put(session, "到期 3.1")
        assert outbox.enqueue(session, letter("到期 3.1"), now=NOW) is None
    with database.write() as session:
        assert outbox.enqueue(session, letter("到期 3.1", text="又一次"), now=NOW) is None
        assert put(session, "到期 3.1", chat=8) != first
        assert put(session, "到期 3.1", kind=OutboxKind.REMINDER) != first


def test_many_are_enqueued_in_one_go(database: Database) -> None:
    with database.write() as session:
        put(session, "3")
        numbers = outbox.enqueue_all(session, [letter(str(one)) for one in (1, 2, 3, 2, *range(4, 1500))], now=NOW)
        assert [numbers[place] is None for place in range(5)] == [False, False, True, True, False]
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == 1499
        assert outbox.enqueue_all(session, [], now=NOW) == ()
        assert take(session, limit=1).claims[0].text == "有进展"


def test_it_comes_out_as_it_went_in(database: Database) -> None:
    keyboard = ((("收到", "1:5:0"), ("稍后", "1:5:1")), (("查看", "1:5:2"),))
    with database.write() as session:
        member = bound(session)
        number = put(session, member=member, keyboard=keyboard, turn=5, target=99, expires_at=NOW + MINUTE)
        (found,) = take(session).claims
    assert found == claims.Claim(
        id=number,
        kind=OutboxKind.NOTICE,
        plan=PLAN,
        member=member,
        chat=7,
        text="有进展",
        keyboard=keyboard,
        turn=5,
        target=99,
        thread=None,
        attempts=1,
        expires_at=NOW + MINUTE,
    )


def test_the_most_urgent_is_claimed_first_and_nothing_twice(database: Database) -> None:
    with database.write() as session:
        digest = put(session, kind=OutboxKind.DIGEST)
        reminder = put(session, kind=OutboxKind.REMINDER)
        notices = [put(session, str(one)) for one in range(3)]
        assert taken(session, limit=2) == notices[:2]
        assert taken(session, limit=10, worker=OTHER) == [notices[2], reminder, digest]
        assert take(session) == Batch((), 0)


def test_a_row_waits_for_plan_time_and_for_its_next_try(database: Database) -> None:
    with database.write() as session:
        number = put(session, not_before=PLAN_NOW + MINUTE)
        assert taken(session) == []
        assert claims.next_due(session, now=NOW, plan_now=PLAN_NOW) == (None, PLAN_NOW + MINUTE)
        assert taken(session, after=MINUTE) == [number]
        claims.retry(session, {number: NOW + 3 * MINUTE})
        assert taken(session, after=2 * MINUTE) == []
        assert claims.next_due(session, now=NOW, plan_now=PLAN_NOW + MINUTE) == (NOW + 3 * MINUTE, None)
        assert take(session, after=3 * MINUTE).claims[0].attempts == 2


def test_busy_chats_are_left_out(database: Database) -> None:
    with database.write() as session:
        put(session, chat=7)
        other = put(session, chat=8)
        assert taken(session, busy=[7, 9]) == [other]


def test_what_expired_is_not_sent(database: Database) -> None:
    with database.write() as session:
        number = put(session, expires_at=NOW + MINUTE)
        assert claims.expire(session, now=NOW) == 0
        assert taken(session, after=MINUTE) == []
        assert claims.expire(session, now=NOW + MINUTE) == 1
        assert state(session, number) == (OutboxState.EXPIRED, None)
        assert session.get_one(OutboxRow, number).text == ""


def lock(session: Session, member: int) -> None:
    set_locked(session, member, NOW)


def forget(session: Session, member: int) -> None:
    forget_member(session, member, now=NOW)


def unbind(session: Session, member: int) -> None:
    end(session, member, now=NOW)


def block(session: Session, _member: int) -> None:
    mark_blocked(session, 7)


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (lock, DeliveryReason.LOCKED),
        (forget, DeliveryReason.FORGOTTEN),
        (unbind, DeliveryReason.UNBOUND),
        (block, DeliveryReason.BLOCKED),
    ],
    ids=["locked", "forgotten", "unbound", "blocked"],
)
def test_who_must_not_be_written_to_is_skipped(
    database: Database, happens: Callable[[Session, int], None], reason: DeliveryReason
) -> None:
    with database.write() as session:
        member, other = bound(session), bound(session, 8)
        number, sent = put(session, member=member), put(session, member=other, chat=8)
        happens(session, member)
        batch = take(session)
        assert [one.id for one in batch.claims] == [sent]
        assert batch.unreachable == ({(PLAN, member)} if reason is DeliveryReason.BLOCKED else frozenset())
        assert state(session, number) == (OutboxState.SKIPPED, reason)
        assert session.get_one(OutboxRow, number).text == ""
        assert taken(session) == []


def test_a_role_in_another_plan_does_not_count(database: Database) -> None:
    with database.write() as session:
        number = put(session, member=bound(session), plan="another")
        assert take(session) == Batch((), 1)
        assert state(session, number) == (OutboxState.SKIPPED, DeliveryReason.UNBOUND)


def test_a_forgotten_chat_leaves_no_trace_of_it(database: Database) -> None:
    with database.write() as session:
        member = bound(session, 777001)
        rows = [put(session, chat=777001, member=member), put(session, "2", chat=777001)]
        claims.claim(session, worker=ME, limit=1, now=NOW, plan_now=PLAN_NOW)
        claims.mark_sent(session, {rows[0]: 777002}, now=NOW, day=date(2023, 3, 1))
        forget_member(session, member, now=NOW)
        assert state(session, rows[0]) == (OutboxState.SENT, None)
        assert state(session, rows[1]) == (OutboxState.SKIPPED, DeliveryReason.FORGOTTEN)
        assert "77700" not in "".join(map(str, session.execute(select(OutboxRow.__table__)).all()))


def test_sent_means_with_a_message(database: Database) -> None:
    with database.write() as session:
        numbers = [put(session, str(one)) for one in range(3)]
        take(session)
        claims.mark_sent(session, dict.fromkeys(numbers[:2], 99), now=NOW + MINUTE, day=date(2023, 3, 1))
        row = session.get_one(OutboxRow, numbers[0], populate_existing=True)
        assert (row.state, row.message_id, row.sent_at, row.sent_day, row.text) == (
            OutboxState.SENT,
            99,
            NOW + MINUTE,
            date(2023, 3, 1),
            "",
        )
        assert state(session, numbers[2]) == (OutboxState.SENDING, None)
        claims.mark_sent(session, {numbers[0]: 100}, now=NOW, day=date(2023, 3, 1))
        assert session.get_one(OutboxRow, numbers[0], populate_existing=True).message_id == 99


def test_what_a_dead_worker_left_is_repeated_only_where_that_is_safe(database: Database) -> None:
    with database.write() as session:
        safe, unsafe = put(session), put(session, kind=OutboxKind.ANNOUNCEMENT)
        mine = put(session, "mine")
        take(session, worker=OTHER, limit=1)
        take(session, worker=OTHER, limit=1, busy=[])
        assert claims.recover(session, OutboxRow.worker != OTHER, now=NOW) == Doubtful()
        took = taken(session, worker=ME)
        left = {safe, unsafe, mine} - set(took)
        doubtful = claims.recover(session, OutboxRow.worker != ME, now=NOW)
        assert {*doubtful.repeated, *(row for _, row in doubtful.uncertain)} == left
        assert claims.recover(session, true(), now=NOW).uncertain == (() if unsafe in left else ((PLAN, unsafe),))
        assert state(session, unsafe) == (OutboxState.UNCERTAIN, DeliveryReason.DIED)
        assert state(session, safe) == (OutboxState.QUEUED, None)
        assert session.get_one(OutboxRow, safe).repeats == 1
        assert session.get_one(OutboxRow, unsafe).repeats == 0


def test_a_worker_with_a_new_number_keeps_its_rows(database: Database) -> None:
    with database.write() as session:
        put(session)
        take(session, worker=ME)
        claims.adopt(session, old=[ME], new=OTHER)
        assert claims.recover(session, OutboxRow.worker != OTHER, now=NOW) == Doubtful()


def test_what_a_worker_claimed_without_hearing_of_it_is_put_back(database: Database) -> None:
    with database.write() as session:
        held, lost, others = (put(session, str(one), kind=OutboxKind.ANNOUNCEMENT) for one in range(3))
        take(session, worker=ME, limit=2)
        take(session, worker=OTHER)
        claims.put_back(session, worker=ME, held=[held])
        assert [state(session, one)[0] for one in (held, lost, others)] == [
            OutboxState.SENDING,
            OutboxState.QUEUED,
            OutboxState.SENDING,
        ]


def test_a_message_that_arrived_after_all_is_not_sent_again(database: Database) -> None:
    with database.write() as session:
        number = put(session)
        take(session)
        claims.recover(session, true(), now=NOW)
        claims.mark_sent(session, {number: 99}, now=NOW, day=date(2023, 3, 1))
        assert taken(session) == []


def test_a_person_sends_again_or_gives_up(database: Database) -> None:
    with database.write() as session:
        failed, doubted, other = (
            put(session, kind, kind=OutboxKind(kind)) for kind in ("notice", "announcement", "recall")
        )
        assert not claims.send_again(session, failed, plan=None, now=NOW)
        take(session)
        claims.fail(session, [failed, other], reason=DeliveryReason.REFUSED)
        assert claims.doubt(session, [doubted], at=NOW) == Doubtful((), ((PLAN, doubted),))
        assert state(session, doubted) == (OutboxState.UNCERTAIN, DeliveryReason.NO_ANSWER)
        assert not claims.send_again(session, failed, plan="another", now=NOW)
        assert claims.send_again(session, failed, plan=PLAN, now=NOW)
        assert claims.send_again(session, doubted, plan=None, now=NOW)
        assert claims.give_up(session, other, plan=PLAN)
        assert not claims.give_up(session, other, plan=PLAN)
        assert state(session, other) == (OutboxState.SKIPPED, DeliveryReason.GIVEN_UP)
        assert taken(session) == [failed, doubted]
        assert [session.get_one(OutboxRow, one).repeats for one in (failed, doubted)] == [0, 1]


def test_what_nobody_decides_is_given_up_in_the_end(database: Database) -> None:
    with database.write() as session:
        number = put(session)
        take(session)
        claims.fail(session, [number], reason=DeliveryReason.REFUSED)
        assert claims.give_up_old(session, before=NOW) == 0
        assert claims.give_up_old(session, before=NOW + MINUTE) == 1
        assert state(session, number) == (OutboxState.SKIPPED, DeliveryReason.GIVEN_UP)


def test_a_group_that_became_a_supergroup_gets_what_waited(database: Database) -> None:
    with database.write() as session:
        see_chat(session, chat=at(-5), kind=ChatKind.GROUP, title="群", now=NOW)
        put(session, chat=-5)
        migrate_chat(session, old=-5, new=at(-1005), now=NOW)
        assert take(session).claims[0].chat == -1005


def test_finished_rows_do_not_slow_anything_down(database: Database) -> None:
    """Told by the plans of the statements, which name the partial indexes."""
    with database.write() as session:
        outbox.enqueue_all(session, [letter(str(one)) for one in range(3000)], now=NOW)
        session.execute(update(OutboxRow).where(OutboxRow.id > 5).values(state=OutboxState.SENT))
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("ANALYZE outbox"))
        queued = "ix_outbox_queued|ix_outbox_expiring"
        assert re.search(queued, plan_of(session, claims.waiting_now(NOW, PLAN_NOW)))
        assert re.search(queued, plan_of(session, claims.out_of_date(NOW)))
        assert "ix_outbox_sending" in plan_of(session, outbox.in_state(OutboxState.SENDING))
        assert "ix_outbox_troubled" in plan_of(session, outbox.in_state(*outbox.TROUBLED))


def plan_of(session: Session, where: ColumnElement[bool]) -> str:
    statement = select(OutboxRow.id).where(where).order_by(OutboxRow.priority, OutboxRow.id).limit(8)
    written = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if session.get_bind().dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(map(str, session.execute(text(f"{explain} {written}"))))
