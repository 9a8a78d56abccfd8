"""`duban backup` and `duban restore`: everything comes back, or nothing is changed."""

import io
import json
import os
import random
import stat
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import select, text
from structlog.testing import capture_logs

from bot.cli import main
from bot.evidence_folder import Files
from bot.playground.bindings import seed_people
from bot.playground.personas import load_cast
from bot.texts import backup as texts
from storage import evidence, inbox, outbox
from storage.base import Base
from storage.database import Database, open_database
from storage.inbox import InboxRow, InboxState
from storage.lease import hold_lease
from storage.migrate import migrate, migrate_to
from storage.outbox import Letter, OutboxKind, OutboxRow, OutboxState
from storage.people import MemberRow
from storage.unanswered import count_miss

TOKEN = "123456:a-token-that-is-nobodys"  # noqa: S105
PLAN = "wuxue-2021-26"
PICTURES = [b"picture %d" % number * 1000 for number in range(5)]
Said = tuple[int, str]


@dataclass
class Installation:
    """A database with evidence, its configuration in the environment, and the command line."""

    url: str
    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def files(self) -> Files:
        return Files(self.folder / "evidence")

    def run(self, *arguments: str | Path) -> Said:
        status = main([*map(str, arguments)])
        captured = self.capsys.readouterr()
        return status, captured.out + captured.err

    def backed_up(self, name: str = "kept.tar") -> Path:
        file = self.folder / name
        status, said = self.run("backup", file)
        assert (status, file.exists()) == (0, True), said
        return file

    def write(self, work: Callable[[Database], None]) -> None:
        database = open_database(self.url)
        try:
            work(database)
        finally:
            database.close()

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """All that is in the database."""
        database = open_database(self.url)
        try:
            with database.read() as session:
                return {
                    table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
                    for table in Base.metadata.sorted_tables
                }
        finally:
            database.close()

    def kept(self) -> set[str]:
        return {path.name for path in (self.folder / "evidence").glob("*/*")}


@pytest.fixture
def place(
    blank_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Installation:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUBAN_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("DUBAN_DATABASE__URL", blank_url)
    monkeypatch.setenv("DUBAN_DATABASE__FILES", str(tmp_path / "evidence"))
    monkeypatch.setenv("DUBAN_DATABASE__BACKUPS", str(tmp_path / "backups"))
    return Installation(blank_url, tmp_path, capsys)


@pytest.fixture
def filled(place: Installation) -> Installation:
    """People and their files."""
    migrate(place.url)
    place.write(fill)
    return place


def fill(database: Database) -> None:
    now = datetime.now(UTC)
    files = Files(Path(os.environ["DUBAN_DATABASE__FILES"]))
    with database.write() as session:
        seed_people(session, load_cast().people.values(), plan=PLAN, now=now)
        author = session.scalars(select(MemberRow.id)).first()
        assert author is not None
        for number, picture in enumerate(PICTURES, start=1):
            row = evidence.want(session, draft=number, author=author, name="图.png", album=None, now=now)
            evidence.keep(session, row, sha256=files.put(picture), size=len(picture))


def lose_all(place: Installation) -> None:
    migrate_to(place.url, "base")
    for path in (place.folder / "evidence").glob("*/*"):
        path.unlink()


def test_what_was_lost_comes_back_whole(filled: Installation) -> None:
    before = filled.rows()
    file = filled.backed_up()
    lose_all(filled)
    status, said = filled.run("restore", file)
    assert status == 0, said
    assert filled.rows() == before
    assert [filled.files.get(digest) for digest in sorted(filled.kept())] == sorted(
        PICTURES, key=lambda one: sha256(one).hexdigest()
    )
    filled.write(lambda database: migrate(database.url.render_as_string(hide_password=False)))


def test_a_backup_is_for_its_owner_alone_and_holds_no_secret(filled: Installation) -> None:
    file = filled.backed_up()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert TOKEN.encode() not in file.read_bytes()
    with tarfile.open(file) as tar:
        assert {member.name.partition("/")[0] for member in tar} == {"database", "evidence", "manifest.json"}
        assert {member.mode for member in tar} == {0o600}
    assert [path.name for path in filled.folder.iterdir() if path.name.startswith(".duban-")] == []


def test_a_folder_gets_a_file_of_its_own_and_none_is_written_over(filled: Installation) -> None:
    assert filled.run("backup", filled.folder / "elsewhere")[0] == 0
    assert filled.run("backup")[0] == 0
    (made,) = (filled.folder / "elsewhere").iterdir()
    assert len(list((filled.folder / "backups").iterdir())) == 1
    kept = made.read_bytes()
    status, said = filled.run("backup", made)
    assert (status, "不覆盖" in said) == (1, True)
    assert made.read_bytes() == kept


def test_while_others_write_it_holds_one_moment(filled: Installation) -> None:
    """Each transaction writes two rows; a backup between them would hold one."""
    begun, stop = Event(), Event()

    def write() -> None:
        database = open_database(filled.url)
        number = 0
        while not stop.is_set():
            number += 1
            with database.write() as session:
                for half in ("a", "b"):
                    insert = "INSERT INTO pairs (pair, half, filling) VALUES (:pair, :half, :filling)"
                    session.execute(text(insert), {"pair": number, "half": half, "filling": "x" * 2000})
            begun.set()
        database.close()

    with_table(filled, "CREATE TABLE pairs (pair INTEGER, half TEXT, filling TEXT)")
    writer = Thread(target=write)
    writer.start()
    begun.wait()
    try:
        files = [filled.backed_up(f"{number}.tar") for number in range(3)]
    finally:
        stop.set()
        writer.join()
    for file in files:
        status, said = filled.run("restore", "--replace", file)
        assert status == 0, said
        assert counted(filled, "SELECT count(*) FROM pairs") > 0
        odd = "SELECT count(*) FROM (SELECT pair FROM pairs GROUP BY pair HAVING count(*) <> 2) AS odd"
        assert counted(filled, odd) == 0


def with_table(place: Installation, statement: str) -> None:
    def make(database: Database) -> None:
        with database.write() as session:
            session.execute(text(statement))

    place.write(make)


def counted(place: Installation, question: str) -> int:
    found: list[int] = []

    def count(database: Database) -> None:
        with database.read() as session:
            found.append(session.scalar(text(question)) or 0)

    place.write(count)
    return found[0]


def test_evidence_that_is_gone_or_damaged_is_said_and_does_not_prevent_it(filled: Installation) -> None:
    gone, damaged = sorted((filled.folder / "evidence").glob("*/*"))[:2]
    gone.unlink()
    damaged.write_bytes(b"something else")
    status, said = filled.run("backup", filled.folder / "kept.tar")
    assert (status, "2 个佐证文件" in said) == (0, True)
    lose_all(filled)
    assert filled.run("restore", filled.folder / "kept.tar")[0] == 0
    assert len(filled.kept()) == 3


def test_data_is_replaced_only_when_that_is_said_and_is_kept_aside(filled: Installation) -> None:
    file, first = filled.backed_up(), filled.rows()
    filled.write(add_a_miss)
    second = filled.rows()
    status, said = filled.run("restore", file)
    assert (status, "--replace" in said) == (1, True)
    assert filled.rows() == second
    assert filled.run("restore", "--replace", file)[0] == 0
    assert filled.rows() == first
    (aside,) = (filled.folder / "backups").iterdir()
    assert filled.run("restore", "--replace", aside)[0] == 0
    assert filled.rows() == second


def add_a_miss(database: Database) -> None:
    with database.write() as session:
        count_miss(session, plan=PLAN, text="没读懂的", why="unknown", day=datetime.now(UTC).date())


def test_nothing_is_restored_under_a_running_bot_whatever_its_token(filled: Installation) -> None:
    file, before = filled.backed_up(), filled.rows()
    with hold_lease(filled.url, "654321:another"):
        assert filled.run("restore", "--replace", file) == (1, f"{texts.BOT_AT_WORK}\n")
    assert filled.rows() == before
    assert filled.run("restore", "--replace", file)[0] == 0


# What is no backup of ours


def rewritten(file: Path, change: Callable[[str, bytes], Iterator[tuple[tarfile.TarInfo, bytes]]]) -> Path:
    """The archive with each part as `change` makes it."""
    other = file.with_name("other.tar")
    with tarfile.open(file) as old, tarfile.open(other, "w") as new:
        for member in old.getmembers():
            content = old.extractfile(member)
            assert content is not None
            for info, data in change(member.name, content.read()):
                info.size = len(data)
                new.addfile(info, io.BytesIO(data))
    return other


def named(name: str) -> tarfile.TarInfo:
    return tarfile.TarInfo(name)


def flipped(part: str) -> Callable[[Path], Path]:
    def change(name: str, data: bytes) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
        middle = len(data) // 2
        hit = name.startswith(part)
        yield named(name), data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :] if hit else data

    return lambda file: rewritten(file, change)


def without(part: str) -> Callable[[Path], Path]:
    def change(name: str, data: bytes) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
        if not name.startswith(part):
            yield named(name), data

    return lambda file: rewritten(file, change)


def renamed(part: str, other: str) -> Callable[[Path], Path]:
    """Also in the manifest."""

    def change(name: str, data: bytes) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
        if name == "manifest.json":
            manifest = json.loads(data)
            for one in manifest["parts"]:
                one["name"] = other if one["name"].startswith(part) else one["name"]
            data = json.dumps(manifest).encode()
        yield named(other if name.startswith(part) else name), data

    return lambda file: rewritten(file, change)


def said_otherwise(**fields: object) -> Callable[[Path], Path]:
    def change(name: str, data: bytes) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
        is_manifest = name == "manifest.json"
        yield named(name), json.dumps(json.loads(data) | fields).encode() if is_manifest else data

    return lambda file: rewritten(file, change)


def with_a_link(file: Path) -> Path:
    def change(name: str, data: bytes) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
        info = named(name)
        if name == "database":
            info.type, info.linkname, data = tarfile.SYMTYPE, "/etc/passwd", b""
        yield info, data

    return rewritten(file, change)


def with_another_dump(file: Path) -> Path:
    """Its checksum is right, and it is no dump."""
    junk = b"SQLite format 3\0" + bytes(range(256)) * 40

    def change(name: str, data: bytes) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
        if name == "database":
            data = junk
        if name == "manifest.json":
            manifest = json.loads(data)
            manifest["parts"][0] |= {"size": len(junk), "sha256": sha256(junk).hexdigest()}
            data = json.dumps(manifest).encode()
        yield named(name), data

    return rewritten(file, change)


def cut(file: Path) -> Path:
    other = file.with_name("other.tar")
    other.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    return other


def no_archive(file: Path) -> Path:
    other = file.with_name("other.tar")
    other.write_bytes(b"not a tar at all" * 100)
    return other


@pytest.mark.parametrize("damage", [flipped("database"), flipped("evidence"), with_another_dump])
def test_a_damaged_part_changes_nothing(filled: Installation, damage: Callable[[Path], Path]) -> None:
    refused(filled, damage, "备份已损坏")


def refused(place: Installation, damage: Callable[[Path], Path], says: str) -> None:
    file = damage(place.backed_up())
    before, kept = place.rows(), place.kept()
    status, said = place.run("restore", "--replace", file)
    assert status == 1
    assert says in said
    assert (place.rows(), place.kept()) == (before, kept)


@pytest.mark.parametrize("blank_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (flipped("manifest"), "不是 duban 的备份"),
        (without("manifest"), "不是 duban 的备份"),
        (without("evidence"), "不是 duban 的备份"),
        (renamed("database", "../duban.sqlite"), "不是 duban 的备份"),
        (renamed("database", "/tmp/duban.sqlite"), "不是 duban 的备份"),  # noqa: S108
        (said_otherwise(parts=[]), "不是 duban 的备份"),
        (said_otherwise(extra=1), "不是 duban 的备份"),
        (said_otherwise(format=2), "不是 duban 的备份"),
        (said_otherwise(revision="9999", program="9.9"), "更新版本的程序（9.9）"),
        (said_otherwise(kind="mysql"), "不是 duban 的备份"),
        (with_a_link, "不是 duban 的备份"),
        (cut, "不是 duban 的备份"),
        (no_archive, "不是 duban 的备份"),
        (lambda file: file.with_name("none.tar"), "找不到"),
    ],
)  # fmt: skip
def test_what_is_not_whole_changes_nothing(filled: Installation, damage: Callable[[Path], Path], says: str) -> None:
    refused(filled, damage, says)


def test_a_backup_of_the_other_kind_of_database_is_refused(filled: Installation) -> None:
    other = "postgresql" if filled.url.startswith("sqlite") else "sqlite"
    file = said_otherwise(kind=other)(filled.backed_up())
    status, said = filled.run("restore", "--replace", file)
    assert (status, "不能互换" in said) == (1, True)


RESTORE = "import sys; from bot.cli import main; sys.exit(main(['restore', '--replace', sys.argv[1]]))"


@pytest.mark.slow
def test_a_restore_that_is_killed_leaves_the_old_or_the_new(filled: Installation) -> None:
    with_table(filled, "CREATE TABLE filling (x TEXT)")
    heavy = "INSERT INTO filling (x) VALUES (:x)"
    rows = [{"x": str(number) * 500} for number in range(4000)]
    filled.write(lambda database: _execute(database, heavy, rows))
    old_file = filled.backed_up("old.tar")
    filled.write(lambda database: _execute(database, "UPDATE filling SET x = 'new'", None))
    new_file = filled.backed_up("new.tar")
    assert filled.run("restore", "--replace", old_file)[0] == 0
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", RESTORE, str(new_file)], check=True, capture_output=True)
    whole = time.monotonic() - began
    for _ in range(3):
        assert filled.run("restore", "--replace", old_file)[0] == 0
        with subprocess.Popen([sys.executable, "-c", RESTORE, str(new_file)], stdout=subprocess.DEVNULL) as process:
            time.sleep(whole * random.uniform(0.5, 1))  # noqa: S311 - the first half is imports
            process.kill()
        found = counted(filled, "SELECT count(*) FROM filling WHERE x = 'new'")
        assert found in (0, len(rows))
        assert counted(filled, "SELECT count(*) FROM filling") == len(rows)


def _execute(database: Database, statement: str, rows: list[dict[str, str]] | None) -> None:
    with database.write() as session:
        session.execute(text(statement), rows)


# What is not sent again


def test_what_was_due_at_the_backup_is_not_sent_again_by_itself(filled: Installation) -> None:
    now = datetime.now(UTC)

    def letter(occurrence: str, **fields: object) -> Letter:
        values = {"kind": OutboxKind.NOTICE, "plan": PLAN, "chat": 1, "text": "x", **fields}
        return Letter(occurrence=occurrence, **values)  # type: ignore[arg-type]

    def wait(database: Database) -> None:
        with database.write() as session:
            outbox.enqueue(session, letter("at once"), now=now)
            outbox.enqueue(session, letter("this morning", not_before=now - timedelta(hours=1)), now=now)
            outbox.enqueue(session, letter("tomorrow", not_before=now + timedelta(days=1)), now=now)
            for number in range(2):
                inbox.store(
                    session,
                    receiver="telegram:1",
                    key=str(number),
                    chat_id=1,
                    payload={"update_id": 1},
                    received_at=now,
                )
            first = session.scalars(select(InboxRow.id).order_by(InboxRow.id)).first()
            assert first is not None
            inbox.keep_effect(session, first, [{"text": "x"}])

    filled.write(wait)
    file = filled.backed_up()
    status, said = filled.run("restore", "--replace", file)
    assert (status, "/outbox" in said) == (0, True)

    def look(database: Database) -> None:
        with database.read() as session:
            states = session.scalars(select(OutboxRow.state).order_by(OutboxRow.id)).all()
            assert states == [OutboxState.UNCERTAIN, OutboxState.UNCERTAIN, OutboxState.QUEUED]
            assert set(session.scalars(select(InboxRow.state))) == {InboxState.QUARANTINED}

    filled.write(look)
    assert filled.run("outbox")[1].count("备份以后可能已经发过") == 2


# PostgreSQL's tools


@pytest.mark.parametrize("blank_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("version", "says"), [(None, "请安装 PostgreSQL"), ("9.6.1", "版本太低：pg_dump 9，服务器 ")])
def test_missing_or_old_tools_are_said(
    filled: Installation, monkeypatch: pytest.MonkeyPatch, version: str | None, says: str
) -> None:
    with_tools(filled.folder / "tools", version, monkeypatch)
    status, said = filled.run("backup")
    assert (status, says in said) == (1, True), said
    assert list(filled.folder.glob("**/*.tar")) == []


def with_tools(folder: Path, version: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PATH with PostgreSQL's tools of a version, or with none."""
    folder.mkdir()
    if version:
        for name in ("pg_dump", "pg_restore", "psql"):
            tool = folder / name
            tool.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
            tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}")


# Before a migration


def older(place: Installation) -> None:
    """The database as it was before the last migration."""
    migrate_to(place.url, "-1")


def test_a_migration_takes_a_backup_that_can_be_restored(filled: Installation) -> None:
    older(filled)
    assert filled.run("audit")[0] == 0
    (file,) = (filled.folder / "backups").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = filled.rows()
    lose_all(filled)
    assert filled.run("restore", file)[0] == 0
    assert filled.run("audit")[0] == 0
    assert filled.rows() == before


def test_only_the_last_few_backups_of_migrations_are_kept(filled: Installation) -> None:
    mine = filled.backed_up("backups/mine.tar")
    for _ in range(5):
        older(filled)
        assert filled.run("audit")[0] == 0
        for file in (filled.folder / "backups").glob("before-*"):
            os.utime(file, (file.stat().st_mtime - 10,) * 2)
            file.rename(file.with_name(f"{file.stem}-{file.stat().st_mtime_ns}.tar"))  # each in a second of its own
    assert len(list((filled.folder / "backups").glob("before-*"))) == 3
    assert mine.exists()


def test_a_new_database_needs_no_backup(place: Installation) -> None:
    migrate(place.url, backups=place.folder / "backups")
    assert not (place.folder / "backups").exists()


@pytest.mark.parametrize("blank_url", ["postgresql"], indirect=True)
def test_without_postgresqls_tools_a_migration_goes_on_and_says_so(
    filled: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    older(filled)
    with_tools(filled.folder / "tools", None, monkeypatch)
    with capture_logs() as logged:
        assert filled.run("audit")[0] == 0
    assert [one["event"] for one in logged] == ["migrating without a backup"]
