"""What lies in a backup: a tar archive of the database's dump, the evidence files and, last, a manifest of them.

One archive, so that no part is forgotten when it is carried away; not compressed, because evidence is compressed
already and a part can then be read on its own. Secrets are in the configuration, which is never in it.
"""

import re
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal, NamedTuple, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

MANIFEST = "manifest.json"
DUMP = "database"
EVIDENCE = "evidence/"
CHUNK = 1 << 20
MANIFEST_LIMIT = 1 << 26
"""Bytes; a hundred for each file."""

DatabaseKind = Literal["sqlite", "postgresql"]
ProgressCallback = Callable[[int, int], None]
"""Told (done, all) of what takes long, in any unit."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


def unseen(_done: int, _all: int) -> None:
    """Nobody watches."""


class BackupProblem(StrEnum):
    """Why a backup cannot be made or restored."""

    EXISTS = "exists"
    NO_DATABASE = "no_database"
    UNREADABLE = "unreadable"
    """Not a backup, or a damaged one."""
    DAMAGED = "damaged"
    """A part is not what the manifest says."""
    NEWER = "newer"
    """Of a later version of the program."""
    OTHER_KIND = "other_kind"
    OTHER_SCHEMA = "other_schema"
    """PostgreSQL's schema has another name."""
    NOT_EMPTY = "not_empty"
    BROKEN_DATABASE = "broken_database"
    """The database that is there can't be read."""
    NO_TOOL = "no_tool"
    OLD_TOOL = "old_tool"
    TOOL_FAILED = "tool_failed"


class BackupError(Exception):
    """Nothing was made or changed. `detail` is what the sentence about the problem names."""

    def __init__(self, problem: BackupProblem, detail: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.detail = detail


class DumpInfo(NamedTuple):
    """What is known of a dump."""

    revision: str
    evidence: frozenset[str]
    """The hashes of the files that it records."""


class Dump(Protocol):
    """How a database is written into a file and read from it. Everything may raise BackupError."""

    kind: DatabaseKind

    @property
    def namespace(self) -> str | None:
        """PostgreSQL's schema."""

    def revision(self) -> str | None:
        """The last migration that the database has seen; None where nothing is there yet."""

    def take(self, file: Path, progress: ProgressCallback) -> DumpInfo:
        """Write one state of the database, whoever uses it meanwhile."""

    def check(self, file: Path) -> None:
        """Raises BackupError where the dump is damaged, or cannot be installed here."""

    def install(self, file: Path, progress: ProgressCallback) -> None:
        """Let the database be what the file says, settled (storage.restored): all of it, or nothing is changed."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class BackupPart(_Strict):
    name: str
    size: int = Field(ge=0)
    sha256: str = Field(pattern=_DIGEST.pattern)


class Manifest(_Strict):
    format: Literal[1] = 1
    program: str
    """The version that made it."""
    made_at: AwareDatetime
    kind: DatabaseKind
    namespace: str | None
    """PostgreSQL's schema."""
    revision: str
    """The last migration that the database has seen."""
    parts: tuple[BackupPart, ...]
    missing: tuple[str, ...] = ()
    """SHA-256 of evidence that is recorded and was not in its folder, or was damaged."""

    @property
    def evidence(self) -> tuple[BackupPart, ...]:
        return tuple(part for part in self.parts if part.name != DUMP)


class Archive:
    """A backup that is open for reading. Nothing in it is believed: names and sizes are the manifest's or none."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        """Raises KeyError or ValueError where it is no backup."""
        self._tar = tar
        self.manifest = Manifest.model_validate_json(self._content(MANIFEST, limit=MANIFEST_LIMIT))
        members = tar.getmembers()
        names = [member.name for member in members]
        if names != [*(part.name for part in self.manifest.parts), MANIFEST] or len(set(names)) < len(names):
            raise ValueError("other parts than listed")
        if names[0] != DUMP or not all(map(_is_evidence, self.manifest.evidence)):
            raise ValueError("parts with other names")
        if not all(member.isreg() and not member.issparse() for member in members):
            raise ValueError("parts that are no files")

    def _content(self, name: str, *, limit: int) -> bytes:
        with self._open(name) as content:
            return content.read(limit)

    def copies(self, part: BackupPart) -> Iterator[bytes]:
        """The content of a part; raises BackupError at its end where it is not what the manifest says."""
        digest, size = sha256(), 0
        try:
            with self._open(part.name) as content:
                while chunk := content.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    yield chunk
        except tarfile.TarError as error:
            raise BackupError(BackupProblem.DAMAGED, part.name) from error
        if size != part.size or digest.hexdigest() != part.sha256:
            raise BackupError(BackupProblem.DAMAGED, part.name)

    def _open(self, name: str) -> IO[bytes]:
        content = self._tar.extractfile(name)
        if content is None:
            raise ValueError(name)
        return content


@contextmanager
def open_archive(file: Path) -> Iterator[Archive]:
    """Raises BackupError where it is no backup of a format that is known, or OSError."""
    with ExitStack() as stack:
        try:
            archive = Archive(stack.enter_context(tarfile.open(file, "r:")))
        except (tarfile.TarError, KeyError, ValueError) as error:
            raise BackupError(BackupProblem.UNREADABLE, str(file)) from error
        yield archive


def entry(name: str, size: int, made_at: datetime) -> tarfile.TarInfo:
    """The head of a part, for its owner's eyes only."""
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(made_at.timestamp())
    return info


def _is_evidence(part: BackupPart) -> bool:
    return part.name == f"{EVIDENCE}{part.sha256}"
