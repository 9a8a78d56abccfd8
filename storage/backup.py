"""Making a backup, while the bot runs or not. storage.restore is the way back."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tarfile import TarFile
from tarfile import open as open_tar
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import make_url
from sqlalchemy.engine import URL

from storage.backup_format import (
    CHUNK,
    DUMP,
    EVIDENCE,
    MANIFEST,
    BackupError,
    BackupPart,
    BackupProblem,
    Dump,
    Manifest,
    ProgressCallback,
    entry,
    unseen,
)
from storage.dump_postgresql import PostgreSQLDump
from storage.dump_sqlite import SQLiteDump
from storage.permissions import make_file, make_folder

SUFFIX = ".tar"
_DUMPS: Mapping[str, Callable[[URL], Dump]] = {"sqlite": SQLiteDump, "postgresql": PostgreSQLDump}


class EvidenceStore(NamedTuple):
    """The folder of evidence; both raise OSError."""

    get: Callable[[str], bytes]
    """The file with this hash, intact."""
    put: Callable[[bytes], str]
    """Keep a file; its hash."""


def make_backup(
    url: str, file: Path, *, evidence: EvidenceStore | None, now: datetime, progress: ProgressCallback = unseen
) -> Manifest:
    """Write a backup; without `evidence`, of the database alone. Raises BackupError or OSError, and leaves no file.

    The database is dumped first: the files that it records have been there since before.
    """
    if file.exists():
        raise BackupError(BackupProblem.EXISTS, str(file))
    dump = dump_of(url)
    make_folder(file.parent)
    with TemporaryDirectory(dir=file.parent, prefix=".duban-") as folder:
        partial, dumped = Path(folder, file.name), Path(folder, DUMP)
        snapshot = dump.take(dumped, progress)
        make_file(partial)
        with partial.open("wb") as out, open_tar(fileobj=out, mode="w") as tar:
            parts = [_add_dump(tar, dumped, now)]
            missing = _add_evidence(tar, snapshot.evidence, evidence, parts, now, progress) if evidence else []
            manifest = Manifest(
                program=version("duban"),
                made_at=now,
                kind=dump.kind,
                namespace=dump.namespace,
                revision=snapshot.revision,
                parts=tuple(parts),
                missing=tuple(missing),
            )
            _add(tar, MANIFEST, manifest.model_dump_json(indent=1).encode(), now)
            tar.close()
            out.flush()
            os.fsync(out.fileno())
        partial.rename(file)
    return manifest


def revision_of(url: str) -> str | None:
    """The last migration that a database has seen; None where nothing is there yet."""
    return dump_of(url).revision()


def dump_of(url: str) -> Dump:
    """How this kind of database is dumped."""
    target = make_url(url)
    return _DUMPS[target.get_backend_name()](target)


def _add_dump(tar: TarFile, dumped: Path, now: datetime) -> BackupPart:
    digest, size = sha256(), dumped.stat().st_size
    with dumped.open("rb") as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
        content.seek(0)
        tar.addfile(entry(DUMP, size, now), content)
    return BackupPart(name=DUMP, size=size, sha256=digest.hexdigest())


def _add_evidence(
    tar: TarFile,
    hashes: frozenset[str],
    evidence: EvidenceStore,
    parts: list[BackupPart],
    now: datetime,
    progress: ProgressCallback,
) -> list[str]:
    """Add the files to the archive and to `parts`; the hashes of those that are gone or damaged."""
    missing = []
    for done, digest in enumerate(sorted(hashes), start=1):
        try:
            content = evidence.get(digest)
        except OSError:
            missing.append(digest)
        else:
            name = f"{EVIDENCE}{digest}"
            _add(tar, name, content, now)
            parts.append(BackupPart(name=name, size=len(content), sha256=digest))
        progress(done, len(hashes))
    return missing


def _add(tar: TarFile, name: str, content: bytes, now: datetime) -> None:
    tar.addfile(entry(name, len(content), now), BytesIO(content))
