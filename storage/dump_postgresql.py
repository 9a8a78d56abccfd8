"""A dump of a PostgreSQL database, by PostgreSQL's own pg_dump, pg_restore and psql.

It holds the tables of one schema, the one that the URL leads to, which is duban's alone.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from storage.backup_format import BackupError, BackupProblem, DatabaseKind, DumpInfo, ProgressCallback
from storage.restored import settling

LOCK_SECONDS = 60
"""How long a restore waits for those who still use a table."""


class PostgreSQLDump:
    """See storage.backup_format.Dump."""

    kind: DatabaseKind = "postgresql"

    def __init__(self, url: URL) -> None:
        self._url = url

    @cached_property
    def namespace(self) -> str:
        with self._connected() as connection:
            found = connection.scalar(text("SELECT current_schema()"))
        if found is None:
            raise BackupError(BackupProblem.NO_DATABASE)
        return str(found)

    def revision(self) -> str | None:
        with self._connected() as connection:
            return _revision(connection)

    def take(self, file: Path, progress: ProgressCallback) -> DumpInfo:
        self._find("pg_dump")
        with self._connected() as connection:
            revision = _revision(connection)
            if revision is None:
                raise BackupError(BackupProblem.NO_DATABASE)
            state = connection.scalar(text("SELECT pg_export_snapshot()"))
            self._run(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--table={_quoted(self.namespace)}.*",
                f"--snapshot={state}",
                f"--file={file}",
                *self._where,
            )
            progress(1, 1)
            return DumpInfo(revision, _hashes(connection))

    def check(self, file: Path) -> None:
        self._find("pg_restore", "psql")
        try:
            self._run("pg_restore", f"--file={os.devnull}", str(file))
        except BackupError as error:
            raise BackupError(BackupProblem.DAMAGED, file.name) from error

    def install(self, file: Path, progress: ProgressCallback) -> None:
        """One transaction: pg_restore alone would leave, or stumble over, what a later schema has added."""
        before, dump, after = (file.with_name(f"{name}.sql") for name in ("before", "dump", "after"))
        with self._connected() as connection:
            there = inspect(connection).get_table_names()
        prefix = f"{_quoted(self.namespace)}."
        drops = [f"DROP TABLE {prefix}{_quoted(name)} CASCADE;\n" for name in there]
        before.write_text(f"SET lock_timeout = '{LOCK_SECONDS}s';\n{''.join(drops)}", encoding="utf-8")
        self._run("pg_restore", "--no-owner", "--no-privileges", f"--file={dump}", str(file))
        held = re.findall(r"TABLE DATA \S+ (\S+)", self._run("pg_restore", "--list", str(file)))
        after.write_text("".join(f"{statement};\n" for statement in settling(held, prefix)), encoding="utf-8")
        self._run(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            "--set=VERBOSITY=sqlstate",  # the words of an error may be people's
            f"--output={os.devnull}",
            *(f"--file={one}" for one in (before, dump, after)),
            *self._where,
        )
        progress(1, 1)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """In a transaction that sees one state."""
        engine = create_engine(self._url, poolclass=NullPool, isolation_level="REPEATABLE READ", hide_parameters=True)
        with engine.connect() as connection:
            yield connection

    def _find(self, *tools: str) -> None:
        """See to it that the tools are there, and know a server of this version."""
        with self._connected() as connection:
            server = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10000
        for tool in tools:
            said = re.search(r"\d+", self._run(tool, "--version"))
            if said is None or int(said[0]) < server:
                raise BackupError(BackupProblem.OLD_TOOL, f"{tool} {said[0] if said else '?'}，服务器 {server}")

    @property
    def _where(self) -> tuple[str, ...]:
        """The database, without its password: a command line can be seen by all."""
        from psycopg.conninfo import make_conninfo  # not for those who use SQLite

        options = self._options()
        options.pop("password", None)
        return f"--dbname={make_conninfo(**options)}", "--no-password"

    def _options(self) -> dict[str, str]:
        options = dict(create_engine(self._url).dialect.create_connect_args(self._url)[1])
        options.pop("context", None)  # psycopg's own
        return options

    def _run(self, tool: str, *arguments: str) -> str:
        """Run a tool; what it printed."""
        path = shutil.which(tool)
        if path is None:
            raise BackupError(BackupProblem.NO_TOOL, tool)
        password = self._options().get("password")
        environment = os.environ | ({"PGPASSWORD": password} if password else {})
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            [path, *arguments], env=environment, capture_output=True, text=True, errors="replace", check=False
        )
        if done.returncode:
            reason = done.stderr.strip().partition("\n")[0]
            raise BackupError(BackupProblem.TOOL_FAILED, f"{tool}：{reason or done.returncode}")
        return done.stdout


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _hashes(connection: Connection) -> frozenset[str]:
    if not inspect(connection).has_table("evidence"):
        return frozenset()
    return frozenset(connection.scalars(text("SELECT sha256 FROM evidence WHERE sha256 IS NOT NULL")))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
