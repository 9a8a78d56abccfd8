"""The audit: append-only, chained under one lock, and whoever changes it is found out."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.commands.audit import audit as show
from storage import audit
from storage.audit import NOTHING, AuditHeadRow, AuditRow, Head
from storage.database import Database

NOW = datetime(2023, 3, 1, 8, 30, 15, 123456, tzinfo=UTC)


def write(session: Session, *, times: int = 5) -> None:
    for number in range(times):
        audit.append(
            session,
            at=NOW + timedelta(microseconds=number),
            actor=audit.member(7),
            action="lock",
            subject=audit.member(number),
            detail={"单位": "市科经局", "numbers": [1, None, "二"]},
        )


def verify(database: Database, kept: Head | None = None) -> int | None:
    with database.write() as session:
        return audit.verify(session, kept=kept).broken


def test_what_was_written_is_read_in_order_and_holds(database: Database) -> None:
    with database.write() as session:
        write(session)
    with database.write() as session:
        entries = list(audit.read(session))
        checked = audit.verify(session)
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[1].at == NOW + timedelta(microseconds=1)
    assert entries[0].detail == {"单位": "市科经局", "numbers": [1, None, "二"]}
    assert (checked.broken, checked.head) == (None, Head(5, entries[4].hash))


def test_an_empty_audit_holds(database: Database) -> None:
    with database.write() as session:
        assert audit.verify(session) == audit.Checked(Head(0, NOTHING), None)


def test_what_was_rolled_back_is_not_in_the_chain(database: Database) -> None:
    with database.write() as session:
        write(session, times=2)
    with suppress(RuntimeError), database.write() as session:
        write(session, times=1)
        raise RuntimeError
    with database.write() as session:
        write(session, times=1)
        assert audit.verify(session).head.number == 3
    assert verify(database) is None


def change(field: str, value: object) -> Callable[[Session], object]:
    return lambda session: session.execute(update(AuditRow).where(AuditRow.number == 3).values({field: value}))


def swap(session: Session) -> None:
    for number, other in ((2, 99), (3, 2), (99, 3)):
        session.execute(update(AuditRow).where(AuditRow.number == number).values(number=other))


def remove(*numbers: int) -> Callable[[Session], object]:
    return lambda session: session.execute(delete(AuditRow).where(AuditRow.number.in_(numbers)))


def close_the_gap(session: Session) -> None:
    session.execute(delete(AuditRow).where(AuditRow.number == 3))
    for number in (4, 5):
        session.execute(update(AuditRow).where(AuditRow.number == number).values(number=number - 1))


@pytest.mark.parametrize(
    ("tamper", "broken"),
    [
        (change("at", NOW), 3),
        (change("actor", "member:8"), 3),
        (change("action", "unlock"), 3),
        (change("subject", "member:9"), 3),
        (change("detail", {}), 3),
        (change("before", NOTHING), 3),
        (change("hash", NOTHING), 3),
        (swap, 2),
        (remove(1), 1),
        (remove(3), 3),
        (remove(5), 5),
        (remove(4, 5), 4),
        (remove(1, 2, 3, 4, 5), 1),
        (close_the_gap, 3),
    ],
)
def test_a_row_that_was_changed_removed_or_moved_is_found(
    database: Database, tamper: Callable[[Session], object], broken: int
) -> None:
    with database.write() as session:
        write(session)
    with database.write() as session:
        tamper(session)
    assert verify(database) == broken


def test_a_chain_rewritten_from_the_start_is_found_by_a_head_that_was_kept(database: Database) -> None:
    with database.write() as session:
        write(session)
        kept = audit.verify(session).head
    with database.write() as session:
        session.execute(delete(AuditRow))
        session.execute(update(AuditHeadRow).values(number=0, hash=NOTHING))
    with database.write() as session:
        write(session, times=4)
    assert verify(database) is None
    assert verify(database, kept) == 5
    with database.write() as session:
        write(session, times=4)
    assert verify(database, kept) == 5


def test_writers_at_the_same_moment_make_one_chain(database: Database) -> None:
    def work() -> None:
        for _ in range(5):
            with database.write() as session:
                write(session, times=1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert list(session.scalars(select(AuditRow.number).order_by(AuditRow.number))) == list(range(1, 21))
    assert verify(database) is None


def test_the_command_lists_verifies_and_prints_the_head(
    database: Database,
    database_url: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with database.write() as session:
        write(session, times=2)
        head = audit.verify(session).head
    assert show(database=database_url) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("1  2023-03-01 16:30:15  人员7  锁定账号  人员0")
    assert said[2:] == ["共 2 条，链完整。", f"链头 2:{head.hash}（请另处保存，下次用 --head 核对）"]
    assert show(database=database_url, head=f"2:{head.hash}") == 0
    assert show(database=database_url, head=f"1:{head.hash}") == 1
    with database.write() as session:
        session.execute(update(AuditRow).where(AuditRow.number == 2).values(actor="member:1"))
    assert show(database=database_url) == 1
    assert "从第 2 条起" in capsys.readouterr().err


def test_the_command_says_what_is_wrong_with_a_head_or_a_database(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert show(head="7:abc") == 1
    assert show() == 1
    assert show(database="nonsense") == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("--head 要写成")
    assert said[1].startswith("数据库打不开")
    assert said[2].startswith("数据库地址只收两种：sqlite:///")
    assert list(tmp_path.iterdir()) == []
