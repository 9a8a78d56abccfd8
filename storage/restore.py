"""Putting a backup back. Everything is verified before anything is touched, and the database changes all at once."""

import os
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.backup import EvidenceStore, dump_of, make_backup
from storage.backup_format import (
    DUMP,
    Archive,
    BackupError,
    BackupPart,
    BackupProblem,
    Dump,
    Manifest,
    ProgressCallback,
    open_archive,
    unseen,
)
from storage.lease import keep_bots_away


def restore(
    url: str,
    file: Path,
    *,
    known: Collection[str],
    evidence: EvidenceStore,
    aside: Path | None,
    now: datetime,
    progress: ProgressCallback = unseen,
) -> Manifest:
    """Let the database and its evidence be what the backup says, with every bot kept away meanwhile.

    `known` are the migrations that this program has. What is in the database is backed up as `aside` first; where that
    is None, only an empty database is restored. Evidence that is there stays: nothing that is not recorded is shown.
    Raises BackupError, LeaseTakenError or OSError, and then the database is as it was.
    """
    dump = dump_of(url)
    with open_archive(file) as archive, TemporaryDirectory(dir=file.absolute().parent, prefix=".duban-") as folder:
        dumped = Path(folder, DUMP)
        _check_origin(archive.manifest, dump, known)
        with keep_bots_away(url):
            replaced = dump.revision() is not None
            if replaced and aside is None:
                raise BackupError(BackupProblem.NOT_EMPTY)
            for part in archive.manifest.parts:
                _verify(archive, part, dumped if part.name == DUMP else Path(os.devnull))
            dump.check(dumped)
            if replaced and aside is not None:
                make_backup(url, aside, evidence=evidence, now=now, progress=progress)
            _put_files(archive, evidence, progress)
            dump.install(dumped, progress)
        return archive.manifest


def _check_origin(manifest: Manifest, dump: Dump, known: Collection[str]) -> None:
    if manifest.kind != dump.kind:
        raise BackupError(BackupProblem.OTHER_KIND, manifest.kind)
    if manifest.revision not in known:
        raise BackupError(BackupProblem.NEWER, manifest.program)
    if dump.namespace != manifest.namespace:
        raise BackupError(BackupProblem.OTHER_SCHEMA, str(manifest.namespace))


def _verify(archive: Archive, part: BackupPart, copy: Path) -> None:
    with copy.open("wb") as out:
        for chunk in archive.copies(part):
            out.write(chunk)


def _put_files(archive: Archive, evidence: EvidenceStore, progress: ProgressCallback) -> None:
    """Before the database: a file that nothing records yet does no harm, a record without its file would."""
    files = archive.manifest.evidence
    for done, part in enumerate(files, start=1):
        evidence.put(b"".join(archive.copies(part)))
        progress(done, len(files))
