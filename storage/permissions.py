"""What only its owner may read, whatever the umask: what we keep is officials' words.

Folders are made for the owner alone and then left alone: one that was there may be shared with others. Files are ours,
so one that others may read is repaired.
"""

import os
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def make_folder(path: Path) -> None:
    """Make the folder and those above it that are missing."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=FOLDER, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file, or restrict the one that is there. It is never opened for that: closing an SQLite file
    would let go the locks that this process has on it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE))
    except FileExistsError:
        if path.is_file():
            restrict(path, FILE)


def restrict(path: Path, mode: int) -> None:
    """Take from others what they may do with it; what belongs to somebody else stays as it is."""
    with suppress(PermissionError, FileNotFoundError):
        if path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)


def private_opener(path: str, flags: int) -> int:
    """For `open`: a file that is made is its owner's alone."""
    return os.open(path, flags, FILE)
