"""A worker is alive as long as its process, and no longer than its connection."""

import pytest
from outbox_rows import NOW, put, state, take
from sqlalchemy import text
from sqlalchemy.orm import Session

from storage import claims
from storage.claims import Doubtful
from storage.database import Database
from storage.outbox import OutboxState
from storage.workers import LockedWorker, Worker, worker_for


@pytest.fixture
def worker(database: Database) -> Worker:
    return worker_for(database)


def left(session: Session, by: Worker) -> Doubtful:
    return claims.recover(session, by.others_dead(), now=NOW)


def test_a_worker_does_not_take_its_own_rows_for_a_dead_ones(database: Database) -> None:
    me = worker_for(database)
    assert me.stand() is None
    assert me.stand() is None
    with database.write() as session:
        put(session)
        take(session, worker=me.number)
        assert left(session, me) == Doubtful()
    me.close()


def test_what_an_earlier_process_claimed_is_taken_over(database: Database) -> None:
    dead, me = worker_for(database), worker_for(database)
    dead.stand()
    with database.write() as session:
        number = put(session)
        take(session, worker=dead.number)
    dead.close()
    me.stand()
    with database.write() as session:
        assert left(session, me) == Doubtful(repeated=(number,))
        assert state(session, number) == (OutboxState.QUEUED, None)
    me.close()


def test_workers_on_postgresql_see_each_other_alive(database: Database) -> None:
    one, two = worker_for(database), worker_for(database)
    if not isinstance(one, LockedWorker):
        pytest.skip("one process sends on SQLite")
    one.stand()
    two.stand()
    with database.write() as session:
        put(session)
        take(session, worker=one.number)
        assert left(session, two) == Doubtful()
    one.close()
    two.close()


def test_a_lost_connection_is_noticed_before_the_next_claim(database: Database) -> None:
    me = worker_for(database)
    if not isinstance(me, LockedWorker):
        pytest.skip("nothing to lose on SQLite")
    me.stand()
    before = me.number
    with database.write() as session:
        put(session)
        take(session, worker=before)
        session.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = :number"),
            {"number": before},
        )
    assert me.stand() == before
    assert me.number != before
    with database.write() as session:
        claims.adopt(session, old=[before], new=me.number)
        assert left(session, me) == Doubtful()
    me.close()
